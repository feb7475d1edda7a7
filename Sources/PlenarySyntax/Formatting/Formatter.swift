/// Writes a tree as well-laid text.
///
/// Keywords are in upper case, each clause begins a line, WHERE, ORDER BY, SKIP and LIMIT stand indented on lines of
/// their own, lines are broken at 100 columns where the language allows it, and only the parentheses that matter
/// remain. Names, strings and numbers stay as the user wrote them, and so do comments. Formatting twice changes
/// nothing, and the result parses to an equivalent tree.
///
/// ```swift
/// Formatter.format(Parser.parse("match (n) where (n.x) > 1 return n"))
/// // MATCH (n)
/// //   WHERE n.x > 1
/// // RETURN n
/// ```
public struct Formatter {
  /// Lines longer than this are broken where the language allows it.
  public static let maximumWidth = 100

  static let indentation = 2

  let tree: SyntaxTree
  var output = LineBreaker()
  /// The text's comments in order, and the first that is not written yet.
  let comments: [SourceComment]
  var nextComment = 0
  /// Whether `|` would end the comprehension around the expression at hand.
  var barIsSeparator = false
  /// What `barIsSeparator` was outside the parentheses at hand.
  var barStack: [Bool] = []
  /// Whether clauses begin lines, rather than follow each other on one.
  var breaksClauses = true

  /// The tree's text, laid out; the text itself when it has errors. O(length of the text).
  public static func format(_ tree: SyntaxTree) -> String {
    guard !tree.hasErrors else { return tree.text }
    var formatter = Formatter(tree: tree)
    formatter.emitStatements()
    let text = formatter.output.layOut(width: maximumWidth)
    return text.isEmpty ? "" : text + "\n"
  }

  private init(tree: SyntaxTree) {
    self.tree = tree
    comments = SourceComment.all(in: tree.text)
  }

  // MARK: - Pieces

  mutating func text(_ text: String) { output.text(text) }

  /// A name where only words that are not reserved may stand without quotes.
  func symbolicName(_ name: Name) -> String { NameText.of(name.text, allowsReserved: false) }

  /// A name where any word may stand without quotes.
  func schemaName(_ name: Name) -> String { NameText.of(name.text) }

  /// Items with commas, each on its own line when they do not fit on one.
  mutating func emitList<Item>(
    _ items: [Item], _ separator: LineBreaker.Break = .space, start: (Item) -> UInt32?,
    _ emit: (inout Formatter, Item) -> Void
  ) {
    for (index, item) in items.enumerated() {
      if index > 0 {
        text(",")
        if let start = start(item) { emitTrailingComments(before: start) }
        output.lineBreak(separator)
      }
      if let start = start(item) { emitComments(before: start) }
      emit(&self, item)
    }
  }

  // MARK: - Comments

  /// Writes the comments that stand before an offset at the end of the line at hand.
  mutating func emitTrailingComments(before offset: UInt32) {
    while nextComment < comments.count, comments[nextComment].comment.range.start < offset,
      !comments[nextComment].beginsLine
    {
      emitComment(comments[nextComment])
    }
  }

  /// Writes the comments before an offset that need no line of their own.
  mutating func emitInlineComments(before offset: UInt32) {
    while nextComment < comments.count, comments[nextComment].comment.range.start < offset,
      !comments[nextComment].beginsLine, !comments[nextComment].comment.isLine, !comments[nextComment].endsLine
    {
      nextComment += 1
      text(" " + tree.text(in: comments[nextComment - 1].comment.range))
    }
  }

  /// Writes the comments that stand before an offset.
  mutating func emitComments(before offset: UInt32) {
    while nextComment < comments.count, comments[nextComment].comment.range.start < offset {
      let comment = comments[nextComment]
      if comment.beginsLine { output.lineBreak(comment.followsBlankLine ? .blankLine : .line) }
      emitComment(comment)
    }
  }

  private mutating func emitComment(_ comment: SourceComment) {
    nextComment += 1
    // A space that never breaks; after another comment there is a break already.
    if !comment.beginsLine, !output.endsWithBreak { output.text(" ") }
    var written = tree.text(in: comment.comment.range)
    while written.last == " " || written.last == "\t" { written.removeLast() }
    output.text(written)
    if comment.comment.isLine || comment.endsLine {
      output.lineBreak(comment.precedesBlankLine ? .blankLine : .line)
    } else {
      output.lineBreak(.fill)
    }
  }
}

/// A comment and how it stands among the code.
struct SourceComment {
  var comment: Comment
  /// Whether nothing but white space stands before it on its line.
  var beginsLine: Bool
  /// Whether nothing but white space stands after it on its line.
  var endsLine: Bool
  /// Whether an empty line stands before it.
  var followsBlankLine: Bool
  /// Whether an empty line stands after it.
  var precedesBlankLine: Bool

  static func all(in text: String) -> [SourceComment] {
    var text = text
    return text.withUTF8 { bytes in
      var lexer = Lexer(bytes)
      lexer.lex()
      var result: [SourceComment] = []
      var gapStart: UInt32 = 0
      for token in lexer.tokens {
        for comment in Comment.all(in: bytes, from: gapStart, to: token.start) {
          let before = lineEnds(in: bytes, from: Int(comment.range.start), by: -1)
          let after = lineEnds(in: bytes, from: Int(comment.range.end), by: 1)
          result.append(
            SourceComment(
              comment: comment, beginsLine: before.isEdge || before.count > 0,
              endsLine: after.isEdge || after.count > 0,
              followsBlankLine: before.count > 1, precedesBlankLine: after.count > 1))
        }
        gapStart = token.end
      }
      return result
    }
  }

  /// How many lines end in the white space next to an offset, and whether the text does.
  private static func lineEnds(
    in bytes: UnsafeBufferPointer<UInt8>, from offset: Int, by step: Int
  ) -> (count: Int, isEdge: Bool) {
    var position = step < 0 ? offset - 1 : offset
    var count = 0
    while position >= 0, position < bytes.count, Characters.isWhiteSpace(bytes[position]) {
      if bytes[position] == 0x0A { count += 1 }
      position += step
    }
    return (count, position < 0 || position >= bytes.count)
  }
}
