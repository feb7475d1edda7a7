/// What a property's cell is written as; the header of its column says so.
enum CSVCellKind: Equatable {
  case single(CSVValueType)
  case list(CSVValueType)
  /// A list that goes with every list column.
  case emptyList
  /// A list with integers and floats, or strings that the list delimiter would cut: `any[]`.
  case mixedList

  /// The kind for a value; `nil` for what no property can hold.
  init?(_ value: Value, format: CSVFormat) {
    guard case .list(let elements) = value else {
      guard let type = CSVValueType(of: value) else { return nil }
      self = .single(type)
      return
    }
    guard let first = elements.first else {
      self = .emptyList
      return
    }
    guard let type = CSVValueType(of: first) else { return nil }
    var isPlain = true
    for element in elements {
      guard let other = CSVValueType(of: element) else { return nil }
      if other != type { isPlain = false }
      if case .string(let text) = element, text.utf8.contains(format.listDelimiter) { isPlain = false }
    }
    // A list of one empty string would read as the empty list.
    if elements.count == 1, case .string("") = first { isPlain = false }
    self = isPlain ? .list(type) : .mixedList
  }

  /// The kind of a column that holds cells of both kinds; `nil` if there is none.
  func merged(with other: CSVCellKind) -> CSVCellKind? {
    switch (self, other) {
    case (.emptyList, .list), (.emptyList, .mixedList): other
    case (.list, .emptyList), (.mixedList, .emptyList): self
    default: self == other ? self : nil
    }
  }

  /// The type in the header, for example `long` or `string[]`.
  var headerType: String {
    switch self {
    case .single(let type): type.headerName
    case .list(let type): type.headerName + "[]"
    case .emptyList: "string[]"
    case .mixedList: "any[]"
    }
  }

  /// The text of a value's cell, without quotes.
  func text(of value: Value, format: CSVFormat) -> String {
    guard case .list(let elements) = value else { return value.text ?? "" }
    let texts = elements.map { element in
      let text = element.text ?? ""
      guard self == .mixedList, let type = CSVValueType(of: element) else { return text }
      return "\(type.headerName):\(MixedList.escaped(text, format.listDelimiter))"
    }
    return texts.joined(separator: String(Unicode.Scalar(format.listDelimiter)))
  }
}

extension CSVValueType {
  /// The type that holds a value; `nil` for null, lists and what no property can hold.
  init?(of value: Value) {
    switch value {
    case .boolean: self = .boolean
    case .integer: self = .integer(bits: 64)
    case .float: self = .float
    case .string: self = .string
    case .date: self = .date
    case .localTime: self = .localTime
    case .time: self = .time
    case .localDateTime: self = .localDateTime
    case .dateTime: self = .dateTime
    case .duration: self = .duration
    case .null, .list, .map, .node, .relationship, .path: return nil
    }
  }

  /// The name that a written header uses.
  var headerName: String {
    switch self {
    case .integer: "long"
    case .float: "double"
    default: CSVValueType.names.first { $0.type == self }?.name ?? "string"
    }
  }
}

/// The cells of an `any[]` column: elements such as `long:1;string:a\;b`, each with its type, and a backslash before
/// delimiters and backslashes that belong to the text.
enum MixedList {
  static func escaped(_ text: String, _ delimiter: UInt8) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if byte == delimiter || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The elements of a cell: the name of the type, and the text.
  static func elements(_ cell: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> [(type: String, text: [UInt8])] {
    var elements: [(type: String, text: [UInt8])] = []
    var current: [UInt8] = []
    func end() {
      let colon = current.firstIndex(of: UInt8(ascii: ":")) ?? current.endIndex
      elements.append(
        (String(decoding: current[..<colon], as: UTF8.self), Array(current[colon...].dropFirst())))
      current = []
    }
    var isEscaped = false
    for byte in cell {
      if isEscaped {
        current.append(byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == delimiter {
        end()
      } else {
        current.append(byte)
      }
    }
    end()
    return elements
  }
}
