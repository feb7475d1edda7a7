import TestResources
import Testing

@testable import Plenary

/// Keys at both ends of a pattern are counted in pairs as where the matches are listed, whatever the keys are and whatever
/// conditions and aggregates make of them: with loops, parallel relationships and nodes without any.
@Suite struct PairsOfKeysPropertyTests {
  private static let values = [
    ["0", "1", "2", "null"],
    ["1", "1.0", "2", "2.0"],
    ["-0.0", "0.0", "0", "1.5", "0.0 / 0"],
    ["'a'", "'b'", "''", "null"],
    ["date('2024-01-01')", "date('2025-06-30')", "null"],
    ["true", "false", "null"],
    ["[1, 2]", "[1.0, 2]", "'a'", "duration('PT60M')", "duration('PT1H')"],
  ]

  @Test(arguments: 0..<21)
  func pairsOfKeys(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let values = Self.values[seed % Self.values.count]
    let databases = try Self.databases(values, &random)
    var counted = 0
    for _ in 0..<24 {
      let query = Self.query(&random)
      for database in databases {
        let expected = try? RewriteRuleTests.rows(query, database, usesOptimizer: false, batchSize: 2048)
        for batchSize in [1, 7, 2048] {
          let rows = try? RewriteRuleTests.rows(query, database, usesOptimizer: true, batchSize: batchSize)
          #expect(rows == expected, "\(query)")
        }
      }
      if try RewriteRuleTests.plan(query, databases[0], usesOptimizer: true).contains("CrossTabulate") { counted += 1 }
    }
    #expect(counted > 5)
  }

  /// The same graph folded, with something written since, and without loops.
  private static func databases(_ values: [String], _ random: inout SeededRandom) throws -> [Database] {
    func value() -> String { values[random.below(values.count)] }
    let nodes = (0..<8).map { "(n\($0):\($0 % 2 == 0 ? "A" : "B") {i: \($0), v: \(value()), u: \($0 * 5 % 3)})" }
    let relationships = (0..<70).map { _ in
      "(n\(random.below(8)))-[:\(["T", "T", "T", "U"][random.below(4)])]->(n\(random.below(8)))"
    }
    let database = Database()
    try database.query("CREATE \((nodes + relationships).joined(separator: ", "))")
    var graph = database.snapshot
    graph.state.fold()
    let written = Database(graph)
    try written.query(
      "MATCH (a {i: 1}), (b {i: 2}) CREATE (a)-[:T]->(b), (b)-[:T]->(b), (b)-[:T]->(:B {v: \(value())})")
    let withoutLoops = Database(graph)
    try withoutLoops.query("MATCH (n)-[r]->(n) DELETE r")
    var refolded = withoutLoops.snapshot
    refolded.state.fold()
    return [Database(graph), written, Database(refolded)]
  }

  /// Values that group together are told apart in text, for which of them a group shows is left open.
  private static func query(_ random: inout SeededRandom) -> String {
    func one(_ choices: [String]) -> String { choices[random.below(choices.count)] }
    func step(_ name: String) -> String {
      let types = one(["", ":T", ":T", ":T|U", ":U"])
      return one(["-[\(name)\(types)]->", "<-[\(name)\(types)]-", "-[\(name)\(types)]-"])
    }
    func node(_ name: String) -> String { "(\(name)\(one(["", "", "", ":A"])))" }
    func key(_ end: String) -> String {
      one([
        "toString(\(end).v)", "\(end).u", "toString(\(end).v)", "\(end).i % 3", "labels(\(end))", end, "\(end).i > 3",
        "6 / \(end).u",
      ])
    }
    let hasMiddle = random.below(3) > 0
    let pattern = node("a") + step("r") + (hasMiddle ? node("b") + step("s") : "") + node("c")
    // Two of three nodes may also be next to each other, and the third counted.
    let near = hasMiddle && random.below(4) == 0 ? "b" : "a"
    var conditions: [String] = []
    if random.below(2) == 0 {
      conditions.append(
        one([
          "a.v < c.v", "a.u <> c.u", "a.i < c.i", "a <> c", "a.v = c.v OR a.u > c.u", "a.v IN [c.v, 1]",
          "any(x IN [a.u] WHERE x < c.u)", "coalesce(a.v, c.v) = c.v",
        ]))
    }
    if random.below(4) == 0 { conditions.append(one(["a.i > 1", "c.v IS NOT NULL", "1 / c.u > 0"])) }
    let filter = conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
    let keys = one([
      "\(key(near)) AS x, \(key("c")) AS y", "\(key("c")) AS x, \(key(near)) AS y, \(key("c")) AS z",
      "\(key(near)) AS x, \(key("c")) AS y", "[toString(\(near).v), toString(c.v)] AS x", "\(near).u + c.u AS x",
      "toString(\(near).v / c.v) AS x", "toString(coalesce(\(near).v, c.v)) AS x", "c.u AS x",
      hasMiddle ? "\(key("a")) AS x, \(key("b")) AS y, \(key("c")) AS z" : "\(key("a")) AS x",
    ])
    let aggregate = one([
      "count(*)", "count(*)", "count(c)", "count(c.v)", "count(DISTINCT \(near).v)", "toString(min(c.u)), count(*)",
      "sum(DISTINCT \(near).u * c.u)", "max(\(near).u - c.u), count(\(near).v)", "count(\(near).v = c.v)",
      "sum(c.u), avg(\(near).u)", "avg(c.v)", "sum(c.u * \(near).u), avg(c.u - \(near).u), count(*)",
    ])
    return "MATCH \(pattern)\(filter) "
      + one([
        "RETURN \(keys), \(aggregate)", "RETURN \(keys), \(aggregate)", "RETURN DISTINCT \(keys)",
        "RETURN \(aggregate)",
      ])
  }

  @Test(arguments: [1, 7, 2048])
  func pairsOfKeysOnSeveralThreads(batchSize: Int) throws {
    let work = try SharedWork(batchSize: batchSize)
    for query in [
      "MATCH (a:N)-[:T]->(b:N) RETURN a.s AS x, b.v AS y, count(*) AS n ORDER BY x, y",
      "MATCH (a)-[:T]->(b)-[:T]->(c) RETURN a.s AS x, c.v AS y, count(*) AS n ORDER BY x, y",
      "MATCH (a)-[:T]-(b)-[:T]-(c) WHERE a.v < c.v RETURN a.v + c.v AS x, count(DISTINCT c.s) AS n ORDER BY x",
      "MATCH (a)-[:T]->(b)<-[:T]-(c) RETURN DISTINCT a.v AS x, c.v AS y ORDER BY x, y",
      "MATCH (a)-[:T]->(b)<-[:T]-(c) WITH DISTINCT a.v AS x, c.v AS y LIMIT 7 RETURN count(*)",
    ] {
      #expect(try work.plan(query).contains("CrossTabulate"))
      try work.expectSameRows(query)
    }
  }
}
