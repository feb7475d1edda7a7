@testable import Plenary

extension QueryGenerator {
  /// A property of a node or relationship in scope, or of a trail's elements never.
  private mutating func property(_ keys: [String]) -> String? {
    let readable = isWriting ? keys.filter { !Self.writtenKeys.contains($0) } : keys
    guard !readable.isEmpty else { return nil }
    return variable([.node, .relationship]).map { "\($0).\(choose(readable))" }
  }

  // MARK: Numbers

  mutating func number(_ depth: Int) -> String {
    if depth > 0, chance(60) {
      switch random.below(13) {
      case 0, 1: return "(\(number(depth - 1)) \(choose(["+", "-", "*"])) \(number(depth - 1)))"
      case 2: return "-(\(atomicNumber()))"
      case 3: return "size(\(list(depth - 1)))"
      case 4: return "size(\(string(depth - 1)))"
      case 5: return "coalesce(\(number(depth - 1)), \(number(depth - 1)))"
      case 6: return "CASE WHEN \(boolean(depth - 1)) THEN \(number(depth - 1)) ELSE \(number(depth - 1)) END"
      case 7: return "(\(number(depth - 1)) % 3)"
      case 8: if let path = variable([.path]) { return "length(\(path))" }
      case 9: if let trail = variable([.trail, .bag]) { return "size(\(trail))" }
      case 10:
        if budget > 0 { return "COUNT { \(subquery()) }" }
      case 11: return "abs(\(number(depth - 1)))"
      default: return reduce(depth - 1)
      }
    }
    return atomicNumber()
  }

  private mutating func atomicNumber() -> String {
    if chance(60), let property = property(RandomGraph.integerKeys + [RandomGraph.floatKey]) { return property }
    if chance(40), let name = variable([.number]) { return name }
    if chance(10), !isWriting, let element = variable([.node, .relationship]) { return "id(\(element))" }
    return choose(["0", "1", "2", "3", "-1", "0.5", "2.25", "null"])
  }

  private mutating func reduce(_ depth: Int) -> String {
    let (total, element) = (newName(), newName())
    let outer = scope
    let source = "[\(number(depth)), \(number(depth))]"
    scope += [Variable(name: total, kind: .number), Variable(name: element, kind: .number)]
    let step = number(1)
    scope = outer
    return "reduce(\(total) = 0, \(element) IN \(source) | \(total) + \(step))"
  }

  // MARK: Strings

  mutating func string(_ depth: Int) -> String {
    if depth > 0, chance(50) {
      switch random.below(7) {
      case 0, 1: return "(\(string(depth - 1)) + \(string(depth - 1)))"
      case 2: return "\(choose(["toUpper", "toLower", "reverse", "trim"]))(\(string(depth - 1)))"
      case 3: return "left(\(string(depth - 1)), \(random.below(3)))"
      case 4: return "coalesce(\(string(depth - 1)), 'a')"
      case 5: if let relationship = variable([.relationship]) { return "type(\(relationship))" }
      default: return "CASE \(any(depth - 1)) WHEN \(any(depth - 1)) THEN \(string(depth - 1)) END"
      }
    }
    if chance(60), let property = property(RandomGraph.stringKeys) { return property }
    if chance(40), let name = variable([.string]) { return name }
    return choose(["'a'", "'b'", "'ab'", "''", "null"])
  }

  // MARK: Booleans

  /// What may follow WHERE: only there may a pattern be a condition.
  mutating func condition(_ depth: Int) -> String {
    if chance(15), let pattern = predicatePattern() { return pattern }
    if depth > 0, chance(40) {
      if chance(25) { return "NOT (\(condition(depth - 1)))" }
      if chance(15) { return failingCondition() }
      return "(\(condition(depth - 1)) \(choose(["AND", "OR", "XOR"])) \(condition(depth - 1)))"
    }
    return boolean(depth)
  }

  /// A condition that divides by what may be zero, mostly behind one that sees to it that it is not.
  private mutating func failingCondition() -> String {
    let divisor = atomicNumber()
    let division = "(\(number(1)) \(choose(["/", "%"])) \(divisor) \(comparison()) \(atomicNumber()))"
    switch random.below(5) {
    case 0: return division
    case 1: return "(\(boolean(1)) AND \(division))"
    case 2: return "(\(divisor) = 0 OR \(division))"
    default: return "(\(divisor) <> 0 AND \(division))"
    }
  }

  /// A truth value, in parentheses unless it is short.
  mutating func boolean(_ depth: Int) -> String {
    if depth > 0, chance(30) {
      switch random.below(5) {
      case 0: return "(NOT \(boolean(depth - 1)))"
      case 1: return "(\(boolean(depth - 1)) XOR \(boolean(depth - 1)))"
      default: return "(\(boolean(depth - 1)) \(choose(["AND", "OR"])) \(boolean(depth - 1)))"
      }
    }
    let depth = max(0, depth - 1)
    switch random.below(21) {
    case 0...3: return "(\(number(depth)) \(comparison()) \(number(depth)))"
    case 4: return "(\(number(depth)) \(comparison()) \(number(depth)) \(comparison()) \(number(depth)))"
    case 5: return "(\(string(depth)) \(comparison()) \(string(depth)))"
    case 6: return "(\(string(depth)) \(choose(["STARTS WITH", "ENDS WITH", "CONTAINS"])) \(string(depth)))"
    case 7, 8: return "(\(any(depth)) \(comparison()) \(any(depth)))"
    case 9: return "(\(any(depth)) IS \(choose(["", "NOT "]))NULL)"
    case 10: return "(\(any(depth)) IN \(list(depth)))"
    case 11:
      if let bag = variable([.bag]) { return "(\(any(depth)) IN \(bag))" }
    case 12, 13:
      if let node = variable([.node]) { return "(\(node):\(choose(RandomGraph.labels)))" }
    case 14:
      if let a = variable([.node]), let b = variable([.node]) { return "(\(a) \(choose(["=", "<>"])) \(b))" }
    case 15:
      if budget > 0 { return "EXISTS { \(subquery()) }" }
    case 16: return quantifier(depth)
    case 17: return "coalesce(\(boolean(depth)), \(choose(["true", "false"])))"
    case 18: return "CASE WHEN \(boolean(depth)) THEN \(boolean(depth)) END"
    default: break
    }
    if chance(50), let property = property([RandomGraph.booleanKey]) { return property }
    if chance(40), let name = variable([.boolean]) { return name }
    return choose(["true", "false", "null"])
  }

