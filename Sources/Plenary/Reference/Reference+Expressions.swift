extension Reference {
  /// Operators from the one that binds loosest to the tightest, then the other forms of expression.
  static let expressions: [ReferenceEntry] = logicalOperators + comparisons + arithmetic + access + forms + subqueries

  private static let logicalOperators: [ReferenceEntry] = [
    expression(
      "OR", "a OR b", "true when one is true; false when both are false; else null",
      "RETURN true OR null AS a, false OR null AS b, false OR false AS c"),
    expression(
      "XOR", "a XOR b", "true when exactly one is true; null when one is null",
      "RETURN true XOR false AS a, true XOR true AS b, true XOR null AS c"),
    expression(
      "AND", "a AND b", "false when one is false; true when both are true; else null",
      "RETURN false AND null AS a, true AND null AS b, true AND true AS c"),
    expression(
      "NOT", "NOT a", "true for false, false for true, null for null",
      details: "It binds looser than a comparison: `NOT a = b` is `NOT (a = b)`.",
      "RETURN NOT 1 = 2 AS a, NOT null AS b"),
  ]

  private static let comparisons: [ReferenceEntry] = [
    expression(
      "=", aliases: ["equals"], "a = b", "whether two values are equal; null when that cannot be known",
      details: "See [Equality](#equality).",
      "RETURN 1 = 1.0 AS a, 1 = '1' AS b, null = null AS c, [1, null] = [1, 2] AS d, [1, null] = [2, null] AS e"),
    expression(
      "<>", aliases: ["not equals"], "a <> b", "whether two values differ; null when that cannot be known",
      "RETURN 1 <> 2 AS a, 1 <> null AS b"),
    expression(
      "<", aliases: ["<=", ">", ">="], "a < b, a <= b, a > b, a >= b", "which of two values of one kind comes first",
      details: """
        Numbers, strings (by code points), Booleans (false before true), dates, times, date-times and lists can be
        compared; anything else, and values of different kinds, give null. A chain is a conjunction: `a < b <= c`
        is `a < b AND b <= c`.
        """,
      "RETURN 1 < 2.5 AS a, 'Z' < 'a' AS b, 1 < 'a' AS c, 1 < 2 <= 2 AS d, [1, 2] < [1, 3] AS e"),
    expression(
      "IN", "a IN list", "whether an element of the list equals a",
      details: "Null when none does, but for one that cannot be known.",
      "RETURN 2 IN [1, 2] AS a, 3 IN [1, null] AS b, null IN [] AS c"),
    expression(
      "STARTS WITH", aliases: ["STARTS", "ENDS WITH", "ENDS", "CONTAINS"],
      "a STARTS WITH b, a ENDS WITH b, a CONTAINS b", "whether a string begins with, ends with or holds another",
      details: "Case matters. Null when either is no string.",
      """
      RETURN 'Hanoi' STARTS WITH 'Ha' AS a, 'Hanoi' ENDS WITH 'NOI' AS b,
        'Hanoi' CONTAINS 'no' AS c, 'Hanoi' CONTAINS 1 AS d
      """),
    expression(
      "=~", aliases: ["matches", "regular expression"], "text =~ pattern",
      "whether a regular expression matches the whole string",
      details: """
        Groups, classes, quantifiers, anchors and the flags `(?i)`, `(?m)`, `(?s)`, `(?x)` are known; back references
        and look-around are not. Matching takes time proportional to the text.
        """,
      "RETURN '22nd ACCSM' =~ '\\\\d+(st|nd|rd|th) .*' AS a, 'Hanoi' =~ '(?i)hanoi' AS b, 'Hanoi' =~ 'Han' AS c"),
    expression(
      "IS NULL", aliases: ["IS NOT NULL", "IS"], "a IS NULL, a IS NOT NULL", "whether a value is null; never null",
      "RETURN null IS NULL AS a, 1 IS NULL AS b, 1 IS NOT NULL AS c"),
    expression(
      ":", aliases: ["has label"], "node:Label, relationship:TYPE",
      "whether a node has labels, or a relationship a type",
      details: "Takes the same label expressions as patterns.",
      """
      MATCH (s:State {isoAlpha2: 'TL'})
      RETURN s:Observer AS a, s:Member&Partner AS b, s:Member|Partner AS c
      """),
  ]

  private static let arithmetic: [ReferenceEntry] = [
    expression(
      "+", aliases: ["concatenation"], "a + b", "adds numbers and durations, joins strings, joins and extends lists",
      details: """
        A duration can be added to any temporal value. A string and a number, Boolean or temporal value join to a
        string. A list and anything else make a longer list. Null makes null.
        """,
      """
      RETURN 1 + 2 AS a, 1 + 2.0 AS b, 'a' + 'b' AS c, 'a' + 1 AS d, [1] + [2] AS e, [1] + 2 AS f,
        date('2024-01-31') + duration('P1M') AS g, 1 + null AS h
      """),
    expression(
      "-", aliases: ["minus", "sign"], "a - b, -a, +a", "subtracts numbers and durations; changes the sign",
      "RETURN 5 - 7 AS a, -(2) AS b, date('2024-03-31') - duration('P1M') AS c"),
    expression(
      "*", "a * b", "multiplies numbers; makes a duration so many times as long",
      details: "Integers that do not fit 64 bits are an error, never another number.",
      "RETURN 6 * 7 AS a, 2 * 0.5 AS b, duration('PT90M') * 2 AS c"),
    expression(
      "/", "a / b", "divides; of two integers the whole part, towards zero",
      details: "An integer divided by zero is an error; a float gives infinity or NaN.",
      "RETURN 7 / 2 AS a, -7 / 2 AS b, 7 / 2.0 AS c, 1 / 0.0 AS d, 1.0 / 0 AS e, duration('PT3H') / 2 AS f"),
    expression(
      "%", aliases: ["modulo", "remainder"], "a % b", "what is left over by a division, with the sign of a",
      "RETURN 7 % 3 AS a, -7 % 3 AS b, 7.5 % 2 AS c"),
    expression(
      "^", aliases: ["power"], "a ^ b", "raises a to the power of b; always a float",
      details: "From left to right, and a sign binds tighter: `-2 ^ 2` is 4.0.",
      "RETURN 2 ^ 3 AS a, 2 ^ 3 ^ 2 AS b, -2 ^ 2 AS c, 2 ^ -1 AS d"),
  ]

  private static let access: [ReferenceEntry] = [
    expression(
      ".", aliases: ["property", "property access"], "a.key",
      "a property of a node or relationship, an entry of a map, a component of a temporal value",
      details: """
        Null when there is none; a component that a temporal value has not is an error. A key that is no plain name
        stands in backticks.
        """,
      """
      MATCH (s:State {isoAlpha2: 'LA'})
      RETURN s.name AS a, s.dissolved AS b, {key: 1}.key AS c, date('2024-08-07').week AS d
      """),
    expression(
      "[ ]", aliases: ["[]", "index", "element"], "list[index], map[key], node[key]",
      "an element by its place from 0, or an entry by its key",
      details: "A negative index counts from the end. Null when there is none.",
      "RETURN [10, 20, 30][0] AS a, [10, 20, 30][-1] AS b, [10][5] AS c, {k: 1}['k'] AS d"),
    expression(
      "[ .. ]", aliases: ["[..]", "..", "slice"], "list[from..to]", "a part of a list, without the element at `to`",
      details: "Both bounds may be left out or be negative; bounds outside the list are cut to it.",
      "RETURN [1, 2, 3, 4][1..3] AS a, [1, 2, 3][-2..] AS b, [1, 2, 3][..-1] AS c, [1, 2][5..9] AS d"),
    expression(
      "$", aliases: ["parameter", "$name"], "$name", "the value of a parameter that the caller gives",
      details: """
        From Swift: `database.query("RETURN $n", ["n": 1])`. In the shell: `:param n => 1`. A parameter cannot stand
        for a label, a type, a key or a length.
        """),
  ]

  private static let forms: [ReferenceEntry] = [
    expression(
      "CASE", aliases: ["WHEN", "THEN", "ELSE", "END"],
      "CASE [value] WHEN a THEN result ... [ELSE result] END",
      "the result of the first branch that equals the value, or that is true",
      details: "Null when no branch fits and there is no ELSE. `CASE null WHEN null` does not fit: use IS NULL.",
      """
      UNWIND [1, 5, null] AS n
      RETURN CASE WHEN n < 3 THEN 'few' WHEN n >= 3 THEN 'many' ELSE 'unknown' END AS a,
        CASE n WHEN 1 THEN 'one' END AS b
      """),
    expression(
      "list comprehension", "[x IN list [WHERE condition] [| expression]]",
      "a list of the elements that pass, or of what the expression makes of each",
      "RETURN [x IN range(1, 6) WHERE x % 2 = 0 | x * x] AS squares"),
    expression(
      "pattern comprehension", "[[path =] pattern [WHERE condition] | expression]",
      "a list with what the expression makes of each place where the pattern is found",
      """
      MATCH (s:State {isoAlpha2: 'KH'})
      RETURN size([(s)-[:HOSTED]->(m) | m.name]) AS hosted
      """),
    expression(
      "all", aliases: ["any", "none", "single", "quantifier"],
      "all(x IN list WHERE condition), any(...), none(...), single(...)",
      "whether the condition is true for all elements, one at least, none, exactly one",
      details: "Null when that hangs on an element for which the condition is null.",
      """
      WITH [1, 2, null] AS xs
      RETURN all(x IN xs WHERE x > 0) AS a, any(x IN xs WHERE x > 1) AS b,
        none(x IN xs WHERE x > 5) AS c, single(x IN [1, 2] WHERE x > 1) AS d, all(x IN [] WHERE x > 0) AS e
      """),
    expression(
      "reduce", "reduce(acc = start, x IN list | expression)",
      "goes through a list from left to right and carries a value along",
      "RETURN reduce(total = 0, x IN [1, 2, 3] | total + x) AS sum"),
    expression(
      "map projection", "variable {.key, .*, name: expression, variable}",
      "a map of some properties of a node, relationship or map, and of more",
      """
      MATCH (s:State {isoAlpha2: 'BN'})
      RETURN s {.name, .capital, nameLength: size(s.name)} AS state
      """),
  ]

  private static let subqueries: [ReferenceEntry] = [
    expression(
      "EXISTS", "EXISTS { pattern [WHERE condition] }, EXISTS { query }", "whether a query finds a row",
      details: "The query sees the variables around it and only reads. RETURN may be left out.",
      """
      MATCH (s:State:Partner)
      WHERE EXISTS { (s)-[:HOSTED]->(:Meeting) }
      RETURN s.name AS state
      """),
    expression(
      "COUNT { }", aliases: ["COUNT {}"], "COUNT { pattern [WHERE condition] }, COUNT { query }",
      "how many rows a query finds",
      """
      MATCH (s:State:Member)
      RETURN s.name AS state, COUNT { (s)-[:HOSTED]->(:Meeting) } AS meetings
      ORDER BY meetings DESC, state LIMIT 3
      """),
    expression(
      "COLLECT { }", aliases: ["COLLECT {}"], "COLLECT { query }", "the column of a query as a list",
      details: "The query returns one column.",
      """
      RETURN COLLECT { MATCH (s:State:Partner) RETURN s.isoAlpha2 ORDER BY s.isoAlpha2 LIMIT 4 } AS codes
      """),
  ]

  private static func expression(
    _ name: String, aliases: [String] = [], _ signature: String, _ summary: String, details: String = "",
    _ scripts: String...
  ) -> ReferenceEntry {
    ReferenceEntry(
      name: name, aliases: aliases, kind: .expression, signature: signature, summary: summary, details: details,
      examples: scripts.map { ReferenceExample($0) })
  }
}
