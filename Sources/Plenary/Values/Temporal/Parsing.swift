// Reading the ISO 8601 forms of temporal instants, basic (20150721T2140) and extended (2015-07-21T21:40), down to
// reduced precision (2015-07, 21). openCypher takes either form for the date and the time independently.

extension Temporal.Date {
  /// Reads a calendar date (`2015-07-21`, `20150721`, `2015-07`), week date (`2015-W30-2`, `2015W302`), quarter date
  /// (`2015-Q2-60`), ordinal date (`2015-202`, `2015202`) or year (`2015`); missing parts are the first of their kind.
  ///
  /// Years outside 0 to 9999 need a sign: `+12015-07-21`.
  public init(parsing text: String) throws(TemporalError) {
    self = try TextScanner.read(text, as: "a date", like: "2015-07-21") { scanner throws(TemporalError) in
      try Self(&scanner)
    }
  }

  init?(_ scanner: inout TextScanner) throws(TemporalError) {
    let negative = scanner.skip("-")
    let signed = negative || scanner.skip("+")
    guard var year = scanner.digits(signed ? 1...9 : 4...4) else { return nil }
    if negative { year = -year }

    if scanner.skip("-") {
      if scanner.skip("W") {
        try self.init(week: &scanner, year: year, extended: true)
      } else if scanner.skip("Q") {
        try self.init(quarter: &scanner, year: year, extended: true)
      } else if scanner.digitCount == 3, let day = scanner.digits(3...3) {
        try self.init(year: year, ordinalDay: day)
      } else {
        guard let month = scanner.digits(1...2) else { return nil }
        var day: Int64 = 1
        if scanner.skip("-") {
          guard let given = scanner.digits(1...2) else { return nil }
          day = given
        }
        try self.init(year: year, month: month, day: day)
      }
    } else if scanner.skip("W") {
      try self.init(week: &scanner, year: year, extended: false)
    } else if scanner.skip("Q") {
      try self.init(quarter: &scanner, year: year, extended: false)
    } else {
      switch signed ? 0 : scanner.digitCount {
      case 0: try self.init(year: year, month: 1, day: 1)
      case 2: try self.init(year: year, month: scanner.digits(2...2) ?? 0, day: 1)
      case 3: try self.init(year: year, ordinalDay: scanner.digits(3...3) ?? 0)
      case 4: try self.init(year: year, month: scanner.digits(2...2) ?? 0, day: scanner.digits(2...2) ?? 0)
      default: return nil
      }
    }
  }

  private init?(week scanner: inout TextScanner, year: Int64, extended: Bool) throws(TemporalError) {
    guard let week = scanner.digits(extended ? 1...2 : 2...2) else { return nil }
    var day: Int64 = 1
    if extended ? scanner.skip("-") : scanner.digitCount > 0 {
      guard let given = scanner.digits(1...1) else { return nil }
      day = given
    }
    try self.init(weekYear: year, week: week, dayOfWeek: day)
  }

  private init?(quarter scanner: inout TextScanner, year: Int64, extended: Bool) throws(TemporalError) {
    guard let quarter = scanner.digits(1...1) else { return nil }
    var day: Int64 = 1
    if extended ? scanner.skip("-") : scanner.digitCount > 0 {
      guard let given = scanner.digits(extended ? 1...2 : 2...2) else { return nil }
      day = given
    }
    try self.init(year: year, quarter: quarter, dayOfQuarter: day)
  }
}

extension Temporal.LocalTime {
  /// Reads a time of day: `21:40:32.142`, `214032.142`, `21:40`, `2140` or `21`.
  public init(parsing text: String) throws(TemporalError) {
    self = try TextScanner.read(text, as: "a local time", like: "21:40:32.142") { scanner throws(TemporalError) in
      try Self(&scanner)
    }
  }

  init?(_ scanner: inout TextScanner) throws(TemporalError) {
    guard let hour = scanner.digits(2...2) else { return nil }
    var minute: Int64 = 0
    var second: Int64 = 0
    var nanosecond: Int64 = 0
    let extended = scanner.peek == UInt8(ascii: ":")
    if extended ? scanner.skip(":") : scanner.digitCount > 0 {
      guard let given = scanner.digits(2...2) else { return nil }
      minute = given
      if extended ? scanner.skip(":") : scanner.digitCount > 0 {
        guard let given = scanner.digits(2...2) else { return nil }
        second = given
        if scanner.skip(".") || scanner.skip(",") {
          guard scanner.digitCount <= 9, let fraction = scanner.fraction(scale: 9) else { return nil }
          nanosecond = fraction
        }
      }
    }
    try self.init(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
  }
}

extension Temporal.Offset {
  /// Reads an offset: `Z`, `+01`, `+0100`, `+01:00` or `+01:00:30`.
  public init(parsing text: String) throws(TemporalError) {
    self = try TextScanner.read(text, as: "an offset from UTC", like: "+01:00") { scanner throws(TemporalError) in
      try Self(&scanner)
    }
  }

