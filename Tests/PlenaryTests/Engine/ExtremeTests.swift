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
  ])
  func theyAreTheFarthest(_ query: QueryCase) throws { #expect(try query.run() == query.rows) }
}
