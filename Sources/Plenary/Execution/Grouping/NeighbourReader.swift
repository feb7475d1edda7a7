import PlenarySyntax

/// Reads what aggregates want of the neighbours of many nodes from one adjacency list.
final class NeighbourReader {
  /// A row with at least one neighbour that counts.
  struct Match {
    /// Which of the rows asked about.
    let row: Int32
    /// How many neighbours count.
    let count: Int32
    fileprivate let start: UInt32
    fileprivate let end: UInt32

    /// Where the list has the neighbours.
    var span: Range<Int> { Range(uncheckedBounds: (Int(start), Int(end))) }
  }

  /// Rows with the group of each.
  struct Matches {
    let matches: [Match]
    let groups: [Int32]

    /// Calls `body` with each row and its group.
    @inline(__always)
    func forEach(_ body: (_ group: Int, _ match: Match) -> Void) {
      matches.withUnsafeBufferPointer { matches in
        groups.withUnsafeBufferPointer { groups in
          for index in 0..<min(matches.count, groups.count) { body(Int(groups[index]), matches[index]) }
        }
      }
    }
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
  /// What tells which of them count at a row; `nil` where the row has no say.
  private let sorted: SortedNeighbours?
  /// The numbers of the aggregated expressions, in the order of the aggregates.
  private var numbers: [DenseNumbers?] = []
  private let aggregates: [BoundAggregate]

  /// Reads in all that is needed; `nil` where some of it is not in the base, is no number, or fails for some node that
  /// may never be met.
  ///
  /// - Parameter comesInRuns: whether rows with the same node come one after the other.
  /// - Throws: `cancelled`, `deadlineExceeded`.
  init?(_ neighbours: NeighbourAggregation, comesInRuns: Bool, _ context: ExecutionContext) throws {
    let step = neighbours.step
    let neighbourhood = Neighbourhood(of: step, in: context.graph)
    // Rows below that write would change what is read here.
    guard !context.writes, let list = neighbourhood.onlyList,
      list.rows.isDense || neighbours.comparisons != nil
    else { return nil }
    self.context = context
    self.step = step
    self.list = list
    aggregates = neighbours.aggregation.aggregates.map(\.aggregate)
    let conditions = neighbours.conditions.filter { !neighbourhood.promises($0, of: step, atEnd: true) }
    filter = conditions.isEmpty ? nil : NodeFilter(step.to, conditions, context)
    if let filter, try !filter.evaluateAll() { return nil }
    let types = neighbourhood.types ?? []
    let type = types.count == 1 ? types[0] : nil
    if let comparisons = neighbours.comparisons {
      let sorted = try SortedNeighbours(
        comparisons, step, type: type, list, filter, usesTables: comesInRuns, context)
      guard let sorted else { return nil }
      self.sorted = sorted
    } else {
      sorted = nil
    }
    for aggregate in aggregates {
      guard let argument = aggregate.arguments.first, !isEntity(argument) else {
        numbers.append(nil)
        continue
      }
      let isOfNode = argument.freeVariables(subqueries: []) == [step.to]
      guard
        let values = try DenseNumbers(
          argument, of: isOfNode ? step.to : step.relationship, isOfNode: isOfNode, type: type, list, filter,
          context)
      else { return nil }
      numbers.append(values)
    }
  }

  /// About how many bytes it keeps.
  var byteCount: Int {
    let ofFilter = filter == nil ? 0 : context.graph.nodeCapacity
    return numbers.reduce(ofFilter + (sorted?.byteCount ?? 0)) { $0 + ($1?.byteCount ?? 0) }
  }

  /// Whether an expression is the neighbour or the relationship itself, which are never null.
  private func isEntity(_ expression: BoundExpression) -> Bool {
    expression.isReference(to: step.to) || expression.isReference(to: step.relationship)
  }

  /// The rows that have a neighbour which counts, not yet in groups.
  ///
  /// - Parameter context: of the thread that asks.
  /// - Throws: what comparing with values of the rows throws.
  func matches(of batch: Batch, _ context: ExecutionContext) throws -> [Match] {
    let nodes = batch[step.from].nodeIDs
    guard let sorted else { return matches(at: nodes) }
    let counts = try sorted.counts(at: nodes, batch, context)
    // Nothing but the number of them is asked for.
    return counts.enumerated().compactMap { row, count in
      count > 0 ? Match(row: Int32(truncatingIfNeeded: row), count: count, start: 0, end: 0) : nil
    }
  }

  private func matches(at nodes: [UInt32]) -> [Match] {
    guard let answers = filter?.answers else { return matches(at: nodes) { $1 &- $0 } }
    let neighbours = list.neighbours.start
    return matches(at: nodes) { start, end in
      var count: UInt32 = 0
      // Only "passes" has this bit when all nodes are tested.
      for position in start..<end { count &+= UInt32(answers[Int(neighbours[Int(position)])] &>> 1) }
      return count
    }
  }

  @inline(__always)
  private func matches(at nodes: [UInt32], _ count: (_ start: UInt32, _ end: UInt32) -> UInt32) -> [Match] {
    let (first, rowCount, offsets) = (list.rows.first, UInt32(list.rows.rowCount), list.offsets.start)
    return [Match](unsafeUninitializedCapacity: nodes.count) { target, found in
      guard let target = target.baseAddress else { return }
      var next = 0
      for row in 0..<nodes.count {
        let place = nodes[row] &- first
        guard place < rowCount else { continue }
        let (start, end) = (offsets[Int(place)], offsets[Int(place) &+ 1])
        let count = count(start, end)
        // Written in any case and taken back where nothing counts: no branch to be guessed wrong.
        (target + next).initialize(
          to: Match(
            row: Int32(truncatingIfNeeded: row), count: Int32(truncatingIfNeeded: count), start: start, end: end))
        next &+= count > 0 ? 1 : 0
      }
      found = next
    }
  }

  /// The aggregates, each with a new state.
  func makeMeasures() -> [Measure] { zip(aggregates, numbers).map(measure) }

  private func measure(_ aggregate: BoundAggregate, _ numbers: DenseNumbers?) -> Measure {
    let result = aggregate.function.map(GroupedAggregate.make) ?? GroupedCount()
    switch (result, numbers) {
    case (let count as GroupedCount, nil):
      return Measure(result: count) { matches in
        matches.forEach { count.add(Int64($1.count), to: $0) }
      }
    case (let count as GroupedCount, let values?):
      return Measure(result: count) { matches in
        matches.forEach { count.add(values.count($1), to: $0) }
      }
    case (let sum as GroupedSum, let values?):
      return Measure(result: sum) { values.addSums($0, groupCount: sum.count, to: sum) }
    case (let extreme, let values?):
      let isMinimum = aggregate.function?.name == "min"
      return Measure(result: extreme) { matches in
        try extreme.add(values.extremes(matches.matches, isMinimum: isMinimum), rest: [], groups: matches.groups)
      }
    case (let other, nil):
      // The rule asks for no other aggregate without an argument.
      return Measure(result: other) { _ in }
    }
  }
}
