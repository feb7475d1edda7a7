import Synchronization
import Testing

@testable import Plenary

/// Conditions that fail for some rows: a query fails only if it does so tested in the order in which it is written,
/// for whole matches of its pattern.
@Suite struct FailingConditionTests {
  static let graph = [
    "UNWIND [0, 1, 2, 4] AS x CREATE (:N {x: x, name: 'n' + x}), (:M {x: x, name: x})",
    "MATCH (a:N), (b:N) WHERE a.x = 1 AND b.x = 2 CREATE (a)-[:R {x: 0}]->(b)",
    "MATCH (a:N), (b:N) WHERE a.x = 2 AND b.x = 4 CREATE (a)-[:R {x: 1}]->(b)",
    "MATCH (a:N {x: 0}) CREATE (a)-[:Z]->(:Zero)",
  ]

  @Test(
    arguments: [
      ("MATCH (a:N) WHERE a.x <> 0 AND 4 / a.x >= 2 RETURN a.x AS x ORDER BY x", ["1", "2"]),
      ("MATCH (a:N) WHERE a.x = 0 OR 4 / a.x >= 2 RETURN a.x AS x ORDER BY x", ["0", "1", "2"]),
      ("MATCH (a:N) WHERE 4 / a.x >= 2 RETURN a.x AS x", ["error division-by-zero"]),
      // Nodes that have no such relationship are no matches.
      ("MATCH (a:N)-[:R]->(b) WHERE 4 / a.x >= 2 RETURN a.x AS x ORDER BY x", ["1", "2"]),
      ("MATCH (b)<-[:R]-(a) WHERE 4 / a.x >= 2 RETURN count(*) AS x", ["2"]),
      ("MATCH (a)-[:R]->(b)-[:R]->(c) WHERE 4 / a.x = 4 RETURN c.x AS x", ["4"]),
      ("MATCH (a)-[:R]->(b)-[:R]->(c) WHERE 4 / a.x = 4 RETURN count(*) AS x", ["1"]),
      ("MATCH (a)-[:R]->(b)-[:R]->(c) WHERE 4 / b.x = 2 RETURN a.x AS k, count(*) AS x", ["1, 1"]),
      ("MATCH (a)-[:R]->(b) WHERE 4 / a.x > 0 RETURN count(DISTINCT b) AS x", ["2"]),
      ("MATCH (a)-[r:R]->(b) WHERE b.x = 4 AND 1 / r.x = 1 RETURN a.x AS x", ["2"]),
      ("MATCH (a:N)-[:R*1..2]->(b) WHERE 4 / a.x = 4 RETURN b.x AS x ORDER BY x", ["2", "4"]),
      ("MATCH (a:N)-[:R*1..2]->(b) WHERE 4 / a.x = 4 RETURN count(*) AS x", ["2"]),
      ("MATCH (a:N)-[:R*1..2]->(b) WHERE 4 / b.x = 1 RETURN count(*) AS x", ["2"]),
      ("MATCH p = (a:N)-[:R*]->(b) WHERE length(p) > 1 AND 4 / (length(p) - 1) = 4 RETURN b.x AS x", ["4"]),
      (
        "MATCH (a:N), (b:N), p = shortestPath((a)-[:R*]->(b)) WHERE a <> b AND 4 / a.x = 4 RETURN length(p) AS x ORDER BY x",
        ["1", "2"]
      ),
      // Two parts that are joined.
      ("MATCH (a:N), (b:M) WHERE a.x = b.x AND b.x <> 0 AND 4 / b.x = a.x RETURN a.x AS x", ["2"]),
      ("MATCH (a:N), (b:M) WHERE a.x <> 0 AND b.x = 4 / a.x RETURN a.x AS x ORDER BY x", ["1", "2", "4"]),
      ("MATCH (a:N), (b:M) WHERE a.x > 2 AND b.x > 2 AND 4 / b.x = 1 RETURN a.x AS x", ["4"]),
      ("MATCH (a:N) WITH a WHERE a.x > 1 MATCH (b:M) WHERE b.x = a.x AND 4 / b.x = 1 RETURN b.x AS x", ["4"]),
      ("MATCH (a:N) WHERE a.x <> 0 MATCH (b:M {x: 4 / a.x}) RETURN b.x AS x ORDER BY x", ["1", "2", "4"]),
      ("MATCH (a:N)-->(b {x: 2 / a.x})-[:R]->(c) RETURN c.x AS x", ["4"]),
      ("MATCH (a:N)-[r]->(b) WHERE b.x = 2 / a.x MATCH (b)-[:R]->(c) RETURN c.x AS x", ["error division-by-zero"]),
      // Types that do not fit.
      ("MATCH (a) WHERE a:N AND toUpper(a.name) = 'N2' RETURN a.x AS x", ["2"]),
      ("MATCH (a) WHERE toUpper(a.name) = 'N2' RETURN a.x AS x", ["error invalid-argument-type"]),
      ("MATCH (a)-[:R]->(b) WHERE toUpper(a.name) = 'N2' RETURN b.x AS x", ["4"]),
      // Subqueries.
      ("MATCH (a:N) WHERE EXISTS { (a)-[:R]->(b) WHERE 4 / b.x = 2 } RETURN a.x AS x", ["1"]),
      ("MATCH (a:N) WHERE EXISTS { (a)-[:R]->() } AND 4 / a.x = 4 RETURN a.x AS x", ["1"]),
      ("MATCH (a:N) WHERE (a)-[:R]->() AND 4 / a.x = 4 RETURN a.x AS x", ["1"]),
      ("MATCH (a:N) WHERE NOT (a)-[:Z]->() AND 4 / a.x = 4 RETURN a.x AS x", ["1"]),
      (
        "MATCH (a:N) RETURN a.x AS k, COUNT { (a)-[:R]->(b) WHERE 4 / a.x > 0 } AS c ORDER BY k",
        ["0, 0", "1, 1", "2, 1", "4, 0"]
      ),
      ("MATCH (a:N) OPTIONAL MATCH (a)-[:R]->(b) WHERE 4 / a.x = 4 RETURN count(b) AS x", ["1"]),
      ("MATCH (a:N {x: 1}) CALL { MATCH (b:N)-[:R]->() WHERE 4 / b.x > 0 RETURN count(*) AS c } RETURN c", ["2"]),
      // Writing.
      ("MATCH (a:N)-[:R]->() WHERE 4 / a.x > 0 SET a.y = 1 RETURN count(*) AS x", ["2"]),
      (
        "MATCH (a:N)-[:R]->() WHERE 4 / a.x > 0 CREATE (:New) WITH count(*) AS c MATCH (n:New) RETURN c, count(n)",
        ["2, 2"]
      ),
      // With a procedure, which must not be called twice.
      (
        "CALL db.labels() YIELD label WITH count(*) AS c MATCH (a:N)-[:R]->(b) WHERE 4 / a.x = c - 1 RETURN b.x AS x",
        ["4"]
      ),
    ], [true, false])
  func conditionsFailOnlyWhereTheyAreTested(_ query: (text: String, rows: [String]), isIndexed: Bool) throws {
    let database = Database()
    for statement in Self.graph { _ = try database.query(statement) }
    if isIndexed {
      for label in ["N", "M"] { _ = try database.query("CREATE INDEX FOR (n:\(label)) ON (n.x)") }
    }
    for usesOptimizer in [true, false] {
      for batchSize in [1, 2048] {
        var options = QueryOptions()
        options.usesOptimizer = usesOptimizer
        options.batchSize = batchSize
        var graph = database.snapshot
        graph.fold()
        var found: [String]
        do {
          found = try graph.execute(query.text, options: options).map { row in
            row.values.map(\.description).joined(separator: ", ")
          }
        } catch {
          found = ["error \(error.code.slug)"]
        }
        #expect(found == query.rows, "\(query.text), optimizer \(usesOptimizer), batches of \(batchSize)")
      }
    }
  }

  /// A procedure is called once for each row, whether a condition fails or not.
  @Test func proceduresAreCalledOnce() throws {
    let database = Database()
    for statement in Self.graph { _ = try database.query(statement) }
    let calls = Calls()
    database.register(
      Procedure(name: "test.count", results: [.init("n", .integer)], summary: "counts its calls") { _, _ in
        [[.integer(calls.next())]]
      })
    let query = "CALL test.count() YIELD n MATCH (a:N)-[:R]->(b) WHERE 4 / a.x > 0 RETURN max(n) AS n"
    #expect(try database.query(query)[0]["n"] as Int == 1)
    _ = try? database.query("CALL test.count() YIELD n MATCH (a:N) WHERE 4 / a.x > 0 RETURN max(n) AS n")
    #expect(calls.next() == 3)
  }
}

/// Counts.
private final class Calls: Sendable {
  private let count = Mutex<Int64>(0)

  func next() -> Int64 {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
