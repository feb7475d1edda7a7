// Temporal instants plus and minus durations: months first, where the last day of a shorter month stands in for a day it
// does not have, then days, then the exact rest. A type takes the parts of the duration that it can.

extension Temporal.Date {
  /// The date after a duration, of which whole days count; throws when the year gets more than nine digits.
  public func adding(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.Date {
    let daysOfTime = duration.totalNanoseconds / Int128(Temporal.LocalTime.nanosecondsPerDay)
    return try adding(months: duration.months).adding(days: duration.days)
      .adding(days: Int64(truncatingIfNeeded: daysOfTime))
  }

  /// The date before a duration, of which whole days count; throws when the year gets more than nine digits.
  public func subtracting(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.Date {
    try adding(duration.negated())
  }
}

extension Temporal.LocalTime {
  /// The time after the hours, minutes and seconds of a duration, around the clock.
  public func adding(_ duration: Temporal.Duration) -> Temporal.LocalTime {
    adding(nanoseconds: duration.totalNanoseconds)
  }

  /// The time before the hours, minutes and seconds of a duration, around the clock.
  public func subtracting(_ duration: Temporal.Duration) -> Temporal.LocalTime {
    adding(nanoseconds: -duration.totalNanoseconds)
  }
}

extension Temporal.Time {
  /// The time after the hours, minutes and seconds of a duration, around the clock.
  public func adding(_ duration: Temporal.Duration) -> Temporal.Time {
    Temporal.Time(localTime.adding(duration), offset: offset)
  }

  /// The time before the hours, minutes and seconds of a duration, around the clock.
  public func subtracting(_ duration: Temporal.Duration) -> Temporal.Time {
    Temporal.Time(localTime.subtracting(duration), offset: offset)
  }
}

extension Temporal.LocalDateTime {
  /// The value after a duration; throws when the year gets more than nine digits.
  public func adding(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.LocalDateTime {
    try Temporal.LocalDateTime(date.adding(months: duration.months).adding(days: duration.days), time)
      .adding(nanoseconds: duration.totalNanoseconds)
  }

  /// The value before a duration; throws when the year gets more than nine digits.
  public func subtracting(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.LocalDateTime {
    try adding(duration.negated())
  }
}

extension Temporal.DateTime {
  /// The point in time after a duration: months and days move the local clock, hours and below are exact.
  ///
  /// A day later is the same local time even when clocks change in between. Throws when the year gets more than nine
  /// digits.
  public func adding(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.DateTime {
    var value = self
    if duration.months != 0 || duration.days != 0 {
      let local = self.local
      let date = try local.date.adding(months: duration.months).adding(days: duration.days)
      value = try Temporal.DateTime(Temporal.LocalDateTime(date, local.time), in: zone, preferring: offset)
    }
    let rest = duration.totalNanoseconds
    return rest == 0 ? value : try value.adding(nanoseconds: rest)
  }

  /// The point in time before a duration; throws when the year gets more than nine digits.
  public func subtracting(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.DateTime {
    try adding(duration.negated())
  }
}

extension Temporal.Instant {
  /// The value after a duration.
  public func adding(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.Instant {
    switch self {
    case .date(let value): .date(try value.adding(duration))
    case .localTime(let value): .localTime(value.adding(duration))
    case .time(let value): .time(value.adding(duration))
    case .localDateTime(let value): .localDateTime(try value.adding(duration))
    case .dateTime(let value): .dateTime(try value.adding(duration))
    }
  }

  /// The value before a duration.
  public func subtracting(_ duration: Temporal.Duration) throws(TemporalError) -> Temporal.Instant {
    try adding(duration.negated())
  }
}
