/// Clauses that read: MATCH, UNWIND, CALL; and the choice among all clauses.
extension Parser {
  /// `Clause`, from its keyword; `meant` replaces a misspelt one.
  mutating func parseClause(as meant: TokenKind? = nil) -> Clause {
    let start = index
    let keywordKind = meant ?? kind
    advance()
    var keyword = range(from: start)
    recorder?.beginClause()
    let clauseKind: Clause.Kind
    switch keywordKind {
    case .optional:
      expect(.match, hint: hintForMisspelling(among: [.match]))
      keyword = range(from: start)
      clauseKind = .match(parseMatch(isOptional: true))
    case .match: clauseKind = .match(parseMatch(isOptional: false))
    case .unwind: clauseKind = parseUnwind()
    case .with: clauseKind = .with(parseProjection(isWith: true))
    case .return: clauseKind = .returning(parseProjection(isWith: false))
    case .create: clauseKind = .create(parsePattern())
    case .merge: clauseKind = .merge(parseMerge())
    case .set: clauseKind = .set(parseSetItems())
    case .remove: clauseKind = .remove(parseRemoveItems())
    case .delete: clauseKind = .delete(parseExpressionList(), detach: false)
    case .detach:
      expect(.delete, hint: hintForMisspelling(among: [.delete]))
      keyword = range(from: start)
      clauseKind = .delete(parseExpressionList(), detach: true)
    default: clauseKind = parseCall()
    }
    return Clause(kind: clauseKind, range: range(from: start), keyword: keyword)
  }

  /// `Match`, after the keyword.
  private mutating func parseMatch(isOptional: Bool) -> MatchClause {
    let patterns = parsePattern()
    let condition = parseWhere()
    return MatchClause(isOptional: isOptional, patterns: patterns, condition: condition)
  }

  /// `Where`, if it stands here.
  mutating func parseWhere() -> ExpressionID? {
    guard !isPanicking, eat(.where) else { return nil }
    return parseCondition()
  }

  /// `Unwind`, after the keyword.
  private mutating func parseUnwind() -> Clause.Kind {
    let list = parseExpression()
    let isNamed = expect(.as, hint: "each element needs a name: `UNWIND list AS x`")
    let missing = Name("", at: SourceRange(at: current.start))
    let variable = isNamed ? parseVariable() : nil
    if let variable { recorder?.declare(variable, .value) }
    return .unwind(list: list, variable: variable ?? missing)
  }

  /// `Call`, after the keyword: a procedure or a subquery.
  private mutating func parseCall() -> Clause.Kind {
    if at(.leftBrace) {
      let outer = openNode()
      guard enter() else { return .subquery(emptyQuery()) }
      let query = parseBracedQuery(.call)
      leave()
      tallest = Swift.max(tallest, outer)
      return .subquery(query)
    }
    if recorder != nil { note(.procedure) }
    let procedure = parseDottedName("a procedure or `{`") ?? Name("", at: SourceRange(at: current.start))
    var call = CallClause(procedure: procedure)
    if !isPanicking, at(.leftParenthesis) { call.arguments = parseArguments() }
    if !isPanicking, eat(.yield) { parseYield(&call) }
    return .call(call)
  }

  /// `YieldItems`, after the keyword.
  private mutating func parseYield(_ call: inout CallClause) {
    if kind == .star {
      call.yieldStar = current.range
      advance()
      return
    }
    var yields: [CallClause.Yield] = []
    repeat {
      if recorder != nil { note(.procedureColumn(procedure: call.procedure.text)) }
      guard let column = parseVariable("a column of the procedure") else { break }
      var alias: Name?
      if eat(.as) { alias = parseVariable() }
      recorder?.declare(alias ?? column, .value)
      yields.append(CallClause.Yield(column: column, alias: alias))
    } while eat(.comma)
    call.yields = yields
    call.condition = parseWhere()
  }

  /// A query without clauses, for a tree with errors.
  private mutating func emptyQuery() -> QueryID {
    tree.queries.append(Query(parts: [], unions: [], range: SourceRange(at: current.start)))
    return QueryID(index: Int32(truncatingIfNeeded: tree.queries.count - 1))
  }
}
