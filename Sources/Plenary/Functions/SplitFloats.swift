/// Cuts floats into a high and a low part that add up to them, all at the same place: then adding up the high parts of
/// many is exact, and adding up the low parts all but exact. One addition of both parts at once does what
/// `CompensatedFloats` takes seven for.
///
/// Rump, Ogita, Oishi: Accurate Floating-Point Summation, Part I (2008), algorithm ExtractVector.
struct FloatSplitter {
  /// A power of two, so much larger than the floats that what is left of them when it is added to them is a multiple of
  /// its last place.
  private let cut: Double

  /// - Parameters:
  ///   - largest: the largest magnitude of the floats.
  ///   - additions: the most floats that are added up.
  /// - Returns: `nil` unless all are safe to add up.
  init?(largest: Double, additions: Int) {
    guard CompensatedFloats.isSafe(largest) else { return nil }
    guard largest > 0 else {
      cut = 0
      return
    }
    let exponent = Int(largest.exponent) + 1 + (Int.bitWidth - max(1, additions).leadingZeroBitCount)
    guard exponent < Double.greatestFiniteMagnitude.exponent else { return nil }
    cut = Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// The high parts of some floats.
  @inline(__always)
  func high<Floats: SIMD>(_ numbers: Floats) -> Floats where Floats.Scalar == Double { (cut + numbers) - cut }

  /// The high and the low part of a float.
  @inline(__always)
  func parts(of number: Double) -> SIMD2<Double> {
    let high = (cut + number) - cut
    return SIMD2(high, number - high)
  }
}

extension UnsafeBufferPointer<Double> {
  /// The largest magnitude; NaN if one of them is that, 0 if there are none. O(n).
  var largestMagnitude: Double {
    // Two at once: neither comparison waits for the other.
    var (even, odd, isAnyNaN) = (0.0, 0.0, false)
    var index = 0
    while index &+ 2 <= count {
      let (first, second) = (self[index].magnitude, self[index &+ 1].magnitude)
      if first > even { even = first }
      if second > odd { odd = second }
      isAnyNaN = isAnyNaN || first.isNaN || second.isNaN
      index &+= 2
    }
    if index < count {
      odd = Swift.max(odd, self[index].magnitude)
      isAnyNaN = isAnyNaN || self[index].isNaN
    }
    return isAnyNaN ? .nan : Swift.max(even, odd)
  }
}

extension CompensatedFloats {
  /// Adds a sum of parts that a `FloatSplitter` made.
  @inline(__always)
  mutating func add(parts: SIMD2<Double>) {
    add(parts[0])
    add(parts[1])
  }
}
