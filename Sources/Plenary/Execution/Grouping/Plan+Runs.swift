import PlenarySyntax

extension Plan {
  /// Whether rows with the same node come one after the other: those of a step from a node that is found once, and those
  /// of relationships that lie side by side for each node they leave.
  func comesInRuns(of node: VariableID, in graph: Graph) -> Bool {
    switch kind {
    case .nodeScan(let found, _), .indexSeek(let found, _):
      if found == node, case .unit = inputs[0].kind { true } else { false }
    case .expand(let step): step.to != node && inputs[0].comesInRuns(of: node, in: graph)
    case .filter, .degreeTest: inputs[0].comesInRuns(of: node, in: graph)
    case .relationshipEnds(let step):
      if step.direction != .either, step.source == node,
        let list = Neighbourhood(direction: .right, types: step.types, in: graph).onlyList
      {
        list.relationships == nil
      } else {
        false
      }
    default: false
    }
  }
}
