import TestResources

@testable import Plenary

/// A graph of thousands of nodes: enough that columns are packed, read in place, shared among threads and looked at in
/// several batches. Which properties have gaps, and what was written after the load, is left to chance.
struct LargeGraph {
  struct Node {
    var labels: [String]
    var properties: [(key: String, value: Value)]
  }

  struct Relationship {
    var type: String
    var source: Int
    var target: Int
    var properties: [(key: String, value: Value)]
  }

  /// How the same graph may lie in memory.
  enum Layout: CaseIterable {
    /// Nothing in the base.
    case changes
    /// Loaded, then written to.
    case baseAndChanges
    /// Loaded, written to, and made one again.
    case base
  }

  static let labels = ["A", "B", "C"]
  static let types = ["T", "U", "V"]

  private(set) var nodes: [Node] = []
  private(set) var relationships: [Relationship] = []
  /// What is written after the load, in any order of rows.
  private(set) var statements: [String] = []
  /// Indexes of those layouts that have a base.
  private var indexes: [String] = []

  init(nodes nodeCount: Int, relationships relationshipCount: Int, using random: inout SeededRandom) {
    let nodeColumns = Kind.allCases.map { ($0, Gaps(using: &random)) }
    let commonLabels = random.chance(50) ? 100 : 70
    for id in 0..<nodeCount {
      var labels: [String] = []
      if random.chance(commonLabels) { labels.append("A") }
      if random.chance(30) { labels.append("B") }
      if random.chance(2) { labels.append("C") }
      nodes.append(
        Node(labels: labels, properties: Self.properties(id, of: nodeCount, nodeColumns, using: &random)))
    }
    let relationshipColumns = Kind.allCases.filter(\.isOfRelationships).map { ($0, Gaps(using: &random)) }
    let (areTypesApart, areSourcesApart) = (random.chance(50), random.chance(30))
    for id in 0..<relationshipCount {
      let type =
        areTypesApart
        ? Self.types[id * 10 < relationshipCount * 6 ? 0 : id * 100 < relationshipCount * 98 ? 1 : 2]
        : Self.types[[0, 0, 0, 0, 0, 0, 1, 1, 1, 1][random.below(10)] + (random.chance(1) ? 1 : 0)]
      // Most leave or reach few nodes.
      let source = areSourcesApart ? random.below(nodeCount) : random.below(random.below(nodeCount) + 1)
      let target = random.chance(1) ? source : random.below(random.below(nodeCount) + 1)
      relationships.append(
        Relationship(
          type: type, source: source, target: target,
          properties: Self.properties(id, of: relationshipCount, relationshipColumns, using: &random)))
    }
    if random.chance(40) {
      indexes = [Kind.int8, .some, .many, .date, .mixed, .dyadic].filter { _ in random.chance(50) }.map {
        "CREATE INDEX FOR (n:\(Self.labels[random.below(3)])) ON (n.\($0.rawValue))"
      }
    }
    if random.chance(75) { statements = Self.statements(nodeCount, using: &random) }
  }

  private static func properties(
    _ id: Int, of count: Int, _ columns: [(kind: Kind, gaps: Gaps)], using random: inout SeededRandom
  ) -> [(key: String, value: Value)] {
    [(key: "i", value: Value.integer(Int64(id)))]
      + columns.filter { $0.gaps.has(id, of: count, using: &random) }
      .map { ($0.kind.rawValue, $0.kind.value(id, using: &random)) }
  }

