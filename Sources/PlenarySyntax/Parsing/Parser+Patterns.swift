/// Graph patterns (openCypher 9, Pattern; ISO/IEC 39075 16.4, graph pattern).
extension Parser {
  /// `Pattern`: path patterns separated by commas.
  mutating func parsePattern() -> [PathPattern] {
    var patterns: [PathPattern] = []
    repeat {
      patterns.append(parsePathPattern())
    } while eat(.comma)
    return patterns
  }

  /// `PatternPart`: `p = (a)-->(b)`, with or without the name.
  mutating func parsePathPattern() -> PathPattern {
    let start = index
    var variable: Name?
    if kind.isSymbolicName, peek() == .equal {
      variable = takeName()
      advance()
      if let variable { recorder?.declare(variable, .path) }
    }
    var pattern = parseAnonymousPattern()
    pattern.variable = variable
    pattern.range = range(from: start)
    return pattern
  }

  /// `AnonymousPatternPart`: a chain of nodes and relationships, or a search for the shortest.
  mutating func parseAnonymousPattern() -> PathPattern {
    let start = index
    var pattern = PathPattern(search: .all, elements: [], range: range(from: start))
    if (kind == .shortestPath || kind == .allShortestPaths) && peek() == .leftParenthesis {
      pattern.search = kind == .shortestPath ? .shortest : .allShortest
      advance()
      let open = index
      advance()
      parsePatternElement(into: &pattern.elements)
      close(open)
    } else {
      if recorder != nil { note([.shortestPath, .allShortestPaths]) }
      parsePatternElement(into: &pattern.elements)
    }
    pattern.range = range(from: start)
    return pattern
  }

  /// `PatternElement`: a node and the steps from it; parentheses around the whole mean nothing.
  private mutating func parsePatternElement(into elements: inout [PatternElement]) {
    if kind == .leftParenthesis, peek() == .leftParenthesis {
      let open = index
      guard enter() else { return }
      advance()
      parsePatternElement(into: &elements)
      leave()
      close(open)
      return
    }
    elements.append(.node(parseNode()))
    while !isPanicking, atRelationship {
      elements.append(.relationship(parseRelationship()))
      elements.append(.node(parseNode()))
    }
    if recorder != nil { note(.relationshipPattern) }
  }

  private var atRelationship: Bool {
    switch kind {
    case .minus, .unusualDash, .less, .leftArrowHead: true
    default: false
    }
  }

  /// `NodePattern`.
  private mutating func parseNode() -> NodePattern {
    let start = index
    var node = NodePattern(range: SourceRange(at: current.start))
    guard openNodePattern() else { return node }
    node.variable = parseElementVariable(start, expected: "a variable, `:`, `{` or `)`")
    if !isPanicking, at(.colon) { node.labels = parseLabelCondition(isRelationship: false) }
    if let variable = node.variable { recorder?.declare(variable, .node(labels: node.labels), in: tree) }
    node.properties = parseProperties(of: node.variable)
    node.condition = parseElementWhere()
    closeNodePattern(node, start)
    node.range = range(from: start)
    return node
  }

  @inline(never) private mutating func openNodePattern() -> Bool {
    if recorder != nil { note(.nodePattern) }
    guard !isPanicking else { return false }
    if eat(.leftParenthesis) { return true }
    fail(expected: "a node such as `(n)`", hint: hintForNode())
    return false
  }

  @inline(never) private mutating func closeNodePattern(_ node: NodePattern, _ open: Int) {
    let isBareLabel = kind == .identifier && node.labels == nil
    close(open, expected: closingExpectation(node), hint: isBareLabel ? "labels stand after a colon: `(n:Label)`" : nil)
  }

  /// The variable of a node or relationship pattern, if it has one.
  @inline(never) private mutating func parseElementVariable(_ open: Int, expected: String) -> Name? {
    if recorder != nil { note(.newVariable) }
    if kind.isSymbolicName { return takeName() }
    if kind.isReserved, kind != .where {
      fail(expected: expected, hint: hintForUnclosed(open) ?? hintForReservedName())
    }
    return nil
  }

  private func closingExpectation(_ node: NodePattern) -> String? {
    if node.condition != nil { return nil }
    if node.properties != nil { return "WHERE" }
    return node.labels == nil ? "`:`, `{`, WHERE" : "`{`, WHERE"
  }

  private func hintForNode() -> String? {
    if kind == .greater || kind == .greaterOrEqual { return "arrows have two dashes: `-->`, `<--`, `--`" }
    if kind == .leftBracket { return "relationships stand between two nodes: `(a)-[r]->(b)`" }
    if kind.isSymbolicName { return "nodes stand in parentheses: `(\(excerpt(of: current)))`" }
    return hintForReservedName()
  }

