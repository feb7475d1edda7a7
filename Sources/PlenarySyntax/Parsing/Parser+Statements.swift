/// Statements, queries and the order of their clauses.
extension Parser {
  /// Where a query stands; it decides which clauses it may have and how it must end.
  enum QueryContext {
    case statement, call, exists, count, collect
  }

  /// `Cypher`: statements separated by `;`. Empty ones count for nothing.
  mutating func parseStatements() {
    while true {
      while eat(.semicolon) {}
      if kind == .end, recorder == nil { return }
      parseStatement()
      if kind == .end { return }
      if isPanicking || kind != .semicolon {
        fail(expected: "`;` or the end of the statement")
        while kind != .semicolon, kind != .end { advance() }
      }
      isPanicking = false
    }
  }

  /// `Statement`: a query or a command, perhaps under EXPLAIN or PROFILE.
  mutating func parseStatement() {
    let start = index
    statementHasErrors = false
    barIsSeparator = false
    untakenPatterns.removeAll()
    recorder?.beginStatement()
    var planRequest = Statement.PlanRequest.none
    if eat(.explain) {
      planRequest = .explain
    } else if eat(.profile) {
      planRequest = .profile
    }
    let body: Statement.Body?
    switch kind {
    case .create where peek() == .index && peek(2) != .equal: body = parseCreateIndex().map(Statement.Body.schema)
    case .create where peek() == .constraint: body = parseCreateConstraint().map(Statement.Body.schema)
    case .drop: body = parseDrop().map(Statement.Body.schema)
    case .show: body = parseShow().map(Statement.Body.schema)
    default:
      if kind == .create, peek() == .end {
        recorder?.note(.index)
        recorder?.note(.constraint)
      }
      if recorder != nil, planRequest == .none { note([.explain, .profile, .show, .drop]) }
      body = .query(parseQuery(.statement))
    }
    reportUntakenPatterns()
    if let body {
      tree.statements.append(Statement(planRequest: planRequest, body: body, range: range(from: start)))
    }
  }

  /// `RegularQuery`: single queries combined by UNION.
  mutating func parseQuery(_ context: QueryContext) -> QueryID {
    let start = index
    var parts = [parseSingleQuery(context)]
    var unions: [Query.Union] = []
    while !isPanicking, index < queryEnd, at(.union) {
      let keyword = index
      advance()
      let keepsDuplicates = eat(.all)
      unions.append(Query.Union(keepsDuplicates: keepsDuplicates, range: range(from: keyword)))
      recorder?.beginUnionPart()
      parts.append(parseSingleQuery(context))
    }
    let query = Query(parts: parts, unions: unions, range: range(from: start))
    if !statementHasErrors { checkComposition(of: query, context) }
    tree.queries.append(query)
    return QueryID(index: Int32(truncatingIfNeeded: tree.queries.count - 1))
  }

  /// `SingleQuery`: clauses up to UNION, `;`, a closing brace or the end.
  mutating func parseSingleQuery(_ context: QueryContext) -> SingleQuery {
    let start = index
    var clauses: [Clause] = []
    while !isPanicking {
      let before = index
      if kind.beginsClause {
        clauses.append(parseClause())
      } else if isQueryEnd {
        if recorder != nil { noteClauses(after: clauses.last) }
        if clauses.isEmpty, !statementHasErrors { failAtClause(after: nil) }
        break
      } else if let meant = repairMisspeltClause(isFirst: clauses.isEmpty) {
        clauses.append(parseClause(as: meant))
      } else {
        failAtClause(after: clauses.last)
      }
      if isPanicking, index <= queryEnd {
        recoverToClause()
        if index == before, !isQueryEnd, !kind.beginsClause { advance() }
      }
    }
    return SingleQuery(clauses: clauses, range: range(from: start))
  }

  /// Whether nothing of the query at hand is left.
  private var isQueryEnd: Bool {
    kind == .end || kind == .semicolon || kind == .union || index >= queryEnd
  }

  static let clauseKeywords: [TokenKind] = [
    .match, .optional, .unwind, .with, .return, .create, .merge, .set, .remove, .delete, .detach, .call,
  ]
  private static let continuationKeywords: [TokenKind] = [
    .where, .order, .skip, .limit, .union, .on, .yield, .as, .explain, .profile, .and, .or,
  ]

