/// Clauses that read: MATCH, UNWIND, CALL; and the choice among all clauses.
extension Parser {
  /// `Clause`, from its keyword; `meant` replaces a misspelt one.
  mutating func parseClause(as meant: TokenKind? = nil) -> Clause {
    let start = index
    let keywordKind = meant ?? kind
    advance()
    var keyword = range(from: start)
    recorder?.beginClause()
    if keywordKind == .optional || keywordKind == .detach {
      let second: TokenKind = keywordKind == .optional ? .match : .delete
      expect(second, hint: hintForMisspelling(among: [second]))
      keyword = range(from: start)
    }
    return Clause(kind: parseBody(of: keywordKind), range: range(from: start), keyword: keyword)
  }

  // One function per clause, not inlined: what a subquery nests is only this one and that of CALL.
  @inline(never) private mutating func parseBody(of keyword: TokenKind) -> Clause.Kind {
    switch keyword {
    case .match: return parseMatch(isOptional: false)
    case .optional: return parseMatch(isOptional: true)
    case .unwind: return parseUnwind()
    case .call: return parseCall()
    case .with: return .with(parseProjection(isWith: true))
    case .return: return .returning(parseProjection(isWith: false))
    default: return parseUpdate(keyword)
    }
  }

  @inline(never) private mutating func parseUpdate(_ keyword: TokenKind) -> Clause.Kind {
    switch keyword {
    case .create: .create(parsePattern())
    case .merge: .merge(parseMerge())
    case .set: .set(parseSetItems())
    case .remove: .remove(parseRemoveItems())
    default: .delete(parseExpressionList(), detach: keyword == .detach)
    }
  }

  /// `Match`, after the keyword.
  @inline(never) private mutating func parseMatch(isOptional: Bool) -> Clause.Kind {
    let patterns = parsePattern()
    let condition = parseWhere()
    return .match(MatchClause(isOptional: isOptional, patterns: patterns, condition: condition))
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
      guard enter(levels: Parser.subqueryLevels) else { return .subquery(emptyQuery()) }
      let query = parseBracedQuery(.call)
      leave(levels: Parser.subqueryLevels)
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
