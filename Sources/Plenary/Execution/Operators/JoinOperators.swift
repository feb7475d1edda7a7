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
  /// The rows of the left side that ask, and how far they have come.
  private var current: (batch: Batch, probe: JoinTable.Probe)?

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
        let columns = try keys.map { try context.evaluate($0.left, batch) }
        current = (batch, JoinTable.Probe(columns, count: batch.count))
      }
      guard var (batch, probe) = current, let table = try rightTable(), table.rows.count > 0 else { return nil }
      current = nil
      let (leftRows, rightRows) = table.matches(&probe, limit: context.batchSize)
      if !probe.isFinished { current = (batch, probe) }
      guard !leftRows.isEmpty else { continue }
      return batch.gathered(leftRows, keeping: live).joined(with: table.rows.gathered(rightRows, keeping: live))
    }
  }

  private func rightTable() throws -> JoinTable? {
    if table == nil { table = try (side ?? JoinSide(of: plan, context, memory))?.table() }
    return table
  }
}