  /// Reports a misspelt clause keyword and says which clause to read in its place.
  private mutating func repairMisspeltClause(isFirst: Bool) -> TokenKind? {
    let candidates = Parser.clauseKeywords + Parser.continuationKeywords
    guard let meant = misspeltKeyword(among: candidates), Parser.clauseKeywords.contains(meant) else { return nil }
    // A name before `,` or `)` is an item of a list that went wrong, not a clause.
    if !isFirst, [.comma, .rightParenthesis, .dot, .colon, .equal].contains(peek()) { return nil }
    report(
      .unexpectedToken, "unexpected \(describe(current)), expected a clause such as MATCH or RETURN", at: current.range,
      hint: "did you mean `\(meant.spelling)`?")
    return meant
  }

  /// Reports that no clause begins here.
  @inline(never) private mutating func failAtClause(after last: Clause?) {
    let expected = "a clause such as MATCH or RETURN"
    switch kind {
    case .where:
      fail(expected: expected, hint: "WHERE stands after MATCH, WITH or YIELD")
    case .order, .skip, .limit:
      fail(expected: expected, hint: "ORDER BY, SKIP and LIMIT stand in this order after RETURN or WITH")
    case .yield:
      fail(expected: expected, hint: "YIELD stands after CALL and the name of a procedure")
    case .rightParenthesis, .rightBracket, .rightBrace:
      fail(expected: expected, hint: "no bracket is open here")
    default:
      let misspelling = hintForMisspelling(among: Parser.clauseKeywords + Parser.continuationKeywords)
      let hint = hintForUnexpectedToken() ?? misspelling ?? last.flatMap(hintForMissingComma)
      fail(expected: last == nil ? expected : expected + ", or the end of the statement", hint: hint)
    }
  }

  /// Whether the token at hand looks like the next item of a list that the clause ended with.
  private func hintForMissingComma(after clause: Clause) -> String? {
    switch clause.kind {
    case .with(let projection), .returning(let projection):
      guard projection.condition == nil, projection.order.isEmpty, projection.skip == nil, projection.limit == nil
      else { return nil }
      switch kind {
      case .identifier, .quotedName, .string, .integer, .float, .parameter, .leftParenthesis, .case, .count:
        return "put a comma between columns"
      default: return nil
      }
    case .match(let match):
      return match.condition == nil && kind == .leftParenthesis ? "put a comma between patterns" : nil
    case .create: return kind == .leftParenthesis ? "put a comma between patterns" : nil
    case .set: return kind == .identifier ? "put a comma between assignments" : nil
    default: return nil
    }
  }

  // MARK: - Subqueries

  /// `{ query }` or `{ pattern WHERE condition }`, from the brace on.
  mutating func parseBracedQuery(_ context: QueryContext) -> QueryID {
    let open = index
    expect(.leftBrace)
    let outerEnd = queryEnd
    let outerBar = barIsSeparator
    let partner = tokens[open].partner
    if partner != Token.noPartner, Int(partner) < outerEnd { queryEnd = Int(partner) }
    barIsSeparator = false
    recorder?.enterScope()
    let query: QueryID
    if context == .exists || context == .count, !isPanicking, startsPattern {
      query = parsePatternQuery()
    } else {
      query = parseQuery(context)
    }
    recorder?.leaveScope(atEnd: kind == .end, exportsColumns: context == .call)
    queryEnd = outerEnd
    barIsSeparator = outerBar
    close(open, expected: "a clause")
    return query
  }

  /// Whether the token at hand begins a pattern rather than a clause.
  private var startsPattern: Bool {
    switch kind {
    case .leftParenthesis, .shortestPath, .allShortestPaths: true
    default: kind.isSymbolicName && peek() == .equal
    }
  }

  /// The short form of EXISTS and COUNT: patterns and a condition, as the MATCH clause they stand for.
  private mutating func parsePatternQuery() -> QueryID {
    let start = index
    let patterns = parsePattern()
    let condition = parseWhere()
    let range = range(from: start)
    let clause = Clause(
      kind: .match(MatchClause(isOptional: false, patterns: patterns, condition: condition)), range: range,
      keyword: SourceRange(at: range.start))
    let query = Query(parts: [SingleQuery(clauses: [clause], range: range)], unions: [], range: range)
    tree.queries.append(query)
    return QueryID(index: Int32(truncatingIfNeeded: tree.queries.count - 1))
  }
}
