/// The rows for which every condition is true.
final class FilterOperator: Operator {
  private let conditions: [BoundExpression]
  private let input: Operator

  init(_ conditions: [BoundExpression], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.conditions = conditions
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while var batch = try input.next() {
      try context.checkStop()
      for condition in conditions where batch.count > 0 && !holdsForAll(condition, batch) {
        let truths = try context.evaluateCondition(condition, batch)
        let rows = truths.positionsOfTrue
        if rows.count < batch.count { batch = batch.restricted(to: rows) }
      }
      if batch.count > 0 { return batch }
    }
    return nil
  }

  /// Whether a condition is known to hold without looking at the rows: a label that every node of the graph has.
  private func holdsForAll(_ condition: BoundExpression, _ batch: Batch) -> Bool {
    guard case .hasLabels(let subject, .name(let name)) = condition.kind, case .variable(let node) = subject.kind,
      case .nodes(let ids)? = batch.columns[node.index], !context.hasDeleted, let label = context.graph.labelToken(name)
    else { return false }
    return context.graph.count(of: label) == context.graph.nodeCount && !ids.contains(NodeID.noneRawValue)
  }
}

extension Array where Element == Ternary {
  /// The positions that are true, in order. Writes without branching: O(n).
  var positionsOfTrue: [Int32] {
    withUnsafeBufferPointer { truths in
      [Int32](unsafeUninitializedCapacity: truths.count) { target, initialized in
        var count = 0
        for row in 0..<truths.count {
          target[count] = Int32(truncatingIfNeeded: row)
          count &+= truths[row].rawValue == 1 ? 1 : 0
        }
        initialized = count
      }
    }
  }
}

/// The rows with further columns.
final class ProjectOperator: Operator {
  private let assignments: [BoundAssignment]
  private let input: Operator

  init(_ assignments: [BoundAssignment], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.assignments = assignments
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    guard var batch = try input.next() else { return nil }
    try context.checkStop()
    // All are evaluated on the input: an assignment never sees another's result.
    let values = try assignments.map { try context.evaluate($0.expression, batch) }
    for (assignment, column) in zip(assignments, values) { batch[assignment.variable] = column }
    return batch
  }
}
