import TestResources
import Testing

@testable import Plenary

/// What stands in a query several times has the same value wherever it stands, evaluated once or each time.
@Suite struct CommonPartPropertyTests {
  @Test(arguments: ReadingPropertyTests.seeds)
  func partsThatComeAgainAreThoseOfTheDefinitions(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = RandomGraph(using: &random)
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    for _ in 0..<4 {
      let number = choose([
        "COUNT { (a)-->() }", "COUNT { (a)-[:T]->(c) WHERE c.i > a.i }", "COUNT { (a)<--(b) }",
        "size([(a)-->(c) | c.i])",
        "COUNT { MATCH (c:A) RETURN c }", "size(COLLECT { MATCH (a)--(c) RETURN c.s })", "abs(a.i - 1)",
      ])
      let test = choose([
        "EXISTS { (a)-->() }", "EXISTS { (a)-[:T]->(c:B) WHERE c.i = a.i }", "EXISTS { (a)-[:U]-() }",
        "exists { (a)-->(b) }",
        "toUpper(a.s) = 'A'", "a.i + 1 > a.k",
      ])
      let condition = choose([
        "\(number) > 0", "\(test)", "NOT \(test)", "\(test) AND \(number) < 3", "a.i > 0 AND \(number) <> 1",
        "\(test) OR \(number) = 0", "a.k IS NOT NULL AND NOT (\(test))",
      ])
      let pattern = choose(["MATCH (a)", "MATCH (a:A)", "MATCH (a)-->(b)", "MATCH (a)-[:T]->(b)"])
      let renaming = pattern.contains("b") ? choose(["", "WITH b AS a, a AS b "]) : ""
      let end = choose([
        "RETURN a, \(number) AS n, \(test) AS t", "RETURN \(number) AS n, \(number) * 2 AS m, \(test) AS t",
        "RETURN \(number) AS n, count(*) AS c, sum(\(number)) AS s",
        "RETURN a.i AS i, CASE WHEN \(test) THEN \(number) ELSE -1 END AS c, \(number) AS n",
        "WITH a, \(number) AS n WHERE \(test) RETURN n, \(number) + n AS m, \(test) AS t",
      ])
      let query = "\(pattern) WHERE \(condition) \(renaming)\(end)"
      try ReadingPropertyTests.checkAnswer(to: query, on: graph, seed: seed)
    }
  }
}
