import PlenarySyntax

/// One row for each group of the input rows, with what is computed over the neighbours of its rows, read straight from
/// the adjacency lists.
///
/// Goes where the base says everything of the step and the aggregated values are numbers; anything else is left to
/// the plan that lists the neighbours.
final class NeighbourAggregateOperator: Operator {
  private let neighbours: NeighbourAggregation
  private let input: GroupingInput
  private let distinctKey: Int?
  private let comesInRuns: Bool
  private var pending: BatchSlicer?
  /// Makes the operators of the listing plan, which start from the same argument as the input.
  private let makeListing: () -> Operator
  /// The operators of the listing plan, where they are needed.
  private var listing: Operator?
  private var hasStarted = false

  init(
    _ neighbours: NeighbourAggregation, _ input: GroupingInput, listing makeListing: @escaping () -> Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.neighbours = neighbours
    self.input = input
    self.makeListing = makeListing
    comesInRuns = plan.inputs[0].comesInRuns(of: neighbours.step.from, in: context.graph)
    distinctKey = plan.inputs[0].distinctKey(of: neighbours.aggregation, context)
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if !hasStarted {
      hasStarted = true
      if let reader = try NeighbourReader(neighbours, comesInRuns: comesInRuns, context) {
        pending = BatchSlicer(try aggregate(reader), keeping: live)
      } else {
        listing = makeListing()
      }
    }
    return try listing?.next() ?? pending?.next(context.batchSize)
  }

  private func aggregate(_ reader: NeighbourReader) throws -> Batch {
    let (neighbours, distinctKey) = (neighbours, distinctKey)
    try memory.add(reader.byteCount)
    let groups = NeighbourGroups(neighbours, reader, context, memory, distinctKey: distinctKey)
    try input.fill(groups, context) {
      NeighbourGroups(neighbours, reader, $0, MemoryAccount($0.memory), distinctKey: distinctKey)
    }
    return try groups.finish()
  }
}
