import Synchronization

/// The sort keys of a batch, evaluated once.
struct SortKeys {
  private let columns: [(vector: Vector, isDescending: Bool)]
  /// The same as one number for each row, where there are enough rows.
  private let packed: PackedSortKeys?

  init(_ items: [BoundSortItem], _ batch: Batch, _ context: ExecutionContext) throws {
    columns = try items.map { (try context.evaluate($0.expression, batch), $0.isDescending) }
    packed = batch.count < PackedSortKeys.minimumRows ? nil : PackedSortKeys(columns, count: batch.count)
  }

  /// The order of two rows: negative, zero or positive.
  @inline(__always)
  func order(_ a: Int, _ b: Int) -> Int {
    guard let packed else { return orderOfValues(a, b) }
    let (x, y) = (packed.keys[a], packed.keys[b])
    return x < y ? -1 : x > y ? 1 : packed.isExact ? 0 : orderOfValues(a, b)
  }

  private func orderOfValues(_ a: Int, _ b: Int) -> Int {
    for (vector, isDescending) in columns {
      let order = vector.order(a, b)
      if order != 0 { return isDescending ? -order : order }
    }
    return 0
  }

  /// The rows in order; those that compare equal keep theirs.
  func sortedRows(_ count: Int, _ context: ExecutionContext) throws -> [Int32] {
    let stop = context.stop
    if let packed { return try packed.sortedRows(stop) { orderOfValues($0, $1) } }
    let threads = context.threads(forRows: count)
    guard threads > 1 else { return try sorted(0..<count, stop) }
    let share = (count + threads - 1) / threads
    var runs = try SortKeys.runs(threads) { part in
      try sorted(min(part * share, count)..<min((part + 1) * share, count), stop)
    }
    while runs.count > 1 {
      let halves = runs
      runs = try SortKeys.runs((halves.count + 1) / 2) { part in
        guard 2 * part + 1 < halves.count else { return halves[2 * part] }
        return try halves[2 * part].merged(with: halves[2 * part + 1], stop) { order($0, $1) <= 0 }
      }
    }
    return runs[0]
  }

  /// Has some threads make a run each.
  private static func runs(_ count: Int, _ body: @Sendable (Int) throws -> [Int32]) throws -> [[Int32]] {
    let runs = Mutex<[[Int32]]>(Array(repeating: [], count: count))
    try WorkerPool.shared.run(workers: count) { part in
      let run = try body(part)
      runs.withLock { $0[part] = run }
    }
    return runs.withLock { $0 }
  }

  /// The first rows in order, without putting the others in order.
  ///
  /// Rows are piled up until there are twice as many as wanted; then the better half stays, and whatever comes after its
  /// last row is passed by. O(count + updates x log wanted): few rows get that far unless they come in reverse order.
  func firstRows(_ wanted: Int, of count: Int, _ context: ExecutionContext) throws -> [Int32] {
    // Where many of the rows are wanted, threads put all in order sooner.
    guard wanted < count / 4 else { return Array(try sortedRows(count, context).prefix(wanted)) }
    guard wanted > 0 else { return [] }
    var kept: [Int32] = []
    var worst: Int?
    for row in 0..<count {
      if row & 0xFFFF == 0xFFFF { try context.checkStop() }
      // Of two that compare equal the earlier one stays.
      if let worst, order(row, worst) >= 0 { continue }
      kept.append(Int32(row))
      guard kept.count == wanted * 2 else { continue }
      sort(&kept)
      kept.removeLast(wanted)
      worst = Int(kept[wanted - 1])
    }
    sort(&kept)
    return Array(kept.prefix(wanted))
  }

  private func sort(_ rows: inout [Int32]) {
    rows.sort { a, b in
      let order = order(Int(a), Int(b))
      return order != 0 ? order < 0 : a < b
    }
  }

