extension Plan {
  /// The first key of an aggregation that no two rows have in common: a node that comes once, or a property of it that
  /// is unique. `MATCH (n:P) RETURN n.id, COUNT { (n)-->() }` has as many groups as rows, and none need be looked up.
  ///
  /// Whether a property is unique is asked when the plan runs, for what is loaded may be so by chance.
  func distinctKey(of aggregation: BoundAggregation, _ context: ExecutionContext) -> Int? {
    guard !context.writes, let (node, label) = scannedOnce else { return nil }
    return aggregation.keys.firstIndex { key in
      switch key.expression.kind {
      case .variable(let variable): return variable == node
      case .property(let subject, let name):
        guard case .variable(node) = subject.kind, let label, let labelToken = context.graph.labelToken(label),
          let keyToken = context.graph.keyToken(name)
        else { return false }
        return context.graph.isUnique(label: labelToken, key: keyToken)
      default: return false
      }
    }
  }

  /// The node of which every row has another one, so that DISTINCT has nothing to do.
  func distinctNode(_ context: ExecutionContext) -> VariableID? { context.writes ? nil : scannedOnce?.node }

  /// The node of which every row has another one, and the label it was found by.
  private var scannedOnce: (node: VariableID, label: String?)? {
    switch kind {
    case .nodeScan(let node, let label):
      if case .unit = inputs[0].kind { (node, label) } else { nil }
    case .reach(let pattern): (pattern.to, nil)
    case .filter, .degreeTest, .project, .semiApply: inputs[0].scannedOnce
    case .countMatches(let pattern): pattern.isTotal ? nil : inputs[0].scannedOnce
    case .aggregate(let aggregation): inputs[0].scannedOnce(by: aggregation)
    case .aggregateNeighbours(let neighbours): inputs[0].scannedOnce(by: neighbours.aggregation)
    default: nil
    }
  }

  /// The same once the rows are grouped: a group has one of each key, and of two keys one may tell them apart already.
  private func scannedOnce(by aggregation: BoundAggregation) -> (node: VariableID, label: String?)? {
    let known = scannedOnce
    for key in aggregation.keys {
      guard case .variable(let variable) = key.expression.kind else { continue }
      if variable == known?.node { return (key.variable, known?.label) }
      // Another node need not have the label.
      if aggregation.keys.count == 1, key.expression.type == .node { return (key.variable, nil) }
    }
    return nil
  }
}