  /// `RelationshipPattern`.
  private mutating func parseRelationship() -> RelationshipPattern {
    let start = index
    var relationship = RelationshipPattern(direction: .either, range: current.range)
    let pointsLeft = eat(.less) || eat(.leftArrowHead)
    parseDash()
    if !isPanicking, at(.leftBracket) { parseDetail(of: &relationship) }
    parseDash()
    let pointsRight = eat(.greater) || eat(.rightArrowHead)
    if pointsLeft != pointsRight { relationship.direction = pointsLeft ? .left : .right }
    relationship.range = range(from: start)
    return relationship
  }

  private mutating func parseDash() {
    if isPanicking || eat(.minus) || eat(.unusualDash) { return }
    let hint = kind == .greater ? "arrows have two dashes: `-->` or `-[r]->`" : nil
    fail(expected: "`-`", hint: hint)
  }

  /// `RelationshipDetail`: what stands in the brackets.
  private mutating func parseDetail(of relationship: inout RelationshipPattern) {
    let open = index
    advance()
    relationship.variable = parseElementVariable(open, expected: "a variable, `:`, `*`, `{` or `]`")
    if !isPanicking, at(.colon) { relationship.types = parseLabelCondition(isRelationship: true) }
    parseLength(of: &relationship)
    if let variable = relationship.variable {
      recorder?.declare(
        variable, relationship.length == nil ? .relationship(types: relationship.types) : .value, in: tree)
    }
    relationship.properties = parseProperties(of: relationship.variable)
    relationship.condition = parseElementWhere()
    let isBareType = kind == .identifier && relationship.types == nil
    let hint = isBareType ? "relationship types stand after a colon: `[r:TYPE]`" : nil
    close(open, expected: relationship.types == nil ? "`:`, `*`, `{`" : "`|`, `*`, `{`", hint: hint)
  }

  @inline(never) private mutating func parseLength(of relationship: inout RelationshipPattern) {
    if isPanicking { return }
    if at(.star) {
      relationship.length = parseLength()
      if kind == .parameter { failAtBound() }
    } else if kind == .dotDot {
      fail(
        expected: "`*` before the bounds", hint: "a variable length is written `*1..3`",
        code: .invalidRelationshipPattern)
    }
  }

  /// `RangeLiteral`: `*`, `*2`, `*1..3`, `*..3`, `*1..`.
  private mutating func parseLength() -> RelationshipPattern.Length {
    let start = index
    advance()
    var length = RelationshipPattern.Length(range: range(from: start))
    var bound = parseBound()
    if eat(.dotDot) {
      length.min = bound
      bound = parseBound()
      length.max = bound
    } else {
      length.min = bound
      length.max = bound
    }
    length.range = range(from: start)
    return length
  }

  private mutating func parseBound() -> Int? {
    switch kind {
    case .integer:
      let token = current
      let tokenIndex = index
      advance()
      if token.flags.contains(.malformed) { return nil }
      guard let magnitude = integerMagnitude(of: token), let bound = Int(exactly: magnitude) else {
        suppressedLexicalDiagnostics.append(tokenIndex)
        report(.integerOverflow, "number `\(excerpt(of: token))` is too large for a length", at: token.range)
        return nil
      }
      return bound
    case .minus, .float, .string, .parameter:
      failAtBound()
      return nil
    default:
      return nil
    }
  }

  private mutating func failAtBound() {
    fail(
      expected: "a whole number of at least 0",
      hint: kind == .parameter ? "the bounds of a length cannot be parameters" : nil,
      code: .invalidRelationshipPattern)
  }

  /// `Properties`: a map literal or a parameter.
  private mutating func parseProperties(of variable: Name?) -> ExpressionID? {
    if isPanicking { return nil }
    if at(.leftBrace) { return parseMap(role: .propertyKey(of: variable?.text)) }
    if recorder != nil { note(ExpectedName.parameter) }
    return kind == .parameter ? parseParameter() : nil
  }

  /// The condition inside a node or relationship pattern (ISO/IEC 39075 16.7, element pattern where clause).
  private mutating func parseElementWhere() -> ExpressionID? {
    let outerBar = barIsSeparator
    barIsSeparator = false
    defer { barIsSeparator = outerBar }
    return parseWhere()
  }

  // MARK: - Telling patterns from expressions

