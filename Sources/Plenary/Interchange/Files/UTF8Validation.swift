/// Checks that bytes are UTF-8.
enum UTF8Validation {
  /// The offset of the first byte that begins no well-formed sequence (Unicode 16, table 3-7); `nil` if all do.
  ///
  /// Runs of ASCII are passed eight bytes at a time. O(bytes).
  static func firstInvalidOffset(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let start = bytes.baseAddress else { return nil }
    let raw = UnsafeRawPointer(start)
    let count = bytes.count
    var offset = 0
    while offset < count {
      while offset &+ 8 <= count,
        raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
      {
        offset &+= 8
      }
      guard offset < count else { break }
      let lead = start[offset]
      if lead < 0x80 {
        offset &+= 1
        continue
      }
      let length: Int
      // The second byte of some sequences has a narrower range, which rules out overlong forms and surrogates.
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      case 0xF1...0xF3: length = 4
      default: return offset
      }
      guard offset + length <= count, second.contains(start[offset + 1]) else { return offset }
      for index in 2..<max(length, 2) where start[offset + index] & 0xC0 != 0x80 { return offset }
      offset += length
    }
    return nil
  }
}
