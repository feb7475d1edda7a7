extension RewriteRules {
  /// A condition that asks whether a node has any relationship of some types, as in `WHERE NOT (a)-[:KNOWS]->()`,
  /// reads the node's degree.
  ///
  /// Before: `Filter NOT (a)-[:KNOWS]->()`, which runs a subquery over each batch. After: `DegreeTest`.
  ///
  /// Holds when the subquery is one step from a bound node to a node without conditions: then it has a row exactly
  /// when the degree is not zero. For null there is no row and no degree either.
  func testDegreesForExistence(_ plan: Plan) -> Plan? {
    guard case .filter(let conditions) = plan.kind else { return nil }
    var rest: [BoundExpression] = []
    var result = plan.inputs[0]
    for condition in conditions {
      if let test = degreeTest(condition) {
        result = Plan(test, result, estimatedRows: result.estimatedRows * 0.5)
      } else {
        rest.append(condition)
      }
    }
    guard rest.count < conditions.count, !rest.contains(where: isFixed) else { return nil }
    guard !rest.isEmpty else { return result }
    // Degrees are cheap: they are tested first.
    return Plan(.filter(rest), result, estimatedRows: plan.estimatedRows)
  }

  private func degreeTest(_ condition: BoundExpression) -> Plan.Kind? {
    guard let (id, wantsNone) = existenceTest(condition),
      case .expand(let step) = subplans[id.index].plan.kind, !step.isInto, step.excluding.isEmpty,
      case .argument = subplans[id.index].plan.inputs[0].kind
    else { return nil }
    return .degreeTest(step, wantsNone: wantsNone)
  }
}
