@testable import Plenary

extension QueryGenerator {
  /// One or two path patterns that share variables more often than not.
  mutating func patterns() -> String {
    var used: Set<String> = []
    let first = path(&used, allowsName: true)
    guard chance(25) else { return first }
    return first + ", " + path(&used, allowsName: true)
  }

  /// A path pattern of up to three relationships. `used` are the relationships of this MATCH, which may not repeat.
  private mutating func path(_ used: inout Set<String>, allowsName: Bool) -> String {
    let count = choose([0, 1, 1, 1, 2, 2, 3])
    var text = node(new: true)
    for _ in 0..<count {
      text += relationship(&used)
      text += node(new: true)
    }
    if allowsName, chance(15) {
      let name = newName()
      scope.append(Variable(name: name, kind: .path))
      text = "\(name) = " + text
    }
    return text
  }

  /// A pattern over variables in scope only, for predicates.
  mutating func predicatePattern() -> String? {
    guard let start = variable([.node]) else { return nil }
    var used: Set<String> = []
    return "(\(start))" + relationship(&used, isNamed: false) + node(new: false)
  }

  /// A pattern for comprehensions: starts at a known node, and its new names are known inside.
  mutating func innerPattern() -> String {
    var used: Set<String> = []
    let start = variable([.node]).map { "(\($0))" } ?? node(new: true)
    return start + relationship(&used) + node(new: true)
  }

  mutating func node(new: Bool) -> String {
    if chance(40), let known = variable([.node]) { return "(\(known))" }
    var text = "("
    if new, chance(75) {
      let name = newName()
      scope.append(Variable(name: name, kind: .node))
      text += name
    }
    if chance(35) { text += labels() }
    if chance(12) { text += (text.count > 1 ? " " : "") + propertyMap() }
    return text + ")"
  }

  private mutating func labels() -> String {
    switch random.below(8) {
    case 0: ":A:B"
    case 1: ":A|B"
    case 2: ":!A"
    default: ":" + choose(RandomGraph.labels)
    }
  }

  mutating func propertyMap() -> String {
    let key = choose(["i", "s", "b", "f", "m"])
    if chance(30), let other = variable([.node, .relationship]) { return "{\(key): \(other).\(key)}" }
    return "{\(key): \(RandomGraph.value(of: key, using: &random))}"
  }

  private mutating func relationship(_ used: inout Set<String>, isNamed: Bool = true) -> String {
    var inside = ""
    var isVariable = false
    if isNamed, chance(10), let known = scope.last(where: { $0.kind == .relationship })?.name, !used.contains(known) {
      used.insert(known)
      inside = known
    } else {
      isVariable = chance(18)
      if isNamed, chance(50) {
        let name = newName()
        scope.append(Variable(name: name, kind: isVariable ? .trail : .relationship))
        used.insert(name)
        inside = name
      }
      if chance(45) { inside += choose([":T", ":U", ":T|U", ":T"]) }
      if isVariable { inside += choose(["*1..2", "*0..2", "*2", "*..2", "*0..1", "*1..3", "*3..3"]) }
      if chance(8) { inside += " " + propertyMap() }
    }
    let body = inside.isEmpty ? "" : "[\(inside)]"
    switch random.below(5) {
    case 0, 1: return "-\(body)->"
    case 2, 3: return "<-\(body)-"
    default: return "-\(body)-"
    }
  }
}
