extension BoundExpression {
  /// The expressions directly inside; subqueries are not entered.
  var children: [BoundExpression] {
    switch kind {
    case .constant, .parameter, .variable, .subquery, .path: []
    case .property(let subject, _), .hasLabels(let subject, _), .not(let subject), .negate(let subject),
      .plus(let subject), .isNull(let subject, _), .isElement(let subject, _):
      [subject]
    case .element(let subject, let index): [subject, index]
    case .slice(let subject, let from, let to): [subject, from, to].compactMap { $0 }
    case .binary(_, let left, let right, _), .comparison(_, let left, let right, _): [left, right]
    case .logical(_, let operands), .list(let operands), .call(_, let operands): operands
    case .map(let items):
      items.map { item in
        switch item {
        case .entry(_, let value): value
        case .allProperties(let subject): subject
        }
      }
    case .conditional(let subject, let branches, let otherwise):
      [subject].compactMap { $0 } + branches.flatMap { [$0.when, $0.then] } + [otherwise].compactMap { $0 }
    case .listComprehension(let loop, let condition, let projection):
      [loop.list] + [condition, projection].compactMap { $0 }
    case .quantifier(_, let loop, let condition): [loop.list, condition]
    case .reduce(_, let initial, let loop, let step): [initial, loop.list, step]
    }
  }

  /// The same in terms of what a projection reads, if it is one of the columns that it makes.
  func beforeProjection(_ assignments: [BoundAssignment]) -> BoundExpression {
    guard case .variable(let variable) = kind, let own = assignments.last(where: { $0.variable == variable }) else {
      return self
    }
    return own.expression
  }

  /// The key, if this is a property of a variable that holds one node or relationship.
  func key(of element: VariableID) -> String? {
    guard case .property(let subject, let key) = kind, subject.isReference(to: element),
      subject.type == .node || subject.type == .relationship
    else { return nil }
    return key
  }

  /// The variables an expression reads, those of its subqueries' surroundings included, without its own loop variables.
  func freeVariables(subqueries: [BoundSubquery]) -> Set<VariableID> {
    var result: Set<VariableID> = []
    collectVariables(into: &result, subqueries)
    return result
  }

  private func collectVariables(into result: inout Set<VariableID>, _ subqueries: [BoundSubquery]) {
    switch kind {
    case .variable(let variable): result.insert(variable)
    case .path(let start, let steps):
      result.insert(start)
      for step in steps {
        result.insert(step.relationship)
        result.insert(step.node)
      }
    case .subquery(let id): result.formUnion(subqueries[id.index].captured)
    case .listComprehension(let loop, _, _), .quantifier(_, let loop, _):
      loop.list.collectVariables(into: &result, subqueries)
      result.formUnion(loop.captured)
    case .reduce(_, let initial, let loop, _):
      initial.collectVariables(into: &result, subqueries)
      loop.list.collectVariables(into: &result, subqueries)
      result.formUnion(loop.captured)
    default:
      for child in children { child.collectVariables(into: &result, subqueries) }
    }
  }

  /// The parts that must all hold: the operands of AND, however nested.
  var conjuncts: [BoundExpression] {
    if case .logical(.and, let operands) = kind { return operands.flatMap(\.conjuncts) }
    return [self]
  }

  /// The variable whose property the condition sets equal to a constant or a parameter.
  var pinnedNode: VariableID? {
    guard case .comparison(.equal, let left, let right, _) = kind else { return nil }
    for (property, value) in [(left, right), (right, left)] {
      guard case .property(let subject, _) = property.kind, case .variable(let variable) = subject.kind
      else { continue }
      switch value.kind {
      case .constant, .parameter: return variable
      default: continue
      }
    }
    return nil
  }

  /// The label (or type) that the condition asks for, when it asks for just one by name.
  var testedLabel: String? {
    if case .hasLabels(_, .name(let name)) = kind { name } else { nil }
  }

  /// Whether the expression is nothing but a variable.
  func isReference(to variable: VariableID) -> Bool {
    if case .variable(variable) = kind { true } else { false }
  }

  /// Whether evaluating twice may give two values.
  var isNondeterministic: Bool {
    if case .call(let function, _) = kind, !function.isDeterministic { return true }
    return children.contains(where: \.isNondeterministic)
  }

  /// The types that elements of the value can have, if it is a list.
  var elementType: ValueType {
    switch kind {
    case .list(let items):
      return items.isEmpty ? .any : items.reduce(ValueType.null) { $0.union($1.type) }
    case .call(let function, _):
      switch function.name {
      case "range": return .integer
      case "nodes": return .node
      case "relationships": return .relationship
      case "keys", "labels": return .string
      default: return .any
      }
    default: return .any
    }
  }
}

extension BoundClause {
  /// Whether the clause changes the graph.
  var writes: Bool {
    switch self {
    case .create, .merge, .set, .remove, .delete: true
    case .subquery(let query, _): query.parts.contains { $0.clauses.contains(where: \.writes) }
    case .match, .unwind, .project, .call: false
    }
  }
}
