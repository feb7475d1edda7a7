/// Adds up amounts in units from years to nanoseconds, with fractions, exactly.
///
/// A fraction of a month becomes days and seconds by the average length of a month, a fraction of a day becomes seconds
/// of a day of 24 hours; what is left below a nanosecond is cut off. Whole numbers and fractions travel apart, as
/// integers of 128 bits, so that `0.1` is a tenth and no sum loses precision.
struct DurationSum {
  /// One in units of the fraction.
  static let one: Int128 = 1_000_000_000_000_000_000

  enum Unit: String, CaseIterable {
    case years, quarters, months, weeks, days, hours, minutes, seconds, milliseconds, microseconds, nanoseconds
  }

  /// A number with a fraction in units of 10^-18; both have the same sign.
  struct Number {
    var whole: Int128
    var fraction: Int128 = 0

    init(whole: some BinaryInteger, fraction: Int64 = 0) {
      self.whole = Int128(whole)
      self.fraction = Int128(fraction)
    }

    /// The decimal number that a float is written as; throws when it is not finite or beyond 64 bits.
    init(_ value: Double) throws(TemporalError) {
      guard let ratio = Ratio(value), let parts = ratio.times(1, restIn: DurationSum.one) else {
        throw .overflow("\(value)")
      }
      whole = parts.whole
      fraction = parts.rest
    }
  }

  private var months: Int128 = 0
  private var monthFraction: Int128 = 0
  private var days: Int128 = 0
  /// Parts of days, in units of 10^-18 seconds like every fraction below.
  private var secondsOfDays: Int128 = 0
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
      secondsOfDays += number.fraction * factor * Int128(Temporal.LocalTime.secondsPerDay)
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
    let day = Int128(Temporal.LocalTime.secondsPerDay) * one
    let wholeMonths = months + monthFraction / one
    let partsOfDays = Self.snapped(
      secondsOfDays + monthFraction % one * Int128(Temporal.Duration.secondsPerAverageMonth))
    let fraction = Self.snapped(partsOfDays % day + secondFraction)
    return try Temporal.Duration(
      months: checkedInt64(wholeMonths, "duration"), days: checkedInt64(days + partsOfDays / day, "duration"),
      totalNanoseconds: nanoseconds + fraction / Self.nanosecond)
  }

  /// One nanosecond in units of the fraction.
  private static let nanosecond: Int128 = 1_000_000_000

  /// The nearest nanosecond when it is a few units of the fraction away: a third and two thirds, both cut off, are one.
  private static func snapped(_ fraction: Int128) -> Int128 {
    let tolerance: Int128 = 16
    let nearest = (fraction + (fraction < 0 ? -tolerance : tolerance)) / nanosecond * nanosecond
    return abs(nearest - fraction) <= tolerance ? nearest : fraction
  }

  /// A duration times a ratio; throws when a group is beyond 64 bits.
  static func scaled(_ duration: Temporal.Duration, by ratio: Ratio) throws(TemporalError) -> Temporal.Duration {
    let month = Int128(Temporal.Duration.secondsPerAverageMonth) * one
    let day = Int128(Temporal.LocalTime.secondsPerDay) * one
    guard let months = ratio.times(Int128(duration.months), restIn: month),
      let days = ratio.times(Int128(duration.days), restIn: day),
      let nanoseconds = ratio.times(duration.totalNanoseconds, restIn: nanosecond),
      max(months.whole.magnitude, days.whole.magnitude) <= 1 << 64, nanoseconds.whole.magnitude <= 1 << 96
    else { throw .overflow("duration") }
    var sum = DurationSum()
    sum.months = months.whole
    sum.days = days.whole
    sum.secondsOfDays = months.rest + days.rest
    sum.nanoseconds = nanoseconds.whole
    sum.secondFraction = nanoseconds.rest
    return try sum.duration()
  }
}
