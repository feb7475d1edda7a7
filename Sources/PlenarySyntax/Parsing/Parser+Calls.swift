/// Everything written like a call: functions, quantifiers, reduce, EXISTS, COUNT, COLLECT, shortestPath.
extension Parser {
  /// `FunctionInvocation`; `open` is the index of its parenthesis.
  mutating func parseFunction(_ open: Int) -> ExpressionID {
    let start = index
    let outer = openNode()
    var name = takeName()
    while index < open {
      advance()
      let part = takeName()
      name.text += "." + part.text
      name.range = name.range.union(part.range)
    }
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    let isDistinct = eat(.distinct)
    var arguments: [ExpressionID] = []
    if isDistinct || !at(.rightParenthesis) { arguments = parseExpressionList() }
    let hint = kind == .where || kind == .bar ? hintForOldListFunction(name.text) : nil
    barIsSeparator = outerBar
    close(open, expected: "`,`", hint: hint)
    let call = FunctionCall(function: name, isDistinct: isDistinct, arguments: arguments)
    return closeNode(.call(call), range(from: start), outer)
  }

  private func hintForOldListFunction(_ name: String) -> String? {
    switch name.lowercased() {
    case "filter": "write `[x IN list WHERE condition]`"
    case "extract": "write `[x IN list | expression]`"
    case "reduce": "write `reduce(sum = 0, x IN list | sum + x)`"
    default: nil
    }
  }

  /// `( expressions )`, the arguments of a procedure.
  mutating func parseArguments() -> [ExpressionID] {
    let open = index
    advance()
    let arguments = at(.rightParenthesis) ? [] : parseExpressionList()
    close(open, expected: "`,`")
    return arguments
  }

  /// `exists(...)`: a function that also takes a pattern.
  mutating func parseExistsFunction() -> ExpressionID {
    let start = index
    let outer = openNode()
    let name = takeName()
    let open = index
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    let argument = parseCondition()
    barIsSeparator = outerBar
    close(open)
    let call = FunctionCall(function: name, isDistinct: false, arguments: [argument])
    return closeNode(.call(call), range(from: start), outer)
  }

  /// `count(*)`.
  mutating func parseCountStar() -> ExpressionID {
    let start = index
    advance()
    let open = index
    advance()
    advance()
    close(open)
    return make(.countStar, range(from: start))
  }

  /// `Quantifier`: `all(x IN list WHERE condition)` and its like.
  mutating func parseQuantifier() -> ExpressionID {
    let start = index
    let outer = openNode()
    let quantifier: Quantifier =
      switch kind {
      case .all: .all
      case .any: .any
      case .none: .none
      default: .single
      }
    advance()
    let open = index
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    let variable = parseVariable() ?? Name("", at: SourceRange(at: current.start))
    expect(.in, hint: "write `\(quantifier.rawValue)(x IN list WHERE condition)`")
    let list = parseExpression()
    recorder?.enterScope()
    recorder?.declare(variable, .value)
    let condition = parseWhere()
    recorder?.leaveScope(atEnd: kind == .end)
    barIsSeparator = outerBar
    close(open, expected: condition == nil ? "WHERE" : nil)
    return closeNode(
      .quantifier(quantifier, variable: variable, list: list, condition: condition), range(from: start), outer)
  }

  /// `reduce(accumulator = initial, x IN list | step)`.
  mutating func parseReduce() -> ExpressionID {
    let start = index
    let outer = openNode()
    advance()
    let open = index
    let outerBar = barIsSeparator
    barIsSeparator = true
    advance()
    let accumulator = parseVariable() ?? Name("", at: SourceRange(at: current.start))
    expect(.equal, hint: "write `reduce(sum = 0, x IN list | sum + x)`")
    let initial = parseExpression()
    expect(.comma)
    let variable = parseVariable() ?? Name("", at: SourceRange(at: current.start))
    expect(.in)
    let list = parseExpression()
    recorder?.enterScope()
    recorder?.declare(accumulator, .value)
    recorder?.declare(variable, .value)
    expect(.bar)
    let step = parseExpression()
    recorder?.leaveScope(atEnd: kind == .end)
    barIsSeparator = outerBar
    close(open)
    return closeNode(
      .reduce(accumulator: accumulator, initial: initial, variable: variable, list: list, step: step),
      range(from: start), outer)
  }

  /// `EXISTS { ... }`, `COUNT { ... }`, `COLLECT { ... }`.
  mutating func parseSubqueryExpression(_ subquery: SubqueryKind) -> ExpressionID {
    let start = index
    let outer = openNode()
    advance()
    guard enter(levels: Parser.subqueryLevels) else { return closeNode(.missing, range(from: start), outer) }
    let context: QueryContext =
      switch subquery {
      case .exists: .exists
      case .count: .count
      case .collect: .collect
      }
    let query = parseBracedQuery(context)
    leave(levels: Parser.subqueryLevels)
    return closeNode(.subquery(subquery, query), range(from: start), outer)
  }

  /// `shortestPath((a)-[*]->(b))` as a value.
  mutating func parseShortestPath() -> ExpressionID {
    let start = index
    let outer = openNode()
    let pattern = parseAnonymousPattern()
    return closeNode(.pattern(pattern), range(from: start), outer)
  }
}
