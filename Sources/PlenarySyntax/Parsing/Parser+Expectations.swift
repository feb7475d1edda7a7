/// Telling the completion recorder what may stand at the end of the text.
extension Parser {
  mutating func note(_ wanted: TokenKind) {
    if kind == .end, !isPanicking { recorder?.note(wanted) }
  }

  mutating func note(_ wanted: [TokenKind]) {
    for wanted in wanted { note(wanted) }
  }

  mutating func note(_ name: ExpectedName) {
    if kind == .end, !isPanicking { recorder?.note(name) }
  }

  /// What an expression may begin with.
  mutating func noteExpression() {
    note([
      .not, .case, .true, .false, .null, .exists, .count, .collect, .all, .any, .none, .single, .reduce, .shortestPath,
      .allShortestPaths,
    ])
    note(.variable)
    note(.function)
    note(ExpectedName.parameter)
  }

  /// The operators that may follow an operand.
  mutating func noteOperators(_ loosest: Precedence) {
    if loosest <= .or { note(.or) }
    if loosest <= .xor { note(.xor) }
    if loosest <= .and { note(.and) }
    if loosest <= .predicate { note([.in, .starts, .ends, .contains, .is]) }
  }

  /// The clauses that may follow one, by the rules that `checkComposition` holds queries to.
  mutating func noteClauses(after last: Clause?) {
    if last != nil { note(.union) }
    switch last?.kind {
    case .returning: break
    case .create, .merge, .set, .remove, .delete:
      note([.with, .return, .create, .merge, .set, .remove, .delete, .detach])
    default: note(Parser.clauseKeywords)
    }
  }

  mutating func notePropertyKey(of subject: ExpressionID) {
    if case .variable(let name) = tree[subject].kind {
      note(.propertyKey(of: name.text))
    } else {
      note(.propertyKey(of: nil))
    }
  }
}
