// Making temporal instants from maps of components, as in `datetime({date: other, hour: 10, timezone: '+01:00'})`.

extension Temporal.Instant {
  /// Makes a value of a type from components.
  ///
  /// - `date`, `time` and `datetime` take other values as the base, which the rest of the components change. The date
  ///   and the time of a base stay what they were when nothing changes them.
  /// - `timezone` alone gives the current value in that zone. With a base that has a zone, the value is converted to the
  ///   point in time in the new zone; otherwise the zone is attached to the local value.
  /// - `epochSeconds` and `epochMillis` are bases of a `datetime`.
  ///
  /// Throws when components are unknown, missing, contradictory, or out of range.
  public init(
    _ kind: Temporal.Kind, components: Temporal.Components, clock: Temporal.Clock
  ) throws(TemporalError) {
    var reader = try Temporal.ComponentReader(components, for: kind)
    guard reader.count > 0 else {
      throw TemporalError(.invalidComponent, "no components are given, expected those of a \(kind.rawValue)")
    }
    if reader.count == 1, reader.has("timezone") {
      try self.init(now: kind, clock: clock, in: reader.zone("timezone"))
      return
    }
    switch kind {
    case .date:
      let base = try reader.instant("date", needing: ["date"])
      self = .date(try Temporal.DateBuilder.build(&reader, on: base?.date))
    case .localTime:
      let base = try reader.instant("time", needing: ["time"])
      try Self.checkHour(reader, base: base)
      self = .localTime(try Temporal.TimeBuilder.build(&reader, on: base?.localTime))
    case .time:
      let base = try reader.instant("time", needing: ["time"])
      try Self.checkHour(reader, base: base)
      let zone = try reader.zone("timezone")
      self = .time(try Self.time(&reader, base: base, zone: zone, clock: clock))
    case .localDateTime:
      let bases = try Bases(&reader)
      self = .localDateTime(try bases.local(&reader))
    case .dateTime:
      self = .dateTime(try Self.dateTime(&reader, clock: clock))
    }
    try reader.finish()
  }

  private static func checkHour(
    _ reader: Temporal.ComponentReader, base: Temporal.Instant?
  ) throws(TemporalError) {
    guard base == nil, !Temporal.TimeBuilder.isNeeded(reader) else { return }
    try reader.finish()
    throw TemporalError(.invalidComponent, "'hour' is missing, expected it in a \(reader.kind.rawValue)")
  }

  private static func time(
    _ reader: inout Temporal.ComponentReader, base: Temporal.Instant?, zone: Temporal.Zone?, clock: Temporal.Clock
  ) throws(TemporalError) -> Temporal.Time {
    let local = try Temporal.TimeBuilder.build(&reader, on: base?.localTime)
    guard let offset = base?.offset else {
      return Temporal.Time(local, offset: clock.offset(of: zone ?? clock.zone))
    }
    let time = Temporal.Time(local, offset: offset)
    guard let zone else { return time }
    return time.converted(to: clock.offset(of: zone))
  }

  private static func dateTime(
    _ reader: inout Temporal.ComponentReader, clock: Temporal.Clock
  ) throws(TemporalError) -> Temporal.DateTime {
    let zone = try reader.zone("timezone")
    if reader.has("epochSeconds") || reader.has("epochMillis") {
      return try atEpoch(&reader, zone: zone ?? clock.zone)
    }
    let bases = try Bases(&reader)
    let local = try bases.local(&reader)
    guard let baseZone = bases.zone else { return try Temporal.DateTime(local, in: zone ?? clock.zone) }
    let value = try Temporal.DateTime(local, in: baseZone, preferring: bases.offset)
    guard let zone else { return value }
    return try value.converted(to: zone)
  }