  /// Whether the parenthesis at a position begins a pattern, not an expression in parentheses.
  ///
  /// `(a)` begins both, so what decides is the relationship after the closing parenthesis, which the lexer has paired:
  /// a few tokens are looked at, however deep the parentheses nest. `(a)--(b)` and `(a)<--(b)` are patterns although
  /// arithmetic could read them, as in openCypher 9; `(a)-(b)`, `(a)<-(b)` and `(a)-[1]` are arithmetic.
  func isPattern(at position: Int) -> Bool {
    guard beginsNode(at: position) else { return false }
    let partner = tokens[position].partner
    return partner != Token.noPartner && isRelationship(at: Int(partner) + 1)
  }

  /// Whether what stands at a position reads like a node, as far as its first tokens tell.
  private func beginsNode(at position: Int) -> Bool {
    guard kind(at: position) == .leftParenthesis else { return false }
    let isNamed = kind(at: position + 1).isSymbolicName
    let next = isNamed ? position + 2 : position + 1
    switch kind(at: next) {
    case .rightParenthesis, .colon, .where, .end: return true
    // `$p` and `{...}` are values too; after a name only the braces are, as a map projection.
    case .parameter: return isNamed || endsElement(at: next + 1)
    case .leftBrace:
      guard kind(at: next + 1) == .rightBrace || kind(at: next + 2) == .colon || kind(at: next + 1) == .end else {
        return false
      }
      let partner = tokens[next].partner
      return partner == Token.noPartner || endsElement(at: Int(partner) + 1)
    default: return false
    }
  }

  private func endsElement(at position: Int) -> Bool {
    switch kind(at: position) {
    case .rightParenthesis, .rightBracket, .where, .end: true
    default: false
    }
  }

  /// Whether a relationship and the node after it begin at a position.
  private func isRelationship(at position: Int) -> Bool {
    var position = position
    if kind(at: position) == .less || kind(at: position) == .leftArrowHead { position += 1 }
    guard isDash(at: position) else { return false }
    position += 1
    if kind(at: position) == .leftBracket {
      guard beginsDetail(at: position) else { return false }
      let partner = tokens[position].partner
      guard partner != Token.noPartner else { return true }
      // What no list begins with can only be a relationship, even if the rest is missing.
      if kind(at: position + 1) == .colon { return true }
      position = Int(partner) + 1
    }
    guard isDash(at: position) else { return false }
    position += 1
    if kind(at: position) == .greater || kind(at: position) == .rightArrowHead { return true }
    return beginsNode(at: position) || kind(at: position) == .end
  }

  /// Whether what stands in the brackets at a position reads like a relationship, as far as its first tokens tell.
  private func beginsDetail(at position: Int) -> Bool {
    let next = kind(at: position + 1).isSymbolicName ? position + 2 : position + 1
    switch kind(at: next) {
    case .rightBracket, .colon, .where, .end: return true
    case .parameter: return endsElement(at: next + 1)
    case .leftBrace:
      let partner = tokens[next].partner
      return partner == Token.noPartner || endsElement(at: Int(partner) + 1)
    case .star:
      switch kind(at: next + 1) {
      case .integer, .dotDot, .leftBrace: return true
      default: return endsElement(at: next + 1)
      }
    default: return false
    }
  }

  private func isDash(at position: Int) -> Bool {
    kind(at: position) == .minus || kind(at: position) == .unusualDash
  }

  /// A pattern as an expression: a chain of at least one relationship.
  mutating func parsePatternExpression() -> ExpressionID {
    let start = index
    let outer = openNode()
    var pattern = PathPattern(search: .all, elements: [], range: current.range)
    pattern.elements.append(.node(parseNode()))
    while !isPanicking, isRelationship(at: index) {
      pattern.elements.append(.relationship(parseRelationship()))
      pattern.elements.append(.node(parseNode()))
    }
    if recorder != nil { note(.relationshipPattern) }
    pattern.range = range(from: start)
    let id = closeNode(.pattern(pattern), pattern.range, outer)
    untakenPatterns.append(id)
    return id
  }

  /// Accepts an expression as a condition: only there may a pattern stand.
  mutating func takeAsCondition(_ id: ExpressionID) {
    if untakenPatterns.last == id { untakenPatterns.removeLast() }
  }

  mutating func reportUntakenPatterns() {
    for id in untakenPatterns {
      report(
        .misplacedPattern, "unexpected pattern, expected a value", at: tree[id].range,
        hint: "a pattern is a condition: use it after WHERE or in EXISTS { }, count its matches with COUNT { }")
    }
    untakenPatterns.removeAll()
  }
}
