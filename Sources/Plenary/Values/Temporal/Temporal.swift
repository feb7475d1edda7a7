/// The temporal types of openCypher: five kinds of temporal instant, and durations.
///
/// All of them are small values with nanosecond precision in the proleptic ISO 8601 calendar, for the years -999999999
/// to +999999999. Nothing here traps: text, components and arithmetic that name no value throw a `TemporalError`.
///
/// ```swift
/// let meeting = try Temporal.Date(parsing: "2024-08-07")
/// let period = try Temporal.Duration(parsing: "P1M2W")
/// print(try meeting.adding(period))  // 2024-09-21
/// ```
///
/// | type | says | example |
/// |---|---|---|
/// | `Date` | a day | `2015-07-21` |
/// | `LocalTime` | a time of day | `21:40:32.142` |
/// | `Time` | a time of day and an offset from UTC | `21:40:32.142+01:00` |
/// | `LocalDateTime` | a day and a time of day | `2015-07-21T21:40:32.142` |
/// | `DateTime` | a point in time as seen in a time zone | `2015-07-21T21:40:32.142+02:00[Europe/Stockholm]` |
/// | `Duration` | months, days and seconds, each with a sign | `P1Y2M3DT4H5M6.7S` |
///
/// `Instant` is any of the first five; functions that take several kinds, such as `Duration.between`, work on it.
public enum Temporal {
  /// A temporal type, by the name of its constructor function in the language.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// `date()`
    case date
    /// `localtime()`
    case localTime = "localtime"
    /// `time()`
    case time
    /// `localdatetime()`
    case localDateTime = "localdatetime"
    /// `datetime()`
    case dateTime = "datetime"

    /// Whether values of this kind name a day.
    public var hasDate: Bool { self == .date || self == .localDateTime || self == .dateTime }
    /// Whether values of this kind name a time of day.
    public var hasTime: Bool { self != .date }
    /// Whether values of this kind have an offset from UTC.
    public var hasZone: Bool { self == .time || self == .dateTime }
  }

  /// A value that a component of a temporal value has, or is made from.
  public enum Component: Sendable, Hashable {
    /// A whole number, such as `month: 10`.
    case integer(Int64)
    /// A number with a fraction, which only durations take.
    case float(Double)
    /// Text, such as `timezone: 'Europe/Stockholm'`.
    case string(String)
    /// Another temporal value, such as `date: other`.
    case instant(Instant)
    /// A duration.
    case duration(Duration)
    /// Null: a component that counts as left out.
    case null
    /// Anything else; the text names its type for error messages.
    case other(String)

    var typeName: String {
      switch self {
      case .integer: "an integer"
      case .float: "a float"
      case .string: "a string"
      case .instant(let instant): "a \(instant.kind.rawValue)"
      case .duration: "a duration"
      case .null: "null"
      case .other(let name): name
      }
    }
  }

  /// Components by name, as in `date({year: 1984, month: 10})`.
  public typealias Components = [String: Component]
}
