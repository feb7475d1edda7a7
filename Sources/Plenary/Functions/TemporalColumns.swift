/// Functions of dates on whole columns; anything else goes the general way.
enum TemporalColumns {
  /// `date.truncate` to one unit of a day or more.
  @Sendable static func truncated(_ arguments: [Vector]) -> Vector? {
    guard arguments.count == 2, case .constant(.string(let name), _) = arguments[0],
      case .dates(let days) = arguments[1], let unit = try? Temporal.Unit(named: name)
    else { return nil }
    switch unit {
    case .millennium, .century, .decade, .year, .weekYear, .quarter, .month, .week, .day: break
    case .hour, .minute, .second, .millisecond, .microsecond: return nil
    }
    var result = days
    for row in result.elements.indices where !(days.isNull?[row] ?? false) {
      // The function itself says which dates are out of range.
      guard let date = try? Temporal.Date(uncheckedDays: days.elements[row]).truncated(to: unit) else { return nil }
      result.elements[row] = date.daysSinceEpoch
    }
    return .dates(result)
  }
}
