/// Writes numbers and text as bytes: little endian, counts as LEB128, text as its length and UTF-8.
struct ByteEncoder {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(fixed number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(count: Int) {
    var rest = UInt64(count)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      append(count: utf8.count)
      bytes.append(contentsOf: utf8)
    }
  }

  mutating func append(contentsOf other: [UInt8]) { bytes.append(contentsOf: other) }
}

/// Reads what `ByteEncoder` wrote, believing nothing. All that it throws is `invalidFile`, with the place.
struct ByteDecoder {
  private let bytes: UnsafeRawBufferPointer
  private let file: String
  private let fileOffset: Int
  private(set) var position = 0

  /// A reader of bytes that the caller keeps alive.
  ///
  /// - Parameters:
  ///   - file: the file that they come from, for errors.
  ///   - fileOffset: where they begin in it.
  init(_ bytes: UnsafeRawBufferPointer, file: String, at fileOffset: Int) {
    self.bytes = bytes
    self.file = file
    self.fileOffset = fileOffset
  }

  /// How many bytes are left.
  var remaining: Int { bytes.count - position }

  func failure(_ message: String, at offset: Int? = nil) -> QueryError {
    QueryError(damageIn: file, at: fileOffset + (offset ?? position), message)
  }

  mutating func byte() throws(QueryError) -> UInt8 {
    guard position < bytes.count else { throw failure("found the end, expected more") }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func fixed<Number: FixedWidthInteger>(_: Number.Type = Number.self) throws(QueryError) -> Number {
    let size = MemoryLayout<Number>.size
    guard size <= bytes.count - position else { throw failure("found the end, expected \(size) more bytes") }
    defer { position += size }
    var number: Number = 0
    withUnsafeMutableBytes(of: &number) {
      $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + size]))
    }
    return Number(littleEndian: number)
  }

  /// A count of things.
  ///
  /// - Parameter limit: what it may be at most; a negative one is for a place in what is empty.
  mutating func count(atMost limit: Int) throws(QueryError) -> Int {
    let start = position
    var value: UInt64 = 0
    for shift in stride(from: 0 as UInt64, to: 63, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next & 0x80 == 0 {
        guard limit >= 0, value <= UInt64(limit) else {
          throw failure("found \(value), expected at most \(limit)", at: start)
        }
        return Int(value)
      }
    }
    throw failure("found a number of more than 63 bits", at: start)
  }

  mutating func text() throws(QueryError) -> String {
    let length = try count(atMost: bytes.count - position)
    let slice = UnsafeRawBufferPointer(rebasing: bytes[position..<position + length])
    guard let text = String(validating: slice, as: UTF8.self) else { throw failure("found text that is not UTF-8") }
    position += length
    return text
  }
}

extension QueryError {
  /// Something in a file of a saved graph that cannot be.
  init(damageIn file: String, at offset: Int, _ message: String) {
    self.init(.invalidFile, "\(file): damaged at byte \(offset): \(message)")
  }
}
