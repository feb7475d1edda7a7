/// The rows after the first ones.
final class SkipOperator: Operator {
  private let count: BoundExpression
  private let input: Operator
  private var remaining: Int?

  init(_ count: BoundExpression, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.count = count
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    var left = try remaining ?? context.rowCount(count, of: "SKIP")
    while let batch = try input.next() {
      if batch.count <= left {
        left -= batch.count
        continue
      }
      remaining = 0
      return left == 0 ? batch : batch.restricted(to: (Int32(left)..<Int32(batch.count)).map { $0 })
    }
    remaining = left
    return nil
  }
}

/// The first rows; what makes them is not asked for more.
final class LimitOperator: Operator {
  private let count: BoundExpression
  private var input: Operator?
  private let inputWrites: Bool
  private var remaining: Int?

  init(_ count: BoundExpression, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.count = count
    self.input = input
    inputWrites = plan.inputs.contains(where: \.writes)
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    let left = try remaining ?? context.rowCount(count, of: "LIMIT")
    remaining = left
    guard left > 0, let batch = try input?.next() else {
      try finish()
      return nil
    }
    remaining = left - min(left, batch.count)
    return batch.count <= left ? batch : batch.restricted(to: (0..<Int32(left)).map { $0 })
  }

  /// What writes below does all of its work, however few rows are wanted.
  private func finish() throws {
    guard let input else { return }
    self.input = nil
    guard inputWrites else { return }
    while try input.next() != nil { try context.checkStop() }
  }
}

extension ExecutionContext {
  /// The operand of SKIP or LIMIT.
  ///
  /// - Throws: `invalidArgumentType`, `negativeIntegerArgument`.
  func rowCount(_ expression: BoundExpression, of keyword: String) throws -> Int {
    let value = try evaluate(expression, Batch(variableCount: variableCount, count: 1))[0]
    guard case .integer(let count) = value else {
      throw QueryError(
        .invalidArgumentTypeInText, "\(value.valueType.phrase) after \(keyword), expected an integer",
        at: expression.range)
    }
    guard count >= 0 else {
      throw QueryError(
        .negativeIntegerArgument, "\(keyword) \(count), expected zero or more", at: expression.range)
    }
    return Int(count)
  }

  /// How many of the first rows must be known: those that LIMIT lets through and those that SKIP leaves out before them.
  ///
  /// - Throws: `invalidArgumentType`, `negativeIntegerArgument`.
  func rowCount(limit: BoundExpression, skip: BoundExpression?) throws -> Int {
    let skipped = try skip.map { try rowCount($0, of: "SKIP") } ?? 0
    let (sum, overflows) = try rowCount(limit, of: "LIMIT").addingReportingOverflow(skipped)
    return overflows ? .max : sum
  }
}
