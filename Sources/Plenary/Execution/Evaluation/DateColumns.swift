extension NullableArray<Int64> {
  /// A component of dates given as days; `nil` for a name that dates have no component of.
  func components(_ name: String) -> NullableArray<Int64>? {
    guard case .integer? = Temporal.Date(uncheckedDays: 0).component(name) else { return nil }
    let dates = elements.lazy.map { Temporal.Date(uncheckedDays: $0) }
    let numbers: [Int64] =
      switch name {
      case "year": dates.map(\.year)
      case "month": dates.map(\.month)
      case "day": dates.map(\.day)
      default: dates.map { if case .integer(let number)? = $0.component(name) { number } else { 0 } }
      }
    return NullableArray(numbers, isNull: isNull)
  }
}
