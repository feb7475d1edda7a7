/// Groups of rows, with what is computed over each: of all rows, or of those that one worker comes by.
final class Aggregation: GroupingSink {
  private let aggregation: BoundAggregation
  private let context: ExecutionContext
  private let memory: MemoryAccount
  /// The bytes that are counted for the groups.
  private var counted = 0
  private var groups: GroupTable
  private let states: [AggregateState]
  /// For each group the morsel that its first row is from; parts only.
  private var firstMorsels: [Int] = []
  private let isPart: Bool

  /// - Parameters:
  ///   - distinctKey: a key that no two rows have in common.
  ///   - distinctNode: a node that no two rows have in common.
  ///   - isPart: whether it is to be merged into another.
  init(
    _ aggregation: BoundAggregation, _ context: ExecutionContext, _ memory: MemoryAccount, distinctKey: Int?,
    distinctNode: VariableID?, isPart: Bool = false
  ) {
    self.memory = memory
    self.aggregation = aggregation
    self.context = context
    self.isPart = isPart
    groups = GroupTable(keyCount: aggregation.keys.count, distinctKey: distinctKey)
    states = aggregation.aggregates.map { item in
      let argument = item.aggregate.arguments.first
      let isEachOnce = distinctNode.map { argument?.isReference(to: $0) ?? false } ?? false
      return AggregateState(item.aggregate, isDistinct: item.aggregate.isDistinct && !isEachOnce, isPart: isPart)
    }
    for state in states { state.result.grow(to: aggregation.keys.isEmpty ? 1 : 0) }
  }

  private var count: Int { aggregation.keys.isEmpty ? 1 : groups.count }

  /// Takes in some rows.
  func add(_ batch: Batch, of morsel: Int) throws {
    var slices = BatchSlices(batch, context)
    let numbers = try groupNumbers(batch, &slices)
    if isPart, firstMorsels.count < count {
      firstMorsels += repeatElement(morsel, count: count - firstMorsels.count)
    }
    for state in states {
      if numbers != nil { state.result.grow(to: groups.count) }
      try state.add(batch, &slices, of: morsel, groups: numbers, context, memory)
    }
    try countMemory()
  }

  /// The group of each row; `nil` means one group for all.
  private func groupNumbers(_ batch: Batch, _ slices: inout BatchSlices) throws -> [Int32]? {
    guard let first = aggregation.keys.first else { return nil }
    if aggregation.keys.count == 1, let slice = slices.slice(first.expression),
      let numbers = groups.numbers(for: slice)
    {
      return numbers
    }
    return groups.numbers(for: try aggregation.keys.map { try context.evaluate($0.expression, batch) })
  }

  private func countMemory() throws {
    let bytes = groups.byteCount + states.reduce(firstMorsels.count * 8) { $0 + $1.byteCount }
    try memory.add(bytes - counted)
    counted = bytes
  }

  /// Takes in what others have taken in. Groups come in the order in which a single thread would have met them.
  func merge(_ all: [Aggregation]) throws {
    let parts = all.filter { $0.count > 0 }
    let numbers =
      aggregation.keys.isEmpty
      ? parts.map { _ in [0] }
      : groups.merge(parts.map { GroupTable.Part(groups: $0.groups, firstMorsels: $0.firstMorsels) })
    for (index, state) in states.enumerated() {
      state.result.grow(to: count)
      try state.merge(parts.map { $0.states[index] }, groups: numbers, memory)
    }
    try countMemory()
  }

