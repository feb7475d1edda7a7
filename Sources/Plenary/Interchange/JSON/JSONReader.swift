/// A value of JSON.
///
/// Plenary reads JSON by itself (JSON lines, history, requests of `plenary pipe`), and it starts in a few milliseconds
/// because nothing in it needs Foundation.
package indirect enum JSONValue: Equatable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number without fraction and exponent that fits 64 bits.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// Members in order; the last of equal names counts.
  case object([(name: String, value: JSONValue)])

  /// The member of an object by name.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// Numbers are equal only to numbers of the same form.
  package static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}

/// Reads JSON (RFC 8259) strictly.
package struct JSONReader {
  /// What is wrong with a text, and after how many bytes.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    /// What is wrong.
    package var message: String
    /// After how many bytes.
    package var offset: Int
    /// For example `expected a value at byte 4`.
    package var description: String { "\(message) at byte \(offset + 1)" }
  }

  /// Deeper nesting is refused, so that no text overflows the stack.
  package static let nestingLimit = 512

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The value of a whole text. O(bytes).
  package static func read(_ bytes: ArraySlice<UInt8>) throws(Failure) -> JSONValue {
    // The closure of `withUnsafeBufferPointer` passes the type of the error on.
    try bytes.withUnsafeBufferPointer { buffer throws(Failure) in try read(buffer) }
  }

  /// The value of a whole text. O(bytes).
  static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(Failure) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.readValue()
    reader.skipSpace()
    guard reader.peek() == nil else { throw reader.failure("found more text after the value") }
    return value
  }

  private func failure(_ message: String) -> Failure {
    Failure(message: message, offset: position)
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func readValue() throws(Failure) -> JSONValue {
    skipSpace()
    switch peek() {
    case UInt8(ascii: "{"): return try readObject()
    case UInt8(ascii: "["): return try readArray()
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"): return try readWord("true", .boolean(true))
    case UInt8(ascii: "f"): return try readWord("false", .boolean(false))
    case UInt8(ascii: "n"): return try readWord("null", .null)
    case nil: throw failure("found the end of the text, expected a value")
    case UInt8(ascii: "-")?: return try readNumber()
    case let byte? where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte): return try readNumber()
    default: throw failure("expected a value")
    }
  }

  private mutating func readWord(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("expected a value") }
    position += word.utf8.count
    return value
  }

  private mutating func enter() throws(Failure) {
    depth += 1
    if depth > Self.nestingLimit { throw failure("nested more than \(Self.nestingLimit) levels deep") }
    position += 1
    skipSpace()
  }

  private mutating func readArray() throws(Failure) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var elements: [JSONValue] = []
    if peek() == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      elements.append(try readValue())
      skipSpace()
      switch peek() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "]"):
        position += 1
        return .array(elements)
      default: throw failure("expected `,` or `]`")
      }
    }
  }

  private mutating func readObject() throws(Failure) -> JSONValue {
    try enter()
    defer { depth -= 1 }
    var members: [(name: String, value: JSONValue)] = []
    if peek() == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard peek() == UInt8(ascii: "\"") else { throw failure("expected a member name in quotes") }
      let name = try readString()
      skipSpace()
      guard peek() == UInt8(ascii: ":") else { throw failure("expected `:`") }
      position += 1
      members.append((name, try readValue()))
      skipSpace()
      switch peek() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: "}"):
        position += 1
        return .object(members)
      default: throw failure("expected `,` or `}`")
      }
    }
  }

  private mutating func readNumber() throws(Failure) -> JSONValue {
    let start = position
    var isInteger = true
    if peek() == UInt8(ascii: "-") { position += 1 }
    if peek() == UInt8(ascii: "0") { position += 1 } else { try readDigits() }
    if peek() == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      try readDigits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      isInteger = false
      position += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
      try readDigits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let integer = Int64(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else { throw failure("number out of range") }
    return .number(number)
  }

  private mutating func readDigits() throws(Failure) {
    let start = position
    while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    if position == start { throw failure("expected a digit") }
  }

  private mutating func readString() throws(Failure) -> String {
    position += 1
    let first = plainRun()
    // Most strings are one run without escapes.
    if peek() == UInt8(ascii: "\"") {
      position += 1
      return try text(of: first)
    }
    var content = Array(first)
    while let byte = peek() {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return try content.withUnsafeBufferPointer { buffer throws(Failure) in try text(of: buffer) }
      case UInt8(ascii: "\\"):
        position += 1
        content += String(try readEscape()).utf8
      case 0..<0x20: throw failure("control character in a string")
      default: content += plainRun()
      }
    }
    throw failure("string is never closed")
  }

  /// The bytes up to the next quote, backslash or control character.
  private mutating func plainRun() -> UnsafeBufferPointer<UInt8> {
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      position += 1
    }
    return UnsafeBufferPointer(rebasing: bytes[start..<position])
  }

  private func text(of content: some Collection<UInt8>) throws(Failure) -> String {
    guard let text = String(validating: content, as: UTF8.self) else { throw failure("string is not UTF-8") }
    return text
  }

  private mutating func readEscape() throws(Failure) -> Character {
    guard let byte = peek() else { throw failure("string is never closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let unit = try readHexadecimal()
      var value = UInt32(unit)
      if (0xD800...0xDBFF).contains(unit), bytes[position...].starts(with: #"\u"#.utf8) {
        position += 2
        let low = try readHexadecimal()
        guard (0xDC00...0xDFFF).contains(low) else { throw failure("half of a surrogate pair") }
        value = 0x10000 + ((UInt32(unit) - 0xD800) << 10) + (UInt32(low) - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw failure("half of a surrogate pair") }
      return Character(scalar)
    default: throw failure("unknown escape")
    }
  }

  private mutating func readHexadecimal() throws(Failure) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("expected four hexadecimal digits")
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
