/// Values of properties as JSON.
///
/// JSON's own where it has them: Booleans, numbers (a float always with a point or an exponent), strings, arrays. What it
/// cannot say is an object of two members, `{"$type":"date","value":"2024-08-07"}`: temporal values by the name of their
/// type and their ISO 8601 text, and floats that are no numbers of JSON: `NaN`, `Infinity`, `-Infinity`.
enum JSONPropertyValue {
  private static let types: [(name: String, type: CSVValueType)] = [
    ("float", .float), ("date", .date), ("localtime", .localTime), ("time", .time),
    ("localdatetime", .localDateTime), ("datetime", .dateTime), ("duration", .duration),
  ]

  /// Appends a value; `false` for one that no property can have.
  static func append(_ value: Value, to bytes: inout [UInt8], depth: Int = 0) -> Bool {
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .boolean(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .float(let number) where number.isFinite: bytes.append(contentsOf: number.description.utf8)
    case .string(let text): QuotedText.append(json: text, to: &bytes)
    case .list(let elements):
      guard depth < SavedGraphFormat.nestingLimit else { return false }
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        guard append(element, to: &bytes, depth: depth + 1) else { return false }
      }
      bytes.append(UInt8(ascii: "]"))
    default:
      guard let type = CSVValueType(of: value), let name = types.first(where: { $0.type == type })?.name,
        let text = value.text
      else { return false }
      bytes.append(contentsOf: #"{"$type":"\#(name)","value":"\#(text)"}"#.utf8)
    }
    return true
  }

  /// What is wrong with a value.
  struct Failure: Error {
    let message: String
  }

  /// The value of a property that JSON stands for.
  static func value(_ json: JSONValue) throws(Failure) -> Value {
    let value = try anyValue(json)
    do throws(QueryError) { return try value.checkedAsProperty() } catch {
      throw Failure(message: "found \(error.message)")
    }
  }

  private static func anyValue(_ json: JSONValue) throws(Failure) -> Value {
    switch json {
    case .null: return .null
    case .boolean(let truth): return .boolean(truth)
    case .integer(let number): return .integer(number)
    case .number(let number): return .float(number)
    case .string(let text): return .string(text)
    case .array(let elements):
      var values: [Value] = []
      values.reserveCapacity(elements.count)
      for element in elements { values.append(try anyValue(element)) }
      return .list(values)
    case .object:
      guard case .string(let name)? = json["$type"], case .string(let text)? = json["value"] else {
        throw Failure(
          message: "found an object, expected a value such as {\"$type\":\"date\",\"value\":\"2024-08-07\"}")
      }
      guard let type = types.first(where: { $0.name.hasSameCodePoints(as: name) })?.type else {
        throw Failure(
          message: "found type \"\(name)\", expected one of \(types.map(\.name).joined(separator: ", "))")
      }
      return try value(text, of: type)
    }
  }

  private static func value(_ text: String, of type: CSVValueType) throws(Failure) -> Value {
    do throws(TemporalError) {
      switch type {
      case .date: return .date(try Temporal.Date(parsing: text))
      case .localTime: return .localTime(try Temporal.LocalTime(parsing: text))
      case .time: return .time(try Temporal.Time(parsing: text))
      case .localDateTime: return .localDateTime(try Temporal.LocalDateTime(parsing: text))
      case .dateTime: return .dateTime(try Temporal.DateTime(parsing: text))
      case .duration: return .duration(try Temporal.Duration(parsing: text))
      default: break
      }
    } catch {
      throw Failure(message: error.message)
    }
    switch text {
    case "NaN": return .float(.nan)
    case "Infinity": return .float(.infinity)
    case "-Infinity": return .float(-.infinity)
    default:
      guard let number = Double(text) else { throw Failure(message: "found \"\(text)\", expected a float") }
      return .float(number)
    }
  }
}
