/// An operator that changes the graph.
///
/// It takes in all its input before it writes, so that no clause before it sees what it does (openCypher 9, clause
/// visibility), and gives its rows out afterwards.
class WriteOperator: MaterializingOperator {
  let input: Operator

  init(_ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.input = input
    super.init(context: context, plan: plan)
  }

  final override func makeRows() throws -> Batch {
    let rows = try input.drain(keeping: input.live, in: memory)
    return rows.count > 0 ? try write(rows) : rows
  }

  /// Does the work for all rows and gives the rows that go on.
  func write(_ rows: Batch) throws -> Batch { rows }
}
