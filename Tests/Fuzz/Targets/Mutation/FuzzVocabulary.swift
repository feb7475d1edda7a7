import Plenary
import TestResources

/// What mutations are made of: words of the language and of the graph that queries are asked of, values at their
/// limits, and small expressions and patterns.
enum FuzzVocabulary {
  static let names = ["n", "m", "r", "x", "y", "p", "a", "b"]
  static let keys = [
    "name", "since", "i", "k", "f", "s", "b", "l", "d", "m", "year", "tags", "area", "founded", "zz",
    "month", "week", "quarter", "day", "hour", "nanosecond", "timezone", "epochSeconds", "days", "seconds",
    "minutesOfHour",
  ]
  static let labels = ["State", "Body", "A", "B", "C", "MEMBER_OF", "T", "U", "Other", "`a b`"]
  static let functions = Reference.entries(of: .function).map(\.name)

  static let numbers = [
    "0", "1", "2", "-1", "3", "1.5", "0.5", "-0.0", "9223372036854775807", "-9223372036854775808", "1e308", "1e-320",
    "0x7FFFFFFFFFFFFFFF", "0o17", "4611686018427387904", "2147483648", "65536", "100", "(0.0 / 0.0)", "(1.0 / 0.0)",
  ]

  static let strings = [
    "''", "'a'", "'Laos'", "'ab'", "'é'", "'e\\u0301'", "'\\uD83C\\uDFF3'", "'🏳️‍🌈'", "'1'", "'1.5e3'", "'true'",
    "'2024-02-29'", "'2024-W01-1'", "'-999999999-01-01'", "'2024-08-07T10:00:00.123456789+07:00[Asia/Bangkok]'",
    "'12:30:00Z'", "'P1Y2M3DT4H5M6.7S'", "'P-1M'", "'PT9223372036854775807S'", "'(a+)+b'", "'[^a-z]{2,3}'", "'.*'",
    "'(?i)l(a|o)*s'", "'\\\\p{L}+'", "'%'", "'year'", "'month'", "'week'", "'millennium'", "'Europe/Paris'",
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'",
  ]

  /// Regular expressions.
  static let expressions = [
    "'(?i)l(?:a|o)*s'", "'[^b-y&&[^a]]?.*'", "'\\\\Qa.b\\\\E|x{2,}+'", "'^\\\\p{Lu}\\\\w+$'", "'(?<n>a|b)*?'",
    "'\\\\x{e9}\\\\u00e9'",
    "'[[:alpha:]\\\\d\\\\s&&[^x]]{1,3}'", "'(a|ab)(c|bcd)(d*)'", "'.{0,1000}'", "'((a{0,50}){0,50}){0,50}'", "'\\\\b'",
  ]

  static let operators = [
    "+", "-", "*", "/", "%", "^", "=", "<>", "<", "<=", ">", ">=", "=~", "AND", "OR", "XOR", "IN", "CONTAINS",
    "STARTS WITH", "ENDS WITH", "..", "|", "+=",
  ]

  static let keywords = [
    "NOT", "NULL", "TRUE", "FALSE", "IS NULL", "IS NOT NULL", "DISTINCT", "AS", "OPTIONAL", "WHERE", "RETURN", "WITH",
    "UNION", "ALL", "CASE", "WHEN", "THEN", "ELSE", "END", "ORDER BY", "SKIP 1", "LIMIT 2", "DESC", "EXISTS", "COUNT",
    "COLLECT", "YIELD", "CALL", "DETACH", "ON CREATE", "ON MATCH", "(", ")", "[", "]", "{", "}", ",", ".", ":", "|",
    "&", "!", "*", "$p", "$list", "$map", "$none", "$name", ";", "<-[", "]->", "-->",
    "CREATE INDEX FOR (n:B) ON (n.i);",
  ]

  static let moments = [
    "date('2024-02-29')", "date('-999999999-01-01')", "date({year: 2020, week: 53})", "time('10:00+01:00')",
    "datetime('2024-03-31T02:30[Europe/Paris]')", "datetime('+999999999-12-31T23:59:59.999999999-18:00')",
    "datetime({epochMillis: 1})", "localdatetime('2024-02-29T00:00')", "localtime('23:59:59.999')",
    "time({hour: 1, timezone: '-18:00'})", "date({year: 2021, quarter: 3, dayOfQuarter: 45})",
  ]

  static let durations = [
    "duration('P1M2D')", "duration('P1Y2M3W4DT5H6M7.000000008S')", "duration({days: 1.5, hours: -3})",
    "duration('PT9223372036854775807S')", "duration('-P12345M')", "duration({months: 9223372036854775807})",
  ]

  // MARK: Expressions