  private mutating func comparison() -> String { choose(["=", "<>", "<", "<=", ">", ">="]) }

  private mutating func quantifier(_ depth: Int) -> String {
    let keyword = choose(["all", "any", "none", "single"])
    let outer = scope
    let name = newName()
    if let trail = variable([.trail]), chance(60) {
      scope.append(Variable(name: name, kind: .relationship))
      let condition = boolean(depth)
      scope = outer
      return "\(keyword)(\(name) IN \(trail) WHERE \(condition))"
    }
    let source = variable([.bag]) ?? list(depth)
    scope.append(Variable(name: name, kind: .any))
    let condition = boolean(depth)
    scope = outer
    return "\(keyword)(\(name) IN \(source) WHERE \(condition))"
  }

  /// What stands in EXISTS { } and COUNT { }.
  private mutating func subquery() -> String {
    let outer = scope
    budget -= 1
    defer {
      budget += 1
      scope = outer
    }
    let pattern = chance(70) ? innerPattern() : patterns()
    let condition = chance(50) ? " WHERE " + condition(1) : ""
    let name = newName()
    switch random.below(8) {
    case 0, 1: return "MATCH \(pattern)\(condition) RETURN \(value(1).text) AS \(name)"
    case 2: return "MATCH \(pattern)\(condition) WITH count(*) AS \(name) WHERE \(name) > 1 RETURN \(name)"
    case 3: return "MATCH \(pattern)\(condition) RETURN DISTINCT \(any(1)) AS \(name)"
    default: return pattern + condition
    }
  }

  // MARK: Anything

  mutating func any(_ depth: Int) -> String {
    switch random.below(12) {
    case 0, 1: return number(depth)
    case 2: return string(depth)
    case 3: return boolean(depth)
    case 4: return list(depth)
    case 5, 6, 7:
      if let property = property([RandomGraph.mixedKey, RandomGraph.mixedKey, RandomGraph.dateKey]) { return property }
    case 8:
      if let element = variable([.node, .relationship, .path]) { return element }
    case 9: return "{a: \(number(0)), b: \(string(0))}.\(choose(["a", "b", "c"]))"
    case 10:
      if !isWriting, let element = variable([.node, .relationship]) { return "properties(\(element))" }
    default: break
    }
    if let name = variable([.any, .number, .string, .boolean]) { return name }
    return choose(["1", "1.0", "'a'", "true", "null", "[1, null]", "date('2024-08-07')"])
  }

  // MARK: Lists

  mutating func list(_ depth: Int) -> String {
    if depth > 0, chance(55) {
      switch random.below(9) {
      case 0: return "(\(list(depth - 1)) + \(list(depth - 1)))"
      case 1: return "\(choose(["tail", "reverse"]))(\(list(depth - 1)))"
      case 2: return "\(list(depth - 1))[\(random.below(3) - 1)..\(random.below(3))]"
      case 3, 4: return comprehension(depth - 1)
      case 5: if let path = variable([.path]) { return "\(choose(["nodes", "relationships"]))(\(path))" }
      case 6: if let node = variable([.node]) { return "labels(\(node))" }
      case 7: return "range(\(random.below(2)), \(random.below(4)))"
      default: if let trail = variable([.trail]) { return trail }
      }
    }
    if chance(35), let property = property([RandomGraph.listKey]) { return "coalesce(\(property), [])" }
    if chance(40), let name = variable([.list]) { return name }
    if depth > 0 { return "[\(any(depth - 1)), \(any(depth - 1))]" }
    return choose(["[]", "[1, 2, null]", "[1, 'a', true]", "[[1], [null]]"])
  }

  private mutating func comprehension(_ depth: Int) -> String {
    let outer = scope
    let name = newName()
    let source = list(depth)
    scope.append(Variable(name: name, kind: .any))
    var text = "[\(name) IN \(source)"
    if chance(60) { text += " WHERE " + boolean(depth) }
    if chance(60) { text += " | " + any(depth) }
    scope = outer
    return text + "]"
  }

  /// A list whose order is open.
  mutating func bag(_ depth: Int) -> String {
    guard budget > 0 else { return variable([.bag]) ?? "[]" }
    let outer = scope
    budget -= 1
    defer {
      budget += 1
      scope = outer
    }
    let pattern = innerPattern()
    let condition = chance(50) ? " WHERE " + condition(1) : ""
    if chance(25) { return "COLLECT { MATCH \(pattern)\(condition) RETURN \(any(depth)) AS \(newName()) }" }
    return "[\(pattern)\(condition) | \(any(depth))]"
  }
}
