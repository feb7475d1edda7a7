import TestResources

@testable import Plenary

/// Writes random queries that mean something: names are in scope and types fit, so that each compiles and none fails.
///
/// What openCypher leaves open is kept out of sight: rows are cut by SKIP and LIMIT only when sorted by every column,
/// and lists in no particular order (`collect`, pattern comprehensions) are used only where their order does not show.
struct QueryGenerator {
  /// What a variable holds.
  enum Kind: Hashable {
    case node, relationship, path
    case number, string, boolean
    /// Anything that is neither a graph element nor an unordered list.
    case any
    /// A list of anything.
    case list
    /// A list of relationships from a variable length.
    case trail
    /// A list whose order is open.
    case bag
  }

  struct Variable {
    var name: String
    var kind: Kind
  }

  var random: SeededRandom
  var scope: [Variable] = []
  private var nameCount = 0
  /// How much deeper queries may nest.
  var budget = 1
  /// Whether the query writes: it then reads only properties that it does not write, and shows no ids.
  var isWriting = false

  init(random: SeededRandom) { self.random = random }

  // MARK: Choices

  mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  mutating func choose<Item>(_ items: [Item]) -> Item { items[random.below(items.count)] }

  mutating func newName() -> String {
    nameCount += 1
    return "v\(nameCount)"
  }

  mutating func variable(_ kinds: Set<Kind>) -> String? {
    let fitting = scope.filter { kinds.contains($0.kind) }
    return fitting.isEmpty ? nil : choose(fitting).name
  }

  // MARK: Queries

  /// A whole query that reads.
  mutating func readingQuery() -> String {
    scope = []
    if chance(8) {
      return simplePart() + (chance(50) ? " UNION " : " UNION ALL ") + simplePart()
    }
    if chance(20) { return countingQuery() }
    if chance(15) { return queryForEachRow() }
    if chance(10) { return queryWithCommonParts() }
    return readingClauses(1 + random.below(3)) + " " + projection("RETURN")
  }

  /// A pattern of which little is asked: the planner has short cuts for most of these.
  private mutating func countingQuery() -> String {
    if chance(15) {
      scope = [Variable(name: "n", kind: .number)]
      let search = choose(["shortestPath", "allShortestPaths"])
      let hops = choose(["[*]", "[:T*]", "[*..2]", "[:T|U*1..3]"])
      let arrow = choose(["-\(hops)->", "<-\(hops)-", "-\(hops)-"])
      return "MATCH (a), (b) WHERE a <> b MATCH p = \(search)((a)\(arrow)(b)) RETURN length(p) AS n, id(a), id(b)"
    }
    let first = "MATCH " + patterns()
    let grouping = variable([.node])
    let condition = chance(35) ? " WHERE " + condition(1) : ""
    let second = chance(20) ? " " + match(isOptional: chance(40)) : ""
    let end = variable([.node, .relationship])
    scope = []
    let projection =
      switch (random.below(6), grouping, end) {
      case (0, let key?, _): "\(key) AS x, count(*) AS y"
      case (1, _, let end?): "count(DISTINCT \(end)) AS x"
      case (2, let key?, let end?): "\(key).i AS x, count(\(end)) AS y"
      case (3, _, let end?): "DISTINCT \(end) AS x"
      case (4, let key?, let end?): "\(key) AS x, count(DISTINCT \(end)) AS y ORDER BY y DESC, x LIMIT 3"
      default: "count(*) AS x"
      }
    return first + condition + second + " RETURN " + projection
  }

  /// A query that needs the same expressions in several places: they are evaluated once.
  private mutating func queryWithCommonParts() -> String {
    let start = "MATCH " + patterns()
    var parts: [String] = []
    for _ in 0..<2 {
      parts.append(choose([number(2), string(2), any(2), "toString(\(any(1)))", "\(number(1)) + \(number(1))"]))
    }
    func part() -> String { choose(parts) }
    func whole() -> String {
      switch random.below(5) {
      case 0: "CASE WHEN \(condition(1)) THEN \(part()) ELSE [\(part())] END"
      case 1: "coalesce(\(part()), \(part()))"
      case 2: "[\(part()), \(part())]"
      case 3: "\(part()) = \(part()) OR \(part()) IS NULL"
      default: part()
      }
    }
    var text = start
    if chance(60) { text += " WHERE \(part()) \(choose(["IS NOT NULL", "= \(part())", "<> 1 OR \(part()) IS NULL"]))" }
    if chance(40) { text += " WITH *, \(part()) AS w" + (chance(50) ? " WHERE \(part()) IS NOT NULL" : "") }
    text += chance(30) ? " RETURN \(part()) AS x, count(\(part())) AS y" : " RETURN \(whole()) AS x, \(whole()) AS y"
    return text + (chance(30) ? " ORDER BY x" : "")
  }

