/// The sum of integers exactly, and of floats with the rounding errors of the additions made good.
struct CompensatedSum {
  /// Integers; 128 bits hold the sum of 2^64 of them.
  private(set) var integers: Int128 = 0
  private(set) var hasFloats = false
  private var floats = CompensatedFloats()
  /// Those of the floats that could make a sum overflow, times 2^-64, which loses none of their digits.
  private var huge = CompensatedFloats()

  init() {}

  /// The sum of one number.
  init(_ number: Int64) { integers = Int128(number) }

  /// The sum of some floats; there may be none.
  init(_ floats: CompensatedFloats, count: Int64) { (self.floats, hasFloats) = (floats, count > 0) }

  mutating func add(_ number: Int64) { integers += Int128(number) }

  /// The sum of fewer than 2^31 integers: halves of 32 bits cannot overflow 64, and the loop has no carries.
  static func sum<Number: FixedWidthInteger>(of numbers: UnsafeBufferPointer<Number>) -> Int128 {
    if Number.bitWidth < 64 {
      var sum: Int64 = 0
      for number in numbers { sum &+= Int64(truncatingIfNeeded: number) }
      return Int128(sum)
    }
    // Each number as if it were 2^63 more: what has no sign is shifted in one instruction.
    var (low, high): (UInt64, UInt64) = (0, 0)
    for number in numbers {
      let shifted = UInt64(truncatingIfNeeded: number) ^ 1 &<< 63
      low &+= shifted & 0xFFFF_FFFF
      high &+= shifted &>> 32
    }
    return Int128(high) << 32 + Int128(low) - Int128(numbers.count) << 63
  }

  @inline(__always)
  mutating func add(_ number: Double) {
    hasFloats = true
    if CompensatedFloats.isSafe(number) || !number.isFinite {
      floats.add(number)
    } else {
      huge.add(number * 0x1p-64)
    }
  }

  /// Adds what another sum has.
  mutating func add(_ other: CompensatedSum) {
    integers += other.integers
    guard other.hasFloats else { return }
    hasFloats = true
    floats.add(other.floats)
    huge.add(other.huge)
  }

  /// Adds a sum of safe floats.
  @inline(__always)
  mutating func add(_ floats: CompensatedFloats) {
    hasFloats = true
    self.floats.add(floats)
  }

  /// Everything as a float, infinite where the sum is beyond the largest.
  var double: Double { huge.isZero ? moderate : scaled * 0x1p64 }

  /// The mean of so many numbers, at least one, that add up to this. It is finite if they are, whatever their sum.
  func mean(of count: Int64) -> Double {
    huge.isZero ? moderate / Double(count) : scaled / Double(count) * 0x1p64
  }

  /// The sum without the huge numbers.
  private var moderate: Double { integers == 0 ? floats.double : Double(integers) + floats.double }

  /// The whole sum times 2^-64.
  private var scaled: Double {
    var sum = huge
    sum.add(moderate * 0x1p-64)
    return sum.double
  }
}

/// The sum of floats, with the rounding errors of the additions.
struct CompensatedFloats {
  /// Whether no sum of numbers of this size can overflow: it takes 2^63 of them to come near the largest float.
  @inline(__always)
  static func isSafe(_ number: Double) -> Bool { number.magnitude < 0x1p960 }

  /// Whether all numbers are safe to add up.
  static func areSafe(_ numbers: UnsafeBufferPointer<Double>) -> Bool {
    // The bits of magnitudes are in the order of magnitudes, NaN last; those too large carry into the highest bit. There
    // is nothing to branch on, so the loop takes several at once.
    let distance = 1 &<< 63 &- (0x1p960).bitPattern
    var carries: UInt64 = 0
    for number in numbers { carries |= number.magnitude.bitPattern &+ distance }
    return carries >> 63 == 0
  }

  private var sum = 0.0
  private var compensation = 0.0

  @inline(__always)
  init() {}

  /// Knuth's two-sum finds the rounding error of an addition without asking which number is larger.
  @inline(__always)
  mutating func add(_ number: Double) {
    let new = sum + number
    let share = new - sum
    compensation += (sum - (new - share)) + (number - share)
    sum = new
  }

  /// Adds many floats, four at once: none waits for the one before it.
  mutating func add(contentsOf numbers: UnsafeBufferPointer<Double>) {
    var (sums, compensations) = (SIMD4<Double>(), SIMD4<Double>())
    var index = 0
    while index &+ 4 <= numbers.count {
      let four = SIMD4(numbers[index], numbers[index &+ 1], numbers[index &+ 2], numbers[index &+ 3])
      let new = sums + four
      let shares = new - sums
      compensations += (sums - (new - shares)) + (four - shares)
      sums = new
      index &+= 4
    }
    for lane in 0..<4 { add(sums[lane]) }
    compensation += compensations.sum()
    while index < numbers.count {
      add(numbers[index])
      index &+= 1
    }
  }

  /// Adds what another sum has.
  mutating func add(_ other: CompensatedFloats) {
    add(other.sum)
    compensation += other.compensation
  }

  /// Whether the numbers cancel out, or there are none.
  var isZero: Bool { sum == 0 && compensation == 0 }

  /// The sum; where it went beyond the largest float, the error is no number.
  var double: Double { sum + (sum.isFinite && compensation.isFinite ? compensation : 0) }
}
