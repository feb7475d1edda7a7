import PlenarySyntax

/// What one column of a graph's CSV file holds, as its header cell says.
///
/// The headers are those of `neo4j-admin database import`: `name:type`, where either part may be missing. A name alone
/// is a string property, a type alone (`:LABEL`) has a role.
struct CSVColumn: Equatable {
  /// What the cells of a column are for.
  enum Role: Equatable {
    /// `id:ID(space)`: the node's id among the ids of a space. Kept as a property if there is a name.
    case id(space: String, IdentifierForm)
    /// `:LABEL`: the node's labels.
    case labels
    /// `:START_ID(space)`: the node that the relationship leaves.
    case start(space: String)
    /// `:END_ID(space)`: the node that the relationship reaches.
    case end(space: String)
    /// `:TYPE`: the relationship's type.
    case type
    /// A property.
    case property(CSVValueType, isList: Bool)
    /// `name:any[]`: lists with the type of each element, which only `CSVGraphWriter` writes.
    case mixedList
    /// `:IGNORE`: nothing.
    case ignored
  }

  /// What ids are: said by `{id-type:...}`, else found from the ids of the space.
  enum IdentifierForm: Equatable {
    case automatic
    case integer
    case string
  }

  /// The property key; empty when the cells are not kept as a property.
  var name: String
  var role: Role
  /// What a `time` or `datetime` without an offset is in: `{timezone:...}`.
  var zone = Temporal.Zone.utc

  /// Takes a header cell apart.
  init(_ header: String) throws(CSVColumnError) {
    // Bytes, because a name may end in a character that Swift would join with the mark after it.
    var rest = Array(header.utf8)[...]
    var options: ArraySlice<UInt8>?
    if rest.last == UInt8(ascii: "}"), let brace = rest.lastIndex(of: UInt8(ascii: "{")) {
      options = rest[(brace + 1)...].dropLast()
      rest = rest[..<brace]
    }
    var space = ""
    if rest.last == UInt8(ascii: ")"), let parenthesis = rest.lastIndex(of: UInt8(ascii: "(")),
      ["ID", "START_ID", "END_ID"].contains(CSVColumn.typeName(of: rest[..<parenthesis]))
    {
      space = String(decoding: rest[(parenthesis + 1)...].dropLast(), as: UTF8.self)
      rest = rest[..<parenthesis]
    }
    guard let colon = rest.lastIndex(of: UInt8(ascii: ":")) else {
      name = header
      role = .property(.string, isList: false)
      try checkName()
      return
    }
    name = String(decoding: rest[..<colon], as: UTF8.self)
    switch CSVColumn.typeName(of: rest) {
    case "ID": role = .id(space: space, .automatic)
    case "START_ID": role = .start(space: space)
    case "END_ID": role = .end(space: space)
    case "LABEL": role = .labels
    case "TYPE": role = .type
    case "IGNORE": role = .ignored
    case "ANY[]":
      role = .mixedList
      try checkName()
    case let type:
      let isList = type.utf8.suffix(2).elementsEqual("[]".utf8)
      let written = String(decoding: rest[(colon + 1)...].dropLast(isList ? 2 : 0), as: UTF8.self)
      role = .property(try CSVValueType(named: written), isList: isList)
      try checkName()
    }
    if let options { try read(options: String(decoding: options, as: UTF8.self)[...]) }
  }

  /// The part after the last colon, its letters large.
  private static func typeName(of text: ArraySlice<UInt8>) -> String {
    let start = text.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? text.startIndex
    return String(decoding: text[start...], as: UTF8.self).uppercased()
  }

  private func checkName() throws(CSVColumnError) {
    if name.isEmpty { throw CSVColumnError("found a column without a name, expected a property key") }
  }

  private mutating func read(options: Substring) throws(CSVColumnError) {
    for option in options.split(separator: ",") {
      let parts = option.split(separator: ":", maxSplits: 1).map { $0.trimmingBlanks }
      switch (parts[0], parts.count == 2 ? parts[1] : "", role) {
      case ("id-type", "string", .id(let space, _)): role = .id(space: space, .string)
      case ("id-type", "int", .id(let space, _)), ("id-type", "long", .id(let space, _)),
        ("id-type", "integer", .id(let space, _)):
        role = .id(space: space, .integer)
      case ("timezone", let name, .property(.time, _)), ("timezone", let name, .property(.dateTime, _)):
        do throws(TemporalError) {
          zone = try Temporal.Zone(parsing: String(name))
        } catch {
          throw CSVColumnError("found time zone \"\(name)\": \(error.message)")
        }
        if case .property(.time, _) = role, case .offset = zone {
        } else if case .property(.time, _) = role {
          throw CSVColumnError(
            "found time zone \"\(name)\" for a time without a date, expected an offset such as +07:00")
        }
      default:
        throw CSVColumnError(
          "found option {\(option)}, expected {id-type:string}, {id-type:long} or {timezone:...} on a column it fits")
      }
    }
  }
}

/// What is wrong with a header cell; the reader adds the place.
struct CSVColumnError: Error {
  let message: String
  var hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

/// The type of the values of a column.
enum CSVValueType: Equatable {
  case integer(bits: Int)
  case float
  case boolean
  case string
  case date
  case localTime
  case time
  case localDateTime
  case dateTime
  case duration

  /// The names that headers use, in the order that messages list them.
  static let names: [(name: String, type: CSVValueType)] = [
    ("int", .integer(bits: 64)), ("long", .integer(bits: 64)), ("short", .integer(bits: 16)),
    ("byte", .integer(bits: 8)), ("float", .float), ("double", .float), ("boolean", .boolean), ("string", .string),
    ("char", .string), ("date", .date), ("localtime", .localTime), ("time", .time),
    ("localdatetime", .localDateTime), ("datetime", .dateTime), ("duration", .duration),
  ]

  /// - Parameter name: as in a header, in any case.
  init(named name: String) throws(CSVColumnError) {
    let wanted = name.lowercased()
    if let known = CSVValueType.names.first(where: { $0.name == wanted }) {
      self = known.type
      return
    }
    let names = CSVValueType.names.map(\.name)
    if wanted == "point" {
      throw CSVColumnError(
        "found type point, expected one of \(names.joined(separator: ", "))",
        hint: "write each coordinate into a column of its own")
    }
    let known = names + ["ID", "LABEL", "START_ID", "END_ID", "TYPE", "IGNORE"]
    throw CSVColumnError(
      "found type \"\(name)\", expected one of \(known.joined(separator: ", "))",
      hint: Suggestion.nearest(to: name, among: known).map { "did you mean \($0)?" })
  }

  /// What a cell should hold, for messages.
  var expectation: String {
    switch self {
    case .integer(64): "an integer"
    case .integer(let bits): "an integer of \(bits) bits"
    case .float: "a float"
    case .boolean: "true or false"
    case .string: "a string"
    case .date: "a date such as 2024-08-07"
    case .localTime: "a local time such as 21:40:32"
    case .time: "a time such as 21:40:32+07:00"
    case .localDateTime: "a local date time such as 2024-08-07T21:40:32"
    case .dateTime: "a date time such as 2024-08-07T21:40:32+07:00"
    case .duration: "a duration such as P1Y2M3D"
    }
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text = text.dropLast() }
    return text
  }
}
