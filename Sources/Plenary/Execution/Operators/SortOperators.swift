/// The sort keys of a batch, evaluated once.
struct SortKeys {
  private let columns: [(vector: Vector, isDescending: Bool)]

  init(_ items: [BoundSortItem], _ batch: Batch, _ context: ExecutionContext) throws {
    columns = try items.map { (try context.evaluate($0.expression, batch), $0.isDescending) }
  }

  /// The order of two rows: negative, zero or positive.
  func order(_ a: Int, _ b: Int) -> Int {
    for (vector, isDescending) in columns {
      let order = vector.order(a, b)
      if order != 0 { return isDescending ? -order : order }
    }
    return 0
  }
}

extension Vector {
  /// The order of two rows by orderability (openCypher 9, ORDER BY).
  @inline(__always)
  func order(_ a: Int, _ b: Int) -> Int {
    switch self {
    case .integers(let numbers) where numbers.isNull == nil:
      let (x, y) = (numbers.elements[a], numbers.elements[b])
      return x < y ? -1 : x > y ? 1 : 0
    case .nodes(let ids), .relationships(let ids):
      return ids[a] < ids[b] ? -1 : ids[a] > ids[b] ? 1 : 0
    case .strings(let strings):
      let (x, y) = (strings.views[a], strings.views[b])
      if x.isNull || y.isNull { return (x.isNull ? 1 : 0) - (y.isNull ? 1 : 0) }
      return ByteOrder.compare(strings.heap.bytes(of: x), strings.heap.bytes(of: y))
    case .constant: return 0
    default: return Value.order(self[a], self[b])
    }
  }
}

/// The rows in order; rows that compare equal keep theirs.
final class SortOperator: Operator {
  private let items: [BoundSortItem]
  private let input: Operator
  private var pending: BatchSlicer?
  private var isDone = false

  init(_ items: [BoundSortItem], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.items = items
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if !isDone {
      isDone = true
      let rows = try input.drain(keeping: input.live)
      let keys = try SortKeys(items, rows, context)
      var order = (0..<Int32(rows.count)).map { $0 }
      order.sort { a, b in
        let order = keys.order(Int(a), Int(b))
        return order != 0 ? order < 0 : a < b
      }
      pending = BatchSlicer(rows.gathered(order, keeping: live), keeping: live)
    }
    return pending?.next(context.batchSize)
  }
}

/// The first rows in order, keeping no more than about twice as many while it reads.
final class TopNOperator: Operator {
  private let items: [BoundSortItem]
  private let limit: BoundExpression
  private let skip: BoundExpression?
  private let input: Operator
  private var pending: BatchSlicer?
  private var isDone = false

  init(
    _ items: [BoundSortItem], _ limit: BoundExpression, _ skip: BoundExpression?, _ input: Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.items = items
    self.limit = limit
    self.skip = skip
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if !isDone {
      isDone = true
      pending = BatchSlicer(try topRows(), keeping: live)
    }
    return pending?.next(context.batchSize)
  }

  private func topRows() throws -> Batch {
    let skipped = try skip.map { try context.rowCount($0, of: "SKIP") } ?? 0
    let (sum, overflows) = try context.rowCount(limit, of: "LIMIT").addingReportingOverflow(skipped)
    let wanted = overflows ? Int.max : sum
    var kept: [Batch] = []
    var keptCount = 0
    let threshold = wanted < Int.max / 4 ? max(wanted * 2, context.batchSize) : Int.max
    while let batch = try input.next() {
      try context.checkStop()
      kept.append(batch)
      keptCount += batch.count
      if keptCount > threshold {
        let best = try first(wanted, of: kept)
        kept = [best]
        keptCount = best.count
      }
    }
    return try first(wanted, of: kept)
  }

  private func first(_ wanted: Int, of batches: [Batch]) throws -> Batch {
    guard !batches.isEmpty else { return Batch(variableCount: context.variableCount, count: 0) }
    let rows = batches.joined(variableCount: context.variableCount, keeping: input.live)
    let keys = try SortKeys(items, rows, context)
    var order = (0..<Int32(rows.count)).map { $0 }
    order.sort { a, b in
      let order = keys.order(Int(a), Int(b))
      return order != 0 ? order < 0 : a < b
    }
    return rows.gathered(Array(order.prefix(wanted)), keeping: input.live)
  }
}
