/// Reads scripts.
enum ScriptFile {
  /// Why a script could not be read.
  struct Failure: Error, Equatable {
    var message: String
    /// Whether the file opened, but is no text.
    var isText = false
  }

  /// The script in a file; `-` is standard input.
  static func read(_ path: String) throws(Failure) -> SourceText {
    let name = path == "-" ? "standard input" : path
    let bytes: [UInt8]
    do {
      bytes = try path == "-" ? System.readToEnd(System.standardInput) : System.readFile(path)
    } catch {
      throw Failure(message: "cannot read \(name): \(error)")
    }
    return try source(bytes, name: name)
  }

  /// The text in bytes, which must be UTF-8.
  static func source(_ bytes: [UInt8], name: String) throws(Failure) -> SourceText {
    if let text = String(validating: bytes, as: UTF8.self) { return SourceText(name: name, text: text) }
    let repaired = String(decoding: bytes, as: UTF8.self)
    // Repairing changes the text first where it is wrong.
    let offset = zip(bytes, repaired.utf8).prefix { $0 == $1 }.count
    let line = bytes[..<offset].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let lineStart = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = bytes[lineStart..<offset].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    let byte = String(bytes[Swift.min(offset, bytes.count - 1)], radix: 16, uppercase: true)
    throw Failure(message: "\(name):\(line):\(column): found the byte 0x\(byte), expected UTF-8 text", isText: true)
  }
}
