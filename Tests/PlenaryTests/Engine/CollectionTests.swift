import Testing

@testable import Plenary

/// `collect` and sums over columns of any form, in the order of their rows.
@Suite struct CollectionTests {
  private static let hugeNumbers =
    "UNWIND range(0, 9) AS i CREATE (:N {i: i, x: 1e308, y: 2})-[:R {x: -1.5e308}]->(:M {x: 1.7e308})"

  @Test(arguments: [
    QueryCase("UNWIND [3, 1, null, 2] AS x RETURN collect(x)", gives: ["[3, 1, 2]"]),
    QueryCase("UNWIND [3, 'a', null, 2.5, [1]] AS x RETURN collect(x)", gives: ["[3, 'a', 2.5, [1]]"]),
    QueryCase("UNWIND [] AS x RETURN collect(x)", gives: ["[]"]),
    QueryCase("UNWIND [null] AS x RETURN collect(x)", gives: ["[]"]),
    QueryCase("UNWIND [2, 1, 2, 2] AS x RETURN collect(DISTINCT x)", gives: ["[2, 1]"]),
    QueryCase(
      "UNWIND range(1, 7) AS x RETURN x % 3 AS k, collect(x) AS xs, collect(CASE WHEN x > 2 THEN x * 0.5 END) AS hs ORDER BY k",
      gives: ["0, [3, 6], [1.5, 3.0]", "1, [1, 4, 7], [2.0, 3.5]", "2, [2, 5], [2.5]"]),
    QueryCase(
      "MATCH (n:N) RETURN n.k AS k, collect(n.t) AS ts, collect(n.v) AS vs ORDER BY k",
      after: "CREATE (:N {k: 1, t: 'a', v: 1}), (:N {k: 2, v: 2}), (:N {k: 1, t: 'b'}), (:N {k: 1, t: 'a', v: 1.5})",
      gives: ["1, ['a', 'b', 'a'], [1, 1.5]", "2, [], [2]"]),
    // No more is collected than is read.
    QueryCase(
      "UNWIND [null, 3, 'a', null, 2] AS x WITH collect(x) AS xs RETURN xs[0], xs[1], head(xs), xs[..2]",
      gives: ["3, 'a', 3, [3, 'a']"]),
    QueryCase(
      "UNWIND range(1, 9) AS x WITH x % 3 AS k, collect({x: x, y: k})[1] AS second RETURN k, second.x ORDER BY k",
      gives: ["error undefined-variable"]),
    QueryCase(
      "UNWIND range(1, 9) AS x WITH x % 3 AS k, collect({x: x, y: -x})[1] AS second RETURN k, second.x, second.y ORDER BY k",
      gives: ["0, 6, -6", "1, 4, -4", "2, 5, -5"]),
    QueryCase(
      "UNWIND range(1, 9) AS x WITH x % 3 AS k, collect(CASE WHEN x > 4 THEN x END) AS xs RETURN k, head(xs), xs[1..3] ORDER BY k",
      gives: ["0, 6, [9]", "1, 7, []", "2, 5, [8]"]),
    QueryCase(
      "UNWIND range(1, 9) AS x WITH collect(x) AS xs RETURN xs[0], xs[-1], xs[1..]",
      gives: ["1, 9, [2, 3, 4, 5, 6, 7, 8, 9]"]),
    QueryCase(
      "UNWIND range(1, 4) AS x WITH collect([x, 1 / (x - 3)]) AS xs RETURN xs[0]", gives: ["error division-by-zero"]),
    QueryCase(
      "UNWIND range(1, 4) AS x WITH collect(x) AS xs RETURN xs[0], [y IN xs[..2] | y + size(xs)] AS ys",
      gives: ["1, [5, 6]"]),
    QueryCase(
      "UNWIND range(1, 4) AS x WITH collect(x) AS xs WHERE size(xs) = 4 RETURN xs[0]", gives: ["1"]),
    QueryCase("UNWIND [] AS x WITH collect({x: x}) AS xs RETURN xs[0], head(xs), xs[..1]", gives: ["null, null, []"]),
    QueryCase("UNWIND [2, 2, 1] AS x RETURN collect(DISTINCT x)[1], head(collect(DISTINCT x))", gives: ["1, 2"]),
    QueryCase(
      "UNWIND range(1, 5000) AS x WITH collect(x) AS xs RETURN size(xs), xs[0], xs[4999]", gives: ["5000, 1, 5000"]),
    QueryCase("UNWIND [9223372036854775807, 1, -1] AS x RETURN sum(x)", gives: ["9223372036854775807"]),
    QueryCase("UNWIND [9223372036854775807, 1] AS x RETURN sum(x)", gives: ["error arithmetic-overflow"]),
    QueryCase("UNWIND [9223372036854775807, 1, 0.0] AS x RETURN sum(x)", gives: ["9.223372036854776e+18"]),
    QueryCase("UNWIND [0.1, 0.2, 1] AS x RETURN sum(x), avg(x)", gives: ["1.3, 0.43333333333333335"]),
    QueryCase(
      "UNWIND [1, 0.5] AS x RETURN x > 0.7 AS k, sum(x), avg(x) ORDER BY k", gives: ["false, 0.5, 0.5", "true, 1, 1.0"]),
    QueryCase("UNWIND [0.5, null, 0.25] AS x RETURN sum(x), avg(x), sum(null)", gives: ["0.75, 0.375, 0"]),
    QueryCase("UNWIND [1e308, 1e308, 0.5] AS x RETURN avg(x) > 6e307, sum(x) > 1.7e308", gives: ["true, true"]),
    QueryCase(
      "MATCH (n:N) RETURN n.i % 2 AS k, avg(n.x), sum(n.y) ORDER BY k", after: hugeNumbers,
      gives: ["0, 1e+308, 10", "1, 1e+308, 10"]),
    QueryCase(
      "MATCH (:N)-[r]->(m) RETURN avg(r.x), avg(m.x), sum(m.x) > 1.7e308", after: hugeNumbers,
      gives: ["-1.5e+308, 1.7e+308, true"]),
    QueryCase(
      "MATCH (n:N)-[r]->(m) RETURN n.i % 2 AS k, avg(m.x), avg(r.x) ORDER BY k", after: hugeNumbers,
      gives: ["0, 1.7e+308, -1.5e+308", "1, 1.7e+308, -1.5e+308"]),
    // Sums that are too large only for a part of what they are made of.
    QueryCase(
      "MATCH (a:A)-[:T]->(b:B)-[:U]->(c:C) RETURN a.i % 2 AS k, avg(c.x), sum(c.y), count(c) ORDER BY k",
      after: """
        UNWIND [1, -1] AS s CREATE (b:B) WITH b, s UNWIND range(1, 4) AS i
        CREATE (b)-[:U]->(:C {x: 1.5e308, y: s * 1.5e308}) MERGE (a:A {i: i}) CREATE (a)-[:T]->(b)
        """, gives: ["0, 1.5e+308, 0.0, 16", "1, 1.5e+308, 0.0, 16"]),
  ])
  func rowsComeInOrder(_ query: QueryCase) throws {
    for batchSize in [1, 7, 2048] {
      var options = QueryOptions()
      options.batchSize = batchSize
      #expect(try query.run(options) == query.rows, "batches of \(batchSize)")
    }
  }
}
