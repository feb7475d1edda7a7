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
    default: GroupedAccumulators(function)
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

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    if column.hasNoNulls { return addRows(column.count, groups: groups) }
    let isNull = column.nullFlags
    for row in isNull.indices where !isNull[row] { counts[groups.map { Int($0[row]) } ?? 0] += 1 }
  }

  override func merge(_ other: GroupedAggregate, groups: [Int32]) {
    guard let other = other as? GroupedCount else { return }
    for (group, count) in zip(groups, other.counts) { counts[Int(group)] += count }
  }

  override func finish() -> Vector { .integers(NullableArray(counts)) }
}

/// `min(x)` and `max(x)`, in the order of ORDER BY.
final class GroupedExtreme: GroupedAggregate {
  private let sign: Int
  private var extremes: [Value] = []
  /// The extremes as long as only integers came, which need no `Value`; `farthest` in a group without any.
  private var integers: [Int64]? = []
  /// Whether the group has the farthest integer itself.
  private var isFarthest: [Bool] = []
  /// The integer that every other goes before.
  private var farthest: Int64 { sign < 0 ? .max : .min }

  init(sign: Int) { self.sign = sign }

  override func grow(to count: Int) {
    super.grow(to: count)
    if integers != nil {
      integers! += repeatElement(farthest, count: max(0, count - isFarthest.count))
      isFarthest += repeatElement(false, count: max(0, count - isFarthest.count))
    } else if extremes.count < count {
      extremes += repeatElement(.null, count: count - extremes.count)
    }
  }

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) {
    if case .integers(let numbers) = column, integers != nil {
      addIntegers(numbers, groups)
      return
    }
    if let known = integers {
      extremes = Vector.integers(nullableIntegers(known)).valueArray
      integers = nil
    }
    for row in 0..<column.count {
      let value = column[row]
      if value.isNull { continue }
      let group = groups.map { Int($0[row]) } ?? 0
      if extremes[group].isNull || Value.order(value, extremes[group]).signum() == sign { extremes[group] = value }
    }
  }

  private func addIntegers(_ numbers: NullableArray<Int64>, _ groups: [Int32]?) {
    if sign < 0 { addIntegers(numbers, groups, <) } else { addIntegers(numbers, groups, >) }
  }

  /// Most rows change nothing: what is not written need not be waited for.
  @inline(__always)
  private func addIntegers(
    _ numbers: NullableArray<Int64>, _ groups: [Int32]?, _ goesBefore: (Int64, Int64) -> Bool
  ) {
    let farthest = farthest
    integers!.withUnsafeMutableBufferPointer { extremes in
      isFarthest.withUnsafeMutableBufferPointer { isFarthest in
        numbers.elements.withUnsafeBufferPointer { elements in
          @inline(__always)
          func add(_ row: Int, to group: Int) {
            let number = elements[row]
            if goesBefore(number, extremes[group]) {
              extremes[group] = number
            } else if number == farthest {
              isFarthest[group] = true
            }
          }
          switch (groups, numbers.isNull) {
          case (let groups?, nil):
            groups.withUnsafeBufferPointer { groups in
              for row in 0..<elements.count { add(row, to: Int(groups[row])) }
            }
          case (nil, nil): for row in 0..<elements.count { add(row, to: 0) }
          case (_, let isNull?):
            for row in 0..<elements.count where !isNull[row] { add(row, to: groups.map { Int($0[row]) } ?? 0) }
          }
        }
      }
    }
  }

  /// The extremes as values, as long as only integers came; null where none has.
  private func nullableIntegers(_ integers: [Int64]) -> NullableArray<Int64> {
    let isNull = zip(integers, isFarthest).map { $0 == farthest && !$1 }
    return NullableArray(integers, isNull: isNull.contains(true) ? isNull : nil)
  }

  override func merge(_ other: GroupedAggregate, groups: [Int32]) {
    guard let other = other as? GroupedExtreme else { return }
    add(other.finish(), rest: [], groups: groups)
  }

  override func finish() -> Vector {
    if let integers { return .integers(nullableIntegers(integers)) }
    return Vector(narrowing: extremes)
  }
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
