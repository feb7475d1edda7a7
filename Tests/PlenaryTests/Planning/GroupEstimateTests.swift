import Plenary
import Testing

/// How many groups the planner expects, and what follows from it.
@Suite("Estimates of groups")
struct GroupEstimateTests {
  /// 1,000 nodes with ten colours, one number each, and two shapes; a property that nobody has is `missing`.
  private static let graph: Result<Graph, QueryError> = Result { () throws(QueryError) -> Graph in
    var graph = Graph()
    try graph.execute(
      """
      UNWIND range(1, 1000) AS i
      CREATE (n:N {id: i, colour: 'c' + toString(i % 10), shape: i % 2})-[:OWN {weight: i}]->(n)
      """)
    return graph
  }

  @Test(
    "groups are as many as the keys have values, but no more than rows",
    arguments: [
      ("MATCH (n:N) RETURN n.colour AS c, count(*) AS k", 10.0),
      ("MATCH (n:N) RETURN toUpper(n.colour) AS c, count(*) AS k", 10),
      ("MATCH (n:N) RETURN n.colour AS c, n.shape AS s, count(*) AS k", 20),
      ("MATCH (n:N) RETURN n.colour AS c, n.id AS i, count(*) AS k", 1000),
      ("MATCH (n:N) RETURN n AS n, count(*) AS k", 1000),
      ("MATCH (n:N) WHERE n.id < 301 RETURN n.id AS i, count(*) AS k", 300),
      ("MATCH (n:N) RETURN $x AS x, max(n.id) AS m", 1),
      ("MATCH (n:N) RETURN avg(n.id) AS a, max(n.id) AS m", 1),
      ("MATCH (n:N) RETURN DISTINCT n.colour AS c, n.shape AS s", 20),
      ("MATCH (n:N) WITH n.colour AS c RETURN DISTINCT c", 10),
      ("MATCH (n:N) WITH n.colour AS c, n.id AS i WHERE i > 3 RETURN c, count(*) AS k", 10),
      ("MATCH (n:N) WITH n.colour AS c, n.shape AS s, max(n.id) AS m RETURN c, count(m) AS k", 10),
    ])
  func groups(query: String, expected: Double) throws {
    let plan = try Self.graph.get().query("EXPLAIN " + query, ["x": 1]).summary.plan
    let estimate = try #require(plan?.firstGrouping).estimatedRows
    #expect(abs(estimate - expected) <= expected * 0.15, "\(estimate)")
  }

  @Test("where nothing is known of a key, groups are the root of the rows")
  func unknown() throws {
    let plan = try Self.graph.get().query("EXPLAIN MATCH (n:N)-[r]->() RETURN r.weight % 7 AS w, max(n.id) AS k")
    let estimate = try #require(plan.summary.plan?.firstGrouping).estimatedRows
    #expect((20...40).contains(estimate), "\(estimate)")
  }

  @Test("grouping into few groups is work to share, into as many as rows it is none")
  func sharing() throws {
    var options = QueryOptions()
    options.share(among: 3, morsels: 16)
    // More than the rows, less than the rows and what is done with each.
    options.minimumParallelRows = 3000
    func isShared(_ query: String) throws -> Bool {
      try #require(Self.graph.get().query("EXPLAIN " + query, options: options).summary.plan)
        .description.contains("3 threads")
    }
    #expect(try isShared("MATCH (n:N) RETURN n.colour AS c, count(*) AS k, avg(n.id) AS a, max(n.id) AS m"))
    #expect(try !isShared("MATCH (n:N) RETURN n.id AS c, count(*) AS k, avg(n.id) AS a, max(n.id) AS m"))
    #expect(try !isShared("MATCH (n:N) RETURN count(*) AS k, avg(n.id) AS a, max(n.id) AS m"))
  }
}

extension PlanDescription {
  /// The uppermost operator that brings rows together.
  fileprivate var firstGrouping: PlanDescription? {
    if name == "Aggregate" || name == "Distinct" { return self }
    return children.lazy.compactMap(\.firstGrouping).first
  }
}
