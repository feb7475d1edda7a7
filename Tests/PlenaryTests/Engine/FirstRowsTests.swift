import Testing

@testable import Plenary

/// ORDER BY with a LIMIT gives the beginning of what ORDER BY gives.
@Suite struct FirstRowsTests {
  @Test(
    arguments: [
      "x", "x DESC", "x % 10, x", "x % 10 DESC, x DESC", "7", "CASE WHEN x % 3 = 0 THEN x ELSE null END, x DESC",
      "(x * 7919) % 500", "toString(x % 100) DESC, x",
    ], [0, 1, 10, 100, 499, 500, 5000])
  func areTheBeginningOfAll(order: String, limit: Int) throws {
    let query = "UNWIND range(1, 500) AS x RETURN x ORDER BY \(order)"
    for batchSize in [1, 7, 2048] {
      var options = QueryOptions()
      options.batchSize = batchSize
      let all = try QueryAnswer(Graph().query(query, options: options)).rows
      let first = try QueryAnswer(Graph().query("\(query) LIMIT \(limit)", options: options)).rows
      #expect(first == Array(all.prefix(limit)), "batches of \(batchSize)")
      let later = try QueryAnswer(Graph().query("\(query) SKIP 20 LIMIT \(limit)", options: options)).rows
      #expect(later == Array(all.dropFirst(20).prefix(limit)), "batches of \(batchSize)")
    }
  }
}
