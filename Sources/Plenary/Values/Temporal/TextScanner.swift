/// A cursor over the bytes of a temporal value's text. All forms are ASCII.
struct TextScanner {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }
  init(_ text: some StringProtocol) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position >= bytes.count }
  var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func advance() { position += 1 }

  /// Skips one character in either case; says whether it was there.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let byte = peek else { return false }
    let wanted = UInt8(ascii: character)
    let isLetter = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(wanted & 0xDF)
    guard byte == wanted || (isLetter && byte ^ wanted == 0x20) else { return false }
    position += 1
    return true
  }

  /// The number of digits ahead.
  var digitCount: Int {
    var end = position
    while end < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[end]) { end += 1 }
    return end - position
  }

  /// Reads digits, as many as there are up to the upper bound; `nil` when fewer than the lower bound, or too large.
  mutating func digits<Number: FixedWidthInteger>(_ count: ClosedRange<Int>, as type: Number.Type = Int64.self)
    -> Number?
  {
    let available = min(digitCount, count.upperBound)
    guard available >= count.lowerBound else { return nil }
    var value: Number = 0
    for _ in 0..<available {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Number(bytes[position] - UInt8(ascii: "0")))
      guard !overflow, !carry else { return nil }
      value = sum
      position += 1
    }
    return value
  }

  /// Reads digits after a decimal point as a fraction of ten to the power `scale`; digits beyond are cut off.
  mutating func fraction(scale: Int) -> Int64? {
    let available = digitCount
    guard available > 0 else { return nil }
    var value: Int64 = 0
    for index in 0..<max(available, scale) {
      if index < scale {
        value = value * 10 + (index < available ? Int64(bytes[position + index] - UInt8(ascii: "0")) : 0)
      }
    }
    position += available
    return value
  }
}
