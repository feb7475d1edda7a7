import Testing

@testable import Plenary

/// Plans are kept by text, with what there was to say about it.
@Suite struct PlanCacheTests {
  private func statement(_ text: String, _ cache: PlanCache, _ graph: Graph) throws -> PreparedStatement {
    try cache.statement(text, [:], on: graph, procedures: .builtIn, QueryOptions())
  }

  /// Whether asking again makes no new plan.
  private func isKept(_ text: String, _ cache: PlanCache, _ graph: Graph) throws -> Bool {
    let before = cache.misses
    _ = try statement(text, cache, graph)
    return cache.misses == before
  }

  @Test(arguments: [
    "MATCH (n:Nothing) RETURN n", "MATCH ()-[r:NOTHING]->() RETURN r", "MATCH (n:A) RETURN n.nothing",
    "MATCH (a:A), (b:B) RETURN count(*)", "MATCH (a:A) RETURN a",
  ])
  func textsWithWarningsAreKept(_ text: String) throws {
    var graph = Graph()
    try graph.execute("CREATE (:A {a: 1})-[:R]->(:B)")
    let cache = PlanCache()
    let first = try statement(text, cache, graph)
    #expect(try isKept(text, cache, graph))
    #expect(try statement(text, cache, graph).warnings == first.warnings)
  }

  /// A warning goes away when the graph gets what it says is missing.
  @Test(arguments: [
    ("MATCH (n:Nothing) RETURN n", "CREATE (:Nothing)"),
    ("MATCH ()-[r:NOTHING]->() RETURN r", "MATCH (a:A) CREATE (a)-[:NOTHING]->(a)"),
    ("MATCH (n:A) RETURN n.nothing", "MATCH (a:A) SET a.nothing = 1"),
  ])
  func warningsAreOfTheGraphAsItIs(_ text: String, _ change: String) throws {
    let database = Database()
    _ = try database.query("CREATE (:A {a: 1})-[:R]->(:B)")
    for _ in 0..<2 { #expect(try database.query(text).summary.warnings.count == 1) }
    _ = try database.query(change)
    for _ in 0..<2 { #expect(try database.query(text).summary.warnings == []) }
  }

  /// What a text means depends on which parameters there are, and on what is allowed.
  @Test func oneTextHasAPlanForEachWayItIsAskedFor() throws {
    let cache = PlanCache()
    let graph = Graph()
    let names = (0..<20).map { "p\($0)" }
    for round in 0..<2 {
      for name in names {
        var options = QueryOptions()
        options.isReadOnly = round == 1
        let statement = try cache.statement(
          "RETURN 1 AS x", [name: .integer(1)], on: graph, procedures: .builtIn, options)
        #expect(statement.writes == false)
      }
    }
    #expect(throws: QueryError.self) {
      try cache.statement("RETURN $p1", ["p2": .integer(1)], on: graph, procedures: .builtIn, QueryOptions())
    }
    _ = try cache.statement("RETURN $p1", ["p1": .integer(1)], on: graph, procedures: .builtIn, QueryOptions())
    #expect(throws: QueryError.self) {
      try cache.statement("RETURN $p1", ["p2": .integer(1)], on: graph, procedures: .builtIn, QueryOptions())
    }
    var readOnly = QueryOptions()
    readOnly.isReadOnly = true
    _ = try statement("CREATE ()", cache, graph)
    #expect(throws: QueryError.self) {
      try cache.statement("CREATE ()", [:], on: graph, procedures: .builtIn, readOnly)
    }
  }

  /// A plan that looks nodes up in an index is not used when the index is gone.
  @Test func indexesComeAndGo() throws {
    let database = Database()
    _ = try database.query("UNWIND range(1, 100) AS i CREATE (:N {i: i})")
    let text = "MATCH (n:N {i: 7}) RETURN n.i AS i"
    func plan() throws -> String { try database.query("EXPLAIN " + text).summary.plan?.description ?? "" }
    for change in ["CREATE INDEX n_i FOR (n:N) ON (n.i)", "DROP INDEX n_i", "RETURN 1"] {
      #expect(try database.query(text).count == 1)
      _ = try database.query(change)
      #expect(try database.query(text).count == 1)
      #expect(try plan().contains("IndexSeek") == change.hasPrefix("CREATE"))
    }
  }
}
