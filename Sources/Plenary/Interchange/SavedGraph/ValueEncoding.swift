/// Values of every type that a property can have, as bytes: a tag and what it takes.
extension ByteEncoder {
  fileprivate enum Tag {
    static let no: UInt8 = 1
    static let yes: UInt8 = 2
    static let integer: UInt8 = 3
    static let float: UInt8 = 4
    static let string: UInt8 = 5
    static let date: UInt8 = 6
    static let localTime: UInt8 = 7
    static let time: UInt8 = 8
    static let localDateTime: UInt8 = 9
    static let dateTime: UInt8 = 10
    static let duration: UInt8 = 11
    static let list: UInt8 = 12
    static let null: UInt8 = 13
  }

  /// Appends a value; `false` for one that no property can have.
  mutating func append(_ value: Value, depth: Int = 0) -> Bool {
    switch value {
    case .null: append(Tag.null)
    case .boolean(let truth): append(truth ? Tag.yes : Tag.no)
    case .integer(let number):
      append(Tag.integer)
      append(fixed: number)
    case .float(let number):
      append(Tag.float)
      append(fixed: number.bitPattern)
    case .string(let text):
      append(Tag.string)
      append(text)
    case .date(let date):
      append(Tag.date)
      append(fixed: date.daysSinceEpoch)
    case .localTime(let time):
      append(Tag.localTime)
      append(fixed: time.nanosecondsSinceMidnight)
    case .time(let time):
      append(Tag.time)
      append(fixed: time.localTime.nanosecondsSinceMidnight)
      append(fixed: time.offset.seconds)
    case .localDateTime(let dateTime):
      append(Tag.localDateTime)
      append(fixed: dateTime.secondsSinceEpoch)
      append(fixed: Int32(truncatingIfNeeded: dateTime.nanosecond))
    case .dateTime(let dateTime):
      // As text: a zone is a name, and its rules belong to the system that reads it.
      append(Tag.dateTime)
      append(String(describing: dateTime))
    case .duration(let duration):
      append(Tag.duration)
      append(fixed: duration.months)
      append(fixed: duration.days)
      append(fixed: duration.seconds)
      append(fixed: Int32(truncatingIfNeeded: duration.nanoseconds))
    case .list(let elements):
      guard depth < SavedGraphFormat.nestingLimit else { return false }
      append(Tag.list)
      append(count: elements.count)
      for element in elements where !append(element, depth: depth + 1) { return false }
    case .map, .node, .relationship, .path: return false
    }
    return true
  }
}

extension ByteDecoder {
  /// A value.
  mutating func value(depth: Int = 0) throws(QueryError) -> Value {
    let start = position
    switch try byte() {
    case ByteEncoder.Tag.null: return .null
    case ByteEncoder.Tag.no: return .boolean(false)
    case ByteEncoder.Tag.yes: return .boolean(true)
    case ByteEncoder.Tag.integer: return .integer(try fixed())
    case ByteEncoder.Tag.float: return .float(Double(bitPattern: try fixed()))
    case ByteEncoder.Tag.string: return .string(try text())
    case ByteEncoder.Tag.date:
      let days: Int64 = try fixed()
      return .date(try checked(at: start) { () throws(TemporalError) in try Temporal.Date(daysSinceEpoch: days) })
    case ByteEncoder.Tag.localTime: return .localTime(try localTime(at: start))
    case ByteEncoder.Tag.time:
      let time = try localTime(at: start)
      let seconds: Int32 = try fixed()
      let offset = try checked(at: start) { () throws(TemporalError) in try Temporal.Offset(seconds: Int64(seconds)) }
      return .time(Temporal.Time(time, offset: offset))
    case ByteEncoder.Tag.localDateTime:
      let (seconds, nanosecond) = (try fixed(Int64.self), try fixed(Int32.self))
      return .localDateTime(
        try checked(at: start) { () throws(TemporalError) in
          try Temporal.LocalDateTime(secondsSinceEpoch: seconds, nanosecond: Int64(nanosecond))
        })
    case ByteEncoder.Tag.dateTime:
      let text = try text()
      return .dateTime(
        try checked(at: start) { () throws(TemporalError) in try Temporal.DateTime(parsing: text) })
    case ByteEncoder.Tag.duration:
      let (months, days) = (try fixed(Int64.self), try fixed(Int64.self))
      let (seconds, nanoseconds) = (try fixed(Int64.self), try fixed(Int32.self))
      return .duration(
        try checked(at: start) { () throws(TemporalError) in
          try Temporal.Duration(months: months, days: days, seconds: seconds, nanoseconds: Int64(nanoseconds))
        })
    case ByteEncoder.Tag.list:
      guard depth < SavedGraphFormat.nestingLimit else {
        throw failure("found lists nested more than \(SavedGraphFormat.nestingLimit) deep", at: start)
      }
      // Each element takes a byte at least, so a count cannot ask for more memory than there is data.
      let count = try count(atMost: remaining)
      var elements: [Value] = []
      elements.reserveCapacity(count)
      for _ in 0..<count { elements.append(try value(depth: depth + 1)) }
      return .list(elements)
    case let tag: throw failure("found type \(tag) of a value, expected 1 to 13", at: start)
    }
  }

  private mutating func localTime(at start: Int) throws(QueryError) -> Temporal.LocalTime {
    let nanoseconds: Int64 = try fixed()
    return try checked(at: start) { () throws(TemporalError) in
      try Temporal.LocalTime(nanosecondsSinceMidnight: nanoseconds)
    }
  }

  private func checked<Result>(
    at start: Int, _ make: () throws(TemporalError) -> Result
  ) throws(QueryError) -> Result {
    do throws(TemporalError) { return try make() } catch { throw failure(error.message, at: start) }
  }
}
