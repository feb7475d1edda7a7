import Synchronization

/// Plans by query text, so that a query asked again goes straight to its operators.
///
/// A plan stays right when the graph changes, only its order of work may no longer be the best; so plans are dropped
/// when the graph has grown or shrunk by half since, its indexes have changed, or it has a name that a warning says
/// it has not.
final class PlanCache: Sendable {
  /// A plan, with everything besides the text that it was made for.
  private final class Entry: Sendable {
    let statement: PreparedStatement
    private let parameterNames: [String]
    private let procedures: Int
    private let isReadOnly: Bool
    private let usesOptimizer: Bool
    private let nodeCount: Int
    private let relationshipCount: Int
    private let indexes: [IndexDescription]

    init(
      _ statement: PreparedStatement, _ parameters: MapValue, on graph: Graph, procedures: Int, _ options: QueryOptions
    ) {
      self.statement = statement
      parameterNames = parameters.keys
      self.procedures = procedures
      isReadOnly = options.isReadOnly
      usesOptimizer = options.usesOptimizer
      nodeCount = graph.nodeCount
      relationshipCount = graph.relationshipCount
      indexes = graph.indexes
    }

    /// Whether it was asked for in the same way. The order of parameters matters, which a program does not change.
    func answers(_ parameters: MapValue, procedures: Int, _ options: QueryOptions) -> Bool {
      procedures == self.procedures && options.isReadOnly == isReadOnly && options.usesOptimizer == usesOptimizer
        && parameters.hasKeys(parameterNames)
    }

    func fits(_ graph: Graph) -> Bool {
      func isNear(_ old: Int, _ new: Int) -> Bool { new <= old + old / 2 + 16 && old <= new + new / 2 + 16 }
      return isNear(nodeCount, graph.nodeCount) && isNear(relationshipCount, graph.relationshipCount)
        && graph.hasIndexes(indexes) && statement.unknownNames.allSatisfy { $0.isUnknown(in: graph) }
    }
  }

  /// How many texts are kept with their plans; texts beyond that start over. Generated texts with inlined values must
  /// not fill memory.
  static let capacity = 512
  /// How many plans are kept of one text.
  private static let capacityOfText = 8

  private let entries = Mutex<[ExactText: [Entry]]>([:])
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
    let key = ExactText(text)
    let version = procedures.version
    func isWanted(_ entry: Entry) -> Bool { entry.answers(parameters, procedures: version, options) }
    if let entry = entries.withLock({ $0[key]?.first(where: isWanted) }), entry.fits(graph) { return entry.statement }
    missCount.wrappingAdd(1, ordering: .relaxed)
    let statement = try Engine.prepare(text, parameters, on: graph, procedures: procedures, options)
    let entry = Entry(statement, parameters, on: graph, procedures: version, options)
    entries.withLock { entries in
      var others = entries[key, default: []].filter { !isWanted($0) }
      if others.count >= PlanCache.capacityOfText { others = [] }
      if entries.count >= PlanCache.capacity { entries.removeAll() }
      entries[key] = others + [entry]
    }
    return statement
  }

  func removeAll() { entries.withLock { $0.removeAll() } }
}
