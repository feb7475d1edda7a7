/// Lists, maps, comprehensions and map projections.
extension Parser {
  /// What begins with `[`: a list, a list comprehension or a pattern comprehension.
  ///
  /// `[x IN list]` is a comprehension and `[x IN list, y]` a list of two conditions; the first comma, bar or WHERE
  /// directly inside the brackets decides. Each token stands directly inside one bracket only, so all these searches
  /// together take linear time.
  @inline(never) mutating func parseBracketed() -> ExpressionID {
    let next = index + 1
    if kind(at: next).isSymbolicName, kind(at: next + 1) == .in, separator(after: index, orWhere: true) != .comma {
      return parseListComprehension()
    }
    let isNamed = kind(at: next).isSymbolicName && kind(at: next + 1) == .equal
    if isPattern(at: isNamed ? next + 2 : next), [.bar, .end].contains(separator(after: index)) {
      return parsePatternComprehension()
    }
    return parseList()
  }

  /// The first comma, bar and perhaps WHERE directly inside the bracket at a position; `rightBracket` when there is
  /// none, `end` when the bracket is never closed.
  func separator(after open: Int, orWhere: Bool = false) -> TokenKind {
    var position = open + 1
    while position < tokens.count {
      let token = tokens[position]
      switch token.kind {
      case .comma, .bar: return token.kind
      case .end, .semicolon: return .end
      case .where where orWhere: return .where
      case .leftParenthesis, .leftBracket, .leftBrace:
        guard token.partner != Token.noPartner else { return .end }
        position = Int(token.partner)
      case .rightParenthesis, .rightBracket, .rightBrace: return .rightBracket
      default: break
      }
      position += 1
    }
    return .end
  }

  /// `ListLiteral`.
  @inline(never) private mutating func parseList() -> ExpressionID {
    let start = index
    let outer = openNode()
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    let elements = at(.rightBracket) ? [] : parseExpressionList()
    barIsSeparator = outerBar
    close(start, expected: "`,`")
    return closeNode(.list(elements), range(from: start), outer)
  }

  /// `ListComprehension`.
  @inline(never) private mutating func parseListComprehension() -> ExpressionID {
    let start = index
    let outer = openNode()
    let outerBar = barIsSeparator
    barIsSeparator = true
    advance()
    let variable = takeName()
    advance()
    let list = parseExpression()
    recorder?.enterScope()
    recorder?.declare(variable, .value)
    let condition = parseWhere()
    let projection = !isPanicking && eat(.bar) ? parseExpression() : nil
    recorder?.leaveScope(atEnd: kind == .end)
    barIsSeparator = outerBar
    close(start, expected: projection != nil ? nil : condition != nil ? "`|`" : "WHERE, `|`")
    return closeNode(
      .listComprehension(variable: variable, list: list, condition: condition, projection: projection),
      range(from: start), outer)
  }

  /// `PatternComprehension`.
  @inline(never) private mutating func parsePatternComprehension() -> ExpressionID {
    let start = index
    let outer = openNode()
    let outerBar = barIsSeparator
    barIsSeparator = true
    advance()
    recorder?.enterScope()
    let pattern = parsePathPattern()
    let condition = parseWhere()
    expect(.bar, hint: "say what to list: `[(a)-->(b) | b.name]`")
    let projection = parseExpression()
    recorder?.leaveScope(atEnd: kind == .end)
    barIsSeparator = outerBar
    close(start)
    return closeNode(
      .patternComprehension(pattern, condition: condition, projection: projection), range(from: start), outer)
  }

  /// `MapLiteral`.
  @inline(never) mutating func parseMap(role: ExpectedName) -> ExpressionID {
    let start = index
    let outer = openNode()
    guard enter() else { return closeNode(.missing, range(from: start), outer) }
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    var entries: [MapEntry] = []
    if !at(.rightBrace) {
      repeat {
        if recorder != nil { note(role) }
        guard let entry = parseMapEntry() else { break }
        entries.append(entry)
      } while eat(.comma)
    }
    barIsSeparator = outerBar
    leave()
    close(start, expected: "`,`")
    return closeNode(.map(entries), range(from: start), outer)
  }

  @inline(never) private mutating func parseMapEntry() -> MapEntry? {
    if kind == .string {
      fail(expected: "a property key", hint: "keys are written without quotes, or in back quotes")
      return nil
    }
    guard let key = parseSchemaName("a property key") else { return nil }
    expect(.colon, hint: kind == .equal ? "write `\(key.text): value`" : nil)
    return MapEntry(key: key, value: parseExpression())
  }

  /// `MapProjection`, after the variable.
  @inline(never) mutating func parseMapProjection(of subject: ExpressionID) -> ExpressionID {
    let open = index
    let outer = openNode()
    tallest = height(subject)
    guard enter() else { return closeNode(.missing, current.range, outer) }
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    var items: [MapProjectionItem] = []
    if !at(.rightBrace) {
      repeat {
        guard let item = parseMapProjectionItem(of: subject) else { break }
        items.append(item)
      } while eat(.comma)
    }
    barIsSeparator = outerBar
    leave()
    close(open, expected: "`,`")
    let range = tree[subject].range.union(range(from: open))
    return closeNode(.mapProjection(subject, items), range, outer)
  }

  @inline(never) private mutating func parseMapProjectionItem(of subject: ExpressionID) -> MapProjectionItem? {
    if isPanicking { return nil }
    if eat(.dot) {
      if kind == .star {
        let range = current.range
        advance()
        return .allProperties(range)
      }
      if recorder != nil { notePropertyKey(of: subject) }
      return parseSchemaName("a property key or `*`").map { .property($0) }
    }
    if recorder != nil { note(.variable) }
    guard kind.isSchemaName else {
      fail(expected: "`.key`, `.*`, `key: value` or a variable")
      return nil
    }
    if peek() == .colon { return parseMapEntry().map { .entry($0) } }
    return parseVariable().map { .variable($0) }
  }
}
