import PlenarySyntax

/// One row for each pair of keys at the two ends of a pattern, with the number of its matches.
///
/// Ends the shortcut that it is part of where keys fail for some node, which may never be met, or where there are too
/// many different ones.
final class CrossTabulateOperator: Operator {
  private let table: CrossTabulation
  private let input: GroupingInput
  private var pending: BatchSlicer?
  private var hasStarted = false

  init(_ table: CrossTabulation, _ input: GroupingInput, _ context: ExecutionContext, _ plan: Plan) {
    self.table = table
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if !hasStarted {
      hasStarted = true
      pending = BatchSlicer(try tabulate(), keeping: live)
    }
    return try pending?.next(context.batchSize)
  }

  private func tabulate() throws -> Batch {
    let (near, far) = try keys()
    let table = table
    try memory.add(near.byteCount + far.byteCount)
    let whole = CrossTable(table, near: near, far: far, context)
    try input.fill(whole, context) { CrossTable(table, near: near, far: far, $0) }
    let pairs = whole.pairs
    var result = Batch(variableCount: context.variableCount, count: pairs.counts.count)
    for (index, key) in table.near.keys.enumerated() { result[key.variable] = near.column(index, of: pairs.near) }
    for (index, key) in table.far.keys.enumerated() { result[key.variable] = far.column(index, of: pairs.far) }
    result[table.count] = .integers(NullableArray(pairs.counts))
    return result
  }

  private func keys() throws -> (near: EndKeys, far: EndKeys) {
    let limit = CrossTabulation.cellLimit
    // What the statement writes would change what is read here.
    guard !context.writes,
      let near = try EndKeys(table.near, areRead: table.areKeysRead, limit: limit, context),
      let far = try EndKeys(table.far, areRead: table.areKeysRead, limit: limit / max(1, near.count), context)
    else { throw ShortcutEnds() }
    return (near, far)
  }
}
