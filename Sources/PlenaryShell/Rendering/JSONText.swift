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
    var result = UTF8Text()
    write(value, to: &result)
    return result.string
  }

  /// Appends a cell of a result.
  func write(_ cell: Cell, to result: inout UTF8Text) {
    switch cell {
    case .integer(let number): result.appendDecimal(number)
    case .utf8(let bytes): Self.write(bytes, to: &result)
    case .value(let value): write(value, to: &result)
    }
  }

  /// Appends a value.
  func write(_ value: Value, to result: inout UTF8Text) {
    switch value {
    case .null: result += "null"
    case .boolean(let truth): result += truth ? "true" : "false"
    case .integer(let number): result.appendDecimal(number)
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

  private func write(_ id: NodeID, to result: inout UTF8Text) {
    result += #"{"id":"# + String(id.rawValue) + #","labels":"#
    writeArray(elements.labels(id), to: &result) { Self.write($0, to: &$1) }
    result += #","properties":"#
    writeObject(elements.properties(id), to: &result)
    result += "}"
  }

  private func write(_ id: RelationshipID, to result: inout UTF8Text) {
    result += #"{"id":"# + String(id.rawValue) + #","type":"#
    Self.write(elements.type(id), to: &result)
    result += #","start":"# + (elements.start(id).map { String($0.rawValue) } ?? "null")
    result += #","end":"# + (elements.end(id).map { String($0.rawValue) } ?? "null")
    result += #","properties":"#
    writeObject(elements.properties(id), to: &result)
    result += "}"
  }

  private func writeArray<Element>(
    _ elements: [Element], to result: inout UTF8Text, _ writeElement: (Element, inout UTF8Text) -> Void
  ) {
    result += "["
    for (index, element) in elements.enumerated() {
      if index > 0 { result += "," }
      writeElement(element, &result)
    }
    result += "]"
  }

  private func writeObject(_ entries: some Sequence<(key: String, value: Value)>, to result: inout UTF8Text) {
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
  static func write(_ text: String, to result: inout UTF8Text) {
    var text = text
    text.withUTF8 { write($0, to: &result) }
  }

  /// Appends a string given as UTF-8.
  static func write(_ text: UnsafeBufferPointer<UInt8>, to result: inout UTF8Text) { result.append(json: text) }

  /// A string as JSON.
  static func quoted(_ text: String) -> String {
    var result = UTF8Text()
    write(text, to: &result)
    return result.string
  }
}
