/// Cuts floats into a high and a low part that add up to them, all at the same place: then adding up the high parts of
/// many is exact, and adding up the low parts all but exact. One addition of both parts at once does what
/// `CompensatedFloats` takes seven for.
///
/// Rump, Ogita, Oishi: Accurate Floating-Point Summation, Part I (2008), algorithm ExtractVector.
struct FloatSplitter {
  /// A power of two, so much larger than the floats that what is left of them when it is added to them is a multiple of
  /// its last place.
  private let cut: Double

  /// - Parameter additions: the most floats that are added up.
  /// - Returns: `nil` unless all are safe to add up, and none is so small beside others that the errors of the low parts,
  ///   which nobody makes good, would show in a sum of such as it.
  init?(_ magnitudes: FloatMagnitudes, additions: Int) {
    guard magnitudes.areSafe else { return nil }
    guard magnitudes.largest > 0 else {
      cut = 0
      return
    }
    let bits = Int.bitWidth - max(1, additions).leadingZeroBitCount
    let range = Int(magnitudes.largest.exponent) - Int(magnitudes.least.exponent)
    guard range + 2 * bits <= Double.significandBitCount else { return nil }
    cut = Double(sign: .plus, exponent: Int(magnitudes.largest.exponent) + 1 + bits, significand: 1)
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

/// The sums of the high and the low parts of floats, taken in two at a time.
struct SplitSum {
  private(set) var highs = SIMD2<Double>()
  private(set) var lows = SIMD2<Double>()

  @inline(__always)
  mutating func add(_ numbers: SIMD2<Double>, _ splitter: FloatSplitter) {
    let high = splitter.high(numbers)
    highs += high
    lows += numbers - high
  }
}

/// How large and how small floats are, zero left out.
struct FloatMagnitudes {
  /// Infinite where there is none.
  private(set) var least = Double.infinity
  /// Zero where there is none, NaN if there is one among them.
  private(set) var largest = 0.0

  /// Those of some floats. O(n).
  init(_ numbers: UnsafeBufferPointer<Double>) {
    var (least, largest) = (SIMD4(repeating: Double.infinity), SIMD4<Double>())
    var isNaN = SIMDMask<SIMD4<Int64>>()
    var index = 0
    while index &+ 4 <= numbers.count {
      let four = SIMD4(numbers[index], numbers[index &+ 1], numbers[index &+ 2], numbers[index &+ 3])
      let magnitudes = four.replacing(with: 0 - four, where: four .< 0)
      least.replace(with: magnitudes, where: magnitudes .< least .& magnitudes .> 0)
      largest.replace(with: magnitudes, where: magnitudes .> largest)
      isNaN .|= four .!= four
      index &+= 4
    }
    (self.least, self.largest) = (least.min(), any(isNaN) ? .nan : largest.max())
    while index < numbers.count {
      add(FloatMagnitudes(numbers[index]))
      index &+= 1
    }
  }

  private init(_ number: Double) {
    if number != 0 { (least, largest) = (number.magnitude, number.magnitude) }
  }

  /// Whether no sum of the floats can overflow.
  var areSafe: Bool { CompensatedFloats.isSafe(largest) }

  /// Takes in those of other floats.
  mutating func add(_ other: FloatMagnitudes) {
    least = min(least, other.least)
    largest = largest.isNaN || other.largest.isNaN ? .nan : max(largest, other.largest)
  }
}

extension CompensatedFloats {
  /// Puts the parts of a sum together.
  @inline(__always)
  init(_ sum: SplitSum) {
    self.init()
    add(parts: SIMD2(sum.highs[0] + sum.highs[1], sum.lows[0] + sum.lows[1]))
  }

  /// Adds a sum of parts that a `FloatSplitter` made.
  @inline(__always)
  mutating func add(parts: SIMD2<Double>) {
    add(parts[0])
    add(parts[1])
  }
}
