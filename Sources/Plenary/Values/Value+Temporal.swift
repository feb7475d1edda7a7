import PlenarySyntax

// What operators, property access and functions do with temporal values: the work is `Temporal`'s, the errors become
// those of queries.
extension Value {
  /// The value as one of the five temporal instants; `nil` for anything else.
  var instant: Temporal.Instant? {
    switch self {
    case .date(let date): .date(date)
    case .localTime(let time): .localTime(time)
    case .time(let time): .time(time)
    case .localDateTime(let dateTime): .localDateTime(dateTime)
    case .dateTime(let dateTime): .dateTime(dateTime)
    default: nil
    }
  }

  /// A temporal instant as a value.
  init(_ instant: Temporal.Instant) {
    self =
      switch instant {
      case .date(let date): .date(date)
      case .localTime(let time): .localTime(time)
      case .time(let time): .time(time)
      case .localDateTime(let dateTime): .localDateTime(dateTime)
      case .dateTime(let dateTime): .dateTime(dateTime)
      }
  }

  /// Duration plus duration, instant plus duration or the other way round; `nil` for anything else.
  static func temporalSum(_ a: Value, _ b: Value) throws(QueryError) -> Value? {
    try temporal { () throws(TemporalError) in
      switch (a, b) {
      case (.duration(let a), .duration(let b)): return .duration(try a.adding(b))
      case (_, .duration(let duration)):
        return try a.instant.map { instant throws(TemporalError) in
          Value(try instant.adding(duration))
        }
      case (.duration(let duration), _):
        return try b.instant.map { instant throws(TemporalError) in
          Value(try instant.adding(duration))
        }
      default: return nil
      }
    }
  }

  /// Duration minus duration or instant minus duration; `nil` for anything else.
  static func temporalDifference(_ a: Value, _ b: Value) throws(QueryError) -> Value? {
    guard case .duration(let subtrahend) = b else { return nil }
    return try temporal { () throws(TemporalError) in
      if case .duration(let minuend) = a { return .duration(try minuend.subtracting(subtrahend)) }
      guard let instant = a.instant else { return nil }
      return Value(try instant.subtracting(subtrahend))
    }
  }

  /// A duration times a number; null for anything else.
  static func temporalProduct(_ a: Value, _ factor: Value) throws(QueryError) -> Value {
    guard case .duration(let duration) = a else { return .null }
    return try temporal { () throws(TemporalError) in
      switch factor {
      case .integer(let factor): .duration(try duration.multiplied(by: factor))
      case .float(let factor): .duration(try duration.multiplied(by: factor))
      default: .null
      }
    }
  }

  /// A duration divided by a number; null for anything else.
  static func temporalQuotient(_ a: Value, _ divisor: Value) throws(QueryError) -> Value {
    guard case .duration(let duration) = a else { return .null }
    if let number = divisor.double, number == 0 {
      throw QueryError(.divisionByZero, "division of the Duration \(duration) by zero")
    }
    return try temporal { () throws(TemporalError) in
      switch divisor {
      case .integer(let divisor): .duration(try duration.divided(by: divisor))
      case .float(let divisor): .duration(try duration.divided(by: divisor))
      default: .null
      }
    }
  }

  /// `value.key` where the value is temporal.
  ///
  /// - Throws: `invalid-temporal` for a component that this type does not have.
  static func temporalComponent(_ key: String, of value: Value) throws(QueryError) -> Value {
    let component = try temporal { () throws(TemporalError) -> Temporal.Component? in
      if case .duration(let duration) = value { return try duration.component(key) }
      return try value.instant?.component(key)
    }
    switch component {
    case .integer(let number): return .integer(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .instant(let instant): return Value(instant)
    case .duration(let duration): return .duration(duration)
    case .null, .other, nil:
      let names = value.temporalComponentNames
      throw QueryError(
        .invalidTemporal,
        "\(value.valueType.phrase) has no component \(key), expected one of \(names.joined(separator: ", "))",
        hint: Suggestion.nearest(to: key, among: names).map { "did you mean \($0)?" })
    }
  }

  /// The names of the components that a temporal value has, for hints and completion.
  var temporalComponentNames: [String] {
    let date = [
      "year", "quarter", "month", "week", "weekYear", "day", "ordinalDay", "dayOfWeek", "weekDay", "dayOfQuarter",
    ]
    let time = ["hour", "minute", "second", "millisecond", "microsecond", "nanosecond"]
    let zone = ["timezone", "offset", "offsetMinutes", "offsetSeconds"]
    switch self {
    case .date: return date
    case .localTime: return time
    case .time: return time + zone
    case .localDateTime: return date + time
    case .dateTime: return date + time + zone + ["epochSeconds", "epochMillis"]
    case .duration:
      return [
        "years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds", "milliseconds", "microseconds",
        "nanoseconds", "quartersOfYear", "monthsOfYear", "monthsOfQuarter", "daysOfWeek", "minutesOfHour",
        "secondsOfMinute", "millisecondsOfSecond", "microsecondsOfSecond", "nanosecondsOfSecond",
      ]
    default: return []
    }
  }
}

/// Calls into `Temporal` and turns its errors into those of queries.
func temporal<Result>(_ body: () throws(TemporalError) -> Result) throws(QueryError) -> Result {
  do throws(TemporalError) {
    return try body()
  } catch {
    throw QueryError(.invalidTemporal, error.message, hint: error.hint)
  }
}