  init?(_ scanner: inout TextScanner) throws(TemporalError) {
    if scanner.skip("Z") {
      self = .utc
      return
    }
    let negative = scanner.skip("-")
    guard negative || scanner.skip("+"), let hours = scanner.digits(2...2) else { return nil }
    var seconds = hours * 3600
    let extended = scanner.peek == UInt8(ascii: ":")
    if extended ? scanner.skip(":") : scanner.digitCount > 0 {
      guard let minutes = scanner.digits(2...2), minutes < 60 else { return nil }
      seconds += minutes * 60
      if extended ? scanner.skip(":") : scanner.digitCount > 0 {
        guard let rest = scanner.digits(2...2), rest < 60 else { return nil }
        seconds += rest
      }
    }
    try self.init(seconds: negative ? -seconds : seconds)
  }

  static func isAhead(in scanner: TextScanner) -> Bool {
    guard let byte = scanner.peek else { return false }
    return byte == UInt8(ascii: "Z") || byte == UInt8(ascii: "z") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "-")
  }
}

extension Temporal.Time {
  /// Reads a time of day with an offset: `21:40:32.142+01:00`, `2140Z`; without one it is `defaultOffset`.
  public init(parsing text: String, defaultOffset: Temporal.Offset = .utc) throws(TemporalError) {
    var scanner = TextScanner(text)
    guard let time = try Temporal.LocalTime(&scanner) else { throw .malformed(text, "a time", "21:40:32.142+01:00") }
    var offset = defaultOffset
    if Temporal.Offset.isAhead(in: scanner) {
      guard let given = try Temporal.Offset(&scanner) else { throw .malformed(text, "a time", "21:40:32.142+01:00") }
      offset = given
    }
    if scanner.peek == UInt8(ascii: "[") {
      throw TemporalError(
        .invalidFormat, "named time zone in '\(text)', expected an offset such as +01:00 in a time without a date")
    }
    guard scanner.isAtEnd else { throw .malformed(text, "a time", "21:40:32.142+01:00") }
    self.init(time, offset: offset)
  }
}

extension Temporal.LocalDateTime {
  /// Reads a date, and a time of day after a `T`: `2015-07-21T21:40:32.142`; without a time it is midnight.
  public init(parsing text: String) throws(TemporalError) {
    self = try TextScanner.read(text, as: "a local date time", like: "2015-07-21T21:40:32.142") {
      scanner throws(TemporalError) in try Self(&scanner)
    }
  }

  init?(_ scanner: inout TextScanner) throws(TemporalError) {
    guard let date = try Temporal.Date(&scanner) else { return nil }
    guard scanner.skip("T") else {
      self.init(date, .midnight)
      return
    }
    guard let time = try Temporal.LocalTime(&scanner) else { return nil }
    self.init(date, time)
  }
}

extension Temporal.DateTime {
  /// Reads a date and time with an offset, a zone, both or neither: `2015-07-21T21:40:32.142+02:00[Europe/Stockholm]`.
  ///
  /// With neither it is in `defaultZone`. Throws when an offset is not one that the zone has at that local time.
  public init(parsing text: String, defaultZone: Temporal.Zone = .utc) throws(TemporalError) {
    func malformed() -> TemporalError {
      .malformed(text, "a date time", "2015-07-21T21:40:32.142+02:00[Europe/Stockholm]")
    }
    var scanner = TextScanner(text)
    guard let local = try Temporal.LocalDateTime(&scanner) else { throw malformed() }
    var offset: Temporal.Offset?
    if Temporal.Offset.isAhead(in: scanner) {
      guard let given = try Temporal.Offset(&scanner) else { throw malformed() }
      offset = given
    }
    guard scanner.skip("[") else {
      guard scanner.isAtEnd else { throw malformed() }
      try self.init(local, in: offset.map { .offset($0) } ?? defaultZone)
      return
    }
    let rest = scanner.bytes[scanner.position...]
    guard rest.last == UInt8(ascii: "]") else { throw malformed() }
    let zone = try Temporal.Zone(parsing: String(decoding: rest.dropLast(), as: UTF8.self))
    try self.init(local, in: zone, preferring: offset)
    if let offset, offset != self.offset {
      throw TemporalError(
        .outOfRange, "offset \(offset) in '\(text)' is not that of the time zone, expected \(self.offset)")
    }
  }
}

extension TextScanner {
  /// Reads a whole text.
  fileprivate static func read<Result>(
    _ text: String, as what: String, like example: String,
    _ body: (inout TextScanner) throws(TemporalError) -> Result?
  ) throws(TemporalError) -> Result {
    var scanner = TextScanner(text)
    guard let result = try body(&scanner), scanner.isAtEnd else { throw .malformed(text, what, example) }
    return result
  }
}

extension TemporalError {
  static func malformed(_ text: String, _ what: String, _ example: String) -> TemporalError {
    // Quoting all of a long text would bury the message.
    let shown = text.utf8.count <= 100 ? text : String(text.prefix(60)) + "..."
    return TemporalError(.invalidFormat, "'\(shown)' is not \(what), expected text such as '\(example)'")
  }
}