  /// One row for each group.
  func finish() throws -> Batch {
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

extension GroupTable {
  /// Groups that one worker has found.
  struct Part {
    var groups: GroupTable
    /// For each group the morsel that its first row is from.
    var firstMorsels: [Int]
  }

  /// Takes in the groups of several workers, in the order in which a single thread would have met them.
  ///
  /// - Returns: for each part the number here of each of its groups.
  mutating func merge(_ parts: [Part]) -> [[Int32]] {
    // Within each part, groups are in the order of their first rows, and no morsel is in two parts: what is sorted are
    // runs of groups from one morsel.
    var runs: [(morsel: Int, part: Int, groups: Range<Int>)] = []
    for (part, other) in parts.enumerated() {
      var start = 0
      while start < other.firstMorsels.count {
        let morsel = other.firstMorsels[start]
        let end = other.firstMorsels[start...].firstIndex { $0 != morsel } ?? other.firstMorsels.count
        runs.append((morsel, part, start..<end))
        start = end
      }
    }
    runs.sort { $0.morsel < $1.morsel }
    let starts = parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.groups.count) }
    let rows = runs.flatMap { run in run.groups.map { Int32(starts[run.part] + $0) } }
    let merged = self.numbers(
      for: coders.indices.map { key in Vector(joining: parts.map { $0.groups.keyColumn(key) }).gathered(rows) })
    var numbers = parts.map { Array(repeating: 0 as Int32, count: $0.groups.count) }
    var place = 0
    for run in runs {
      numbers[run.part].replaceSubrange(run.groups, with: merged[place..<place + run.groups.count])
      place += run.groups.count
    }
    return numbers
  }
}

/// One aggregate of a query: what it reads and what it has made of it.
private final class AggregateState {
  let result: GroupedAggregate
  private let aggregate: BoundAggregate
  /// Whether values that come again have to be left out.
  private let isDistinct: Bool
  /// The combinations of group and value met so far, for DISTINCT.
  private var values = ColumnCoder()
  private var pairs = DistinctPairs()
  /// Rows to be taken in later, morsel by morsel, by the state that this one is a part of: where their order matters, or
  /// where other parts may have the same.
  private var kept: [KeptRows] = []
  private let keepsRows: Bool
  /// How many values each group has, where only the first ones matter.
  private var taken: [Int] = []

  private struct KeptRows {
    var morsel: Int
    var columns: [Vector]
    var groups: [Int32]?
  }

  init(_ aggregate: BoundAggregate, isDistinct: Bool, isPart: Bool) {
    self.aggregate = aggregate
    self.isDistinct = isDistinct
    result = aggregate.function.map(GroupedAggregate.make) ?? GroupedCount()
    keepsRows = isPart && (isDistinct || result.dependsOnOrder)
  }

  /// Takes in the rows of a batch; `groups` has the group of each row, `nil` means one group for all.
  func add(
    _ batch: Batch, _ slices: inout BatchSlices, of morsel: Int, groups: [Int32]?, _ context: ExecutionContext,
    _ memory: MemoryAccount
  ) throws {
    do {
      if !keepsRows, !isDistinct, aggregate.arguments.count == 1, result.readsSlices,
        let slice = slices.slice(aggregate.arguments[0]), result.add(slice, groups: groups)
      {
        return
      }
      if !keepsRows, !isDistinct, aggregate.arguments.count == 1, let count = result as? GroupedCount,
        let present = context.presence(of: aggregate.arguments[0], batch)
      {
        return count.add(present, groups: groups)
      }
      if !keepsRows, !isDistinct, try addParts(batch, groups, context) { return }
      if let limit = aggregate.valuesRead {
        return try addFirst(limit, batch, of: morsel, groups: groups, context, memory)
      }
      let columns = try aggregate.arguments.map { try context.evaluate($0, batch) }
      guard !columns.isEmpty else {
        (result as? GroupedCount)?.addRows(batch.count, groups: groups)
        return
      }
      try add(columns, of: morsel, groups: groups, memory)
    } catch let error as QueryError {
      throw error.located(at: aggregate.range)
    }
  }

