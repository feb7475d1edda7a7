/// The rule at the end of a time zone file, which says how offsets change in every later year.
///
/// The text is that of the POSIX `TZ` variable, such as `CET-1CEST,M3.5.0,M10.5.0/3`, with the extension of RFC 8536 that
/// times of day reach from -167 to +167 hours.
struct YearlyZoneRule: Sendable {
  /// A day of the year and a time on it.
  struct Moment: Sendable {
    enum Day: Sendable {
      /// `M3.5.0`: month, week (5 is the last), day of the week (0 is Sunday).
      case weekday(month: Int64, week: Int64, day: Int64)
      /// `J60`: day of the year from 1, never counting 29 February.
      case julian(Int64)
      /// `59`: day of the year from 0.
      case ordinal(Int64)
    }

    let day: Day
    let seconds: Int64

    /// Local seconds since the epoch.
    func localSeconds(in year: Int64) -> Int64 {
      let january = Temporal.Date.days(year: year, month: 1, day: 1)
      let date: Int64
      switch day {
      case .julian(let number):
        date = january + number - 1 + (Temporal.Date.isLeap(year) && number >= 60 ? 1 : 0)
      case .ordinal(let number):
        date = january + number
      case .weekday(let month, let week, let day):
        let first = Temporal.Date.days(year: year, month: month, day: 1)
        let firstWeekday = (first + 4).flooredRemainder(7)
        var candidate = first + (day - firstWeekday).flooredRemainder(7) + (week - 1) * 7
        if candidate >= first + Temporal.Date.length(ofMonth: month, year: year) { candidate -= 7 }
        date = candidate
      }
      return date * 86_400 + seconds
    }
  }

  struct Daylight: Sendable {
    let offset: Int32
    let start: Moment
    let end: Moment
  }

  let standardOffset: Int32
  let daylight: Daylight?

  /// The transitions of the year that a point in time is in, and of the years before and after it, in order.
  func transitions(around seconds: Int64) -> [ZoneRules.Transition] {
    guard let daylight else { return [] }
    let year = Temporal.Date(uncheckedDays: seconds.flooredQuotient(86_400)).year
    var result: [ZoneRules.Transition] = []
    for year in (year - 1)...(year + 1) {
      result.append(
        ZoneRules.Transition(
          epochSeconds: daylight.start.localSeconds(in: year) - Int64(standardOffset), after: daylight.offset))
      result.append(
        ZoneRules.Transition(
          epochSeconds: daylight.end.localSeconds(in: year) - Int64(daylight.offset), after: standardOffset))
    }
    return result.sorted { $0.epochSeconds < $1.epochSeconds }
  }

  /// Reads a rule; `nil` when the text is none.
  init?(parsing text: some Sequence<UInt8>) {
    var scanner = TextScanner(bytes: Array(text))
    guard Self.skipName(&scanner), let standard = Self.readTime(&scanner), abs(standard) <= 26 * 3600 else {
      return nil
    }
    // POSIX counts hours west of Greenwich.
    standardOffset = Int32(-standard)
    guard !scanner.isAtEnd else {
      daylight = nil
      return
    }
    guard Self.skipName(&scanner) else { return nil }
    var offset = Int64(standardOffset) + 3600
    if scanner.peek != UInt8(ascii: ","), !scanner.isAtEnd {
      guard let explicit = Self.readTime(&scanner), abs(explicit) <= 26 * 3600 else { return nil }
      offset = -explicit
    }
    guard scanner.skip(","), let start = Self.readMoment(&scanner), scanner.skip(","),
      let end = Self.readMoment(&scanner), scanner.isAtEnd
    else { return nil }
    daylight = Daylight(offset: Int32(offset), start: start, end: end)
  }

  private static func skipName(_ scanner: inout TextScanner) -> Bool {
    if scanner.skip("<") {
      while let byte = scanner.peek, byte != UInt8(ascii: ">") { scanner.advance() }
      return scanner.skip(">")
    }
    let start = scanner.position
    while let byte = scanner.peek, (byte | 0x20) >= UInt8(ascii: "a"), (byte | 0x20) <= UInt8(ascii: "z") {
      scanner.advance()
    }
    return scanner.position > start
  }

  /// `[+-]hh[:mm[:ss]]` in seconds, up to 167 hours.
  private static func readTime(_ scanner: inout TextScanner) -> Int64? {
    let negative = scanner.skip("-")
    if !negative { _ = scanner.skip("+") }
    guard let hours = scanner.digits(1...3), hours <= 167 else { return nil }
    var seconds = hours * 3600
    if scanner.skip(":") {
      guard let minutes = scanner.digits(1...2), minutes < 60 else { return nil }
      seconds += minutes * 60
      if scanner.skip(":") {
        guard let rest = scanner.digits(1...2), rest < 60 else { return nil }
        seconds += rest
      }
    }
    return negative ? -seconds : seconds
  }

  private static func readMoment(_ scanner: inout TextScanner) -> Moment? {
    let day: Moment.Day
    if scanner.skip("M") {
      guard let month = scanner.digits(1...2), (1...12).contains(month), scanner.skip("."),
        let week = scanner.digits(1...1), (1...5).contains(week), scanner.skip("."),
        let weekday = scanner.digits(1...1), weekday <= 6
      else { return nil }
      day = .weekday(month: month, week: week, day: weekday)
    } else if scanner.skip("J") {
      guard let number = scanner.digits(1...3), (1...365).contains(number) else { return nil }
      day = .julian(number)
    } else {
      guard let number = scanner.digits(1...3), number <= 365 else { return nil }
      day = .ordinal(number)
    }
    guard scanner.skip("/") else { return Moment(day: day, seconds: 7200) }
    guard let seconds = readTime(&scanner) else { return nil }
    return Moment(day: day, seconds: seconds)
  }
}
