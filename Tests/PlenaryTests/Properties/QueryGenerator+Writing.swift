@testable import Plenary

/// Queries that write, whose effect does not depend on the order of rows: what a row writes to an element depends on
/// that element alone.
extension QueryGenerator {
  /// The properties that SET and REMOVE write; nothing that is computed reads them.
  static let writtenKeys: Set<String> = ["i", "s", "b", "m"]

  /// A query with one or two writing clauses.
  mutating func writingQuery() -> String {
    scope = []
    isWriting = true
    defer { isWriting = false }
    var clauses: [String] = []
    if chance(85) { clauses.append(match(isOptional: chance(15))) }
    if clauses.isEmpty || chance(25) {
      let name = newName()
      clauses.append("UNWIND [1, 2, 2, null] AS \(name)")
      scope.append(Variable(name: name, kind: .any))
    }
    // Pattern predicates and subqueries would see what earlier rows wrote.
    budget = 0
    defer { budget = 1 }
    var mayGoOn = true
    for _ in 0..<1 + random.below(2) where mayGoOn { clauses.append(write(&mayGoOn)) }
    if mayGoOn, chance(50) {
      clauses.append("RETURN \(number(1)) AS x, \(string(1)) AS y")
    } else if chance(30) {
      clauses.append("RETURN count(*) AS x")
    } else if mayGoOn, chance(50), let node = variable([.node]) {
      clauses.append(reading(from: node))
    } else if mayGoOn, chance(40) {
      clauses.append("WITH count(*) AS c MATCH (n:A)-[r]->(m) RETURN c, count(r) AS x, sum(n.k) AS y, sum(m.i) AS z")
    }
    return clauses.joined(separator: " ")
  }

  /// Clauses that read what was written, from a node on, in each of the ways that the planner has for it.
  private mutating func reading(from node: String) -> String {
    let step = choose(["-->", "<--", "--", "-[:T]->", "-[:U]-"])
    let hops = choose(["-[*1..2]->", "-[:T*]->", "<-[*0..1]-"])
    return "WITH \(node) AS n "
      + choose([
        "MATCH (n)\(step)(m) RETURN count(*) AS x", "MATCH (n)\(step)(m:A) RETURN count(m) AS x, sum(m.k) AS y",
        "MATCH (n)\(step)(m)\(step)(o) RETURN count(*) AS x", "MATCH (n)\(step)()\(step)(m) RETURN DISTINCT m.k AS x",
        "MATCH (n)\(hops)(m) RETURN count(*) AS x", "MATCH (n)\(hops)(m) RETURN DISTINCT m.k AS x",
        "MATCH (n)\(hops)(m) RETURN count(DISTINCT m) AS x", "MATCH (n)\(step)(m) RETURN n.k AS x, count(*) AS y",
        "MATCH (m:A {k: n.k}) RETURN count(*) AS x", "MATCH (m), (n)\(step)(o) WHERE m.k = o.k RETURN count(*) AS x",
        "OPTIONAL MATCH (n)\(step)(m:B) RETURN n.k AS x, count(m) AS y",
        "RETURN n.k AS x, COUNT { (n)\(step)() } AS y, EXISTS { (n)\(step)(:A) } AS z",
      ])
  }

  private mutating func write(_ mayGoOn: inout Bool) -> String {
    switch random.below(12) {
    case 0, 1, 2: return create()
    case 3, 4: return merge()
    case 5:
      if let relationship = variable([.relationship]) {
        mayGoOn = false
        return "DELETE \(relationship)"
      }
      return create()
    case 6:
      if let node = variable([.node]) {
        mayGoOn = false
        return (chance(85) ? "DETACH " : "") + "DELETE \(node)"
      }
      return merge()
    default: return set() ?? create()
    }
  }

  private mutating func create() -> String {
    var text = "CREATE " + newNode()
    if chance(60), let end = variable([.node]) {
      let name = newName()
      let body = "[\(name):\(choose(RandomGraph.types)) \(newProperties())]"
      text += chance(50) ? "-\(body)->(\(end))" : "<-\(body)-(\(end))"
      scope.append(Variable(name: name, kind: .relationship))
    }
    return text
  }

  private mutating func newNode() -> String {
    let name = newName()
    let text = "(\(name):\(choose(["A", "B", "A:C", "D"])) \(newProperties()))"
    scope.append(Variable(name: name, kind: .node))
    return text
  }

  private mutating func newProperties() -> String {
    choose([
      "{}", "{i: \(number(1))}", "{k: \(number(0)), s: \(string(1))}", "{m: null, l: [1, 2]}", "{t: \(string(0))}",
    ])
  }

  private mutating func merge() -> String {
    var text: String
    let name = newName()
    let known = variable([.node])
    switch (random.below(4), known) {
    case (0, let start?):
      let end = variable([.node]) ?? start
      text = "MERGE (\(start))-[\(name):\(choose(RandomGraph.types))]->(\(end))"
      scope.append(Variable(name: name, kind: .relationship))
    case (1, let start?):
      text = "MERGE (\(start))<-[\(name):U {k: 1}]-(:C {t: 'a'})"
      scope.append(Variable(name: name, kind: .relationship))
    default:
      text = "MERGE (\(name):\(choose(RandomGraph.labels)) {\(choose(["k: 1", "t: 'a'", "k: 0, t: 'b'"]))})"
      scope.append(Variable(name: name, kind: .node))
    }
    if chance(40) { text += " ON CREATE SET \(name).i = 7" }
    if chance(40) { text += " ON MATCH SET \(name).s = 'met'" }
    return text
  }

  /// SET or REMOVE of one item; its value reads nothing but the element itself.
  private mutating func set() -> String? {
    guard let chosen = scope.filter({ $0.kind == .node || $0.kind == .relationship }).randomElement(using: &random)
    else { return nil }
    let outer = scope
    defer { scope = outer }
    scope = [chosen]
    let name = chosen.name
    if chosen.kind == .node, chance(30) {
      return chance(60) ? "SET \(name):\(choose(["A", "B", "C:D"]))" : "REMOVE \(name):\(choose(RandomGraph.labels))"
    }
    switch random.below(7) {
    case 0, 1: return "SET \(name).i = \(number(2))"
    case 2: return "SET \(name).s = \(string(1))"
    case 3: return "SET \(name).m = \(choose(["null", "[1, 2]", "'x'", "1.5", "date('2024-08-07')"]))"
    case 4: return "SET \(name) += {i: 1, s: null, m: \(number(1))}"
    case 5: return "SET \(name) = {k: 1, t: 'new'}"
    default: return "REMOVE \(name).\(choose(["i", "s", "m"]))"
    }
  }
}
