/// Which clauses may follow which (openCypher 9, SinglePartQuery and MultiPartQuery).
extension Parser {
  /// Reports clauses that stand where openCypher does not allow them. Only asked when the syntax is right.
  mutating func checkComposition(of query: Query, _ context: QueryContext) {
    for part in query.parts { checkComposition(of: part, context, isOnlyPart: query.parts.count == 1) }
    if let first = query.unions.first,
      let other = query.unions.first(where: { $0.keepsDuplicates != first.keepsDuplicates })
    {
      report(
        .mixedUnion,
        "unexpected \(other.keepsDuplicates ? "UNION ALL" : "UNION"), "
          + "expected \(first.keepsDuplicates ? "UNION ALL" : "UNION") as before",
        at: other.range, hint: "one query uses either UNION or UNION ALL throughout")
    }
  }

  private mutating func checkComposition(of query: SingleQuery, _ context: QueryContext, isOnlyPart: Bool) {
    let isStandalone = isOnlyPart && query.clauses.count == 1 && context == .statement
    var lastUpdate: Clause?
    for (position, clause) in query.clauses.enumerated() {
      let word = keyword(of: clause)
      if position > 0, case .returning = query.clauses[position - 1].kind {
        report(
          .invalidClauseComposition, "unexpected \(word) after RETURN, expected the end of the query",
          at: clause.keyword, hint: "use WITH instead of RETURN to go on with the query")
        return
      }
      switch clause.kind {
      case .create, .merge, .set, .remove, .delete:
        if context == .exists || context == .count || context == .collect {
          report(
            .updateInExpression, "unexpected \(word), expected only clauses that read", at: clause.keyword,
            hint: "a subquery in an expression cannot change the graph")
          return
        }
        lastUpdate = clause
      case .match, .unwind, .call, .subquery:
        if let lastUpdate {
          report(
            .invalidClauseComposition,
            "unexpected \(word) after \(keyword(of: lastUpdate)), expected WITH between them",
            at: clause.keyword, hint: "write `WITH *` before \(word)")
          return
        }
        if case .call(let call) = clause.kind { checkCall(call, isStandalone: isStandalone) }
      case .with:
        lastUpdate = nil
      case .returning:
        break
      }
    }
    guard let last = query.clauses.last else { return }
    checkEnd(last, context, isStandalone: isStandalone)
  }

  private mutating func checkEnd(_ last: Clause, _ context: QueryContext, isStandalone: Bool) {
    let isFinished: Bool
    switch last.kind {
    case .returning: isFinished = true
    case .with: isFinished = false
    case .match, .unwind: isFinished = context == .exists || context == .count
    case .call(let call):
      isFinished =
        isStandalone || context == .exists || context == .count || (call.yields == nil && context != .collect)
    case .create, .merge, .set, .remove, .delete, .subquery: isFinished = context != .collect
    }
    if !isFinished {
      report(
        .invalidClauseComposition,
        "query ends with \(keyword(of: last)), expected RETURN"
          + (context == .collect ? "" : " or an update after it"),
        at: last.keyword, hint: "say what to show: `RETURN *`")
    }
  }

  private mutating func checkCall(_ call: CallClause, isStandalone: Bool) {
    if isStandalone { return }
    if call.arguments == nil {
      report(
        .invalidArgumentPassingMode, "call of `\(call.procedure.text)` without arguments, expected `(` and `)`",
        at: call.procedure.range, hint: "only a CALL that stands alone takes its arguments from the parameters")
    }
    if let star = call.yieldStar {
      report(
        .unexpectedToken, "unexpected `*`, expected the names of columns", at: star,
        hint: "only a CALL that stands alone can YIELD *")
    }
  }

  private func keyword(of clause: Clause) -> String {
    switch clause.kind {
    case .match(let match): match.isOptional ? "OPTIONAL MATCH" : "MATCH"
    case .unwind: "UNWIND"
    case .with: "WITH"
    case .returning: "RETURN"
    case .create: "CREATE"
    case .merge: "MERGE"
    case .set: "SET"
    case .remove: "REMOVE"
    case .delete(_, let detach): detach ? "DETACH DELETE" : "DELETE"
    case .call, .subquery: "CALL"
    }
  }
}
