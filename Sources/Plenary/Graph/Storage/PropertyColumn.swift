import Synchronization

/// The values of one property key, immutable and typed: part of a graph's base.
///
/// Values are packed: only ids that have one have a row. Integers are as wide as the widest needs, dates are days,
/// strings are codes of a dictionary where few are distinct, and only a key whose values differ in type pays for `Value`s.
final class PropertyColumn: @unchecked Sendable {
  // Sendable because everything in it is immutable, but for what is found out once, by who holds the mutex.

  enum Storage {
    case int8(FlatArray<Int8>)
    case int16(FlatArray<Int16>)
    case int32(FlatArray<Int32>)
    case int64(FlatArray<Int64>)
    case floats(FlatArray<Double>)
    case booleans(FlatArray<UInt8>)
    /// Days since 1970-01-01.
    case dates(FlatArray<Int32>)
    /// `offsets[row]..<offsets[row + 1]` are a row's bytes.
    case strings(StringHeap, offsets: FlatArray<UInt32>)
    /// `offsets[codes[row]]..<offsets[codes[row] + 1]` are a row's bytes.
    case dictionary8(FlatArray<UInt8>, StringHeap, offsets: FlatArray<UInt32>)
    case dictionary16(FlatArray<UInt16>, StringHeap, offsets: FlatArray<UInt32>)
    case dictionary32(FlatArray<UInt32>, StringHeap, offsets: FlatArray<UInt32>)
    case values([Value])
  }

  let rows: RowMap
  let storage: Storage
  private let knownMagnitudes = Mutex<FloatMagnitudes?>(nil)
  /// The elements of lists, once they were asked for; `nil` inside where there are none to be numbered.
  private let numberedElements = Mutex<ListElements??>(nil)

  init(rows: RowMap, storage: Storage) {
    self.rows = rows
    self.storage = storage
  }

  /// How many ids have a value.
  var presentCount: Int { rows.rowCount }

  /// How large and how small its floats are, found when first asked for: O(n), then O(1). As of no floats in a column of
  /// something else.
  var magnitudes: FloatMagnitudes {
    knownMagnitudes.withLock { known in
      if let known { return known }
      var floats = UnsafeBufferPointer<Double>(start: nil, count: 0)
      if case .floats(let numbers) = storage { floats = numbers.buffer }
      let found = FloatMagnitudes(floats)
      known = found
      return found
    }
  }

  /// The elements of its lists, numbered when first asked for. O(elements) then, O(1) later.
  var listElements: ListElements? {
    guard case .values(let values) = storage else { return nil }
    return numberedElements.withLock { known in
      if let known { return known }
      let elements = ListElements(values)
      known = .some(elements)
      return elements
    }
  }

  /// Whether `listElements` is known already.
  var hasListElements: Bool { numberedElements.withLock { $0 != nil } }

  /// Whether its strings are codes of a dictionary.
  var isDictionary: Bool {
    switch storage {
    case .dictionary8, .dictionary16, .dictionary32: true
    default: false
    }
  }

  /// The row of an id, if it has a value.
  @inline(__always)
  func row(of id: UInt32) -> Int? { rows.row(of: id) }

  /// The value of an id; null where there is none.
  func value(of id: UInt32) -> Value {
    row(of: id).map(value(at:)) ?? .null
  }

  private func value(at row: Int) -> Value {
    switch storage {
    case .int8(let numbers): .integer(Int64(numbers[row]))
    case .int16(let numbers): .integer(Int64(numbers[row]))
    case .int32(let numbers): .integer(Int64(numbers[row]))
    case .int64(let numbers): .integer(numbers[row])
    case .floats(let numbers): .float(numbers[row])
    case .booleans(let truths): .boolean(truths[row] != 0)
    case .dates(let days): .date(Temporal.Date(uncheckedDays: Int64(days[row])))
    case .strings(let heap, let offsets): .string(heap.string(of: offsets.view(row)))
    case .dictionary8(let codes, let heap, let offsets): .string(heap.string(of: offsets.view(Int(codes[row]))))
    case .dictionary16(let codes, let heap, let offsets): .string(heap.string(of: offsets.view(Int(codes[row]))))
    case .dictionary32(let codes, let heap, let offsets): .string(heap.string(of: offsets.view(Int(codes[row]))))
    case .values(let values): values[row]
    }
  }

  /// The bytes of a string row, or `nil` where the column holds no strings; for hashing and comparing without copies.
  @inline(__always)
  func withBytes<Result>(at row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
    switch storage {
    case .strings(let heap, let offsets): body(heap.bytes(of: offsets.view(row)))
    case .dictionary8(let codes, let heap, let offsets): body(heap.bytes(of: offsets.view(Int(codes[row]))))
    case .dictionary16(let codes, let heap, let offsets): body(heap.bytes(of: offsets.view(Int(codes[row]))))
    case .dictionary32(let codes, let heap, let offsets): body(heap.bytes(of: offsets.view(Int(codes[row]))))
    default: nil
    }
  }

  /// Copies the value of an id into a builder, without making a `String` of text. Does nothing where there is none.
  ///
  /// - Parameter newID: the id it gets there.
  @inline(__always)
  func copy(_ id: UInt32, as newID: UInt32, into builder: inout PropertyColumnBuilder) {
    guard let row = row(of: id) else { return }
    switch storage {
    case .int8(let numbers): builder.append(Int64(numbers[row]), for: newID)
    case .int16(let numbers): builder.append(Int64(numbers[row]), for: newID)
    case .int32(let numbers): builder.append(Int64(numbers[row]), for: newID)
    case .int64(let numbers): builder.append(numbers[row], for: newID)
    case .floats(let numbers): builder.append(numbers[row], for: newID)
    case .booleans(let truths): builder.append(truths[row] != 0, for: newID)
    case .dates(let days): builder.append(.date(Temporal.Date(uncheckedDays: Int64(days[row]))), for: newID)
    case .values(let values): builder.append(values[row], for: newID)
    case .strings, .dictionary8, .dictionary16, .dictionary32:
      _ = withBytes(at: row) { builder.append(utf8: $0, for: newID) }
    }
  }
}

extension FlatArray<UInt32> {
  /// The string between two offsets.
  @inline(__always)
  func view(_ index: Int) -> StringVector.View {
    StringVector.View(offset: start[index], count: start[index &+ 1] &- start[index])
  }
}
