/// Whether a text can be run as it stands, or needs more lines.
public enum Completeness: Hashable, Sendable {
  /// White space and comments only: nothing to run, nothing open.
  case blank
  /// Ends with `;` outside quotes and comments: what stands before it can be run, or is wrong for good.
  case complete
  /// More text is needed.
  case incomplete(OpenConstruct)

  /// What is open at the end of a text, and where it was opened.
  public struct OpenConstruct: Hashable, Sendable {
    /// The sort of construct.
    public enum Kind: Hashable, Sendable {
      /// A statement without its `;`.
      case statement
      /// A string without its closing quote.
      case string
      /// A name without its closing back quote.
      case quotedName
      /// A comment without its `*/`.
      case comment
      /// An opening parenthesis, bracket or brace without its closing one.
      case bracket
    }

    /// The sort of construct.
    public var kind: Kind
    /// The quote, bracket or comment mark that opened it; the first token of a statement.
    public var opening: SourceRange
  }
}

extension Parser {
  /// Whether a text that is being typed is ready to run. O(length of the text).
  ///
  /// A shell asks on Enter: anything but `complete` continues on the next line. An unclosed bracket before `;` counts
  /// as complete, because no further line can close it.
  ///
  /// ```swift
  /// Parser.completeness(of: "MATCH (n)")               // incomplete, a statement
  /// Parser.completeness(of: "RETURN 'a;")              // incomplete, a string
  /// Parser.completeness(of: "RETURN 1; // the end")    // complete
  /// ```
  public static func completeness(of text: String) -> Completeness {
    var text = text
    return text.withUTF8 { bytes in
      var lexer = Lexer(bytes)
      lexer.lex()
      return completeness(of: lexer)
    }
  }

  private static func completeness(of lexer: Lexer) -> Completeness {
    let tokens = lexer.tokens.dropLast()
    if let start = lexer.unterminatedComment {
      let offset = UInt32(truncatingIfNeeded: start)
      return .incomplete(.init(kind: .comment, opening: SourceRange(start: offset, end: offset + 2)))
    }
    guard let last = tokens.last else { return .blank }
    if lexer.endsInsideQuotes {
      // The quote of a parameter's name stands after its `$`.
      let opening = last.kind == .parameter ? last.start + 1 : last.start
      return .incomplete(
        .init(
          kind: last.kind == .string ? .string : .quotedName, opening: SourceRange(start: opening, end: opening + 1)))
    }
    if last.kind == .semicolon { return .complete }
    if let bracket = lexer.openBracketsAtEnd.last {
      return .incomplete(.init(kind: .bracket, opening: bracket.range))
    }
    let start = tokens.lastIndex { $0.kind == .semicolon }.map { $0 + 1 } ?? 0
    return .incomplete(.init(kind: .statement, opening: tokens[start].range))
  }
}
