import Testing

@testable import Plenary

/// A condition is true, false or unknown of each row: the rows of the three cases add up to all rows.
@Suite struct TernaryPartitionTests {
  @Test(arguments: ReadingPropertyTests.firstSeed..<ReadingPropertyTests.firstSeed + ReadingPropertyTests.rounds)
  func aConditionSplitsRowsInThree(seed: Int) throws {
    var random = RandomSource(seed: seed)
    let graph = try RandomGraph(using: &random).make()
    var generator = QueryGenerator(random: random)
    for _ in 0..<8 {
      generator.scope = []
      var query = generator.readingClauses(1 + generator.random.below(2)) + " MATCH " + generator.patterns()
      if generator.chance(40) { query += " WITH *" }
      let condition = generator.boolean(3)
      let columns = generator.scope.filter { $0.kind != .bag }.map(\.name)
      let returning = " RETURN " + (columns.isEmpty ? "1 AS x" : columns.joined(separator: ", "))
      func rows(_ condition: String) throws -> [[Value]: Int] {
        var options = QueryOptions()
        options.rowLimit = 2000
        return QueryAnswer(try graph.query(query + condition + returning, options: options)).bag(unordered: [])
      }
      // Too many rows to compare are passed over.
      guard let all = try? rows("") else { continue }
      var parts = try rows(" WHERE \(condition)")
      parts.merge(try rows(" WHERE NOT (\(condition))"), uniquingKeysWith: +)
      parts.merge(try rows(" WHERE (\(condition)) IS NULL"), uniquingKeysWith: +)
      #expect(
        parts == all,
        "seed \(seed)\n\(RandomGraph(graph))\n\(query) WHERE \(condition)\(returning)")
    }
  }
}