  /// A pattern of which something is asked for each row: the planner does that for many rows at once.
  private mutating func queryForEachRow() -> String {
    let start = "MATCH " + patterns()
    guard let node = variable([.node]) else { return start + " RETURN count(*) AS x" }
    let known = choose(scope.filter { $0.kind == .node }).name
    switch random.below(6) {
    case 0, 1:
      // OPTIONAL MATCH that is counted.
      let outer = scope
      let optional = "OPTIONAL MATCH (\(node))" + choose(["-->", "-[:T]->", "<-[:U]-", "--"]) + "(o)"
      let further = choose(["", "", "-->(p)", "<--(\(node))", "--(\(known))"])
      let condition = choose([
        "", "", " WHERE o.i > 1", " WHERE o:A", " WHERE \(known).i > 0", " WHERE o.i < \(known).i",
      ])
      scope = outer
      let key = choose(["", "\(node) AS k, ", "\(known).i AS k, "])
      let counts = choose([
        "count(*) AS x", "count(o) AS x, count(*) AS y", "count(o.s) AS x", "count(o) AS x, count(o.i) AS y",
      ])
      return "\(start) \(optional)\(further)\(condition) RETURN \(key)\(counts)"
    case 2:
      let pattern = choose([
        "(\(node))-->(o)-->(\(node))", "(\(node))-->(o)-->(\(known))", "(\(node))--(o:A)--(\(known))",
        "(\(node))-[:T]->(o)<-[:T]-(\(known))", "(\(node))-->(o), (o)-->(\(known)), (o)-->(:B)",
      ])
      let kind = choose(["EXISTS", "NOT EXISTS", "COUNT"])
      if kind == "COUNT" { return "\(start) RETURN \(node) AS x, \(known) AS y, COUNT { \(pattern) } AS z" }
      return "\(start) WHERE \(kind) { \(pattern) WHERE o.i IS NOT NULL } RETURN \(node) AS x, \(known) AS y"
    case 3:
      let cut = choose(["LIMIT 1", "SKIP 1", "SKIP 1 LIMIT 2", "LIMIT 3", "LIMIT 0"])
      let order = choose(["id(o), id(r)", "o.i, id(r)", "o.s DESC, id(r) DESC"])
      return """
        \(start) CALL { WITH \(node) MATCH (\(node))-[r]-(o) RETURN o, r ORDER BY \(order) \(cut) } RETURN \(node) AS x, o, r
        """
    case 4:
      let union = choose(["UNION", "UNION ALL"])
      return """
        \(start) CALL { WITH \(node) MATCH (\(node))-->(o) RETURN o, 1 AS i \(union) WITH \(known) MATCH (\(known))<--(o) RETURN o, o.i AS i } \
        RETURN \(node) AS x, o, i
        """
    default:
      let cut = choose(["", " LIMIT 2", " SKIP 1"])
      return "\(start) RETURN \(node) AS x, COLLECT { MATCH (\(node))--(o) RETURN o.i AS i ORDER BY i\(cut) } AS y"
    }
  }

  /// A part of a UNION: one column named `x`.
  private mutating func simplePart() -> String {
    scope = []
    let clauses = readingClauses(1)
    return clauses + " RETURN " + (chance(30) ? "DISTINCT " : "") + "\(any(2)) AS x"
  }

  mutating func readingClauses(_ count: Int) -> String {
    var clauses: [String] = []
    for index in 0..<count {
      switch random.below(index == 0 ? 12 : 20) {
      case 0..<9: clauses.append(match(isOptional: false))
      case 9: clauses.append(match(isOptional: true))
      case 10, 11, 12: clauses.append(unwind())
      case 13, 14: clauses.append(match(isOptional: true))
      case 15: clauses.append(callSubquery())
      default: clauses.append(projection("WITH"))
      }
    }
    return clauses.joined(separator: " ")
  }

  mutating func match(isOptional: Bool) -> String {
    var text = (isOptional ? "OPTIONAL MATCH " : "MATCH ") + patterns()
    if chance(55) { text += " WHERE " + condition(2) }
    return text
  }

