/// Atoms: what operators are applied to.
extension Parser {
  /// `Atom`.
  mutating func parseAtom() -> ExpressionID {
    if isPanicking { return missing() }
    switch kind {
    case .integer, .float, .string, .true, .false, .null: return parseLiteral()
    case .parameter: return parseParameter()
    case .case: return parseCase()
    case .leftBracket: return parseBracketed()
    case .leftBrace: return parseMap(role: .mapKey)
    case .leftParenthesis: return isPattern(at: index) ? parsePatternExpression() : parseParenthesized()
    case .exists where peek() == .leftBrace: return parseSubqueryExpression(.exists)
    case .exists where peek() == .leftParenthesis: return parseExistsFunction()
    case .count where peek() == .leftBrace: return parseSubqueryExpression(.count)
    case .count where peek() == .leftParenthesis && peek(2) == .star: return parseCountStar()
    case .collect where peek() == .leftBrace: return parseSubqueryExpression(.collect)
    case .all where peek() == .leftParenthesis, .any where peek() == .leftParenthesis,
      .none where peek() == .leftParenthesis, .single where peek() == .leftParenthesis:
      return parseQuantifier()
    case .reduce where peek() == .leftParenthesis: return parseReduce()
    case .shortestPath where peek() == .leftParenthesis, .allShortestPaths where peek() == .leftParenthesis:
      return parseShortestPath()
    default: break
    }
    if kind.isSymbolicName { return parseNamed() }
    return failAtAtom()
  }

  // Functions on the way of nested expressions are small and not inlined, so that a level of nesting costs little stack.

  @inline(never) private mutating func failAtAtom() -> ExpressionID {
    if recorder != nil { noteExpression() }
    fail(expected: "an expression", hint: hintForUnexpectedAtom())
    return missing()
  }

  @inline(never) private func hintForUnexpectedAtom() -> String? {
    switch kind {
    case .all: return "`all` is written `all(x IN list WHERE condition)`"
    case .star: return "`*` stands alone, right after RETURN or WITH, or in `count(*)`"
    case .equal where index > 0 && tokens[index - 1].kind == .exclamation: return "write `<>` for inequality"
    case .exclamation: return "write `NOT` to negate"
    case .exists: return "write `EXISTS { (a)-->(b) }`"
    case .not: return "put NOT and what it negates in parentheses"
    default:
      let startsAfresh = kind.beginsClause || kind == .where || kind == .order || kind == .limit || kind == .skip
      return hintForUnexpectedToken() ?? (startsAfresh ? nil : hintForReservedName())
    }
  }

  // MARK: - Literals

  /// `Literal`, lists and maps apart.
  @inline(never) private mutating func parseLiteral() -> ExpressionID {
    switch kind {
    case .integer: parseInteger()
    case .float: parseFloat()
    case .string: parseString()
    case .true: takeLiteral(.boolean(true))
    case .false: takeLiteral(.boolean(false))
    default: takeLiteral(.null)
    }
  }

  @inline(never) private mutating func takeLiteral(_ literal: Literal) -> ExpressionID {
    let range = current.range
    advance()
    return make(.literal(literal), range)
  }

  /// `IntegerLiteral`.
  @inline(never) private mutating func parseInteger() -> ExpressionID {
    let token = current
    if token.flags.contains(.malformed) { return takeMalformed() }
    guard let magnitude = integerMagnitude(of: token), let value = Int64(exactly: magnitude) else {
      advance()
      let isNegative = index > 1 && tokens[index - 2].kind == .minus
      report(
        .integerOverflow, "integer `\(isNegative ? "-" : "")\(excerpt(of: token))` does not fit 64 bits",
        at: token.range, hint: "integers range from -9223372036854775808 to 9223372036854775807")
      return make(.missing, token.range)
    }
    return takeLiteral(.integer(value))
  }

