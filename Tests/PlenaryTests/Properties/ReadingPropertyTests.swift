import Foundation
import PlenarySyntax
import TestResources
import Testing

@testable import Plenary

/// Random queries on random graphs have one answer, however they are run: that of the definitions.
@Suite struct ReadingPropertyTests {
  /// More rounds than usual: `PLENARY_PROPERTY_ROUNDS=5000 swift test --filter Property`.
  static let rounds = ProcessInfo.processInfo.environment["PLENARY_PROPERTY_ROUNDS"].flatMap(Int.init) ?? 40
  static let firstSeed = ProcessInfo.processInfo.environment["PLENARY_PROPERTY_SEED"].flatMap(Int.init) ?? 0
  /// What to make a random graph and queries from, one after the other.
  static let seeds = firstSeed..<firstSeed + rounds
  static let queriesPerGraph = 20

  /// The ways to run a query that must make no difference.
  enum Way: CaseIterable {
    case optimized, unoptimized, rowByRow, sevenRows, folded, indexed, twoThreads, sevenThreads, threadsRowByRow

    var options: QueryOptions {
      var options = QueryOptions()
      switch self {
      case .unoptimized: options.usesOptimizer = false
      case .rowByRow: options.batchSize = 1
      case .sevenRows: options.batchSize = 7
      case .twoThreads: options.share(among: 2, morsels: 3)
      case .sevenThreads:
        options.share(among: 7, morsels: 1)
        options.batchSize = 7
      case .threadsRowByRow:
        options.share(among: 2, morsels: 2)
        options.batchSize = 1
      case .optimized, .folded, .indexed: break
      }
      return options
    }

    func answer(_ query: String, on graph: Graph) throws -> QueryAnswer {
      var graph = graph
      if self == .folded { graph.fold() }
      if self == .indexed {
        try graph.execute("CREATE INDEX FOR (n:A) ON (n.i)")
        try graph.execute("CREATE INDEX FOR (n:B) ON (n.s)")
      }
      return QueryAnswer(try graph.query(query, options: options))
    }
  }

  /// How an answer differs from that of the definitions; `nil` when it does not.
  static func difference(
    _ query: String, on graph: RandomGraph, unordered: Set<String>?
  ) throws -> (way: Way, expected: String, found: String)? {
    let graph = try graph.make()
    let evaluator = NaiveEvaluator(query, on: graph)
    let expected: QueryAnswer
    do {
      expected = QueryAnswer(try evaluator.run())
    } catch is QueryError {
      // It fails for some row; whether the engine gets to see that row is left open.
      return nil
    }
    let sortColumns = evaluator.tree.sortColumns
    for way in Way.allCases {
      let found: QueryAnswer
      do {
        found = try way.answer(query, on: graph)
      } catch {
        return (way, "\(expected)", "\(error)")
      }
      if found.columns != expected.columns
        || found.bag(unordered: unordered) != expected.bag(unordered: unordered)
        || found.sequence(of: sortColumns) != expected.sequence(of: sortColumns)
      {
        return (way, "\(expected)", "\(found)")
      }
    }
    return nil
  }

  /// Records an issue if a query has an answer that is not that of the definitions, some way or other.
  static func checkAnswer(to query: String, on graph: RandomGraph, seed: Int) throws {
    do {
      guard let (way, expected, found) = try difference(query, on: graph, unordered: []) else { return }
      Issue.record("seed \(seed), \(way)\n\(graph)\n\(query)\nexpected \(expected)\nfound \(found)")
    } catch is NaiveWorkLimit {
      // Too much to list for who plans nothing.
    }
  }

  @Test(arguments: seeds) func answersAreThoseOfTheDefinitions(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = RandomGraph(using: &random)
    var generator = QueryGenerator(random: random)
    for _ in 0..<Self.queriesPerGraph {
      let query = generator.readingQuery()
      let unordered = Set(generator.scope.filter { $0.kind == .bag }.map(\.name))
      do {
        guard try Self.difference(query, on: graph, unordered: unordered) != nil else { continue }
      } catch is NaiveWorkLimit { continue }
      var shrinker = QueryShrinker { graph, query in
        (try? Engine.prepare(query, [:], on: Graph(), procedures: .builtIn, QueryOptions())) != nil
          && (try? Self.difference(query, on: graph, unordered: nil)) != nil
      }
      let small = shrinker.shrink(graph, query)
      let shown =
        try Self.difference(small.query, on: small.graph, unordered: nil)
        ?? Self.difference(query, on: graph, unordered: unordered)
      Issue.record(
        """
        seed \(seed), \(shown.map { "\($0.way)" } ?? "")
        \(small.graph)
        \(small.query)
        expected \(shown?.expected ?? "")
        found \(shown?.found ?? "")
        made from: \(query)
        """)
    }
  }
}

extension QueryOptions {
  /// Lets threads share even the least work, in morsels of so many ids.
  mutating func share(among threads: Int, morsels: Int) {
    threadCount = threads
    minimumParallelRows = 0
    largestMorsel = morsels
  }
}
