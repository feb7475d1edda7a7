/// Every pair of rows; the right side is made once and kept.
final class CartesianProductOperator: Operator {
  private let left: Operator
  private let rightPlan: Plan
  private var right: Batch?
  private var current: Batch?
  private var position = 0

  init(_ left: Operator, _ rightPlan: Plan, _ context: ExecutionContext, _ plan: Plan) {
    self.left = left
    self.rightPlan = rightPlan
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      try context.checkStop()
      if current == nil {
        guard let batch = try left.next() else { return nil }
        current = batch
        position = 0
      }
      if right == nil {
        right = try OperatorBuilder(context: context).build(rightPlan).drain(keeping: rightPlan.live)
      }
      guard let batch = current, let right, right.count > 0 else { return nil }
      let end = min(position + context.batchSize, batch.count * right.count)
      guard position < end else {
        current = nil
        continue
      }
      let pairs = position..<end
      position = end
      let leftRows = batch.gathered(pairs.map { Int32($0 / right.count) }, keeping: live)
      let rightRows = right.gathered(pairs.map { Int32($0 % right.count) }, keeping: live)
      return leftRows.joined(with: rightRows)
    }
  }
}

extension Batch {
  /// The same rows with the columns of another batch of equal length; ours win.
  func joined(with other: Batch) -> Batch {
    var result = self
    for index in result.columns.indices where result.columns[index] == nil {
      result.columns[index] = other.columns[index]
    }
    return result
  }
}

/// Every pair of rows whose keys are equal: the right side is put into a hash table, the left side asks it.
final class HashJoinOperator: Operator {
  private let keys: [(left: BoundExpression, right: BoundExpression)]
  private let left: Operator
  private let rightPlan: Plan
  private var right: Batch?
  private var table: [RowKey: [Int32]] = [:]
  private var pending: BatchSlicer?

  init(
    _ keys: [(left: BoundExpression, right: BoundExpression)], _ left: Operator, _ rightPlan: Plan,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.keys = keys
    self.left = left
    self.rightPlan = rightPlan
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      try context.checkStop()
      if let batch = pending?.next(context.batchSize) { return batch }
      guard let batch = try left.next() else { return nil }
      let right = try buildTable()
      let columns = try keys.map { try context.evaluate($0.left, batch) }
      var leftRows: [Int32] = []
      var rightRows: [Int32] = []
      for row in 0..<batch.count {
        let key = RowKey(values: columns.map { $0[row] })
        for match in table[key] ?? [] where areEqual(key, rightKey(match)) {
          leftRows.append(Int32(row))
          rightRows.append(match)
        }
      }
      guard !leftRows.isEmpty else { continue }
      let joined = batch.gathered(leftRows, keeping: live).joined(with: right.gathered(rightRows, keeping: live))
      pending = BatchSlicer(joined, keeping: live)
    }
  }

  private var rightColumns: [Vector] = []

  private func rightKey(_ row: Int32) -> RowKey { RowKey(values: rightColumns.map { $0[Int(row)] }) }

  /// The table knows equivalence, under which null and NaN equal themselves; `=` does not agree.
  private func areEqual(_ a: RowKey, _ b: RowKey) -> Bool {
    zip(a.values, b.values).allSatisfy { Value.isEqual($0, $1) == .true }
  }

  private func buildTable() throws -> Batch {
    if let right { return right }
    let rows = try OperatorBuilder(context: context).build(rightPlan).drain(keeping: rightPlan.live)
    rightColumns = try keys.map { try context.evaluate($0.right, rows) }
    for row in 0..<rows.count { table[rightKey(Int32(row)), default: []].append(Int32(row)) }
    right = rows
    return rows
  }
}

/// For each row of the left side, the rows that the right side makes of it.
final class ApplyOperator: Operator {
  private let row: VariableID
  private let left: Operator
  private let rightPlan: Plan
  private var pending: [Batch] = []

  init(_ row: VariableID, _ left: Operator, _ rightPlan: Plan, _ context: ExecutionContext, _ plan: Plan) {
    self.row = row
    self.left = left
    self.rightPlan = rightPlan
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      if !pending.isEmpty { return pending.removeFirst() }
      guard let batch = try left.next() else { return nil }
      let returnsRows = !rightPlan.isUnitSubquery
      try context.forEachArgumentGroup(of: batch, rightPlan) { rows, offset in
        let builder = OperatorBuilder(context: context, argument: ArgumentSource(rows.numbered(row)))
        let root = builder.build(rightPlan)
        while let result = try root.next() {
          guard returnsRows else { continue }
          let numbers: [Int32] =
            rows.count == 1
            ? Array(repeating: Int32(offset), count: result.count)
            : result.rowNumbers(row).map { $0 + Int32(offset) }
          pending.append(result.joined(with: batch.gathered(numbers, keeping: live)))
        }
      }
      if !returnsRows { return batch }
    }
  }
}

extension Plan {
  /// Whether a CALL subquery ends without RETURN, so that it keeps the rows it was called for.
  var isUnitSubquery: Bool {
    switch kind {
    case .create, .merge, .set, .remove, .delete: true
    case .project: inputs[0].isUnitSubquery && live.count <= 1
    default: false
    }
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
      let builder = OperatorBuilder(context: context, argument: ArgumentSource(batch.numbered(row)))
      let found = try builder.build(rightPlan).drain(keeping: rightPlan.live)
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
      guard let column = found.columns[variable.index] else { continue }
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
        let builder = OperatorBuilder(context: context, argument: ArgumentSource(rows.numbered(row)))
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
