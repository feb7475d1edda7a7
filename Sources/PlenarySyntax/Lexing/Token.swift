/// One token: its kind and where it stands. White space and comments are the gaps between tokens.
struct Token: Sendable {
  /// What a token carries besides its kind.
  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8
    /// The lexer found something wrong in the token, and has said so.
    static let malformed = Flags(rawValue: 1)
    /// A string or quoted name whose text is not simply what stands between its quotes.
    static let escaped = Flags(rawValue: 2)
  }

  /// What `partner` holds where there is none.
  static let noPartner = UInt32.max

  var kind: TokenKind
  var flags: Flags
  var start: UInt32
  var end: UInt32
  /// For a bracket, the index of the token that closes or opens it.
  var partner: UInt32

  var range: SourceRange { SourceRange(start: start, end: end) }
}

/// A diagnostic of the lexer and the token it belongs to, so that the parser can replace it by a better one.
struct LexicalDiagnostic: Sendable {
  var token: Int
  var diagnostic: Diagnostic
}
