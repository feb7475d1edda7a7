import TestResources
import Testing

@testable import Plenary

/// Pairs of ends that are compared are counted, and their products summed up, as where they are listed, whatever their
/// values are: numbers of either kind and of any size, strings, dates, truth values, lists, nothing, and all of these
/// beside each other.
@Suite struct ComparedEndsPropertyTests {
  private static let values = [
    ["-1", "0", "1", "2", "3", "null"],
    ["-1.5", "-0.0", "0.0", "1", "2", "2.5", "null"],
    ["'a'", "'b'", "'ab'", "''", "'e\u{301}'", "'\u{e9}'", "null"],
    ["date('2024-01-01')", "date('2025-06-30')", "date('1969-12-31')"],
    ["true", "false", "null"],
    ["9007199254740993", "9007199254740992", "9223372036854775807", "-9223372036854775808", "1"],
    ["1.0 / 0", "-1.0 / 0", "0.0 / 0", "1.5", "0"],
    ["1", "'a'", "2.5", "true", "null", "[1, 2]", "date('2024-01-01')"],
    ["[1, 2]", "[1]", "['a']", "null"],
  ]

  @Test(arguments: 0..<18)
  func pairsOfEnds(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let values = Self.values[seed % Self.values.count]
    func value() -> String { values[random.below(values.count)] }
    func relationships(_ count: Int) -> String {
      (0..<count).map { _ in
        "(n\(random.below(8)))-[:\(["T", "T", "T", "U"][random.below(4)]) {w: \(value())}]->(n\(random.below(8)))"
      }.joined(separator: ", ")
    }
    let nodes = (0..<8).map { "(n\($0):\($0 % 2 == 0 ? "A" : "B") {i: \($0), v: \(value()), u: \(value())})" }
    let database = Database()
    try database.query("CREATE \(nodes.joined(separator: ", ")), \(relationships(70))")
    var graph = database.snapshot
    graph.state.fold()
    let folded = Database(graph)
    let written = Database(graph)
    try written.query("MATCH (a {i: 1}), (b {i: 2}) CREATE (a)-[:T {w: \(value())}]->(b), (b)-[:T]->(b)")
    // Most graphs have loops, which one relationship can go twice.
    let withoutLoops = Database(graph)
    try withoutLoops.query("MATCH (n)-[r]->(n) DELETE r")
    var refolded = withoutLoops.snapshot
    refolded.state.fold()
    let databases = [folded, written, Database(refolded)]
    var (counted, multiplied) = (0, 0)
    for _ in 0..<24 {
      func step(_ name: String) -> String {
        let types = ["", ":T", ":T", ":T|U", ":U"][random.below(5)]
        return ["-[\(name)\(types)]->", "<-[\(name)\(types)]-"][random.below(2)]
      }
      func node(_ name: String) -> String { "(\(name)\(["", "", "", ":A"][random.below(4)]))" }
      let comparison = ["<", "<=", ">", ">=", "=", "<>"]
      func op() -> String { comparison[random.below(6)] }
      func combined() -> String {
        let (a, c) = [("a.v", "c.v"), ("r.w", "s.w"), ("a.v", "s.w"), ("b.u", "c.v"), ("r.w", "c.u")][random.below(5)]
        return [
          "\(a) \(op()) \(c)", "\(a) \(op()) \(c)", "\(a) + \(c) \(op()) 1", "\(a) - \(c) \(op()) b.v",
          "\(c) - \(a) \(op()) 0", "\(a) * \(c) \(op()) 2", "abs(\(a) - \(c)) \(["<", "<="][random.below(2)]) 1",
          "\(a) \(op()) \(c) AND \(c) \(op()) b.u", "\(a) < \(c) AND \(a) \(op()) b.v AND \(c) <> b.u",
          "\(a) \(op()) \(c) AND a.u = c.u", "a.i % 3 = c.i % 3 AND \(a) + \(c) \(op()) 1",
          "a.i % 2 = c.i % 2 AND a <> c",
        ][random.below(12)]
      }
      var query = "MATCH \(node("a"))\(step("r"))\(node("b"))\(step("s"))\(node("c")) WHERE "
      query += [combined(), combined(), combined(), "a <> c", "a.i < c.i"][random.below(5)]
      if random.below(4) == 0 { query += " AND c.i > 1" }
      if random.below(4) == 0 {
        query +=
          [" AND s.w > 1", " AND r.w IS NOT NULL", " AND r.w <= 2 AND s.w <> 1", " AND 1 / s.w > 0"][random.below(4)]
      }
      query += [" RETURN count(*)", " RETURN a.i % 3, count(*)", " RETURN b.i, count(s), count(*)"][random.below(3)]
      if random.below(3) == 0 {
        let product = ["a.v * c.v", "r.w * s.w", "c.u * r.w", "a.v * 2 * c.u", "a.v * s.w"][random.below(5)]
        query = String(query[..<query.range(of: " WHERE")!.lowerBound])
        query += [" RETURN ", " RETURN a.i % 3, ", " RETURN a.i, count(c), "][random.below(3)]
        query += ["sum(\(product))", "avg(\(product))", "sum(\(product)), sum(c.v), avg(\(product))"][random.below(3)]
      }
      for database in databases {
        let expected = try? RewriteRuleTests.rows(query, database, usesOptimizer: false, batchSize: 2048)
        for batchSize in [1, 7, 2048] {
          let rows = try? RewriteRuleTests.rows(query, database, usesOptimizer: true, batchSize: batchSize)
          #expect(rows == expected, "\(query)")
        }
      }
      let plan = try RewriteRuleTests.plan(query, folded, usesOptimizer: true)
      if plan.contains("AggregateNeighbours count(*)") { counted += 1 }
      if query.contains("sum(") || query.contains("avg("), plan.contains("AggregateNeighbours b:") { multiplied += 1 }
    }
    #expect(counted > 0 || multiplied > 0)
  }

  @Test(arguments: [1, 7, 2048])
  func pairsOfEndsOnSeveralThreads(batchSize: Int) throws {
    let work = try SharedWork(batchSize: batchSize)
    for query in [
      "MATCH (a)-[:T]->(b)-[:T]->(c) WHERE a.v < c.v RETURN count(*)",
      "MATCH (a)-[r:T]->(b)<-[q:T]-(c) WHERE a.s = c.s AND r.w <= q.w RETURN b.v AS v, count(*) ORDER BY v",
      "MATCH (a)-[r:T]->(b)-[q:T]->(c) WHERE r.w = q.w AND r.w > 9 AND q.i IS NULL RETURN b.v AS v, count(*) ORDER BY v",
      "MATCH (a)-[r:T]->(b)-[q:T]->(c) WHERE abs(r.w - q.w) < 3 RETURN a.s AS s, count(*) ORDER BY s",
      "MATCH (a)-[r:T]->(b)-[q:T]->(c) RETURN a.s AS s, sum(r.w * q.w), avg(a.v * c.v) ORDER BY s",
      "MATCH (a)-[:T]->(b)-[:T]->(c)-[:T]->(d) RETURN count(*)",
      "MATCH (a)-[:T]->(b)-[:T]->(c), (a)-[:T]->(c) WHERE a.v < b.v AND b.s <> c.s RETURN count(*)",
    ] {
      try work.expectSameRows(query)
    }
  }
}
