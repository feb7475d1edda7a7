extension Temporal {
  /// An amount of time in months, days, seconds and nanoseconds, each of which may be negative.
  ///
  /// The groups stay apart because their lengths relate differently on different days: a month has 28 to 31 days, and a
  /// day 23 to 25 hours where clocks change. Two durations are equal when all groups are; `PT24H` is not `P1D`.
  ///
  /// ```swift
  /// let duration = try Temporal.Duration(parsing: "P12Y5M14DT16H12M70S")
  /// print(duration)  // P12Y5M14DT16H13M10S
  /// ```
  public struct Duration: Sendable, Hashable {
    /// The months; a year is twelve.
    public let months: Int64
    /// The days; a week is seven.
    public let days: Int64
    /// The seconds, rounded down when there is a fraction: -0.5 s are -1 second and 500000000 nanoseconds.
    public let seconds: Int64
    private let fraction: Int32

    /// The nanoseconds on top of the seconds, 0 to 999999999.
    public var nanoseconds: Int64 { Int64(fraction) }

    /// No time at all: `PT0S`.
    public static let zero = Duration(months: 0, days: 0, seconds: 0)

    init(months: Int64, days: Int64, seconds: Int64) {
      self.months = months
      self.days = days
      self.seconds = seconds
      fraction = 0
    }

    init(months: Int64, days: Int64, totalNanoseconds: Int128) throws(TemporalError) {
      let second = Int128(LocalTime.nanosecondsPerSecond)
      self.months = months
      self.days = days
      seconds = try checkedInt64(totalNanoseconds.flooredQuotient(second), "duration")
      fraction = Int32(truncatingIfNeeded: totalNanoseconds.flooredRemainder(second))
    }

    /// Makes a duration; nanoseconds beyond a second carry into the seconds. Throws when those overflow.
    public init(months: Int64 = 0, days: Int64 = 0, seconds: Int64 = 0, nanoseconds: Int64 = 0) throws(TemporalError) {
      try self.init(
        months: months, days: days,
        totalNanoseconds: Int128(seconds) * Int128(LocalTime.nanosecondsPerSecond) + Int128(nanoseconds))
    }

    /// Seconds and nanoseconds in one number.
    var totalNanoseconds: Int128 {
      Int128(seconds) * Int128(LocalTime.nanosecondsPerSecond) + Int128(fraction)
    }

    // MARK: Order

    /// 365.2425 days / 12, the length of a month on average over the calendar's cycle of 400 years.
    static let secondsPerAverageMonth: Int64 = 2_629_746

    /// Whether this duration comes before another when results are sorted: by average length, then by months, days
    /// and seconds, so that only equal durations are on a par.
    ///
    /// In expressions durations have no order: one month may be shorter or longer than 30 days.
    public func isOrderedBefore(_ other: Duration) -> Bool {
      let (a, b) = (averageSeconds, other.averageSeconds)
      if a != b { return a < b }
      return (fraction, months, days, seconds) < (other.fraction, other.months, other.days, other.seconds)
    }

    private var averageSeconds: Int128 {
      Int128(months) * Int128(Self.secondsPerAverageMonth) + Int128(days) * Int128(LocalTime.secondsPerDay)
        + Int128(seconds)
    }

    // MARK: Sums

    /// The sum, group by group; throws when a group overflows.
    public func adding(_ other: Duration) throws(TemporalError) -> Duration {
      try Duration(
        months: checkedSum(months, other.months, "duration"), days: checkedSum(days, other.days, "duration"),
        totalNanoseconds: totalNanoseconds + other.totalNanoseconds)
    }

    /// The difference, group by group; throws when a group overflows.
    public func subtracting(_ other: Duration) throws(TemporalError) -> Duration {
      try adding(other.negated())
    }

    /// The same length in the other direction; throws when a group overflows.
    public func negated() throws(TemporalError) -> Duration {
      try Duration(
        months: checkedInt64(-Int128(months), "duration"), days: checkedInt64(-Int128(days), "duration"),
        totalNanoseconds: -totalNanoseconds)
    }
  }
}
