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
    return pending?.next(context.batchSize)
  }

  private func tabulate() throws -> Batch {
    let keys = try keys()
    let table = table
    try memory.add(keys.byteCount)
    let whole = CrossTable(table, keys, context)
    try input.fill(whole, context) { CrossTable(table, keys, $0) }
    let found = whole.combinations
    var result = Batch(variableCount: context.variableCount, count: found.counts.count)
    func set(_ assignments: [BoundAssignment], _ keys: EndKeys, _ numbers: [Int32]) {
      for (index, key) in assignments.enumerated() { result[key.variable] = keys.column(index, of: numbers) }
    }
    if let middle = keys.middle { set(table.middleKeys, middle, found.middle) }
    set(table.near.keys, keys.near, found.near)
    set(table.far.keys, keys.far, found.far)
    result[table.count] = .integers(NullableArray(found.counts))
    return result
  }

  /// - Throws: `ShortcutEnds`; `cancelled`, `deadlineExceeded`.
  private func keys() throws -> CrossTable.Keys {
    // What the statement writes would change what is read here.
    if context.writes { throw ShortcutEnds() }
    var limit = CrossTabulation.cellLimit
    func keys(of end: CrossTabulation.End) throws -> EndKeys {
      guard let keys = try EndKeys(end, areRead: table.areKeysRead, limit: limit, context) else { throw ShortcutEnds() }
      limit /= max(1, keys.count)
      return keys
    }
    let middle = table.middleKeys.isEmpty ? nil : try keys(of: table.middle)
    return CrossTable.Keys(middle: middle, near: try keys(of: table.near), far: try keys(of: table.far))
  }
}
