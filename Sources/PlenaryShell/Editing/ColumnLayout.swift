import PlenarySyntax

/// Lays words out in columns, down and then across, as `ls` does.
struct ColumnLayout {
  private let width: Int

  /// For a terminal of so many columns.
  init(_ width: Int) { self.width = width }

  /// More words than anyone reads are cut to this many, and their number told.
  static let limit = 200

  /// The lines, each with its line break.
  func text(of words: [String]) -> String {
    guard !words.isEmpty else { return "" }
    let shown = Array(words.prefix(Self.limit))
    let widths = shown.map { DisplayWidth.of($0) }
    let cell = (widths.max() ?? 1) + 2
    let columns = Swift.max(1, Swift.min(shown.count, (width + 1) / cell))
    let rows = (shown.count + columns - 1) / columns
    var text = ""
    for row in 0..<rows {
      var line = ""
      for index in stride(from: row, to: shown.count, by: rows) {
        line += shown[index]
        if index + rows < shown.count { line += String(repeating: " ", count: cell - widths[index]) }
      }
      text += line + "\n"
    }
    if words.count > shown.count { text += "... and \(words.count - shown.count) more\n" }
    return text
  }
}
