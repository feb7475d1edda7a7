import PlenarySyntax

extension RewriteRules {
  /// Where properties of the relationships of one step matter, these are gone through first, as they lie in memory, and
  /// nodes are looked at only for those that are left.
  ///
  /// Before: `Filter r.w > 5` over `Expand (a)-[r]->(b)` over `NodeScan (a)`. After: `RelationshipEnds (a)-[r]->(b)` over
  /// `Filter r.w > 5` over `RelationshipScan`.
  ///
  /// So also below `TopN`, if the first key is such a property: once enough rows are known, relationships that come after
  /// them are passed by while they are gone through. And so, without a condition, where properties are read of
  /// relationships that lie elsewhere than side by side for each node.
  ///
  /// Holds for any directed step between two different nodes, of which the first has no conditions but a label. It pays
  /// where that label is at most of the relationships of the type.
  func findRelationshipsBeforeTheirEnds(_ plan: Plan) -> Plan? {
    switch plan.kind {
    case .filter(let conditions):
      guard !conditions.contains(where: isFixed) else { return nil }
      if let step = plan.inputs[0].stepBetweenAnyNodes {
        guard conditions.contains(where: { $0.picksFew(of: step.relationship) }) else { return nil }
        return relationshipsFirst(conditions, over: plan.inputs[0])
      }
      // Where the rule has been below already, conditions go on down.
      guard case .relationshipEnds(let step) = plan.inputs[0].kind,
        case .relationshipScan(_, let fromLabels, let toLabels) = plan.inputs[0].inputs[0].kind
      else { return nil }
      let result = relationships(conditions, of: step, fromLabels, toLabels, in: plan.inputs[0].inputs[0])
      if case .filter(let others) = result.kind, others.count == conditions.count { return nil }
      return result
    case .expand:
      guard let step = plan.stepBetweenAnyNodes, plan.live.contains(step.relationship),
        readForProperties.contains(step.relationship), liesApart(step)
      else { return nil }
      return relationshipsFirst([], over: plan)
    case .topN(let items, _, _):
      guard plan.isSmallTopN, let first = items.first,
        let input = relationshipsFirst(orderedBy: first.expression, below: plan.inputs[0])
      else { return nil }
      var plan = plan
      plan.inputs[0] = input
      return plan
    default: return nil
    }
  }

  /// Whether the relationships of a node lie elsewhere than side by side, so that reading their properties node by node
  /// is reading here and there.
  private func liesApart(_ step: Expansion) -> Bool {
    let base = planner.statistics.state.base
    guard let types = step.types, types.count == 1, let type = planner.statistics.typeToken(types[0]),
      let list = base.adjacency(step.direction == .right ? .outgoing : .incoming, type)
    else { return false }
    return list.relationships != nil && list.relationshipCount >= RewriteRules.fewestApart
  }

  /// Fewer relationships are in the cache anyway.
  private static let fewestApart = 1 << 16

  /// The same for what is below a TopN; `nil` where a property of a relationship is not what orders the rows.
  private func relationshipsFirst(orderedBy key: BoundExpression, below plan: Plan) -> Plan? {
    switch plan.kind {
    case .project(let assignments):
      guard let input = relationshipsFirst(orderedBy: key.beforeProjection(assignments), below: plan.inputs[0]) else {
        return nil
      }
      var plan = plan
      plan.inputs[0] = input
      return plan
    case .filter(let conditions):
      guard !conditions.contains(where: \.mayFailAsCondition), let step = plan.inputs[0].stepBetweenAnyNodes,
        key.isProperty(of: step.relationship)
      else { return nil }
      return relationshipsFirst(conditions, over: plan.inputs[0])
    case .expand:
      guard let step = plan.stepBetweenAnyNodes, key.isProperty(of: step.relationship) else { return nil }
      return relationshipsFirst([], over: plan)
    default: return nil
    }
  }

  private func relationshipsFirst(_ conditions: [BoundExpression], over expand: Plan) -> Plan? {
    guard case .expand(let step) = expand.kind, case .nodeScan(_, let label) = expand.inputs[0].kind,
      let unit = expand.inputs[0].inputs.first
    else { return nil }
    let statistics = planner.statistics
    let all = step.types.map { names in
      names.reduce(0) { $0 + (statistics.typeToken($1).map(statistics.count(of:)) ?? 0) }
    }
    guard expand.estimatedRows * 2 >= Double(all ?? statistics.relationshipCount) else { return nil }
    let labels = [label].compactMap { $0 }
    let scan = Plan(
      .relationshipScan(step, fromLabels: labels, toLabels: []), unit, estimatedRows: expand.estimatedRows)
    return relationships(conditions, of: step, labels, [], in: scan)
  }

  /// The ends of the relationships of a scan that meet some conditions, each tested as soon as it can be.
  private func relationships(
    _ conditions: [BoundExpression], of step: Expansion, _ fromLabels: [String], _ toLabels: [String], in scan: Plan
  ) -> Plan {
    var scan = scan
    var toLabels = toLabels
    var own: [BoundExpression] = []
    var others: [BoundExpression] = []
    for condition in conditions {
      if case .hasLabels(let subject, .name(let name)) = condition.kind, subject.isReference(to: step.to) {
        toLabels.append(name)
      } else if condition.picksFew(of: step.relationship) {
        own.append(condition)
      } else {
        others.append(condition)
      }
    }
    scan.kind = .relationshipScan(step, fromLabels: fromLabels, toLabels: toLabels)
    let found = planner.filter(scan, by: own)
    return planner.filter(Plan(.relationshipEnds(step), found, estimatedRows: found.estimatedRows), by: others)
  }
}

extension Plan {
  /// The step, if this is one from every node of the graph, or every node of a label, to nodes that are not known yet.
  fileprivate var stepBetweenAnyNodes: Expansion? {
    guard case .expand(let step) = kind, !step.isInto, step.excluding.isEmpty, step.direction != .either,
      case .nodeScan(step.from, _) = inputs[0].kind, case .unit = inputs[0].inputs[0].kind
    else { return nil }
    return step
  }
}

extension BoundExpression {
  fileprivate func isProperty(of variable: VariableID) -> Bool { key(of: variable) != nil }

  /// Whether this compares properties of a relationship with values that are the same for all rows, so that most are
  /// expected to fail it.
  fileprivate func picksFew(of relationship: VariableID) -> Bool {
    switch kind {
    case .comparison(let op, let left, let right, _):
      op != .notEqual
        && (left.isProperty(of: relationship) && right.isFixedValue
          || right.isProperty(of: relationship) && left.isFixedValue)
    case .logical(.or, let operands), .logical(.and, let operands):
      operands.allSatisfy { $0.picksFew(of: relationship) }
    case .binary(.in, let left, let right, _): left.isProperty(of: relationship) && right.isFixedValue
    default: false
    }
  }

  private var isFixedValue: Bool {
    switch kind {
    case .constant, .parameter: true
    case .call: isConstantInstant
    case .list(let items): items.allSatisfy(\.isFixedValue)
    default: false
    }
  }
}
