import Testing

@testable import Plenary

/// The memory limit of a query: every way of keeping rows is counted, and what is over the limit leaves nothing behind.
@Suite struct MemoryLimitTests {
  /// A chain of 20,000 nodes, which all point to a hub too.
  static let graph: Graph = {
    var graph = Graph()
    _ = try? graph.execute(
      "UNWIND range(1, 20000) AS id CREATE (:N {id: id, name: 'a name longer than 15 bytes ' + id})")
    _ = try? graph.execute("CREATE INDEX FOR (n:N) ON (n.id)")
    _ = try? graph.execute("MATCH (a:N) MATCH (b:N {id: a.id + 1}) CREATE (a)-[:NEXT]->(b)")
    return graph
  }()

  private func run(_ query: String, limit: Int?) throws -> QueryResult {
    var options = QueryOptions()
    options.memoryLimit = limit
    var graph = Self.graph
    return try graph.execute(query, options: options)
  }

  @Test(
    "stops what keeps too much",
    arguments: [
      "UNWIND range(1, 100000) AS x RETURN x",
      "UNWIND range(1, 100000) AS x WITH x ORDER BY -x RETURN count(x)",
      "UNWIND range(1, 1000000) AS x WITH x ORDER BY -x LIMIT 100000 RETURN count(x)",
      "UNWIND range(1, 100000) AS x WITH x, count(*) AS c RETURN sum(c)",
      "UNWIND range(1, 100000) AS x WITH toString(x) AS x, count(*) AS c RETURN sum(c)",
      "UNWIND range(1, 100000) AS x WITH x % 7 AS a, x AS b, count(*) AS c RETURN sum(c)",
      "UNWIND range(1, 100000) AS x RETURN count(DISTINCT x)",
      "UNWIND range(1, 100000) AS x WITH DISTINCT x RETURN count(x)",
      "UNWIND range(1, 100000) AS x WITH collect(x) AS xs RETURN size(xs), xs[7]",
      "MATCH (n:N) WITH collect(n.name) AS names RETURN size(names), last(names)",
      "UNWIND range(1, 100000) AS x RETURN percentileDisc(x, 0.5)",
      "RETURN size([x IN range(1, 100000) | x + 1])",
      "RETURN size([x IN range(1, 100000) WHERE x > 1 | x + 1])",
      "RETURN size(range(1, 1000000))",
      "UNWIND range(1, 1000) AS x RETURN size(range(x, x + 10000))",
      "RETURN COLLECT { UNWIND range(1, 100000) AS x RETURN x }",
      "MATCH (a:N), (b:N) WHERE a.id = b.id + 1 RETURN count(*)",
      "UNWIND range(1, 100000) AS x CREATE (:Extra {x: x})",
      "UNWIND range(1, 20000) AS x CREATE (:Extra)-[:TO]->(:Extra)",
      "MATCH (n:N) SET n.other = n.id",
      "UNWIND range(1, 50000) AS x MERGE (:Extra {x: x})",
      "MATCH p = (:N {id: 1})-[:NEXT*..600]->() WITH p ORDER BY length(p) DESC RETURN length(p)",
      "MATCH (a:N) CALL { WITH a MATCH (b:N) RETURN b LIMIT 100 } RETURN sum(a.id + b.id)",
    ])
  func exceeding(_ query: String) throws {
    let error = #expect(throws: QueryError.self) { try run(query, limit: 500_000) }
    #expect(error?.code == .memoryLimitExceeded)
    #expect(error?.message == "the query needs more than its limit of 500 kB of memory")
    #expect(error?.hint == "sort, group, collect or return fewer rows, or allow more memory")
  }

  @Test(
    "lets pass what keeps little",
    arguments: [
      "UNWIND range(1, 1000000) AS x RETURN sum(x)",
      "UNWIND range(1, 1000000) AS x WITH x ORDER BY -x LIMIT 10 RETURN x",
      "UNWIND range(1, 1000000) AS x RETURN x % 10 AS digit, count(*)",
      "UNWIND range(1, 1000000) AS x WITH DISTINCT x % 10 AS digit RETURN digit",
      "MATCH (n:N) RETURN max(n.name)",
      "MATCH (n:N) WHERE n.name CONTAINS '77' RETURN count(*)",
      "MATCH (a)-[:NEXT]->()-[:NEXT]->(b) RETURN count(*)",
      "MATCH (:N {id: 1})-[:NEXT*1..50]->(b) RETURN count(DISTINCT b)",
      "MATCH p = shortestPath((:N {id: 1})-[:NEXT*]-(:N {id: 300})) RETURN length(p)",
      "MATCH (n:N) WHERE n.id <= 10 SET n.other = n.id",
      // One list that many rows share is there once.
      "WITH range(1, 10000) AS list UNWIND range(1, 5000) AS x WITH x, list ORDER BY x RETURN count(list)",
    ])
  func within(_ query: String) throws {
    _ = try run(query, limit: 500_000)
  }

  @Test("a statement over its limit changes nothing, and the next one starts anew")
  func atomicity() throws {
    let database = Database(Self.graph)
    var options = QueryOptions()
    options.memoryLimit = 2_000_000
    for _ in 0..<3 {
      let error = #expect(throws: QueryError.self) {
        try database.query("MATCH (n:N) SET n.touched = true CREATE (:Extra {name: n.name})", options: options)
      }
      #expect(error?.code == .memoryLimitExceeded)
      _ = try database.query("UNWIND range(1, 20000) AS x RETURN x", options: options)
    }
    #expect(try database.query("MATCH (n) WHERE n:Extra OR n.touched RETURN n").count == 0)
    #expect(database.snapshot.checkInvariants() == [])
    try database.write { transaction in
      _ = #expect(throws: QueryError.self) {
        try transaction.query("UNWIND range(1, 200000) AS x CREATE (:Extra {x: x})", options: options)
      }
      try transaction.query("CREATE (:Extra {x: 1})", options: options)
    }
    #expect(try database.query("MATCH (n:Extra) RETURN n").count == 1)
  }

  @Test("what one subquery kept is free for the next")
  func subqueries() throws {
    let query =
      "UNWIND range(1, 200) AS x CALL { UNWIND range(1, 5000) AS y WITH y ORDER BY -y RETURN sum(y) AS s } RETURN sum(s)"
    #expect(try run(query, limit: 500_000).count == 1)
  }

  @Test("PROFILE tells the memory of operators that keep rows")
  func profile() throws {
    let plan = try #require(
      try run("PROFILE UNWIND range(1, 1000) AS x WITH x ORDER BY -x RETURN collect(x) AS list", limit: nil).summary
        .plan)
    func find(_ name: String, _ plan: PlanDescription) -> PlanDescription? {
      plan.name == name ? plan : plan.children.lazy.compactMap { find(name, $0) }.first
    }
    #expect(find("Sort", plan)?.memory == 2 * 8000 + 4000)
    #expect(try #require(find("Aggregate", plan)?.memory) >= 24_000)
    #expect(find("Unwind", plan)?.memory == 0)
    #expect(plan.description.contains("20 kB"))
    #expect(try run("EXPLAIN RETURN 1", limit: nil).summary.plan?.memory == nil)
  }

  @Test(arguments: [
    (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (1500, "1.5 kB"), (99_949, "99.9 kB"), (99_950, "100 kB"),
    (999_499, "999 kB"), (999_500, "1 MB"), (2_000_000_000, "2 GB"), (Int.max, "9.2 EB"),
  ])
  func amounts(_ bytes: Int, _ text: String) {
    #expect(ByteCount.text(bytes) == text)
  }
}
