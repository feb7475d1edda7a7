/// `min(x)` and `max(x)`, in the order of ORDER BY.
final class GroupedExtreme: GroupedAggregate {
  /// How the extremes are kept: numbers of one type need no `Value`.
  private enum Form {
    /// Only integers came, or only dates; the farthest one stands where none did, and in a group that has it itself.
    case integers
    /// Only floats came, and no NaN, which stands where none did.
    case floats
    /// Only strings of one heap came.
    case texts(StringHeap)
    case values
  }

  private let sign: Int
  private var form = Form.integers
  /// Whether the integers are days.
  private var areDates = false
  /// The extremes, in the form that is used; the others are empty.
  private var integers: [Int64] = []
  private var floats: [Double] = []
  /// The strings, with their first bytes as a number of the same order.
  private var texts: [(view: StringVector.View, leading: UInt64)] = []
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
    case .texts: texts += repeatElement((.null, 0), count: missing)
    case .values: values += repeatElement(.null, count: missing)
    }
  }

  /// Whether nothing came yet.
  private var isEmpty: Bool {
    if case .integers = form { !isFarthest.contains(true) && integers.allSatisfy { $0 == farthest } } else { false }
  }

  /// Whether integers can be taken in, or dates; goes over to dates if nothing came yet.
  private func expectsIntegers(areDates: Bool) -> Bool {
    guard case .integers = form else { return false }
    if areDates != self.areDates, isEmpty { self.areDates = areDates }
    return areDates == self.areDates
  }

  /// Whether floats can be taken in; goes over to floats if nothing came yet.
  private func expectsFloats() -> Bool {
    if case .floats = form { return true }
    guard isEmpty else { return false }
    (form, integers, isFarthest) = (.floats, [], [])
    floats = Array(repeating: .nan, count: count)
    return true
  }

  /// Whether strings of a heap can be taken in; goes over to them if nothing came yet.
  private func expectsTexts(of heap: StringHeap) -> Bool {
    if case .texts(let known) = form { return known === heap }
    guard isEmpty else { return false }
    (form, integers, isFarthest) = (.texts(heap), [], [])
    texts = Array(repeating: (.null, 0), count: count)
    return true
  }

  private func widen() {
    if case .values = form { return }
    values = finish().valueArray
    (form, integers, isFarthest, floats, texts) = (.values, [], [], [], [])
  }

  // MARK: Adding

  override func add(_ column: Vector, rest: [Vector], groups: [Int32]?) {
    switch column {
    case .integers(let numbers) where expectsIntegers(areDates: false):
      numbers.elements.withUnsafeBufferPointer { addIntegers($0, numbers.isNull, groups) }
      return
    case .dates(let days) where expectsIntegers(areDates: true):
      days.elements.withUnsafeBufferPointer { addIntegers($0, days.isNull, groups) }
      return
    case .strings(let strings) where expectsTexts(of: strings.heap):
      addTexts(strings, groups)
      return
    case .floats(let numbers) where expectsFloats():
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

  override var readsSlices: Bool { if case .values = form { false } else { true } }

  override func add(_ slice: ColumnSlice, groups: [Int32]?) -> Bool {
    switch slice.column.storage {
    case .int8(let numbers) where expectsIntegers(areDates: false):
      addIntegers(slice.elements(numbers), nil, groups)
    case .int16(let numbers) where expectsIntegers(areDates: false):
      addIntegers(slice.elements(numbers), nil, groups)
    case .int32(let numbers) where expectsIntegers(areDates: false):
      addIntegers(slice.elements(numbers), nil, groups)
    case .int64(let numbers) where expectsIntegers(areDates: false):
      addIntegers(slice.elements(numbers), nil, groups)
    case .dates(let days) where expectsIntegers(areDates: true):
      addIntegers(slice.elements(days), nil, groups)
    case .floats(let numbers) where expectsFloats():
      return addFloats(slice.elements(numbers), nil, groups)
    default: return false
    }
    return true
  }

  /// Strings that differ in their first bytes are told apart by these.
  private func addTexts(_ strings: StringVector, _ groups: [Int32]?) {
    let (heap, sign) = (strings.heap, sign)
    texts.withUnsafeMutableBufferPointer { extremes in
      for row in 0..<strings.count {
        let view = strings[row]
        if view.isNull { continue }
        let group = groups.map { Int($0[row]) } ?? 0
        let bytes = heap.bytes(of: view)
        let leading = PropertyColumn.leadingBytes(bytes)
        let (known, knownLeading) = extremes[group]
        if !known.isNull {
          guard leading == knownLeading || (leading < knownLeading) == (sign < 0) else { continue }
          if leading == knownLeading,
            ByteOrder.compare(bytes, heap.bytes(of: known)).signum() != sign
          {
            continue
          }
        }
        extremes[group] = (view, leading)
      }
    }
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
    guard let other = other as? GroupedExtreme, !other.isEmpty else { return }
    add(other.finish(), rest: [], groups: groups)
  }

  override func finish() -> Vector {
    switch form {
    case .integers:
      let isNull = zip(integers, isFarthest).map { $0 == farthest && !$1 }
      let numbers = NullableArray(integers, isNull: isNull.contains(true) ? isNull : nil)
      return areDates ? .dates(numbers) : .integers(numbers)
    case .texts(let heap): return .strings(StringVector(heap: heap, views: texts.map(\.view)))
    case .floats:
      let isNull = floats.map(\.isNaN)
      return .floats(NullableArray(floats, isNull: isNull.contains(true) ? isNull : nil))
    case .values: return Vector(narrowing: values)
    }
  }
}
