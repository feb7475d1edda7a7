extension Temporal {
  /// A time of day with an offset from UTC.
  ///
  /// Times are ordered by the moment they name on one and the same day, then by offset from west to east; two times
  /// with different offsets are never equal.
  public struct Time: Sendable, Hashable, Comparable {
    /// The time of day on the clock at that offset.
    public let localTime: LocalTime
    /// The offset from UTC.
    public let offset: Offset

    /// Makes a time.
    public init(_ localTime: LocalTime, offset: Offset) {
      self.localTime = localTime
      self.offset = offset
    }

    var utcNanoseconds: Int64 {
      localTime.nanosecondsSinceMidnight - Int64(offset.seconds) * LocalTime.nanosecondsPerSecond
    }

    /// Orders by moment, then by offset.
    public static func < (a: Time, b: Time) -> Bool {
      (a.utcNanoseconds, a.offset) < (b.utcNanoseconds, b.offset)
    }

    /// The same moment on the clock at another offset.
    public func converted(to other: Offset) -> Time {
      let shift = Int128(other.seconds - offset.seconds) * Int128(LocalTime.nanosecondsPerSecond)
      return Time(localTime.adding(nanoseconds: shift), offset: other)
    }
  }

  /// An offset from UTC with a precision of seconds, -18:00 to +18:00.
  public struct Offset: Sendable, Hashable, Comparable {
    /// The seconds that local time is ahead of UTC.
    public let seconds: Int32

    /// No offset: `Z`.
    public static let utc = Offset(unchecked: 0)

    init(unchecked seconds: Int32) { self.seconds = seconds }

    /// Makes an offset; throws when it is more than 18 hours.
    public init(seconds: Int64) throws(TemporalError) {
      guard abs(max(seconds, -Int64.max)) <= 18 * 3600 else {
        throw TemporalError(.outOfRange, "offset of \(seconds) seconds is out of range, expected -18:00 to +18:00")
      }
      self.seconds = Int32(truncatingIfNeeded: seconds)
    }

    /// Orders from west to east.
    public static func < (a: Offset, b: Offset) -> Bool { a.seconds < b.seconds }
  }
}
