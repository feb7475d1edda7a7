import Synchronization

/// Takes in what one worker's operators make.
protocol PipelineSink: SendableMetatype {
  /// Takes in some rows.
  ///
  /// - Parameter morsel: the number of the morsel they come from; a worker's numbers only grow.
  mutating func add(_ batch: Batch, of morsel: Int) throws
}

/// A pipeline with its workers.
struct PipelineRun<Sink: PipelineSink> {
  let pipeline: Pipeline
  let context: ExecutionContext

  /// Runs the pipeline to its end.
  ///
  /// - Parameter makeSink: makes the sink of a worker, which has a context of its own.
  /// - Returns: the sinks of the workers that had something to do.
  /// - Throws: what a single thread would have thrown: the error of the first morsel that failed.
  func sinks(_ makeSink: (ExecutionContext) -> Sink) throws -> [Sink] {
    let pipeline = pipeline
    let source = MorselSource(pipeline.source, OperatorBuilder(context: context))
    let workers = (0..<pipeline.workers).map { _ in
      let own = context.forked()
      if !pipeline.isProfiled { own.profile = nil }
      return Worker(own, sink: makeSink(own))
    }
    let sides = sharedSides()
    WorkerPool.shared.run(workers: workers.count) { workers[$0].work(on: source, pipeline, sides) }
    if let failure = workers.compactMap(\.failure).min(by: { $0.morsel < $1.morsel }) { throw failure.error }
    for worker in workers { context.profile?.add(worker.context.profile, sharedBy: workers.count) }
    for side in sides.values where pipeline.isProfiled { context.profile?.add(side.profile, sharedBy: 1) }
    return workers.filter(\.hasWorked).map(\.sink)
  }

  /// The right sides of the joins, which are made once for all workers, by the place of the join.
  private func sharedSides() -> [Int: JoinSide] {
    var sides: [Int: JoinSide] = [:]
    for (index, stage) in pipeline.stages.enumerated() {
      guard let side = JoinSide(of: stage, context.forked(mayShareWork: true)) else { continue }
      sides[index] = side
    }
    return sides
  }

  /// One of those who share the work. Sendable because only the thread that does its part touches it, and before and
  /// after that the one who waits for all parts.
  private final class Worker: @unchecked Sendable {
    let context: ExecutionContext
    private(set) var sink: Sink
    private(set) var hasWorked = false
    private(set) var failure: (morsel: Int, error: any Error)?

    init(_ context: ExecutionContext, sink: Sink) {
      self.context = context
      self.sink = sink
    }

    func work(on source: MorselSource, _ pipeline: Pipeline, _ sides: [Int: JoinSide]) {
      // What fails before there is a morsel comes after all of them: the source itself.
      var current = Int.max
      do {
        guard var (number, morsel) = try source.take() else { return }
        hasWorked = true
        let (leaf, root) = OperatorBuilder(context: context).build(pipeline, sides)
        while true {
          current = number
          leaf.start(morsel)
          while let batch = try root.next() {
            try context.checkStop()
            if source.isObsolete(number) { return }
            try sink.add(batch, of: number)
          }
          current = .max
          guard let next = try source.take() else { return }
          (number, morsel) = next
        }
      } catch {
        failure = (current, error)
        source.noteFailure(of: min(current, .max - 1))
      }
    }
  }
}

extension OperatorBuilder {
  /// The stages of a pipeline for one worker, with the leaf that hands morsels to them.
  fileprivate func build(_ pipeline: Pipeline, _ sides: [Int: JoinSide]) -> (leaf: MorselOperator, root: Operator) {
    let leaf = MorselOperator(context: context, plan: Plan(.unit, estimatedRows: 1))
    var root: Operator = leaf
    for (index, stage) in pipeline.stages.enumerated() {
      root = build(stage, on: root, side: sides[index])
    }
    if let reducer = pipeline.reducer {
      switch reducer.kind {
      case .distinct(let columns): root = DistinctOperator(columns, root, context, reducer, isPart: true)
      case .topN(let items, let limit, let skip): root = TopNOperator(items, limit, skip, root, context, reducer)
      default: break
      }
    }
    return (leaf, root)
  }
}

extension Profile {
  /// Adds what one of some workers did at the same time.
  fileprivate mutating func add(_ other: Profile?, sharedBy workers: Int) {
    for (id, entry) in other?.entries ?? [:] {
      entries[id, default: Entry()].rows += entry.rows
      entries[id, default: Entry()].elapsed += entry.elapsed / workers
      entries[id, default: Entry()].memory += entry.memory
    }
  }
}
