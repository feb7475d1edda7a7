import Testing

@testable import Plenary

/// Operators on values whose types are known only when the query runs.
@Suite struct OperatorTests {
  @Test(arguments: [
    QueryCase("UNWIND [1, 2.5, null] AS x RETURN +x AS y", gives: ["1", "2.5", "null"]),
    QueryCase("UNWIND [duration('P1D')] AS x RETURN +x AS y", gives: ["'P1D'"]),
    QueryCase("UNWIND [1, 'a'] AS x RETURN +x AS y", gives: ["error invalid-argument-type"]),
    QueryCase("MATCH (n:N) RETURN +n.s AS y", after: "CREATE (:N {s: 'a'})", gives: ["error invalid-argument-type"]),
    QueryCase("MATCH (n:N) RETURN +n.b AS y", after: "CREATE (:N {b: true})", gives: ["error invalid-argument-type"]),
    QueryCase("MATCH (n:N) RETURN -n.s AS y", after: "CREATE (:N {s: 'a'})", gives: ["error invalid-argument-type"]),
  ])
  func aSignTakesNumbersAndDurations(_ query: QueryCase) throws {
    #expect(try query.run() == query.rows)
  }
}
