/// One row for each row of the argument, with what is computed over the rows that come from it: of none where none do.
final class AggregateForEachRowOperator: MaterializingOperator {
  private let aggregation: BoundAggregation
  private let row: VariableID
  private let rowCount: Int
  private let input: Operator

  /// - Parameters:
  ///   - row: the column with the number of the argument row.
  ///   - rowCount: how many rows the argument has.
  init(
    _ aggregation: BoundAggregation, row: VariableID, rowCount: Int, _ input: Operator, _ context: ExecutionContext,
    _ plan: Plan
  ) {
    self.aggregation = aggregation
    self.row = row
    self.rowCount = rowCount
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func makeRows() throws -> Batch {
    var byRow = aggregation
    let number = BoundExpression(.variable(row), at: .init(at: 0), type: .integer)
    byRow.keys = [BoundAssignment(variable: row, expression: number)]
    let groups = Aggregation(byRow, context, memory, distinctKey: nil, distinctNode: nil)
    while let batch = try input.next() {
      try context.checkStop()
      try groups.add(batch, of: 0)
    }
    let found = try groups.finish()
    // What the aggregates make of nothing stands after what was found.
    let nothing = try Aggregation(aggregation, context, memory, distinctKey: nil, distinctNode: nil).finish()
    var places = Array(repeating: Int32(truncatingIfNeeded: found.count), count: rowCount)
    for (place, number) in found.rowNumbers(row).enumerated() { places[Int(number)] = Int32(truncatingIfNeeded: place) }
    var result = Batch(variableCount: context.variableCount, count: rowCount)
    result[row] = .integers(NullableArray((0..<Int64(rowCount)).map { $0 }))
    for (variable, _) in aggregation.aggregates {
      result[variable] = Vector(joining: [found[variable], nothing[variable]]).gathered(places)
    }
    return result
  }
}
