/// The part of a plan that several threads can run at once: rows from one source, and stages that look at one batch at a
/// time and keep nothing of it.
///
/// The source is cut into morsels, which the workers take one after another. Each worker has operators of its own, so
/// that nothing but the source is shared. Which operators run this way is decided when they are built, for plans are kept
/// and know nothing of threads or of how large a scan turns out to be.
struct Pipeline {
  /// Where the rows come from.
  enum Source {
    /// A scan over ids, the first of the stages: a morsel is a range of them.
    case ids(count: Int, rangeSize: Int)
    /// Any other plan, which one thread at a time runs for the next batch: so many of its rows are a morsel.
    case batches(Plan, morselRows: Int)
  }

  let source: Source
  /// The operators that each worker has for itself, from the source on.
  let stages: [Plan]
  let workers: Int
  /// An operator above that each worker does for its own rows first, so that there are fewer: Distinct or TopN.
  var reducer: Plan?
  /// Whether PROFILE wants to know of its operators.
  var isProfiled = false

  /// Whether there is more to do than to go through ids, which is not worth handing rows from thread to thread.
  var isMoreThanScan: Bool {
    if case .ids = source { stages.count > 1 } else { true }
  }

  private static let fewestMorselRows = 16

  /// A plan as a pipeline; `nil` if it is none, or not worth more than one thread.
  ///
  /// - Parameters:
  ///   - consumer: the operator above, if its work is shared too.
  ///   - graph: the graph that the plan will run on.
  init?(_ plan: Plan, besides consumer: Plan? = nil, on graph: Graph, _ options: QueryOptions) {
    let threads = options.availableThreads
    guard threads > 1 else { return nil }
    var stages: [Plan] = []
    var place = plan
    while place.isStreaming {
      stages.append(place)
      place = place.inputs[0]
    }
    stages.reverse()
    let work = consumer?.steps ?? 0
    let effort = stages.dropFirst().reduce(work) { $0 + $1.estimatedWork }
    if let scan = stages.first, case .unit = place.kind, let (rows, ids) = scan.scannedRows(in: graph) {
      guard Double(rows) + effort >= Double(options.minimumParallelRows) else { return nil }
      // Enough morsels that no worker waits long for the last one, but none too small to be worth taking.
      let share = min(max(rows / (threads * 16), 64), options.largestMorsel)
      let batches = (share + options.batchSize - 1) / max(options.batchSize, 1)
      let rangeSize = share > options.batchSize ? batches * options.batchSize : share
      guard rows > rangeSize else { return nil }
      source = .ids(count: ids, rangeSize: rangeSize)
      workers = min(threads, (ids + rangeSize - 1) / rangeSize)
    } else {
      // The source ends where there are rows enough to share.
      let fewest = Double(options.minimumParallelRows) / 16
      while place.estimatedRows <= max(fewest, 1), !stages.isEmpty { place = stages.removeFirst() }
      let effort = stages.reduce(work) { $0 + $1.estimatedWork }
      guard !stages.isEmpty, effort >= Double(options.minimumParallelRows) else { return nil }
      // Rows that many come of are taken up a few at a time: most may come of the few in one batch.
      let most = stages.reduce(place.estimatedRows) { max($0, $1.estimatedWork) }
      let fanOut = max(1, most / max(1, place.estimatedRows))
      source = .batches(place, morselRows: max(Pipeline.fewestMorselRows, Int(Double(options.batchSize) / fanOut)))
      workers = threads
    }
    self.stages = stages
  }
}

extension Plan {
  /// Whether the operator makes of each batch of its first input what it makes of it, whatever came before, and goes on
  /// with the next one after its input has ended.
  fileprivate var isStreaming: Bool {
    switch kind {
    case .nodeScan, .indexSeek, .expand, .variableLengthExpand, .relationshipEnds, .shortestPath, .degreeTest,
      .relationshipScan, .filter, .project, .unwind, .cartesianProduct, .hashJoin, .apply, .optionalApply, .semiApply:
      true
    case .countMatches(let pattern): !pattern.isTotal
    default: false
    }
  }

  /// How many rows a scan of the whole graph makes, and how many ids it goes through; `nil` for anything else.
  fileprivate func scannedRows(in graph: Graph) -> (rows: Int, ids: Int)? {
    switch kind {
    case .nodeScan(_, nil): return (graph.nodeCount, graph.nodeCapacity)
    case .nodeScan(_, let label?):
      return (graph.labelToken(label).map { graph.count(of: $0) } ?? 0, graph.nodeCapacity)
    case .relationshipScan(let step, _, _):
      // Several types are gone through one after the other, so that a range of ids has not the rows of one place.
      guard step.types.map({ $0.count == 1 }) ?? true else { return nil }
      let count = step.types?.first.map { graph.typeToken($0).map { graph.count(of: $0) } ?? 0 }
      return (count ?? graph.relationshipCount, graph.relationshipCapacity)
    default: return nil
    }
  }
}

extension QueryOptions {
  /// How many threads the query may use.
  var availableThreads: Int { max(1, threadCount ?? ProcessorCount.available) }
}
