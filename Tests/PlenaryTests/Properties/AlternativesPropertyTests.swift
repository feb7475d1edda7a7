import TestResources
import Testing

@testable import Plenary

/// One key or another, of different nodes, leaves the matches that the definitions leave, however they are found.
@Suite struct AlternativesPropertyTests {
  @Test(arguments: ReadingPropertyTests.seeds)
  func alternativesAreThoseOfTheDefinitions(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = RandomGraph(using: &random)
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    for _ in 0..<8 {
      let arrow = choose(["-->", "<--", "-[:T]->", "--", "-->()-->", "-[:U*1..2]->"])
      let first = choose(["a.i = 1", "a.s = 'a'", "a.i IN [0, 2]", "a.m = 1"])
      let second = choose(["b.s = 'b'", "b.i = 2", "b.i > 1", "b.f = null", "b:C"])
      let further = choose(["", " OR a.k = 0", " AND a.b IS NOT NULL", " OR b.t = 'a' OR a.l IS NULL"])
      let query = "MATCH (a:A)\(arrow)(b:B) WHERE (\(first) OR \(second)\(further)) RETURN a, b, count(*) AS n"
      try ReadingPropertyTests.checkAnswer(to: query, on: graph, seed: seed)
    }
  }

  /// What is aggregated two steps away.
  @Test(arguments: ReadingPropertyTests.seeds)
  func farNeighboursAreAggregatedAsTheDefinitionsSay(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = RandomGraph(using: &random)
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    for _ in 0..<8 {
      let first = choose(["-->", "<--", "-[:T]->", "<-[:U]-", "-[r]->"])
      let second = choose(["-->", "<--", "-[:T]->", "<-[:U]-", "-[s]->"])
      let condition = choose(["", "", " WHERE b.i > 0", " WHERE c.i IS NOT NULL", " WHERE a.i = 1 AND c:A"])
      let key = choose(["a.i AS x, ", "a AS x, ", "", "a.s AS x, a.b AS z, "])
      let number = choose(["c.i", "c.f", "c.k * 2", second == "-[s]->" ? "s.i" : "c.k"])
      let value = choose([number, "c.m", "c.l"])
      let query =
        "MATCH (a)\(first)(b)\(second)(c)\(condition) RETURN \(key)count(*) AS n, count(\(value)) AS k, "
        + choose([
          "sum(\(number)) AS y", "avg(\(number)) AS y", "min(\(value)) AS y, max(\(value)) AS w",
          "avg(\(number)) AS y, sum(\(number)) AS w",
        ])
      try ReadingPropertyTests.checkAnswer(to: query, on: graph, seed: seed)
    }
  }

  /// How many there are of each type, and with the same labels.
  @Test(arguments: ReadingPropertyTests.seeds)
  func countsByNameAreThoseOfTheDefinitions(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = RandomGraph(using: &random)
    for query in [
      "MATCH (n) RETURN labels(n) AS l, count(*) AS n", "MATCH (n) RETURN count(n) AS n, labels(n) AS l",
      "MATCH ()-[r]->() RETURN type(r) AS t, count(*) AS n", "MATCH ()<-[r:T]-() RETURN type(r) AS t, count(r) AS n",
      "MATCH (:A)-[r]->() RETURN type(r) AS t, count(*) AS n", "MATCH (:A)<-[r]-() RETURN type(r) AS t, count(*) AS n",
      "MATCH ()-[r:U|T|U]->(:B) RETURN type(r) AS t, count(*) AS n, count(r) AS m",
      "MATCH (:A)-[r]->(:B) RETURN type(r) AS t, count(*) AS n", "MATCH ()-[r]-() RETURN type(r) AS t, count(*) AS n",
      "MATCH (n:A) RETURN labels(n) AS l, count(*) AS n", "MATCH ()-[r:X]->() RETURN type(r) AS t, count(*) AS n",
    ] {
      try ReadingPropertyTests.checkAnswer(to: query, on: graph, seed: seed)
    }
  }
}
