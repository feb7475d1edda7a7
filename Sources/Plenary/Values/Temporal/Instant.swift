extension Temporal {
  /// A value of any of the five temporal types that name a point in time or a time of day.
  ///
  /// `==` holds only within one type. There is no order across types.
  public enum Instant: Sendable, Hashable {
    /// A day.
    case date(Date)
    /// A time of day.
    case localTime(LocalTime)
    /// A time of day with an offset.
    case time(Time)
    /// A day and a time of day.
    case localDateTime(LocalDateTime)
    /// A point in time in a zone.
    case dateTime(DateTime)

    /// The type.
    public var kind: Kind {
      switch self {
      case .date: .date
      case .localTime: .localTime
      case .time: .time
      case .localDateTime: .localDateTime
      case .dateTime: .dateTime
      }
    }

    /// The day, on the local clock where there is a zone; `nil` for times of day.
    public var date: Date? {
      switch self {
      case .date(let date): date
      case .localDateTime(let value): value.date
      case .dateTime(let value): value.local.date
      case .localTime, .time: nil
      }
    }

    /// The time of day, on the local clock where there is a zone; `nil` for dates.
    public var localTime: LocalTime? {
      switch self {
      case .date: nil
      case .localTime(let time): time
      case .time(let time): time.localTime
      case .localDateTime(let value): value.time
      case .dateTime(let value): value.local.time
      }
    }

    /// The zone; `nil` for local values.
    public var zone: Zone? {
      switch self {
      case .time(let time): .offset(time.offset)
      case .dateTime(let value): value.zone
      case .date, .localTime, .localDateTime: nil
      }
    }

    /// The offset from UTC; `nil` for local values.
    public var offset: Offset? {
      switch self {
      case .time(let time): time.offset
      case .dateTime(let value): value.offset
      case .date, .localTime, .localDateTime: nil
      }
    }

    // MARK: Making

    /// Reads text as a value of a type; the clock's zone is used where the text has none.
    public init(_ kind: Kind, parsing text: String, clock: Clock) throws(TemporalError) {
      switch kind {
      case .date: self = .date(try Date(parsing: text))
      case .localTime: self = .localTime(try LocalTime(parsing: text))
      case .time: self = .time(try Time(parsing: text, defaultOffset: clock.offset(of: clock.zone)))
      case .localDateTime: self = .localDateTime(try LocalDateTime(parsing: text))
      case .dateTime: self = .dateTime(try DateTime(parsing: text, defaultZone: clock.zone))
      }
    }

    /// The current value of a type on a clock, in a given zone or the clock's own.
    public init(now kind: Kind, clock: Clock, in zone: Zone? = nil) throws(TemporalError) {
      try self.init(kind, selecting: .dateTime(clock.dateTime(in: zone)), clock: clock)
    }

    /// Turns a value into another type: parts that the type lacks are dropped, a missing time is midnight, and a missing
    /// zone is the clock's. Throws when the value lacks the date or the time that the type needs.
    ///
    /// A value with a zone keeps what its local clock shows: `date(datetime)` is the local date.
    public init(_ kind: Kind, selecting other: Instant, clock: Clock) throws(TemporalError) {
      if kind == other.kind {
        self = other
        return
      }
      func missing(_ part: String) -> TemporalError {
        TemporalError(.unsupported, "a \(other.kind.rawValue) has no \(part), expected a value with one")
      }
      switch kind {
      case .date:
        guard let date = other.date else { throw missing("date") }
        self = .date(date)
      case .localTime:
        guard let time = other.localTime else { throw missing("time") }
        self = .localTime(time)
      case .time:
        guard let time = other.localTime else { throw missing("time") }
        self = .time(Time(time, offset: other.offset ?? clock.offset(of: clock.zone)))
      case .localDateTime:
        guard let date = other.date else { throw missing("date") }
        self = .localDateTime(LocalDateTime(date, other.localTime ?? .midnight))
      case .dateTime:
        guard let date = other.date else { throw missing("date") }
        self = .dateTime(try DateTime(LocalDateTime(date, other.localTime ?? .midnight), in: clock.zone))
      }
    }
  }
}

extension Temporal.Instant: CustomStringConvertible {
  /// The text of the value.
  public var description: String {
    switch self {
    case .date(let value): value.description
    case .localTime(let value): value.description
    case .time(let value): value.description
    case .localDateTime(let value): value.description
    case .dateTime(let value): value.description
    }
  }
}