  /// Statements that do the same in whatever order rows come.
  private static func statements(_ nodeCount: Int, using random: inout SeededRandom) -> [String] {
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    func some(_ name: String) -> String {
      choose([
        "\(name).i % 97 = \(random.below(97))", "\(name).i = \(random.below(nodeCount))", "\(name).i < 40",
        "\(name).i > \(nodeCount - 30)", "\(name).a = 3", "\(name).i % 5 = 1",
      ])
    }
    let all = [
      "MATCH (n) WHERE \(some("n")) SET n.\(choose(Kind.allCases.map(\.rawValue))) = null",
      "MATCH (n) WHERE \(some("n")) SET n.a = n.i % 50, n.s = 'changed'",
      "MATCH (n) WHERE \(some("n")) SET n.f = n.i / 8.0, n.m = 'changed', n.c = 5",
      "MATCH (n) WHERE \(some("n")) SET n.b = 1000000, n.y = date('2030-01-01'), n.t = true",
      "MATCH (n) WHERE \(some("n")) REMOVE n:B", "MATCH (n) WHERE \(some("n")) SET n:C",
      "MATCH (n) WHERE n.i % 61 = 7 DETACH DELETE n", "MATCH (n {i: \(random.below(nodeCount))}) DETACH DELETE n",
      "MATCH ()-[r]->() WHERE \(some("r")) DELETE r", "MATCH ()-[r:V]->() DELETE r",
      "MATCH ()-[r]->() WHERE \(some("r")) SET r.a = 7, r.f = -0.5, r.s = 'changed'",
      "MATCH ()-[r]->() WHERE \(some("r")) SET r.c = null, r.m = r.i",
      "UNWIND range(0, \(choose(["1", "70"]))) AS x CREATE (:A:B {i: 1000000 + x, a: x, f: x / 4.0, s: 'new', y: date('1999-12-31')})",
      "UNWIND range(0, 30) AS x CREATE (:C {i: 2000000 + x})",
      "MATCH (a), (b) WHERE a.i < 30 AND b.i > \(nodeCount - 4) CREATE (a)-[:T {i: 1000000 + a.i * 10000 + b.i, a: 1, f: 2.5}]->(b)",
      "MATCH (a), (b) WHERE a.i = 1 AND b.i % 100 = 5 CREATE (a)<-[:U {i: 5000000 + b.i, s: 'new'}]-(b)",
      "MATCH (n) WHERE n.i = 3 SET n.fresh = 1", "MATCH (n) WHERE n.i < 3 CREATE (n)-[:W {i: n.i + 9000000}]->(n)",
    ]
    return (0..<1 + random.below(5)).map { _ in choose(all) }
  }

  /// The graph in each layout.
  func make(isBuilt: Bool) throws -> [Layout: Graph] {
    var changes = try created()
    var base = changes
    if isBuilt { base = try built() } else { base.fold() }
    for index in indexes { try base.execute(index) }
    for statement in statements {
      try changes.execute(statement)
      try base.execute(statement)
    }
    let written = base
    base.fold()
    return [.changes: changes, .baseAndChanges: written, .base: base]
  }

  /// Made node by node, nothing of it in the base.
  private func created() throws -> Graph {
    var graph = Graph()
    let keys = try tokens { name throws(QueryError) in try graph.makeKeyToken(name) }
    for node in nodes {
      var labels: [LabelToken] = []
      for label in node.labels { labels.append(try graph.makeLabelToken(label)) }
      _ = try graph.createNode(labels: labels, properties: node.properties.compactMap { pair(keys, $0) })
    }
    for relationship in relationships {
      _ = try graph.createRelationship(
        type: graph.makeTypeToken(relationship.type), from: NodeID(UInt32(relationship.source)),
        to: NodeID(UInt32(relationship.target)), properties: relationship.properties.compactMap { pair(keys, $0) })
    }
    return graph
  }

  /// Made as a bulk load makes it: relationships lie sorted by their type.
  private func built() throws -> Graph {
    var builder = GraphBuilder()
    let keys = try tokens { name throws(QueryError) in try builder.makeKeyToken(name) }
    for node in nodes {
      var labels: [LabelToken] = []
      for label in node.labels { labels.append(try builder.makeLabelToken(label)) }
      try builder.addNode(labels: labels, properties: node.properties.compactMap { pair(keys, $0) })
    }
    for relationship in relationships {
      try builder.addRelationship(
        type: builder.makeTypeToken(relationship.type), from: NodeID(UInt32(relationship.source)),
        to: NodeID(UInt32(relationship.target)), properties: relationship.properties.compactMap { pair(keys, $0) })
    }
    return try builder.build()
  }

