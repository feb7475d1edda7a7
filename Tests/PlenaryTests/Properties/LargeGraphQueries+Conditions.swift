@testable import Plenary

extension LargeGraphQueries {
  mutating func condition(_ depth: Int) -> String {
    if depth > 0, chance(45) {
      if chance(20) { return "NOT (\(condition(depth - 1)))" }
      let operands = (0..<2 + random.below(2)).map { _ in condition(depth - 1) }
      return "(" + operands.joined(separator: choose([" AND ", " AND ", " OR ", " OR ", " XOR "])) + ")"
    }
    switch random.below(20) {
    case 0...6: return comparison()
    case 7: return "\(comparison()) AND \(comparison())"
    case 8: return "\(property(Kind.allCases)) IS \(choose(["", "NOT "]))NULL"
    case 9: return "\(property(Kind.allCases)) IN [\(literal()), \(literal()), \(literal()), null]"
    case 10:
      let kind = self.kind([.int8, .few, .some, .date])
      return "\(property([kind])) IN [\((0..<5).map { _ in literal(kind) }.joined(separator: ", "))]"
    case 11:
      return
        "\(text()) \(choose(["STARTS WITH", "ENDS WITH", "CONTAINS"])) \(choose(["'o'", "'text 1'", "'1'", "''", "'length'"]))"
    case 12: return choose(["toLower(\(text())) = 'oslo'", "\(text()) =~ '.*[13579]'", "size(\(text())) > 6"])
    case 13: return "\(element().name).i \(comparator()) \(random.below(nodeCount))"
    case 14:
      return "\(integer()) \(choose(["+", "-", "%"])) \(choose(["3", "7", integer()])) \(comparator()) 4"
        .replacing("% n.", with: "+ n.").replacing("% m.", with: "+ m.").replacing("% r.", with: "+ r.")
        .replacing("% o.", with: "+ o.")
    case 15:
      return choose([
        "'t3' IN \(property([.strings]))", "3 IN \(property([.integers]))", "size(\(property([.strings]))) > 2",
        "\(property([.few, .some, .mixed])) IN \(property([.strings]))", "\(integer()) IN \(property([.integers]))",
        "any(x IN \(property([.strings])) WHERE x IN \(property([.strings])))",
        "all(x IN \(property([.integers])) WHERE x IN \(property([.integers])))",
      ])
    case 16: return property([.boolean])
    case 17: return "\(property(Kind.allCases)) \(comparator()) \(property(Kind.allCases))"
    case 18: return "\(property([.date])).\(choose(["year = 2000", "month > 6", "day <= 15"]))"
    default:
      let element = self.element()
      return element.isNode ? "\(element.name):\(choose(["A", "B", "C"]))" : "type(\(element.name)) = 'T'"
    }
  }

  private mutating func comparator() -> String { choose(["=", "<>", "<", "<=", ">", ">="]) }

  /// A property with a value, mostly one of its kind.
  private mutating func comparison() -> String {
    let element = self.element()
    let kind = self.kind(Kind.allCases.filter { element.isNode || $0.isOfRelationships })
    let property = "\(element.name).\(kind.rawValue)"
    let value = chance(90) ? literal(kind) : literal()
    switch random.below(6) {
    case 0: return "\(value) \(comparator()) \(property)"
    case 1: return "\(value) \(choose(["<", "<="])) \(property) \(choose(["<", "<="])) \(literal(kind))"
    default: return "\(property) \(comparator()) \(value)"
    }
  }

  private mutating func literal() -> String { literal(kind(Kind.allCases)) }

  /// A value as a literal, or as a parameter.
  private mutating func literal(_ kind: Kind) -> String {
    switch kind {
    case .int8, .int16, .int32, .int64:
      switch random.below(8) {
      case 0:
        return choose([
          "127", "128", "-129", "32768", "-32769", "2147483648", "9223372036854775807", "-9223372036854775808",
        ])
      case 1: return choose(["0.5", "3.0", "-0.0", "1e300", "null"])
      default: break
      }
    case .dyadic, .decimal: if chance(30) { return choose(["0", "7", "-3", "9007199254740993", "0.0 / 0.0"]) }
    case .odd: return choose(["0", "0.0", "-0.0", "1.0 / 0.0", "0.0 / 0.0", "2", "1e300"])
    case .date: if chance(40) { return choose(["date('2000-03-01')", "date('-5000-01-01')", "date('2000-12-31')"]) }
    default: break
    }
    let value = kind.value(random.below(nodeCount), using: &random)
    if case .date(let date) = value, chance(70) { return "date('\(date)')" }
    if case .localDateTime(let instant) = value { return "localdatetime('\(instant)')" }
    if case .date = value {} else if chance(75) { return "\(value)" }
    let name = "p\(query.parameters.count)"
    query.parameters[name] = value
    return "$\(name)"
  }
}
