extension Temporal {
  /// A point in time as seen in a time zone: a fixed offset from UTC, or a named zone with its history of offsets.
  ///
  /// Sixteen bytes without references. Values are ordered by the point in time, then by offset from west to east, then
  /// by the name of the zone; they are equal only when all three are.
  ///
  /// ```swift
  /// let start = try Temporal.DateTime(parsing: "2017-10-29T00:00[Europe/Stockholm]")
  /// print(start)  // 2017-10-29T00:00+02:00[Europe/Stockholm]
  /// ```
  public struct DateTime: Sendable, Hashable, Comparable {
    /// The seconds since 1970-01-01T00:00Z; negative before it.
    public let epochSeconds: Int64
    // Nanosecond (30 bits), offset in seconds + 2^17 (18 bits), index of the named zone or 0 (16 bits): one word, so
    // that the whole value fits two.
    private let packed: UInt64

    private init(epochSeconds: Int64, nanosecond: Int64, offset: Offset, zoneIndex: UInt16) {
      self.epochSeconds = epochSeconds
      packed =
        UInt64(truncatingIfNeeded: nanosecond) << 34
        | UInt64(truncatingIfNeeded: Int64(offset.seconds) + 131_072) << 16
        | UInt64(zoneIndex)
    }

    /// The part of a second in nanoseconds, 0 to 999999999.
    public var nanosecond: Int64 { Int64(truncatingIfNeeded: packed >> 34) }
    /// The offset from UTC at this point in time.
    public var offset: Offset {
      Offset(unchecked: Int32(truncatingIfNeeded: packed >> 16 & 0x3FFFF) - 131_072)
    }
    private var zoneIndex: UInt16 { UInt16(truncatingIfNeeded: packed) }

    /// The time zone.
    public var zone: Zone {
      zoneIndex == 0 ? .offset(offset) : .named(NamedZone(index: zoneIndex))
    }

    /// What clocks in the zone show.
    public var local: LocalDateTime {
      // The initializers made sure that the local value is in range; the fallback only satisfies the compiler.
      (try? LocalDateTime(secondsSinceEpoch: epochSeconds + Int64(offset.seconds), nanosecond: nanosecond))
        ?? LocalDateTime(Date(uncheckedDays: 0), .midnight)
    }

    /// Makes a value from what clocks show in a zone.
    ///
    /// Where clocks show the value twice (an overlap), the offset is `preferredOffset` if that is one of the two, or else
    /// the earlier one; where they skip it (a gap), the value moves forward by the length of the gap.
    public init(_ local: LocalDateTime, in zone: Zone, preferring preferredOffset: Offset? = nil)
      throws(TemporalError)
    {
      switch zone {
      case .offset(let offset):
        self.init(
          epochSeconds: local.secondsSinceEpoch - Int64(offset.seconds), nanosecond: local.nanosecond, offset: offset,
          zoneIndex: 0)
      case .named(let named):
        let rules = named.rules
        switch rules.offsets(atLocalSeconds: local.secondsSinceEpoch) {
        case .one(let offset):
          self.init(
            epochSeconds: local.secondsSinceEpoch - Int64(offset.seconds), nanosecond: local.nanosecond,
            offset: offset, zoneIndex: named.index)
        case .overlap(let before, let after):
          let offset = preferredOffset == after ? after : before
          self.init(
            epochSeconds: local.secondsSinceEpoch - Int64(offset.seconds), nanosecond: local.nanosecond,
            offset: offset, zoneIndex: named.index)
        case .gap(let before, let after):
          let moved = try local.adding(seconds: Int64(after.seconds) - Int64(before.seconds))
          self.init(
            epochSeconds: moved.secondsSinceEpoch - Int64(after.seconds), nanosecond: local.nanosecond, offset: after,
            zoneIndex: named.index)
        }
      }
    }

    /// Makes a value from a point in time; throws when its local year has more than nine digits.
    public init(epochSeconds: Int64, nanosecond: Int64, in zone: Zone) throws(TemporalError) {
      // Before the offset is looked up, so that no arithmetic on the seconds can overflow.
      guard epochSeconds.magnitude < 1 << 56 else { throw .overflow("date time") }
      let offset = zone.offset(atEpochSeconds: epochSeconds)
      _ = try LocalDateTime(secondsSinceEpoch: epochSeconds + Int64(offset.seconds), nanosecond: nanosecond)
      var index: UInt16 = 0
      if case .named(let named) = zone { index = named.index }
      self.init(epochSeconds: epochSeconds, nanosecond: nanosecond, offset: offset, zoneIndex: index)
    }

    /// The same point in time as seen in another zone.
    public func converted(to zone: Zone) throws(TemporalError) -> DateTime {
      try DateTime(epochSeconds: epochSeconds, nanosecond: nanosecond, in: zone)
    }

    /// Orders by point in time, offset and name of the zone.
    public static func < (a: DateTime, b: DateTime) -> Bool {
      if a.epochSeconds != b.epochSeconds { return a.epochSeconds < b.epochSeconds }
      if a.nanosecond != b.nanosecond { return a.nanosecond < b.nanosecond }
      if a.offset != b.offset { return a.offset < b.offset }
      guard a.zoneIndex != b.zoneIndex else { return false }
      guard case .named(let bZone) = b.zone else { return false }
      guard case .named(let aZone) = a.zone else { return true }
      return aZone.name.utf8.lexicographicallyPrecedes(bZone.name.utf8)
    }

    var totalNanoseconds: Int128 {
      Int128(epochSeconds) * Int128(LocalTime.nanosecondsPerSecond) + Int128(nanosecond)
    }

    func adding(nanoseconds: Int128) throws(TemporalError) -> DateTime {
      let total = try checkedSum(totalNanoseconds, nanoseconds, "date time")
      let second = Int128(LocalTime.nanosecondsPerSecond)
      return try DateTime(
        epochSeconds: checkedInt64(total.flooredQuotient(second), "date time"),
        nanosecond: Int64(truncatingIfNeeded: total.flooredRemainder(second)), in: zone)
    }
  }
}
