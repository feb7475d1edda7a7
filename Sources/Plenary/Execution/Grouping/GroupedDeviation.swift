/// `stDev(x)` and `stDevP(x)`.
final class GroupedDeviation: GroupedAggregate {
  private let function: AggregateFunction
  private let isSample: Bool
  private var deviations: [Deviation] = []

  init(_ function: AggregateFunction, isSample: Bool) {
    self.function = function
    self.isSample = isSample
  }

  override func grow(to count: Int) {
    super.grow(to: count)
    if deviations.count < count { deviations += repeatElement(Deviation(), count: count - deviations.count) }
  }

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) throws {
    switch column {
    case .integers(let numbers):
      numbers.elements.withUnsafeBufferPointer { add($0, numbers.isNull, groups, Double.init) }
    case .floats(let numbers):
      numbers.elements.withUnsafeBufferPointer { add($0, numbers.isNull, groups) { $0 } }
    default:
      for row in 0..<column.count {
        let value = column[row]
        if value.isNull { continue }
        // An accumulator knows what is wrong with a value that is no number.
        guard let number = value.double else { return try function.makeAccumulator().add(value, rest: []) }
        deviations[groups.map { Int($0[row]) } ?? 0].add(number)
      }
    }
  }

  override var readsSlices: Bool { true }

  override func add(_ slice: ColumnSlice, groups: [Int32]?) -> Bool {
    switch slice.column.storage {
    case .int8(let numbers): add(slice.elements(numbers), nil, groups) { Double($0) }
    case .int16(let numbers): add(slice.elements(numbers), nil, groups) { Double($0) }
    case .int32(let numbers): add(slice.elements(numbers), nil, groups) { Double($0) }
    case .int64(let numbers): add(slice.elements(numbers), nil, groups) { Double($0) }
    case .floats(let numbers): add(slice.elements(numbers), nil, groups) { $0 }
    default: return false
    }
    return true
  }

  @inline(__always)
  private func add<Number>(
    _ numbers: UnsafeBufferPointer<Number>, _ isNull: [Bool]?, _ groups: [Int32]?, _ double: (Number) -> Double
  ) {
    deviations.withUnsafeMutableBufferPointer { deviations in
      GroupedRows.forEach(0..<numbers.count, isNull, groups) { row, group in
        deviations[group].add(double(numbers[row]))
      }
    }
  }

  override func merge(_ other: GroupedAggregate, groups: [Int32]) {
    guard let other = other as? GroupedDeviation else { return }
    for (group, deviation) in zip(groups, other.deviations) { deviations[Int(group)].add(deviation) }
  }

  override func finish() -> Vector { .floats(NullableArray(deviations.map { $0.result(isSample: isSample) })) }
}
