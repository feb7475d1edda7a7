import Plenary
import Testing

/// What writing clauses see of each other, row by row and clause by clause.
@Suite struct WritingClauseTests {
  static let twoNodes = "CREATE (:A {n: 1})-[:R]->(:B {n: 2})"

  @Test(arguments: [
    QueryCase(
      "UNWIND [1, 2, 3] AS i MATCH (c:Counter) SET c.n = c.n + i RETURN c.n", after: "CREATE (:Counter {n: 0})",
      gives: ["6", "6", "6"]),
    QueryCase(
      "UNWIND [1, 2, 3] AS i MATCH (c:Counter) SET c.n = coalesce(c.n, 0) + 1 RETURN max(c.n)",
      after: "CREATE (:Counter)", gives: ["3"]),
    QueryCase(
      "MATCH (a)-[:NEXT]->(b) WITH a, b ORDER BY b.n SET b.n = a.n + 1 RETURN b.n",
      after: "CREATE (:N {n: 10})-[:NEXT]->(:N {n: 1})-[:NEXT]->(:N {n: 2})", gives: ["11", "12"]),
    QueryCase("MATCH (a:A)-->(b) SET a.n = b.n, b.n = a.n RETURN a.n, b.n", after: twoNodes, gives: ["2, 2"]),
    QueryCase(
      "UNWIND [{k: 'x', v: 1}, {k: 'y', v: 2}] AS row MATCH (t:T {k: row.k}) SET t += row, t.w = row.v * 2 "
        + "RETURN t.k, t.v, t.w", after: "CREATE (:T {k: 'x'}), (:T {k: 'y'})", gives: ["'x', 1, 2", "'y', 2, 4"]),
    QueryCase(
      "UNWIND [{a: 1}, {b: 2}] AS m MATCH (t:T) SET t = m, t += {c: m.a} RETURN t.a, t.b, t.c",
      after: "CREATE (:T)", gives: ["null, 2, null", "null, 2, null"]),
    QueryCase(
      "MATCH (a:A)-[r]->(b) DELETE r, startNode(r), endNode(r) WITH count(*) AS c MATCH (n) RETURN c, count(n)",
      after: twoNodes, gives: []),
    QueryCase("MATCH (a:A) DETACH DELETE a RETURN a:A", after: twoNodes, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH (a:A) DETACH DELETE a RETURN a:A:B", after: twoNodes, gives: ["error deleted-entity-access"]),
    QueryCase("UNWIND [1, 2] AS i CREATE (:T {i: i}) RETURN i LIMIT 0", gives: []),
    // Patterns that are counted or searched, not listed, see what was written as well.
    QueryCase("CREATE (a:A)-[:T]->(:B) WITH a MATCH (a)-->(b) RETURN count(*)", gives: ["1"]),
    QueryCase("CREATE (a:A)-[:T]->(a) WITH a MATCH (a)--(b) RETURN count(b)", gives: ["1"]),
    QueryCase("UNWIND [1, 2] AS i CREATE (a:A)-[:T]->(:B) WITH a MATCH (a)-->(b:B) RETURN count(*)", gives: ["2"]),
    QueryCase("CREATE (a:A)-[:T]->(b:B)-[:T]->(:C) WITH a MATCH (a)-->()-->(c) RETURN count(*)", gives: ["1"]),
    QueryCase("CREATE (a:A)-[:T]->(b:B) WITH a MATCH (a)-[:T*1..2]->(b) RETURN count(*)", gives: ["1"]),
    QueryCase("CREATE (a:A)-[:T]->(b:B) WITH a MATCH (a)-[:T*]->(b) RETURN count(DISTINCT b)", gives: ["1"]),
    QueryCase("CREATE (a:A)-[:T]->(b:B) WITH a MATCH (a)-[:T*1..3]->(b) RETURN DISTINCT b:B", gives: ["true"]),
    QueryCase(
      "UNWIND [1, 2] AS i CALL { WITH i CREATE (a:A)-[:T]->(:B) RETURN a } MATCH (a)-->(b) RETURN count(*)",
      gives: ["2"]),
  ])
  func returns(_ expected: QueryCase) throws {
    var options = QueryOptions()
    #expect(try expected.run(options) == expected.rows)
    options.batchSize = 1
    #expect(try expected.run(options) == expected.rows)
  }

  /// LIMIT bounds what is returned, never what is written.
  @Test(arguments: [
    "UNWIND range(1, 100) AS i CALL { CREATE (n:T {i: i}) RETURN n } RETURN n LIMIT 1",
    "UNWIND range(1, 100) AS i CALL { CREATE (n:T {i: i}) RETURN n } RETURN n LIMIT 0",
    "UNWIND range(1, 100) AS i CALL { CREATE (n:T {i: i}) } RETURN i LIMIT 1",
    "UNWIND range(1, 100) AS i CREATE (n:T {i: i}) WITH n LIMIT 3 RETURN n",
    "UNWIND range(1, 100) AS i CREATE (n:T {i: i}) RETURN n ORDER BY i LIMIT 0",
  ])
  func limitDoesNotLimitWriting(_ query: String) throws {
    var options = QueryOptions()
    options.batchSize = 7
    let database = Database()
    _ = try database.query(query, options: options)
    #expect(database.snapshot.nodeCount == 100)
  }

  /// What a subquery writes is not seen by the clauses before it.
  @Test func clausesBeforeDoNotSeeWritingSubqueries() throws {
    var options = QueryOptions()
    options.batchSize = 2
    let database = Database()
    _ = try database.query("UNWIND range(1, 9) AS i CREATE (:A)-[:R]->(:B)")
    let result = try database.query(
      "MATCH (a:A)-[:R]->(b) CALL { CREATE (a)-[:R]->(:C) } RETURN count(*)", options: options)
    #expect(result[0].value(0) == .integer(9))
    #expect(database.snapshot.relationshipCount == 18)
  }

  /// A statement that fails in the middle of its rows leaves the graph as it was.
  @Test(arguments: [
    "UNWIND [1, 2, 0] AS i CREATE (:T {v: 10 / i})",
    "MATCH (a:A) SET a.n = 7 WITH a RETURN 1 / 0",
    "UNWIND [1, {x: 1}] AS v MATCH (a:A) SET a.n = v",
    "MATCH (a:A) SET a:New SET a.other = 1 WITH a DELETE a",
    "MATCH (a:A) MERGE (a)-[:NEW]->(b:B2 {v: 1}) WITH b MERGE (b)-[:X]->(c:C {v: null})",
    "UNWIND [1, 2] AS i CALL { CREATE (:T) } CREATE ({v: [[i]]})",
  ])
  func failedStatementsChangeNothing(_ query: String) throws {
    let database = Database()
    _ = try database.query(WritingClauseTests.twoNodes)
    func state() throws -> String {
      try database.query(
        "MATCH (n) RETURN count(n), collect(labels(n)), collect(properties(n)), COUNT { ()-->() }"
      )[0].description
    }
    let before = try state()
    #expect(throws: QueryError.self) { try database.query(query) }
    #expect(try state() == before)
    try database.write { (transaction) throws in
      _ = #expect(throws: QueryError.self) { try transaction.query(query) }
    }
    #expect(try state() == before)
  }

  /// EXPLAIN runs nothing, whatever the statement.
  @Test(arguments: ["CREATE (:T)", "CREATE INDEX FOR (n:T) ON (n.x)", "DROP INDEX i", "MATCH (n) DETACH DELETE n"])
  func explainChangesNothing(_ statement: String) throws {
    var graph = Graph()
    try graph.execute("CREATE (:A)")
    try graph.execute("CREATE INDEX i FOR (n:A) ON (n.x)")
    let result = try graph.execute("EXPLAIN " + statement)
    #expect(result.summary.counters.isEmpty)
    #expect(graph.nodeCount == 1)
    #expect(try graph.query("SHOW INDEXES").count == 1)
  }
}
