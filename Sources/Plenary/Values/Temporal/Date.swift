extension Temporal {
  /// A day of the proleptic ISO 8601 calendar, without a time zone.
  ///
  /// ```swift
  /// let date = try Temporal.Date(year: 1984, month: 10, day: 11)
  /// print(date, date.week, date.dayOfWeek)  // 1984-10-11 41 4
  /// ```
  public struct Date: Sendable, Hashable, Comparable {
    /// The number of days since 1970-01-01; negative before it.
    public let daysSinceEpoch: Int64

    init(uncheckedDays: Int64) { daysSinceEpoch = uncheckedDays }

    /// Makes a date from a number of days since 1970-01-01; throws when its year has more than nine digits.
    public init(daysSinceEpoch: Int64) throws(TemporalError) {
      guard Self.dayRange.contains(daysSinceEpoch) else { throw .overflow("date") }
      self.daysSinceEpoch = daysSinceEpoch
    }

    /// Makes a date from its year, month and day; throws when there is no such day.
    public init(year: Int64, month: Int64, day: Int64) throws(TemporalError) {
      try Self.check(year: year)
      guard (1...12).contains(month) else {
        throw TemporalError(.outOfRange, "month \(month) is out of range, expected 1 to 12")
      }
      let length = Self.length(ofMonth: month, year: year)
      guard (1...length).contains(day) else {
        throw TemporalError(.outOfRange, "day \(day) is out of range, expected 1 to \(length) in this month")
      }
      daysSinceEpoch = Self.days(year: year, month: month, day: day)
    }

    /// Makes a date from an ISO 8601 week date; throws when there is no such day.
    public init(weekYear: Int64, week: Int64, dayOfWeek: Int64) throws(TemporalError) {
      try Self.check(year: weekYear)
      let weeks = Self.weeks(inWeekYear: weekYear)
      guard (1...weeks).contains(week) else {
        throw TemporalError(.outOfRange, "week \(week) is out of range, expected 1 to \(weeks) in \(weekYear)")
      }
      guard (1...7).contains(dayOfWeek) else {
        throw TemporalError(.outOfRange, "day of week \(dayOfWeek) is out of range, expected 1 to 7")
      }
      try self.init(daysSinceEpoch: Self.firstDay(ofWeekYear: weekYear) + (week - 1) * 7 + dayOfWeek - 1)
    }

    /// Makes a date from a day of a quarter; throws when there is no such day.
    public init(year: Int64, quarter: Int64, dayOfQuarter: Int64) throws(TemporalError) {
      try Self.check(year: year)
      guard (1...4).contains(quarter) else {
        throw TemporalError(.outOfRange, "quarter \(quarter) is out of range, expected 1 to 4")
      }
      let first = Self.days(year: year, month: quarter * 3 - 2, day: 1)
      let last = Self.days(year: year, month: quarter * 3, day: Self.length(ofMonth: quarter * 3, year: year))
      guard dayOfQuarter >= 1, dayOfQuarter <= last - first + 1 else {
        throw TemporalError(
          .outOfRange, "day of quarter \(dayOfQuarter) is out of range, expected 1 to \(last - first + 1)")
      }
      daysSinceEpoch = first + dayOfQuarter - 1
    }

    /// Makes a date from a day of a year; throws when there is no such day.
    public init(year: Int64, ordinalDay: Int64) throws(TemporalError) {
      try Self.check(year: year)
      let length: Int64 = Self.isLeap(year) ? 366 : 365
      guard (1...length).contains(ordinalDay) else {
        throw TemporalError(
          .outOfRange, "ordinal day \(ordinalDay) is out of range, expected 1 to \(length) in \(year)")
      }
      daysSinceEpoch = Self.days(year: year, month: 1, day: 1) + ordinalDay - 1
    }

    /// Orders by time.
    public static func < (a: Date, b: Date) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

    // MARK: Components

    /// The year, month and day. Constant time.
    public var yearMonthDay: (year: Int64, month: Int64, day: Int64) {
      // Eras of 400 years with March as the first month put the leap day last, so that months follow a linear rule.
      let shifted = daysSinceEpoch + 719_468
      let era = shifted.flooredQuotient(146_097)
      let dayOfEra = shifted - era * 146_097
      let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
      let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
      let marchMonth = (5 * dayOfYear + 2) / 153
      let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
      return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The year; 0 is the year before year 1.
    public var year: Int64 { yearMonthDay.year }
    /// The month, 1 to 12.
    public var month: Int64 { yearMonthDay.month }
    /// The day of the month, from 1.
    public var day: Int64 { yearMonthDay.day }
    /// The quarter, 1 to 4.
    public var quarter: Int64 { (month + 2) / 3 }
    /// The day of the quarter, from 1.
    public var dayOfQuarter: Int64 {
      let (year, month, _) = yearMonthDay
      return daysSinceEpoch - Self.days(year: year, month: (month - 1) / 3 * 3 + 1, day: 1) + 1
    }
    /// The day of the year, from 1.
    public var ordinalDay: Int64 { daysSinceEpoch - Self.days(year: year, month: 1, day: 1) + 1 }
    /// The day of the week, Monday 1 to Sunday 7.
    public var dayOfWeek: Int64 { (daysSinceEpoch + 3).flooredRemainder(7) + 1 }
    /// The year that the ISO 8601 week of this day belongs to.
    public var weekYear: Int64 { Date(uncheckedDays: thursday).year }
    /// The ISO 8601 week, 1 to 53.
    public var week: Int64 { (Date(uncheckedDays: thursday).ordinalDay - 1) / 7 + 1 }

    // A week belongs to the year that its Thursday is in.
    private var thursday: Int64 { daysSinceEpoch - dayOfWeek + 4 }

    // MARK: Calendar

    static let yearRange: ClosedRange<Int64> = -999_999_999...999_999_999
    static let dayRange = days(year: -999_999_999, month: 1, day: 1)...days(year: 999_999_999, month: 12, day: 31)

    static func check(year: Int64) throws(TemporalError) {
      guard yearRange.contains(year) else {
        throw TemporalError(.outOfRange, "year \(year) is out of range, expected -999999999 to 999999999")
      }
    }

    static func isLeap(_ year: Int64) -> Bool {
      year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    static func length(ofMonth month: Int64, year: Int64) -> Int64 {
      switch month {
      case 2: isLeap(year) ? 29 : 28
      case 4, 6, 9, 11: 30
      default: 31
      }
    }

    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
      let marchYear = month <= 2 ? year - 1 : year
      let era = marchYear.flooredQuotient(400)
      let yearOfEra = marchYear - era * 400
      let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
      return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The Monday of week 1, which is the week that 4 January is in.
    static func firstDay(ofWeekYear year: Int64) -> Int64 {
      let fourth = Date(uncheckedDays: days(year: year, month: 1, day: 4))
      return fourth.daysSinceEpoch - fourth.dayOfWeek + 1
    }

    static func weeks(inWeekYear year: Int64) -> Int64 {
      (firstDay(ofWeekYear: year + 1) - firstDay(ofWeekYear: year)) / 7
    }

    // MARK: Moving

    func adding(days: Int64) throws(TemporalError) -> Date {
      try Date(daysSinceEpoch: checkedSum(daysSinceEpoch, days, "date"))
    }

    /// The same day of another month, or the last day of that month where it is shorter.
    func adding(months: Int64) throws(TemporalError) -> Date {
      guard months != 0 else { return self }
      let (year, month, day) = yearMonthDay
      let count = try checkedSum(year * 12 + month - 1, months, "date")
      return try Date(clampingYear: count.flooredQuotient(12), month: count.flooredRemainder(12) + 1, day: day)
    }

    /// Makes a date, with the last day of the month where the month has no such day.
    init(clampingYear year: Int64, month: Int64, day: Int64) throws(TemporalError) {
      try Self.check(year: year)
      guard (1...12).contains(month) else { throw .overflow("month \(month)") }
      try self.init(year: year, month: month, day: min(day, Self.length(ofMonth: month, year: year)))
    }
  }
}
