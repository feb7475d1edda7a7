import TestResources
import Testing

@testable import Plenary

/// Random writes leave a graph as the definitions say, however they are run.
@Suite struct WritingPropertyTests {
  static let writesPerGraph = 12

  /// What a write did, or why it did not.
  struct Effect {
    var graph: Graph
    var outcome: Result<QueryResult, QueryError>

    init(of query: String, on graph: Graph, _ way: ReadingPropertyTests.Way) {
      self.graph = graph
      if way == .folded { self.graph.fold() }
      do throws(QueryError) {
        outcome = .success(try self.graph.execute(query, options: way.options))
      } catch {
        outcome = .failure(error)
      }
    }
  }

  /// How the effect or the rows of a write differ from the definitions; `nil` when they do not.
  static func difference(_ query: String, on graph: Graph) throws -> String? {
    let evaluator = NaiveEvaluator(query, on: graph)
    var expected: QueryAnswer?
    do { expected = QueryAnswer(try evaluator.run()) } catch is QueryError {}
    for way in ReadingPropertyTests.Way.allCases where way != .indexed {
      let effect = Effect(of: query, on: graph, way)
      let problems = effect.graph.checkInvariants()
      if !problems.isEmpty { return "\(way): \(problems)" }
      switch (effect.outcome, expected) {
      case (.success(let result), let expected?):
        let difference = difference(result, effect.graph, from: expected, evaluator.graph, before: graph)
        if let difference { return "\(way): \(difference)" }
      case (.failure(let error), nil):
        if GraphSignature(effect.graph) != GraphSignature(graph) { return "\(way): \(error), and changed the graph" }
      case (.failure(let error), _?): return "\(way): \(error)"
      // The engine need not have come to the row for which the definitions fail.
      case (.success, nil): break
      }
    }
    return nil
  }

  private static func difference(
    _ result: QueryResult, _ written: Graph, from answer: QueryAnswer, _ expected: Graph, before: Graph
  ) -> String? {
    let signature = GraphSignature(expected)
    if GraphSignature(written) != signature {
      return "expected \(RandomGraph(expected))\nfound \(RandomGraph(written))"
    }
    let counters = result.summary.counters
    if counters.nodesCreated - counters.nodesDeleted != written.nodeCount - before.nodeCount
      || counters.relationshipsCreated - counters.relationshipsDeleted
        != written.relationshipCount - before.relationshipCount
    {
      return "counted \(counters)"
    }
    let found = QueryAnswer(result)
    if found.bag(unordered: nil) != answer.bag(unordered: nil) { return "expected \(answer)\nfound \(found)" }
    var folded = written
    folded.fold()
    return GraphSignature(folded) == signature ? nil : "folding changed the graph to \(RandomGraph(folded))"
  }

  @Test(arguments: ReadingPropertyTests.seeds)
  func writesDoWhatTheDefinitionsSay(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    var graph = try RandomGraph(using: &random).make()
    var generator = QueryGenerator(random: random)
    for _ in 0..<Self.writesPerGraph {
      let query = generator.writingQuery()
      do {
        if let difference = try Self.difference(query, on: graph) {
          report(difference, query, on: graph, seed: seed)
          return
        }
      } catch is NaiveWorkLimit { continue }
      // The next query works on what this one left, unless that grows too large.
      var next = graph
      _ = try? next.execute(query)
      if next.nodeCount <= 12, next.relationshipCount <= 24 { graph = next }
    }
  }

  private func report(_ difference: String, _ query: String, on graph: Graph, seed: Int) {
    var shrinker = QueryShrinker { graph, query in
      (try? Engine.prepare(query, [:], on: Graph(), procedures: .builtIn, QueryOptions())) != nil
        && (try? Self.difference(query, on: graph.make())) != nil
    }
    let small = shrinker.shrink(RandomGraph(graph), query)
    let shown = (try? Self.difference(small.query, on: small.graph.make())) ?? difference
    Issue.record("seed \(seed)\n\(small.graph)\n\(small.query)\n\(shown)\nmade from: \(query)")
  }
}
