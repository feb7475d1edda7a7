import Plenary
import PlenarySyntax

/// A text that statements come from, as messages name it.
struct SourceText {
  /// A file name, `-c`, or `standard input`; `nil` for what was typed at the prompt.
  var name: String?
  /// The whole text.
  var text: String
}

/// Writes a diagnostic for people: what is wrong, where, the line with a caret below, and what to do about it.
///
/// ```
/// error[42002]: variable `m` is not defined
///   --> report.cypher:3:8
///   |
/// 3 | RETURN m.name
///   |        ^
///   = hint: did you mean `n`?
/// ```
struct DiagnosticReport {
  var style: Style
  /// Longer lines are shown from near the caret on.
  var columns: Int = 100

  /// The report on a diagnostic of a statement that starts at `offset` of its source.
  func text(of diagnostic: Diagnostic, in source: SourceText, offset: Int = 0) -> String {
    let isError = diagnostic.severity == .error
    return text(
      title: isError ? style.error("error[\(diagnostic.code.gqlStatus)]") : style.warning("warning"),
      message: diagnostic.message, range: diagnostic.range, hint: diagnostic.hint, source: source, offset: offset,
      marker: isError ? style.error : style.warning)
  }

  /// The report on an error of a statement that starts at `offset` of its source, and on those found with it.
  func text(of error: QueryError, in source: SourceText, offset: Int = 0) -> String {
    var result = text(
      title: style.error("error[\(error.code.gqlStatus)]"), message: error.message, range: error.range,
      hint: error.hint, source: source, offset: offset, marker: style.error)
    for other in error.others { result += text(of: other, in: source, offset: offset) }
    return result
  }

  private func text(
    title: String, message: String, range: SourceRange?, hint: String?, source: SourceText, offset: Int,
    marker: (String) -> String
  ) -> String {
    var result = title + ": " + style.strong(DisplayWidth.visible(message)) + "\n"
    var gutter = "  "
    if let range {
      let excerpt = Excerpt(source.text, from: offset + Int(range.start), to: offset + Int(range.end), columns: columns)
      let number = String(excerpt.line)
      gutter = String(repeating: " ", count: number.count + 1)
      let bar = style.faint("|")
      if let name = source.name {
        result += style.faint(gutter + "--> ") + "\(name):\(excerpt.line):\(excerpt.column)\n"
        result += gutter + bar + "\n"
      }
      result += style.faint(number) + " " + bar + (excerpt.text.isEmpty ? "" : " " + excerpt.text) + "\n"
      result += gutter + bar + " " + String(repeating: " ", count: excerpt.indent)
      result += marker(String(repeating: "^", count: excerpt.width)) + "\n"
    } else if let name = source.name {
      result += style.faint(gutter + "--> ") + name + "\n"
    }
    if let hint { result += gutter + style.faint("= ") + style.hint("hint: ") + DisplayWidth.visible(hint) + "\n" }
    return result
  }
}

/// The line of a text that a range starts in, ready to be shown with a caret below it.
struct Excerpt: Equatable {
  /// The number of the line, from 1.
  var line: Int
  /// The number of the character (code point) in the line, from 1.
  var column: Int
  /// The line, or the part of it around the range.
  var text: String
  /// The columns before the caret.
  var indent: Int
  /// The columns of the caret, at least one.
  var width: Int

  /// Finds the line of a UTF-8 range, which may lie anywhere. O(length of the text).
  init(_ source: String, from start: Int, to end: Int, columns: Int = 100) {
    let bytes = Array(source.utf8)
    let start = Swift.max(0, Swift.min(start, bytes.count))
    let end = Swift.max(start, Swift.min(end, bytes.count))
    line = 1
    var lineStart = 0
    var position = 0
    while position < start {
      // CR LF is one line break.
      if bytes[position] == 0x0A || (bytes[position] == 0x0D && !(position + 1 < bytes.count && bytes[position + 1] == 0x0A)) {
        line += 1
        lineStart = position + 1
      }
      position += 1
    }
    // Far more than fits on any screen is not decoded: a line may be megabytes long.
    let window = 8 * columns
    let lineEnd = bytes[start...].prefix(window).firstIndex { $0 == 0x0A || $0 == 0x0D } ?? Swift.min(start + window, bytes.count)
    column = bytes[lineStart..<start].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    var shownStart = lineStart
    if start - lineStart > window {
      shownStart = start - window
      while shownStart < start, bytes[shownStart] & 0xC0 == 0x80 { shownStart += 1 }
    }
    var before = Self.plain(bytes[shownStart..<start])
    let marked = Self.plain(bytes[start..<Swift.max(start, Swift.min(end, lineEnd))])
    let after = Self.plain(bytes[Swift.max(start, Swift.min(end, lineEnd))..<lineEnd])
    var isCut = shownStart > lineStart
    while DisplayWidth.of(before) > columns * 2 / 3, before.count > 1 {
      before = String(before.suffix(before.count * 2 / 3))
      isCut = true
    }
    if isCut { before = "…" + before }
    indent = DisplayWidth.of(before)
    let room = Swift.max(1, columns - indent)
    width = Swift.max(1, Swift.min(DisplayWidth.of(marked), room))
    text = DisplayWidth.truncate(before + marked + after, to: Swift.max(columns, indent + width))
    while text.last == " " { text.removeLast() }
  }

  private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
    DisplayWidth.visible(String(decoding: bytes, as: UTF8.self).replacingScalar("\t", with: "    "))
  }
}
