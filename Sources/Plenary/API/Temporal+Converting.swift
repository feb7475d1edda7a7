// The temporal types as Swift types of columns, and in `Codable` types, where each is its ISO 8601 text.

extension Temporal.Date: ValueConvertible {
  /// Reads a Date.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .date(let date) = value else { throw ValueConversionError(found: value, expected: "a Date") }
    self = date
  }
}

extension Temporal.LocalTime: ValueConvertible {
  /// Reads a LocalTime.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .localTime(let time) = value else { throw ValueConversionError(found: value, expected: "a LocalTime") }
    self = time
  }
}

extension Temporal.Time: ValueConvertible {
  /// Reads a Time.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .time(let time) = value else { throw ValueConversionError(found: value, expected: "a Time") }
    self = time
  }
}

extension Temporal.LocalDateTime: ValueConvertible {
  /// Reads a LocalDateTime.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .localDateTime(let dateTime) = value else {
      throw ValueConversionError(found: value, expected: "a LocalDateTime")
    }
    self = dateTime
  }
}

extension Temporal.DateTime: ValueConvertible {
  /// Reads a DateTime.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .dateTime(let dateTime) = value else {
      throw ValueConversionError(found: value, expected: "a DateTime")
    }
    self = dateTime
  }
}

extension Temporal.Duration: ValueConvertible {
  /// Reads a Duration.
  public init(converting value: Value, in graph: Graph) throws(ValueConversionError) {
    guard case .duration(let duration) = value else {
      throw ValueConversionError(found: value, expected: "a Duration")
    }
    self = duration
  }
}

// MARK: - Codable

extension Temporal.Date: Codable {
  /// Reads ISO 8601 text such as `2024-08-07`.
  public init(from decoder: any Decoder) throws {
    self = try decoder.temporal { text throws(TemporalError) in try Temporal.Date(parsing: text) }
  }

  /// Writes ISO 8601 text.
  public func encode(to encoder: any Encoder) throws { try encoder.write(temporal: self) }
}

extension Temporal.LocalTime: Codable {
  /// Reads ISO 8601 text such as `21:40:32`.
  public init(from decoder: any Decoder) throws {
    self = try decoder.temporal { text throws(TemporalError) in try Temporal.LocalTime(parsing: text) }
  }

  /// Writes ISO 8601 text.
  public func encode(to encoder: any Encoder) throws { try encoder.write(temporal: self) }
}

extension Temporal.Time: Codable {
  /// Reads ISO 8601 text such as `21:40:32+07:00`.
  public init(from decoder: any Decoder) throws {
    self = try decoder.temporal { text throws(TemporalError) in try Temporal.Time(parsing: text) }
  }

  /// Writes ISO 8601 text.
  public func encode(to encoder: any Encoder) throws { try encoder.write(temporal: self) }
}

extension Temporal.LocalDateTime: Codable {
  /// Reads ISO 8601 text such as `2024-08-07T21:40:32`.
  public init(from decoder: any Decoder) throws {
    self = try decoder.temporal { text throws(TemporalError) in try Temporal.LocalDateTime(parsing: text) }
  }

  /// Writes ISO 8601 text.
  public func encode(to encoder: any Encoder) throws { try encoder.write(temporal: self) }
}

extension Temporal.DateTime: Codable {
  /// Reads ISO 8601 text such as `2024-08-07T21:40:32+07:00[Asia/Bangkok]`.
  public init(from decoder: any Decoder) throws {
    self = try decoder.temporal { text throws(TemporalError) in try Temporal.DateTime(parsing: text) }
  }

  /// Writes ISO 8601 text.
  public func encode(to encoder: any Encoder) throws { try encoder.write(temporal: self) }
}

extension Temporal.Duration: Codable {
  /// Reads ISO 8601 text such as `P1Y2M3DT4H`.
  public init(from decoder: any Decoder) throws {
    self = try decoder.temporal { text throws(TemporalError) in try Temporal.Duration(parsing: text) }
  }

  /// Writes ISO 8601 text.
  public func encode(to encoder: any Encoder) throws { try encoder.write(temporal: self) }
}

/// The types of `Temporal`: a marker for the decoder of rows.
protocol TemporalValue {}

extension Temporal.Date: TemporalValue {}
extension Temporal.LocalTime: TemporalValue {}
extension Temporal.Time: TemporalValue {}
extension Temporal.LocalDateTime: TemporalValue {}
extension Temporal.DateTime: TemporalValue {}
extension Temporal.Duration: TemporalValue {}

extension Decoder {
  fileprivate func temporal<Result>(_ parse: (String) throws(TemporalError) -> Result) throws -> Result {
    let container = try singleValueContainer()
    let text = try container.decode(String.self)
    do throws(TemporalError) {
      return try parse(text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.message)
    }
  }
}

extension Encoder {
  fileprivate func write(temporal: some CustomStringConvertible) throws {
    var container = singleValueContainer()
    try container.encode(temporal.description)
  }
}
