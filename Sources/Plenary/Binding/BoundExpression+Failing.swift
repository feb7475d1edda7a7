import PlenarySyntax

extension BoundExpression {
  /// Whether testing the condition may fail with an error for some row: it may calculate, convert, or turn out to be
  /// no boolean. Comparisons and the like give null for what they do not fit.
  ///
  /// Where in doubt, true.
  var mayFailAsCondition: Bool { mayFail || !ValueType.boolean.isSuperset(of: type) }

  /// Whether evaluating it may fail with an error for some row. Where in doubt, true.
  var mayFail: Bool {
    switch kind {
    case .constant, .parameter, .variable, .path: return false
    case .isNull(let subject, _): return subject.mayFail
    case .property(let subject, _):
      return subject.mayFail || !ValueType([.node, .relationship, .map]).isSuperset(of: subject.type)
    case .hasLabels(let subject, _):
      return subject.mayFail || !ValueType([.node, .relationship]).isSuperset(of: subject.type)
    case .binary(let op, let left, let right, _):
      switch op {
      case .startsWith, .endsWith, .contains: return left.mayFail || right.mayFail
      case .in: return left.mayFail || right.mayFail || !ValueType.list.isSuperset(of: right.type)
      case .add, .subtract, .multiply, .divide, .modulo, .power:
        return left.mayFail || right.mayFail || !ValueType.float.isSuperset(of: left.type.union(right.type))
      case .matches: return true
      }
    case .comparison, .list: return children.contains(where: \.mayFail)
    case .not, .logical: return children.contains(where: \.mayFailAsCondition)
    default: return true
    }
  }
}

extension BoundExpression {
  /// Whether a place in the text belongs to the expression. The parts of a property map stand apart in the text.
  fileprivate func covers(_ place: SourceRange) -> Bool {
    (range.start <= place.start && place.end <= range.end) || children.contains { $0.covers(place) }
  }
}

extension BoundStatement {
  /// Whether a condition of a pattern may fail, at a place in the text.
  ///
  /// Patterns test conditions as early as they can, so for rows that are no match in the end: such an error may be one
  /// that the query as written does not have.
  func hasPatternCondition(failingAt range: SourceRange) -> Bool {
    var isFound = false
    forEachPattern { pattern in
      isFound =
        isFound
        || pattern.predicates.contains { condition in
          condition.mayFailAsCondition && condition.covers(range)
        }
    }
    return isFound
  }

  /// Whether it calls a procedure, which may do something that must not be done twice.
  var callsProcedures: Bool {
    var isFound = false
    forEachClause { clause in if case .call = clause { isFound = true } }
    return isFound
  }

  private func forEachPattern(_ body: (GraphPattern) -> Void) {
    forEachClause { clause in
      switch clause {
      case .match(let pattern, _): body(pattern)
      case .merge(let merge): body(merge.pattern)
      default: break
      }
    }
  }

  /// Every clause, those of subqueries included.
  private func forEachClause(_ body: (BoundClause) -> Void) {
    func visit(_ query: BoundQuery) {
      for clause in query.parts.flatMap(\.clauses) {
        body(clause)
        if case .subquery(let inner, _) = clause { visit(inner) }
      }
    }
    if case .query(let query) = self.body { visit(query) }
    for subquery in subqueries { visit(subquery.query) }
  }
}
