import TestResources

@testable import Plenary

/// Makes random queries of a `LargeGraph`: scans, filters, groups, orders and counts, in the forms for which there are
/// short ways.
struct LargeGraphQueries {
  /// A query and how to compare what it gives.
  struct Query: CustomStringConvertible {
    var text: String
    var parameters: [String: Value]
    /// The columns whose floats depend, in their last digits, on the order of additions.
    var rounded: Set<Int> = []
    /// The columns whose lists have any order.
    var unordered: Set<Int> = []
    /// Whether rows come in one order only.
    var isOrdered = false

    var description: String {
      parameters.isEmpty ? text : "\(text) with \(parameters.sorted { $0.key < $1.key }.map { "\($0): \($1)" })"
    }
  }

  typealias Kind = LargeGraph.Kind

  /// A node or relationship that expressions may read.
  struct Element {
    var name: String
    var isNode = true
  }

  var random: SeededRandom
  let nodeCount: Int
  /// The query being made.
  var query = Query(text: "", parameters: [:])
  /// What may be read.
  var scope: [Element] = []
  /// A name that stands for a value of each row, if there is one.
  var value: String?
  var isValueNumber = false

  init(nodes nodeCount: Int, using random: SeededRandom) {
    self.nodeCount = nodeCount
    self.random = random
  }

  mutating func chance(_ percent: Int) -> Bool { random.chance(percent) }
  mutating func choose(_ items: [String]) -> String { items[random.below(items.count)] }
  mutating func kind(_ kinds: [Kind]) -> Kind { kinds[random.below(kinds.count)] }

  mutating func element() -> Element { scope[random.below(scope.count)] }

  // MARK: Queries

  mutating func next() -> Query {
    query = Query(text: "", parameters: [:])
    (scope, value, isValueNumber) = ([], nil, false)
    let match = self.match()
    switch random.below(12) {
    case 0, 1: query.text = match + rows()
    case 2, 3: query.text = match + ordered()
    case 4: query.text = match + distinct()
    case 5: query.text = match + groupsOfGroups()
    default: query.text = match + groups()
    }
    return query
  }

  /// MATCH with its conditions, and what is listed or looked for besides.
  private mutating func match() -> String {
    switch random.below(20) {
    case 0...4:
      scope = [Element(name: "n")]
      return "MATCH (n\(label()))" + filter(70)
    case 5...7:
      scope = [Element(name: "n"), Element(name: "r", isNode: false), Element(name: "m")]
      var match = "MATCH (n\(label()))\(step("r"))(m\(label()))"
      if chance(50) { scope.remove(at: 1) }
      if chance(10) {
        // Whether two known nodes are neighbours.
        match += " WHERE \(choose(["", "NOT "]))EXISTS { (n)\(step(""))(m) }"
        return match + (chance(50) ? " AND " + condition(1) : "")
      }
      return match + filter(50)
    case 8:
      scope = [Element(name: "m")]
      let condition = chance(50) ? " WHERE " + self.condition(1) : ""
      scope = [Element(name: "n"), Element(name: "m")]
      return "MATCH (n\(label())) OPTIONAL MATCH (n)\(step(""))(m\(label()))\(condition)"
    case 9, 10: return aggregatedNeighbours()
    case 11:
      scope = [Element(name: "n"), Element(name: "m"), Element(name: "o")]
      return "MATCH (n)\(step(""))(m\(label()))\(step(""))(o) WHERE \(fewNodes())"
        + (chance(40) ? " AND " + condition(1) : "")
    case 12:
      scope = [Element(name: "n")]
      value = "k"
      return "MATCH (n\(label()))\(filter(30)) UNWIND \(choose(["n.l", "n.n", "[n.a, n.b, null]", "labels(n)"])) AS k"
        + " WITH n, k" + choose(["", " WHERE k <> 3", " WHERE k IS NOT NULL"])
    case 13, 14: return subquery()
    case 15:
      scope = [Element(name: "n"), Element(name: "m")]
      let key = kind([.int8, .few, .some, .date, .mixed, .boolean, .int64]).rawValue
      return "MATCH (n:C), (m\(label())) WHERE n.\(key) = m.\(chance(80) ? key : "a")"
        + (chance(50) ? " AND " + condition(1) : "")
    case 16:
      scope = [Element(name: "n"), Element(name: "m")]
      return "MATCH (n)\(step("", length: choose(["*0..1", "*2", "*1..2", "*..2"])))(m\(label()))"
        + " WHERE n.i \(choose(["= 40", "IN [500, \(nodeCount - 5)]", "> \(nodeCount - 20)"]))"
        + choose([" AND m.i < 50", " AND m.i < 300 AND m:B", " AND m.i = 7"])
    case 17:
      scope = [Element(name: "n"), Element(name: "m"), Element(name: "o")]
      return "MATCH (n)\(step(""))(m\(label()))\(step(""))(o)\(step(""))(n) WHERE \(fewNodes())"
    case 18:
      scope = [Element(name: "n")]
      let first = "MATCH (n\(label()))\(filter(50)) WITH n ORDER BY \(sortKey())\(choose(["", " DESC"])), n.i"
      let cut = choose([" LIMIT 20", " LIMIT 2500", " SKIP 100 LIMIT 50"])
      scope.append(Element(name: "m"))
      return "\(first)\(cut) MATCH (n)\(step(""))(m\(label()))" + filter(30)
    default:
      scope = [Element(name: "n")]
      let first = filter(50)
      scope = [Element(name: "m")]
      let second = filter(50)
      scope = [Element(name: "n"), Element(name: "m")]
      return "MATCH (n\(label()))\(first) \(choose(["OPTIONAL ", ""]))MATCH (n)\(step(""))(m\(label()))\(second)"
        + " WITH DISTINCT n, m"
    }
  }

