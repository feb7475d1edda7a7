/// Names and values as queries write them, so that what is read back is the same.
enum CypherLiteral {
  /// Appends a label, type, property key or index name, in backquotes unless it is a plain word.
  static func append(name: String, to bytes: inout [UInt8]) {
    let isPlain =
      !name.isEmpty
      && name.utf8.enumerated().allSatisfy { index, byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): index > 0
        default: false
        }
      }
    if isPlain {
      bytes.append(contentsOf: name.utf8)
      return
    }
    bytes.append(UInt8(ascii: "`"))
    for byte in name.utf8 {
      if byte == UInt8(ascii: "`") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "`"))
  }

  /// Appends a string in quotes.
  static func append(text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "'"))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        bytes.append(contentsOf: #"\u00"#.utf8)
        if digits.utf8.count == 1 { bytes.append(UInt8(ascii: "0")) }
        bytes.append(contentsOf: digits.utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "'"))
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
    case .string(let string): append(text: string, to: &bytes)
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
