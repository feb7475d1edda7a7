/// An operator that makes any number of rows of each of its input rows, a batch at a time.
class FlatMapOperator: Operator {
  let input: Operator
  /// The columns that an input row hands on to the rows made of it.
  let kept: [VariableID]
  /// The input rows at work.
  private var current: Batch?
  private var isFinished = false

  /// - Parameter introduced: the columns that are made here.
  init(_ input: Operator, introducing introduced: [VariableID], _ context: ExecutionContext, _ plan: Plan) {
    self.input = input
    kept = plan.live.filter { !introduced.contains($0) }
    super.init(context: context, plan: plan)
  }

  final override func next() throws -> Batch? {
    while !isFinished {
      try context.checkStop()
      if current == nil {
        guard let batch = try input.next() else { return nil }
        try start(batch)
        current = batch
      }
      if let batch = current, let rows = try nextRows(of: batch) { return rows }
      current = nil
    }
    return nil
  }

  /// Called with each batch of input rows before rows are made of it.
  func start(_ batch: Batch) throws {}

  /// The next rows, at least one, made of the batch started last; `nil` when it has no more.
  func nextRows(of batch: Batch) throws -> Batch? { nil }

  /// Has no more input rows asked for: none of them would make a row.
  final func finish() { isFinished = true }
}
