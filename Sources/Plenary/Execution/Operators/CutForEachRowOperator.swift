/// For each row of the argument, a part of the rows that come from it.
final class CutForEachRowOperator: Operator {
  /// Which rows go on: SKIP, or LIMIT.
  enum Part {
    case afterFirst
    /// When all rows of the argument have theirs, no more are made.
    case first
  }

  private let part: Part
  private let count: BoundExpression
  private let row: VariableID
  private let rowCount: Int
  private let input: Operator
  /// How many of the first rows are still to come from each row of the argument, and from how many of these any.
  private var left: [Int] = []
  private var openCount: Int?

  /// - Parameters:
  ///   - count: how many rows are the first.
  ///   - row: the column with the number of the argument row.
  ///   - rowCount: how many rows the argument has.
  init(
    _ part: Part, _ count: BoundExpression, row: VariableID, rowCount: Int, _ input: Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.part = part
    self.count = count
    self.row = row
    self.rowCount = rowCount
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    var openCount = try openCount ?? open()
    defer { self.openCount = openCount }
    while part == .afterFirst || openCount > 0, let batch = try input.next() {
      try context.checkStop()
      var kept: [Int32] = []
      for (place, number) in batch.rowNumbers(row).enumerated() {
        let isFirst = left[Int(number)] > 0
        if isFirst {
          left[Int(number)] -= 1
          if left[Int(number)] == 0 { openCount -= 1 }
        }
        if isFirst == (part == .first) { kept.append(Int32(truncatingIfNeeded: place)) }
      }
      if !kept.isEmpty { return batch.restricted(to: kept) }
    }
    return nil
  }

  /// Begins to count.
  private func open() throws -> Int {
    let wanted = try context.rowCount(count, of: part == .first ? "LIMIT" : "SKIP")
    left = Array(repeating: wanted, count: rowCount)
    return wanted > 0 ? rowCount : 0
  }
}
