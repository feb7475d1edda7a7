/// A set of value types: what an expression may be, what a parameter accepts.
///
/// The binder computes one for every expression; where two sets do not meet the query is wrong before it runs. Null
/// belongs to every set.
public struct ValueType: OptionSet, Hashable, Sendable {
  /// One bit for each type.
  public let rawValue: UInt32

  /// Makes a set from bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Nothing but null.
  public static let null: ValueType = []
  /// Booleans.
  public static let boolean = ValueType(rawValue: 1 << 0)
  /// Integers.
  public static let integer = ValueType(rawValue: 1 << 1)
  /// Floats.
  public static let float = ValueType(rawValue: 1 << 2)
  /// Strings.
  public static let string = ValueType(rawValue: 1 << 3)
  /// Dates.
  public static let date = ValueType(rawValue: 1 << 4)
  /// Local times.
  public static let localTime = ValueType(rawValue: 1 << 5)
  /// Times with an offset.
  public static let time = ValueType(rawValue: 1 << 6)
  /// Local dates with times.
  public static let localDateTime = ValueType(rawValue: 1 << 7)
  /// Dates with times and a zone.
  public static let dateTime = ValueType(rawValue: 1 << 8)
  /// Durations.
  public static let duration = ValueType(rawValue: 1 << 9)
  /// Lists.
  public static let list = ValueType(rawValue: 1 << 10)
  /// Maps.
  public static let map = ValueType(rawValue: 1 << 11)
  /// Nodes.
  public static let node = ValueType(rawValue: 1 << 12)
  /// Relationships.
  public static let relationship = ValueType(rawValue: 1 << 13)
  /// Paths.
  public static let path = ValueType(rawValue: 1 << 14)

  /// Integers and floats.
  public static let number: ValueType = [.integer, .float]
  /// Every temporal type that names a point in time.
  public static let instant: ValueType = [.date, .localTime, .time, .localDateTime, .dateTime]
  /// Everything.
  public static let any = ValueType(rawValue: (1 << 15) - 1)
}
