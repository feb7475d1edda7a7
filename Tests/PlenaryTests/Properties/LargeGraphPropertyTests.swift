import Foundation
import TestResources
import Testing

@testable import Plenary

/// Queries of a graph of thousands of nodes have one answer, however the graph lies in memory and however they are run.
///
/// The definitions would take too long; what is compared with is the way that knows no columns, no plan and no batches.
@Suite struct LargeGraphPropertyTests {
  /// More rounds than usual: `PLENARY_PROPERTY_ROUNDS=5000 swift test --filter Property`, best in a release build.
  static let seeds =
    ReadingPropertyTests.firstSeed..<ReadingPropertyTests.firstSeed + max(1, ReadingPropertyTests.rounds / 20)
  static let queriesPerGraph = 10

  /// The ways to run a query that must make no difference.
  enum Way: CaseIterable {
    case plain, rowByRow, sevenRows, hundredRows, threeThreads, threeThreadsInSmallBatches, unoptimized
    case unoptimizedThreads

    var options: QueryOptions {
      var options = QueryOptions()
      options.threadCount = 1
      switch self {
      case .plain: break
      case .rowByRow: options.batchSize = 1
      case .sevenRows: options.batchSize = 7
      case .hundredRows: options.batchSize = 100
      case .threeThreads: options.share(among: 3, morsels: 1024)
      case .threeThreadsInSmallBatches:
        options.share(among: 3, morsels: 100)
        options.batchSize = 300
      case .unoptimized: options.usesOptimizer = false
      case .unoptimizedThreads:
        options.usesOptimizer = false
        options.share(among: 3, morsels: 500)
      }
      return options
    }
  }

  /// All there is, so that what differs in the graphs themselves is seen first.
  static let everything = [
    "MATCH (n) RETURN n.i AS k0, labels(n) AS k1, properties(n) AS k2",
    "MATCH (n)-[r]->(m) RETURN n.i AS k0, type(r) AS k1, m.i AS k2, properties(r) AS k3",
  ].map { LargeGraphQueries.Query(text: $0, parameters: [:]) }

  @Test(arguments: seeds) func answersDependOnNothingElse(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let size = 2100 + random.below(500)
    let large = LargeGraph(nodes: size, relationships: size * 2, using: &random)
    let graphs = try large.make(isBuilt: random.chance(50))
    let reference = try #require(graphs[.changes])
    var generator = LargeGraphQueries(nodes: size, using: random)
    for query in Self.everything + (0..<Self.queriesPerGraph).map({ _ in generator.next() }) {
      let expected = LargeGraphAnswer(to: query, on: reference, Way.unoptimized.options)
      // What matters most, and some of the others.
      var ways: [(Way, LargeGraph.Layout)] = [(.plain, .base), (.threeThreads, .baseAndChanges)]
      for _ in 0..<2 {
        let layouts = LargeGraph.Layout.allCases
        ways.append((Way.allCases[random.below(Way.allCases.count)], layouts[random.below(layouts.count)]))
      }
      for (way, layout) in ways {
        guard let graph = graphs[layout] else { continue }
        let found = LargeGraphAnswer(to: query, on: graph, way.options)
        guard let difference = found.difference(from: expected, query) else { continue }
        Issue.record(
          """
          seed \(seed), \(way), \(layout)
          \(query)
          \(difference)
          written: \(large.statements)
          """)
        break
      }
    }
  }
}
