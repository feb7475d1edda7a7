import PlenarySyntax

/// Names and values as queries write them, so that what is read back is the same.
enum CypherLiteral {
  /// Appends a label, type, property key or index name, in backquotes unless it can stand without.
  static func append(name: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: NameText.of(name).utf8)
  }

  /// Appends a value; `false` for one that no property can have.
  static func append(_ value: Value, to bytes: inout [UInt8], depth: Int = 0) -> Bool {
    func call(_ function: String) {
      bytes.append(contentsOf: "\(function)('\(value.text ?? "")')".utf8)
    }
    switch value {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .boolean(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
    case .integer(let number): bytes.append(contentsOf: String(number).utf8)
    case .float(let number) where number.isFinite: bytes.append(contentsOf: number.description.utf8)
    case .float: call("toFloat")
    case .string(let string): bytes.append(contentsOf: QuotedText.literal(string).utf8)
    case .date: call("date")
    case .localTime: call("localtime")
    case .time: call("time")
    case .localDateTime: call("localdatetime")
    case .dateTime: call("datetime")
    case .duration: call("duration")
    case .list(let elements):
      guard depth < SavedGraphFormat.nestingLimit else { return false }
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        guard append(element, to: &bytes, depth: depth + 1) else { return false }
      }
      bytes.append(UInt8(ascii: "]"))
    case .map, .node, .relationship, .path: return false
    }
    return true
  }
}
