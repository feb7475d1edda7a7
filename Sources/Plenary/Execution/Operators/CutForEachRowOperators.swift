/// For each row of the argument, the rows that come from it without the first ones.
final class SkipForEachRowOperator: Operator {
  private let count: BoundExpression
  private let row: VariableID
  private let rowCount: Int
  private let input: Operator
  /// How many rows each row of the argument still passes over.
  private var left: [Int]?

  /// - Parameters:
  ///   - row: the column with the number of the argument row.
  ///   - rowCount: how many rows the argument has.
  init(
    _ count: BoundExpression, row: VariableID, rowCount: Int, _ input: Operator, _ context: ExecutionContext,
    _ plan: Plan
  ) {
    self.count = count
    self.row = row
    self.rowCount = rowCount
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    var left = try left ?? Array(repeating: context.rowCount(count, of: "SKIP"), count: rowCount)
    defer { self.left = left }
    while let batch = try input.next() {
      var kept: [Int32] = []
      for (place, number) in batch.rowNumbers(row).enumerated() {
        if left[Int(number)] > 0 {
          left[Int(number)] -= 1
        } else {
          kept.append(Int32(truncatingIfNeeded: place))
        }
      }
      if !kept.isEmpty { return batch.restricted(to: kept) }
    }
    return nil
  }
}

/// For each row of the argument, the first rows that come from it; when all have theirs, no more are made.
final class LimitForEachRowOperator: Operator {
  private let count: BoundExpression
  private let row: VariableID
  private let rowCount: Int
  private let input: Operator
  /// How many more rows each row of the argument gets, and how many of these get any.
  private var left: [Int]?
  private var openCount = 0

  /// - Parameters:
  ///   - row: the column with the number of the argument row.
  ///   - rowCount: how many rows the argument has.
  init(
    _ count: BoundExpression, row: VariableID, rowCount: Int, _ input: Operator, _ context: ExecutionContext,
    _ plan: Plan
  ) {
    self.count = count
    self.row = row
    self.rowCount = rowCount
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if left == nil {
      let wanted = try context.rowCount(count, of: "LIMIT")
      left = Array(repeating: wanted, count: rowCount)
      openCount = wanted > 0 ? rowCount : 0
    }
    guard var left else { return nil }
    self.left = []
    defer { self.left = left }
    while openCount > 0, let batch = try input.next() {
      var kept: [Int32] = []
      for (place, number) in batch.rowNumbers(row).enumerated() where left[Int(number)] > 0 {
        left[Int(number)] -= 1
        if left[Int(number)] == 0 { openCount -= 1 }
        kept.append(Int32(truncatingIfNeeded: place))
      }
      if !kept.isEmpty { return batch.restricted(to: kept) }
    }
    return nil
  }
}
