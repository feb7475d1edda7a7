/// A line and a column of a text, both counted from 1, as people and editors say them.
///
/// Columns count Unicode scalars from the start of the line: that is what most editors show, it needs no tables of
/// grapheme rules, and a tab is one column. Lines end with LF, CR LF or CR.
public struct TextPosition: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public var line: Int
  /// The column in Unicode scalars, from 1.
  public var column: Int

  /// Makes a position.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The position of a UTF-8 offset; the end of the text for offsets beyond it. O(offset).
  public init(ofOffset offset: UInt32, in text: String) {
    var text = text
    self = text.withUTF8 { TextPosition(ofOffset: offset, in: $0) }
  }

  init(ofOffset offset: UInt32, in bytes: UnsafeBufferPointer<UInt8>) {
    let end = Swift.min(Int(offset), bytes.count)
    line = 1
    column = 1
    var position = 0
    while position < end {
      let byte = bytes[position]
      if byte == 0x0A || (byte == 0x0D && !(position + 1 < bytes.count && bytes[position + 1] == 0x0A)) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80, byte != 0x0D {
        // Only the first byte of a scalar counts.
        column += 1
      }
      position += 1
    }
  }

  /// `3:14`.
  public var description: String { "\(line):\(column)" }
}
