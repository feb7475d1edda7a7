/// An operator that changes the graph.
///
/// It takes in all its input before it writes, so that no clause before it sees what it does (openCypher 9, clause
/// visibility), and gives its rows out afterwards.
class WriteOperator: Operator {
  let input: Operator
  private var pending: BatchSlicer?
  private var isDone = false

  init(_ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.input = input
    super.init(context: context, plan: plan)
  }

  final override func next() throws -> Batch? {
    if !isDone {
      isDone = true
      let rows = try input.drain(keeping: input.live, in: memory)
      pending = BatchSlicer(rows.count > 0 ? try write(rows) : rows, keeping: live)
    }
    return pending?.next(context.batchSize)
  }

  /// Does the work for all rows and gives the rows that go on.
  func write(_ rows: Batch) throws -> Batch { rows }
}