  private func sorted(_ range: Range<Int>, _ stop: StopSignal) throws -> [Int32] {
    var rows = range.map { Int32($0) }
    var comparisons = 0
    try rows.sort { a, b in
      comparisons &+= 1
      if comparisons & 0xFFFF == 0 { try stop.check() }
      let order = order(Int(a), Int(b))
      return order != 0 ? order < 0 : a < b
    }
    return rows
  }
}

extension [Int32] {
  /// Two runs of rows that are in order as one. Rows of the first stood before those of the second. O(rows).
  ///
  /// - Parameter goesFirst: whether a row of the first run does not come after one of the second.
  @inline(__always)
  func merged(with other: [Int32], _ stop: StopSignal, where goesFirst: (Int, Int) -> Bool) throws -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(count + other.count)
    var (left, right) = (0, 0)
    while left < count, right < other.count {
      if result.count & 0xFFFF == 0 { try stop.check() }
      if goesFirst(Int(self[left]), Int(other[right])) {
        result.append(self[left])
        left += 1
      } else {
        result.append(other[right])
        right += 1
      }
    }
    return result + self[left...] + other[right...]
  }
}

extension Vector {
  /// The order of two rows by orderability (openCypher 9, ORDER BY): null after everything, NaN after all numbers.
  @inline(__always)
  func order(_ a: Int, _ b: Int) -> Int {
    switch self {
    case .integers(let numbers):
      if let isNull = numbers.isNull, isNull[a] || isNull[b] { return (isNull[a] ? 1 : 0) - (isNull[b] ? 1 : 0) }
      let (x, y) = (numbers.elements[a], numbers.elements[b])
      return x < y ? -1 : x > y ? 1 : 0
    case .floats(let numbers):
      if let isNull = numbers.isNull, isNull[a] || isNull[b] { return (isNull[a] ? 1 : 0) - (isNull[b] ? 1 : 0) }
      let (x, y) = (numbers.elements[a], numbers.elements[b])
      return x < y ? -1 : x > y ? 1 : (x.isNaN ? 1 : 0) - (y.isNaN ? 1 : 0)
    case .nodes(let ids), .relationships(let ids):
      return ids[a] < ids[b] ? -1 : ids[a] > ids[b] ? 1 : 0
    case .strings(let strings):
      let (x, y) = (strings[a], strings[b])
      if x.isNull || y.isNull { return (x.isNull ? 1 : 0) - (y.isNull ? 1 : 0) }
      return ByteOrder.compare(strings.heap.bytes(of: x), strings.heap.bytes(of: y))
    case .dates(let days):
      if let isNull = days.isNull, isNull[a] || isNull[b] { return (isNull[a] ? 1 : 0) - (isNull[b] ? 1 : 0) }
      let (x, y) = (days.elements[a], days.elements[b])
      return x < y ? -1 : x > y ? 1 : 0
    case .constant: return 0
    case .booleans, .coded, .values: return Value.order(self[a], self[b])
    }
  }
}

/// The rows in order; rows that compare equal keep theirs.
final class SortOperator: MaterializingOperator {
  private let items: [BoundSortItem]
  private let input: Operator

