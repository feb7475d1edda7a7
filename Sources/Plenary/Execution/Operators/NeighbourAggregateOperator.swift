import PlenarySyntax

/// One row for each group of the input rows, with what is computed over the neighbours of its rows, read straight from
/// the adjacency lists.
///
/// Goes where the base says everything of the step and the aggregated values are numbers; anything else is left to
/// the plan that lists the neighbours.
final class NeighbourAggregateOperator: Operator {
  private let neighbours: NeighbourAggregation
  private let input: Operator
  private var pending: BatchSlicer?
  /// Makes the operators of the listing plan, which start from the same argument as the input.
  private let makeListing: () -> Operator
  /// The operators of the listing plan, where they are needed.
  private var listing: Operator?
  private var hasStarted = false

  init(
    _ neighbours: NeighbourAggregation, _ input: Operator, listing makeListing: @escaping () -> Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.neighbours = neighbours
    self.input = input
    self.makeListing = makeListing
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    if !hasStarted {
      hasStarted = true
      if let reader = try NeighbourReader(neighbours, context) {
        pending = BatchSlicer(try aggregate(reader), keeping: live)
      } else {
        listing = makeListing()
      }
    }
    return try listing?.next() ?? pending?.next(context.batchSize)
  }

  private func aggregate(_ reader: NeighbourReader) throws -> Batch {
    let aggregation = neighbours.aggregation
    var groups = GroupTable(keyCount: aggregation.keys.count)
    let measures = try aggregation.aggregates.map { try reader.measure($0.aggregate) }
    for measure in measures { measure.result.grow(to: aggregation.keys.isEmpty ? 1 : 0) }
    try memory.hold(reader.byteCount)
    while let batch = try input.next() {
      try context.checkStop()
      // A row without neighbours makes no group.
      let counts = reader.counts(at: batch[neighbours.step.from].nodeIDs)
      let rows = counts.indices.filter { counts[$0] > 0 }.map { Int32($0) }
      guard !rows.isEmpty else { continue }
      let found = batch.restricted(to: rows)
      let keys = try aggregation.keys.map { try context.evaluate($0.expression, found) }
      let numbers = keys.isEmpty ? Array(repeating: 0, count: rows.count) : groups.numbers(for: keys)
      let matches = NeighbourReader.Matches(
        nodes: found[neighbours.step.from].nodeIDs, counts: counts.gathered(rows), groups: numbers)
      for measure in measures {
        if !keys.isEmpty { measure.result.grow(to: groups.count) }
        try measure.add(matches)
      }
      try memory.hold(reader.byteCount + groups.byteCount)
    }
    let count = aggregation.keys.isEmpty ? 1 : groups.count
    var result = Batch(variableCount: context.variableCount, count: count)
    for (index, key) in aggregation.keys.enumerated() { result[key.variable] = groups.keyColumn(index) }
    for (measure, item) in zip(measures, aggregation.aggregates) {
      do {
        result[item.variable] = try measure.result.finish()
      } catch let error as QueryError {
        throw error.located(at: item.aggregate.range)
      }
    }
    return result
  }
}
