import Synchronization

/// The rows of a pipeline in the order in which a single thread would make them.
final class GatherOperator: Operator {
  private let pipeline: Pipeline
  /// The most rows that may be asked for; `nil` is no limit.
  private let rowLimit: Int?
  private var batches: [Batch]?

  init(_ pipeline: Pipeline, rowLimit: Int?, _ context: ExecutionContext, _ plan: Plan) {
    self.pipeline = pipeline
    self.rowLimit = rowLimit
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if batches == nil { batches = try gathered().reversed() }
    return batches?.popLast()
  }

  private func gathered() throws -> [Batch] {
    let rows = RowCounter(limit: rowLimit)
    let columns = live
    let sinks = try PipelineRun<Gathering>(pipeline: pipeline, context: context).sinks {
      Gathering(rows: rows, columns: columns, memory: MemoryAccount($0.memory))
    }
    // Each worker's morsels are in order, and no two workers have rows of the same one.
    return sinks.flatMap(\.morsels).sorted { $0.number < $1.number }.flatMap(\.batches)
  }

  private struct Gathering: PipelineSink {
    private let rows: RowCounter
    private let columns: [VariableID]
    /// Counted while workers pile them up: whoever takes the rows from here counts them then.
    private let memory: MemoryAccount
    private(set) var morsels: [(number: Int, batches: [Batch])] = []

    init(rows: RowCounter, columns: [VariableID], memory: MemoryAccount) {
      self.rows = rows
      self.columns = columns
      self.memory = memory
    }

    mutating func add(_ batch: Batch, of morsel: Int) throws {
      try rows.add(batch.count)
      try memory.add(batch, keeping: columns)
      if morsels.last?.number == morsel {
        morsels[morsels.count - 1].batches.append(batch)
      } else {
        morsels.append((morsel, [batch]))
      }
    }
  }

  /// Counts what all workers have made, so that none goes on when it is too much already.
  private final class RowCounter: Sendable {
    private let count = Atomic(0)
    private let limit: Int

    init(limit: Int?) { self.limit = limit ?? .max }

    func add(_ rows: Int) throws(QueryError) {
      guard count.add(rows, ordering: .relaxed).newValue <= limit else { throw .tooManyRows(limit) }
    }
  }
}