  private mutating func unwind() -> String {
    let source: String
    if let bag = variable([.bag]), chance(50) {
      source = bag
    } else {
      source = list(1)
    }
    let name = newName()
    scope.append(Variable(name: name, kind: .any))
    return "UNWIND \(source) AS \(name)"
  }

  private mutating func callSubquery() -> String {
    let outer = scope
    let name = newName()
    budget -= 1
    defer { budget += 1 }
    var inner = match(isOptional: chance(20))
    let (item, kind) = chance(50) ? aggregate() : value(2)
    inner += " RETURN \(item) AS \(name)"
    scope = outer + [Variable(name: name, kind: kind)]
    return "CALL { \(inner) }"
  }

  // MARK: Projections

  /// WITH or RETURN, which leaves its columns in scope.
  mutating func projection(_ keyword: String) -> String {
    var text = keyword
    var columns: [Variable] = []
    if keyword == "WITH", chance(20) {
      if chance(30), !scope.contains(where: { $0.kind == .bag }) { text += " DISTINCT" }
      text += " *"
      columns = scope
    } else {
      let isAggregating = chance(35)
      // Grouping, like DISTINCT, compares whole values.
      let isDistinct = !isAggregating && chance(25)
      var items: [String] = []
      let count = 1 + random.below(3)
      for index in 0..<count {
        let (item, kind): (String, Kind)
        if isAggregating, index == count - 1 || chance(40) {
          (item, kind) = aggregate()
        } else if !scope.isEmpty, chance(50) {
          let chosen = choose(scope)
          guard !(isDistinct || isAggregating) || chosen.kind != .bag else { continue }
          (item, kind) = (chosen.name, chosen.kind)
        } else {
          (item, kind) = value(2)
        }
        guard !(kind == .bag && (isDistinct || isAggregating && !item.contains("collect("))) else { continue }
        let name =
          chance(40) && columns.allSatisfy { $0.name != item } && scope.contains { $0.name == item }
          ? item : newName()
        items.append(item == name ? item : "\(item) AS \(name)")
        columns.append(Variable(name: name, kind: kind))
      }
      if items.isEmpty {
        let name = newName()
        items = ["1 AS \(name)"]
        columns = [Variable(name: name, kind: .number)]
      }
      if isDistinct { text += " DISTINCT" }
      text += " " + items.joined(separator: ", ")
    }
    text += order(columns)
    scope = columns
    if keyword == "WITH", chance(30) { text += " WHERE " + condition(1) }
    return text
  }

  private mutating func order(_ columns: [Variable]) -> String {
    guard chance(40) else { return "" }
    let sortable = columns.filter { $0.kind != .bag }
    guard !sortable.isEmpty else { return "" }
    var keys = sortable.map(\.name).shuffled(using: &random)
    let isCut = chance(50) && sortable.count == columns.count
    if !isCut { keys = Array(keys.prefix(1 + random.below(keys.count))) }
    var text = " ORDER BY " + keys.map { $0 + (chance(40) ? " DESC" : "") }.joined(separator: ", ")
    guard isCut else { return text }
    if chance(40) { text += " SKIP \(random.below(4))" }
    if chance(80) { text += " LIMIT \(random.below(6))" }
    return text
  }

  private mutating func aggregate() -> (text: String, kind: Kind) {
    let distinct = chance(25) ? "DISTINCT " : ""
    switch random.below(9) {
    case 0, 1: return ("count(*)", .number)
    case 2:
      if let element = variable([.node, .relationship, .path]) { return ("count(\(distinct)\(element))", .number) }
      return ("count(\(distinct)\(any(1)))", .number)
    case 3: return ("sum(\(distinct)\(number(1)))", .number)
    case 4: return ("\(choose(["min", "max"]))(\(any(1)))", .any)
    case 5: return ("avg(\(number(1)))", .number)
    case 6: return ("collect(\(distinct)\(any(1)))", .bag)
    case 7: return ("size(collect(\(distinct)\(any(1))))", .number)
    default: return ("count(\(distinct)\(any(1))) + \(random.below(3))", .number)
    }
  }

  /// An expression of some kind that fits a column.
  mutating func value(_ depth: Int) -> (text: String, kind: Kind) {
    switch random.below(12) {
    case 0, 1: (number(depth), .number)
    case 2: (string(depth), .string)
    case 3, 4: (boolean(depth), .boolean)
    case 5: (list(depth), .list)
    case 6: (bag(depth), .bag)
    default: (any(depth), .any)
    }
  }
}
