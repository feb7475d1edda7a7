/// An operator that makes pairs of a row of its input, the left side, and a row of the right side, which is made once and
/// kept.
class JoinOperator: FlatMapOperator {
  private let plan: Plan
  private let side: JoinSide?
  private var table: JoinTable?

  /// - Parameter side: the right side, where it is shared with others.
  init(_ left: Operator, _ side: JoinSide?, _ context: ExecutionContext, _ plan: Plan) {
    self.plan = plan
    self.side = side
    super.init(left, introducing: [], context, plan)
  }

  /// The right side, which is made when the first rows of the left side are there; `nil` if it has no rows, so that there
  /// are no pairs and the left side need not be read on.
  final func rightTable() throws -> JoinTable? {
    if table == nil { table = try (side ?? JoinSide(of: plan, context, memory))?.table() }
    if let table, table.rows.count > 0 { return table }
    finish()
    return nil
  }
}

/// Every pair of rows.
final class CartesianProductOperator: JoinOperator {
  private var position = 0

  override func start(_ batch: Batch) { position = 0 }

  override func nextRows(of batch: Batch) throws -> Batch? {
    guard let right = try rightTable()?.rows else { return nil }
    let pairs = position..<min(position + context.batchSize, batch.count * right.count)
    guard !pairs.isEmpty else { return nil }
    position = pairs.upperBound
    let leftRows = batch.gathered(pairs.map { Int32($0 / right.count) }, keeping: live)
    let rightRows = right.gathered(pairs.map { Int32($0 % right.count) }, keeping: live)
    return leftRows.joined(with: rightRows)
  }
}

/// Every pair of rows whose keys are equal: the right side is put into a hash table, the left side asks it.
final class HashJoinOperator: JoinOperator {
  private let keys: [(left: BoundExpression, right: BoundExpression)]
  /// What the rows of the left side ask for, and how far they have come.
  private var probe = JoinTable.Probe([], count: 0)

  init(
    _ keys: [(left: BoundExpression, right: BoundExpression)], _ left: Operator, _ side: JoinSide?,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.keys = keys
    super.init(left, side, context, plan)
  }

  override func start(_ batch: Batch) throws {
    probe = JoinTable.Probe(try keys.map { try context.evaluate($0.left, batch) }, count: batch.count)
  }

  override func nextRows(of batch: Batch) throws -> Batch? {
    guard let table = try rightTable() else { return nil }
    while !probe.isFinished {
      try context.checkStop()
      let (leftRows, rightRows) = table.matches(&probe, limit: context.batchSize)
      guard !leftRows.isEmpty else { continue }
      return batch.gathered(leftRows, keeping: live).joined(with: table.rows.gathered(rightRows, keeping: live))
    }
    return nil
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
