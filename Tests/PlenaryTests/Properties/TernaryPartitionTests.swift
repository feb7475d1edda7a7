import TestResources
import Testing

@testable import Plenary

/// A condition is true, false or unknown of each row: the rows of the three cases add up to all rows.
@Suite struct TernaryPartitionTests {
  @Test(arguments: ReadingPropertyTests.seeds)
  func aConditionSplitsRowsInThree(seed: Int) throws {
    var random = SeededRandom(seed: seed)
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
        options.timeout = .seconds(1)
        return QueryAnswer(try graph.query(query + condition + returning, options: options)).bag(unordered: [])
      }
      // What takes too long, or gives too many rows to compare, is passed over.
      guard let all = try? rows(""), var parts = try? rows(" WHERE \(condition)"),
        let others = try? rows(" WHERE NOT (\(condition))"), let unknown = try? rows(" WHERE (\(condition)) IS NULL")
      else { continue }
      parts.merge(others, uniquingKeysWith: +)
      parts.merge(unknown, uniquingKeysWith: +)
      #expect(
        parts == all,
        "seed \(seed)\n\(RandomGraph(graph))\n\(query) WHERE \(condition)\(returning)")
    }
  }
}
