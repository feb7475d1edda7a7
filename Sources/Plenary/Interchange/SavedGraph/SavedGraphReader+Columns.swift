extension SavedGraphReader {
  private typealias Tag = SavedGraphFormat.Tag

  /// The columns of nodes or relationships, by key.
  mutating func columns(capacity: Int, keyCount: Int) throws(QueryError) -> [Later<PropertyColumn?>] {
    var columns: [Later<PropertyColumn?>] = []
    for _ in 0..<(try manifest.count(atMost: keyCount)) { columns.append(try column(capacity)) }
    return columns
  }

  private mutating func column(_ capacity: Int) throws(QueryError) -> Later<PropertyColumn?> {
    guard try manifest.byte() != Tag.absent else { return { () throws(QueryError) in nil } }
    let rows = try rows(capacity: capacity).make
    let storage = try storage()
    return { () throws(QueryError) in
      let rows = try rows()
      return PropertyColumn(rows: rows, storage: try storage(rows.rowCount))
    }
  }

  /// Makes the storage of a column with so many rows.
  private typealias LaterStorage = @Sendable (Int) throws(QueryError) -> PropertyColumn.Storage

  private mutating func storage() throws(QueryError) -> LaterStorage {
    let place = manifest.position
    switch try manifest.byte() {
    case Tag.Column.int8: return try numbers { .int8($0) }
    case Tag.Column.int16: return try numbers { .int16($0) }
    case Tag.Column.int32: return try numbers { .int32($0) }
    case Tag.Column.int64: return try numbers { .int64($0) }
    case Tag.Column.floats: return try numbers { .floats($0) }
    case Tag.Column.booleans: return try numbers { .booleans($0) }
    case Tag.Column.dates: return try numbers { .dates($0) }
    case Tag.Column.strings:
      let strings = try strings()
      return { (rowCount) throws(QueryError) in
        let (heap, offsets) = try strings()
        guard offsets.count == rowCount + 1 else {
          throw offsets.damage(at: 0, "found \(offsets.count) offsets, expected \(rowCount + 1)")
        }
        return .strings(heap, offsets: offsets.array)
      }
    case Tag.Column.dictionary8:
      return try dictionary(of: UInt8.self) { .dictionary8($0, $1, offsets: $2) }
    case Tag.Column.dictionary16:
      return try dictionary(of: UInt16.self) { .dictionary16($0, $1, offsets: $2) }
    case Tag.Column.dictionary32:
      return try dictionary(of: UInt32.self) { .dictionary32($0, $1, offsets: $2) }
    case Tag.Column.values:
      let bytes = try array(of: UInt8.self)
      return { (rowCount) throws(QueryError) in .values(try SavedGraphReader.values(in: bytes, count: rowCount)) }
    case let tag: throw manifest.failure("found form \(tag) of a column, expected 0 to 11", at: place)
    }
  }

  private mutating func numbers<Number>(
    _ make: @escaping @Sendable (FlatArray<Number>) -> PropertyColumn.Storage
  ) throws(QueryError) -> LaterStorage {
    let numbers = try array(of: Number.self)
    return { (rowCount) throws(QueryError) in
      try SavedGraphReader.check(numbers, rowCount)
      return make(numbers.array)
    }
  }

  private static func check<Element>(_ array: SavedArray<Element>, _ rowCount: Int) throws(QueryError) {
    guard array.count == rowCount else {
      throw array.damage(at: 0, "found a column of \(array.count) rows, expected \(rowCount)")
    }
  }

  private mutating func dictionary<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    of _: Code.Type,
    _ make: @escaping @Sendable (FlatArray<Code>, StringHeap, FlatArray<UInt32>) -> PropertyColumn.Storage
  ) throws(QueryError) -> LaterStorage {
    let codes = try array(of: Code.self)
    let strings = try strings()
    return { (rowCount) throws(QueryError) in
      try SavedGraphReader.check(codes, rowCount)
      let (heap, offsets) = try strings()
      try codes.checkBelow(offsets.count - 1)
      return make(codes.array, heap, offsets.array)
    }
  }

  /// A heap of strings and where each of them begins.
  private mutating func strings() throws(QueryError) -> Later<(StringHeap, SavedArray<UInt32>)> {
    let bytes = try array(of: UInt8.self)
    let offsets = try array(of: UInt32.self)
    return { () throws(QueryError) in
      try offsets.checkOffsets(upTo: bytes.count)
      if let invalid = UTF8Validation.firstInvalidOffset(in: bytes.array.buffer) {
        throw bytes.damage(at: invalid, "found byte 0x\(String(bytes.array[invalid], radix: 16)), expected UTF-8")
      }
      let (text, starts) = (bytes.array.start, offsets.array.start)
      for index in 0..<offsets.count {
        let start = Int(starts[index])
        guard start < bytes.count, text[start] & 0xC0 == 0x80 else { continue }
        throw offsets.damage(at: index, "found a string that begins inside a character")
      }
      return (StringHeap(sharing: bytes.array), offsets)
    }
  }

  private static func values(in bytes: SavedArray<UInt8>, count: Int) throws(QueryError) -> [Value] {
    var decoder = ByteDecoder(UnsafeRawBufferPointer(bytes.array.buffer), file: bytes.file, at: bytes.offset)
    guard count <= bytes.count else {
      throw bytes.damage(at: 0, "found \(bytes.count) bytes of values, expected \(count) values")
    }
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try decoder.value()) }
    guard decoder.remaining == 0 else { throw decoder.failure("found more, expected the end of the values") }
    return values
  }
}
