// Components of temporal values by the names they have in the language, such as `value.year`.

extension Temporal.Date {
  /// A component such as `year` or `weekDay`; `nil` when dates have none of that name.
  public func component(_ name: String) -> Temporal.Component? {
    switch name {
    case "year": .integer(year)
    case "quarter": .integer(quarter)
    case "month": .integer(month)
    case "week": .integer(week)
    case "weekYear": .integer(weekYear)
    case "day": .integer(day)
    case "ordinalDay": .integer(ordinalDay)
    case "weekDay", "dayOfWeek": .integer(dayOfWeek)
    case "dayOfQuarter", "quarterDay": .integer(dayOfQuarter)
    default: nil
    }
  }
}

extension Temporal.LocalTime {
  /// A component such as `hour`; fractions of the second are `millisecond`, `microsecond` and `nanosecond`, each the
  /// whole fraction in that unit. `nil` when times have none of that name.
  public func component(_ name: String) -> Temporal.Component? {
    switch name {
    case "hour": .integer(hour)
    case "minute": .integer(minute)
    case "second": .integer(second)
    case "millisecond": .integer(nanosecond / 1_000_000)
    case "microsecond": .integer(nanosecond / 1_000)
    case "nanosecond": .integer(nanosecond)
    default: nil
    }
  }
}

extension Temporal.Offset {
  fileprivate func component(_ name: String) -> Temporal.Component? {
    switch name {
    case "offset": .string(description)
    case "offsetMinutes": .integer(Int64(seconds / 60))
    case "offsetSeconds": .integer(Int64(seconds))
    default: nil
    }
  }
}

extension Temporal.Time {
  /// A component of the time of day, or `timezone`, `offset`, `offsetMinutes`, `offsetSeconds`; `nil` for other names.
  public func component(_ name: String) -> Temporal.Component? {
    name == "timezone" ? .string(offset.description) : localTime.component(name) ?? offset.component(name)
  }
}

extension Temporal.LocalDateTime {
  /// A component of the date or the time of day; `nil` for other names.
  public func component(_ name: String) -> Temporal.Component? {
    date.component(name) ?? time.component(name)
  }
}

extension Temporal.DateTime {
  /// A component of the local date or time, or `timezone`, `offset`, `offsetMinutes`, `offsetSeconds`, `epochSeconds`,
  /// `epochMillis`; `nil` for other names. Throws when milliseconds do not fit 64 bits.
  public func component(_ name: String) throws(TemporalError) -> Temporal.Component? {
    switch name {
    case "timezone": .string(zone.name)
    case "epochSeconds": .integer(epochSeconds)
    case "epochMillis": .integer(try checkedInt64(totalNanoseconds.flooredQuotient(1_000_000), "epochMillis"))
    default: local.component(name) ?? offset.component(name)
    }
  }
}

extension Temporal.Instant {
  /// A component by name; `nil` when values of this type have none of that name. Throws on overflow.
  public func component(_ name: String) throws(TemporalError) -> Temporal.Component? {
    switch self {
    case .date(let value): value.component(name)
    case .localTime(let value): value.component(name)
    case .time(let value): value.component(name)
    case .localDateTime(let value): value.component(name)
    case .dateTime(let value): try value.component(name)
    }
  }
}

extension Temporal.Duration {
  /// A component such as `months`, the whole group in that unit, or `monthsOfYear`, what a larger unit leaves of it.
  ///
  /// `nil` when durations have none of that name. Throws when the number does not fit 64 bits.
  public func component(_ name: String) throws(TemporalError) -> Temporal.Component? {
    // Cut towards zero, like the text of a duration: half a second less than nothing is 0 seconds and -500 ms.
    let total = totalNanoseconds
    let second = Int128(Temporal.LocalTime.nanosecondsPerSecond)
    let seconds = total / second
    let fraction = total % second
    let value: Int128
    switch name {
    case "years": value = Int128(months) / 12
    case "quarters": value = Int128(months) / 3
    case "months": value = Int128(months)
    case "weeks": value = Int128(days) / 7
    case "days": value = Int128(days)
    case "hours": value = seconds / 3600
    case "minutes": value = seconds / 60
    case "seconds": value = seconds
    case "milliseconds": value = total / 1_000_000
    case "microseconds": value = total / 1_000
    case "nanoseconds": value = total
    case "quartersOfYear": value = Int128(months) / 3 % 4
    case "monthsOfQuarter": value = Int128(months) % 3
    case "monthsOfYear": value = Int128(months) % 12
    case "daysOfWeek": value = Int128(days) % 7
    case "minutesOfHour": value = seconds / 60 % 60
    case "secondsOfMinute": value = seconds % 60
    case "millisecondsOfSecond": value = fraction / 1_000_000
    case "microsecondsOfSecond": value = fraction / 1_000
    case "nanosecondsOfSecond": value = fraction
    default: return nil
    }
    return .integer(try checkedInt64(value, name))
  }
}
