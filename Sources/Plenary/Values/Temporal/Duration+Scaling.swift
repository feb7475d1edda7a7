extension Temporal.Duration {
  /// The duration times a whole number of up to 64 bits; throws on overflow.
  public func multiplied(by factor: some BinaryInteger) throws(TemporalError) -> Temporal.Duration {
    guard let factor = Int64(exactly: factor) else { throw .overflow("duration") }
    return try DurationSum.scaled(self, by: Ratio(whole: factor))
  }

  /// The duration times a number; fractions of months and days become smaller units. Throws on overflow.
  public func multiplied(by factor: Double) throws(TemporalError) -> Temporal.Duration {
    guard let ratio = Ratio(factor) else { throw .overflow("duration") }
    return try DurationSum.scaled(self, by: ratio)
  }

  /// The duration divided by a whole number of up to 64 bits; throws when it is zero.
  public func divided(by divisor: some BinaryInteger) throws(TemporalError) -> Temporal.Duration {
    guard let divisor = Int64(exactly: divisor) else { throw .overflow("duration") }
    guard let ratio = Ratio(whole: divisor).inverse else { throw .divisionByZero }
    return try DurationSum.scaled(self, by: ratio)
  }

  /// The duration divided by a number; throws when it is zero, and on overflow.
  public func divided(by divisor: Double) throws(TemporalError) -> Temporal.Duration {
    guard divisor != 0 else { throw .divisionByZero }
    if divisor.isInfinite { return .zero }
    // A divisor beyond the range of ratios leaves nothing of any duration.
    guard let ratio = Ratio(divisor) else {
      if divisor.isNaN { throw .overflow("duration") }
      return .zero
    }
    guard let inverse = ratio.inverse else { throw .overflow("duration") }
    return try DurationSum.scaled(self, by: inverse)
  }
}

extension TemporalError {
  static let divisionByZero = TemporalError(.outOfRange, "duration divided by zero")
}
