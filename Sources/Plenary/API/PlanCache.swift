import Synchronization

/// Plans by query text, so that a query asked again goes straight to its operators.
///
/// A plan stays right when the graph changes, only its order of work may no longer be the best; so plans are dropped
/// when the graph has grown or shrunk by half since, its indexes have changed, or it has a name that a warning says
/// it has not.
final class PlanCache: Sendable {
  private struct Key: Hashable {
    var text: ExactText
    var parameterNames: Set<ExactText>
    var procedures: Int
    var isReadOnly: Bool
    var usesOptimizer: Bool
  }

  private struct Entry {
    var statement: PreparedStatement
    var nodeCount: Int
    var relationshipCount: Int
    var indexes: [IndexDescription]

    func fits(_ graph: Graph) -> Bool {
      func isNear(_ old: Int, _ new: Int) -> Bool { new <= old + old / 2 + 16 && old <= new + new / 2 + 16 }
      return isNear(nodeCount, graph.nodeCount) && isNear(relationshipCount, graph.relationshipCount)
        && indexes == graph.indexes && statement.unknownNames.allSatisfy { $0.isUnknown(in: graph) }
    }
  }

  /// How many plans are kept; texts beyond that start over. Generated texts with inlined values must not fill memory.
  static let capacity = 512

  private let entries = Mutex<[Key: Entry]>([:])
  private let missCount = Atomic<Int>(0)

  /// How often a plan had to be made.
  var misses: Int { missCount.load(ordering: .relaxed) }

  /// The plan of a text, made anew if it must be.
  ///
  /// - Throws: `QueryError` of the text.
  func statement(
    _ text: String, _ parameters: MapValue, on graph: Graph, procedures: ProcedureRegistry,
    _ options: QueryOptions
  ) throws(QueryError) -> PreparedStatement {
    let key = Key(
      text: ExactText(text), parameterNames: Set(parameters.keys.map { ExactText($0) }),
      procedures: procedures.version, isReadOnly: options.isReadOnly, usesOptimizer: options.usesOptimizer)
    if let entry = entries.withLock({ $0[key] }), entry.fits(graph) { return entry.statement }
    missCount.wrappingAdd(1, ordering: .relaxed)
    let statement = try Engine.prepare(text, parameters, on: graph, procedures: procedures, options)
    let entry = Entry(
      statement: statement, nodeCount: graph.nodeCount, relationshipCount: graph.relationshipCount,
      indexes: graph.indexes)
    entries.withLock { entries in
      if entries.count >= PlanCache.capacity { entries.removeAll() }
      entries[key] = entry
    }
    return statement
  }

  func removeAll() { entries.withLock { $0.removeAll() } }
}
