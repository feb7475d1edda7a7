/// Makes a `PropertyColumn` from values in ascending order of id, finding the narrowest form on the way.
struct PropertyColumnBuilder: Sendable {
  private enum Form { case undecided, integers, floats, booleans, dates, strings, values }

  private var form = Form.undecided
  private var first: UInt32 = 0
  /// One above the last id.
  private var end: UInt32 = 0
  private var count = 0
  /// The ids, kept from the first gap on.
  private var ids: [UInt32]?
  private var integers = SegmentedArray<Int64>()
  private var floats = SegmentedArray<Double>()
  private var booleans = SegmentedArray<UInt8>()
  private var dates = SegmentedArray<Int32>()
  private var strings = StringColumnBuilder()
  private var values: [Value] = []

  init() {}

  var isEmpty: Bool { count == 0 }

  /// - Precondition: `id` is above all ids before it; this holds for every append.
  @inline(__always)
  mutating func append(_ number: Int64, for id: UInt32) {
    advance(to: id, as: .integers)
    if form == .integers { integers.append(number) } else { values.append(.integer(number)) }
  }

  @inline(__always)
  mutating func append(_ number: Double, for id: UInt32) {
    advance(to: id, as: .floats)
    if form == .floats { floats.append(number) } else { values.append(.float(number)) }
  }

  @inline(__always)
  mutating func append(_ truth: Bool, for id: UInt32) {
    advance(to: id, as: .booleans)
    if form == .booleans { booleans.append(truth ? 1 : 0) } else { values.append(.boolean(truth)) }
  }

  @inline(__always)
  mutating func append(utf8 bytes: UnsafeBufferPointer<UInt8>, for id: UInt32) {
    advance(to: id, as: .strings)
    if form == .strings, strings.append(bytes) { return }
    if form == .strings { becomeMixed() }
    values.append(.string(String(decoding: bytes, as: UTF8.self)))
  }

  /// Appends the values of consecutive ids.
  mutating func append(_ numbers: [Int64], from first: UInt32) {
    if advance(to: first, count: numbers.count, as: .integers) {
      integers.append(contentsOf: numbers)
    } else {
      for (row, number) in numbers.enumerated() { append(number, for: first + UInt32(row)) }
    }
  }

  /// Appends the values of consecutive ids.
  mutating func append(_ numbers: [Double], from first: UInt32) {
    if advance(to: first, count: numbers.count, as: .floats) {
      floats.append(contentsOf: numbers)
    } else {
      for (row, number) in numbers.enumerated() { append(number, for: first + UInt32(row)) }
    }
  }

  /// Notes that consecutive ids have the next rows; `false`, with nothing done, where there is a gap or another type.
  private mutating func advance(to id: UInt32, count added: Int, as wanted: Form) -> Bool {
    guard added > 0 else { return true }
    guard form == .undecided || form == wanted && id == end && ids == nil else { return false }
    if form == .undecided { changeForm(to: wanted, at: id) }
    count += added
    end = id + UInt32(added)
    return true
  }

  /// Appends a value of any type; null is a gap.
  mutating func append(_ value: Value, for id: UInt32) {
    switch value {
    case .null: return
    case .integer(let number): append(number, for: id)
    case .float(let number): append(number, for: id)
    case .boolean(let truth): append(truth, for: id)
    case .string(var text): text.withUTF8 { append(utf8: $0, for: id) }
    case .date(let date):
      let days = Int32(exactly: date.daysSinceEpoch)
      advance(to: id, as: days == nil ? .values : .dates)
      if form == .dates, let days { dates.append(days) } else { values.append(value) }
    default:
      advance(to: id, as: .values)
      values.append(value)
    }
  }

  /// Notes that `id` has the next row, and turns to mixed values if the type is new.
  @inline(__always)
  private mutating func advance(to id: UInt32, as wanted: Form) {
    if form != wanted { changeForm(to: wanted, at: id) }
    if id != end || ids != nil { noteGap(before: id) }
    count &+= 1
    end = id &+ 1
  }

