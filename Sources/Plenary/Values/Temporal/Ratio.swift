/// A fraction, for exact multiplication.
struct Ratio {
  var numerator: Int128
  var denominator: Int128

  init(whole value: Int64) {
    numerator = Int128(value)
    denominator = 1
  }

  /// The decimal number that a float is written as; `nil` when it is not finite or too large for any duration.
  ///
  /// A float stands for the shortest decimal that reads back as the same float, as `0.1` does in the text of a query.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    var mantissa: Int128 = 0
    var exponent = 0
    var scanner = TextScanner("\(value.magnitude)")
    var isFraction = false
    while let byte = scanner.peek {
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        mantissa = mantissa * 10 + Int128(byte - UInt8(ascii: "0"))
        if isFraction { exponent -= 1 }
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        break
      }
      scanner.advance()
    }
    if scanner.skip("e") {
      let negative = scanner.skip("-")
      if !negative { _ = scanner.skip("+") }
      let digits = Int(scanner.digits(1...4) ?? 0)
      exponent += negative ? -digits : digits
    }
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent += 1
    }
    guard mantissa != 0 else {
      numerator = 0
      denominator = 1
      return
    }
    // Seventeen digits leave room for a factor of 10^20; below 10^-38 nothing is left of any duration.
    guard exponent <= 20 else { return nil }
    numerator = value < 0 ? -mantissa : mantissa
    denominator = 1
    for _ in 0..<max(exponent, 0) { numerator *= 10 }
    for _ in 0..<min(max(-exponent, 0), 38) { denominator *= 10 }
    if exponent < -38 { for _ in 0..<min(-exponent - 38, 18) { numerator /= 10 } }
  }

  /// The inverse; `nil` for zero.
  var inverse: Ratio? {
    guard numerator != 0 else { return nil }
    var result = self
    result.numerator = numerator < 0 ? -denominator : denominator
    result.denominator = abs(numerator)
    return result
  }

  /// A value times the ratio: the whole part, and the rest measured in a unit of which there are `unit` in one. Both are
  /// cut off towards zero; `nil` when the whole is beyond 128 bits.
  func times(_ value: Int128, restIn unit: Int128) -> (whole: Int128, rest: Int128)? {
    let product = value.magnitude.multipliedFullWidth(by: numerator.magnitude)
    let divisor = denominator.magnitude
    // Without this the quotient would not fit, which traps.
    guard product.high < divisor else { return nil }
    let (quotient, remainder) = divisor.dividingFullWidth(product)
    let rest = divisor.dividingFullWidth(remainder.multipliedFullWidth(by: unit.magnitude)).quotient
    guard let whole = Int128(exactly: quotient), let rest = Int128(exactly: rest) else { return nil }
    return (value < 0) != (numerator < 0) ? (-whole, -rest) : (whole, rest)
  }
}
