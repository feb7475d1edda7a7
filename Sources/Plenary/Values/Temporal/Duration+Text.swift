extension Temporal.Duration: CustomStringConvertible {
  /// `P12Y5M14DT16H13M10.5S`, without the parts that are zero; `PT0S` when all are.
  public var description: String {
    var text = "P"
    func append(_ value: Int64, _ unit: String) {
      if value != 0 { text += "\(value)\(unit)" }
    }
    append(months / 12, "Y")
    append(months % 12, "M")
    append(days, "D")
    let total = totalNanoseconds
    guard total != 0 else { return text == "P" ? "PT0S" : text }

    // The parts share the sign of the total, so they are cut from it towards zero.
    let second = Int128(Temporal.LocalTime.nanosecondsPerSecond)
    let wholeSeconds = Int64(truncatingIfNeeded: total / second)
    text += "T"
    append(wholeSeconds / 3600, "H")
    append(wholeSeconds / 60 % 60, "M")
    let fraction = (total % second).magnitude
    if fraction == 0 {
      append(wholeSeconds % 60, "S")
    } else {
      var digits = fraction.zeroPadded(to: 9)
      while digits.utf8.last == UInt8(ascii: "0") { digits.removeLast() }
      text += "\(total < 0 ? "-" : "")\((wholeSeconds % 60).magnitude).\(digits)S"
    }
    return text
  }
}

extension Temporal.Duration {
  /// Reads `P1Y2M3W4DT5H6M7.5S`, where each number may have a sign and a fraction, or the form of a date and time,
  /// `P2012-02-02T14:37:21.545`.
  public init(parsing text: String) throws(TemporalError) {
    var scanner = TextScanner(text)
    let negative = scanner.skip("-")
    if !negative { _ = scanner.skip("+") }
    guard scanner.skip("P") else { throw .malformedDuration(text) }
    var sum = DurationSum()
    let isRead =
      if try Self.isDateForm(scanner) {
        try Self.readDateForm(&scanner, into: &sum)
      } else {
        try Self.readUnits(&scanner, into: &sum)
      }
    guard isRead, scanner.isAtEnd else { throw .malformedDuration(text) }
    self = negative ? try sum.duration().negated() : try sum.duration()
  }

  /// Four digits and a hyphen, or eight digits that end the date.
  private static func isDateForm(_ scanner: TextScanner) throws(TemporalError) -> Bool {
    let end = scanner.position + scanner.digitCount
    let next = end < scanner.bytes.count ? scanner.bytes[end] : nil
    return switch scanner.digitCount {
    case 4: next == UInt8(ascii: "-")
    case 8: next == nil || next == UInt8(ascii: "T") || next == UInt8(ascii: "t")
    default: false
    }
  }

  private static func readDateForm(
    _ scanner: inout TextScanner, into sum: inout DurationSum
  ) throws(TemporalError) -> Bool {
    guard let years = scanner.digits(4...4) else { return false }
    let extended = scanner.skip("-")
    guard let months = scanner.digits(2...2), !extended || scanner.skip("-"), let days = scanner.digits(2...2) else {
      return false
    }
    try sum.add(.init(whole: years), .years)
    try sum.add(.init(whole: months), .months)
    try sum.add(.init(whole: days), .days)
    guard scanner.skip("T") else { return true }
    guard let hours = scanner.digits(2...2) else { return false }
    try sum.add(.init(whole: hours), .hours)
    let extendedTime = scanner.peek == UInt8(ascii: ":")
    if extendedTime ? scanner.skip(":") : scanner.digitCount > 0 {
      guard let minutes = scanner.digits(2...2) else { return false }
      try sum.add(.init(whole: minutes), .minutes)
      if extendedTime ? scanner.skip(":") : scanner.digitCount > 0 {
        guard scanner.digitCount == 2, let seconds = readNumber(&scanner) else { return false }
        try sum.add(seconds, .seconds)
      }
    }
    return true
  }

  private static func readUnits(
    _ scanner: inout TextScanner, into sum: inout DurationSum
  ) throws(TemporalError) -> Bool {
    var remaining: [(Unicode.Scalar, DurationSum.Unit)] = [("Y", .years), ("M", .months), ("W", .weeks), ("D", .days)]
    var hasTime = false
    var count = 0
    while !scanner.isAtEnd {
      if !hasTime, scanner.skip("T") {
        hasTime = true
        remaining = [("H", .hours), ("M", .minutes), ("S", .seconds)]
        guard !scanner.isAtEnd else { return false }
      }
      guard let number = readNumber(&scanner) else { return false }
      // Units come in order, each at most once.
      guard let index = remaining.firstIndex(where: { scanner.skip($0.0) }) else { return false }
      try sum.add(number, remaining[index].1)
      remaining.removeFirst(index + 1)
      count += 1
    }
    return count > 0
  }

  private static func readNumber(_ scanner: inout TextScanner) -> DurationSum.Number? {
    let negative = scanner.skip("-")
    if !negative { _ = scanner.skip("+") }
    guard let whole = scanner.digits(1...19, as: Int128.self) else { return nil }
    var fraction: Int64 = 0
    if scanner.skip(".") || scanner.skip(",") {
      guard let given = scanner.fraction(scale: 18) else { return nil }
      fraction = given
    }
    return DurationSum.Number(whole: negative ? -whole : whole, fraction: negative ? -fraction : fraction)
  }
}

extension TemporalError {
  fileprivate static func malformedDuration(_ text: String) -> TemporalError {
    .malformed(text, "a duration", "P1Y2M3DT4H5M6.7S")
  }
}
