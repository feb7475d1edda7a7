extension RewriteRules {
  /// How many relationships there are of each type, and how many nodes with the same labels, the graph knows: it counts
  /// them as they come and go.
  ///
  /// Before: `Aggregate type(r): count(*)` over `RelationshipScan`, or `Aggregate labels(n): count(*)` over `AllNodesScan`.
  /// After: `GraphCounts`.
  ///
  /// Holds where nothing else is grouped by or aggregated, and at most one end of the relationships has a label to have.
  func readCountsOffTheGraph(_ plan: Plan) -> Plan? {
    guard case .aggregate(let aggregation) = plan.kind, aggregation.keys.count == 1,
      !aggregation.aggregates.isEmpty, let leaf = plan.inputs[0].inputs.first, case .unit = leaf.kind,
      case .call(let function, let arguments) = aggregation.keys[0].expression.kind, arguments.count == 1
    else { return nil }
    let subject: GraphCounting.Subject
    let element: VariableID
    switch (plan.inputs[0].kind, function.name) {
    case (.relationshipScan(let step, let fromLabels, let toLabels), "type"):
      guard fromLabels.count + toLabels.count <= 1, step.direction != .either else { return nil }
      let isSource = toLabels.isEmpty == (step.direction == .right)
      element = step.relationship
      subject = .relationships(
        types: step.types, label: fromLabels.first ?? toLabels.first, end: isSource ? .outgoing : .incoming)
    case (.nodeScan(let node, nil), "labels"): (subject, element) = (.nodes, node)
    default: return nil
    }
    let countsAll = aggregation.aggregates.allSatisfy { _, aggregate in
      guard let function = aggregate.function else { return true }
      return function.name == "count" && aggregate.arguments.count == 1
        && aggregate.arguments[0].isReference(to: element)
    }
    guard arguments[0].isReference(to: element), countsAll else { return nil }
    let counting = GraphCounting(
      subject: subject, key: aggregation.keys[0], counts: aggregation.aggregates.map(\.variable))
    return Plan(.graphCounts(counting), estimatedRows: plan.estimatedRows)
  }
}