  /// Few enough nodes that two steps from them make not too many rows.
  private mutating func fewNodes() -> String {
    choose(["n.i % 211 = 205", "n:C", "m.i > \(nodeCount - 200)", "n.s = 'oslo' AND n.a = 3"])
  }

  private mutating func aggregatedNeighbours() -> String {
    scope = [Element(name: "n")]
    let first = filter(30)
    scope = [Element(name: "m"), Element(name: "r", isNode: false)]
    let inner = choose([
      "count(*)", "count(m)", "count(r)", "sum(\(integer()))", "max(\(integer()))", "sum(m.f) + 0.0",
      "count(DISTINCT m.s)", "count(\(property(Kind.allCases)))", "size(collect(\(property(Kind.allCases))))",
      "coalesce(min(\(integer())), -1)", "size(collect(DISTINCT m)) + count(*)",
    ])
    scope = [Element(name: "n")]
    (value, isValueNumber) = ("k", true)
    return "MATCH (n\(label()))\(first) \(choose(["OPTIONAL ", "", ""]))MATCH (n)\(step("r"))(m\(label()))"
      + " WITH n, \(inner) AS k" + choose(["", " WHERE k > 3", " WHERE k IS NOT NULL"])
  }

  private mutating func subquery() -> String {
    scope = [Element(name: "m"), Element(name: "n")]
    let condition = chance(60) ? " WHERE " + self.condition(1) : ""
    scope = [Element(name: "n")]
    let pattern = "(n)\(step(""))(m\(label()))\(condition)"
    let match = "MATCH (n\(label()))"
    let test = choose(["EXISTS { \(pattern) }", "NOT EXISTS { \(pattern) }", "COUNT { \(pattern) } > 2"])
    switch random.below(5) {
    case 0, 1: return "\(match) WHERE \(test)"
    case 2: return "\(match) WHERE \(test) \(choose(["AND", "OR"])) \(self.condition(1))"
    case 3:
      (value, isValueNumber) = ("k", true)
      return "\(match) WITH n, COUNT { \(pattern) } AS k"
    default:
      (value, isValueNumber) = ("k", true)
      return "\(match) CALL { WITH n MATCH \(pattern) RETURN \(choose(["count(m)", "sum(m.a)", "max(m.i)"])) AS k }"
    }
  }

  private mutating func label() -> String {
    chance(1) ? ":None" : choose(["", "", "", "", ":A", ":A", ":A", ":B", ":B", ":C", ":A:B"])
  }

