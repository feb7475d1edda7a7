// The time between two temporal instants of any types.
//
// What one side lacks it takes from the other: a time of day takes the other's date, a date has the time midnight, a
// local value takes the other's zone. When only one side has a date, there are no days between them.

extension Temporal.Duration {
  /// `duration.between(a, b)`: the months, then the days that are left, then the exact rest.
  public static func between(_ a: Temporal.Instant, _ b: Temporal.Instant) throws(TemporalError) -> Self {
    var pair = try AlignedPair(a, b)
    guard a.kind.hasDate, b.kind.hasDate else {
      return try Self(months: 0, days: 0, totalNanoseconds: pair.nanoseconds)
    }
    let months = try pair.months()
    try pair.advance(Self(months: months, days: 0, seconds: 0))
    let days = try pair.days()
    try pair.advance(Self(months: 0, days: days, seconds: 0))
    return try Self(months: months, days: days, totalNanoseconds: pair.nanoseconds)
  }

  /// `duration.inMonths(a, b)`: the whole months between two values; none when one has no date.
  public static func inMonths(_ a: Temporal.Instant, _ b: Temporal.Instant) throws(TemporalError) -> Self {
    guard a.kind.hasDate, b.kind.hasDate else { return .zero }
    return Self(months: try AlignedPair(a, b).months(), days: 0, seconds: 0)
  }

  /// `duration.inDays(a, b)`: the whole days between two values; none when one has no date.
  public static func inDays(_ a: Temporal.Instant, _ b: Temporal.Instant) throws(TemporalError) -> Self {
    guard a.kind.hasDate, b.kind.hasDate else { return .zero }
    return Self(months: 0, days: try AlignedPair(a, b).days(), seconds: 0)
  }

  /// `duration.inSeconds(a, b)`: the exact time between two values.
  public static func inSeconds(_ a: Temporal.Instant, _ b: Temporal.Instant) throws(TemporalError) -> Self {
    try Self(months: 0, days: 0, totalNanoseconds: AlignedPair(a, b).nanoseconds)
  }
}

/// Two values with a date, a time and a zone each. Without any zone both are in UTC, where local time is exact.
private struct AlignedPair {
  private var start: Temporal.DateTime
  private let end: Temporal.DateTime

  init(_ a: Temporal.Instant, _ b: Temporal.Instant) throws(TemporalError) {
    let epoch = Temporal.Date(uncheckedDays: 0)
    let zoneA = a.zone ?? b.zone ?? .utc
    let zoneB = b.zone ?? a.zone ?? .utc
    func complete(
      _ value: Temporal.Instant, _ other: Temporal.Instant, _ zone: Temporal.Zone
    ) throws(TemporalError) -> Temporal.DateTime {
      if case .dateTime(let value) = value { return value }
      return try Temporal.DateTime(
        Temporal.LocalDateTime(value.date ?? other.date ?? epoch, value.localTime ?? .midnight), in: zone)
    }
    start = try complete(a, b, zoneA)
    end = try complete(b, a, zoneB)
  }

  mutating func advance(_ duration: Temporal.Duration) throws(TemporalError) {
    start = try start.adding(duration)
  }

  var nanoseconds: Int128 { end.totalNanoseconds - start.totalNanoseconds }

  /// The day of the end, one nearer to the start when the last day is not complete.
  private func lastDay() throws(TemporalError) -> Int64 {
    let local = start.local
    let localEnd = try end.converted(to: start.zone).local
    let (from, to) = (local.date.daysSinceEpoch, localEnd.date.daysSinceEpoch)
    if to > from, localEnd.time < local.time { return to - 1 }
    if to < from, localEnd.time > local.time { return to + 1 }
    return to
  }

  func days() throws(TemporalError) -> Int64 { try lastDay() - start.local.date.daysSinceEpoch }

  func months() throws(TemporalError) -> Int64 {
    let from = start.local.date.yearMonthDay
    let to = Temporal.Date(uncheckedDays: try lastDay()).yearMonthDay
    // Counting in 32nds of a month makes one division drop an incomplete month in either direction.
    return (((to.year - from.year) * 12 + to.month - from.month) * 32 + to.day - from.day) / 32
  }
}
