extension Temporal {
  /// A unit that values are truncated to.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// A thousand years: 2000.
    case millennium
    /// A hundred years: 1900.
    case century
    /// Ten years: 1980.
    case decade
    /// A calendar year.
    case year
    /// A year of ISO 8601 weeks; starts on the Monday of its week 1.
    case weekYear
    /// Three months.
    case quarter
    /// A calendar month.
    case month
    /// A week; starts on Monday.
    case week
    /// A day.
    case day
    /// An hour.
    case hour
    /// A minute.
    case minute
    /// A second.
    case second
    /// A thousandth of a second.
    case millisecond
    /// A millionth of a second.
    case microsecond

    /// Finds a unit by its name, in any case; throws when there is none.
    public init(named name: String) throws(TemporalError) {
      guard let unit = Self.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
        throw TemporalError(.unsupported, "unknown unit '\(name)', expected a unit such as 'month' or 'hour'")
      }
      self = unit
    }

    var isOfDays: Bool { nanoseconds == nil }

    /// The length of the units below a day.
    var nanoseconds: Int64? {
      switch self {
      case .hour: 3_600_000_000_000
      case .minute: 60_000_000_000
      case .second: 1_000_000_000
      case .millisecond: 1_000_000
      case .microsecond: 1_000
      default: nil
      }
    }
  }
}

extension Temporal.Date {
  /// The first day of the unit that this day is in; the day itself for units below a day.
  public func truncated(to unit: Temporal.Unit) throws(TemporalError) -> Temporal.Date {
    let (year, month, _) = yearMonthDay
    return switch unit {
    case .millennium: try Self(year: year.flooredQuotient(1000) * 1000, month: 1, day: 1)
    case .century: try Self(year: year.flooredQuotient(100) * 100, month: 1, day: 1)
    case .decade: try Self(year: year.flooredQuotient(10) * 10, month: 1, day: 1)
    case .year: try Self(year: year, month: 1, day: 1)
    case .weekYear: try Self(daysSinceEpoch: Self.firstDay(ofWeekYear: weekYear))
    case .quarter: try Self(year: year, month: (month - 1) / 3 * 3 + 1, day: 1)
    case .month: try Self(year: year, month: month, day: 1)
    case .week: try Self(daysSinceEpoch: daysSinceEpoch - dayOfWeek + 1)
    case .day, .hour, .minute, .second, .millisecond, .microsecond: self
    }
  }
}

extension Temporal.LocalTime {
  /// The start of the unit that this time is in; midnight for a day and longer.
  public func truncated(to unit: Temporal.Unit) -> Temporal.LocalTime {
    guard let length = unit.nanoseconds else { return .midnight }
    return Self(unchecked: nanosecondsSinceMidnight - nanosecondsSinceMidnight % length)
  }
}

extension Temporal.Instant {
  /// Truncates to a unit, changes the type, and sets components: `date.truncate('month', value, {day: 2})`.
  ///
  /// `timezone` among the components replaces the zone and keeps the local time. A nanosecond or microsecond fills the
  /// part that truncating to a larger fraction of a second cut off. Throws when the value has no part of the unit's size,
  /// or lacks the date or the time that the type needs.
  public func truncated(
    to unit: Temporal.Unit, as kind: Temporal.Kind, setting components: Temporal.Components = [:],
    clock: Temporal.Clock
  ) throws(TemporalError) -> Temporal.Instant {
    let fits = kind.hasDate ? self.kind.hasDate : self.kind.hasTime
    guard fits else {
      throw TemporalError(
        .unsupported,
        "a \(self.kind.rawValue) has no \(kind.hasDate ? "date" : "time"), expected a value with one in \(kind.rawValue).truncate"
      )
    }
    // Times have nothing longer than a day, and dates nothing shorter.
    let isPossible =
      kind.hasDate ? unit.isOfDays || (kind.hasTime && self.kind.hasTime) : !unit.isOfDays || unit == .day
    guard isPossible else {
      throw TemporalError(
        .unsupported, "unit '\(unit.rawValue)' does not go with \(kind.rawValue).truncate of a \(self.kind.rawValue)")
    }

    var reader = try Temporal.ComponentReader(components, for: kind)
    let zone = kind.hasZone ? try reader.zone("timezone") : nil
    var day = try date?.truncated(to: unit)
    if kind.hasDate, Temporal.DateBuilder.isNeeded(reader) { day = try Temporal.DateBuilder.build(&reader, on: day) }
    var time = (localTime ?? .midnight).truncated(to: unit)
    if kind.hasTime { time = try Temporal.TimeBuilder.build(&reader, on: time, precision: unit) }
    try reader.finish()

    let date = day ?? Temporal.Date(uncheckedDays: 0)
    switch kind {
    case .date: return .date(date)
    case .localTime: return .localTime(time)
    case .time:
      let offset = zone.map { clock.offset(of: $0) } ?? self.offset ?? clock.offset(of: clock.zone)
      return .time(Temporal.Time(time, offset: offset))
    case .localDateTime: return .localDateTime(Temporal.LocalDateTime(date, time))
    case .dateTime:
      return .dateTime(
        try Temporal.DateTime(
          Temporal.LocalDateTime(date, time), in: zone ?? self.zone ?? clock.zone, preferring: self.offset))
    }
  }
}
