import Testing

@testable import Plenary

/// `min` and `max` where the values are the farthest there are, or none.
@Suite struct ExtremeTests {
  @Test(arguments: [
    QueryCase(
      "UNWIND [-9223372036854775808] AS x RETURN max(x), min(x)", gives: ["-9223372036854775808, -9223372036854775808"]),
    QueryCase(
      "UNWIND [9223372036854775807] AS x RETURN max(x), min(x)", gives: ["9223372036854775807, 9223372036854775807"]),
    QueryCase("UNWIND [null, null] AS x RETURN max(x), min(x)", gives: ["null, null"]),
    QueryCase("UNWIND [] AS x RETURN max(x), min(x)", gives: ["null, null"]),
    QueryCase(
      "UNWIND [[1, -9223372036854775808], [2, null], [3, 5], [1, null], [3, 4]] AS p RETURN p[0] AS k, max(p[1]) ORDER BY k",
      gives: ["1, -9223372036854775808", "2, null", "3, 5"]),
    QueryCase(
      "MATCH (n:N) WITH n.k AS k, n.v AS v RETURN k, max(v), min(v) ORDER BY k",
      after:
        "CREATE (:N {k: 1, v: -9223372036854775808}), (:N {k: 2}), (:N {k: 2, v: 9223372036854775807}), (:N {k: 3})",
      gives: [
        "1, -9223372036854775808, -9223372036854775808", "2, 9223372036854775807, 9223372036854775807", "3, null, null",
      ]),
    QueryCase(
      "UNWIND [1, 9223372036854775807, 'text', 2.5] AS x RETURN max(x), min(x)", gives: ["9223372036854775807, 'text'"]),
    QueryCase("UNWIND [2.5, -1.0, 7.25] AS x RETURN max(x), min(x)", gives: ["7.25, -1.0"]),
    QueryCase("UNWIND [2.5, 0.0 / 0.0, 7.25] AS x RETURN max(x), min(x)", gives: ["NaN, 2.5"]),
    QueryCase("UNWIND [0.0 / 0.0] AS x RETURN max(x), min(x)", gives: ["NaN, NaN"]),
    QueryCase("UNWIND [1.5, 9007199254740993, null] AS x RETURN max(x), min(x)", gives: ["9007199254740993, 1.5"]),
    QueryCase(
      "UNWIND [[1, 2.5], [2, null], [1, -3.5], [3, 0.0 / 0.0], [3, 1.0]] AS p RETURN p[0] AS k, max(p[1]), min(p[1]) ORDER BY k",
      gives: ["1, 2.5, -3.5", "2, null, null", "3, NaN, 1.0"]),
    QueryCase(
      "MATCH (n:N) RETURN n.k AS k, max(n.v), min(n.v), sum(n.v) ORDER BY k",
      after: "UNWIND range(1, 100) AS i CREATE (:N {k: i % 3, v: CASE WHEN i < 90 THEN i / 4.0 ELSE 0.0 / 0.0 END})",
      gives: ["0, NaN, 0.75, NaN", "1, NaN, 0.25, NaN", "2, NaN, 0.5, NaN"]),
  ])
  func theyAreTheFarthest(_ query: QueryCase) throws { #expect(try query.run() == query.rows) }
}
