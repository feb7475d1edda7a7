// The text of temporal instants: the shortest extended ISO 8601 form that loses nothing, which is what `toString()` in
// the language gives and what each type's `init(parsing:)` takes back.

extension Temporal.Date: CustomStringConvertible {
  /// `1984-10-11`; years outside 0 to 9999 carry a sign.
  public var description: String {
    let (year, month, day) = yearMonthDay
    let sign = year < 0 ? "-" : year > 9999 ? "+" : ""
    return "\(sign)\(year.magnitude.zeroPadded(to: 4))-\(month.zeroPadded(to: 2))-\(day.zeroPadded(to: 2))"
  }
}

extension Temporal.LocalTime: CustomStringConvertible {
  /// `12:31`, `12:31:14`, or with a fraction of 3, 6 or 9 digits.
  public var description: String {
    var text = "\(hour.zeroPadded(to: 2)):\(minute.zeroPadded(to: 2))"
    guard second != 0 || nanosecond != 0 else { return text }
    text += ":" + second.zeroPadded(to: 2)
    guard nanosecond != 0 else { return text }
    if nanosecond % 1_000_000 == 0 { return text + "." + (nanosecond / 1_000_000).zeroPadded(to: 3) }
    if nanosecond % 1_000 == 0 { return text + "." + (nanosecond / 1_000).zeroPadded(to: 6) }
    return text + "." + nanosecond.zeroPadded(to: 9)
  }
}

extension Temporal.Offset: CustomStringConvertible {
  /// `Z`, `+01:00` or `+00:53:28`.
  public var description: String {
    guard seconds != 0 else { return "Z" }
    let magnitude = seconds.magnitude
    let text =
      (seconds < 0 ? "-" : "+") + "\((magnitude / 3600).zeroPadded(to: 2)):\((magnitude / 60 % 60).zeroPadded(to: 2))"
    return magnitude % 60 == 0 ? text : text + ":" + (magnitude % 60).zeroPadded(to: 2)
  }
}

extension Temporal.Time: CustomStringConvertible {
  /// `12:31:14.645+01:00`.
  public var description: String { "\(localTime)\(offset)" }
}

extension Temporal.LocalDateTime: CustomStringConvertible {
  /// `1984-10-11T12:31:14.645`.
  public var description: String { "\(date)T\(time)" }
}

extension Temporal.DateTime: CustomStringConvertible {
  /// `1984-10-11T12:31:14.645+01:00[Europe/Stockholm]`; the brackets only with a named zone.
  public var description: String {
    guard case .named(let zone) = zone else { return "\(local)\(offset)" }
    return "\(local)\(offset)[\(zone.name)]"
  }
}

extension Temporal.Zone: CustomStringConvertible {
  /// The offset, or the name.
  public var description: String { name }
}

extension BinaryInteger {
  /// The decimal digits of a number that is not negative, with zeros in front up to a width.
  func zeroPadded(to width: Int) -> String {
    let digits = String(self)
    return digits.utf8.count >= width ? digits : String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
