import PlenarySyntax

/// For each input row, every trail of a length at its node: a walk that uses no relationship twice.
final class VariableLengthExpandOperator: Operator {
  private let step: Expansion
  private let length: PathLength
  private let properties: [(key: String, value: BoundExpression)]
  private let input: Operator
  private let kept: [VariableID]
  private let keepsRelationships: Bool
  private let directions: [AdjacencyDirection]

  private var current: Batch?
  private var row = 0
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  private var used: [Vector] = []
  private var wanted: [(key: KeyToken?, values: Vector)] = []
  private var types: [TypeToken]?
  /// The trail being walked: for each relationship on it the node it leads to and what else could be taken there.
  private var trail: [UInt32] = []
  private var frames: [Frame] = []
  private var started = false

  /// The relationships at one node that are still to be tried.
  private struct Frame {
    var node: UInt32
    var options: [(neighbour: UInt32, relationship: UInt32)]
    var next = 0
  }

  init(
    _ step: Expansion, _ length: PathLength, _ properties: [(key: String, value: BoundExpression)], _ input: Operator,
    _ context: ExecutionContext, _ plan: Plan
  ) {
    self.step = step
    self.length = length
    self.properties = properties
    self.input = input
    directions = AdjacencyDirection.covering(step.direction)
    kept = plan.live.filter { $0 != step.relationship && ($0 != step.to || step.isInto) }
    keepsRelationships = plan.live.contains(step.relationship)
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    var rows: [Int32] = []
    var nodes: [UInt32] = []
    var lists: [Value] = []
    while true {
      try context.checkStop()
      guard let batch = try currentBatch() else { return nil }
      rows.removeAll(keepingCapacity: true)
      nodes.removeAll(keepingCapacity: true)
      lists.removeAll(keepingCapacity: true)
      var steps = 0
      while row < batch.count, rows.count < context.batchSize {
        steps += 1
        if steps & 4095 == 0 { try context.checkStop() }
        guard let end = try advance() else {
          row += 1
          started = false
          continue
        }
        if trail.count >= length.min, !step.isInto || ends[row] == end {
          rows.append(Int32(row))
          nodes.append(end)
          if keepsRelationships {
            let relationships = trail.map { Value.relationship(RelationshipID($0)) }
            lists.append(.list(step.isReversed ? relationships.reversed() : relationships))
          }
        }
      }
      if row >= batch.count { current = nil }
      guard !rows.isEmpty else { continue }
      var result = batch.gathered(rows, keeping: kept)
      if !step.isInto { result[step.to] = .nodes(nodes) }
      if keepsRelationships { result[step.relationship] = .values(lists) }
      return result
    }
  }

  private func currentBatch() throws -> Batch? {
    if let current { return current }
    guard let batch = try input.next() else { return nil }
    current = batch
    row = 0
    started = false
    starts = batch[step.from].nodeIDs
    if step.isInto { ends = batch[step.to].nodeIDs }
    used = step.excluding.map { batch[$0] }
    types = step.types.map { $0.compactMap(context.graph.typeToken) }
    wanted = try properties.map { (context.graph.keyToken($0.key), try context.evaluate($0.value, batch)) }
    return batch
  }

  /// Goes on to the next trail of the current row and gives its last node; `nil` when there is none left.
  private func advance() throws -> UInt32? {
    if !started {
      started = true
      trail.removeAll(keepingCapacity: true)
      frames.removeAll(keepingCapacity: true)
      let start = starts[row]
      guard start != NodeID.noneRawValue else { return nil }
      if canGrow { frames.append(Frame(node: start, options: options(at: start))) }
      // The empty trail comes first; it counts only for a least length of zero.
      return start
    }
    while let last = frames.indices.last {
      // The trail ends where the last frame starts; a longer one left behind is cut.
      if trail.count > last { trail.removeLast(trail.count - last) }
      guard frames[last].next < frames[last].options.count else {
        frames.removeLast()
        continue
      }
      let option = frames[last].options[frames[last].next]
      frames[last].next += 1
      guard !trail.contains(option.relationship) else { continue }
      trail.append(option.relationship)
      if canGrow { frames.append(Frame(node: option.neighbour, options: options(at: option.neighbour))) }
      return option.neighbour
    }
    return nil
  }

  private var canGrow: Bool { length.max.map { trail.count < $0 } ?? true }

  /// The relationships that a trail may take at a node.
  private func options(at node: UInt32) -> [(neighbour: UInt32, relationship: UInt32)] {
    var result: [(neighbour: UInt32, relationship: UInt32)] = []
    for (index, direction) in directions.enumerated() {
      func take(_ type: TypeToken?) {
        context.graph.forEachNeighbour(of: NodeID(node), direction, type: type) { neighbour, relationship in
          // A loop is found from both of its ends.
          if index == 1, neighbour == node { return }
          if accepts(relationship) { result.append((neighbour, relationship)) }
        }
      }
      if let types {
        for type in types { take(type) }
      } else {
        take(nil)
      }
    }
    return result
  }

  private func accepts(_ relationship: UInt32) -> Bool {
    if used.contains(where: { $0.holds(relationship, in: row) }) { return false }
    return wanted.allSatisfy { key, values in
      guard let key else { return false }
      return Value.isEqual(context.graph.property(key, of: RelationshipID(relationship)), values[row]) == .true
    }
  }
}