  private mutating func step(_ name: String, length: String = "") -> String {
    let types = chance(2) ? ":W" : choose(["", "", "", ":T", ":T", ":T", ":U", ":U", ":V", ":T|U", ":U|V"])
    let inner = "[\(name)\(types)\(length)]"
    return choose(["-\(inner)->", "-\(inner)->", "<-\(inner)-", "-\(inner)-"])
  }

  mutating func filter(_ percent: Int) -> String { chance(percent) ? " WHERE " + condition(2) : "" }

  mutating func rows() -> String {
    var items = scope.map { "\($0.name).i" }
    for _ in 0..<random.below(3) { items.append(any()) }
    return " RETURN " + columns(items)
  }

  mutating func distinct() -> String {
    " RETURN DISTINCT " + columns((0..<1 + random.below(2)).map { _ in key() })
  }

  /// Sorted by keys that leave nothing open, or by what is returned and nothing else.
  mutating func ordered() -> String {
    query.isOrdered = true
    let cut = choose(["", " LIMIT 1", " LIMIT 10", " SKIP 5 LIMIT 20", " LIMIT 3000", " SKIP 2500"])
    let keys = (0..<1 + random.below(2)).map { _ in sortKey() }
    func direction() -> String { choose(["", "", " DESC"]) }
    if chance(40) {
      let order = keys.indices.map { "k\($0)\(direction())" }
      return " RETURN \(columns(keys)) ORDER BY \(order.joined(separator: ", "))\(cut)"
    }
    let ids = scope.map { "\($0.name).i" }
    let order = keys.map { $0 + direction() } + ids.map { $0 + direction() }
    return " RETURN \(columns(ids + [any()])) ORDER BY \(order.joined(separator: ", "))\(cut)"
  }

  mutating func groups() -> String {
    var items = (0..<[0, 1, 1, 1, 2, 2][random.below(6)]).map { _ in key() }
    for _ in 0..<1 + random.below(3) { items.append(aggregate(at: items.count)) }
    return " RETURN " + columns(items)
  }

  /// Aggregates of aggregates, or the first of them.
  mutating func groupsOfGroups() -> String {
    // Pairs of neighbours come in the order in which relationships lie, or in another.
    let isOfElements = scope.count > 1 && chance(40)
    let (first, second) = isOfElements ? (scope[0].name, scope[scope.count - 1].name) : (key(), key())
    let number = choose(["count(*)", "sum(\(integer()))", "count(DISTINCT \(key()))", "min(\(integer()))"])
    let rest = choose(["", " WHERE x > 10", " WHERE p IS NOT NULL"])
    let inner = " WITH \(first) AS p, \(second) AS q, \(number) AS x\(rest)"
    if isOfElements {
      return inner + choose([" RETURN p, q, x", " RETURN q, count(*), sum(x)", " RETURN count(*), sum(x)"])
    }
    if chance(50) {
      query.isOrdered = true
      return inner + " RETURN p, q, x ORDER BY x DESC, p, q LIMIT 12"
    }
    return inner
      + choose([
        " RETURN q, count(*), sum(x)", " RETURN p, max(x), count(DISTINCT q)",
        " RETURN count(*), min(p), max(q), sum(x)",
      ])
  }

  mutating func columns(_ items: [String]) -> String {
    items.enumerated().map { "\($1) AS k\($0)" }.joined(separator: ", ")
  }

  // MARK: Expressions

  mutating func property(_ kinds: [Kind]) -> String {
    let having = scope.filter { element in element.isNode || kinds.contains(where: \.isOfRelationships) }
    guard !having.isEmpty else { return "null" }
    let element = having[random.below(having.count)]
    let kind = self.kind(element.isNode ? kinds : kinds.filter(\.isOfRelationships))
    return "\(element.name).\(kind.rawValue)"
  }

  mutating func integer() -> String {
    if let value, isValueNumber, chance(30) { return value }
    if chance(20) { return element().name + ".i" }
    if chance(4) { return "coalesce(\(property([.int8, .int16])), \(choose(["0", property([.int32]), "null"])), 7)" }
    return property([.int8, .int16, .int32, .int64])
  }

