extension Value {
  /// The set of just this value's type; null's is empty.
  public var valueType: ValueType {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .integer: .integer
    case .float: .float
    case .string: .string
    case .date: .date
    case .localTime: .localTime
    case .time: .time
    case .localDateTime: .localDateTime
    case .dateTime: .dateTime
    case .duration: .duration
    case .list: .list
    case .map: .map
    case .node: .node
    case .relationship: .relationship
    case .path: .path
    }
  }

  /// Whether this is null.
  public var isNull: Bool {
    if case .null = self { true } else { false }
  }
}

extension ValueType {
  /// Single types and their names as messages have them, in the order of their bits.
  static let names: [(type: ValueType, name: String)] = [
    (.boolean, "Boolean"), (.integer, "Integer"), (.float, "Float"), (.string, "String"), (.date, "Date"),
    (.localTime, "LocalTime"), (.time, "Time"), (.localDateTime, "LocalDateTime"), (.dateTime, "DateTime"),
    (.duration, "Duration"), (.list, "List"), (.map, "Map"), (.node, "Node"), (.relationship, "Relationship"),
    (.path, "Path"),
  ]

  /// The types with an article, for messages: `an Integer`, `a String or List`, `any value`, `null`.
  public var phrase: String {
    let description = description
    switch description {
    case "null", "any value": return description
    default: return ("AEIOU".contains(description.prefix(1)) ? "an " : "a ") + description
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// The names of the types: `Integer`, `Integer, Float or String`, `any value`; `null` for the empty set.
  public var description: String {
    if self == .any { return "any value" }
    let names = ValueType.names.filter { contains($0.type) }.map(\.name)
    guard let last = names.last else { return "null" }
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " or " + last
  }
}
