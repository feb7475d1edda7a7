import PlenarySyntax

/// Reads what aggregates want of the neighbours of many nodes from one adjacency list.
final class NeighbourReader {
  /// Rows with at least one neighbour that counts: their nodes, how many neighbours count, and the groups they are in.
  struct Matches {
    let nodes: [UInt32]
    let counts: [Int64]
    let groups: [Int32]
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
  private var nextAggregate = 0

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
    let conditions = neighbours.conditions.filter { !neighbourhood.promises($0, of: step, atEnd: true) }
    filter = conditions.isEmpty ? nil : NodeFilter(step.to, conditions, context)
    if let filter, try !filter.evaluateAll() { return nil }
    for (_, aggregate) in neighbours.aggregation.aggregates {
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

  /// How many neighbours of each node count.
  func counts(at nodes: [UInt32]) -> [Int64] {
    let neighbours = list.neighbours.start
    let answers = filter?.answers
    return nodes.map { node in
      let span = list.span(of: node)
      guard let answers else { return Int64(span.count) }
      var count: Int64 = 0
      // Only "passes" has this bit when all nodes are tested.
      for position in span { count &+= Int64(answers[Int(neighbours[position])] &>> 1) }
      return count
    }
  }

  /// The next aggregate made ready; called once for each, in order.
  func measure(_ aggregate: BoundAggregate) throws -> Measure {
    defer { nextAggregate += 1 }
    let result = aggregate.function.map(GroupedAggregate.make) ?? GroupedCount()
    switch (result, numbers[nextAggregate]) {
    case (let count as GroupedCount, nil):
      return Measure(result: count) { count.add($0.counts, groups: $0.groups) }
    case (let count as GroupedCount, let values?):
      return Measure(result: count) { matches in
        count.add(
          matches.nodes.indices.map { row in
            values.count(self.list.span(of: matches.nodes[row]), known: matches.counts[row])
          }, groups: matches.groups)
      }
    case (let sum as GroupedSum, let values?):
      return Measure(result: sum) { matches in
        values.addSums(matches.nodes.map { self.list.span(of: $0) }, matches, to: sum)
      }
    case (let extreme, let values?):
      let isMinimum = aggregate.function?.name == "min"
      return Measure(result: extreme) { matches in
        let spans = matches.nodes.map { self.list.span(of: $0) }
        try extreme.add(values.extremes(spans, isMinimum: isMinimum), rest: [], groups: matches.groups)
      }
    case (let other, nil):
      // The rule asks for no other aggregate without an argument.
      return Measure(result: other) { _ in }
    }
  }
}
