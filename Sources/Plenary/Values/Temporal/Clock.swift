#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Temporal {
  /// A stopped clock: the point in time that `date()`, `datetime()` and the like mean by "now", and the zone for values
  /// that name none.
  ///
  /// The engine stops one for each statement and each transaction, so that "now" is the same everywhere in it.
  public struct Clock: Sendable, Hashable {
    /// The point in time, in nanoseconds since 1970-01-01T00:00Z.
    public let nanosecondsSinceEpoch: Int64
    /// The zone of values that name none; UTC by default.
    public let zone: Zone

    /// Makes a clock that shows a point in time.
    public init(nanosecondsSinceEpoch: Int64, zone: Zone = .utc) {
      self.nanosecondsSinceEpoch = nanosecondsSinceEpoch
      self.zone = zone
    }

    /// A clock stopped at this moment.
    public static func now(zone: Zone = .utc) -> Clock {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      let seconds = Int64(time.tv_sec).multipliedReportingOverflow(by: LocalTime.nanosecondsPerSecond).partialValue
      return Clock(nanosecondsSinceEpoch: seconds &+ Int64(time.tv_nsec), zone: zone)
    }

    /// The offset of a zone at the time that the clock shows.
    func offset(of zone: Zone) -> Offset {
      zone.offset(atEpochSeconds: nanosecondsSinceEpoch.flooredQuotient(LocalTime.nanosecondsPerSecond))
    }

    /// What the clock shows, in another zone or its own.
    public func dateTime(in other: Zone? = nil) throws(TemporalError) -> DateTime {
      try DateTime(
        epochSeconds: nanosecondsSinceEpoch.flooredQuotient(LocalTime.nanosecondsPerSecond),
        nanosecond: nanosecondsSinceEpoch.flooredRemainder(LocalTime.nanosecondsPerSecond), in: other ?? zone)
    }
  }
}
