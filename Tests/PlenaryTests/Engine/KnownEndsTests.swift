import Testing

@testable import Plenary

/// Trails between two known nodes are those that lead from the one to the other, however far there is to look.
@Suite struct KnownEndsTests {
  /// A tree of four hundred nodes with an arrow from each to its parent, a few more arrows across, and the same again
  /// written after the base was made.
  static let graphs: [Database] = {
    [true, false].map { isFolded in
      let database = Database()
      do {
        try database.query("UNWIND range(0, 399) AS i CREATE (:N {i: i})")
        try database.query("MATCH (a:N), (b:N {i: a.i / 3}) WHERE a.i > 0 CREATE (a)-[:UP {w: a.i % 7}]->(b)")
        try database.query("MATCH (a:N), (b:N {i: a.i + 61}) WHERE a.i % 40 = 0 CREATE (a)-[:UP {w: 1}]->(b)")
      } catch { Issue.record(error) }
      guard isFolded else { return database }
      var graph = database.snapshot
      graph.state.fold()
      return Database(graph)
    }
  }()

  @Test(arguments: [
    "(a)-[r:UP*]->(b)", "(a)-[r:UP*0..]->(b)", "(b)<-[r:UP*2..]-(a)", "(a)<-[r:UP*]-(b)", "(b)-[r:UP*..6]->(a)",
    "(a)-[r:UP*1..4]-(b)", "(a)-[r:UP*3..5 {w: 1}]-(b)", "(a)-[r*2..3]-(b)",
  ])
  func trails(pattern: String) throws {
    let ends = "a.i IN [0, 40, 300, 399] AND b.i IN [0, 1, 13, 101]"
    for database in Self.graphs {
      // The end is not known before the trails are.
      let free = pattern.replacing("(b)", with: "(x)")
      let expected = try RewriteRuleTests.rows(
        "MATCH (a:N), (b:N) WHERE \(ends) MATCH \(free) WITH a, b, x, r WHERE x.i = b.i RETURN a.i, b.i, size(r)",
        database, usesOptimizer: false, batchSize: 2048)
      for batchSize in [1, 7, 2048] {
        let found = try RewriteRuleTests.rows(
          "MATCH (a:N), (b:N) WHERE \(ends) MATCH \(pattern) RETURN a.i, b.i, size(r)", database,
          usesOptimizer: true, batchSize: batchSize)
        #expect(found == expected, "batches of \(batchSize)")
      }
    }
  }
}