  mutating func number() -> String {
    switch random.below(8) {
    case 0...3: return integer()
    case 4, 5: return property([.dyadic])
    case 6: return "\(integer()) \(choose(["+", "-", "*"])) \(choose(["1", "2", integer(), "0.5"]))"
    default: return cases(of: [integer(), property([.dyadic]), "0", "1", "2.5", "null"])
    }
  }

  mutating func text() -> String { property([.few, .some, .many]) }

  mutating func cases(of values: [String]) -> String {
    if chance(20) {
      return
        "CASE \(property([.few, .int8, .boolean])) WHEN 'oslo' THEN \(choose(values)) WHEN 7 THEN \(choose(values))"
        + " WHEN true THEN \(choose(values)) ELSE \(choose(values)) END"
    }
    let second = chance(40) ? " WHEN \(condition(1)) THEN \(choose(values))" : ""
    let otherwise = chance(70) ? " ELSE \(choose(values))" : ""
    return "CASE WHEN \(condition(1)) THEN \(choose(values))\(second)\(otherwise) END"
  }

  /// Any value, which need not be the same for equal ones.
  mutating func any() -> String {
    switch random.below(9) {
    case 0...3: return property(Kind.allCases)
    case 4: return number()
    case 5: return cases(of: [text(), property([.mixed]), "1", "null", "'x'", integer()])
    case 6: return "size(\(property([.strings, .integers, .few, .many])))"
    case 7: return choose(["labels(n)", "\(property([.date])).year", "toUpper(\(text()))"])
    default: return "(\(condition(1)))"
    }
  }

  /// What rows are grouped by: equal keys look the same.
  mutating func key() -> String {
    if let value, chance(25) { return value }
    switch random.below(12) {
    case 0...5:
      return property([
        .int8, .int16, .int32, .int64, .dyadic, .boolean, .date, .dateTime, .few, .few, .some, .many, .strings, .mixed,
      ])
    case 6: return "\(integer()) % \(choose(["7", "100"]))"
    case 7: return "\(property([.date])).\(choose(["year", "month", "day"]))"
    case 8: return cases(of: ["'low'", "'high'", "null", property([.few])])
    case 9:
      return choose([
        "coalesce(\(property([.few, .many])), \(property([.some])))", "left(\(text()), 2)",
        "toLower(\(property([.few])))", "size(\(text()))",
      ])
    case 10: return choose(["labels(n)", "n:B", "n.fresh"])
    default: return "(\(condition(1)))"
    }
  }

  /// What rows are sorted by.
  mutating func sortKey() -> String {
    chance(70) ? property(Kind.allCases.filter { $0 != .odd }) : key()
  }

  mutating func aggregate(at column: Int) -> String {
    switch random.below(20) {
    case 0, 1: return "count(*)"
    case 2: return "count(\(chance(50) ? any() : element().name))"
    case 3: return "count(DISTINCT \(chance(80) ? key() : element().name))"
    case 4, 5, 6: return "sum(\(number()))"
    case 7: return "sum(\(cases(of: ["1", "0", integer(), property([.dyadic]), "0", "null"])))"
    case 8:
      query.rounded.insert(column)
      return "\(choose(["sum", "avg"]))(\(property([.decimal])))"
    case 9:
      query.rounded.insert(column)
      return "avg(\(number()))"
    case 10, 11, 12: return "\(choose(["min", "max"]))(\(property(Kind.allCases.filter { $0 != .odd })))"
    case 13: return "\(choose(["min", "max"]))(\(number()))"
    case 14:
      query.rounded.insert(column)
      return "\(choose(["stDev", "stDevP"]))(\(property([.int8, .int16, .int32, .dyadic, .decimal])))"
    case 15:
      query.rounded.insert(column)
      return "percentileCont(\(number()), \(choose(["0.5", "0.9", "0", "1", "0.333"])))"
    case 16: return "percentileDisc(\(integer()), \(choose(["0.5", "0.9", "0", "1", "0.333"])))"
    case 17:
      query.unordered.insert(column)
      return "collect(\(property(Kind.allCases)))"
    case 18:
      query.unordered.insert(column)
      return "collect(DISTINCT \(key()))"
    default: return "\(choose(["sum", "count", "min"]))(DISTINCT \(integer()))"
    }
  }
}