  private mutating func noteGap(before id: UInt32) {
    precondition(id >= end, "property columns are built in ascending order of id")
    if ids == nil { ids = Array(first..<end) }
    ids?.append(id)
  }

  private mutating func changeForm(to wanted: Form, at id: UInt32) {
    switch form {
    case .undecided:
      form = wanted
      first = id
      end = id
    case .values: break
    case .integers, .floats, .booleans, .dates, .strings: becomeMixed()
    }
  }

  private mutating func becomeMixed() {
    switch form {
    case .integers: values = integers.map(Value.integer)
    case .floats: values = floats.map(Value.float)
    case .booleans: values = booleans.map { .boolean($0 != 0) }
    case .dates: values = dates.map { .date(Temporal.Date(uncheckedDays: Int64($0))) }
    case .strings: values = (0..<strings.count).map { .string(strings.string(at: $0)) }
    case .undecided, .values: break
    }
    (integers, floats) = (SegmentedArray(), SegmentedArray())
    (booleans, dates) = (SegmentedArray(), SegmentedArray())
    strings = StringColumnBuilder()
    form = .values
  }

  /// The column; `nil` when nothing was appended. O(rows).
  consuming func build() -> PropertyColumn? {
    guard form != .undecided else { return nil }
    let rows = ids.map(RowMap.init(ids:)) ?? RowMap(first: first, count: count)
    ids = nil
    return PropertyColumn(rows: rows, storage: storage(of: nil))
  }

  /// The column with the value of id `order[i]` given to id `i`; `nil` when nothing was appended. O(ids).
  ///
  /// - Precondition: each id that has a value is in the order, once.
  consuming func build(order: FlatArray<UInt32>) -> PropertyColumn? {
    guard form != .undecided else { return nil }
    // Most often every element has a value, and its row is its number.
    if ids == nil, first == 0, count == order.count {
      return PropertyColumn(rows: RowMap(first: 0, count: count), storage: storage(of: order))
    }
    let old = ids.map(RowMap.init(ids:)) ?? RowMap(first: first, count: count)
    let places = FlatArray<UInt32>(uninitializedCount: count)
    var newIDs: [UInt32] = []
    newIDs.reserveCapacity(count)
    for id in 0..<order.count {
      guard let row = old.row(of: order.start[id]) else { continue }
      places.start[newIDs.count] = UInt32(truncatingIfNeeded: row)
      newIDs.append(UInt32(truncatingIfNeeded: id))
    }
    return PropertyColumn(rows: RowMap(ids: newIDs), storage: storage(of: places))
  }

  /// The values in the order of their rows, or of the rows given.
  private consuming func storage(of rows: FlatArray<UInt32>?) -> PropertyColumn.Storage {
    switch form {
    case .integers: PropertyColumnBuilder.narrowed(integers, rows)
    case .floats: .floats(floats.gathered(rows) { $0 })
    case .booleans: .booleans(booleans.gathered(rows) { $0 })
    case .dates: .dates(dates.gathered(rows) { $0 })
    case .strings: strings.build(rows)
    case .values, .undecided: .values(rows.map { rows in rows.buffer.map { values[Int($0)] } } ?? values)
    }
  }

  private static func narrowed(
    _ numbers: SegmentedArray<Int64>, _ rows: FlatArray<UInt32>?
  ) -> PropertyColumn.Storage {
    var (low, high) = (0 as Int64, 0 as Int64)
    numbers.forEachSegment {
      for number in $0 {
        low = min(low, number)
        high = max(high, number)
      }
    }
    func fits<Number: FixedWidthInteger>(_ type: Number.Type) -> Bool {
      low >= Int64(Number.min) && high <= Int64(Number.max)
    }
    if fits(Int8.self) { return .int8(numbers.gathered(rows) { Int8(truncatingIfNeeded: $0) }) }
    if fits(Int16.self) { return .int16(numbers.gathered(rows) { Int16(truncatingIfNeeded: $0) }) }
    if fits(Int32.self) { return .int32(numbers.gathered(rows) { Int32(truncatingIfNeeded: $0) }) }
    return .int64(numbers.gathered(rows) { $0 })
  }
}
