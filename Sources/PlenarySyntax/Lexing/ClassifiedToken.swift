/// A token or comment of a text and what it looks like, for highlighting.
public struct ClassifiedToken: Hashable, Sendable {
  /// What a token looks like to a reader.
  public enum Class: String, Hashable, Sendable, CaseIterable {
    /// A word of the language, where it is not used as a name.
    case keyword
    /// A variable, label, type, key, function or procedure.
    case name
    /// A name directly before an opening parenthesis.
    case function
    /// A name after `:` where a label or relationship type stands.
    case label
    /// A string literal.
    case string
    /// An integer or float literal.
    case number
    /// A comment.
    case comment
    /// A parameter, with its `$`.
    case parameter
    /// An operator or the dashes and arrows of a pattern.
    case `operator`
    /// A bracket, comma, colon, dot, bar or semicolon.
    case punctuation
    /// What begins no token, or a token that is broken or never closed.
    case error
  }

  /// What it looks like.
  public var tokenClass: Class
  /// Where it stands, in UTF-8 offsets.
  public var range: SourceRange
}

extension Lexer {
  /// The tokens and comments of a text in order, with what each looks like. O(length of the text).
  ///
  /// Any text works, also one that is being typed; white space is what lies between the ranges.
  ///
  /// ```swift
  /// Lexer.tokens("RETURN 1 // one").map(\.tokenClass)   // [.keyword, .number, .comment]
  /// ```
  public static func tokens(_ text: String) -> [ClassifiedToken] {
    var text = text
    return text.withUTF8 { bytes in
      var lexer = Lexer(bytes)
      lexer.lex()
      return lexer.classify()
    }
  }

  private func classify() -> [ClassifiedToken] {
    var result: [ClassifiedToken] = []
    result.reserveCapacity(tokens.count)
    var gapStart: UInt32 = 0
    for (index, token) in tokens.enumerated() {
      for comment in Comment.all(in: bytes, from: gapStart, to: token.start) {
        let isOpen = unterminatedComment.map { UInt32(truncatingIfNeeded: $0) == comment.range.start } ?? false
        result.append(ClassifiedToken(tokenClass: isOpen ? .error : .comment, range: comment.range))
      }
      gapStart = token.end
      if token.kind != .end { result.append(ClassifiedToken(tokenClass: tokenClass(at: index), range: token.range)) }
    }
    return result
  }

  private func tokenClass(at index: Int) -> ClassifiedToken.Class {
    let token = tokens[index]
    if token.flags.contains(.malformed) { return .error }
    switch token.kind {
    case .end, .invalid, .doubleEqual, .exclamationEqual, .doubleAmpersand, .doubleBar, .fatArrow: return .error
    case .string: return .string
    case .integer, .float: return .number
    case .parameter: return .parameter
    case .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace, .comma, .semicolon,
      .colon, .dot, .bar:
      return .punctuation
    case .identifier, .quotedName: return nameClass(at: index)
    default:
      guard token.kind.isKeyword else { return .operator }
      // `n.order`, `(:Set)`, `{end: 1}`: names by their place.
      let before = index > 0 ? tokens[index - 1].kind : .semicolon
      let after = tokens[index + 1].kind
      let isNamed = before == .dot || before == .colon || (after == .colon && before != .case)
      return isNamed ? nameClass(at: index) : .keyword
    }
  }

  private func nameClass(at index: Int) -> ClassifiedToken.Class {
    if tokens[index + 1].kind == .leftParenthesis { return .function }
    guard index > 1 else { return .name }
    switch tokens[index - 1].kind {
    case .ampersand, .exclamation: return .label
    case .colon:
      // In `{key: value}` the name after the colon is a variable.
      let owner = tokens[index - 2].kind
      let isMapEntry = index > 2 && owner.isSchemaName && [.leftBrace, .comma].contains(tokens[index - 3].kind)
      return isMapEntry ? .name : .label
    default: return .name
    }
  }
}

/// A comment of the text.
struct Comment: Hashable, Sendable {
  /// The comment with its marks, without the line break after a line comment.
  var range: SourceRange
  /// Whether it is `// ...` rather than `/* ... */`.
  var isLine: Bool

  /// The comments in a gap between two tokens.
  static func all(in bytes: UnsafeBufferPointer<UInt8>, from start: UInt32, to end: UInt32) -> [Comment] {
    var comments: [Comment] = []
    var position = Int(start)
    let end = Int(end)
    while position + 1 < end {
      guard bytes[position] == UInt8(ascii: "/") else {
        position += 1
        continue
      }
      let isLine = bytes[position + 1] == UInt8(ascii: "/")
      let first = position
      position += 2
      if isLine {
        while position < end, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
      } else {
        while position < end,
          !(bytes[position - 1] == UInt8(ascii: "/") && bytes[position - 2] == UInt8(ascii: "*")
            && position - first >= 4)
        {
          position += 1
        }
      }
      comments.append(
        Comment(
          range: SourceRange(start: UInt32(truncatingIfNeeded: first), end: UInt32(truncatingIfNeeded: position)),
          isLine: isLine))
    }
    return comments
  }
}
