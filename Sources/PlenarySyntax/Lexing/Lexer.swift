/// Splits query text into tokens.
///
/// The lexer walks UTF-8 bytes and never fails: bytes that begin no token become an `invalid` one with a diagnostic.
/// White space and comments are the gaps between tokens, so tokens and gaps together are the text. While it goes it
/// pairs the brackets, which spares the parser every search for a closing one.
public struct Lexer {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var tokens: [Token] = []
  var diagnostics: [LexicalDiagnostic] = []
  /// Comments that are never closed run to the end of the text, so there is at most one.
  var unterminatedComment: Int?
  /// Whether the last token is a string or name without its closing quote.
  var endsInsideQuotes = false
  private let keywords = KeywordTable.shared
  private var openBrackets: [Int] = []
  /// How many of each bracket are open: a closing bracket of a kind with none open closes nothing.
  private var openCounts = (parentheses: 0, brackets: 0, braces: 0)

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 4 + 8)
  }

  /// Splits the whole text. O(length).
  mutating func lex() {
    while true {
      skipTrivia()
      if position >= bytes.count { break }
      lexToken()
    }
    append(.end, from: bytes.count)
  }

  /// The byte at a distance from the current one, 0 past the end; no token contains a zero byte outside quotes.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < bytes.count ? bytes[index] : 0
  }

  mutating func append(_ kind: TokenKind, from start: Int, flags: Token.Flags = []) {
    tokens.append(
      Token(
        kind: kind, flags: flags, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: position),
        partner: Token.noPartner))
  }

  /// Reports something about the token that is appended next.
  mutating func report(
    _ code: DiagnosticCode, _ message: String, from start: Int, to end: Int, hint: String? = nil
  ) {
    guard diagnostics.count < Parser.maximumDiagnostics else { return }
    let range = SourceRange(start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
    diagnostics.append(
      LexicalDiagnostic(token: tokens.count, diagnostic: Diagnostic(code, message, at: range, hint: hint)))
  }

  func text(from start: Int, to end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  // MARK: - White space and comments

  /// Passes over white space and comments.
  mutating func skipTrivia() {
    while position < bytes.count {
      let byte = bytes[position]
      if Characters.isWhiteSpace(byte) {
        position += 1
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        skipLine()
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        skipBlockComment()
      } else if byte >= 0x80 {
        let (scalar, length) = Characters.scalar(in: bytes, at: position)
        guard Characters.isWhiteSpace(scalar) else { return }
        position += length
      } else {
        return
      }
    }
  }

  private mutating func skipLine() {
    while position < bytes.count, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
  }

  private mutating func skipBlockComment() {
    let start = position
    position += 2
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        position += 2
        return
      }
      position += 1
    }
    unterminatedComment = start
    report(
      .unterminated, "comment is never closed, expected `*/`", from: start, to: start + 2,
      hint: "end the comment with `*/`")
  }

  // MARK: - Tokens

  private mutating func lexToken() {
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      lexWord()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      lexNumber()
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      lexString(quote: byte)
    case UInt8(ascii: "`"):
      lexQuotedName()
    case UInt8(ascii: "$"):
      lexParameter()
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      lexOpeningBracket(byte)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      lexClosingBracket(byte)
    case 0x80...:
      lexBeyondASCII()
    default:
      lexSign(byte)
    }
  }

  private mutating func lexWord() {
    let start = position
    skipNamePart()
    append(keywords.kind(of: bytes[start..<position]), from: start)
  }

  /// Passes over the characters that continue a name.
  mutating func skipNamePart() {
    while position < bytes.count {
      let byte = bytes[position]
      if Characters.isLetter(byte) || Characters.isDigit(byte) || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "$")
      {
        position += 1
      } else if byte >= 0x80 {
        let (scalar, length) = Characters.scalar(in: bytes, at: position)
        guard Characters.continuesName(scalar) else { return }
        position += length
      } else {
        return
      }
    }
  }

  private mutating func lexSign(_ byte: UInt8) {
    let start = position
    let next = peek(1)
    func pair(_ second: Unicode.Scalar, _ long: TokenKind) -> TokenKind? { next == UInt8(ascii: second) ? long : nil }
    let long: TokenKind?
    let short: TokenKind
    switch byte {
    case UInt8(ascii: ","): (long, short) = (nil, .comma)
    case UInt8(ascii: ";"):
      (long, short) = (nil, .semicolon)
      // No bracket spans statements, so an unclosed one does not swallow the statements after it.
      closeAllBrackets()
    case UInt8(ascii: ":"): (long, short) = (nil, .colon)
    case UInt8(ascii: "."):
      if Characters.isDigit(next) { return lexNumber() }
      (long, short) = (pair(".", .dotDot), .dot)
    case UInt8(ascii: "|"): (long, short) = (pair("|", .doubleBar), .bar)
    case UInt8(ascii: "&"): (long, short) = (pair("&", .doubleAmpersand), .ampersand)
    case UInt8(ascii: "!"): (long, short) = (pair("=", .exclamationEqual), .exclamation)
    case UInt8(ascii: "%"): (long, short) = (nil, .percent)
    case UInt8(ascii: "+"): (long, short) = (pair("=", .plusEqual), .plus)
    case UInt8(ascii: "-"): (long, short) = (nil, .minus)
    case UInt8(ascii: "*"): (long, short) = (nil, .star)
    case UInt8(ascii: "/"): (long, short) = (nil, .slash)
    case UInt8(ascii: "^"): (long, short) = (nil, .caret)
    case UInt8(ascii: "="):
      (long, short) = (pair("~", .regularExpression) ?? pair("=", .doubleEqual) ?? pair(">", .fatArrow), .equal)
    case UInt8(ascii: "<"): (long, short) = (pair("=", .lessOrEqual) ?? pair(">", .notEqual), .less)
    case UInt8(ascii: ">"): (long, short) = (pair("=", .greaterOrEqual), .greater)
    default: return lexInvalid()
    }
    position += long == nil ? 1 : 2
    append(long ?? short, from: start)
  }

  private mutating func lexBeyondASCII() {
    let start = position
    let (scalar, length) = Characters.scalar(in: bytes, at: position)
    if Characters.beginsName(scalar) { return lexWord() }
    let kind: TokenKind
    if Characters.isUnusualDash(scalar) {
      kind = .unusualDash
    } else if Characters.isLeftArrowHead(scalar) {
      kind = .leftArrowHead
    } else if Characters.isRightArrowHead(scalar) {
      kind = .rightArrowHead
    } else if let closing = Characters.closingQuote(of: scalar) {
      return lexTypographicString(closing: closing)
    } else {
      return lexInvalid()
    }
    position += length
    append(kind, from: start)
  }

  /// A character that begins nothing, with the name characters after it: `#5E6f7` is one mistake, not two.
  private mutating func lexInvalid() {
    let start = position
    let (scalar, length) = Characters.scalar(in: bytes, at: position)
    position += length
    if scalar.isASCII {
      let isPrintable = scalar.value > 0x20 && scalar.value < 0x7F
      report(
        .unexpectedToken,
        isPrintable ? "unexpected character `\(scalar)`" : "unexpected character \(Characters.codePoint(scalar))",
        from: start, to: position,
        hint: scalar == "#" ? "comments begin with `//`" : scalar == "@" ? "parameters begin with `$`" : nil)
    } else {
      report(
        .invalidCharacter, "unexpected character `\(scalar)` (\(Characters.codePoint(scalar)))", from: start,
        to: position)
    }
    skipNamePart()
    append(.invalid, from: start, flags: .malformed)
  }

  // MARK: - Brackets

  private mutating func lexOpeningBracket(_ byte: UInt8) {
    let start = position
    position += 1
    openBrackets.append(tokens.count)
    switch byte {
    case UInt8(ascii: "("):
      openCounts.parentheses += 1
      append(.leftParenthesis, from: start)
    case UInt8(ascii: "["):
      openCounts.brackets += 1
      append(.leftBracket, from: start)
    default:
      openCounts.braces += 1
      append(.leftBrace, from: start)
    }
  }

  private mutating func lexClosingBracket(_ byte: UInt8) {
    let start = position
    position += 1
    let closing: TokenKind
    let opening: TokenKind
    let isAnyOpen: Bool
    switch byte {
    case UInt8(ascii: ")"):
      (closing, opening, isAnyOpen) = (.rightParenthesis, .leftParenthesis, openCounts.parentheses > 0)
    case UInt8(ascii: "]"): (closing, opening, isAnyOpen) = (.rightBracket, .leftBracket, openCounts.brackets > 0)
    default: (closing, opening, isAnyOpen) = (.rightBrace, .leftBrace, openCounts.braces > 0)
    }
    let index = tokens.count
    append(closing, from: start)
    guard isAnyOpen else { return }
    // Brackets of other kinds opened since are never closed.
    while let candidate = openBrackets.popLast() {
      let kind = tokens[candidate].kind
      switch kind {
      case .leftParenthesis: openCounts.parentheses -= 1
      case .leftBracket: openCounts.brackets -= 1
      default: openCounts.braces -= 1
      }
      if kind == opening {
        tokens[candidate].partner = UInt32(truncatingIfNeeded: index)
        tokens[index].partner = UInt32(truncatingIfNeeded: candidate)
        return
      }
    }
  }

  private mutating func closeAllBrackets() {
    openBrackets.removeAll(keepingCapacity: true)
    openCounts = (0, 0, 0)
  }

  /// The brackets that are open at the end of the text, innermost last.
  var openBracketsAtEnd: [Token] { openBrackets.map { tokens[$0] } }
}
