import Testing

@testable import Plenary

/// A graph of 300 nodes whose work is cut so small that four threads share it, and what they make of it beside what one
/// makes of the query as written.
struct SharedWork {
  let graph: Graph
  private var options = QueryOptions()

  init(batchSize: Int) throws {
    var graph = Graph()
    try graph.execute("UNWIND range(0, 299) AS i CREATE (:N {i: i, v: i * 7 % 31, s: 's' + toString(i % 11)})")
    try graph.execute("MATCH (a:N), (b:N) WHERE (a.i * 13 + b.i * 7) % 29 = 0 CREATE (a)-[:T {w: a.i * b.i % 17}]->(b)")
    graph.fold()
    self.graph = graph
    options.batchSize = batchSize
    options.threadCount = 4
    options.minimumParallelRows = 1
    options.largestMorsel = 16
  }

  /// The plan that the threads run.
  func plan(_ query: String) throws -> String {
    try #require(try graph.query("EXPLAIN " + query, options: options).summary.plan).description
  }

  func expectSameRows(_ query: String) throws {
    var plain = QueryOptions()
    plain.usesOptimizer = false
    plain.threadCount = 1
    let expected = try graph.query(query, options: plain).map { $0.values.map(\.description) }
    #expect(try graph.query(query, options: options).map { $0.values.map(\.description) } == expected, "\(query)")
  }
}
