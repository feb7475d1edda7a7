/// Which bytes and Unicode scalars begin or continue what.
enum Characters {
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  /// White space within ASCII: space, tab to carriage return, and the four separators U+001C to U+001F.
  static func isWhiteSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte &- 0x09 < 5 || byte &- 0x1C < 4
  }

  /// White space outside ASCII (openCypher 9, whitespace), and the byte order mark that editors leave in files.
  static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: true
    default: false
    }
  }

  /// Whether a scalar outside ASCII begins a name: ID_Start or connector punctuation (openCypher 9, IdentifierStart).
  static func beginsName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isIDStart || scalar.properties.generalCategory == .connectorPunctuation
  }

  /// Whether a scalar outside ASCII continues a name: ID_Continue or currency (openCypher 9, IdentifierPart).
  static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isIDContinue || scalar.properties.generalCategory == .currencySymbol
  }

  /// Characters that openCypher 9 accepts as a dash in relationship patterns.
  static func isUnusualDash(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: true
    default: false
    }
  }

  /// Characters that openCypher 9 accepts as the head of an arrow to the left.
  static func isLeftArrowHead(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x27E8, 0x3008, 0xFE64, 0xFF1C: true
    default: false
    }
  }

  /// Characters that openCypher 9 accepts as the head of an arrow to the right.
  static func isRightArrowHead(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x27E9, 0x3009, 0xFE65, 0xFF1E: true
    default: false
    }
  }

  /// The closing counterpart of a typographic quotation mark.
  static func closingQuote(of scalar: Unicode.Scalar) -> [Unicode.Scalar]? {
    switch scalar.value {
    case 0x201C, 0x201D, 0x201E: ["\u{201C}", "\u{201D}"]
    case 0x2018, 0x2019, 0x201A: ["\u{2018}", "\u{2019}"]
    case 0xAB: ["\u{BB}"]
    default: nil
    }
  }

  /// Reads the scalar at an offset of valid UTF-8. The text of a `String` always is valid.
  static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let first = bytes[offset]
    if first < 0x80 { return (Unicode.Scalar(first), 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard offset + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for index in 1..<length { value = value << 6 | UInt32(bytes[offset + index] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// `U+2014`.
  static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: Swift.max(0, 4 - digits.utf8.count)) + digits
  }
}