  /// Adds up what the branches of a CASE make of their rows, branch by branch; false for anything else. Integers and
  /// floats need not become one column then.
  private func addParts(_ batch: Batch, _ groups: [Int32]?, _ context: ExecutionContext) throws -> Bool {
    guard let sum = result as? GroupedSum,
      case .conditional(let subject, let branches, let otherwise)? =
        aggregate.arguments.first?.kind
    else { return false }
    if let numbers = try context.numbers(
      by: branches, of: subject, otherwise: otherwise, batch, zeroAsFloat: groups == nil)
    {
      try sum.add(numbers, rest: [], groups: groups)
      return true
    }
    for part in try context.parts(of: subject, branches, otherwise, batch) {
      try sum.add(part.values, rest: [], groups: groups?.gathered(part.rows))
    }
    return true
  }

  /// Takes in the first values of each group, those that are not null.
  private func addFirst(
    _ limit: Int, _ batch: Batch, of morsel: Int, groups: [Int32]?, _ context: ExecutionContext,
    _ memory: MemoryAccount
  ) throws {
    if taken.count < result.count { taken += repeatElement(0, count: result.count - taken.count) }
    var (batch, groups) = (batch, groups ?? Array(repeating: 0, count: batch.count))
    let argument = aggregate.arguments[0]
    if argument.isNeverNull {
      let open = groups.positions(where: { taken[Int($0)] < limit })
      if open.count < batch.count { (batch, groups) = (batch.restricted(to: open), groups.gathered(open)) }
    }
    if batch.count == 0 { return }
    let column = try context.evaluate(argument, batch)
    let isNull = column.hasNoNulls ? nil : column.nullFlags
    var rows: [Int32] = []
    for (row, group) in groups.enumerated() where taken[Int(group)] < limit && !(isNull?[row] ?? false) {
      taken[Int(group)] += 1
      rows.append(Int32(row))
    }
    guard !rows.isEmpty else { return }
    try add([column.gathered(rows)], of: morsel, groups: groups.gathered(rows), memory)
  }

  private func add(_ columns: [Vector], of morsel: Int, groups: [Int32]?, _ memory: MemoryAccount) throws {
    var (columns, groups) = (columns, groups)
    if isDistinct {
      let rows = newRows(columns[0], groups)
      columns = columns.map { $0.gathered(rows) }
      groups = groups?.gathered(rows)
    }
    if keepsRows || result.keepsValues { try memory.add(valuesOf: columns[0]) }
    if keepsRows {
      kept.append(KeptRows(morsel: morsel, columns: columns, groups: groups))
    } else {
      try result.add(columns[0], rest: Array(columns.dropFirst()), groups: groups)
    }
  }

  /// Takes in what the parts have; `groups` has for each part the number here of each of its groups.
  func merge(_ parts: [AggregateState], groups: [[Int32]], _ memory: MemoryAccount) throws {
    do {
      for (part, numbers) in zip(parts, groups) where !part.keepsRows {
        try result.merge(part.result, groups: numbers)
      }
      let kept = zip(parts, groups).flatMap { part, numbers in part.kept.map { (rows: $0, numbers: numbers) } }
      for (rows, numbers) in kept.enumerated().sorted(by: {
        ($0.element.rows.morsel, $0.offset) < ($1.element.rows.morsel, $1.offset)
      }).map(\.element) {
        try add(rows.columns, of: rows.morsel, groups: rows.groups.map { numbers.gathered($0) }, memory)
      }
    } catch let error as QueryError {
      throw error.located(at: aggregate.range)
    }
  }

  /// What it takes for each group and for the values met, without the values it keeps.
  var byteCount: Int {
    result.count * result.bytesPerGroup + values.byteCount + pairs.byteCount + taken.capacity * 8
  }

  /// The rows whose value their group has not met before.
  private func newRows(_ column: Vector, _ groups: [Int32]?) -> [Int32] {
    let known = values.count
    let numbers = values.codes(column)
    return groups.map { pairs.newRows(groups: $0, codes: numbers) } ?? numbers.firstAppearances(from: known)
  }
}
