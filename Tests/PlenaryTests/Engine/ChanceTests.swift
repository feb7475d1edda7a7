import Testing

@testable import Plenary

/// A condition with `rand()` is asked for every match, whatever else it reads: of thousands, neither all nor none pass.
@Suite struct ChanceTests {
  static let graph: Graph = {
    var graph = Graph()
    do {
      try graph.execute("CREATE INDEX FOR (n:N) ON (n.i)")
      try graph.execute("CREATE (h:Hub {half: 0.5}) WITH h UNWIND range(1, 2000) AS i CREATE (h)-[:T]->(:N {i: i})")
    } catch { Issue.record(error) }
    graph.fold()
    return graph
  }()

  @Test(arguments: [
    "MATCH (n:N) WHERE rand() < 0.5 RETURN count(*)",
    "MATCH (n:N) WHERE rand() < 0.5 AND n.i > 0 RETURN count(n)",
    "MATCH (h:Hub)-->(n) WHERE rand() < h.half RETURN count(*)",
    "MATCH (h:Hub)-->(n) WHERE rand() < n.i / 4000.0 RETURN count(*)",
    "MATCH ()-[r:T]->() WHERE rand() < 0.5 RETURN count(r)",
    "MATCH (h:Hub) OPTIONAL MATCH (h)-->(n) WHERE rand() < h.half RETURN count(n)",
    "MATCH (h:Hub) RETURN COUNT { (h)-->(n) WHERE rand() < 0.5 }",
    "MATCH (h:Hub) RETURN size([(h)-->(n) WHERE rand() < h.half | n.i])",
    "MATCH (n:N) WHERE EXISTS { (h)-->(n) WHERE rand() < 0.5 } RETURN count(*)",
    "MATCH p = (h:Hub)-[*1..2]->(n) WHERE rand() < 0.5 RETURN count(p)",
    "MATCH (h:Hub), (n:N) WHERE rand() < 0.5 RETURN count(*)",
    "UNWIND range(1, 2000) AS i WITH i WHERE rand() < 0.5 RETURN count(*)",
    "MATCH (n:N) WHERE n.i <= 2000 * rand() RETURN count(n)",
  ])
  func someMatchesPass(query: String) throws {
    for usesOptimizer in [true, false] {
      var options = QueryOptions()
      options.usesOptimizer = usesOptimizer
      let rows = Array(try Self.graph.query(query, options: options))
      guard rows.count == 1, case .integer(let count) = rows[0].values[0] else {
        Issue.record("\(rows.map(\.values))")
        continue
      }
      #expect(count > 0 && count < 2000, "\(usesOptimizer ? "optimized" : "as written")")
    }
  }

  /// The clause before is decided once for each of its matches.
  @Test func whatPassedStaysThrough() throws {
    for _ in 0..<20 {
      let rows = Array(try Self.graph.query("MATCH (h:Hub) WHERE rand() < 0.5 MATCH (h)-->(n) RETURN count(n)"))
      let count = try #require(rows.first).values[0]
      #expect(count == .integer(0) || count == .integer(2000))
    }
  }
}
