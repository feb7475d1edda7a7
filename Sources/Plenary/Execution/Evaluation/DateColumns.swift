/// A component of dates, such as the year, looked up by the day once it was asked for of many.
struct DateComponents {
  /// So many days are looked up in a table: more than a century.
  private static let longestTable: Int64 = 1 << 16
  /// Working out components for a table pays once they were asked for of so many rows.
  private static let rowsBeforeTable = 8192

  let name: String
  private var rows = 0
  private var firstDay: Int64 = 0
  private var table: [Int64] = []

  /// `nil` for a name that dates have no component of.
  init?(_ name: String) {
    guard case .integer? = Temporal.Date(uncheckedDays: 0).component(name) else { return nil }
    self.name = name
  }

  /// The component of each date.
  mutating func columns(_ days: NullableArray<Int64>) -> NullableArray<Int64> {
    rows += days.elements.count
    guard rows > DateComponents.rowsBeforeTable, let (least, greatest) = days.elements.span,
      covers(least, greatest) || extend(to: least, greatest)
    else { return NullableArray(components(days.elements), isNull: days.isNull) }
    let first = firstDay
    let numbers = table.withUnsafeBufferPointer { table in days.elements.map { table[Int($0 &- first)] } }
    return NullableArray(numbers, isNull: days.isNull)
  }

  private func covers(_ least: Int64, _ greatest: Int64) -> Bool {
    !table.isEmpty && least >= firstDay && greatest - firstDay < Int64(table.count)
  }

  private mutating func extend(to least: Int64, _ greatest: Int64) -> Bool {
    let low = table.isEmpty ? least : min(least, firstDay)
    let high = table.isEmpty ? greatest : max(greatest, firstDay + Int64(table.count) - 1)
    let (span, overflows) = high.subtractingReportingOverflow(low)
    guard !overflows, span < DateComponents.longestTable else { return false }
    // Some room, so that days that come in rising order do not make it again and again.
    let room = min(span / 4, 365)
    firstDay = low - room
    table = components(Array(firstDay...high + room))
    return true
  }

  private func components(_ days: [Int64]) -> [Int64] {
    let dates = days.lazy.map { Temporal.Date(uncheckedDays: $0) }
    return switch name {
    case "year": dates.map(\.year)
    case "month": dates.map(\.month)
    case "day": dates.map(\.day)
    default: dates.map { if case .integer(let number)? = $0.component(name) { number } else { 0 } }
    }
  }
}

extension Array<Int64> {
  /// The least and the greatest of the numbers; `nil` where there are none.
  fileprivate var span: (Int64, Int64)? {
    guard var least = first else { return nil }
    var greatest = least
    for number in self {
      least = Swift.min(least, number)
      greatest = Swift.max(greatest, number)
    }
    return (least, greatest)
  }
}
