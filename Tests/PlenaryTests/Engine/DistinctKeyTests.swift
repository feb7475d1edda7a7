import Testing

@testable import Plenary

/// Grouping by what is unique gives what grouping by anything else gives.
@Suite struct DistinctKeyTests {
  /// Nodes whose `k` is unique as `=` sees it, which is not as grouping does: nulls and NaNs are alike there.
  static let graph: Graph = {
    var graph = Graph()
    do {
      try graph.execute("CREATE CONSTRAINT FOR (n:P) REQUIRE n.k IS UNIQUE")
      try graph.execute("UNWIND range(0, 99) AS i CREATE (:P {k: i, v: i % 7, s: 'x' + toString(i % 5)})")
      try graph.execute("MATCH (a:P), (b:P) WHERE b.k IN [(a.k * 7 + 1) % 100, a.k / 2] CREATE (a)-[:T]->(b)")
    } catch { Issue.record(error) }
    return graph
  }()

  @Test(
    arguments: [
      "MATCH (n:P) RETURN n.k AS k, n.s AS s, count(*), sum(n.v)",
      "MATCH (n:P) RETURN n.s AS s, n.k AS k, collect(n.v)",
      "MATCH (n:P) RETURN n, count(n.v)",
      "MATCH (n:P) WHERE n.v > 2 RETURN n.k, count(DISTINCT n.v)",
      "MATCH (a:P)-[:T]->(b:P) RETURN b.k, b.s, count(a)",
      "MATCH (a:P)-[:T]->(b:P) RETURN b.k, a.k, count(*)",
      "MATCH (a:P) MATCH (b:P {v: 3}) RETURN a.k, count(*)",
    ],
    [
      "RETURN 0", "CREATE (:P {s: 'none'}), (:P {s: 'none'})", "CREATE (:P {k: 0.0 / 0.0}), (:P {k: 0.0 / 0.0})",
      "CREATE (:P {k: 'text'}), (:P {k: 7.5})",
    ])
  func groupsAreThoseOfAnyKey(query: String, change: String) throws {
    var unique = Self.graph
    try unique.execute(change)
    var plain = unique
    for constraint in plain.indexes.compactMap(\.constraint) {
      try plain.execute("DROP CONSTRAINT \(constraint)")
    }
    #expect(plain.indexes.isEmpty)
    for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (7, 3)] {
      var options = QueryOptions()
      options.share(among: threads, morsels: 5)
      options.batchSize = batchSize
      let found = QueryAnswer(try unique.query(query, options: options)).rows
      let expected = QueryAnswer(try plain.query(query, options: options)).rows
      #expect(found == expected, "batches of \(batchSize), \(threads) threads")
    }
  }
}
