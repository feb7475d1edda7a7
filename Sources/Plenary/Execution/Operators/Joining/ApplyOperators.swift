/// For each row of the left side, the rows that the right side makes of it.
final class ApplyOperator: Operator {
  private let row: VariableID
  /// Whether the right side returns nothing: the rows of the left side then go on as they are.
  private let isUnit: Bool
  private let left: Operator
  private let rightPlan: Plan
  /// Whether the right side changes the graph. No clause before may see that, so the left side is read to its end first.
  private let writes: Bool
  private var isLeftRead = false
  /// Rows to give out, the last first.
  private var pending: [Batch] = []

  init(
    _ row: VariableID, isUnit: Bool, _ left: Operator, _ rightPlan: Plan, _ context: ExecutionContext, _ plan: Plan
  ) {
    self.row = row
    self.isUnit = isUnit
    self.left = left
    self.rightPlan = rightPlan
    writes = rightPlan.writes
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      if let batch = pending.popLast() { return batch }
      guard let batch = try nextArguments() else { return nil }
      if !writes { try memory.hold(0) }
      try context.forEachArgumentGroup(of: batch, rightPlan) { rows, offset in
        let builder = OperatorBuilder(context: context, argument: rows.numbered(row))
        let root = builder.build(rightPlan)
        while let result = try root.next() {
          guard !isUnit else { continue }
          let numbers: [Int32] =
            rows.count == 1
            ? Array(repeating: Int32(offset), count: result.count)
            : result.rowNumbers(row).map { $0 + Int32(offset) }
          let joined = result.joined(with: batch.gathered(numbers, keeping: live))
          try memory.add(joined, keeping: live)
          pending.append(joined)
        }
      }
      pending.reverse()
      if isUnit { return batch }
    }
  }

  private func nextArguments() throws -> Batch? {
    guard writes else { return try left.next() }
    guard !isLeftRead else { return nil }
    isLeftRead = true
    let rows = try left.drain(keeping: left.live, in: memory)
    return rows.count > 0 ? rows : nil
  }
}

extension Batch {
  /// The numbers of the outer rows that these rows belong to.
  func rowNumbers(_ variable: VariableID) -> [Int32] {
    if case .integers(let numbers) = self[variable] { return numbers.elements.map { Int32(truncatingIfNeeded: $0) } }
    return (0..<count).map { index in
      if case .integer(let number) = self[variable][index] { Int32(truncatingIfNeeded: number) } else { 0 }
    }
  }
}

/// Like apply, but a row without any on the right side goes on once, with nulls.
final class OptionalApplyOperator: Operator {
  private let row: VariableID
  private let introduced: [VariableID]
  private let left: Operator
  private let rightPlan: Plan
  private let kept: [VariableID]
  private var pending: BatchSlicer?

  init(
    _ row: VariableID, _ introduced: [VariableID], _ left: Operator, _ rightPlan: Plan, _ context: ExecutionContext,
    _ plan: Plan
  ) {
    self.row = row
    self.introduced = introduced
    self.left = left
    self.rightPlan = rightPlan
    kept = plan.live.filter { !introduced.contains($0) }
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      if let batch = pending?.next(context.batchSize) { return batch }
      guard let batch = try left.next() else { return nil }
      try memory.hold(0)
      let builder = OperatorBuilder(context: context, argument: batch.numbered(row))
      let found = try builder.build(rightPlan).drain(keeping: rightPlan.live, in: memory)
      pending = BatchSlicer(merge(batch, found), keeping: live)
    }
  }

  /// The left rows in their order, each with its matches or once with nulls.
  private func merge(_ batch: Batch, _ found: Batch) -> Batch {
    let numbers = found.count > 0 ? found.rowNumbers(row) : []
    var first = Array(repeating: Int32(-1), count: batch.count)
    var next = Array(repeating: Int32(-1), count: numbers.count)
    for index in numbers.indices.reversed() {
      next[index] = first[Int(numbers[index])]
      first[Int(numbers[index])] = Int32(index)
    }
    var leftRows: [Int32] = []
    var rightRows: [Int32] = []
    var hasMisses = false
    for row in 0..<batch.count {
      var match = first[row]
      if match < 0 {
        leftRows.append(Int32(row))
        rightRows.append(-1)
        hasMisses = true
      }
      while match >= 0 {
        leftRows.append(Int32(row))
        rightRows.append(match)
        match = next[Int(match)]
      }
    }
    var result = batch.gathered(leftRows, keeping: kept)
    for variable in introduced where live.contains(variable) {
      guard let column = found.columns[variable.index] else {
        // Operators take a variable without a column for one that is still to be bound; this one is null.
        result[variable] = .constant(.null, count: leftRows.count)
        continue
      }
      result[variable] = hasMisses ? column.gatheredOrNull(rightRows) : column.gathered(rightRows)
    }
    return result
  }
}

extension Vector {
  /// The rows at the given positions; null for a negative one. O(rows).
  func gatheredOrNull(_ rows: [Int32]) -> Vector {
    switch self {
    case .nodes(let ids): .nodes(rows.map { $0 < 0 ? .max : ids[Int($0)] })
    case .relationships(let ids): .relationships(rows.map { $0 < 0 ? .max : ids[Int($0)] })
    default: Vector(narrowing: rows.map { $0 < 0 ? .null : self[Int($0)] })
    }
  }
}

/// The rows of the left side for which the right side makes a row (or, for anti, none).
final class SemiApplyOperator: Operator {
  private let row: VariableID
  private let isAnti: Bool
  private let left: Operator
  private let rightPlan: Plan

  init(
    _ row: VariableID, isAnti: Bool, _ left: Operator, _ rightPlan: Plan, _ context: ExecutionContext, _ plan: Plan
  ) {
    self.row = row
    self.isAnti = isAnti
    self.left = left
    self.rightPlan = rightPlan
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while let batch = try left.next() {
      var isFound = Array(repeating: false, count: batch.count)
      try context.forEachArgumentGroup(of: batch, rightPlan) { rows, offset in
        let builder = OperatorBuilder(context: context, argument: rows.numbered(row))
        let root = builder.build(rightPlan)
        while let result = try root.next() {
          if rows.count == 1 {
            isFound[offset] = true
            break
          }
          for number in result.rowNumbers(row) { isFound[Int(number) + offset] = true }
        }
      }
      let kept = isFound.indices.filter { isFound[$0] != isAnti }.map { Int32($0) }
      if !kept.isEmpty { return batch.restricted(to: kept) }
    }
    return nil
  }
}
