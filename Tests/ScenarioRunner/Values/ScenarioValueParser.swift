/// Reads the notation in which scenarios write values.
///
/// `1`, `1.0`, `NaN`, `Inf`, `'text'`, `true`, `null`, `[v, ...]`, `{k: v}`, `(:A:B {k: v})`, `[:T {k: v}]` and
/// `<(n)-[r]->(m)<-[s]-(o)>`.
package struct ScenarioValueParser {
  /// Why a text is no value.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    package var text: String
    package var offset: Int
    package var expected: String

    /// `"[1, " is no value: expected a value at offset 4`.
    package var description: String { "\"\(text)\" is no value: expected \(expected) at offset \(offset)" }
  }

  /// Reads a whole text as one value.
  ///
  /// - Throws: `Failure` with the offset in UTF-8 bytes where reading stopped.
  package static func parse(_ text: String) throws(Failure) -> ScenarioValue {
    var parser = ScenarioValueParser(text: text, bytes: Array(text.utf8))
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == parser.bytes.count else { throw parser.failure("the end") }
    return value
  }

  /// Deeper values than this are refused rather than recursed into.
  private static let depthLimit = 256

  private let text: String
  private let bytes: [UInt8]
  private var position = 0

  private init(text: String, bytes: [UInt8]) {
    self.text = text
    self.bytes = bytes
  }

  // MARK: Tokens

  private func failure(_ expected: String) -> Failure { Failure(text: text, offset: position, expected: expected) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  /// Skips white space and takes `token` when it comes next.
  private mutating func take(_ token: StaticString) -> Bool {
    skipSpace()
    let matches = token.withUTF8Buffer { bytes[position...].starts(with: $0) }
    if matches { position += token.utf8CodeUnitCount }
    return matches
  }

  private mutating func expect(_ token: StaticString) throws(Failure) {
    guard take(token) else { throw failure("\"\(token)\"") }
  }

  /// A name: letters, digits, `_` and anything beyond ASCII, or any text between backquotes.
  private mutating func name() throws(Failure) -> String {
    skipSpace()
    if take("`") {
      let start = position
      while let byte = current, byte != UInt8(ascii: "`") { position += 1 }
      let name = String(decoding: bytes[start..<position], as: UTF8.self)
      try expect("`")
      return name
    }
    let start = position
    while let byte = current, byte.isNameByte { position += 1 }
    guard position > start else { throw failure("a name") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  // MARK: Values

  private mutating func value(depth: Int) throws(Failure) -> ScenarioValue {
    guard depth < Self.depthLimit else { throw failure("fewer levels") }
    skipSpace()
    switch current {
    case UInt8(ascii: "'"):
      return .string(try string())
    case UInt8(ascii: "{"):
      return .map(try entries(depth: depth))
    case UInt8(ascii: "("):
      return .node(try node(depth: depth))
    case UInt8(ascii: "<"):
      return .path(try path(depth: depth))
    case UInt8(ascii: "["):
      let start = position
      position += 1
      if take(":") {
        position = start
        return .relationship(try relationship(depth: depth))
      }
      return .list(try elements(depth: depth))
    default:
      return try scalar()
    }
  }

  private mutating func scalar() throws(Failure) -> ScenarioValue {
    let start = position
    while let byte = current, byte.isNameByte || byte == UInt8(ascii: ".") || isSign(at: position, tokenStart: start) {
      position += 1
    }
    let word = String(decoding: bytes[start..<position], as: UTF8.self)
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "NaN": return .float(.nan)
    case "Inf": return .float(.infinity)
    case "-Inf": return .float(-.infinity)
    default: break
    }
    if let integer = Int64(word), !word.hasPrefix("+") { return .integer(integer) }
    // Double would also read "nan", "infinity" and hexadecimal floats.
    let isDecimal = word.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
    if isDecimal, word.contains(where: { ".eE".contains($0) }), let float = Double(word), float.isFinite {
      return .float(float)
    }
    position = start
    throw failure("a value")
  }

  /// A sign belongs to a number at its start and after the `e` of an exponent.
  private func isSign(at position: Int, tokenStart: Int) -> Bool {
    guard let byte = current, byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
    return position == tokenStart || bytes[position - 1] | 0x20 == UInt8(ascii: "e")
  }

  private mutating func string() throws(Failure) -> String {
    try expect("'")
    var content: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "'"):
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\") where current == UInt8(ascii: "'") || current == UInt8(ascii: "\\"):
        content.append(bytes[position])
        position += 1
      default:
        content.append(byte)
      }
    }
    throw failure("\"'\"")
  }

  private mutating func elements(depth: Int) throws(Failure) -> [ScenarioValue] {
    var values: [ScenarioValue] = []
    if take("]") { return values }
    repeat { values.append(try value(depth: depth + 1)) } while take(",")
    try expect("]")
    return values
  }

  private mutating func entries(depth: Int) throws(Failure) -> ScenarioEntries {
    try expect("{")
    var pairs: [(key: String, value: ScenarioValue)] = []
    if take("}") { return ScenarioEntries() }
    repeat {
      let key = try name()
      guard !pairs.contains(where: { $0.key.isSameText(as: key) }) else { throw failure("another key than \"\(key)\"") }
      try expect(":")
      pairs.append((key, try value(depth: depth + 1)))
    } while take(",")
    try expect("}")
    return ScenarioEntries(pairs)
  }

  private mutating func properties(depth: Int) throws(Failure) -> ScenarioEntries {
    skipSpace()
    return current == UInt8(ascii: "{") ? try entries(depth: depth) : ScenarioEntries()
  }

  // MARK: Graph elements

  private mutating func node(depth: Int) throws(Failure) -> ScenarioNode {
    try expect("(")
    var labels: [String] = []
    while take(":") { labels.append(try name()) }
    let node = ScenarioNode(labels: labels, properties: try properties(depth: depth))
    try expect(")")
    return node
  }

  private mutating func relationship(depth: Int) throws(Failure) -> ScenarioRelationship {
    try expect("[")
    try expect(":")
    let relationship = ScenarioRelationship(type: try name(), properties: try properties(depth: depth))
    try expect("]")
    return relationship
  }

  private mutating func path(depth: Int) throws(Failure) -> ScenarioPath {
    try expect("<")
    let start = try node(depth: depth)
    var steps: [ScenarioPath.Step] = []
    while !take(">") {
      let isBackward = take("<-")
      if !isBackward { try expect("-") }
      let relationship = try relationship(depth: depth)
      if isBackward { try expect("-") } else { try expect("->") }
      steps.append(
        ScenarioPath.Step(
          relationship: relationship, direction: isBackward ? .backward : .forward, node: try node(depth: depth)))
    }
    return ScenarioPath(start: start, steps: steps)
  }
}

extension UInt8 {
  fileprivate var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
    default: false
    }
  }
}
