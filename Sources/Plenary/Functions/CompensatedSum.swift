/// The sum of integers exactly, and of floats with the rounding errors of the additions made good.
struct CompensatedSum {
  /// Integers; 128 bits hold the sum of 2^64 of them.
  private(set) var integers: Int128 = 0
  private(set) var hasFloats = false
  private var floats = CompensatedFloats()

  init() {}

  /// The sum of one number.
  init(_ number: Int64) { integers = Int128(number) }

  /// The sum of some floats; there may be none.
  init(_ floats: CompensatedFloats, count: Int64) { (self.floats, hasFloats) = (floats, count > 0) }

  mutating func add(_ number: Int64) { integers += Int128(number) }

  mutating func add(contentsOf numbers: [Int64]) { integers += CompensatedSum.sum(of: numbers) }

  /// The sum of fewer than 2^31 integers: halves of 32 bits cannot overflow 64, and the loop has no carries.
  static func sum(of numbers: [Int64]) -> Int128 {
    var low: UInt64 = 0
    var high: Int64 = 0
    for number in numbers {
      low &+= UInt64(UInt32(truncatingIfNeeded: number))
      high &+= number >> 32
    }
    return Int128(high) << 32 + Int128(low)
  }

  @inline(__always)
  mutating func add(_ number: Double) {
    hasFloats = true
    floats.add(number)
  }

  /// Adds what another sum has.
  mutating func add(_ other: CompensatedSum) {
    integers += other.integers
    guard other.hasFloats else { return }
    hasFloats = true
    floats.add(other.floats)
  }

  /// Adds a sum of floats.
  @inline(__always)
  mutating func add(_ floats: CompensatedFloats) {
    hasFloats = true
    self.floats.add(floats)
  }

  /// Everything as a float.
  var double: Double { integers == 0 ? floats.double : Double(integers) + floats.double }
}

/// The sum of floats, with the rounding errors of the additions.
struct CompensatedFloats {
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

  /// Adds what another sum has.
  mutating func add(_ other: CompensatedFloats) {
    add(other.sum)
    compensation += other.compensation
  }

  /// The sum; where it went beyond the largest float, the error is no number.
  var double: Double { sum + (sum.isFinite && compensation.isFinite ? compensation : 0) }
}
