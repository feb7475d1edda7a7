import Plenary

/// Text being written, as UTF-8: appending bytes costs a fraction of appending to a `String`.
struct UTF8Text {
  private(set) var bytes: [UInt8] = []

  /// The text as a string.
  var string: String { String(decoding: bytes, as: UTF8.self) }

  static func += (text: inout UTF8Text, addition: String) {
    text.bytes.append(contentsOf: addition.utf8)
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(contentsOf other: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: other) }

  /// Appends a string as JSON.
  mutating func append(json text: UnsafeBufferPointer<UInt8>) { QuotedText.append(json: text, to: &bytes) }

  /// Appends a number in decimal.
  mutating func appendDecimal(_ number: Int64) {
    var magnitude = number.magnitude
    // 20 digits hold every 64-bit number.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = digits.count
      repeat {
        start -= 1
        digits[start] = UInt8(truncatingIfNeeded: 0x30 + magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
      if number < 0 { bytes.append(0x2D) }
      bytes.append(contentsOf: digits[start...])
    }
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
