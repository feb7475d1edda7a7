/// Strings as JSON writes them.
enum JSONEscaping {
  /// Appends a string in quotes: only what RFC 8259 section 7 demands is escaped, everything else is UTF-8.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    text.withUTF8Bytes { utf8 in
      for byte in utf8 {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
          bytes.append(UInt8(ascii: "\\"))
          bytes.append(byte)
        case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
        case UInt8(ascii: "\r"): bytes.append(contentsOf: #"\r"#.utf8)
        case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
        case 0..<0x20:
          let digits = String(byte, radix: 16)
          bytes.append(contentsOf: #"\u00"#.utf8)
          if digits.utf8.count == 1 { bytes.append(UInt8(ascii: "0")) }
          bytes.append(contentsOf: digits.utf8)
        default: bytes.append(byte)
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
