import PlenarySyntax

extension RewriteRules {
  /// A directed relationship between any two nodes, of which only the relationship itself is used, is found by
  /// a pass over the relationships: nobody looks at nodes.
  ///
  /// Before: `Filter b:City` over `Expand (a)-[r:IN]->(b)` over `NodeScan (a:City)`. After: `RelationshipScan`.
  ///
  /// Holds when the nodes have no conditions but labels and are not read. The labels are tested at the ends of each
  /// relationship, unless the graph's counts say that all of the type have them.
  func scanRelationshipsWhenEndsAreFree(_ plan: Plan) -> Plan? {
    var expand = plan
    var toLabels: [BoundExpression] = []
    var rest: [BoundExpression] = []
    if case .filter(let conditions) = plan.kind, case .expand(let step) = plan.inputs[0].kind {
      expand = plan.inputs[0]
      for condition in conditions {
        if case .hasLabels(let subject, .name) = condition.kind, subject.isReference(to: step.to) {
          toLabels.append(condition)
        } else {
          rest.append(condition)
        }
      }
    }
    guard case .expand(let step) = expand.kind, !step.isInto, step.excluding.isEmpty, step.direction != .either,
      case .nodeScan(step.from, let label) = expand.inputs[0].kind, case .unit = expand.inputs[0].inputs[0].kind
    else { return nil }
    let read = rest.reduce(into: Set(plan.live)) { $0.formUnion($1.freeVariables(subqueries: planner.subqueries)) }
    guard read == [step.relationship] else { return nil }
    let names = toLabels.compactMap { condition in
      if case .hasLabels(_, .name(let name)) = condition.kind { name } else { nil }
    }
    let scan = Plan(
      .relationshipScan(step, fromLabels: [label].compactMap { $0 }, toLabels: names), expand.inputs[0].inputs[0],
      estimatedRows: expand.estimatedRows)
    return rest.isEmpty ? scan : Plan(.filter(rest), scan, estimatedRows: plan.estimatedRows)
  }
}