  private func tokens(_ make: (String) throws(QueryError) -> KeyToken) throws -> [String: KeyToken] {
    var keys: [String: KeyToken] = [:]
    for name in ["i"] + Kind.allCases.map(\.rawValue) { keys[name] = try make(name) }
    return keys
  }

  private func pair(_ keys: [String: KeyToken], _ property: (key: String, value: Value)) -> (KeyToken, Value)? {
    keys[property.key].map { ($0, property.value) }
  }
}

extension LargeGraph {
  /// What a property holds; the case is its key.
  enum Kind: String, CaseIterable {
    case int8 = "a"
    case int16 = "b"
    case int32 = "c"
    case int64 = "d"
    /// Small dyadic fractions, so that no sum of them rounds.
    case dyadic = "f"
    /// Of very different magnitudes.
    case decimal = "g"
    /// Not a number, infinite, or the zero below zero, among others.
    case odd = "o"
    case boolean = "t"
    case date = "y"
    case dateTime = "z"
    /// One of few strings, of some hundreds, or one of its own.
    case few = "s"
    case some = "w"
    case many = "x"
    case strings = "l"
    case integers = "n"
    /// Of any type; no float in it is equal to an integer.
    case mixed = "m"

    var isOfRelationships: Bool {
      switch self {
      case .int8, .int32, .dyadic, .decimal, .boolean, .date, .few, .many, .mixed: true
      default: false
      }
    }

    func value(_ id: Int, using random: inout SeededRandom) -> Value {
      func integer(_ range: ClosedRange<Int64>) -> Value { .integer(Int64.random(in: range, using: &random)) }
      switch self {
      case .int8: return integer(-20...100)
      case .int16: return random.chance(95) ? integer(0...12) : integer(-30_000...30_000)
      case .int32: return integer(-1_000_000...1_000_000)
      case .int64: return random.chance(50) ? integer(-3...3) : integer(-1 << 45...1 << 45)
      case .dyadic: return .float(Double(random.below(800) - 200) / 8)
      case .decimal: return .float(Double(random.below(1_000_000)) * [1e-7, 0.1, 1e6][random.below(3)])
      case .odd:
        return .float([0, -0.0, .nan, .infinity, -.infinity, 1.5, 2, -2.5, 1e300, 4.9e-324][random.below(10)])
      case .boolean: return .boolean(random.chance(50))
      case .date: return .date(Temporal.Date(uncheckedDays: Int64(random.below(900) + 10_500)))
      case .dateTime:
        let instant = try? Temporal.LocalDateTime(secondsSinceEpoch: Int64(random.below(2000)) * 90_000, nanosecond: 0)
        return instant.map(Value.localDateTime) ?? .null
      case .few: return .string(["", "oslo", "Oslo", "bergen", "ålesund", "a", "b,c"][random.below(7)])
      case .some: return .string("word \(random.below(400))")
      case .many: return .string(random.chance(98) ? "text \((id * 7919) % 10_007) of some length" : "t")
      case .strings: return .list((0..<random.below(5)).map { _ in .string("t\(random.below(9))") })
      case .integers:
        return .list((0..<random.below(4)).map { _ in random.chance(99) ? integer(0...6) : .float(0.5) })
      case .mixed:
        let kind = [Kind.int8, .dyadic, .few, .boolean, .date, .strings][random.below(6)]
        let value = kind.value(id, using: &random)
        if case .float(let number) = value { return .float(number.rounded(.down) + 0.5) }
        return value
      }
    }
  }

  /// Which ids have a property.
  private enum Gaps {
    case none, few, many, most, early, late, between, all

    init(using random: inout SeededRandom) {
      self = [.none, .none, .none, .none, .few, .many, .most, .early, .late, .between, .all][random.below(11)]
    }

    func has(_ id: Int, of count: Int, using random: inout SeededRandom) -> Bool {
      switch self {
      case .none: true
      case .few: !random.chance(3)
      case .many: random.chance(50)
      case .most: random.chance(2)
      case .early: id < count / 2
      case .late: id >= count / 2
      case .between: id > count / 3 && id < count * 2 / 3 && !random.chance(10)
      case .all: false
      }
    }
  }
}
