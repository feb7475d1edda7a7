import Synchronization

/// What one worker takes up at once.
enum Morsel: Sendable {
  /// The ids that a scan goes through.
  case ids(Range<UInt32>)
  /// Rows.
  case rows(Batch)
}

/// Hands out the morsels of a pipeline, each to one worker, in order.
final class MorselSource: Sendable {
  private enum Kind {
    case ids(count: Int, rangeSize: Int)
    case batches(SharedOperator)
  }

  private let kind: Kind
  /// The number of the next morsel.
  private let next = Atomic(0)
  /// The number of the first morsel that failed so far; nothing that comes after it is worth doing.
  private let failed = Atomic(Int.max)

  init(_ source: Pipeline.Source, _ builder: OperatorBuilder) {
    switch source {
    case .ids(let count, let rangeSize): kind = .ids(count: count, rangeSize: rangeSize)
    case .batches(let plan, let rows):
      kind = .batches(SharedOperator(builder.build(plan), keeping: plan.live, morselRows: rows))
    }
  }

  /// The next morsel and its number; `nil` when there is none, or when one failed.
  func take() throws -> (number: Int, morsel: Morsel)? {
    guard failed.load(ordering: .relaxed) == .max else { return nil }
    switch kind {
    case .ids(let count, let rangeSize):
      let number = next.add(1, ordering: .relaxed).oldValue
      let (start, overflows) = number.multipliedReportingOverflow(by: rangeSize)
      guard !overflows, start < count else { return nil }
      return (number, .ids(UInt32(start)..<UInt32(min(start + rangeSize, count))))
    case .batches(let shared):
      return try shared.take().map { ($0.number, .rows($0.batch)) }
    }
  }

  /// Whether a morsel need not be finished, because an earlier one has failed.
  func isObsolete(_ number: Int) -> Bool { failed.load(ordering: .relaxed) < number }

  func noteFailure(of number: Int) {
    failed.min(number, ordering: .relaxed)
  }

  /// An operator that any worker may ask for its next batch, one at a time.
  private final class SharedOperator: @unchecked Sendable {
    // Sendable because the operator, with all it refers to, is touched only by who holds the mutex.
    private let mutex = Mutex(())
    private let inner: Operator
    private let kept: [VariableID]
    private let morselRows: Int
    /// What is left of the batch before.
    private var pending: BatchSlicer?
    private var count = 0
    private var hasEnded = false

    init(_ inner: Operator, keeping kept: [VariableID], morselRows: Int) {
      self.inner = inner
      self.kept = kept
      self.morselRows = morselRows
    }

    func take() throws -> (number: Int, batch: Batch)? {
      let result = mutex.withLock { _ in
        Result<(number: Int, batch: Batch)?, any Error> {
          guard !hasEnded else { return nil }
          hasEnded = true
          guard let batch = try nextPart() else { return nil }
          hasEnded = false
          count += 1
          return (count - 1, batch)
        }
      }
      return try result.get()
    }

    private func nextPart() throws -> Batch? {
      if let part = pending?.next(morselRows) { return part }
      guard let batch = try inner.next() else { return nil }
      guard batch.count > morselRows else { return batch }
      pending = BatchSlicer(batch, keeping: kept)
      return pending?.next(morselRows)
    }
  }
}

/// The leaf of a worker's operators: gives out one morsel, and the next one when it is handed over.
final class MorselOperator: Operator {
  private var batch: Batch?
  /// The ids that the scan above is to go through.
  private(set) var ids: Range<UInt32>?

  func start(_ morsel: Morsel) {
    switch morsel {
    case .ids(let range):
      ids = range
      batch = Batch(variableCount: context.variableCount, count: 1)
    case .rows(let rows): batch = rows
    }
  }

  override func next() throws -> Batch? {
    defer { batch = nil }
    return batch
  }
}
