/// `min(x)` and `max(x)`, in the order of ORDER BY.
final class GroupedExtreme: GroupedAggregate {
  /// How the extremes are kept: numbers of one type need no `Value`.
  private enum Form {
    /// Only integers came; the farthest one stands where none did, and in a group that has it itself.
    case integers
    /// Only floats came, and no NaN, which stands where none did.
    case floats
    case values
  }

  private let sign: Int
  private var form = Form.integers
  /// The extremes, in the form that is used; the others are empty.
  private var integers: [Int64] = []
  private var floats: [Double] = []
  private var values: [Value] = []
  /// Whether the group has the farthest integer itself.
  private var isFarthest: [Bool] = []
  /// The integer that every other goes before.
  private var farthest: Int64 { sign < 0 ? .max : .min }

  init(sign: Int) { self.sign = sign }

  override func grow(to count: Int) {
    let missing = count - self.count
    super.grow(to: count)
    guard missing > 0 else { return }
    switch form {
    case .integers:
      integers += repeatElement(farthest, count: missing)
      isFarthest += repeatElement(false, count: missing)
    case .floats: floats += repeatElement(.nan, count: missing)
    case .values: values += repeatElement(.null, count: missing)
    }
  }

  /// Changes from integers to floats if no number came yet.
  private func expectFloats() {
    guard form == .integers, !isFarthest.contains(true), integers.allSatisfy({ $0 == farthest }) else { return }
    (form, integers, isFarthest) = (.floats, [], [])
    floats = Array(repeating: .nan, count: count)
  }

  private func widen() {
    guard form != .values else { return }
    values = finish().valueArray
    (form, integers, isFarthest, floats) = (.values, [], [], [])
  }

  // MARK: Adding

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) {
    switch column {
    case .integers(let numbers) where form == .integers:
      numbers.elements.withUnsafeBufferPointer { addIntegers($0, numbers.isNull, groups) }
      return
    case .floats(let numbers):
      expectFloats()
      guard form == .floats else { break }
      if numbers.elements.withUnsafeBufferPointer({ addFloats($0, numbers.isNull, groups) }) { return }
    default: break
    }
    widen()
    for row in 0..<column.count {
      let value = column[row]
      if value.isNull { continue }
      let group = groups.map { Int($0[row]) } ?? 0
      if values[group].isNull || Value.order(value, values[group]).signum() == sign { values[group] = value }
    }
  }

  override var readsSlices: Bool { form != .values }

  override func add(_ slice: ColumnSlice, groups: [Int32]?) -> Bool {
    switch (slice.column.storage, form) {
    case (.int8(let numbers), .integers): addIntegers(slice.elements(numbers), nil, groups)
    case (.int16(let numbers), .integers): addIntegers(slice.elements(numbers), nil, groups)
    case (.int32(let numbers), .integers): addIntegers(slice.elements(numbers), nil, groups)
    case (.int64(let numbers), .integers): addIntegers(slice.elements(numbers), nil, groups)
    case (.floats(let numbers), _):
      expectFloats()
      return form == .floats && addFloats(slice.elements(numbers), nil, groups)
    default: return false
    }
    return true
  }

  private func addIntegers<Number: FixedWidthInteger>(
    _ numbers: UnsafeBufferPointer<Number>, _ isNull: [Bool]?, _ groups: [Int32]?
  ) {
    if sign < 0 { addIntegers(numbers, isNull, groups, <) } else { addIntegers(numbers, isNull, groups, >) }
  }

  /// Most rows change nothing: what is not written need not be waited for.
  @inline(__always)
  private func addIntegers<Number: FixedWidthInteger>(
    _ numbers: UnsafeBufferPointer<Number>, _ isNull: [Bool]?, _ groups: [Int32]?,
    _ goesBefore: (Int64, Int64) -> Bool
  ) {
    let farthest = farthest
    integers.withUnsafeMutableBufferPointer { extremes in
      isFarthest.withUnsafeMutableBufferPointer { isFarthest in
        GroupedRows.forEach(0..<numbers.count, isNull, groups) { row, group in
          let number = Int64(truncatingIfNeeded: numbers[row])
          if goesBefore(number, extremes[group]) {
            extremes[group] = number
          } else if Number.bitWidth == 64, number == farthest {
            isFarthest[group] = true
          }
        }
      }
    }
  }

  /// - Returns: whether there was no NaN; if there was one, all have to be taken in again in another form.
  private func addFloats(_ numbers: UnsafeBufferPointer<Double>, _ isNull: [Bool]?, _ groups: [Int32]?) -> Bool {
    sign < 0 ? addFloats(numbers, isNull, groups, >=) : addFloats(numbers, isNull, groups, <=)
  }

  @inline(__always)
  private func addFloats(
    _ numbers: UnsafeBufferPointer<Double>, _ isNull: [Bool]?, _ groups: [Int32]?,
    _ isNoBetter: (Double, Double) -> Bool
  ) -> Bool {
    var isAnyNaN = false
    floats.withUnsafeMutableBufferPointer { extremes in
      GroupedRows.forEach(0..<numbers.count, isNull, groups) { row, group in
        let number = numbers[row]
        // Nothing compares with NaN, neither the one that stands for "none" nor one that comes.
        guard !isNoBetter(number, extremes[group]) else { return }
        if number.isNaN { isAnyNaN = true } else { extremes[group] = number }
      }
    }
    return !isAnyNaN
  }

  override func merge(_ other: GroupedAggregate, groups: [Int32]) {
    guard let other = other as? GroupedExtreme else { return }
    add(other.finish(), rest: [], groups: groups)
  }

  override func finish() -> Vector {
    switch form {
    case .integers:
      let isNull = zip(integers, isFarthest).map { $0 == farthest && !$1 }
      return .integers(NullableArray(integers, isNull: isNull.contains(true) ? isNull : nil))
    case .floats:
      let isNull = floats.map(\.isNaN)
      return .floats(NullableArray(floats, isNull: isNull.contains(true) ? isNull : nil))
    case .values: return Vector(narrowing: values)
    }
  }
}
