extension Lexer {
  /// Reads a string; a quote is written inside it as `\'` or `\"`.
  mutating func lexString(quote: UInt8) {
    let start = position
    var flags: Token.Flags = []
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      if byte == quote {
        position += 1
        append(.string, from: start, flags: flags)
        return
      }
      if byte == UInt8(ascii: "\\") {
        flags.insert(.escaped)
        if !skipEscape() { flags.insert(.malformed) }
      } else {
        position += 1
      }
    }
    endsInsideQuotes = true
    let quoteText = Unicode.Scalar(quote)
    report(
      .unterminated, "string is never closed, expected `\(quoteText)`", from: start, to: start + 1,
      hint: "end the string with `\(quoteText)`, or write a quote inside it as `\\\(quoteText)`")
    append(.string, from: start, flags: [flags, .malformed])
  }

  /// Passes over one escape sequence and reports it when openCypher does not know it.
  private mutating func skipEscape() -> Bool {
    let start = position
    switch peek(1) {
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
      return true
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      guard let (_, length) = EscapeDecoder.unicodeEscape(in: bytes, at: start) else {
        let digits = peek(1) == UInt8(ascii: "u") ? 4 : 8
        position += 2
        while position - start < digits + 2, Characters.hexValue(peek()) != nil { position += 1 }
        let shown = text(from: start, to: position)
        if position - start < digits + 2 {
          report(
            .invalidEscape, "invalid escape `\(shown)`, expected \(digits) hexadecimal digits", from: start,
            to: position)
        } else {
          report(.invalidEscape, "invalid escape `\(shown)`, it names no Unicode character", from: start, to: position)
        }
        return false
      }
      position += length
      return true
    default:
      position += 1
      if position < bytes.count {
        position += Characters.scalar(in: bytes, at: position).length
        report(
          .invalidEscape, "invalid escape `\(text(from: start, to: position))`", from: start, to: position,
          hint: "a backslash itself is written `\\\\`")
      }
      return false
    }
  }

  /// Reads a name in back quotes; a back quote is written inside it twice.
  mutating func lexQuotedName() {
    let start = position
    let flags = skipQuotedName()
    append(.quotedName, from: start, flags: flags)
  }

  private mutating func skipQuotedName() -> Token.Flags {
    let start = position
    var flags: Token.Flags = []
    position += 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "`") {
        if peek(1) == UInt8(ascii: "`") {
          flags.insert(.escaped)
          position += 2
          continue
        }
        position += 1
        if position == start + 2 {
          report(.unexpectedToken, "empty name, expected one between the quotes", from: start, to: position)
          flags.insert(.malformed)
        }
        return flags
      }
      position += 1
    }
    endsInsideQuotes = true
    report(
      .unterminated, "quoted name is never closed, expected `` ` ``", from: start, to: start + 1,
      hint: "end the name with `` ` ``")
    return [flags, .malformed]
  }

  /// Reads `$name`, `$0` or a `$` and a name in back quotes.
  mutating func lexParameter() {
    let start = position
    position += 1
    if peek() == UInt8(ascii: "`") {
      let flags = skipQuotedName()
      append(.parameter, from: start, flags: flags)
      return
    }
    skipNamePart()
    if position == start + 1 {
      report(
        .unexpectedToken, "unexpected `$`, expected the name of a parameter after it", from: start, to: position,
        hint: "parameters are written `$name`")
      append(.invalid, from: start, flags: .malformed)
    } else {
      append(.parameter, from: start)
    }
  }

  /// Reads text in typographic quotes as the string it was meant to be, with an error.
  mutating func lexTypographicString(closing: [Unicode.Scalar]) {
    let start = position
    let (opening, length) = Characters.scalar(in: bytes, at: position)
    position += length
    var end: Int?
    var scan = position
    while scan < bytes.count, bytes[scan] != 0x0A {
      let (scalar, length) = Characters.scalar(in: bytes, at: scan)
      scan += length
      if closing.contains(scalar) {
        end = scan
        break
      }
    }
    report(
      .invalidCharacter, "unexpected character `\(opening)` (\(Characters.codePoint(opening)))", from: start,
      to: position, hint: "strings are written in straight quotes, `'` or `\"`")
    if let end {
      position = end
      append(.string, from: start, flags: .malformed)
    } else {
      append(.invalid, from: start, flags: .malformed)
    }
  }
}

/// Resolves the escapes of strings.
enum EscapeDecoder {
  /// The scalar that `\uXXXX` or `\UXXXXXXXX` at an offset names, and how long the escape is.
  ///
  /// Two `\u` escapes that are a surrogate pair are one scalar, as in JSON.
  static func unicodeEscape(
    in bytes: UnsafeBufferPointer<UInt8>, at offset: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    let digits = bytes[offset + 1] == UInt8(ascii: "u") ? 4 : 8
    guard let value = hexNumber(in: bytes, at: offset + 2, digits: digits) else { return nil }
    if let scalar = Unicode.Scalar(value) { return (scalar, digits + 2) }
    let next = offset + 6
    guard digits == 4, value >= 0xD800, value < 0xDC00, next + 1 < bytes.count, bytes[next] == UInt8(ascii: "\\"),
      bytes[next + 1] == UInt8(ascii: "u"), let low = hexNumber(in: bytes, at: next + 2, digits: 4), low >= 0xDC00,
      low < 0xE000, let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
    else { return nil }
    return (scalar, 12)
  }

  private static func hexNumber(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int, digits: Int) -> UInt32? {
    guard offset + digits <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in offset..<(offset + digits) {
      guard let digit = Characters.hexValue(bytes[index]) else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// The text of a string's content, between its quotes, with escapes resolved; bad ones stay as written.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var index = start
    while index < end {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < end else {
        result.append(byte)
        index += 1
        continue
      }
      index += 2
      switch bytes[index - 1] {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        if let (scalar, length) = unicodeEscape(in: bytes, at: index - 2) {
          result.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
          index += length - 2
        } else {
          result.append(byte)
          result.append(bytes[index - 1])
        }
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(bytes[index - 1])
      default:
        result.append(byte)
        index -= 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
