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
}
