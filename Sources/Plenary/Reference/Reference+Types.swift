extension Reference {
  /// The types of values, in the order of their documentation.
  static let types: [ReferenceEntry] = [
    type(
      "Null", "null", "the absent value",
      details: """
        It stands for what is missing or not known. Every type has it. See [Null](expressions.md#null) for what
        operators make of it. A property cannot hold null: setting it removes the property.
        """,
      "RETURN null AS a, null IS NULL AS b"),
    type(
      "Boolean", "true, false", "a truth value; `true` and `false` in any case",
      "RETURN true AS a, NOT true AS b"),
    type(
      "Integer", "42, 0x2A, 0o52", "a whole number of 64 bits, from -9223372036854775808 to 9223372036854775807",
      details: "Hexadecimal literals begin with `0x`, octal ones with `0o`. Arithmetic that does not fit is an error.",
      "RETURN 42 AS a, 0x2A AS b, 0o52 AS c, -9223372036854775808 AS d"),
    type(
      "Float", "1.5, .5, 1e3", "a number of 64 bits by IEEE 754",
      details: """
        NaN and the infinities have no literal; `0.0 / 0.0` and `1 / 0.0` make them. Text of a float reads back as
        the same float. An Integer and a Float are compared exactly, without rounding either.
        """,
      "RETURN 1.5 AS a, .5 AS b, 1e3 AS c, 0.1 + 0.2 AS d, 0.0 / 0.0 AS e"),
    type(
      "String", "'text', \"text\"", "a text of Unicode code points",
      details: """
        Escapes: `\\\\ \\' \\" \\b \\f \\n \\r \\t`, `\\uXXXX` and `\\UXXXXXXXX`. Strings are equal when their code points are,
        and sort by them. Functions that count or cut do so by code points.
        """,
      #"RETURN 'it\'s' AS a, "it's" AS b, 'caf\u00e9' AS c, size('caf\u00e9') AS d"#),
    type(
      "List", "[1, 'a', null]", "values of any types in an order",
      details: """
        A property holds a list only when its elements are Booleans, numbers, strings or temporal values, and all of
        one type; an Integer and a Float may stand side by side.
        """,
      "RETURN [1, 'a', null] AS a, [] AS b, [[1], [2]][1][0] AS c"),
    type(
      "Map", "{key: value, ...}", "values by name",
      details: """
        Any word may be a key; others stand in backticks. No property holds a map. The order of the keys plays no
        part in equality.
        """,
      "RETURN {name: 'An', `full name`: 'An Binh'} AS a, {a: 1, b: 2} = {b: 2, a: 1} AS b, {k: 1}.k AS c"),
    type(
      "Node", "(n)", "a node of the graph, with labels and properties",
      details: "Two nodes are equal when they are the same node. Patterns bind them; there is no literal.",
      """
      MATCH (s:State {isoAlpha2: 'TL'}) RETURN labels(s) AS labels, s.name AS name
      """),
    type(
      "Relationship", "-[r]->", "a relationship of the graph, with one type, a start, an end and properties",
      """
      MATCH ()-[r:OBSERVER_OF]->(:Body {shortName: 'ASEAN'})
      RETURN type(r) AS type, startNode(r).name AS start, r.since AS since
      """),
    type(
      "Path", "p = (a)-[r]->(b)", "nodes and the relationships between them, as a pattern found them",
      empty: "CREATE p = (:A)-[:T {n: 1}]->(:B)<-[:T]-(:C) RETURN p, length(p) AS length"),
    type(
      "Date", "date('2024-08-07')", "a day of the calendar, in years from -999999999 to 999999999",
      details: """
        Text: `2024-08-07`, `20240807`, `2024-08`, `2024`, weeks `2024-W32-3`, quarters `2024-Q3-38`, days of the
        year `2024-220`; years beyond four digits have a sign. Components to build from: `year` with
        `month`, `day`, or `week`, `dayOfWeek`, or `quarter`, `dayOfQuarter`, or `ordinalDay`; `date` takes those of
        another value. To read: these, and `weekYear`.
        """,
      """
      RETURN date('2024-W32-3') AS a, date({year: 2024, month: 8, day: 7}) AS b, date('2024-08-07').quarter AS c,
        date('+12024-01-01') AS d
      """),
    type(
      "LocalTime", "localtime('21:40:32.142')", "a time of day in nanoseconds, without an offset",
      details:
        "Components: `hour`, `minute`, `second`, `millisecond`, `microsecond`, `nanosecond`; `time` of another value.",
      "RETURN localtime('21:40:32.142') AS a, localtime({hour: 9, minute: 30}) AS b, localtime('2140').minute AS c"),
    type(
      "Time", "time('21:40+07:00')", "a time of day with an offset from UTC",
      details: """
        Components: those of LocalTime, and `timezone` (an offset); to read also `offset`, `offsetMinutes`,
        `offsetSeconds`.
        """,
      "RETURN time('21:40+07:00') AS a, time('21:40Z').offset AS b, time('10:00+07:00') < time('04:00Z') AS c"),
    type(
      "LocalDateTime", "localdatetime('2024-08-07T09:00')", "a day and a time of day, without an offset",
      details: "Components: those of Date and LocalTime; `date`, `time` or `datetime` of another value.",
      "RETURN localdatetime('2024-08-07T09:00') AS a, localdatetime({year: 2024, month: 8, hour: 9}) AS b"),
    type(
      "DateTime", "datetime('2024-08-07T09:00[Asia/Vientiane]')", "a day and a time of day in a time zone",
      details: """
        The zone is an offset (`+07:00`, `Z`) or a name of the system's time-zone data, whose daylight-saving rules
        are followed. Components: those of LocalDateTime, `timezone`, `epochSeconds`, `epochMillis`; to read also
        `offset`, `offsetMinutes`, `offsetSeconds`.
        """,
      """
      RETURN datetime('2024-08-07T09:00[Asia/Vientiane]') AS a, datetime({epochSeconds: 0}) AS b,
        datetime('2024-08-07T09:00+07:00').epochSeconds AS c
      """),
    type(
      "Duration", "duration('P1Y2M3DT4H5M6.7S')", "an amount of time in months, days and seconds",
      details: """
        The three parts stay apart, for months and days differ in length: 24 hours are not a day. Components to
        build from: `years`, `quarters`, `months`, `weeks`, `days`, `hours`, `minutes`, `seconds`, `milliseconds`,
        `microseconds`, `nanoseconds`, with fractions and signs. To read: these as totals of their part, and
        `monthsOfYear`, `minutesOfHour` and the like for what a larger unit leaves over. Durations have equality
        but no `<`.
        """,
      """
      RETURN duration('P1Y2M3DT4H5M6.7S') AS a, duration({weeks: 2, hours: -1}) AS b,
        duration('PT90M').hours AS c, duration('PT90M').minutesOfHour AS d, duration('PT24H') = duration('P1D') AS e
      """),
  ]

  private static func type(
    _ name: String, _ signature: String, _ summary: String, details: String = "", _ scripts: String...,
    empty: String? = nil
  ) -> ReferenceEntry {
    ReferenceEntry(
      name: name, kind: .type, signature: signature, summary: summary, details: details,
      examples: scripts.map { ReferenceExample($0) }
        + (empty.map { [ReferenceExample($0, startsEmpty: true)] } ?? []))
  }
}
