import PlenarySyntax

/// For each input row, every trail of a length at its node: a walk that uses no relationship twice.
final class VariableLengthExpandOperator: FlatMapOperator {
  /// The most elements of lists in one batch, give or take one list.
  private static let mostElements = 1 << 20

  private let step: Expansion
  private let length: PathLength
  private let properties: [(key: String, value: BoundExpression)]
  private let keepsRelationships: Bool
  /// The column for the number of relationships, if anybody reads it.
  private let lengthColumn: VariableID?

  private var row = 0
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  private var used: [Vector] = []
  private var wanted: [(key: KeyToken?, values: Vector)] = []
  private var neighbours: Neighbourhood
  /// The relationships of the trail being walked, and for each node on it what is still to be tried there.
  private var trail: [UInt32] = []
  private var frames: [Neighbourhood.Cursor] = []
  private var hasStarted = false
  /// What nodes and relationships must meet; made for each batch where the statement changes the graph.
  private var tests: TrailTests?

  init(
    _ step: Expansion, _ length: PathLength, _ properties: [(key: String, value: BoundExpression)], _ input: Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.step = step
    self.length = length
    self.properties = properties
    keepsRelationships = plan.live.contains(step.relationship)
    lengthColumn = step.lengthColumn.flatMap { plan.live.contains($0) ? $0 : nil }
    neighbours = Neighbourhood(of: step, in: context.graph)
    super.init(
      input,
      introducing: [step.relationship] + (step.isInto ? [] : [step.to]) + (step.lengthColumn.map { [$0] } ?? []),
      context,
      plan)
  }

  override func start(_ batch: Batch) throws {
    row = 0
    hasStarted = false
    starts = batch[step.from].nodeIDs
    if step.isInto { ends = batch[step.to].nodeIDs }
    used = step.excluding.map { batch[$0] }
    neighbours = Neighbourhood(of: step, in: context.graph)
    if tests == nil || context.writes { tests = TrailTests(step.trailTests, context) }
    wanted = try properties.map { (context.graph.keyToken($0.key), try context.evaluate($0.value, batch)) }
  }

  override func nextRows(of batch: Batch) throws -> Batch? {
    var rows: [Int32] = []
    var nodes: [UInt32] = []
    var lists: [Value] = []
    var lengths: [Int64] = []
    var steps = 0
    // Rows with long trails come a few at a time.
    var elements = 0
    while row < batch.count, rows.count < context.batchSize, elements < VariableLengthExpandOperator.mostElements {
      steps += 1
      if steps & 4095 == 0 {
        try context.checkStop()
        try memory.hold(trail.capacity * 4 + frames.capacity * MemoryLayout<Neighbourhood.Cursor>.stride)
      }
      guard let end = try advance() else {
        row += 1
        hasStarted = false
        continue
      }
      if trail.count >= length.min, !step.isInto || ends[row] == end {
        rows.append(Int32(row))
        nodes.append(end)
        if lengthColumn != nil { lengths.append(Int64(trail.count)) }
        if keepsRelationships {
          elements += trail.count
          let relationships = trail.map { Value.relationship(RelationshipID($0)) }
          lists.append(.list(step.isReversed ? relationships.reversed() : relationships))
        }
      }
    }
    guard !rows.isEmpty else { return nil }
    var result = batch.gathered(rows, keeping: kept)
    if !step.isInto { result[step.to] = .nodes(nodes) }
    if keepsRelationships { result[step.relationship] = .values(lists) }
    if let lengthColumn { result[lengthColumn] = .integers(NullableArray(lengths)) }
    return result
  }

  /// Goes on to the next trail of the current row and gives its last node; `nil` when there is none left.
  private func advance() throws -> UInt32? {
    if !hasStarted {
      hasStarted = true
      trail.removeAll(keepingCapacity: true)
      frames.removeAll(keepingCapacity: true)
      let start = starts[row]
      guard start != NodeID.noneRawValue else { return nil }
      if try tests?.passing([start]).isEmpty ?? false { return nil }
      try grow(at: start)
      // The empty trail comes first; it counts only for a least length of zero.
      return start
    }
    while let last = frames.indices.last {
      // The trail ends where the last frame starts; a longer one left behind is cut.
      if trail.count > last { trail.removeLast(trail.count - last) }
      guard let (neighbour, relationship) = neighbours.next(&frames[last]) else {
        frames.removeLast()
        continue
      }
      guard !trail.contains(relationship), accepts(relationship), tests?.accepts(relationship, neighbour) ?? true else {
        continue
      }
      trail.append(relationship)
      try grow(at: neighbour)
      return neighbour
    }
    return nil
  }

  /// Goes on from a node, if the trail may get longer.
  private func grow(at node: UInt32) throws {
    guard length.max.map({ trail.count < $0 }) ?? true else { return }
    try tests?.prepare(at: [node], neighbours)
    frames.append(neighbours.cursor(at: node))
  }

  private func accepts(_ relationship: UInt32) -> Bool {
    if used.isEmpty, wanted.isEmpty { return true }
    if used.contains(where: { $0.holds(relationship, in: row) }) { return false }
    return wanted.allSatisfy { key, values in
      guard let key else { return false }
      return Value.isEqual(context.graph.property(key, of: RelationshipID(relationship)), values[row]) == .true
    }
  }
}
