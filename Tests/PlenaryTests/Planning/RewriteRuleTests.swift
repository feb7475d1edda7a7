import PlenaryTestSupport
import Testing

@testable import Plenary

/// What the rules of the planner make of queries, and that the rows stay the same.
///
/// Each file in `Rules` has a query with its plan as written and as rewritten.
@Suite("Rewrite rules")
struct RewriteRuleTests {
  /// Two labels, two types, a loop, parallel relationships, a node without any.
  static let graph = """
    CREATE (a:Person {id: 1, age: 30, name: 'Ada'}), (b:Person {id: 2, age: 40, name: 'Bo'}), (c:Person {id: 3}), (d:City {id: 4, age: 30}), (e:Person {id: 5}),
      (a)-[:KNOWS {since: 1}]->(b), (b)-[:KNOWS {since: 2}]->(c), (c)-[:KNOWS {since: 3}]->(a), (a)-[:KNOWS {since: 4}]->(b),
      (b)-[:KNOWS {since: 5}]->(a), (c)-[:KNOWS {since: 6}]->(c), (a)-[:IN]->(d), (b)-[:IN]->(d)
    """

  @Test(arguments: PlenaryTestSupport.GoldenFile.all(in: "Rules"))
  func plan(_ file: PlenaryTestSupport.GoldenFile) throws {
    let query = try #require(file.section("QUERY"))
    let database = try RewriteRuleTests.database(isFolded: true)
    file.expect([
      ("WRITTEN", try RewriteRuleTests.plan(query, database, usesOptimizer: false)),
      ("REWRITTEN", try RewriteRuleTests.plan(query, database, usesOptimizer: true)),
    ])
  }

  /// In the base and outside of it, in batches of any size, a rewritten query has the rows of the one written.
  @Test(arguments: PlenaryTestSupport.GoldenFile.all(in: "Rules"))
  func rows(_ file: PlenaryTestSupport.GoldenFile) throws {
    let query = try #require(file.section("QUERY"))
    for isFolded in [true, false] {
      let database = try RewriteRuleTests.database(isFolded: isFolded)
      let expected = try RewriteRuleTests.rows(query, database, usesOptimizer: false, batchSize: 2048)
      for batchSize in [1, 7, 2048] {
        let found = try RewriteRuleTests.rows(query, database, usesOptimizer: true, batchSize: batchSize)
        #expect(found == expected, "batches of \(batchSize), \(isFolded ? "folded" : "new")")
      }
    }
  }

  static func database(isFolded: Bool) throws -> Database {
    var empty = Graph()
    try empty.createIndex(
      name: "people", label: empty.makeLabelToken("Person"), key: empty.makeKeyToken("id"), isUnique: true)
    try empty.createIndex(name: "names", label: empty.makeLabelToken("Person"), key: empty.makeKeyToken("name"))
    let database = Database(empty)
    try database.query(graph)
    guard isFolded else { return database }
    var graph = database.snapshot
    graph.state.fold()
    return Database(graph)
  }

  static func plan(_ query: String, _ database: Database, usesOptimizer: Bool) throws -> String {
    var options = QueryOptions()
    options.usesOptimizer = usesOptimizer
    let plan = try #require(try database.query("EXPLAIN " + query, options: options).summary.plan)
    var lines: [String] = []
    func write(_ plan: PlanDescription, _ depth: Int) {
      let text = plan.details.isEmpty ? plan.name : plan.name + " " + plan.details
      lines.append(String(repeating: "  ", count: depth) + text)
      for child in plan.children { write(child, depth + 1) }
    }
    write(plan, 0)
    return lines.joined(separator: "\n")
  }

  static func rows(_ query: String, _ database: Database, usesOptimizer: Bool, batchSize: Int) throws -> [String] {
    var options = QueryOptions()
    options.usesOptimizer = usesOptimizer
    options.batchSize = batchSize
    let result = try database.query(query, options: options)
    let rows = result.map { row in result.columns.indices.map { row.value($0).description }.joined(separator: ", ") }
    return rows.sorted()
  }
}
