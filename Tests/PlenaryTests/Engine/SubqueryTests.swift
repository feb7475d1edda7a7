import Plenary
import Testing

/// Queries inside queries: CALL { }, EXISTS { }, COUNT { }, COLLECT { }, and what they see.
@Suite struct SubqueryTests {
  static let chain = "CREATE (:A {n: 1})-[:R]->(:A {n: 2})-[:R]->(:A {n: 3})"

  @Test(arguments: [
    QueryCase("CALL { CREATE (n:T {v: 1}) RETURN n } RETURN n.v", gives: ["1"]),
    QueryCase("CALL { UNWIND [1, 2, 3] AS x CREATE (n:T {v: x}) RETURN n } RETURN count(*)", gives: ["3"]),
    QueryCase("UNWIND [1, 2] AS i CALL { CREATE (:T {v: i}) } RETURN i", gives: ["1", "2"]),
    QueryCase(
      "UNWIND [1, 2] AS i CALL { UNWIND [7, 8] AS x CREATE (:T {v: x}) } RETURN i, COUNT { (:T) }",
      gives: ["1, 4", "2, 4"]),
    QueryCase(
      "MATCH (n:A) CALL { MATCH (m:A) WHERE m.n > n.n RETURN count(m) AS c } RETURN n.n, c ORDER BY n.n",
      after: chain, gives: ["1, 2", "2, 1", "3, 0"]),
    // Sums over neighbours, of a property and of what is computed from it.
    QueryCase("CALL { MATCH (a)-[r]->(b) RETURN sum(b.n) AS s } RETURN s", after: chain, gives: ["5"]),
    QueryCase("CALL { MATCH (a)-[r]->(b) RETURN sum(b.n + 0) AS s } RETURN s", after: chain, gives: ["5"]),
    QueryCase(
      "UNWIND [1, 2] AS i CALL { MATCH (a)-[r]->(b) RETURN a.n AS n, sum(b.n) AS s } RETURN i, sum(n * s)",
      after: chain,
      gives: ["1, 8", "2, 8"]),
    QueryCase(
      "UNWIND [1, 2] AS i RETURN i, COUNT { UNWIND range(1, i) AS x RETURN count(x) AS c }",
      gives: ["1, 1", "2, 1"]),
    QueryCase(
      "UNWIND [1, 2] AS i RETURN COLLECT { UNWIND range(1, i) AS x RETURN sum(x) AS s }", gives: ["[1]", "[3]"]),
    QueryCase(
      "UNWIND [1, 2] AS i RETURN COLLECT { RETURN i AS x UNION RETURN 2 AS x }", gives: ["[1, 2]", "[2]"]),
    QueryCase(
      "UNWIND [0, 1] AS i RETURN EXISTS { UNWIND range(1, i) AS x RETURN x UNION UNWIND [] AS x RETURN x }",
      gives: ["false", "true"]),
    QueryCase(
      "RETURN [x IN [1, 3, 9] | COUNT { (a:A) WHERE a.n >= x }]", after: chain, gives: ["[3, 1, 0]"]),
    QueryCase(
      "MATCH (a:A) WHERE EXISTS { MATCH (a)-->(b) WHERE EXISTS { MATCH (b)-->(c) WHERE c.n > a.n } } RETURN a.n",
      after: chain, gives: ["1"]),
    QueryCase(
      "MATCH (n:A) WITH n ORDER BY n.n RETURN collect([x IN [1, 2] | [(n)-->(m) | m.n * x]])", after: chain,
      gives: ["[[[2], [4]], [[3], [6]], [[], []]]"]),
    // Beside an aggregate a subquery reads grouping keys only, like any other expression.
    QueryCase(
      "MATCH (n:A) RETURN count(*) + COUNT { (n)-->() }", after: chain, gives: ["error ambiguous-aggregation"]),
    QueryCase(
      "MATCH (n:A) RETURN count(*) + size([(n)-->(m) | m])", after: chain, gives: ["error ambiguous-aggregation"]),
    QueryCase(
      "MATCH (n:A) WITH n, count(*) + COUNT { (n)-->() } AS c RETURN n.n, c ORDER BY n.n", after: chain,
      gives: ["1, 2", "2, 2", "3, 1"]),
  ])
  func returns(_ expected: QueryCase) throws {
    #expect(try expected.run() == expected.rows)
    var options = QueryOptions()
    options.batchSize = 1
    #expect(try expected.run(options) == expected.rows)
  }

  /// A loop variable may have the name of something that is also a column.
  @Test(arguments: [
    QueryCase(
      "MATCH (n:A) RETURN n.n AS x, [n IN collect(n) | n.n] AS l ORDER BY x", after: chain,
      gives: ["1, [1]", "2, [2]", "3, [3]"]),
    QueryCase(
      "UNWIND [2, 1] AS x WITH {v: x} AS n RETURN DISTINCT n.v AS v ORDER BY [n IN [{v: -v}] | n.v]",
      gives: ["2", "1"]),
    QueryCase(
      "UNWIND [1, 2] AS x RETURN x, reduce(x = 0, y IN collect(x) | x + y) AS s ORDER BY x", gives: ["1, 1", "2, 2"]),
  ])
  func shadows(_ expected: QueryCase) throws { #expect(try expected.run() == expected.rows) }
}
