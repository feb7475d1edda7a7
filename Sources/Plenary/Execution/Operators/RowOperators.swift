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
      for condition in conditions where batch.count > 0 && !holdsForAll(condition, batch) {
        let truths = try context.evaluateCondition(condition, batch)
        let rows = truths.positionsOfTrue
        if rows.count < batch.count { batch = batch.restricted(to: rows) }
      }
      if batch.count > 0 { return batch }
    }
    return nil
  }

  /// Whether a condition is known to hold without looking at the rows: a label that every node of the graph has.
  private func holdsForAll(_ condition: BoundExpression, _ batch: Batch) -> Bool {
    guard case .hasLabels(let subject, .name(let name)) = condition.kind, case .variable(let node) = subject.kind,
      case .nodes(let ids)? = batch.columns[node.index], !context.hasDeleted, let label = context.graph.labelToken(name)
    else { return false }
    return context.graph.count(of: label) == context.graph.nodeCount && !ids.contains(NodeID.noneRawValue)
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
          count &+= truths[row].rawValue == 1 ? 1 : 0
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
  /// The numbers of `range()` for the only row of the input, which never become a list.
  private var numbers: IntegerSequence?

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
      if let (batch, _) = current, let next = numbers?.next(context.batchSize) {
        var result = batch.repeated(row: 0, count: next.count, keeping: kept)
        result[variable] = .integers(NullableArray(next))
        return result
      }
      if current == nil || numbers != nil {
        guard let batch = try input.next() else { return nil }
        numbers = try batch.count == 1 ? context.integerSequence(list, batch) : nil
        current = (batch, numbers == nil ? try context.evaluate(list, batch) : .constant(.null, count: 1))
        row = 0
        element = 0
        if numbers != nil { continue }
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

/// The numbers of a `range()` call, made as they are asked for.
struct IntegerSequence {
  private var nextNumber: Int64
  private let step: Int64
  private var remaining: UInt64

  /// - Precondition: `step` is not zero.
  init(from start: Int64, through end: Int64, by step: Int64) {
    nextNumber = start
    self.step = step
    let isEmpty = step > 0 ? start > end : start < end
    // The distance of two 64-bit integers fits 64 bits without a sign.
    let distance = step > 0 ? UInt64(bitPattern: end &- start) : UInt64(bitPattern: start &- end)
    remaining = isEmpty ? 0 : (distance / step.magnitude).addingReportingOverflow(1).partialValue
  }

  mutating func next(_ limit: Int) -> [Int64]? {
    guard remaining > 0 else { return nil }
    let count = Int(min(remaining, UInt64(limit)))
    let (first, step) = (nextNumber, step)
    remaining -= UInt64(count)
    nextNumber = first &+ Int64(count) &* step
    return [Int64](unsafeUninitializedCapacity: count) { target, initialized in
      for index in 0..<count { target.initializeElement(at: index, to: first &+ Int64(index) &* step) }
      initialized = count
    }
  }
}

extension ExecutionContext {
  /// The numbers of a list that is a call of `range()` with integers; `nil` for any other, and for errors, which the
  /// function itself reports best.
  fileprivate func integerSequence(_ list: BoundExpression, _ batch: Batch) throws -> IntegerSequence? {
    guard case .call(let function, let arguments) = list.kind, function.name == "range" else { return nil }
    var numbers: [Int64] = []
    for argument in arguments {
      guard case .integer(let number) = try evaluate(argument, batch)[0] else { return nil }
      numbers.append(number)
    }
    guard numbers.count >= 2, numbers.count < 3 || numbers[2] != 0 else { return nil }
    return IntegerSequence(from: numbers[0], through: numbers[1], by: numbers.count > 2 ? numbers[2] : 1)
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
