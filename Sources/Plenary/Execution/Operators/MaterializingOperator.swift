/// An operator that makes all of its rows before it gives out the first.
class MaterializingOperator: Operator {
  /// What is still to be given out; `nil` until the rows are made.
  private var rows: BatchSlicer?

  override func next() throws -> Batch? {
    if rows == nil { rows = BatchSlicer(try makeRows(), keeping: live) }
    return rows?.next(context.batchSize)
  }

  /// All rows, of which there may be none. Called once, or again after `startAgain()`.
  func makeRows() throws -> Batch { Batch(variableCount: context.variableCount, count: 0) }

  /// Has the rows made anew when the next one is asked for.
  final func startAgain() { rows = nil }
}
