import PlenarySyntax

extension SyntaxTree {
  /// The expressions directly inside an expression; subqueries and patterns are not entered.
  func children(of id: ExpressionID) -> [ExpressionID] {
    switch self[id].kind {
    case .missing, .literal, .parameter, .variable, .countStar, .pattern, .subquery: []
    case .property(let subject, _), .hasLabels(let subject, _), .isNull(let subject, _), .unary(_, let subject):
      [subject]
    case .element(let subject, let index): [subject, index]
    case .slice(let subject, let from, let to): [subject, from, to].compactMap { $0 }
    case .binary(_, let left, let right, _): [left, right]
    case .logical(_, let operands), .list(let operands): operands
    case .comparison(let first, let links): [first] + links.map(\.operand)
    case .map(let entries): entries.map(\.value)
    case .mapProjection(let subject, let items):
      [subject]
        + items.compactMap { item in
          if case .entry(let entry) = item { entry.value } else { nil }
        }
    case .call(let call): call.arguments
    case .conditional(let subject, let branches, let otherwise):
      [subject].compactMap { $0 } + branches.flatMap { [$0.when, $0.then] } + [otherwise].compactMap { $0 }
    case .listComprehension(_, let list, let condition, let projection):
      [list, condition, projection].compactMap { $0 }
    case .patternComprehension(_, let condition, let projection): [condition, projection].compactMap { $0 }
    case .quantifier(_, _, let list, let condition): [list, condition].compactMap { $0 }
    case .reduce(_, let initial, _, let list, let step): [initial, list, step]
    }
  }

  /// Whether an expression holds an aggregating call; those inside subqueries are theirs.
  func containsAggregate(_ id: ExpressionID) -> Bool {
    if isAggregate(id) { return true }
    return children(of: id).contains(where: containsAggregate)
  }

  /// The aggregating calls in an expression; those inside subqueries are theirs.
  func aggregates(in id: ExpressionID) -> [ExpressionID] {
    isAggregate(id) ? [id] : children(of: id).flatMap(aggregates)
  }

  /// Whether an expression is itself an aggregating call.
  func isAggregate(_ id: ExpressionID) -> Bool {
    switch self[id].kind {
    case .countStar: true
    case .call(let call): FunctionRegistry.shared.aggregate(named: call.function.text) != nil
    default: false
    }
  }

  /// Whether two expressions are written the same way, apart from white space, case of keywords and parentheses.
  ///
  /// Patterns and subqueries are never the same.
  func isSame(_ a: ExpressionID, _ b: ExpressionID) -> Bool {
    if a == b { return true }
    let left = children(of: a)
    let right = children(of: b)
    guard left.count == right.count, hasSameForm(self[a].kind, self[b].kind) else { return false }
    return zip(left, right).allSatisfy { isSame($0, $1) }
  }

  /// Whether two nodes are alike, their children aside.
  private func hasSameForm(_ a: ExpressionKind, _ b: ExpressionKind) -> Bool {
    switch (a, b) {
    case (.literal(.string(let x)), .literal(.string(let y))): x.hasSameCodePoints(as: y)
    case (.literal(let x), .literal(let y)): x == y
    case (.parameter(let x), .parameter(let y)), (.variable(let x), .variable(let y)):
      x.text.hasSameCodePoints(as: y.text)
    case (.property(_, let x), .property(_, let y)): x.text.hasSameCodePoints(as: y.text)
    case (.hasLabels(_, let x), .hasLabels(_, let y)): isSame(x, y)
    case (.element, .element), (.list, .list), (.countStar, .countStar): true
    case (.slice(_, let fromA, let toA), .slice(_, let fromB, let toB)):
      (fromA == nil) == (fromB == nil) && (toA == nil) == (toB == nil)
    case (.unary(let x, _), .unary(let y, _)): x == y
    case (.binary(let x, _, _, _), .binary(let y, _, _, _)): x == y
    case (.logical(let x, _), .logical(let y, _)): x == y
    case (.comparison(_, let x), .comparison(_, let y)): x.map(\.operator) == y.map(\.operator)
    case (.isNull(_, let x), .isNull(_, let y)): x == y
    case (.map(let x), .map(let y)):
      x.count == y.count && zip(x, y).allSatisfy { $0.key.text.hasSameCodePoints(as: $1.key.text) }
    case (.call(let x), .call(let y)):
      x.function.text.lowercased() == y.function.text.lowercased() && x.isDistinct == y.isDistinct
    case (.conditional(let subjectA, let x, let otherwiseA), .conditional(let subjectB, let y, let otherwiseB)):
      (subjectA == nil) == (subjectB == nil) && x.count == y.count && (otherwiseA == nil) == (otherwiseB == nil)
    default: false
    }
  }

  private func isSame(_ a: LabelExpressionID, _ b: LabelExpressionID) -> Bool {
    switch (self[a].kind, self[b].kind) {
    case (.name(let x), .name(let y)): x.text.hasSameCodePoints(as: y.text)
    case (.wildcard, .wildcard): true
    case (.not(let x), .not(let y)): isSame(x, y)
    case (.and(let x), .and(let y)), (.or(let x), .or(let y)):
      x.count == y.count && zip(x, y).allSatisfy { isSame($0, $1) }
    default: false
    }
  }
}
