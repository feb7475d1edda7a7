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
  private var integers: [Int64] = []
  private var floats: [Double] = []
  private var booleans: [UInt8] = []
  private var dates: [Int32] = []
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
    (integers, floats, booleans, dates, strings) = ([], [], [], [], StringColumnBuilder())
    form = .values
  }

  /// The column; `nil` when nothing was appended. O(rows).
  consuming func build() -> PropertyColumn? {
    let storage: PropertyColumn.Storage
    switch form {
    case .undecided: return nil
    case .integers: storage = PropertyColumnBuilder.narrowed(integers)
    case .floats: storage = .floats(FlatArray(floats))
    case .booleans: storage = .booleans(FlatArray(booleans))
    case .dates: storage = .dates(FlatArray(dates))
    case .strings: storage = strings.build()
    case .values: storage = .values(values)
    }
    return PropertyColumn(
      rows: ids.map(RowMap.init(ids:)) ?? RowMap(first: first, count: count), storage: storage)
  }

  private static func narrowed(_ numbers: [Int64]) -> PropertyColumn.Storage {
    var (low, high) = (0 as Int64, 0 as Int64)
    for number in numbers {
      low = min(low, number)
      high = max(high, number)
    }
    func fits<Number: FixedWidthInteger>(_ type: Number.Type) -> Bool {
      low >= Int64(Number.min) && high <= Int64(Number.max)
    }
    if fits(Int8.self) { return .int8(copy(numbers)) }
    if fits(Int16.self) { return .int16(copy(numbers)) }
    if fits(Int32.self) { return .int32(copy(numbers)) }
    return .int64(FlatArray(numbers))
  }

  @inline(__always)
  private static func copy<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ numbers: [Int64]
  ) -> FlatArray<Number> {
    let target = FlatArray<Number>(uninitializedCount: numbers.count)
    for (index, number) in numbers.enumerated() { target.start[index] = Number(truncatingIfNeeded: number) }
    return target
  }
}
