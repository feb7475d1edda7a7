import Foundation

/// Inputs that are worth trying again, in one file: a line for each, bytes that a line cannot hold as `\n` or `\xNN`.
package struct Corpus {
  /// The inputs, shortest first.
  package let inputs: [[UInt8]]

  /// Inputs from elsewhere.
  package init(_ inputs: [[UInt8]]) { self.inputs = inputs }

  /// Reads a file with a line for each input.
  package init(file path: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    inputs = bytes.split(separator: UInt8(ascii: "\n")).map { Self.unescaped($0) }
  }

  /// Reads a directory with a file for each input.
  package init(directory path: String) throws {
    let directory = URL(fileURLWithPath: path, isDirectory: true)
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    inputs = Set(try files.map { [UInt8](try Data(contentsOf: $0)) }).filter { !$0.isEmpty }.sorted {
      $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1)
    }
  }

  /// Writes a line for each input.
  package func write(toFile path: String) throws {
    try Data(inputs.flatMap { Self.escaped($0) + [UInt8(ascii: "\n")] }).write(to: URL(fileURLWithPath: path))
  }

  /// Writes a file for each input, named by its number and its size.
  package func write(toDirectory path: String) throws {
    let directory = URL(fileURLWithPath: path, isDirectory: true)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for (index, input) in inputs.enumerated() {
      try Data(input).write(to: directory.appendingPathComponent("kept-\(input.count)-\(index)"))
    }
  }

  private static func escaped(_ input: [UInt8]) -> [UInt8] {
    let isText = String(validating: input, as: UTF8.self) != nil
    return input.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "\\"): Array("\\\\".utf8)
      case UInt8(ascii: "\n"): Array("\\n".utf8)
      case 0..<0x20, 0x7F: hexadecimal(byte)
      case 0x80...: isText ? [byte] : hexadecimal(byte)
      default: [byte]
      }
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> [UInt8] {
    let digits = String(byte, radix: 16)
    return Array(("\\x" + (digits.count < 2 ? "0" : "") + digits).utf8)
  }

  private static func unescaped(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = line
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\"), let mark = rest.popFirst() else {
        bytes.append(byte)
        continue
      }
      switch mark {
      case UInt8(ascii: "n"): bytes.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "x"):
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? UInt8(ascii: "?"))
        rest = rest.dropFirst(2)
      default: bytes.append(mark)
      }
    }
    return bytes
  }
}
