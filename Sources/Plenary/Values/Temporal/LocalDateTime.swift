extension Temporal {
  /// A day and a time of day, without a time zone.
  public struct LocalDateTime: Sendable, Hashable, Comparable {
    /// The seconds since 1970-01-01T00:00 on the same clock; negative before it.
    public let secondsSinceEpoch: Int64
    private let nanoseconds: Int32

    /// The part of a second in nanoseconds, 0 to 999999999.
    public var nanosecond: Int64 { Int64(nanoseconds) }

    /// Joins a day and a time of day.
    public init(_ date: Date, _ time: LocalTime) {
      secondsSinceEpoch = date.daysSinceEpoch * LocalTime.secondsPerDay + time.secondOfDay
      nanoseconds = Int32(truncatingIfNeeded: time.nanosecond)
    }

    /// Makes a value from seconds since 1970-01-01T00:00 and nanoseconds; throws when its year has more than nine digits.
    public init(secondsSinceEpoch: Int64, nanosecond: Int64) throws(TemporalError) {
      guard nanosecond >= 0, nanosecond < LocalTime.nanosecondsPerSecond else { throw .overflow("nanosecond") }
      _ = try Date(daysSinceEpoch: secondsSinceEpoch.flooredQuotient(LocalTime.secondsPerDay))
      self.secondsSinceEpoch = secondsSinceEpoch
      nanoseconds = Int32(truncatingIfNeeded: nanosecond)
    }

    /// The day.
    public var date: Date { Date(uncheckedDays: secondsSinceEpoch.flooredQuotient(LocalTime.secondsPerDay)) }
    /// The time of day.
    public var time: LocalTime {
      LocalTime(
        unchecked: secondsSinceEpoch.flooredRemainder(LocalTime.secondsPerDay) * LocalTime.nanosecondsPerSecond
          + nanosecond)
    }

    /// Orders by time.
    public static func < (a: LocalDateTime, b: LocalDateTime) -> Bool {
      (a.secondsSinceEpoch, a.nanoseconds) < (b.secondsSinceEpoch, b.nanoseconds)
    }

    var totalNanoseconds: Int128 {
      Int128(secondsSinceEpoch) * Int128(LocalTime.nanosecondsPerSecond) + Int128(nanoseconds)
    }

    func adding(nanoseconds: Int128) throws(TemporalError) -> LocalDateTime {
      let total = try checkedSum(totalNanoseconds, nanoseconds, "local date time")
      let second = Int128(LocalTime.nanosecondsPerSecond)
      return try LocalDateTime(
        secondsSinceEpoch: checkedInt64(total.flooredQuotient(second), "local date time"),
        nanosecond: Int64(truncatingIfNeeded: total.flooredRemainder(second)))
    }

    func adding(seconds: Int64) throws(TemporalError) -> LocalDateTime {
      try LocalDateTime(
        secondsSinceEpoch: checkedSum(secondsSinceEpoch, seconds, "local date time"), nanosecond: nanosecond)
    }
  }
}
