import Plenary
import PlenarySyntax

/// A text that statements come from, as messages name it.
struct SourceText {
  /// A file name, `-c`, or `standard input`; `nil` for what was typed at the prompt.
  var name: String?
  /// The whole text.
  var text: String
}

/// Writes a diagnostic for people: where, what is wrong, the line with a caret below, and what to do about it.
///
/// ```
/// report.cypher:3:8: error[42002]: variable `m` is not defined
/// RETURN m.name
///        ^
/// hint: did you mean `n`?
/// ```
struct DiagnosticReport {
  var style: Style
  /// Longer lines are cut around the caret.
  var columns: Int = 100

  /// The report on a diagnostic of a statement that starts at `offset` of its source.
  func text(of diagnostic: Diagnostic, in source: SourceText, offset: Int = 0) -> String {
    let isError = diagnostic.severity == .error
    return text(
      title: isError ? style.error("error[\(diagnostic.code.gqlStatus)]") : style.warning("warning"),
      message: diagnostic.message, range: diagnostic.range, hint: diagnostic.hint, source: source, offset: offset,
      mark: isError ? style.error : style.warning)
  }

  /// The report on an error of a statement that starts at `offset` of its source, and on those found with it.
  func text(of error: QueryError, in source: SourceText, offset: Int = 0) -> String {
    var result = text(
      title: style.error("error[\(error.code.gqlStatus)]"), message: error.message, range: error.range,
      hint: error.hint, source: source, offset: offset, mark: style.error)
    for other in error.others { result += text(of: other, in: source, offset: offset) }
    return result
  }

  private func text(
    title: String, message: String, range: SourceRange?, hint: String?, source: SourceText, offset: Int,
    mark: (String) -> String
  ) -> String {
    let message = DisplayWidth.visible(message)
    var result = ""
    if let range {
      let moved = SourceRange(start: Self.move(range.start, by: offset), end: Self.move(range.end, by: offset))
      let position = TextPosition(ofOffset: moved.start, in: source.text)
      if let name = source.name {
        result += "\(name):\(position): "
      } else if source.text.utf8.contains(0x0A) {
        // A statement of one line at the prompt stands right above; in a longer one the line must be found.
        result += "line \(position.line): "
      }
      let excerpt = SourceExcerpt(of: moved, in: source.text, maximumWidth: columns)
      result += "\(title): \(message)\n\(excerpt.line)\n\(mark(excerpt.marker))\n"
    } else {
      result += "\(source.name.map { $0 + ": " } ?? "")\(title): \(message)\n"
    }
    if let hint { result += style.hint("hint: ") + DisplayWidth.visible(hint) + "\n" }
    return result
  }

  private static func move(_ offset: UInt32, by distance: Int) -> UInt32 {
    UInt32(clamping: Int(offset) + distance)
  }
}
