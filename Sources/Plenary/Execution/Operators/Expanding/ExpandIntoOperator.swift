/// For each input row, the relationships between two nodes that are both known.
///
/// Asks one of the two nodes' lists, which are sorted: a hub is never read through. O(log degree) per row.
final class ExpandIntoOperator: Operator {
  private let step: Expansion
  private let input: Operator
  private let kept: [VariableID]
  private let keepsRelationship: Bool
  private var pending: BatchSlicer?

  init(_ step: Expansion, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.step = step
    self.input = input
    kept = plan.live.filter { $0 != step.relationship }
    keepsRelationship = plan.live.contains(step.relationship)
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      if let batch = pending?.next(context.batchSize) { return batch }
      guard let batch = try input.next() else { return nil }
      try context.checkStop()
      let neighbours = Neighbourhood(of: step, in: context.graph)
      let starts = batch[step.from].nodeIDs
      let ends = batch[step.to].nodeIDs
      let used = step.excluding.map { batch[$0] }
      var rows: [Int32] = []
      var relationships: [UInt32] = []
      for row in 0..<batch.count {
        let isSameStart = row > 0 && starts[row] == starts[row - 1]
        let isSameEnd = row > 0 && ends[row] == ends[row - 1]
        neighbours.forEachRelationship(
          from: starts[row], to: ends[row], searching: isSameStart ? .from : isSameEnd ? .to : .shorter
        ) { relationship in
          if used.contains(where: { $0.holds(relationship, in: row) }) { return }
          rows.append(Int32(truncatingIfNeeded: row))
          relationships.append(relationship)
        }
      }
      guard !rows.isEmpty else { continue }
      var result = batch.gathered(rows, keeping: kept)
      if keepsRelationship { result[step.relationship] = .relationships(relationships) }
      pending = BatchSlicer(result, keeping: live)
    }
  }
}
