import Plenary

/// Values as JSON (RFC 8259).
///
/// | value | JSON |
/// |---|---|
/// | null, Boolean, string | the same |
/// | integer | a number with all its digits; beyond 2⁵³ some readers round it |
/// | float | the shortest number that reads back the same; `1.0` keeps its point |
/// | NaN, ±Infinity | the strings `"NaN"`, `"Infinity"`, `"-Infinity"`, since JSON has no such numbers |
/// | temporal | a string in ISO 8601: `"2024-05-01"`, `"12:30:00+08:00"`, `"P1Y2M"` |
/// | list, map | array, object |
/// | node | `{"id":1,"labels":["State"],"properties":{"name":"Brunei"}}` |
/// | relationship | `{"id":7,"type":"MEMBER_OF","start":1,"end":2,"properties":{}}` |
/// | path | `{"nodes":[...],"relationships":[...]}` |
struct JSONText {
  private let elements: GraphElements

  init(graph: Graph) { elements = GraphElements(graph) }

  /// A value as JSON on one line.
  func text(of value: Value) -> String {
    var result = ""
    write(value, to: &result)
    return result
  }

  /// Appends a value.
  func write(_ value: Value, to result: inout String) {
    switch value {
    case .null: result += "null"
    case .boolean(let truth): result += truth ? "true" : "false"
    case .integer(let number): result += String(number)
    case .float(let number):
      let text = LiteralText.text(of: number)
      result += number.isFinite ? text : "\"\(text)\""
    case .string(let text): Self.write(text, to: &result)
    case .date(let date): Self.write(String(describing: date), to: &result)
    case .localTime(let time): Self.write(String(describing: time), to: &result)
    case .time(let time): Self.write(String(describing: time), to: &result)
    case .localDateTime(let dateTime): Self.write(String(describing: dateTime), to: &result)
    case .dateTime(let dateTime): Self.write(String(describing: dateTime), to: &result)
    case .duration(let duration): Self.write(String(describing: duration), to: &result)
    case .list(let values): writeArray(values, to: &result) { write($0, to: &$1) }
    case .map(let entries): writeObject(entries.lazy.map { ($0.key, $0.value) }, to: &result)
    case .node(let id): write(id, to: &result)
    case .relationship(let id): write(id, to: &result)
    case .path(let path):
      result += #"{"nodes":"#
      writeArray(path.nodes, to: &result) { write($0, to: &$1) }
      result += #","relationships":"#
      writeArray(path.relationships, to: &result) { write($0, to: &$1) }
      result += "}"
    }
  }

  private func write(_ id: NodeID, to result: inout String) {
    result += #"{"id":"# + String(id.rawValue) + #","labels":"#
    writeArray(elements.labels(id), to: &result) { Self.write($0, to: &$1) }
    result += #","properties":"#
    writeObject(elements.properties(id), to: &result)
    result += "}"
  }

  private func write(_ id: RelationshipID, to result: inout String) {
    result += #"{"id":"# + String(id.rawValue) + #","type":"#
    Self.write(elements.type(id), to: &result)
    result += #","start":"# + (elements.start(id).map { String($0.rawValue) } ?? "null")
    result += #","end":"# + (elements.end(id).map { String($0.rawValue) } ?? "null")
    result += #","properties":"#
    writeObject(elements.properties(id), to: &result)
    result += "}"
  }

  private func writeArray<Element>(
    _ elements: [Element], to result: inout String, _ writeElement: (Element, inout String) -> Void
  ) {
    result += "["
    for (index, element) in elements.enumerated() {
      if index > 0 { result += "," }
      writeElement(element, &result)
    }
    result += "]"
  }

  private func writeObject(_ entries: some Sequence<(key: String, value: Value)>, to result: inout String) {
    result += "{"
    var isFirst = true
    for (key, value) in entries {
      if !isFirst { result += "," }
      isFirst = false
      Self.write(key, to: &result)
      result += ":"
      write(value, to: &result)
    }
    result += "}"
  }

  /// Appends a string: only what RFC 8259 section 7 demands is escaped, everything else is UTF-8.
  static func write(_ text: String, to result: inout String) {
    result += "\""
    var utf8 = text
    let isPlain = utf8.withUTF8 { $0.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C } }
    if isPlain {
      result += text
    } else {
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{8}": result += "\\b"
        case "\u{C}": result += "\\f"
        case let control where control.value < 0x20:
          result += control.value < 0x10 ? "\\u000" : "\\u00"
          result += String(control.value, radix: 16)
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    result += "\""
  }

  /// A string as JSON.
  static func quoted(_ text: String) -> String {
    var result = ""
    write(text, to: &result)
    return result
  }
}
