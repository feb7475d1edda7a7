/// How two numbers, or two values that can be compared, stand to each other.
enum ComparisonResult: Hashable, Sendable {
  /// The first is less.
  case less
  /// They are equal.
  case equal
  /// The first is greater.
  case greater
  /// One is NaN: every comparison is false.
  case unordered
  /// The types cannot be compared, or null takes part: every comparison is null.
  case incomparable

  /// The result with the operands swapped.
  var reversed: ComparisonResult {
    switch self {
    case .less: .greater
    case .greater: .less
    default: self
    }
  }

  init(sign: Int) {
    self = sign < 0 ? .less : sign > 0 ? .greater : .equal
  }

  init<T: Comparable>(_ a: T, _ b: T) {
    self = a < b ? .less : b < a ? .greater : .equal
  }
}

/// Compares numbers across integers and floats without rounding either.
///
/// Turning an `Int64` into a `Double` would lose its low bits: 2^53 + 1 would equal 2^53.
enum NumberOrder {
  static func compare(_ a: Double, _ b: Double) -> ComparisonResult {
    a < b ? .less : a > b ? .greater : a == b ? .equal : .unordered
  }

  static func compare(_ a: Int64, _ b: Double) -> ComparisonResult {
    if b.isNaN { return .unordered }
    // 2^63 and -2^63 are exact as doubles; between them the integral part of `b` fits 64 bits.
    if b >= 0x1p63 { return .less }
    if b < -0x1p63 { return .greater }
    let integral = b.rounded(.towardZero)
    let whole = Int64(integral)
    if a != whole { return a < whole ? .less : .greater }
    return b == integral ? .equal : b > integral ? .less : .greater
  }
}
