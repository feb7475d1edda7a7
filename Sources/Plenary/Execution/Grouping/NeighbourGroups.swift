/// Groups of rows, with what is computed over the neighbours of each: of all rows, or of those that one worker comes by.
final class NeighbourGroups: GroupingSink {
  private let neighbours: NeighbourAggregation
  private let reader: NeighbourReader
  private let context: ExecutionContext
  private let memory: MemoryAccount
  /// The bytes that are counted for the groups.
  private var counted = 0
  private var groups: GroupTable
  private let measures: [NeighbourReader.Measure]
  /// For each group the morsel that its first row is from.
  private var firstMorsels: [Int] = []

  /// - Parameters:
  ///   - reader: what several of these may share: it only reads.
  ///   - distinctKey: a key that no two rows have in common.
  init(
    _ neighbours: NeighbourAggregation, _ reader: NeighbourReader, _ context: ExecutionContext, _ memory: MemoryAccount,
    distinctKey: Int?
  ) {
    self.neighbours = neighbours
    self.reader = reader
    self.context = context
    self.memory = memory
    groups = GroupTable(keyCount: neighbours.aggregation.keys.count, distinctKey: distinctKey)
    measures = reader.makeMeasures()
    for measure in measures { measure.result.grow(to: count) }
  }

  private var keys: [BoundAssignment] { neighbours.aggregation.keys }
  private var count: Int { keys.isEmpty ? 1 : groups.count }

  /// Takes in some rows.
  func add(_ batch: Batch, of morsel: Int) throws {
    let matches = try reader.matches(of: batch, context)
    // A row without neighbours makes no group, unless they are optional.
    guard !matches.isEmpty || neighbours.isOptional else { return }
    let isWhole = neighbours.isOptional || matches.count == batch.count
    let found = isWhole ? batch : batch.restricted(to: matches.map(\.row))
    let columns = try keys.map { try context.evaluate($0.expression, found) }
    var numbers = columns.isEmpty ? Array(repeating: 0, count: found.count) : groups.numbers(for: columns)
    firstMorsels += repeatElement(morsel, count: count - firstMorsels.count)
    for measure in measures { measure.result.grow(to: count) }
    if neighbours.isOptional, matches.count < batch.count {
      addMissing(matches, numbers)
      numbers = matches.map { numbers[Int($0.row)] }
    }
    for measure in measures { try measure.add(NeighbourReader.Matches(matches: matches, groups: numbers)) }
    let bytes = groups.byteCount + firstMorsels.count * 8
    try memory.add(bytes - counted)
    counted = bytes
  }

  /// Counts the rows without neighbours where all rows count.
  private func addMissing(_ matches: [NeighbourReader.Match], _ numbers: [Int32]) {
    for (measure, item) in zip(measures, neighbours.aggregation.aggregates) where item.aggregate.function == nil {
      guard let count = measure.result as? GroupedCount else { continue }
      var next = matches.startIndex
      for (row, group) in numbers.enumerated() {
        if next < matches.endIndex, Int(matches[next].row) == row {
          next += 1
        } else {
          count.add(1, to: Int(group))
        }
      }
    }
  }

  func merge(_ parts: [NeighbourGroups]) throws {
    let numbers =
      keys.isEmpty
      ? parts.map { _ in [0] }
      : groups.merge(parts.map { GroupTable.Part(groups: $0.groups, firstMorsels: $0.firstMorsels) })
    for (index, measure) in measures.enumerated() {
      measure.result.grow(to: count)
      for (part, numbers) in zip(parts, numbers) {
        try measure.result.merge(part.measures[index].result, groups: numbers)
      }
    }
  }

  /// One row for each group.
  func finish() throws -> Batch {
    var result = Batch(variableCount: context.variableCount, count: count)
    for (index, key) in keys.enumerated() { result[key.variable] = groups.keyColumn(index) }
    for (measure, item) in zip(measures, neighbours.aggregation.aggregates) {
      do {
        result[item.variable] = try measure.result.finish()
      } catch let error as QueryError {
        throw error.located(at: item.aggregate.range)
      }
    }
    return result
  }
}
