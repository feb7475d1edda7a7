/// Adds up amounts in units from years to nanoseconds, with fractions, exactly.
///
/// A fraction of a month becomes days and seconds by the average length of a month, a fraction of a day becomes seconds
/// of a day of 24 hours; what is left below a nanosecond is cut off. Whole numbers and fractions travel apart, as
/// integers of 128 bits, so that `0.1` is a tenth and no sum loses precision.
struct DurationSum {
  /// One in units of the fraction.
  static let one: Int128 = 1_000_000_000_000_000_000

  enum Unit: String {
    case years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds
  }

  /// A number with a fraction in units of 10^-18; both have the same sign.
  struct Number {
    var whole: Int128
    var fraction: Int128 = 0

    init(whole: Int64, fraction: Int64 = 0) {
      self.whole = Int128(whole)
      self.fraction = Int128(fraction)
    }

    /// The decimal number that a float is written as; throws when it is not finite or beyond 64 bits.
    init(_ value: Double) throws(TemporalError) {
      guard let ratio = Ratio(value), let scaled = scale(DurationSum.one, by: ratio),
        scaled.magnitude <= DurationSum.one.magnitude << 63
      else { throw .overflow("\(value)") }
      whole = scaled / DurationSum.one
      fraction = scaled % DurationSum.one
    }
  }

  private var months: Int128 = 0
  private var monthFraction: Int128 = 0
  private var days: Int128 = 0
  private var dayFraction: Int128 = 0
  private var nanoseconds: Int128 = 0
  private var secondFraction: Int128 = 0

  /// Adds an amount; throws when the sum leaves the range of a duration by far.
  mutating func add(_ number: Number, _ unit: Unit) throws(TemporalError) {
    guard number.whole.magnitude <= 1 << 64 else { throw .overflow("duration") }
    func addMonths(_ factor: Int128) {
      months += number.whole * factor
      monthFraction += number.fraction * factor
    }
    func addDays(_ factor: Int128) {
      days += number.whole * factor
      dayFraction += number.fraction * factor
    }
    func addSeconds(_ factor: Int128) {
      nanoseconds += number.whole * factor * 1_000_000_000
      secondFraction += number.fraction * factor
    }
    func addNanoseconds(_ factor: Int128) {
      nanoseconds += number.whole * factor
      secondFraction += number.fraction * factor / 1_000_000_000
    }
    switch unit {
    case .years: addMonths(12)
    case .quarters: addMonths(3)
    case .months: addMonths(1)
    case .weeks: addDays(7)
    case .days: addDays(1)
    case .hours: addSeconds(3600)
    case .minutes: addSeconds(60)
    case .seconds: addSeconds(1)
    case .milliseconds: addNanoseconds(1_000_000)
    case .microseconds: addNanoseconds(1_000)
    case .nanoseconds: addNanoseconds(1)
    }
  }

  /// The sum; throws when a group is beyond 64 bits.
  func duration() throws(TemporalError) -> Temporal.Duration {
    let one = Self.one
    let secondsPerDay = Int128(Temporal.LocalTime.secondsPerDay)
    let wholeMonths = months + monthFraction / one
    let secondsOfDays =
      monthFraction % one * Int128(Temporal.Duration.secondsPerAverageMonth) + dayFraction * secondsPerDay
    let wholeDays = days + secondsOfDays / (secondsPerDay * one)
    let fraction = secondsOfDays % (secondsPerDay * one) + secondFraction
    return try Temporal.Duration(
      months: checkedInt64(wholeMonths, "duration"), days: checkedInt64(wholeDays, "duration"),
      totalNanoseconds: nanoseconds + fraction / (one / 1_000_000_000))
  }

  /// A duration times a ratio; throws when a group is beyond 64 bits.
  static func scaled(_ duration: Temporal.Duration, by ratio: Ratio) throws(TemporalError) -> Temporal.Duration {
    guard let months = scale(Int128(duration.months) * one, by: ratio),
      let days = scale(Int128(duration.days) * one, by: ratio),
      let nanoseconds = scale(duration.totalNanoseconds, by: ratio),
      max(months.magnitude, days.magnitude) <= one.magnitude << 63, nanoseconds.magnitude <= one.magnitude << 62
    else { throw .overflow("duration") }
    var sum = DurationSum()
    sum.months = months / one
    sum.monthFraction = months % one
    sum.days = days / one
    sum.dayFraction = days % one
    sum.nanoseconds = nanoseconds
    return try sum.duration()
  }
}

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
}

/// A value times a ratio, cut off towards zero; `nil` when it is beyond 128 bits.
func scale(_ value: Int128, by ratio: Ratio) -> Int128? {
  let product = value.magnitude.multipliedFullWidth(by: ratio.numerator.magnitude)
  guard product.high < ratio.denominator.magnitude else { return nil }
  let quotient = ratio.denominator.magnitude.dividingFullWidth(product).quotient
  guard let result = Int128(exactly: quotient) else { return nil }
  return (value < 0) != (ratio.numerator < 0) ? -result : result
}

extension Temporal.Duration {
  /// The duration times a whole number; throws on overflow.
  public func multiplied(by factor: Int64) throws(TemporalError) -> Temporal.Duration {
    try DurationSum.scaled(self, by: Ratio(whole: factor))
  }

  /// The duration times a number; fractions of months and days become smaller units. Throws on overflow.
  public func multiplied(by factor: Double) throws(TemporalError) -> Temporal.Duration {
    guard let ratio = Ratio(factor) else { throw .overflow("duration") }
    return try DurationSum.scaled(self, by: ratio)
  }

  /// The duration divided by a whole number; throws when it is zero.
  public func divided(by divisor: Int64) throws(TemporalError) -> Temporal.Duration {
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
