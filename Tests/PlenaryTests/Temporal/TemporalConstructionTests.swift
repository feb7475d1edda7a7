import Testing

@testable import Plenary

private typealias Parts = Temporal.Components

@Suite("Temporal values from components")
struct TemporalConstructionTests {
  // 2024-05-06T07:08:09.010Z
  static let clock = Temporal.Clock(nanosecondsSinceEpoch: 1_714_979_289_010_000_000)

  static func instant(_ kind: Temporal.Kind, _ text: String) throws -> Temporal.Component {
    .instant(try Temporal.Instant(kind, parsing: text, clock: clock))
  }

  private func make(_ kind: Temporal.Kind, _ parts: Parts) throws -> String {
    try Temporal.Instant(kind, components: parts, clock: Self.clock).description
  }

  @Test("a day has four kinds of names")
  func days() throws {
    #expect(try make(.date, ["year": .integer(2024), "month": .integer(2), "day": .integer(29)]) == "2024-02-29")
    #expect(try make(.date, ["year": .integer(2024), "month": .integer(2)]) == "2024-02-01")
    #expect(try make(.date, ["year": .integer(-5)]) == "-0005-01-01")
    #expect(try make(.date, ["year": .integer(2020), "week": .integer(53), "dayOfWeek": .integer(7)]) == "2021-01-03")
    #expect(
      try make(.date, ["year": .integer(2024), "quarter": .integer(2), "dayOfQuarter": .integer(91)]) == "2024-06-30")
    #expect(try make(.date, ["year": .integer(2024), "ordinalDay": .integer(60)]) == "2024-02-29")
  }

  @Test("subseconds add up, each within what the larger ones leave")
  func subseconds() throws {
    var parts: Parts = ["hour": .integer(1), "minute": .integer(2), "second": .integer(3)]
    parts["nanosecond"] = .integer(6)
    #expect(try make(.localTime, parts) == "01:02:03.000000006")
    parts["microsecond"] = .integer(5)
    parts["millisecond"] = .integer(4)
    #expect(try make(.localTime, parts) == "01:02:03.004005006")
    parts["nanosecond"] = .integer(1000)
    #expect(throws: TemporalError(.outOfRange, "nanosecond 1000 is out of range, expected 0 to 999")) {
      try make(.localTime, parts)
    }
  }

  @Test("another value is the base, and a day that nobody asked for gives way")
  func bases() throws {
    let date = try Self.instant(.date, "2024-01-31")
    #expect(try make(.date, ["date": date, "month": .integer(2)]) == "2024-02-29")
    #expect(try make(.date, ["date": date, "year": .integer(2023), "month": .integer(2)]) == "2023-02-28")
    #expect(try make(.date, ["date": date, "quarter": .integer(2)]) == "2024-04-30")
    #expect(try make(.date, ["date": date, "week": .integer(1)]) == "2024-01-03")
    #expect(try make(.date, ["date": date, "dayOfWeek": .integer(7)]) == "2024-02-04")
    #expect(throws: TemporalError.self) { try make(.date, ["date": date, "month": .integer(2), "day": .integer(31)]) }
    let time = try Self.instant(.time, "10:20:30.4+07:00")
    #expect(try make(.localDateTime, ["date": date, "time": time, "second": .integer(5)]) == "2024-01-31T10:20:05.400")
  }

  @Test("a zone is attached to a local value and converts a value that has one")
  func zones() throws {
    let local = try Self.instant(.localDateTime, "2024-07-01T10:20")
    let zoned = try Self.instant(.dateTime, "2024-07-01T10:20+07:00")
    let tokyo = Temporal.Component.string("Asia/Tokyo")
    #expect(try make(.dateTime, ["datetime": local, "timezone": tokyo]) == "2024-07-01T10:20+09:00[Asia/Tokyo]")
    #expect(try make(.dateTime, ["datetime": zoned, "timezone": tokyo]) == "2024-07-01T12:20+09:00[Asia/Tokyo]")
    #expect(try make(.time, ["time": zoned, "timezone": .string("+01:00")]) == "04:20+01:00")
    #expect(try make(.time, ["time": local, "timezone": .string("+01:00")]) == "10:20+01:00")
  }

  @Test("an epoch is the base of a point in time")
  func epochs() throws {
    #expect(
      try make(.dateTime, ["epochSeconds": .integer(-1), "nanosecond": .integer(5)]) == "1969-12-31T23:59:59.000000005Z"
    )
    #expect(try make(.dateTime, ["epochMillis": .integer(-1)]) == "1969-12-31T23:59:59.999Z")
    #expect(
      try make(.dateTime, ["epochMillis": .integer(1), "nanosecond": .integer(5), "timezone": .string("+01:00")])
        == "1970-01-01T01:00:00.001000005+01:00")
    #expect(
      try Temporal.DateTime.fromEpoch(seconds: 1, nanoseconds: -1).description == "1970-01-01T00:00:00.999999999Z")
    #expect(try Temporal.DateTime.fromEpoch(milliseconds: 1500).description == "1970-01-01T00:00:01.500Z")
    #expect(throws: TemporalError.self) { try Temporal.DateTime.fromEpoch(seconds: .max, nanoseconds: .max) }
  }

  @Test("a zone alone gives the current value there")
  func now() throws {
    let parts: Parts = ["timezone": .string("Asia/Tokyo")]
    #expect(try make(.dateTime, parts) == "2024-05-06T16:08:09.010+09:00[Asia/Tokyo]")
    #expect(try make(.localDateTime, parts) == "2024-05-06T16:08:09.010")
    #expect(try make(.time, parts) == "16:08:09.010+09:00")
    #expect(try Temporal.Instant(now: .date, clock: Self.clock).description == "2024-05-06")
  }

  @Test("values turn into other types when they have the parts")
  func selecting() throws {
    let zoned = Temporal.Instant.dateTime(try Temporal.DateTime(parsing: "2024-07-01T23:20+07:00"))
    let texts = try Temporal.Kind.allCases.map {
      try Temporal.Instant($0, selecting: zoned, clock: Self.clock).description
    }
    #expect(texts == ["2024-07-01", "23:20", "23:20+07:00", "2024-07-01T23:20", "2024-07-01T23:20+07:00"])
    let time = Temporal.Instant.localTime(try Temporal.LocalTime(parsing: "10:20"))
    #expect(throws: TemporalError(.unsupported, "a localtime has no date, expected a value with one")) {
      try Temporal.Instant(.date, selecting: time, clock: Self.clock)
    }
  }

  @Test(
    "refuses components that make no sense",
    arguments: [
      (.date, [:]), (.date, ["month": .integer(2)]), (.date, ["year": .integer(2024), "day": .integer(2)]),
      (.date, ["year": .integer(2024), "month": .integer(2), "week": .integer(3)]),
      (.date, ["year": .integer(2024), "hour": .integer(3)]), (.date, ["year": .integer(2024), "yaer": .integer(3)]),
      (.date, ["year": .float(2024)]), (.date, ["year": .other("a boolean")]), (.date, ["year": .integer(.max)]),
      (.date, ["year": .integer(2024), "dayOfWeek": .integer(3)]), (.date, ["date": .string("2024-01-01")]),
      (.localTime, ["minute": .integer(3)]), (.localTime, ["hour": .integer(3), "second": .integer(3)]),
      (.localTime, ["hour": .integer(3), "timezone": .string("Z")]), (.time, ["hour": .integer(24)]),
      (.time, ["hour": .integer(2), "timezone": .integer(2)]), (.dateTime, ["hour": .integer(2)]),
      (.dateTime, ["epochSeconds": .integer(2), "epochMillis": .integer(2)]),
      (.dateTime, ["epochSeconds": .integer(.min)]),
      (.localDateTime, ["epochSeconds": .integer(2)]),
    ] as [(Temporal.Kind, Temporal.Components)])
  func refusing(kind: Temporal.Kind, parts: Temporal.Components) {
    #expect(throws: TemporalError.self) { try Temporal.Instant(kind, components: parts, clock: Self.clock) }
  }

  private static let unknownComponents: [(Temporal.Kind, Temporal.Components, String, String?)] = [
    (
      .date, ["yaer": .integer(2024)],
      "a date has no component 'yaer', expected one of year, month, day, week, dayOfWeek, quarter, dayOfQuarter, "
        + "ordinalDay, date, timezone", "did you mean year?"
    ),
    (
      .time, ["hour": .integer(1), "b": .null],
      "a time has no component 'b', expected one of hour, minute, second, millisecond, microsecond, nanosecond, time, "
        + "timezone", nil
    ),
    (
      .localTime, ["day": .integer(1), "timezone": .string("Z")],
      "a localtime has no component 'day', expected one of hour, minute, second, millisecond, microsecond, nanosecond, "
        + "time, timezone", nil
    ),
  ]

  @Test("an unknown component is an error, null or not, and the known ones are told", arguments: unknownComponents)
  func unknown(kind: Temporal.Kind, parts: Temporal.Components, message: String, hint: String?) throws {
    let expected = TemporalError(.invalidComponent, message, hint: hint)
    #expect(throws: expected) { try Temporal.Instant(kind, components: parts, clock: Self.clock) }
    let start = Temporal.Instant.dateTime(try Temporal.DateTime(parsing: "2024-07-01T23:20+07:00"))
    let unit = kind.hasDate ? Temporal.Unit.month : .hour
    #expect(throws: expected) { try start.truncated(to: unit, as: kind, setting: parts, clock: Self.clock) }
  }

  @Test("a component that is null counts as left out")
  func nulls() throws {
    #expect(try make(.date, ["year": .integer(2024), "day": .null]) == "2024-01-01")
    #expect(try make(.time, ["timezone": .string("Asia/Tokyo"), "hour": .null]) == "16:08:09.010+09:00")
    #expect(try Temporal.Duration(components: ["days": .integer(2), "weeks": .null]).description == "P2D")
    #expect(throws: TemporalError.self) { try make(.date, ["year": .null]) }
    #expect(throws: TemporalError.self) { try Temporal.Duration(components: ["weeks": .null]) }
  }

  @Test(
    "durations add up exactly",
    arguments: [
      (["years": .integer(1), "quarters": .integer(1), "months": .integer(1)], "P1Y4M"),
      (["weeks": .float(1.5), "days": .integer(-1)], "P9DT12H"),
      (["months": .float(0.5), "days": .float(0.5)], "P15DT17H14M33S"),
      (["seconds": .float(0.1), "milliseconds": .float(0.1)], "PT0.1001S"),
      (["seconds": .integer(1), "nanoseconds": .integer(-1)], "PT0.999999999S"),
      (["seconds": .float(1e-9)], "PT0.000000001S"), (["seconds": .float(1e-10)], "PT0S"),
      (["milliseconds": .integer(.max)], "PT2562047788015H12M55.807S"),
    ] as [(Temporal.Components, String)])
  func durations(parts: Temporal.Components, text: String) throws {
    #expect(try Temporal.Duration(components: parts).description == text)
  }

  @Test(
    "refuses durations of unknown parts and beyond the range",
    arguments: [
      [:], ["day": .integer(1)], ["days": .string("1")], ["days": .float(.nan)], ["days": .float(.infinity)],
      ["days": .float(1e19)], ["years": .integer(.max)], ["hours": .integer(.max)],
    ] as [Temporal.Components])
  func refusingDurations(parts: Temporal.Components) {
    #expect(throws: TemporalError.self) { try Temporal.Duration(components: parts) }
  }

  @Test("a duration is told what it is made of")
  func unknownDurations() {
    let expected = TemporalError(
      .invalidComponent,
      "a duration has no component 'day', expected one of years, quarters, months, weeks, days, hours, minutes, "
        + "seconds, milliseconds, microseconds, nanoseconds", hint: "did you mean days?")
    for value in [Temporal.Component.integer(1), .null] {
      #expect(throws: expected) { try Temporal.Duration(components: ["day": value, "months": .integer(1)]) }
    }
  }
}
