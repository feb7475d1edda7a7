/// Numbers and dates read straight from bytes, without a `String` for each cell.
enum CSVNumbers {
  /// A decimal integer of 64 bits with an optional sign; `nil` for anything else.
  @inline(__always)
  static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    var index = 0
    var isNegative = false
    if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      index = 1
    }
    guard index < bytes.count else { return nil }
    var number: Int64 = 0
    // Eighteen digits cannot overflow.
    if bytes.count &- index <= 18 {
      while index < bytes.count {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        number = number &* 10 &+ Int64(digit)
        index &+= 1
      }
      return isNegative ? 0 &- number : number
    }
    while index < bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      // Downwards, because the least number has no positive counterpart.
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      let (difference, carry) = product.subtractingReportingOverflow(Int64(digit))
      guard !overflow, !carry else { return nil }
      number = difference
      index &+= 1
    }
    if isNegative { return number }
    return number == .min ? nil : 0 &- number
  }

  /// An integer in the one way that `String(number)` writes it, so that the text can be made again.
  @inline(__always)
  static func canonicalInteger(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = bytes.first else { return nil }
    if first == UInt8(ascii: "0") { return bytes.count == 1 ? 0 : nil }
    if first == UInt8(ascii: "+") { return nil }
    if first == UInt8(ascii: "-"), bytes.count > 1, bytes[1] == UInt8(ascii: "0") { return nil }
    return integer(bytes)
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  /// A float: decimal, with an exponent, `NaN`, or `Infinity` with or without a sign.
  static func float(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    // Up to fifteen digits and a power of ten up to 22 are exact as floats, so that one division rounds right.
    var index = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { index = 1 }
    var digits: Int64 = 0
    var digitCount = 0
    var scale = 0
    var hasPoint = false
    while index < bytes.count {
      let byte = bytes[index]
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        digits = digits &* 10 &+ Int64(digit)
        digitCount += 1
        if hasPoint { scale += 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        return generalFloat(bytes)
      }
      if digitCount > 15 { return generalFloat(bytes) }
      index += 1
    }
    guard digitCount > 0, !(hasPoint && scale == 0) else { return generalFloat(bytes) }
    let magnitude = Double(digits) / powersOfTen[scale]
    return isNegative ? -magnitude : magnitude
  }

  private static func generalFloat(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    let text = String(decoding: bytes, as: UTF8.self)
    switch text.lowercased() {
    case "infinity", "+infinity": return .infinity
    case "-infinity": return -.infinity
    case "nan": return .nan
    default: break
    }
    guard bytes.allSatisfy({ $0.isPartOfNumber }) else { return nil }
    return Double(text)
  }

  /// `true` or `false`, in any case.
  static func boolean(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
    func isWord(_ word: StaticString) -> Bool {
      guard bytes.count == word.utf8CodeUnitCount else { return false }
      for index in bytes.indices where bytes[index] | 0x20 != word.utf8Start[index] { return false }
      return true
    }
    return isWord("true") ? true : isWord("false") ? false : nil
  }

  /// A date of the form `2024-08-07`; `nil` for every other form, which the parser of all forms has to look at.
  static func plainDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Temporal.Date? {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int64? {
      var number: Int64 = 0
      for index in range {
        let digit = bytes[index] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        number = number * 10 + Int64(digit)
      }
      return number
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    return try? Temporal.Date(year: year, month: month, day: day)
  }

  /// The bytes without blanks around them, which numbers and the like may have.
  @inline(__always)
  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let first = bytes.first, let last = bytes.last, first == UInt8(ascii: " ") || last == UInt8(ascii: " ") else {
      return bytes
    }
    var (low, high) = (0, bytes.count)
    while low < high, bytes[low] == UInt8(ascii: " ") { low += 1 }
    while high > low, bytes[high - 1] == UInt8(ascii: " ") { high -= 1 }
    return UnsafeBufferPointer(rebasing: bytes[low..<high])
  }
}

extension UInt8 {
  fileprivate var isPartOfNumber: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
