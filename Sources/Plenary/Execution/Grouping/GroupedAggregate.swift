/// One aggregating function over all groups at once: its state lies in arrays with an element for each group.
class GroupedAggregate {
  /// The number of groups.
  private(set) var count = 0

  /// About how much memory each group takes, apart from values it keeps.
  var bytesPerGroup: Int { 64 }

  /// Whether every value that is added stays in memory.
  var keepsValues: Bool { false }

  /// Makes room for more groups.
  func grow(to count: Int) { self.count = count }

  /// Takes in a column; `groups` has the group of each row, `nil` means the first for all. Nulls are skipped.
  func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {}

  /// Whether there is a loop for some columns as they lie in the graph.
  var readsSlices: Bool { false }

  /// Takes in a column as it lies in the graph, like `add(_:rest:groups:)`; false, and nothing taken in, where there is
  /// no loop for it.
  func add(_ slice: ColumnSlice, groups: [Int32]?) -> Bool { false }

  /// Whether it matters in which order rows are taken in, so that states must not be merged.
  var dependsOnOrder: Bool { false }

  /// Takes in what another state of the same function has; `groups` has the group here of each of its groups.
  func merge(_ other: GroupedAggregate, groups: [Int32]) throws {}

  /// The aggregate of each group.
  func finish() throws -> Vector { .constant(.null, count: count) }

  /// The state for a function.
  static func make(_ function: AggregateFunction) -> GroupedAggregate {
    switch function.name {
    case "count": GroupedCount()
    case "sum": GroupedSum(function, isAverage: false)
    case "avg": GroupedSum(function, isAverage: true)
    case "min": GroupedExtreme(sign: -1)
    case "max": GroupedExtreme(sign: 1)
    case "collect": GroupedCollection()
    case "stDev": GroupedDeviation(function, isSample: true)
    case "stDevP": GroupedDeviation(function, isSample: false)
    case "percentileCont": GroupedPercentile(function, interpolates: true)
    case "percentileDisc": GroupedPercentile(function, interpolates: false)
    default: GroupedAccumulators(function)
    }
  }
}

/// The rows of a column with their groups.
enum GroupedRows {
  /// Calls `body` with each row that is not null and its group, the first where there are no groups.
  @inline(__always)
  static func forEach(
    _ rows: Range<Int>, _ isNull: [Bool]?, _ groups: [Int32]?, _ body: (_ row: Int, _ group: Int) -> Void
  ) {
    switch (groups, isNull) {
    case (let groups?, nil):
      groups.withUnsafeBufferPointer { groups in
        for row in rows { body(row, Int(groups[row])) }
      }
    case (nil, nil): for row in rows { body(row, 0) }
    case (let groups?, let isNull?):
      groups.withUnsafeBufferPointer { groups in
        isNull.withUnsafeBufferPointer { isNull in
          for row in rows where !isNull[row] { body(row, Int(groups[row])) }
        }
      }
    case (nil, let isNull?):
      isNull.withUnsafeBufferPointer { isNull in
        for row in rows where !isNull[row] { body(row, 0) }
      }
    }
  }
}

/// `count(x)`.
final class GroupedCount: GroupedAggregate {
  private var counts: [Int64] = []

  override func grow(to count: Int) {
    super.grow(to: count)
    if counts.count < count { counts += repeatElement(0, count: count - counts.count) }
  }

  /// Takes in so many rows of a group.
  @inline(__always)
  func add(_ rows: Int64, to group: Int) { counts[group] &+= rows }

  /// Takes in rows without looking at values: `count(*)`.
  func addRows(_ rows: Int, groups: [Int32]?) {
    guard let groups else {
      counts[0] += Int64(rows)
      return
    }
    counts.withUnsafeMutableBufferPointer { counts in
      for group in groups { counts[Int(group)] &+= 1 }
    }
  }

  /// Takes in rows of which only the true ones count.
  func add(_ present: [Ternary], groups: [Int32]?) {
    guard let groups else {
      counts[0] += Int64(present.countOfTrue)
      return
    }
    counts.withUnsafeMutableBufferPointer { counts in
      for row in 0..<groups.count { counts[Int(groups[row])] &+= Int64(present[row].rawValue & 1) }
    }
  }

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    if column.hasNoNulls { return addRows(column.count, groups: groups) }
    let isNull = column.nullFlags
    guard let groups else {
      var nulls = 0
      for flag in isNull { nulls &+= flag ? 1 : 0 }
      counts[0] += Int64(isNull.count - nulls)
      return
    }
    counts.withUnsafeMutableBufferPointer { counts in
      for row in 0..<groups.count { counts[Int(groups[row])] &+= isNull[row] ? 0 : 1 }
    }
  }

  override var readsSlices: Bool { true }

  override func add(_ slice: ColumnSlice, groups: [Int32]?) -> Bool {
    addRows(slice.rows.count, groups: groups)
    return true
  }

  override func merge(_ other: GroupedAggregate, groups: [Int32]) {
    guard let other = other as? GroupedCount else { return }
    for (group, count) in zip(groups, other.counts) { counts[Int(group)] += count }
  }

  override func finish() -> Vector { .integers(NullableArray(counts)) }
}

/// Any other function: an accumulator for each group.
final class GroupedAccumulators: GroupedAggregate {
  private let function: AggregateFunction
  private var accumulators: [any Accumulator] = []

  override var bytesPerGroup: Int { 128 }

  // Percentiles need all values, and a function of the host's may keep any.
  override var keepsValues: Bool { !["stDev", "stDevP", "sum", "avg"].contains(function.name) }

  init(_ function: AggregateFunction) { self.function = function }

  override func grow(to count: Int) {
    super.grow(to: count)
    while accumulators.count < count { accumulators.append(function.makeAccumulator()) }
  }

  func replace(_ group: Int, by accumulator: any Accumulator) { accumulators[group] = accumulator }

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    var arguments: [Value] = Array(repeating: .null, count: rest.count)
    for row in 0..<column.count {
      let value = column[row]
      if value.isNull { continue }
      for index in rest.indices { arguments[index] = rest[index][row] }
      try accumulators[groups.map { Int($0[row]) } ?? 0].add(value, rest: arguments[...])
    }
  }

  override func merge(_ other: GroupedAggregate, groups: [Int32]) throws {
    guard let other = other as? GroupedAccumulators else { return }
    for (group, accumulator) in zip(groups, other.accumulators) { try accumulators[Int(group)].merge(accumulator) }
  }

  override func finish() throws -> Vector { Vector(narrowing: try accumulators.map { try $0.finish() }) }
}
