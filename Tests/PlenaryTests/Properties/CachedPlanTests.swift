import TestResources
import Testing

@testable import Plenary

/// A plan made for a graph stays right when the graph changes.
@Suite struct CachedPlanTests {
  @Test(arguments: ReadingPropertyTests.firstSeed..<ReadingPropertyTests.firstSeed + ReadingPropertyTests.rounds / 4)
  func aKeptPlanAnswersLikeANewOne(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let database = Database(try RandomGraph(using: &random).make())
    var generator = QueryGenerator(random: random)
    var queries: [(text: String, unordered: Set<String>)] = []
    while queries.count < 8 {
      let text = generator.readingQuery()
      // What costs the naive evaluator too much is too much here, too.
      guard (try? NaiveEvaluator(text, on: database.snapshot).run()) != nil else { continue }
      queries.append((text, Set(generator.scope.filter { $0.kind == .bag }.map(\.name))))
      _ = try database.query(text)
    }
    try database.query("MATCH (n) SET n.i = coalesce(n.i, 0) + 1, n:B REMOVE n:A")
    try database.query("CREATE (:A {i: 1, s: 'a'})-[:U]->(:C {k: 2})-[:T]->(:A:B)")
    try database.query("MATCH (n) WITH n LIMIT 1 DETACH DELETE n")
    for (text, unordered) in queries {
      guard let expected = try? QueryAnswer(NaiveEvaluator(text, on: database.snapshot).run()) else { continue }
      let kept = QueryAnswer(try database.query(text))
      #expect(
        kept.bag(unordered: unordered) == expected.bag(unordered: unordered),
        "seed \(seed)\n\(RandomGraph(database.snapshot))\n\(text)\nexpected \(expected)\nfound \(kept)")
    }
  }
}
