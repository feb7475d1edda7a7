/// The rows for which every condition is true.
final class FilterOperator: Operator {
  private let conditions: [BoundExpression]
  private let input: Operator

  init(_ conditions: [BoundExpression], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.conditions = conditions
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while var batch = try input.next() {
      try context.checkStop()
      for condition in conditions where batch.count > 0 {
        let truths = try context.evaluateCondition(condition, batch)
        let rows = truths.positionsOfTrue
        if rows.count < batch.count { batch = batch.restricted(to: rows) }
      }
      if batch.count > 0 { return batch }
    }
    return nil
  }
}

extension Array where Element == Ternary {
  /// The positions that are true, in order. Writes without branching: O(n).
  var positionsOfTrue: [Int32] {
    withUnsafeBufferPointer { truths in
      [Int32](unsafeUninitializedCapacity: truths.count) { target, initialized in
        var count = 0
        for row in 0..<truths.count {
          target[count] = Int32(truncatingIfNeeded: row)
          count &+= truths[row] == .true ? 1 : 0
        }
        initialized = count
      }
    }
  }
}

/// The rows with further columns.
final class ProjectOperator: Operator {
  private let assignments: [BoundAssignment]
  private let input: Operator

  init(_ assignments: [BoundAssignment], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.assignments = assignments
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    guard var batch = try input.next() else { return nil }
    try context.checkStop()
    // All are evaluated on the input: an assignment never sees another's result.
    let values = try assignments.map { try context.evaluate($0.expression, batch) }
    for (assignment, column) in zip(assignments, values) { batch[assignment.variable] = column }
    return batch
  }
}

/// One row for each element of a list; null makes no row, anything else is a list of itself.
final class UnwindOperator: Operator {
  private let list: BoundExpression
  private let variable: VariableID
  private let input: Operator
  private let kept: [VariableID]
  private var current: (batch: Batch, lists: Vector)?
  private var row = 0
  private var element = 0

  init(
    _ list: BoundExpression, _ variable: VariableID, _ input: Operator, _ context: ExecutionContext, _ plan: Plan
  ) {
    self.list = list
    self.variable = variable
    self.input = input
    kept = plan.live.filter { $0 != variable }
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      try context.checkStop()
      if current == nil {
        guard let batch = try input.next() else { return nil }
        current = (batch, try context.evaluate(list, batch))
        row = 0
        element = 0
      }
      guard let (batch, lists) = current else { return nil }
      var rows: [Int32] = []
      var values: [Value] = []
      while row < batch.count, values.count < context.batchSize {
        switch lists[row] {
        case .null: break
        case .list(let elements):
          let end = min(elements.count, element + context.batchSize - values.count)
          values += elements[element..<end]
          rows += repeatElement(Int32(row), count: end - element)
          element = end
          if element < elements.count { continue }
        case let single:
          values.append(single)
          rows.append(Int32(row))
        }
        row += 1
        element = 0
      }
      if row >= batch.count { current = nil }
      guard !values.isEmpty else { continue }
      var result = batch.gathered(rows, keeping: kept)
      result[variable] = Vector(narrowing: values)
      return result
    }
  }
}

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
  private var remaining: Int?

  init(_ count: BoundExpression, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.count = count
    self.input = input
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

  /// Writing clauses below have done their work before the first row; LIMIT 0 must not keep them from it.
  private func finish() throws {
    guard let input else { return }
    self.input = nil
    if remaining == 0 { _ = try input.next() }
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
}