  init(_ items: [BoundSortItem], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.items = items
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func makeRows() throws -> Batch {
    let rows = try input.drain(keeping: input.live, in: memory)
    // Room for the order of the rows and for the rows in that order; what they were read from goes then.
    let bytes = rows.slotBytes
    try memory.add(bytes + rows.count * 4)
    defer { memory.release(bytes + rows.count * 4) }
    let order = try SortKeys(items, rows, context).sortedRows(rows.count, context)
    return rows.gathered(order, keeping: live)
  }
}

extension Vector {
  /// The rows that do not come after a value in the order of ORDER BY.
  func rows(notAfter bound: Value, isDescending: Bool) -> [Int32] {
    switch (self, bound) {
    case (.floats(let numbers), .float(let bound)) where numbers.isNull == nil && !bound.isNaN:
      return numbers.elements.positions { isDescending ? $0 >= bound || $0.isNaN : $0 <= bound }
    case (.integers(let numbers), .integer(let bound)) where numbers.isNull == nil:
      return numbers.elements.positions { isDescending ? $0 >= bound : $0 <= bound }
    case (.strings(let strings), .string(var bound)):
      return bound.withUTF8 { bound in
        (0..<Int32(count)).filter {
          let view = strings[Int($0)]
          // Null comes after everything.
          let order = view.isNull ? 1 : ByteOrder.compare(strings.heap.bytes(of: view), bound)
          return isDescending ? order >= 0 : order <= 0
        }
      }
    default:
      return (0..<Int32(count)).filter {
        let order = Value.order(self[Int($0)], bound)
        return isDescending ? order >= 0 : order <= 0
      }
    }
  }
}

extension Array {
  /// The positions of the elements that pass a test, written without branching.
  @inline(__always)
  func positions(where test: (Element) -> Bool) -> [Int32] {
    withUnsafeBufferPointer { elements in
      [Int32](unsafeUninitializedCapacity: elements.count) { target, initialized in
        var count = 0
        for row in 0..<elements.count {
          target[count] = Int32(truncatingIfNeeded: row)
          count &+= test(elements[row]) ? 1 : 0
        }
        initialized = count
      }
    }
  }
}

/// The first rows in order, keeping no more than about twice as many while it reads.
///
/// Workers have one each, which gives out the first rows of every morsel.
final class TopNOperator: MaterializingOperator {
  private let items: [BoundSortItem]
  private let limit: BoundExpression
  private let skip: BoundExpression?
  private let input: Operator
  /// The first sort key of the worst row kept, once enough are: rows after it need not be looked at again.
  private var bound: Value?
  /// The scan that the first sort key comes from, which may then leave out what would make only such rows.
  private let scan: (tests: ScanTests, key: String)?

  init(
    _ items: [BoundSortItem], _ limit: BoundExpression, _ skip: BoundExpression?, _ input: Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.items = items
    self.limit = limit
    self.skip = skip
    self.input = input
    scan = items.first.flatMap { input.scan(giving: $0.expression) }
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if let batch = try super.next() { return batch }
    startAgain()
    try memory.hold(0)
    return nil
  }

  override func makeRows() throws -> Batch {
    let wanted = try context.rowCount(limit: limit, skip: skip)
    var kept: [Batch] = []
    var keptCount = 0
    let threshold = wanted < Int.max / 4 ? wanted * 2 : Int.max
    while var batch = try input.next() {
      try context.checkStop()
      if let bound {
        let keys = try context.evaluate(items[0].expression, batch)
        let rows = keys.rows(notAfter: bound, isDescending: items[0].isDescending)
        if rows.isEmpty { continue }
        batch = batch.restricted(to: rows)
      }
      guard wanted > 0 else {
        // Nothing is kept; what the keys fail for is still an error.
        _ = try SortKeys(items, batch, context)
        continue
      }
      try memory.add(batch, keeping: input.live)
      kept.append(batch)
      keptCount += batch.count
      if keptCount > threshold {
        let best = try first(wanted, of: kept)
        kept = [best]
        keptCount = best.count
        try memory.hold(0)
        try memory.add(best, keeping: input.live)
        let bound = try context.evaluate(items[0].expression, best.restricted(to: [Int32(best.count - 1)]))[0]
        self.bound = bound
        scan?.tests.leaveOut(
          after: .init(value: bound, isDescending: items[0].isDescending), of: scan?.key ?? "", context)
      }
    }
    return try first(wanted, of: kept)
  }

  private func first(_ wanted: Int, of batches: [Batch]) throws -> Batch {
    guard !batches.isEmpty else { return Batch(variableCount: context.variableCount, count: 0) }
    let rows = batches.joined(variableCount: context.variableCount, keeping: input.live)
    let order = try SortKeys(items, rows, context).firstRows(wanted, of: rows.count, context)
    return rows.gathered(order, keeping: input.live)
  }
}
