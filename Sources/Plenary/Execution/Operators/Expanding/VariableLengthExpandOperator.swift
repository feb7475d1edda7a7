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
  /// The trails of the current row.
  private var walk = TrailWalk()
  /// What nodes and relationships must meet; made for each batch where the statement changes the graph.
  private var tests: TrailTests?
  /// The end that is looked for when both are known, and how many steps were taken for it.
  private var wantedEnd: UInt32?
  private var stepsForward = 0
  /// Where trails cannot get to that end any more, once looking for it takes long.
  private var wayBack: WayBack?

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
    walk.removeAll()
    starts = batch[step.from].nodeIDs
    if step.isInto { ends = batch[step.to].nodeIDs }
    used = step.excluding.map { batch[$0] }
    neighbours = Neighbourhood(of: step, in: context.graph)
    if context.writes { wantedEnd = nil }
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
    // Kept at hand while rows are made: each look at a variable property of a class costs as much as a step.
    var (row, walk) = (row, TrailWalk())
    swap(&walk, &self.walk)
    defer {
      swap(&walk, &self.walk)
      self.row = row
    }
    let neighbours = neighbours
    let testsNothing = used.isEmpty && wanted.isEmpty && tests == nil && !step.isInto
    while row < batch.count, rows.count < context.batchSize, elements < VariableLengthExpandOperator.mostElements {
      steps += 1
      if steps & 4095 == 0 {
        try context.checkStop()
        try memory.hold(walk.byteCount + (wayBack?.byteCount ?? 0))
      }
      var end: UInt32?
      if !walk.isUnderway {
        walk.isUnderway = true
        end = try start(row)
      } else {
        end = try walk.next(neighbours) { relationship, node, count in
          try testsNothing || accepts(relationship, node, after: count, row)
        }
      }
      guard let end else {
        row += 1
        walk.removeAll()
        continue
      }
      if length.max.map({ walk.count < $0 }) ?? true {
        try tests?.prepare(at: [end], neighbours)
        walk.grow(at: end, neighbours)
      }
      // The empty trail comes first; it counts only for a least length of zero.
      guard walk.count >= length.min, !step.isInto || ends[row] == end else { continue }
      rows.append(Int32(row))
      nodes.append(end)
      if lengthColumn != nil { lengths.append(Int64(walk.count)) }
      if keepsRelationships {
        elements += walk.count
        let relationships = walk.relationships.map { Value.relationship(RelationshipID($0)) }
        lists.append(.list(step.isReversed ? relationships.reversed() : relationships))
      }
    }
    guard !rows.isEmpty else { return nil }
    var result = batch.gathered(rows, keeping: kept)
    if !step.isInto { result[step.to] = .nodes(nodes) }
    if keepsRelationships { result[step.relationship] = .values(lists) }
    if let lengthColumn { result[lengthColumn] = .integers(NullableArray(lengths)) }
    return result
  }

  /// The node that the trails of a row start at, unless there are none.
  private func start(_ row: Int) throws -> UInt32? {
    let start = starts[row]
    guard start != NodeID.noneRawValue else { return nil }
    if step.isInto, ends[row] != wantedEnd {
      wantedEnd = ends[row]
      wayBack = nil
      stepsForward = 0
    }
    return try tests?.passing([start]).isEmpty ?? false ? nil : start
  }

  /// Whether a trail of so many relationships may go on over a relationship to a node.
  private func accepts(_ relationship: UInt32, _ node: UInt32, after count: Int, _ row: Int) throws -> Bool {
    if step.isInto, try !mayReachEnd(from: node, after: count, row) { return false }
    return isWanted(relationship, row) && tests?.accepts(relationship, node) ?? true
  }

  /// Whether the trail may go on to a node and still get to its end.
  private func mayReachEnd(from node: UInt32, after count: Int, _ row: Int) throws -> Bool {
    stepsForward &+= 1
    guard stepsForward > WayBack.fewSteps else { return true }
    let longest = length.max ?? .max
    let wayBack =
      self.wayBack
      ?? WayBack(
        from: ends[row], Neighbourhood(of: step.reversed, in: context.graph), farthest: max(longest &- 1, 0))
    // It follows each time that the number of steps has doubled.
    if self.wayBack == nil || stepsForward & (stepsForward &- 1) == 0 {
      self.wayBack = wayBack
      try wayBack.catchUp(with: stepsForward, context)
    }
    return wayBack.mayReachEnd(from: node, within: longest &- count &- 1)
  }

  /// Whether a relationship was not used before and has the properties that are asked for.
  private func isWanted(_ relationship: UInt32, _ row: Int) -> Bool {
    if used.isEmpty, wanted.isEmpty { return true }
    if used.contains(where: { $0.holds(relationship, in: row) }) { return false }
    return wanted.allSatisfy { key, values in
      guard let key else { return false }
      return Value.isEqual(context.graph.property(key, of: RelationshipID(relationship)), values[row]) == .true
    }
  }
}
