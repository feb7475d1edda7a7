/// The rows whose node has a relationship that a step could take (or, for none, has no such).
final class DegreeTestOperator: Operator {
  private let step: Expansion
  private let wantsNone: Bool
  private let input: Operator

  init(_ step: Expansion, wantsNone: Bool, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.step = step
    self.wantsNone = wantsNone
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while let batch = try input.next() {
      try context.checkStop()
      let neighbours = Neighbourhood(of: step, in: context.graph)
      let nodes = batch[step.from].nodeIDs
      let wantsNone = wantsNone
      let rows = [Int32](unsafeUninitializedCapacity: nodes.count) { target, initialized in
        var count = 0
        for (row, node) in nodes.enumerated() {
          target[count] = Int32(truncatingIfNeeded: row)
          count &+= neighbours.isEmpty(at: node) == wantsNone ? 1 : 0
        }
        initialized = count
      }
      if !rows.isEmpty { return batch.restricted(to: rows) }
    }
    return nil
  }
}
