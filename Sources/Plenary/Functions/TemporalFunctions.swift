extension FunctionRegistry {
  /// Functions that make temporal values: constructors, clocks, truncation, durations.
  static let temporalFunctions: [ScalarFunction] =
    Temporal.Kind.allCases.flatMap { kind in
      [constructor(kind)] + clocks(kind) + [truncation(kind)]
    } + [fromEpoch, fromEpochMillis, duration, between, inMonths, inDays, inSeconds]

  /// `date()`, `date('2015-07-21')`, `date({year: 2015})`, `date(other)`.
  private static func constructor(_ kind: Temporal.Kind) -> ScalarFunction {
    ScalarFunction(
      name: kind.rawValue,
      parameters: [.init("source", [.string, .map, .instant], isOptional: true)], result: kind.valueType,
      summary: "\(kind.phrase) from text, from components, or from another temporal value; without argument the "
        + "current one, the same for the whole statement",
      example: kind.example
    ) { arguments, context in
      let clock = context.clock
      let source = arguments[argument: 0]
      let instant = try temporal { () throws(TemporalError) -> Temporal.Instant in
        switch source {
        case .string(let text): return try Temporal.Instant(kind, parsing: text, clock: clock)
        case .map(let entries):
          return try Temporal.Instant(kind, components: components(entries), clock: clock)
        default:
          guard let other = source.instant else { return try Temporal.Instant(now: kind, clock: clock) }
          return try Temporal.Instant(kind, selecting: other, clock: clock)
        }
      }
      return Value(instant)
    }
  }

  /// `date.transaction()`, `date.statement()`, `date.realtime()`, each with an optional time zone.
  private static func clocks(_ kind: Temporal.Kind) -> [ScalarFunction] {
    let clocks = [
      ("transaction", "when the transaction began"), ("statement", "when the statement began"),
      ("realtime", "at this very moment"),
    ]
    return clocks.map { clock, when in
      let isRealTime = clock == "realtime"
      let name = "\(kind.rawValue).\(clock)"
      return ScalarFunction(
        name: name, parameters: [.init("timezone", [.string, .map], isOptional: true)], result: kind.valueType,
        isDeterministic: !isRealTime,
        summary: "the current \(kind.typeName) \(when), in UTC or the given time zone",
        example: .init("\(name)() IS NOT NULL", "true")
      ) { arguments, context in
        let stopped = isRealTime ? Temporal.Clock.now() : context.clock
        let zone = try temporal { () throws(TemporalError) -> Temporal.Zone? in
          switch arguments[argument: 0] {
          case .string(let text): return try Temporal.Zone(parsing: text)
          case .map(let entries):
            let given = components(entries).filter { $0.value != .null }
            guard given.count == 1, case .string(let text)? = given["timezone"] else {
              throw TemporalError(.invalidComponent, "found other components, expected {timezone: '...'}")
            }
            return try Temporal.Zone(parsing: text)
          default: return nil
          }
        }
        return Value(
          try temporal { () throws(TemporalError) in try Temporal.Instant(now: kind, clock: stopped, in: zone) })
      }
    }
  }

  /// `date.truncate('month', value, {day: 5})`.
  private static func truncation(_ kind: Temporal.Kind) -> ScalarFunction {
    ScalarFunction(
      name: kind.rawValue + ".truncate",
      parameters: [
        .init("unit", .string), .init("value", .instant, isOptional: true),
        .init("components", .map, isOptional: true),
      ],
      result: kind.valueType,
      summary: "the value, or the current one, with everything below the unit set to its start, or to the components",
      example: kind.truncationExample, columns: kind == .date ? TemporalColumns.truncated : nil
    ) { arguments, context in
      let clock = context.clock
      let name = try arguments.string(0)
      let instant = try temporal { () throws(TemporalError) -> Temporal.Instant in
        let unit = try Temporal.Unit(named: name)
        var value = try Temporal.Instant(now: .dateTime, clock: clock)
        if let given = arguments[argument: 1].instant { value = given }
        var changes: Temporal.Components = [:]
        if case .map(let entries) = arguments[argument: 2] { changes = components(entries) }
        return try value.truncated(to: unit, as: kind, setting: changes, clock: clock)
      }
      return Value(instant)
    }
  }

  private static let fromEpoch = ScalarFunction(
    name: "datetime.fromepoch", parameters: [.init("seconds", .integer), .init("nanoseconds", .integer)],
    result: .dateTime, summary: "the point in time so many seconds and nanoseconds after 1970-01-01T00:00Z",
    example: .init("toString(datetime.fromepoch(0, 5))", "'1970-01-01T00:00:00.000000005Z'")
  ) { arguments, _ in
    let seconds = try arguments.integer(0)
    let nanoseconds = try arguments.integer(1)
    return .dateTime(
      try temporal { () throws(TemporalError) in
        try Temporal.DateTime.fromEpoch(seconds: seconds, nanoseconds: nanoseconds)
      })
  }

  private static let fromEpochMillis = ScalarFunction(
    name: "datetime.fromepochmillis", parameters: [.init("milliseconds", .integer)], result: .dateTime,
    summary: "the point in time so many milliseconds after 1970-01-01T00:00Z",
    example: .init("toString(datetime.fromepochmillis(1500))", "'1970-01-01T00:00:01.500Z'")
  ) { arguments, _ in
    let milliseconds = try arguments.integer(0)
    return .dateTime(
      try temporal { () throws(TemporalError) in try Temporal.DateTime.fromEpoch(milliseconds: milliseconds) })
  }

  private static let duration = ScalarFunction(
    name: "duration", parameters: [.init("source", [.string, .map, .duration])], result: .duration,
    summary: "a Duration from text or from components such as {days: 14, hours: 16}",
    example: .init("toString(duration({days: 14, hours: 16}))", "'P14DT16H'")
  ) { arguments, _ in
    switch arguments[argument: 0] {
    case .string(let text):
      return .duration(try temporal { () throws(TemporalError) in try Temporal.Duration(parsing: text) })
    case .map(let entries):
      return .duration(
        try temporal { () throws(TemporalError) in try Temporal.Duration(components: components(entries)) })
    case .duration: return arguments[argument: 0]
    default: throw arguments.mismatch(0, [.string, .map, .duration])
    }
  }

  private static let between = difference(
    "between", "the Duration from one temporal value to another, in months, days and seconds",
    .init("toString(duration.between(date('1984-10-11'), date('2015-06-24')))", "'P30Y8M13D'")
  ) { a, b throws(TemporalError) in try .between(a, b) }

  private static let inMonths = difference(
    "inMonths", "the whole months from one temporal value to another",
    .init("toString(duration.inMonths(date('1984-10-11'), date('2015-06-24')))", "'P30Y8M'")
  ) { a, b throws(TemporalError) in try .inMonths(a, b) }

  private static let inDays = difference(
    "inDays", "the whole days from one temporal value to another",
    .init("toString(duration.inDays(date('1984-10-11'), date('1984-12-24')))", "'P74D'")
  ) { a, b throws(TemporalError) in try .inDays(a, b) }

  private static let inSeconds = difference(
    "inSeconds", "the seconds and nanoseconds from one temporal value to another",
    .init("toString(duration.inSeconds(localtime('12:30'), localtime('14:00')))", "'PT1H30M'")
  ) { a, b throws(TemporalError) in try .inSeconds(a, b) }

  private static func difference(
    _ name: String, _ summary: String, _ example: ScalarFunction.Example,
    _ work: @escaping @Sendable (Temporal.Instant, Temporal.Instant) throws(TemporalError) -> Temporal.Duration
  ) -> ScalarFunction {
    ScalarFunction(
      name: "duration." + name, parameters: [.init("from", .instant), .init("to", .instant)], result: .duration,
      summary: summary, example: example
    ) { arguments, _ in
      guard let a = arguments[argument: 0].instant else { throw arguments.mismatch(0, .instant) }
      guard let b = arguments[argument: 1].instant else { throw arguments.mismatch(1, .instant) }
      return .duration(try temporal { () throws(TemporalError) in try work(a, b) })
    }
  }

  /// A map as components.
  private static func components(_ entries: MapValue) -> Temporal.Components {
    var components: Temporal.Components = [:]
    for (key, value) in entries {
      switch value {
      case .null: components[key] = .null
      case .integer(let number): components[key] = .integer(number)
      case .float(let number): components[key] = .float(number)
      case .string(let text): components[key] = .string(text)
      case .duration(let duration): components[key] = .duration(duration)
      default: components[key] = value.instant.map(Temporal.Component.instant) ?? .other(value.valueType.phrase)
      }
    }
    return components
  }
}

