/// One row for each group of rows with equivalent keys, with what is computed over the group.
///
/// Without keys there is exactly one group, even over no rows (openCypher 9, aggregation).
final class AggregateOperator: MaterializingOperator {
  private let aggregation: BoundAggregation
  private let distinctKey: Int?
  private let distinctNode: VariableID?
  private let input: GroupingInput

  init(_ aggregation: BoundAggregation, _ input: GroupingInput, _ context: ExecutionContext, _ plan: Plan) {
    self.aggregation = aggregation
    distinctKey = plan.inputs[0].distinctKey(of: aggregation, context)
    distinctNode = plan.inputs[0].distinctNode(context)
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func makeRows() throws -> Batch {
    let (aggregation, distinctKey, distinctNode) = (aggregation, distinctKey, distinctNode)
    let groups = Aggregation(aggregation, context, memory, distinctKey: distinctKey, distinctNode: distinctNode)
    try input.fill(groups, context) {
      Aggregation(
        aggregation, $0, MemoryAccount($0.memory), distinctKey: distinctKey, distinctNode: distinctNode, isPart: true)
    }
    return try groups.finish()
  }
}

extension Array where Element == Int32 {
  /// The positions where numbers from `known` on, given out in order of appearance, appear first.
  func firstAppearances(from known: Int) -> [Int32] {
    var next = Int32(known)
    var rows: [Int32] = []
    for (row, number) in enumerated() where number == next {
      rows.append(Int32(row))
      next += 1
    }
    return rows
  }
}

/// One row for each combination of values in some columns: the first of them.
final class DistinctOperator: Operator {
  private let columns: [VariableID]
  private let input: Operator
  private var groups: GroupTable
  /// Without columns all rows are alike.
  private var isFinished = false
  /// Whether the rows are looked through again later, so that this may be given up where nearly all are new.
  private let isPart: Bool
  private var rowsSeen = 0
  private var hasGivenUp = false

  /// After so many rows it shows whether it is worth going on.
  private static let rowsToTry = 16_384

  init(
    _ columns: [VariableID], _ input: Operator, _ context: ExecutionContext, _ plan: Plan, isPart: Bool = false
  ) {
    self.columns = columns
    self.input = input
    self.isPart = isPart
    groups = GroupTable(keyCount: columns.count)
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while !isFinished, let batch = try input.next() {
      try context.checkStop()
      if columns.isEmpty {
        isFinished = true
        return batch.restricted(to: [0])
      }
      if hasGivenUp { return batch }
      let known = groups.count
      let rows = groups.numbers(for: columns.map { batch[$0] }).firstAppearances(from: known)
      rowsSeen += batch.count
      if isPart, rowsSeen >= DistinctOperator.rowsToTry, groups.count > rowsSeen / 2 {
        hasGivenUp = true
        groups = GroupTable(keyCount: columns.count)
      }
      try memory.hold(groups.byteCount)
      if !rows.isEmpty { return batch.restricted(to: rows) }
    }
    return nil
  }
}
