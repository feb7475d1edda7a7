/// Looking at tokens and moving over them; making nodes.
extension Parser {
  var current: Token { tokens[index] }

  /// The kind of a token further on; `end` past the end.
  func peek(_ distance: Int = 1) -> TokenKind {
    let target = index + distance
    return target < tokens.count ? tokens[target].kind : .end
  }

  func kind(at position: Int) -> TokenKind {
    position < tokens.count ? tokens[position].kind : .end
  }

  mutating func advance() {
    guard kind != .end else { return }
    index += 1
    kind = tokens[index].kind
  }

  mutating func jump(to position: Int) {
    index = Swift.min(position, tokens.count - 1)
    kind = tokens[index].kind
  }

  /// Whether the token at hand is of a kind.
  mutating func at(_ wanted: TokenKind) -> Bool {
    if kind == wanted { return true }
    if recorder != nil { note(wanted) }
    return false
  }

  /// Passes over the token at hand when it is of a kind.
  mutating func eat(_ wanted: TokenKind) -> Bool {
    guard at(wanted), !isPanicking else { return false }
    advance()
    return true
  }

  /// Passes over a token that must stand here, or reports that it does not.
  @discardableResult
  mutating func expect(_ wanted: TokenKind, hint: String? = nil) -> Bool {
    if isPanicking { return false }
    if eat(wanted) { return true }
    fail(expected: "`\(wanted.spelling)`", hint: hint)
    return false
  }

  /// The range from a token to the one before the token at hand.
  func range(from start: Int) -> SourceRange {
    guard index > start else { return SourceRange(at: tokens[start].start) }
    return SourceRange(start: tokens[start].start, end: tokens[index - 1].end)
  }

  /// The user's text of a token.
  func text(of token: Token) -> String {
    String(decoding: bytes[Int(token.start)..<Int(token.end)], as: UTF8.self)
  }

  // MARK: - Nesting

  /// What a subquery counts as: it takes that much more stack than any other construct.
  static let subqueryLevels = 2

  /// Enters a nested construct; every successful call is paired with `leave`.
  mutating func enter(levels: Int = 1) -> Bool {
    if isPanicking { return false }
    guard depth + levels <= Parser.maximumNesting else {
      abandonStatement(at: current.range)
      return false
    }
    depth += levels
    return true
  }

  mutating func leave(levels: Int = 1) { depth -= levels }

  // MARK: - Nodes

  /// Makes an expression over operands whose heights are known.
  @inline(never) mutating func make(_ kind: ExpressionKind, _ range: SourceRange, height: Int = 1) -> ExpressionID {
    var kind = kind
    var height = height
    if height > Parser.maximumTreeDepth {
      abandonStatement(at: range)
      kind = .missing
      height = 1
    }
    tallest = Swift.max(tallest, height)
    tree.expressions.append(Expression(kind: kind, range: range))
    heights.append(UInt16(truncatingIfNeeded: height))
    return ExpressionID(index: Int32(truncatingIfNeeded: tree.expressions.count - 1))
  }

  func height(_ id: ExpressionID) -> Int { Int(heights[Int(id.index)]) }

  /// Begins a node whose children are all the expressions made until `closeNode`.
  mutating func openNode() -> Int {
    let outer = tallest
    tallest = 0
    return outer
  }

  @inline(never) mutating func closeNode(_ kind: ExpressionKind, _ range: SourceRange, _ outer: Int) -> ExpressionID {
    let height = tallest + 1
    tallest = outer
    return make(kind, range, height: height)
  }

  /// The node that stands where no expression was found.
  @inline(never) mutating func missing() -> ExpressionID {
    make(.missing, SourceRange(at: current.start))
  }

  @inline(never) mutating func make(_ kind: LabelExpression.Kind, _ range: SourceRange, height: Int = 1)
    -> LabelExpressionID
  {
    tree.labelExpressions.append(LabelExpression(kind: kind, range: range))
    labelHeights.append(UInt16(truncatingIfNeeded: Swift.min(height, Parser.maximumTreeDepth)))
    if height > Parser.maximumTreeDepth { abandonStatement(at: range) }
    return LabelExpressionID(index: Int32(truncatingIfNeeded: tree.labelExpressions.count - 1))
  }
}
