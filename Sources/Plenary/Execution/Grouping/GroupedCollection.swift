/// `collect(x)`: columns are kept as they come, and put into lists in the end, when it is known how long each is.
final class GroupedCollection: GroupedAggregate {
  /// Some rows: `groups` has the group of each, `nil` means the first for all.
  private struct Rows {
    var column: Vector
    var groups: [Int32]?
  }

  private var rows: [Rows] = []
  /// How many rows there are, those of null among them.
  private var rowCount = 0
  /// For each group the length of its list.
  private var lengths: [Int] = []

  override var keepsValues: Bool { true }
  override var dependsOnOrder: Bool { true }

  override func grow(to count: Int) {
    super.grow(to: count)
    if lengths.count < count { lengths += repeatElement(0, count: count - lengths.count) }
  }

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    rows.append(Rows(column: column, groups: groups))
    rowCount += column.count
    switch (groups, column.hasNoNulls) {
    case (let groups?, true): for group in groups { lengths[Int(group)] += 1 }
    case (nil, true): lengths[0] += column.count
    case (_, false):
      for (row, isNull) in column.nullFlags.enumerated() where !isNull {
        lengths[groups.map { Int($0[row]) } ?? 0] += 1
      }
    }
    if rowCount > SizeLimit.listElements { for length in lengths { try SizeLimit.checkList(length) } }
  }

  override func finish() -> Vector {
    // All values group by group, and from there into lists of their own.
    var places = lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
    let values = UnsafeMutablePointer<Value>.allocate(capacity: places[places.count - 1])
    defer { values.deallocate() }
    places.withUnsafeMutableBufferPointer { places in
      for part in rows { part.column.move(to: values, places, part.groups) }
    }
    rows = []
    var start = 0
    return .values(
      lengths.map { length in
        defer { start += length }
        return .list(
          [Value](unsafeUninitializedCapacity: length) { list, count in
            list.baseAddress?.moveInitialize(from: values + start, count: length)
            count = length
          })
      })
  }
}

extension Vector {
  /// Writes each value that is not null at its group's place, and moves the place on.
  fileprivate func move(
    to values: UnsafeMutablePointer<Value>, _ places: UnsafeMutableBufferPointer<Int>, _ groups: [Int32]?
  ) {
    @inline(__always)
    func put(_ value: Value, _ row: Int) {
      let group = groups.map { Int($0[row]) } ?? 0
      (values + places[group]).initialize(to: value)
      places[group] &+= 1
    }
    switch self {
    case .integers(let numbers) where numbers.isNull == nil:
      for (row, number) in numbers.elements.enumerated() { put(.integer(number), row) }
    case .floats(let numbers) where numbers.isNull == nil:
      for (row, number) in numbers.elements.enumerated() { put(.float(number), row) }
    default:
      for row in 0..<count {
        let value = self[row]
        if !value.isNull { put(value, row) }
      }
    }
  }
}
