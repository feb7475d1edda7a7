/// Every pair of rows; the right side is made once and kept.
final class CartesianProductOperator: Operator {
  private let left: Operator
  private let plan: Plan
  private var side: JoinSide?
  private var right: Batch?
  private var current: Batch?
  private var position = 0

  /// - Parameter side: the right side, where it is shared with others.
  init(_ left: Operator, _ side: JoinSide?, _ context: ExecutionContext, _ plan: Plan) {
    self.left = left
    self.plan = plan
    self.side = side
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
      if right == nil { right = try (side ?? JoinSide(of: plan, context, memory))?.table().rows }
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
  private let plan: Plan
  private let side: JoinSide?
  private var table: JoinTable?
  private var current: (batch: Batch, keys: [Vector])?
  /// Where the next pair is: a row of the left batch, and a place among its matches.
  private var row = 0
  private var place = 0

  /// - Parameter side: the right side, where it is shared with others.
  init(
    _ keys: [(left: BoundExpression, right: BoundExpression)], _ left: Operator, _ side: JoinSide?,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.keys = keys
    self.left = left
    self.plan = plan
    self.side = side
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      try context.checkStop()
      if current == nil {
        guard let batch = try left.next() else { return nil }
        current = (batch, try keys.map { try context.evaluate($0.left, batch) })
        (row, place) = (0, 0)
      }
      guard let (batch, columns) = current, let table = try rightTable() else { return nil }
      var leftRows: [Int32] = []
      var rightRows: [Int32] = []
      while row < batch.count, leftRows.count < context.batchSize {
        let key = RowKey(values: columns.map { $0[row] })
        let matches = table.places[key] ?? []
        let end = min(matches.count, place + context.batchSize - leftRows.count)
        for match in matches[place..<end] where areEqual(key, table.key(of: match)) {
          leftRows.append(Int32(row))
          rightRows.append(match)
        }
        (row, place) = end < matches.count ? (row, end) : (row + 1, 0)
      }
      if row >= batch.count { current = nil }
      guard !leftRows.isEmpty else { continue }
      return batch.gathered(leftRows, keeping: live).joined(with: table.rows.gathered(rightRows, keeping: live))
    }
  }

  /// The table knows equivalence, under which null and NaN equal themselves; `=` does not agree.
  private func areEqual(_ a: RowKey, _ b: RowKey) -> Bool {
    zip(a.values, b.values).allSatisfy { Value.isEqual($0, $1) == .true }
  }

  private func rightTable() throws -> JoinTable? {
    if table == nil { table = try (side ?? JoinSide(of: plan, context, memory))?.table() }
    return table
  }
}
