/// Makes a `PropertyColumn` from values in ascending order of id, finding the narrowest form on the way.
struct PropertyColumnBuilder: Sendable {
  private enum Form { case undecided, integers, floats, booleans, strings, values }

  private var form = Form.undecided
  private var first: UInt32 = 0
  private var count = 0
  private var presentCount = 0
  /// One bit for each row, kept from the first gap on.
  private var presence: [UInt64]?
  private var integers: [Int64] = []
  private var floats: [Double] = []
  private var booleans: [UInt8] = []
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
    default:
      advance(to: id, as: .values)
      values.append(value)
    }
  }

  /// Makes room for the row of `id`: notes the rows between as absent, and turns to mixed values if the type is new.
  @inline(__always)
  private mutating func advance(to id: UInt32, as wanted: Form) {
    if form != wanted { changeForm(to: wanted, at: id) }
    let row = Int(id) &- Int(first)
    precondition(row >= count, "property columns are built in ascending order of id")
    if row > count { skip(to: row) }
    if presence != nil { notePresence() }
    count &+= 1
    presentCount &+= 1
  }

  private mutating func notePresence() {
    if count >> 6 >= presence!.count { presence!.append(0) }
    presence![count >> 6] |= 1 &<< UInt64(count & 63)
  }

  private mutating func changeForm(to wanted: Form, at id: UInt32) {
    switch form {
    case .undecided:
      form = wanted
      first = id
    case .values: break
    case .integers, .floats, .booleans, .strings: becomeMixed()
    }
  }

  private mutating func skip(to row: Int) {
    if presence == nil {
      presence = Array(repeating: .max, count: count >> 6)
      if count & 63 != 0 { presence!.append(1 &<< UInt64(count & 63) - 1) }
    }
    while presence!.count < (row + 63) >> 6 { presence!.append(0) }
    let gap = row - count
    switch form {
    case .undecided: break
    case .integers: integers.append(contentsOf: repeatElement(0, count: gap))
    case .floats: floats.append(contentsOf: repeatElement(0, count: gap))
    case .booleans: booleans.append(contentsOf: repeatElement(0, count: gap))
    case .strings: strings.appendGap(gap)
    case .values: values.append(contentsOf: repeatElement(.null, count: gap))
    }
    count = row
  }

  private mutating func becomeMixed() {
    values.reserveCapacity(count + 1)
    // The row being appended may be counted already; only rows that hold something are copied.
    switch form {
    case .integers:
      values = integers.enumerated().map { isPresent($0.offset) ? .integer($0.element) : .null }
      integers = []
    case .floats:
      values = floats.enumerated().map { isPresent($0.offset) ? .float($0.element) : .null }
      floats = []
    case .booleans:
      values = booleans.enumerated().map { isPresent($0.offset) ? .boolean($0.element != 0) : .null }
      booleans = []
    case .strings:
      values = (0..<strings.count).map { isPresent($0) ? .string(strings.string(at: $0)) : .null }
      strings = StringColumnBuilder()
    case .undecided, .values: break
    }
    form = .values
  }

  private func isPresent(_ row: Int) -> Bool {
    guard let presence else { return true }
    return presence[row >> 6] &>> UInt64(row & 63) & 1 != 0
  }

  /// The column; `nil` when nothing was appended. O(rows).
  consuming func build() -> PropertyColumn? {
    let storage: PropertyColumn.Storage
    switch form {
    case .undecided: return nil
    case .integers: storage = PropertyColumnBuilder.narrowed(integers)
    case .floats: storage = .floats(FlatArray(floats))
    case .booleans: storage = .booleans(FlatArray(booleans))
    case .strings: storage = strings.build()
    case .values: storage = .values(values)
    }
    return PropertyColumn(
      first: first, count: count, presence: presence.map { FlatArray($0) }, presentCount: presentCount,
      storage: storage)
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
