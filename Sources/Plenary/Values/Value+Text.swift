extension Value {
  /// The text `toString()` makes of a string, number, Boolean or temporal value; `nil` for anything else.
  var text: String? {
    switch self {
    case .string(let text): text
    case .boolean(let truth): truth ? "true" : "false"
    case .integer(let number): String(number)
    case .float(let number): Value.text(of: number)
    case .date(let date): String(describing: date)
    case .localTime(let time): String(describing: time)
    case .time(let time): String(describing: time)
    case .localDateTime(let dateTime): String(describing: dateTime)
    case .dateTime(let dateTime): String(describing: dateTime)
    case .duration(let duration): String(describing: duration)
    case .null, .list, .map, .node, .relationship, .path: nil
    }
  }

  /// The shortest text that reads back as the same float: `1.0`, `1e+16`, `NaN`, `Infinity`.
  static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return number.description
  }
}
