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
    if aggregation.keys.isEmpty { for state in states { state.grow(to: 1) } }
    while let batch = try input.next() {
      try context.checkStop()
      let keys = try aggregation.keys.map { try context.evaluate($0.expression, batch) }
      let numbers = keys.isEmpty ? nil : groups.numbers(for: keys, count: batch.count)
      let count = keys.isEmpty ? 1 : groups.count
      for state in states {
        state.grow(to: count)
        try state.add(batch, groups: numbers, context)
      }
    }
    let count = aggregation.keys.isEmpty ? 1 : groups.count
    var result = Batch(variableCount: context.variableCount, count: count)
    for (index, key) in aggregation.keys.enumerated() { result[key.variable] = groups.keyColumn(index) }
    for (state, item) in zip(states, aggregation.aggregates) {
      do {
        result[item.variable] = try state.finish()
      } catch let error as QueryError {
        throw error.located(at: item.aggregate.range)
      }
    }
    return result
  }
}

/// One aggregate over all groups.
private final class AggregateState {
  private let aggregate: BoundAggregate
  /// Rows or values that count, for `count` without DISTINCT.
  private var counts: [Int64] = []
  private var accumulators: [any Accumulator] = []
  /// What each group has seen, for DISTINCT.
  private var seen: [Set<Value>] = []
  private let onlyCounts: Bool

  init(_ aggregate: BoundAggregate) {
    self.aggregate = aggregate
    onlyCounts = aggregate.function == nil || (aggregate.function?.name == "count" && !aggregate.isDistinct)
  }

  func grow(to count: Int) {
    if onlyCounts {
      if counts.count < count { counts += repeatElement(0, count: count - counts.count) }
      return
    }
    guard let function = aggregate.function else { return }
    while accumulators.count < count {
      accumulators.append(function.makeAccumulator())
      if aggregate.isDistinct { seen.append([]) }
    }
  }

  /// Takes in the rows of a batch; `groups` has the group of each row, `nil` means one group for all.
  func add(_ batch: Batch, groups: [Int32]?, _ context: ExecutionContext) throws {
    guard aggregate.function != nil else {
      if let groups { for group in groups { counts[Int(group)] += 1 } } else { counts[0] += Int64(batch.count) }
      return
    }
    do {
      let columns = try aggregate.arguments.map { try context.evaluate($0, batch) }
      if onlyCounts {
        let isNull = columns[0].nullFlags
        for row in 0..<batch.count where !isNull[row] { counts[groups.map { Int($0[row]) } ?? 0] += 1 }
        return
      }
      var arguments: [Value] = Array(repeating: .null, count: max(0, columns.count - 1))
      for row in 0..<batch.count {
        let value = columns[0][row]
        if value.isNull { continue }
        let group = groups.map { Int($0[row]) } ?? 0
        if aggregate.isDistinct, !seen[group].insert(value).inserted { continue }
        for index in arguments.indices { arguments[index] = columns[index + 1][row] }
        try accumulators[group].add(value, rest: arguments[...])
      }
    } catch let error as QueryError {
      throw error.located(at: aggregate.range)
    }
  }

  func finish() throws -> Vector {
    if onlyCounts { return .integers(NullableArray(counts)) }
    return Vector(narrowing: try accumulators.map { try $0.finish() })
  }
}

/// Numbers combinations of values in the order they first appear.
struct GroupTable {
  private var numbers: [RowKey: Int32] = [:]
  /// The number of each node or small integer key, when there is one such key.
  private var direct: [Int32] = []
  private var isDirect: Bool
  private var columns: [[Value]]
  private var directKeys: [UInt32] = []

  /// The number of groups.
  private(set) var count = 0

  init(keyCount: Int) {
    columns = Array(repeating: [], count: keyCount)
    isDirect = keyCount == 1
  }

  /// The group of each row; new groups are added. O(rows).
  mutating func numbers(for keys: [Vector], count rows: Int) -> [Int32] {
    if isDirect {
      if case .nodes(let ids) = keys[0] { return directNumbers(ids) }
      leaveDirect()
    }
    var result: [Int32] = []
    result.reserveCapacity(rows)
    for row in 0..<rows {
      let key = RowKey(values: keys.map { $0[row] })
      if let number = numbers[key] {
        result.append(number)
      } else {
        let number = Int32(count)
        numbers[key] = number
        for index in columns.indices { columns[index].append(key.values[index]) }
        count += 1
        result.append(number)
      }
    }
    return result
  }

  /// Node ids are dense: their groups stand in an array.
  private mutating func directNumbers(_ ids: [UInt32]) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(ids.count)
    for id in ids {
      // "No node" wraps to place 0.
      let place = Int(id &+ 1)
      if place >= direct.count {
        direct += repeatElement(-1, count: max(place + 1, direct.count * 2) - direct.count)
      }
      if direct[place] < 0 {
        direct[place] = Int32(count)
        directKeys.append(id)
        count += 1
      }
      result.append(direct[place])
    }
    return result
  }

  /// Moves on to general keys when a batch turns out not to hold nodes.
  private mutating func leaveDirect() {
    isDirect = false
    guard !directKeys.isEmpty else { return }
    columns[0] = Vector.nodes(directKeys).valueArray
    for (number, value) in columns[0].enumerated() { numbers[RowKey(values: [value])] = Int32(number) }
    direct = []
    directKeys = []
  }

  /// The values of one key, group by group.
  func keyColumn(_ index: Int) -> Vector {
    isDirect && !directKeys.isEmpty ? .nodes(directKeys) : Vector(narrowing: columns[index])
  }
}

/// A combination of values, equal when they are equivalent.
struct RowKey: Hashable {
  let values: [Value]
}

/// One row for each combination of values in some columns: the first of them.
final class DistinctOperator: Operator {
  private let columns: [VariableID]
  private let input: Operator
  private var groups: GroupTable

  init(_ columns: [VariableID], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.columns = columns
    self.input = input
    groups = GroupTable(keyCount: columns.count)
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while let batch = try input.next() {
      try context.checkStop()
      var known = groups.count
      let numbers = groups.numbers(for: columns.map { batch[$0] }, count: batch.count)
      var rows: [Int32] = []
      for (row, number) in numbers.enumerated() where Int(number) == known {
        rows.append(Int32(row))
        known += 1
      }
      if !rows.isEmpty { return batch.restricted(to: rows) }
    }
    return nil
  }
}
