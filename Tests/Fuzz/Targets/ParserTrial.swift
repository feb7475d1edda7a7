import PlenarySyntax

/// Parses a text, lays it out, and asks what may follow in many places of it.
enum ParserTrial {
  /// At most so many places are asked for completions, for each reads all that stands before it.
  private static let completions = 4

  static func run(_ text: String) throws(FuzzFinding) {
    let length = text.utf8.count
    let tree = Parser.parse(text)
    for diagnostic in tree.diagnostics {
      try FuzzFinding.require(
        diagnostic.range.start <= diagnostic.range.end && Int(diagnostic.range.end) <= length,
        "a diagnostic beyond the text: \(diagnostic)")
    }
    for diagnostic in tree.diagnostics.prefix(2) { _ = DiagnosticRenderer().render(diagnostic, in: text) }
    try tokens(of: text, length: length)
    _ = Parser.completeness(of: text)
    for part in 0...completions { _ = Completion.at(length * part / completions, in: text) }
    let outline = tree.outline
    guard !tree.hasErrors else { return }
    try layout(of: tree, outline: outline)
  }

  /// The tokens of a text follow each other.
  private static func tokens(of text: String, length: Int) throws(FuzzFinding) {
    var end: UInt32 = 0
    for token in Lexer.tokens(text) {
      try FuzzFinding.require(token.range.start >= end && token.range.end > token.range.start, "tokens out of order")
      end = token.range.end
    }
    try FuzzFinding.require(Int(end) <= length, "a token beyond the text")
  }

  /// A tree laid out as text is the same tree, and laying it out again changes nothing.
  private static func layout(of tree: SyntaxTree, outline: String) throws(FuzzFinding) {
    let formatted = Formatter.format(tree)
    let again = Parser.parse(formatted)
    try FuzzFinding.require(!again.hasErrors, "the formatted text has errors:\n\(formatted)")
    try FuzzFinding.require(
      again.outline == outline, "the formatted text is another tree:\n\(formatted)\n\(outline)\n\(again.outline)")
    let twice = Formatter.format(again)
    try FuzzFinding.require(twice == formatted, "formatting twice changes the text:\n\(formatted)\n\(twice)")
  }
}