  /// An expression over some names.
  static func expression(_ depth: Int, names: [String], using random: inout SeededRandom) -> String {
    func name() -> String { random.choose(names) ?? "n" }
    func next() -> String { expression(depth - 1, names: names, using: &random) }
    let key = random.choose(keys) ?? "i"
    guard depth > 0 else {
      switch random.below(10) {
      case 0, 1: return name()
      case 2, 3, 4: return "\(name()).\(key)"
      case 5: return random.choose(strings) ?? "''"
      case 6: return random.choose(["null", "true", "false", "[]", "{}", "$p", "$list", "$map", "$none"]) ?? "null"
      case 7: return random.choose(random.chance(50) ? moments : durations) ?? "null"
      default: return random.choose(numbers) ?? "1"
      }
    }
    switch random.below(26) {
    case 24: return temporal(using: &random)
    case 25: return "(\(next()) =~ \(random.choose(expressions) ?? "''"))"
    case 0...4: return "(\(next()) \(random.choose(operators) ?? "+") \(next()))"
    case 5: return "(\(next()) \(random.choose(["IS NULL", "IS NOT NULL", ":A", ":A|B", "[0]", "[-1..]", ".i"]) ?? ""))"
    case 6: return "[\(next()), \(next())]"
    case 7: return "{i: \(next()), name: \(next())}"
    case 8: return "CASE \(next()) WHEN \(next()) THEN \(next()) ELSE \(next()) END"
    case 9: return "[x IN \(next()) WHERE \(next()) | \(next())]"
    case 10: return "\(random.choose(["all", "any", "none", "single"]) ?? "")(x IN \(next()) WHERE \(next()))"
    case 11: return "reduce(a = \(next()), x IN \(next()) | \(next()))"
    case 12: return "range(\(random.below(4)), \(random.below(6)))"
    case 13: return "[(\(name()))\(relationship(using: &random))\(node(names: names, using: &random)) | \(next())]"
    case 14: return "EXISTS { (\(name()))\(relationship(using: &random))() WHERE \(next()) }"
    case 15:
      return
        "COUNT { MATCH \(node(names: names, using: &random))\(relationship(using: &random))(y) RETURN \(next()) AS z }"
    case 16: return "COLLECT { UNWIND \(next()) AS y RETURN \(next()) AS z }"
    case 17:
      return
        "\(random.choose(["count", "sum", "min", "max", "avg", "collect"]) ?? "")(\(random.chance(30) ? "DISTINCT " : "")\(next()))"
    default:
      let function = random.choose(functions) ?? "size"
      return "\(function)(\((0..<random.below(4)).map { _ in next() }.joined(separator: ", ")))"
    }
  }

  /// An expression about points and amounts of time.
  private static func temporal(using random: inout SeededRandom) -> String {
    let (first, second) = (random.choose(moments) ?? "", random.choose(moments) ?? "")
    let amount = random.choose(durations) ?? ""
    switch random.below(8) {
    case 0: return "(\(first) + \(amount))"
    case 1: return "(\(first) - \(amount))"
    case 2:
      return "duration.\(random.choose(["between", "inDays", "inMonths", "inSeconds"]) ?? "")(\(first), \(second))"
    case 3:
      let type = random.choose(["date", "time", "datetime", "localtime", "localdatetime"]) ?? ""
      let unit = random.choose(["millennium", "century", "quarter", "weekYear", "week", "hour", "microsecond"]) ?? ""
      return "\(type).truncate('\(unit)', \(first), {day: 2})"
    case 4: return "(\(amount) \(random.choose(["+", "-", "<", "="]) ?? "+") \(random.choose(durations) ?? ""))"
    case 5: return "(\(amount) \(random.choose(["*", "/"]) ?? "*") \(random.choose(numbers) ?? "2"))"
    case 6: return "(\(first) \(random.choose(["<", "=", ">="]) ?? "<") \(second))"
    default: return "\(random.chance(70) ? first : amount).\(random.choose(keys) ?? "year")"
    }
  }

  /// An expression within a larger one.
  static func wrapped(_ inner: String, with other: String, using random: inout SeededRandom) -> String {
    let forms = [
      "(\(inner))", "NOT \(inner)", "-\(inner)", "[\(inner)]", "{i: \(inner)}", "\(inner)[0]", "\(inner)[\(other)..]",
      "\(inner).i", "(\(inner) = \(other))", "(\(inner) + \(other))", "(\(other) IN \(inner))", "(\(inner) IS NULL)",
      "[x IN \(inner) WHERE \(other)]", "all(x IN \(inner) WHERE \(other))", "reduce(a = \(other), x IN \(inner) | a)",
      "CASE WHEN \(inner) THEN \(other) END", "coalesce(\(inner), \(other))", "EXISTS { \(inner) }",
      "COUNT { \(inner) }",
      "collect(\(inner))", "count(DISTINCT \(inner))", "max(\(inner))",
    ]
    if random.chance(40), let function = random.choose(functions) {
      return random.chance(50) ? "\(function)(\(inner))" : "\(function)(\(inner), \(other))"
    }
    return random.choose(forms) ?? inner
  }

  // MARK: Patterns

  /// A node pattern, of a name in scope more often than not.
  static func node(names: [String], using random: inout SeededRandom) -> String {
    let name = random.chance(60) ? random.choose(names + Self.names) ?? "" : ""
    let labels = random.choose(["", "", ":A", ":B", ":A:B", ":A|B", ":!A", ":State", ":Body", ":C"]) ?? ""
    let properties = random.choose(["", "", "", " {i: 1}", " {name: 'Laos'}", " {k: 2, s: 'a'}", " {i: $p}"]) ?? ""
    return "(\(name)\(labels)\(properties))"
  }

  /// A relationship pattern, of a variable length now and then.
  static func relationship(using random: inout SeededRandom) -> String {
    let name = random.choose(["", "", "r", "q"]) ?? ""
    let types = random.choose(["", "", ":T", ":U", ":T|U", ":MEMBER_OF", ":!T"]) ?? ""
    let length = random.choose(["", "", "", "", "*", "*1..2", "*0..1", "*2", "*..3", "*0.."]) ?? ""
    let properties = random.choose(["", "", "", "", " {i: 1}", " {year: 1984}"]) ?? ""
    let body = "[\(name)\(types)\(length)\(properties)]"
    return random.choose(["-\(body)->", "<-\(body)-", "-\(body)-", "-->", "--"]) ?? "--"
  }
}
