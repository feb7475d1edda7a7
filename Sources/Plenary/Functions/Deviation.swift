/// How far numbers lie from their mean, in one pass by Welford's method, which does not subtract large sums from each
/// other.
struct Deviation {
  private var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  @inline(__always)
  mutating func add(_ number: Double) {
    count += 1
    let distance = number - mean
    mean += distance / count
    squares += distance * (number - mean)
  }

  /// The parallel variant of the method, by Chan, Golub and LeVeque.
  mutating func add(_ other: Deviation) {
    guard other.count > 0 else { return }
    let distance = other.mean - mean
    let total = count + other.count
    mean += distance * (other.count / total)
    squares += other.squares + distance * distance * (count * other.count / total)
    count = total
  }

  /// The standard deviation, of a sample or of all there is; 0 where there are too few numbers for one.
  func result(isSample: Bool) -> Double {
    let divisor = isSample ? count - 1 : count
    return divisor > 0 ? (squares / divisor).squareRoot() : 0
  }
}
