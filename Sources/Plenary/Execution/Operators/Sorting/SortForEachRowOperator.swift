/// For each row of the argument, the rows that come from it, in order: all of them, or the first.
final class SortForEachRowOperator: MaterializingOperator {
  private let items: [BoundSortItem]
  private let limit: BoundExpression?
  private let skip: BoundExpression?
  private let row: VariableID
  private let input: Operator

  /// Rows that are too many are thrown out while others are read; not before there are so many.
  private static let fewestToThin = 1 << 16

  /// - Parameter row: the column with the number of the argument row.
  init(
    _ items: [BoundSortItem], limit: BoundExpression?, skip: BoundExpression?, row: VariableID, _ input: Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.items = items
    self.limit = limit
    self.skip = skip
    self.row = row
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func makeRows() throws -> Batch {
    let wanted = try limit.map { try context.rowCount(limit: $0, skip: skip) } ?? .max
    guard wanted > 0 else { return Batch(variableCount: context.variableCount, count: 0) }
    var kept: [Batch] = []
    var keptCount = 0
    var threshold = wanted < .max ? SortForEachRowOperator.fewestToThin : .max
    while let batch = try input.next() {
      try context.checkStop()
      try memory.add(batch, keeping: input.live)
      kept.append(batch)
      keptCount += batch.count
      guard keptCount > threshold else { continue }
      let best = try first(wanted, of: kept)
      kept = [best]
      keptCount = best.count
      // Where most rows are wanted, they are not put in order again and again.
      threshold = max(threshold, keptCount * 2)
      try memory.hold(0)
      try memory.add(best, keeping: input.live)
    }
    return try first(wanted, of: kept)
  }

  /// The first rows that come from each row of the argument, in order.
  private func first(_ wanted: Int, of batches: [Batch]) throws -> Batch {
    guard !batches.isEmpty else { return Batch(variableCount: context.variableCount, count: 0) }
    let rows = batches.joined(variableCount: context.variableCount, keeping: input.live)
    let keys = try SortKeys(items, rows, context)
    let (grouped, starts) = SortForEachRowOperator.grouped(rows.rowNumbers(row))
    var order: [Int32] = []
    order.reserveCapacity(rows.count)
    for group in starts.indices.dropLast() {
      if group & 255 == 255 { try context.checkStop() }
      try order += keys.firstRows(wanted, of: grouped[starts[group]..<starts[group + 1]], context)
    }
    return rows.gathered(order, keeping: input.live)
  }

  /// The places of the rows of each number, in the order they have, and where those of each number start.
  private static func grouped(_ numbers: [Int32]) -> (places: [Int32], starts: [Int]) {
    var starts = Array(repeating: 0, count: Int(numbers.max() ?? -1) + 2)
    for number in numbers { starts[Int(number) + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    var next = starts
    var places = Array(repeating: Int32(0), count: numbers.count)
    for (place, number) in numbers.enumerated() {
      places[next[Int(number)]] = Int32(truncatingIfNeeded: place)
      next[Int(number)] += 1
    }
    return (places, starts)
  }
}

extension SortKeys {
  /// The first of some rows in order; those that compare equal keep theirs.
  fileprivate func firstRows(_ wanted: Int, of rows: ArraySlice<Int32>, _ context: ExecutionContext) throws -> [Int32] {
    if rows.count <= 1 { return Array(rows.prefix(wanted)) }
    // A few of many: each row finds its place among the best so far.
    guard wanted <= 16, wanted < rows.count else {
      var comparisons = 0
      let sorted = try rows.sorted { a, b in
        comparisons &+= 1
        if comparisons & 0xFFFF == 0 { try context.checkStop() }
        let order = order(Int(a), Int(b))
        return order != 0 ? order < 0 : a < b
      }
      return wanted < sorted.count ? Array(sorted[..<wanted]) : sorted
    }
    var best: [Int32] = []
    for row in rows {
      if best.count == wanted, order(Int(row), Int(best[wanted - 1])) >= 0 { continue }
      var place = best.count
      while place > 0, order(Int(row), Int(best[place - 1])) < 0 { place -= 1 }
      best.insert(row, at: place)
      if best.count > wanted { best.removeLast() }
    }
    return best
  }
}
