/// The values of one property key, immutable and typed: part of a graph's base.
///
/// A column covers the ids from `first` on, `count` of them: keys belong to labels, and nodes of a label tend to lie
/// together. Integers are as wide as the widest needs, strings are codes of a dictionary where few are distinct, and
/// only a key whose values differ in type pays for `Value`s.
final class PropertyColumn: @unchecked Sendable {
  // Sendable because everything in it is immutable.

  enum Storage {
    case int8(FlatArray<Int8>)
    case int16(FlatArray<Int16>)
    case int32(FlatArray<Int32>)
    case int64(FlatArray<Int64>)
    case floats(FlatArray<Double>)
    case booleans(FlatArray<UInt8>)
    /// `offsets[row]..<offsets[row + 1]` are a row's bytes.
    case strings(StringHeap, offsets: FlatArray<UInt32>)
    /// `offsets[codes[row]]..<offsets[codes[row] + 1]` are a row's bytes.
    case dictionary8(FlatArray<UInt8>, StringHeap, offsets: FlatArray<UInt32>)
    case dictionary16(FlatArray<UInt16>, StringHeap, offsets: FlatArray<UInt32>)
    case dictionary32(FlatArray<UInt32>, StringHeap, offsets: FlatArray<UInt32>)
    case values([Value])
  }

  let first: UInt32
  let count: Int
  /// One bit for each row; `nil` when every row has a value.
  let presence: FlatArray<UInt64>?
  let presentCount: Int
  let storage: Storage

  init(first: UInt32, count: Int, presence: FlatArray<UInt64>?, presentCount: Int, storage: Storage) {
    self.first = first
    self.count = count
    self.presence = presence
    self.presentCount = presentCount
    self.storage = storage
  }

  /// The first id after the column.
  var endID: UInt32 { first + UInt32(count) }

  /// The row of an id, if it has a value.
  @inline(__always)
  func row(of id: UInt32) -> Int? {
    let row = Int(id) &- Int(first)
    guard row >= 0 && row < count else { return nil }
    if let presence, presence.start[row >> 6] &>> UInt64(row & 63) & 1 == 0 { return nil }
    return row
  }

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

// MARK: - Gathering

extension PropertyColumn {
  /// The values of many ids; null where an id has none.
  func gather(_ ids: UnsafeBufferPointer<UInt32>) -> Vector {
    switch storage {
    case .int8(let numbers): integers(numbers, ids)
    case .int16(let numbers): integers(numbers, ids)
    case .int32(let numbers): integers(numbers, ids)
    case .int64(let numbers): integers(numbers, ids)
    case .floats(let numbers):
      .floats(
        NullableArray(
          [Double](unsafeUninitializedCapacity: ids.count) { target, count in
            for index in 0..<ids.count {
              let row = Int(ids[index]) &- Int(first)
              target.initializeElement(
                at: index, to: UInt(bitPattern: row) < UInt(bitPattern: self.count) ? numbers.start[row] : 0)
            }
            count = ids.count
          }, isNull: absence(of: ids)))
    case .booleans(let truths):
      .booleans(
        [Ternary](unsafeUninitializedCapacity: ids.count) { target, count in
          for index in 0..<ids.count {
            target.initializeElement(
              at: index, to: row(of: ids[index]).map { Ternary(truths.start[$0] != 0) } ?? .null)
          }
          count = ids.count
        })
    case .strings(let heap, let offsets): strings(heap, ids) { offsets.view($0) }
    case .dictionary8(let codes, let heap, let offsets): strings(heap, ids) { offsets.view(Int(codes.start[$0])) }
    case .dictionary16(let codes, let heap, let offsets): strings(heap, ids) { offsets.view(Int(codes.start[$0])) }
    case .dictionary32(let codes, let heap, let offsets): strings(heap, ids) { offsets.view(Int(codes.start[$0])) }
    case .values(let values): .values(ids.map { id in row(of: id).map { values[$0] } ?? .null })
    }
  }

  @inline(__always)
  private func integers<Number: FixedWidthInteger>(
    _ numbers: FlatArray<Number>, _ ids: UnsafeBufferPointer<UInt32>
  ) -> Vector {
    let (first, rowCount, start) = (Int(first), UInt(bitPattern: count), numbers.start)
    let elements = [Int64](unsafeUninitializedCapacity: ids.count) { target, count in
      for index in 0..<ids.count {
        let row = Int(ids[index]) &- first
        target.initializeElement(
          at: index, to: UInt(bitPattern: row) < rowCount ? Int64(truncatingIfNeeded: start[row]) : 0)
      }
      count = ids.count
    }
    return .integers(NullableArray(elements, isNull: absence(of: ids)))
  }

  @inline(__always)
  private func strings(
    _ heap: StringHeap, _ ids: UnsafeBufferPointer<UInt32>, view: (Int) -> StringVector.View
  ) -> Vector {
    let views = [StringVector.View](unsafeUninitializedCapacity: ids.count) { target, count in
      for index in 0..<ids.count {
        target.initializeElement(at: index, to: row(of: ids[index]).map(view) ?? .null)
      }
      count = ids.count
    }
    return .strings(StringVector(heap: heap, views: views))
  }

  /// Which of the ids have no value; `nil` when all have one.
  private func absence(of ids: UnsafeBufferPointer<UInt32>) -> [Bool]? {
    let (first, rowCount) = (Int(first), UInt(bitPattern: count))
    guard let presence else {
      var isAnyOutside = false
      for id in ids { isAnyOutside = isAnyOutside || UInt(bitPattern: Int(id) &- first) >= rowCount }
      guard isAnyOutside else { return nil }
      return ids.map { UInt(bitPattern: Int($0) &- first) >= rowCount }
    }
    var isAnyAbsent = false
    let flags = [Bool](unsafeUninitializedCapacity: ids.count) { target, count in
      for index in 0..<ids.count {
        let row = Int(ids[index]) &- first
        let isAbsent =
          UInt(bitPattern: row) >= rowCount || presence.start[row >> 6] &>> UInt64(row & 63) & 1 == 0
        isAnyAbsent = isAnyAbsent || isAbsent
        target.initializeElement(at: index, to: isAbsent)
      }
      count = ids.count
    }
    return isAnyAbsent ? flags : nil
  }
}