extension EvaluationContext {
  /// The statement's clock, in UTC.
  fileprivate var clock: Temporal.Clock { Temporal.Clock(nanosecondsSinceEpoch: statementTime) }
}

extension Temporal.Kind {
  fileprivate var valueType: ValueType {
    switch self {
    case .date: .date
    case .localTime: .localTime
    case .time: .time
    case .localDateTime: .localDateTime
    case .dateTime: .dateTime
    }
  }

  fileprivate var typeName: String { valueType.description }
  fileprivate var phrase: String { valueType.phrase }

  fileprivate var example: ScalarFunction.Example {
    switch self {
    case .date: .init("toString(date({year: 1984, month: 10, day: 11}))", "'1984-10-11'")
    case .localTime: .init("toString(localtime('21:40:32'))", "'21:40:32'")
    case .time: .init("toString(time({hour: 12, timezone: '+01:00'}))", "'12:00+01:00'")
    case .localDateTime: .init("toString(localdatetime('2015-07-21T21:40'))", "'2015-07-21T21:40'")
    case .dateTime: .init("toString(datetime('2015-07-21T21:40+07:00'))", "'2015-07-21T21:40+07:00'")
    }
  }

  fileprivate var truncationExample: ScalarFunction.Example {
    switch self {
    case .date: .init("toString(date.truncate('month', date('2015-07-21')))", "'2015-07-01'")
    case .localTime: .init("toString(localtime.truncate('hour', localtime('21:40:32')))", "'21:00'")
    case .time: .init("toString(time.truncate('minute', time('21:40:32+07:00')))", "'21:40+07:00'")
    case .localDateTime:
      .init("toString(localdatetime.truncate('day', localdatetime('2015-07-21T21:40')))", "'2015-07-21T00:00'")
    case .dateTime:
      .init("toString(datetime.truncate('year', datetime('2015-07-21T21:40+07:00')))", "'2015-01-01T00:00+07:00'")
    }
  }
}
