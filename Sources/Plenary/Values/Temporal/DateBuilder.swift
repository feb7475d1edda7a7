extension Temporal {
  /// Makes a date from components, on top of another date or from nothing.
  ///
  /// There are four ways to name a day of a year: by month, week, quarter or ordinal day. Components of two of them do
  /// not mix.
  struct DateBuilder {
    static let names = [
      "year", "month", "day", "week", "dayOfWeek", "quarter", "dayOfQuarter", "ordinalDay",
    ]

    private static let groups = [
      ["month", "day"], ["week", "dayOfWeek"], ["quarter", "dayOfQuarter"], ["ordinalDay"],
    ]

    static func isNeeded(_ reader: ComponentReader) -> Bool { reader.hasAny(names) }

    static func build(_ reader: inout ComponentReader, on base: Date?) throws(TemporalError) -> Date {
      let used = groups.filter { reader.hasAny($0) }
      if used.count > 1, let first = used[0].first(where: reader.has), let second = used[1].first(where: reader.has) {
        throw TemporalError(.invalidComponent, "'\(first)' and '\(second)' are given, expected only one of them")
      }
      let year = try reader.integer("year")
      guard year != nil || base != nil else {
        throw TemporalError(.invalidComponent, "'year' is missing, expected it in a \(reader.kind.rawValue)")
      }
      if let year { try Date.check(year: year) }
      // A finer component needs the coarser ones, unless another date provides them.
      if base == nil, let group = used.first, group.count == 2, reader.has(group[1]), !reader.has(group[0]) {
        throw TemporalError(.invalidComponent, "'\(group[0])' is missing, expected it with '\(group[1])'")
      }
      switch used.first?[0] {
      case "week": return try week(&reader, year: year, base: base)
      case "quarter": return try quarter(&reader, year: year, base: base)
      case "ordinalDay":
        let day = try reader.integer("ordinalDay") ?? 1
        return try Date(year: year ?? base?.year ?? 0, ordinalDay: day)
      default: return try calendar(&reader, year: year, base: base)
      }
    }

    private static func calendar(
      _ reader: inout ComponentReader, year: Int64?, base: Date?
    ) throws(TemporalError) -> Date {
      let start = base?.yearMonthDay ?? (year: 0, month: 1, day: 1)
      let month = try reader.integer("month") ?? start.month
      if let day = try reader.integer("day") {
        return try Date(year: year ?? start.year, month: month, day: day)
      }
      // A day that nobody asked for gives way: the 31st of a shorter month is its last day.
      guard (1...12).contains(month) else {
        throw TemporalError(.outOfRange, "month \(month) is out of range, expected 1 to 12")
      }
      return try Date(clampingYear: year ?? start.year, month: month, day: start.day)
    }

    private static func week(
      _ reader: inout ComponentReader, year: Int64?, base: Date?
    ) throws(TemporalError) -> Date {
      let week = try reader.integer("week")
      let day = try reader.integer("dayOfWeek") ?? base?.dayOfWeek ?? 1
      return try Date(weekYear: year ?? base?.weekYear ?? 0, week: week ?? base?.week ?? 1, dayOfWeek: day)
    }

    private static func quarter(
      _ reader: inout ComponentReader, year: Int64?, base: Date?
    ) throws(TemporalError) -> Date {
      let quarter = try reader.integer("quarter")
      let start = try base?.inYear(year)
      if let day = try reader.integer("dayOfQuarter") {
        return try Date(year: year ?? base?.year ?? 0, quarter: quarter ?? start?.quarter ?? 1, dayOfQuarter: day)
      }
      let target = quarter ?? start?.quarter ?? 1
      guard (1...4).contains(target) else {
        throw TemporalError(.outOfRange, "quarter \(target) is out of range, expected 1 to 4")
      }
      guard let start else { return try Date(year: year ?? 0, quarter: target, dayOfQuarter: 1) }
      return try start.adding(months: (target - start.quarter) * 3)
    }
  }
}

extension Temporal.Date {
  fileprivate func inYear(_ year: Int64?) throws(TemporalError) -> Temporal.Date {
    guard let year else { return self }
    let (_, month, day) = yearMonthDay
    return try Temporal.Date(clampingYear: year, month: month, day: day)
  }
}
