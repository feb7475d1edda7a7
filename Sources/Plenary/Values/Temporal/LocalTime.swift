extension Temporal {
  /// A time of day, without a date or an offset.
  public struct LocalTime: Sendable, Hashable, Comparable {
    /// The number of nanoseconds since midnight.
    public let nanosecondsSinceMidnight: Int64

    static let nanosecondsPerSecond: Int64 = 1_000_000_000
    static let secondsPerDay: Int64 = 86_400
    static let nanosecondsPerDay: Int64 = 86_400_000_000_000

    static let midnight = LocalTime(unchecked: 0)

    init(unchecked nanoseconds: Int64) { nanosecondsSinceMidnight = nanoseconds }

    /// Makes a time from the number of nanoseconds since midnight; throws when it is negative or a day or more.
    public init(nanosecondsSinceMidnight: Int64) throws(TemporalError) {
      guard nanosecondsSinceMidnight >= 0, nanosecondsSinceMidnight < Self.nanosecondsPerDay else {
        throw .overflow("time of day")
      }
      self.nanosecondsSinceMidnight = nanosecondsSinceMidnight
    }

    /// Makes a time from its parts; throws when one is out of range.
    public init(hour: Int64, minute: Int64 = 0, second: Int64 = 0, nanosecond: Int64 = 0) throws(TemporalError) {
      func check(_ value: Int64, _ limit: Int64, _ name: String) throws(TemporalError) {
        guard value >= 0, value < limit else {
          throw TemporalError(.outOfRange, "\(name) \(value) is out of range, expected 0 to \(limit - 1)")
        }
      }
      try check(hour, 24, "hour")
      try check(minute, 60, "minute")
      try check(second, 60, "second")
      try check(nanosecond, Self.nanosecondsPerSecond, "nanosecond")
      nanosecondsSinceMidnight = (hour * 3600 + minute * 60 + second) * Self.nanosecondsPerSecond + nanosecond
    }

    /// Orders by time.
    public static func < (a: LocalTime, b: LocalTime) -> Bool {
      a.nanosecondsSinceMidnight < b.nanosecondsSinceMidnight
    }

    /// The hour, 0 to 23.
    public var hour: Int64 { nanosecondsSinceMidnight / 3_600_000_000_000 }
    /// The minute, 0 to 59.
    public var minute: Int64 { nanosecondsSinceMidnight / 60_000_000_000 % 60 }
    /// The second, 0 to 59.
    public var second: Int64 { nanosecondsSinceMidnight / Self.nanosecondsPerSecond % 60 }
    /// The part of a second in nanoseconds, 0 to 999999999.
    public var nanosecond: Int64 { nanosecondsSinceMidnight % Self.nanosecondsPerSecond }

    var secondOfDay: Int64 { nanosecondsSinceMidnight / Self.nanosecondsPerSecond }

    /// The time after some nanoseconds, around the clock.
    func adding(nanoseconds: Int128) -> LocalTime {
      let day = Int128(Self.nanosecondsPerDay)
      return LocalTime(
        unchecked: Int64(
          truncatingIfNeeded: (Int128(nanosecondsSinceMidnight) + nanoseconds % day).flooredRemainder(day)))
    }
  }
}