  private static func atEpoch(
    _ reader: inout Temporal.ComponentReader, zone: Temporal.Zone
  ) throws(TemporalError) -> Temporal.DateTime {
    var seconds: Int64 = 0
    var nanosecond: Int64 = 0
    var precision: Temporal.Unit?
    if let given = try reader.integer("epochSeconds") {
      seconds = given
    } else if let milliseconds = try reader.integer("epochMillis") {
      seconds = milliseconds.flooredQuotient(1000)
      nanosecond = milliseconds.flooredRemainder(1000) * 1_000_000
      precision = .millisecond
    }
    let value = try Temporal.DateTime(epochSeconds: seconds, nanosecond: nanosecond, in: zone)
    let local = value.local
    let date =
      Temporal.DateBuilder.isNeeded(reader) ? try Temporal.DateBuilder.build(&reader, on: local.date) : local.date
    let time = try Temporal.TimeBuilder.build(&reader, on: local.time, precision: precision)
    return try Temporal.DateTime(Temporal.LocalDateTime(date, time), in: zone, preferring: value.offset)
  }

  /// The other values that a date time is made from.
  private struct Bases {
    let date: Temporal.Date?
    let time: Temporal.LocalTime?
    /// The zone of the base that the time comes from.
    let zone: Temporal.Zone?
    let offset: Temporal.Offset?

    init(_ reader: inout Temporal.ComponentReader) throws(TemporalError) {
      if let both = try reader.instant("datetime", needing: ["date", "time"]) {
        date = both.date
        time = both.localTime
        zone = both.zone
        offset = both.offset
        return
      }
      date = try reader.instant("date", needing: ["date"])?.date
      let timeBase = try reader.instant("time", needing: ["time"])
      time = timeBase?.localTime
      zone = timeBase?.zone
      offset = timeBase?.offset
    }

    func local(_ reader: inout Temporal.ComponentReader) throws(TemporalError) -> Temporal.LocalDateTime {
      let day = try Temporal.DateBuilder.build(&reader, on: date)
      return Temporal.LocalDateTime(day, try Temporal.TimeBuilder.build(&reader, on: time))
    }
  }
}

extension Temporal.DateTime {
  /// `datetime.fromepoch(seconds, nanoseconds)`: a point in time in UTC. Nanoseconds beyond a second carry.
  public static func fromEpoch(seconds: Int64, nanoseconds: Int64) throws(TemporalError) -> Temporal.DateTime {
    let carry = nanoseconds.flooredQuotient(Temporal.LocalTime.nanosecondsPerSecond)
    return try Temporal.DateTime(
      epochSeconds: checkedSum(seconds, carry, "date time"),
      nanosecond: nanoseconds.flooredRemainder(Temporal.LocalTime.nanosecondsPerSecond), in: .utc)
  }

  /// `datetime.fromepochmillis(milliseconds)`: a point in time in UTC.
  public static func fromEpoch(milliseconds: Int64) throws(TemporalError) -> Temporal.DateTime {
    try Temporal.DateTime(
      epochSeconds: milliseconds.flooredQuotient(1000), nanosecond: milliseconds.flooredRemainder(1000) * 1_000_000,
      in: .utc)
  }
}

extension Temporal.Duration {
  /// Makes a duration from components such as `{months: 5, days: 1.5}`; integers and floats of either sign.
  ///
  /// Fractions of months and days become smaller units. Throws when there are no components, one is unknown or no
  /// number, or the sum overflows. Components that are null count as left out.
  public init(components: Temporal.Components) throws(TemporalError) {
    let known = DurationSum.Unit.allCases.map(\.rawValue)
    try Temporal.ComponentReader.check(components, against: known, of: "a duration")
    guard components.contains(where: { $0.value != .null }) else {
      throw TemporalError(.invalidComponent, "no components are given, expected those of a duration, such as 'days'")
    }
    var sum = DurationSum()
    // In a fixed order, so that errors do not depend on the order of a dictionary.
    for (name, component) in components.sorted(by: { $0.key < $1.key }) {
      guard let unit = DurationSum.Unit(rawValue: name) else { continue }
      switch component {
      case .null: continue
      case .integer(let value): try sum.add(.init(whole: value), unit)
      case .float(let value): try sum.add(.init(value), unit)
      default:
        throw TemporalError(.invalidComponent, "'\(name)' is \(component.typeName), expected a number")
      }
    }
    self = try sum.duration()
  }
}
