extension RewriteRules {
  /// What all nodes or relationships of a trail must meet is tested as the trail grows, so that one which fails is left
  /// at once, with all that go on from it.
  ///
  /// Before: `Filter all(x IN ... WHERE ...)` over `VarLengthExpand`. After: `VarLengthExpand ... WITH all ... WHERE ...`.
  ///
  /// Holds for `all` and `none` over the list of relationships itself, and over `nodes` and `relationships` of a path that
  /// is just this step, when the condition reads nothing else and can never fail: it is tested for trails that never get
  /// as long as they should.
  func testTrailsAsTheyGrow(_ plan: Plan) -> Plan? {
    guard case .filter(let conditions) = plan.kind, conditions.contains(where: isQuantified) else { return nil }
    guard var trail = TrailRegion(below: plan), var step = trail.step else { return nil }
    var rest: [BoundExpression] = []
    for condition in conditions {
      if let test = trailTest(condition, of: step, trail.paths) {
        step.trailTests.append(test)
      } else {
        rest.append(condition)
      }
    }
    guard rest.count < conditions.count else { return nil }
    trail.step = step
    let result = trail.plan
    guard !rest.isEmpty else { return result }
    var filter = plan
    filter.kind = .filter(rest)
    filter.inputs[0] = result
    return filter
  }

  private func isQuantified(_ condition: BoundExpression) -> Bool {
    if case .quantifier = condition.kind { true } else { false }
  }

  private func trailTest(_ condition: BoundExpression, of step: Expansion, _ paths: [VariableID]) -> TrailTest? {
    guard case .quantifier(let quantifier, let loop, let test) = condition.kind, loop.captured.isEmpty,
      test.isHarmlessTest(of: loop.variable)
    else { return nil }
    let isOfNodes: Bool
    if loop.list.isReference(to: step.relationship) {
      isOfNodes = false
    } else if case .call(let function, let arguments) = loop.list.kind, arguments.count == 1,
      paths.contains(where: { arguments[0].isReference(to: $0) }), ["nodes", "relationships"].contains(function.name)
    {
      isOfNodes = function.name == "nodes"
    } else {
      return nil
    }
    switch quantifier {
    case .all: return TrailTest(variable: loop.variable, condition: test, isOfNodes: isOfNodes)
    case .none:
      let negated = BoundExpression(.not(test), at: test.range, type: .boolean)
      return TrailTest(variable: loop.variable, condition: negated, isOfNodes: isOfNodes)
    default: return nil
    }
  }
}

extension BoundExpression {
  /// Whether it is a condition on one node or relationship that can never fail, and reads nothing else.
  fileprivate func isHarmlessTest(of element: VariableID) -> Bool {
    switch kind {
    case .comparison(_, let left, let right, _): left.isHarmlessOperand(element) && right.isHarmlessOperand(element)
    case .binary(let op, let left, let right, _):
      switch op {
      case .startsWith, .endsWith, .contains: left.isHarmlessOperand(element) && right.isHarmlessOperand(element)
      case .in:
        left.isHarmlessOperand(element) && right.isHarmlessOperand(element) && ValueType.list.isSuperset(of: right.type)
      default: false
      }
    case .isNull(let subject, _): subject.isHarmlessOperand(element)
    case .hasLabels(let subject, _): subject.isReference(to: element)
    case .not(let operand): operand.isHarmlessTest(of: element)
    case .logical(_, let operands): operands.allSatisfy { $0.isHarmlessTest(of: element) }
    default: false
    }
  }

  private func isHarmlessOperand(_ element: VariableID) -> Bool {
    switch kind {
    case .constant, .parameter: true
    case .property(let subject, _): subject.isReference(to: element)
    case .list(let items): items.allSatisfy { $0.isHarmlessOperand(element) }
    default: isReference(to: element)
    }
  }
}
