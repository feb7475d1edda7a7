/// One row for each group of rows with equivalent keys, with what is computed over the group.
///
/// Without keys there is exactly one group, even over no rows (openCypher 9, aggregation).
final class AggregateOperator: Operator {
  private let aggregation: BoundAggregation
  private let input: Operator
  private var pending: BatchSlicer?
  private var isDone = false

  init(_ aggregation: BoundAggregation, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.aggregation = aggregation
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if !isDone {
      isDone = true
      pending = BatchSlicer(try aggregate(), keeping: live)
    }
    return pending?.next(context.batchSize)
  }

  private func aggregate() throws -> Batch {
    var groups = GroupTable(keyCount: aggregation.keys.count)
    let states = aggregation.aggregates.map { AggregateState($0.aggregate) }
    for state in states { state.result.grow(to: aggregation.keys.isEmpty ? 1 : 0) }
    var counted = 0
    while let batch = try input.next() {
      try context.checkStop()
      let keys = try aggregation.keys.map { try context.evaluate($0.expression, batch) }
      let numbers = keys.isEmpty ? nil : groups.numbers(for: keys)
      for state in states {
        if !keys.isEmpty { state.result.grow(to: groups.count) }
        try state.add(batch, groups: numbers, context, memory)
      }
      let bytes = groups.byteCount + states.reduce(0) { $0 + $1.byteCount }
      try memory.add(bytes - counted)
      counted = bytes
    }
    let count = aggregation.keys.isEmpty ? 1 : groups.count
    var result = Batch(variableCount: context.variableCount, count: count)
    for (index, key) in aggregation.keys.enumerated() { result[key.variable] = groups.keyColumn(index) }
    for (state, item) in zip(states, aggregation.aggregates) {
      do {
        result[item.variable] = try state.result.finish()
      } catch let error as QueryError {
        throw error.located(at: item.aggregate.range)
      }
    }
    return result
  }
}

/// One aggregate of a query: what it reads and what it has made of it.
private final class AggregateState {
  let result: GroupedAggregate
  private let aggregate: BoundAggregate
  /// The combinations of group and value met so far, for DISTINCT.
  private var values = ColumnCoder()
  private var seen = CodeTable()

  init(_ aggregate: BoundAggregate) {
    self.aggregate = aggregate
    result = aggregate.function.map(GroupedAggregate.make) ?? GroupedCount()
  }

  /// Takes in the rows of a batch; `groups` has the group of each row, `nil` means one group for all.
  func add(_ batch: Batch, groups: [Int32]?, _ context: ExecutionContext, _ memory: MemoryAccount) throws {
    do {
      var columns = try aggregate.arguments.map { try context.evaluate($0, batch) }
      guard !columns.isEmpty else {
        (result as? GroupedCount)?.addRows(batch.count, groups: groups)
        return
      }
      var groups = groups
      if aggregate.isDistinct {
        let rows = newRows(columns[0], groups)
        columns = columns.map { $0.gathered(rows) }
        groups = groups?.gathered(rows)
      }
      if result.keepsValues { try memory.add(valuesOf: columns[0]) }
      try result.add(columns[0], rest: Array(columns.dropFirst()), groups: groups)
    } catch let error as QueryError {
      throw error.located(at: aggregate.range)
    }
  }

  /// What it takes for each group and for the values met, without the values it keeps.
  var byteCount: Int { result.count * result.bytesPerGroup + values.byteCount + seen.byteCount }

  /// The rows whose value their group has not met before.
  private func newRows(_ column: Vector, _ groups: [Int32]?) -> [Int32] {
    let known = groups == nil ? values.count : seen.count
    var numbers = values.codes(column)
    if let groups {
      let codes = numbers
      numbers = seen.codes(codes.count) {
        UInt64(UInt32(bitPattern: groups[$0])) &<< 32 | UInt64(UInt32(bitPattern: codes[$0]))
      }
    }
    return numbers.firstAppearances(from: known)
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

  init(_ columns: [VariableID], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.columns = columns
    self.input = input
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
      let known = groups.count
      let rows = groups.numbers(for: columns.map { batch[$0] }).firstAppearances(from: known)
      try memory.hold(groups.byteCount)
      if !rows.isEmpty { return batch.restricted(to: rows) }
    }
    return nil
  }
}
