extension Temporal {
  /// Makes a time of day from components, on top of another time or from nothing.
  struct TimeBuilder {
    static let names = ["hour", "minute", "second", "millisecond", "microsecond", "nanosecond"]
    private static let subseconds = names[3...]

    static func isNeeded(_ reader: ComponentReader) -> Bool { reader.hasAny(names) }

    /// Reads the components.
    ///
    /// - Parameter base: the time that other components stay from; midnight, and no gaps allowed, without one.
    /// - Parameter precision: a subsecond unit that `base` was truncated to: smaller components are added to it.
    static func build(
      _ reader: inout ComponentReader, on base: LocalTime?, precision: Unit? = nil
    ) throws(TemporalError) -> LocalTime {
      if base == nil {
        // A smaller unit needs the larger ones; any subsecond needs the second.
        for (larger, smaller) in [("hour", "minute"), ("minute", "second")] where !reader.has(larger) {
          if reader.has(smaller) { throw missing(larger, for: smaller) }
        }
        if !reader.has("second"), let smaller = subseconds.first(where: reader.has) {
          throw missing("second", for: smaller)
        }
      }
      let hour = try reader.integer("hour") ?? base?.hour ?? 0
      let minute = try reader.integer("minute") ?? base?.minute ?? 0
      let second = try reader.integer("second") ?? base?.second ?? 0
      let nanosecond = try nanosecond(&reader, base: base?.nanosecond ?? 0, precision: precision)
      return try LocalTime(hour: hour, minute: minute, second: second, nanosecond: nanosecond)
    }

    /// Milliseconds, microseconds and nanoseconds add up, each limited to what the larger ones leave.
    private static func nanosecond(
      _ reader: inout ComponentReader, base: Int64, precision: Unit?
    ) throws(TemporalError) -> Int64 {
      var total: Int64?
      var room = LocalTime.nanosecondsPerSecond
      // Truncated to a millisecond, a given nanosecond fills the part that was cut off.
      if let precision, precision == .millisecond || precision == .microsecond {
        let kept: Int64 = precision == .millisecond ? 1_000_000 : 1_000
        if !subseconds.contains(where: { reader.has($0) && (nanoseconds(in: $0) >= kept) }) {
          total = base
          room = kept
        }
      }
      for name in subseconds {
        guard let value = try reader.integer(name) else { continue }
        let unit = nanoseconds(in: name)
        guard value >= 0, value < max(room / unit, 1) else {
          throw TemporalError(.outOfRange, "\(name) \(value) is out of range, expected 0 to \(max(room / unit, 1) - 1)")
        }
        total = (total ?? 0) + value * unit
        room = unit
      }
      return total ?? base
    }

    private static func nanoseconds(in name: String) -> Int64 {
      switch name {
      case "millisecond": 1_000_000
      case "microsecond": 1_000
      default: 1
      }
    }

    private static func missing(_ larger: String, for smaller: String) -> TemporalError {
      TemporalError(.invalidComponent, "'\(larger)' is missing, expected it with '\(smaller)'")
    }
  }
}
