import PlenarySyntax

/// Reads what aggregates want of the neighbours of many nodes from one adjacency list.
final class NeighbourReader {
  /// Rows with at least one neighbour that counts.
  struct Matches {
    let rows: [Int32]
    /// Where the list has the neighbours of each row.
    let spans: [Range<Int>]
    /// How many of them count.
    let counts: [Int64]
    /// The group of each row.
    var groups: [Int32] = []
  }

  /// One aggregate: its state, and how it takes in the neighbours of some rows.
  struct Measure {
    let result: GroupedAggregate
    let add: (Matches) throws -> Void
  }

  private let context: ExecutionContext
  private let step: Expansion
  private let list: CompressedAdjacency
  /// Says of every node whether it counts; `nil` when all do.
  private let filter: NodeFilter?
  /// The numbers of the aggregated expressions, in the order of the aggregates.
  private var numbers: [DenseNumbers?] = []
  private let aggregates: [BoundAggregate]

  /// Reads in all that is needed; `nil` where some of it is not in the base, is no number, or fails for some node that
  /// may never be met.
  ///
  /// - Throws: `cancelled`, `deadlineExceeded`.
  init?(_ neighbours: NeighbourAggregation, _ context: ExecutionContext) throws {
    let step = neighbours.step
    let neighbourhood = Neighbourhood(of: step, in: context.graph)
    // Rows below that write would change what is read here.
    guard !context.writes, let list = neighbourhood.onlyList, list.rows.isDense else { return nil }
    self.context = context
    self.step = step
    self.list = list
    aggregates = neighbours.aggregation.aggregates.map(\.aggregate)
    let conditions = neighbours.conditions.filter { !neighbourhood.promises($0, of: step, atEnd: true) }
    filter = conditions.isEmpty ? nil : NodeFilter(step.to, conditions, context)
    if let filter, try !filter.evaluateAll() { return nil }
    for aggregate in aggregates {
      guard let argument = aggregate.arguments.first, !isEntity(argument) else {
        numbers.append(nil)
        continue
      }
      let isOfNode = argument.freeVariables(subqueries: []) == [step.to]
      guard
        let values = try DenseNumbers(
          argument, of: isOfNode ? step.to : step.relationship, isOfNode: isOfNode, list, filter, context)
      else { return nil }
      numbers.append(values)
    }
  }

  /// About how many bytes it keeps.
  var byteCount: Int { numbers.reduce(filter == nil ? 0 : context.graph.nodeCapacity) { $0 + ($1?.byteCount ?? 0) } }

  /// Whether an expression is the neighbour or the relationship itself, which are never null.
  private func isEntity(_ expression: BoundExpression) -> Bool {
    expression.isReference(to: step.to) || expression.isReference(to: step.relationship)
  }

  /// The nodes that have a neighbour which counts, not yet in groups.
  func matches(at nodes: [UInt32]) -> Matches {
    let spans = nodes.map { list.span(of: $0) }
    let counts = spans.map { count($0) }
    let rows = counts.positions { $0 > 0 }
    guard rows.count < nodes.count else { return Matches(rows: rows, spans: spans, counts: counts) }
    return Matches(rows: rows, spans: rows.map { spans[Int($0)] }, counts: counts.gathered(rows))
  }

  @inline(__always)
  private func count(_ span: Range<Int>) -> Int64 {
    guard let answers = filter?.answers else { return Int64(span.count) }
    let neighbours = list.neighbours.start
    var count: Int64 = 0
    // Only "passes" has this bit when all nodes are tested.
    for position in span { count &+= Int64(answers[Int(neighbours[position])] &>> 1) }
    return count
  }

  /// The aggregates, each with a new state.
  func makeMeasures() -> [Measure] { zip(aggregates, numbers).map(measure) }

  private func measure(_ aggregate: BoundAggregate, _ numbers: DenseNumbers?) -> Measure {
    let result = aggregate.function.map(GroupedAggregate.make) ?? GroupedCount()
    switch (result, numbers) {
    case (let count as GroupedCount, nil):
      return Measure(result: count) { count.add($0.counts, groups: $0.groups) }
    case (let count as GroupedCount, let values?):
      return Measure(result: count) { matches in
        count.add(
          zip(matches.spans, matches.counts).map { values.count($0, known: $1) }, groups: matches.groups)
      }
    case (let sum as GroupedSum, let values?):
      return Measure(result: sum) { values.addSums($0, groupCount: sum.count, to: sum) }
    case (let extreme, let values?):
      let isMinimum = aggregate.function?.name == "min"
      return Measure(result: extreme) { matches in
        try extreme.add(values.extremes(matches.spans, isMinimum: isMinimum), rest: [], groups: matches.groups)
      }
    case (let other, nil):
      // The rule asks for no other aggregate without an argument.
      return Measure(result: other) { _ in }
    }
  }
}
