/// Writes a diagnostic as people read it: where, what, the line with a caret under the place, and the hint.
///
/// ```
/// report.cypher:2:1: error: unexpected `RETRUN`, expected a clause such as MATCH or RETURN
/// RETRUN n.name
/// ^^^^^^
/// hint: did you mean `RETURN`?
/// ```
public struct DiagnosticRenderer: Sendable {
  /// Named before the position; without one the position stands alone.
  public var fileName: String?
  /// The excerpt's width in terminal columns; longer lines are cut around the place.
  public var maximumWidth: Int

  /// Makes a renderer; widths below 20 count as 20.
  public init(fileName: String? = nil, maximumWidth: Int = 100) {
    self.fileName = fileName
    self.maximumWidth = Swift.max(20, maximumWidth)
  }

  /// The diagnostic with its excerpt of `text`, lines separated by LF, no LF at the end. O(offset of the range).
  public func render(_ diagnostic: Diagnostic, in text: String) -> String {
    render(
      diagnostic.severity == .error ? "error" : "warning", diagnostic.message, at: diagnostic.range,
      hint: diagnostic.hint, in: text)
  }

  /// The same for what is not a `Diagnostic`, such as an error at run time; without a range there is no excerpt.
  public func render(
    _ label: String, _ message: String, at range: SourceRange?, hint: String? = nil, in text: String
  ) -> String {
    var lines: [String] = []
    if let range {
      let position = TextPosition(ofOffset: range.start, in: text)
      lines.append("\(fileName.map { $0 + ":" } ?? "")\(position): \(label): \(message)")
      let excerpt = SourceExcerpt(of: range, in: text, maximumWidth: maximumWidth)
      lines.append(excerpt.line)
      lines.append(excerpt.marker)
    } else {
      lines.append("\(fileName.map { $0 + ": " } ?? "")\(label): \(message)")
    }
    if let hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
  }
}

/// One line of a text and the marks to print under it.
///
/// Tabs become four spaces and other control characters `�`, so that a terminal shows what the marks assume; of a range
/// over several lines the first is shown, and marked to its end.
public struct SourceExcerpt: Hashable, Sendable {
  /// The line, cut with `…` where it is longer than the width.
  public private(set) var line = ""
  /// Spaces, then `^` under each column of the range, at least one.
  public private(set) var marker = ""

  /// Takes the line that a range begins on. O(offset of the range).
  public init(of range: SourceRange, in text: String, maximumWidth: Int = 100) {
    var text = text
    let (lineText, marked) = text.withUTF8 { Self.line(around: range, in: $0) }
    var before: [Cell] = []
    var inside: [Cell] = []
    var after: [Cell] = []
    var offset = 0
    for scalar in lineText.unicodeScalars {
      let cell = Cell(scalar)
      if offset < marked.lowerBound {
        before.append(cell)
      } else if offset < marked.upperBound {
        inside.append(cell)
      } else {
        after.append(cell)
      }
      offset += UTF8.width(scalar)
    }
    // What is marked comes first, then what stands before it, then what follows.
    let limit = Swift.max(10, maximumWidth)
    let isCutInside = Self.cutEnd(&inside, to: limit - 2)
    let insideWidth = Self.width(inside)
    let wantedAfter = Swift.min(Self.width(after), (limit - insideWidth) / 3)
    let isCutBefore = Self.cutStart(&before, to: limit - insideWidth - wantedAfter)
    let room = limit - insideWidth - Self.width(before) - (isCutBefore ? 1 : 0)
    let isCutAfter = isCutInside || Self.cutEnd(&after, to: room)
    if isCutInside { after = [] }
    let start = (isCutBefore ? "…" : "") + before.map(\.text).joined()
    line = start + (inside + after).map(\.text).joined() + (isCutAfter ? "…" : "")
    marker =
      String(repeating: " ", count: DisplayWidth.of(start)) + String(repeating: "^", count: Swift.max(1, insideWidth))
  }

  private struct Cell {
    var text: String
    var width: Int

    init(_ scalar: Unicode.Scalar) {
      if scalar == "\t" {
        (text, width) = ("    ", 4)
      } else if scalar.value < 0x20 || (scalar.value >= 0x7F && scalar.value < 0xA0) {
        (text, width) = ("\u{FFFD}", 1)
      } else {
        (text, width) = (String(scalar), DisplayWidth.of(scalar))
      }
    }
  }

  private static func width(_ cells: [Cell]) -> Int { cells.reduce(0) { $0 + $1.width } }

  /// Drops cells from the end until the rest fits; one column is left for the ellipsis.
  private static func cutEnd(_ cells: inout [Cell], to limit: Int) -> Bool {
    var width = width(cells)
    guard width > limit else { return false }
    while width > Swift.max(0, limit - 1), let last = cells.popLast() { width -= last.width }
    return true
  }

  private static func cutStart(_ cells: inout [Cell], to limit: Int) -> Bool {
    var width = width(cells)
    guard width > limit else { return false }
    var dropped = 0
    while width > Swift.max(0, limit - 1), dropped < cells.count {
      width -= cells[dropped].width
      dropped += 1
    }
    // A combining mark does not stand alone.
    while dropped < cells.count, cells[dropped].width == 0 { dropped += 1 }
    cells.removeFirst(dropped)
    return true
  }

  /// The line that a range begins on, at most a few thousand bytes of it around the range, and the range within it.
  private static func line(
    around range: SourceRange, in bytes: UnsafeBufferPointer<UInt8>
  ) -> (text: String, marked: Range<Int>) {
    let context = 2_000
    func isBreak(_ position: Int) -> Bool { bytes[position] == 0x0A || bytes[position] == 0x0D }
    func isContinuation(_ position: Int) -> Bool { bytes[position] & 0xC0 == 0x80 }
    let first = Swift.min(Int(range.start), bytes.count)
    var start = first
    while start > 0, !isBreak(start - 1), first - start < context || isContinuation(start) { start -= 1 }
    var end = first
    while end < bytes.count, !isBreak(end), end - first < context || isContinuation(end) { end += 1 }
    let last = Swift.max(first, Swift.min(Int(range.end), end))
    return (String(decoding: bytes[start..<end], as: UTF8.self), (first - start)..<(last - start))
  }
}
