/// The rows of every input, one input after the other, their columns under common names.
final class UnionOperator: Operator {
  private let columns: [VariableID]
  private var sides: [(input: Operator, columns: [VariableID])]

  init(
    _ columns: [VariableID], _ sources: [[VariableID]], _ inputs: [Operator], _ context: ExecutionContext, _ plan: Plan
  ) {
    self.columns = columns
    sides = zip(inputs, sources).map { ($0, $1) }.reversed()
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while let (input, sources) = sides.last {
      guard let batch = try input.next() else {
        sides.removeLast()
        continue
      }
      var result = batch
      for (column, source) in zip(columns, sources) { result[column] = batch[source] }
      return result
    }
    return nil
  }
}
