/// Reporting what is wrong, and finding the place to go on.
///
/// An error sets `isPanicking`; until a recovery point clears it nothing more is reported and nothing more is consumed,
/// so one mistake makes one diagnostic. Recovery points are closing brackets, clause keywords and `;`.
extension Parser {
  /// Reports that the token at hand is not what must stand here.
  @inline(never) mutating func fail(expected: String, hint: String? = nil, code: DiagnosticCode? = nil) {
    guard !isPanicking else { return }
    let token = current
    if kind == .end {
      // Inside an unclosed string or comment the lexer has said what is wrong.
      if !endsInsideQuotesOrComment {
        report(
          code ?? .unexpectedEnd, "unexpected end of text, expected \(expected)", at: SourceRange(at: endOfText),
          hint: hint)
      }
    } else if kind == .invalid {
      statementHasErrors = true
    } else {
      suppressedLexicalDiagnostics.append(index)
      report(
        code ?? .unexpectedToken, "unexpected \(describe(token)), expected \(expected)", at: token.range,
        hint: hint ?? hintForUnexpectedToken())
    }
    isPanicking = true
    statementHasErrors = true
    recorder?.isRecording = false
  }

  /// Reports something and goes on as if it had been right.
  @inline(never) mutating func report(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange, hint: String? = nil
  ) {
    statementHasErrors = true
    guard diagnostics.count < Parser.maximumDiagnostics, diagnostics.last?.range != range else { return }
    diagnostics.append(Diagnostic(code, message, at: range, hint: hint))
  }

  /// Reports that the text nests too deep and passes over the rest of the statement.
  @inline(never) mutating func abandonStatement(at range: SourceRange) {
    guard !isPanicking else { return }
    let start = Swift.max(range.start, range.end &- 1)
    report(
      .nestingTooDeep,
      "nesting is too deep, expected at most \(Parser.maximumNesting) levels of nesting and "
        + "\(Parser.maximumTreeDepth) operators in a row",
      at: SourceRange(start: start, end: range.end),
      hint: "split the query, or pass long lists of values as a parameter")
    isPanicking = true
    while kind != .semicolon, kind != .end { advance() }
  }

  /// Where the text's last token ends: what is missing belongs there, not after trailing white space.
  var endOfText: UInt32 { index > 0 ? tokens[index - 1].end : current.start }

  /// A token as messages name it.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .end: return "end of text"
    case .string: return "string \(excerpt(of: token))"
    case .parameter: return "parameter `\(excerpt(of: token))`"
    case .integer, .float: return "number `\(excerpt(of: token))`"
    case .quotedName: return "name \(excerpt(of: token))"
    case .unusualDash, .leftArrowHead, .rightArrowHead:
      let scalar = Characters.scalar(in: bytes, at: Int(token.start)).scalar
      return "`\(scalar)` (\(Characters.codePoint(scalar)))"
    default: return "`\(excerpt(of: token))`"
    }
  }

  /// The text of a token, at most 40 characters and one line of it.
  func excerpt(of token: Token) -> String {
    guard token.end - token.start > 40 || token.kind == .string || token.kind == .quotedName else {
      return text(of: token)
    }
    let cut = Swift.min(Int(token.end - token.start), 160)
    let start = Int(token.start)
    let text = String(decoding: bytes[start..<(start + cut)], as: UTF8.self)
    let line = text.prefix { !$0.isNewline }
    if line.count <= 40, line.utf8.count == Int(token.end - token.start) { return text }
    return line.prefix(36) + "…"
  }

  // MARK: - Recovery

  /// Passes over the bracket that closes the one at `open`, or reports its absence; after an error inside the brackets
  /// goes on behind them.
  @inline(never) mutating func close(_ open: Int, expected: String? = nil, hint: String? = nil) {
    guard let closing = tokens[open].kind.closingBracket else { return }
    if !isPanicking {
      if eat(closing) { return }
      let wanted = expected.map { "\($0) or `\(closing.spelling)`" } ?? "`\(closing.spelling)`"
      fail(expected: wanted, hint: hint ?? hintForUnexpectedToken() ?? hintForUnclosed(open))
    }
    let partner = tokens[open].partner
    if partner != Token.noPartner, Int(partner) >= index {
      jump(to: Int(partner) + 1)
      isPanicking = false
    }
  }

  /// Where an unclosed bracket was opened, when it is one.
  func hintForUnclosed(_ open: Int) -> String? {
    guard tokens[open].partner == Token.noPartner, diagnostics.count < Parser.maximumDiagnostics else { return nil }
    let position = TextPosition(ofOffset: tokens[open].start, in: bytes)
    return "close the `\(tokens[open].kind.spelling)` of line \(position.line), column \(position.column)"
  }

  /// Passes over tokens up to the next clause, UNION, `;` or the end of the query at hand.
  mutating func recoverToClause() {
    while index < queryEnd, kind != .semicolon, kind != .end {
      if kind == .union || (kind.beginsClause && !isNamePosition) { break }
      let partner = current.partner
      if kind.closingBracket != nil, partner != Token.noPartner, Int(partner) < queryEnd {
        jump(to: Int(partner) + 1)
      } else {
        advance()
      }
    }
    // At the end of a statement every construct around is lost too; only the statement's own loop goes on.
    if depth == 0 || (kind != .semicolon && kind != .end) { isPanicking = false }
  }

  /// Whether a keyword at hand is a name by its place, such as `set` in `n.set`, `(n:Set)` and `{set: 1}`.
  private var isNamePosition: Bool {
    let before = index > 0 ? tokens[index - 1].kind : .semicolon
    return before == .dot || before == .colon || before == .as || peek() == .colon || peek() == .dot
      || (kind == .call && (peek() == .comma || peek() == .equal))
  }
}