  /// The digits of an integer as a number, unless 64 bits are too few.
  func integerMagnitude(of token: Token) -> UInt64? {
    var start = Int(token.start)
    let end = Int(token.end)
    var radix: UInt64 = 10
    if end - start > 2, bytes[start] == UInt8(ascii: "0"), !Characters.isDigit(bytes[start + 1]) {
      radix = bytes[start + 1] | 0x20 == UInt8(ascii: "x") ? 16 : 8
      start += 2
    }
    var value: UInt64 = 0
    for position in start..<end {
      guard let digit = Characters.hexValue(bytes[position]) else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: radix)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      if overflow || carry { return nil }
      value = sum
    }
    return value
  }

  /// `DoubleLiteral`.
  @inline(never) private mutating func parseFloat() -> ExpressionID {
    let token = current
    if token.flags.contains(.malformed) { return takeMalformed() }
    guard let value = Double(text(of: token)), value.isFinite else {
      advance()
      report(
        .floatOverflow, "number `\(excerpt(of: token))` does not fit a 64-bit float", at: token.range,
        hint: "floats range up to about 1.8e308")
      return make(.missing, token.range)
    }
    return takeLiteral(.float(value))
  }

  /// `StringLiteral`.
  @inline(never) private mutating func parseString() -> ExpressionID {
    let token = current
    let start = Int(token.start)
    var end = Int(token.end)
    let quote = bytes[start]
    guard quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return takeMalformed() }
    if token.flags.contains(.malformed) { statementHasErrors = true }
    if end > start + 1, bytes[end - 1] == quote { end -= 1 }
    let content =
      token.flags.contains(.escaped)
      ? EscapeDecoder.decode(bytes, from: start + 1, to: end)
      : String(decoding: bytes[(start + 1)..<end], as: UTF8.self)
    return takeLiteral(.string(content))
  }

  /// Passes over a literal that the lexer has reported.
  @inline(never) private mutating func takeMalformed() -> ExpressionID {
    statementHasErrors = true
    let range = current.range
    advance()
    return make(.missing, range)
  }

  /// `Parameter`.
  @inline(never) mutating func parseParameter() -> ExpressionID {
    let name = takeName()
    return make(.parameter(name), name.range)
  }

  // MARK: - Parentheses, CASE, names

  /// `ParenthesizedExpression`.
  @inline(never) private mutating func parseParenthesized() -> ExpressionID {
    let open = index
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    let id = parseExpression()
    barIsSeparator = outerBar
    close(open, expected: kind == .comma ? nil : "an operator")
    return id
  }

  /// `CaseExpression`.
  @inline(never) private mutating func parseCase() -> ExpressionID {
    let start = index
    let outer = openNode()
    // CASE and END enclose what is between them, as brackets do.
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    let subject = at(.when) ? nil : parseExpression()
    var branches: [ConditionalBranch] = []
    while !isPanicking, eat(.when) {
      let condition = subject == nil ? parseCondition() : parseExpression()
      expect(.then)
      branches.append(ConditionalBranch(when: condition, then: parseExpression()))
    }
    if branches.isEmpty { fail(expected: "WHEN", hint: "write `CASE WHEN condition THEN value ELSE value END`") }
    let otherwise = !isPanicking && eat(.else) ? parseExpression() : nil
    if !isPanicking, !eat(.endKeyword) {
      let expected = otherwise == nil ? "WHEN, ELSE or END" : "END"
      fail(expected: expected, hint: hintForMisspelling(among: [.when, .else, .endKeyword]) ?? "CASE closes with END")
    }
    barIsSeparator = outerBar
    return closeNode(
      .conditional(subject: subject, branches: branches, otherwise: otherwise), range(from: start), outer)
  }

  /// What begins with a name: a function call, a map projection or a variable.
  @inline(never) private mutating func parseNamed() -> ExpressionID {
    if let open = functionParenthesis() { return parseFunction(open) }
    if recorder != nil, peek() == .end { noteExpression() }
    let name = takeName()
    let variable = make(.variable(name), name.range)
    return kind == .leftBrace ? parseMapProjection(of: variable) : variable
  }

  /// The index of the parenthesis after the dotted name at hand, when there is one.
  private func functionParenthesis() -> Int? {
    var position = index + 1
    while kind(at: position) == .dot, kind(at: position + 1).isSchemaName { position += 2 }
    return kind(at: position) == .leftParenthesis ? position : nil
  }
}
