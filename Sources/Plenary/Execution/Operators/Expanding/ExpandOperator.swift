import PlenarySyntax

/// For each input row, every relationship at its node and the node at the other end, which is not known before.
final class ExpandOperator: FlatMapOperator {
  private let step: Expansion
  private let directions: [AdjacencyDirection]
  private let keepsRelationship: Bool
  private var starts: [UInt32] = []
  private var used: [Vector] = []
  /// The types of the step that the graph knows; `nil` for any.
  private var types: [TypeToken]?
  private var directionIndex = 0
  private var cursor = ExpandCursor()
  /// The list that all neighbours are in, when there is one; then the place in it.
  private var list: CompressedAdjacency?
  private var row = 0
  private var position = 0
  /// The conditions that are tested on the way, if a filter has asked for that.
  private var tests: StepTests?

  init(_ step: Expansion, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.step = step
    directions = AdjacencyDirection.covering(step.direction)
    keepsRelationship = plan.live.contains(step.relationship)
    super.init(input, introducing: [step.relationship, step.to], context, plan)
  }

  override func scan(giving property: BoundExpression) -> (tests: ScanTests, key: String)? {
    input.scan(giving: property)
  }

  override var scanTests: [ScanTests] {
    if tests == nil, !context.writes { tests = StepTests(step) }
    return tests?.all ?? []
  }

  override func start(_ batch: Batch) {
    starts = batch[step.from].nodeIDs
    used = step.excluding.map { batch[$0] }
    types = step.types.map { $0.compactMap(context.graph.typeToken) }
    directionIndex = 0
    cursor = ExpandCursor()
    row = 0
    position = 0
    list = nil
    guard used.isEmpty || directions.count == 1 else { return }
    let neighbours = Neighbourhood(of: step, in: context.graph)
    // A relationship used before matters only where it could be taken again.
    if !used.isEmpty,
      !used.contains(where: { $0.holdsAny(in: starts.indices) { neighbours.leads($0, from: starts[$1]) } })
    {
      used = []
    }
    if directions.count == 1 { list = neighbours.onlyList }
  }

  override func nextRows(of batch: Batch) throws -> Batch? {
    if let list {
      while row < starts.count {
        try tests?.makeWhenWorthwhile(list, types: types, context)
        let areTested = tests?.areMade ?? false
        if let result = try areTested ? expandPassing(batch, along: list) : expandAll(batch, along: list) {
          return result
        }
      }
      return nil
    }
    guard types?.isEmpty != true else { return nil }
    while directionIndex < directions.count {
      try context.checkStop()
      var output = ExpandOutput()
      let direction = directionIndex
      let hasMore = context.graph.expand(
        starts, direction: directions[direction], types: types, from: &cursor, limit: context.batchSize, into: &output)
      if !hasMore {
        directionIndex += 1
        cursor = ExpandCursor()
      }
      if let result = finish(output, of: batch, direction: direction) { return result }
    }
    return nil
  }

  /// Goes on along the one list there is. `nil` when nothing of this part of it counts.
  private func expandAll(_ batch: Batch, along list: CompressedAdjacency) throws -> Batch? {
    if !used.isEmpty { try context.checkStop() }
    let limit = context.batchSize
    var row = row
    var position = position
    let wantsRelationship = keepsRelationship || !used.isEmpty
    let needsRelationship = wantsRelationship && list.relationships != nil
    var relationships: [UInt32] = []
    var neighbours: [UInt32] = []
    let starts = starts
    let room = min(limit, mostRows(left: starts, along: list)) + ShortCopy.slack
    let rows = [Int32](unsafeUninitializedCapacity: room) { rows, rowCount in
      neighbours = [UInt32](unsafeUninitializedCapacity: room) { target, count in
        relationships = [UInt32](unsafeUninitializedCapacity: wantsRelationship ? room : 0) { found, foundCount in
          while row < starts.count {
            let span = list.span(of: starts[row])
            let first = span.lowerBound &+ position
            let part = min(span.upperBound &- first, limit &- count)
            guard let end = target.baseAddress, let rowEnd = rows.baseAddress else { break }
            ShortCopy.copy(list.neighbours, from: first, count: part, to: end + count)
            ShortCopy.fill(rowEnd + count, with: Int32(truncatingIfNeeded: row), count: part)
            if wantsRelationship, let foundEnd = found.baseAddress {
              if needsRelationship {
                ShortCopy.copy(list.relationships.unsafelyUnwrapped, from: first, count: part, to: foundEnd + count)
              } else {
                let relationship = list.firstRelationship &+ UInt32(truncatingIfNeeded: first)
                for index in 0..<part {
                  foundEnd[count &+ index] = relationship &+ UInt32(truncatingIfNeeded: index)
                }
              }
            }
            count &+= part
            if first &+ part < span.upperBound {
              position &+= part
              break
            }
            row &+= 1
            position = 0
          }
          foundCount = wantsRelationship ? count : 0
        }
        rowCount = count
      }
    }
    self.row = row
    self.position = position
    tests?.stepsTaken += rows.count
    return unused(rows, neighbours, relationships, of: batch)
  }

  /// Goes on along the one list there is, over what passes the tests. `nil` when nothing of this part of it counts.
  private func expandPassing(_ batch: Batch, along list: CompressedAdjacency) throws -> Batch? {
    try context.checkStop()
    let addresses = AdjacencyAddresses(list)
    let neighboursPass = tests?.passingNodes
    let relationshipsPass = tests?.passingRelationships
    switch (neighboursPass, relationshipsPass) {
    case (let nodes?, let relationships?):
      return try expand(batch, along: addresses) { nodes.counting($0) & relationships.counting($1) }
    case (let nodes?, nil): return try expand(batch, along: addresses) { node, _ in nodes.counting(node) }
    case (nil, let relationships?):
      return try expand(batch, along: addresses) { _, relationship in relationships.counting(relationship) }
    case (nil, nil): return try expandAll(batch, along: list)
    }
  }

  /// - Parameter passing: 1 for a neighbour and the relationship to it that pass, 0 for others.
  @inline(__always)
  private func expand(
    _ batch: Batch, along list: AdjacencyAddresses, passing: (_ neighbour: UInt32, _ relationship: UInt32) -> Int
  ) throws -> Batch? {
    let limit = context.batchSize
    let starts = starts
    var (row, position) = (row, position)
    var relationships: [UInt32] = []
    var neighbours: [UInt32] = []
    // Everything is written in any case and counted when it passes: the processor cannot guess which does.
    let rows = [Int32](unsafeUninitializedCapacity: limit + 1) { rows, rowCount in
      neighbours = [UInt32](unsafeUninitializedCapacity: limit + 1) { nodes, nodeCount in
        relationships = [UInt32](unsafeUninitializedCapacity: limit + 1) { found, foundCount in
          var count = 0
          while row < starts.count, count < limit {
            let span = list.span(of: starts[row])
            var place = span.lowerBound &+ position
            while place < span.upperBound, count < limit {
              let (neighbour, relationship) = (list.neighbours[place], list.relationship(at: place))
              rows[count] = Int32(truncatingIfNeeded: row)
              nodes[count] = neighbour
              found[count] = relationship
              count &+= passing(neighbour, relationship)
              place &+= 1
            }
            if place < span.upperBound {
              position = place &- span.lowerBound
              break
            }
            row &+= 1
            position = 0
          }
          (rowCount, nodeCount, foundCount) = (count, count, count)
        }
      }
    }
    self.row = row
    self.position = position
    return unused(rows, neighbours, relationships, of: batch)
  }

  /// The rows, less those with a relationship that was used before.
  private func unused(
    _ rows: [Int32], _ neighbours: [UInt32], _ relationships: [UInt32], of batch: Batch
  ) -> Batch? {
    guard !used.isEmpty else { return output(rows, neighbours, relationships, of: batch) }
    var free = Array(repeating: true, count: rows.count)
    for column in used {
      if case .relationships(let taken) = column {
        for index in rows.indices where taken[Int(rows[index])] == relationships[index] { free[index] = false }
      } else {
        for index in rows.indices where column.holds(relationships[index], in: Int(rows[index])) { free[index] = false }
      }
    }
    let positions = free.positions { $0 }
    guard positions.count < rows.count else { return output(rows, neighbours, relationships, of: batch) }
    return output(
      rows.gathered(positions), neighbours.gathered(positions), relationships.gathered(positions), of: batch)
  }

  /// No fewer rows than the input rows that are left make. Counted where they are few: their own few rows need not lie
  /// in room for a whole batch.
  private func mostRows(left starts: [UInt32], along list: CompressedAdjacency) -> Int {
    guard starts.count - row <= 16 else { return .max }
    return starts[row...].reduce(0) { $0 + list.span(of: $1).count }
  }

  private func output(
    _ rows: [Int32], _ neighbours: [UInt32], _ relationships: [UInt32], of batch: Batch
  ) -> Batch? {
    guard !rows.isEmpty else { return nil }
    var result = batch.gathered(rows, keeping: kept)
    result[step.to] = .nodes(neighbours)
    if keepsRelationship { result[step.relationship] = .relationships(relationships) }
    return result
  }

  /// Drops what the step must not find and adds the columns of the rest.
  private func finish(_ output: ExpandOutput, of batch: Batch, direction: Int) -> Batch? {
    var rows = output.rows
    var neighbours = output.neighbours
    var relationships = output.relationships
    // A loop is found from both of its ends; in an undirected pattern it is one match.
    let skipsLoops = directions.count == 2 && direction == 1
    if !used.isEmpty || skipsLoops {
      var count = 0
      for index in rows.indices {
        let row = Int(rows[index])
        if skipsLoops, neighbours[index] == starts[row] { continue }
        if used.contains(where: { $0.holds(relationships[index], in: row) }) { continue }
        rows[count] = rows[index]
        neighbours[count] = neighbours[index]
        relationships[count] = relationships[index]
        count += 1
      }
      rows.removeLast(rows.count - count)
      neighbours.removeLast(neighbours.count - count)
      relationships.removeLast(relationships.count - count)
    }
    return self.output(rows, neighbours, relationships, of: batch)
  }
}

/// Copies of a few elements, which take less time than a call that copies any number.
private enum ShortCopy {
  /// So many elements behind the last one may be written to.
  static let slack = 8
  /// More elements than these are left to the call.
  private static let most = 48

  /// Copies some elements of an array.
  @inline(__always)
  static func copy(
    _ source: FlatArray<UInt32>, from first: Int, count: Int, to target: UnsafeMutablePointer<UInt32>
  ) {
    let start = UnsafeRawPointer(source.start + first)
    if count <= most, first &+ count &+ slack <= source.count {
      var offset = 0
      repeat {
        let eight = start.loadUnaligned(fromByteOffset: offset &* 4, as: SIMD8<UInt32>.self)
        UnsafeMutableRawPointer(target + offset).storeBytes(of: eight, as: SIMD8<UInt32>.self)
        offset &+= 8
      } while offset < count
    } else {
      target.initialize(from: source.start + first, count: count)
    }
  }

  @inline(__always)
  static func fill(_ target: UnsafeMutablePointer<Int32>, with element: Int32, count: Int) {
    if count <= most {
      var offset = 0
      repeat {
        UnsafeMutableRawPointer(target + offset).storeBytes(of: SIMD8(repeating: element), as: SIMD8<Int32>.self)
        offset &+= 8
      } while offset < count
    } else {
      target.initialize(repeating: element, count: count)
    }
  }
}

extension AdjacencyDirection {
  /// The directions that a pattern's arrow allows.
  static func covering(_ direction: RelationshipPattern.Direction) -> [AdjacencyDirection] {
    switch direction {
    case .right: [.outgoing]
    case .left: [.incoming]
    case .either: [.outgoing, .incoming]
    }
  }
}

extension Vector {
  /// The rows as node ids; everything that is no node counts as none.
  var nodeIDs: [UInt32] {
    if case .nodes(let ids) = self { return ids }
    return (0..<count).map { row in
      if case .node(let node) = self[row] { node.rawValue } else { NodeID.noneRawValue }
    }
  }

  /// Whether a relationship of some row, or in the list of some row, meets a condition.
  func holdsAny(in rows: Range<Int>, where condition: (_ relationship: UInt32, _ row: Int) -> Bool) -> Bool {
    if case .relationships(let ids) = self {
      return rows.contains { ids[$0] != RelationshipID.noneRawValue && condition(ids[$0], $0) }
    }
    return rows.contains { row in
      switch self[row] {
      case .relationship(let id): condition(id.rawValue, row)
      case .list(let list):
        list.contains { if case .relationship(let id) = $0 { condition(id.rawValue, row) } else { false } }
      default: false
      }
    }
  }

  /// Calls `body` with the relationship of a row, or with each in its list.
  @inline(__always)
  func forEachRelationship(in row: Int, _ body: (UInt32) -> Void) {
    if case .relationships(let ids) = self {
      if ids[row] != RelationshipID.noneRawValue { body(ids[row]) }
      return
    }
    _ = holdsAny(in: row..<row + 1) { relationship, _ in
      body(relationship)
      return false
    }
  }

  /// Whether a row is a relationship, or a list with it.
  func holds(_ relationship: UInt32, in row: Int) -> Bool {
    if case .relationships(let ids) = self { return ids[row] == relationship }
    switch self[row] {
    case .relationship(let id): return id.rawValue == relationship
    case .list(let list):
      return list.contains { if case .relationship(let id) = $0 { id.rawValue == relationship } else { false } }
    default: return false
    }
  }
}

/// For each input row, the relationship it holds with its end nodes, once for each way it fits the pattern.
final class RelationshipEndsOperator: Operator {
  private let step: Expansion
  private let input: Operator
  private let kept: [VariableID]
  /// Whether the relationships come from a scan for the same step.
  private let isOverScan: Bool

  init(_ step: Expansion, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.step = step
    self.input = input
    kept = plan.live.filter { $0 != step.from && $0 != step.to }
    isOverScan = plan.inputs[0].scans(step)
    super.init(context: context, plan: plan)
  }

  override func scan(giving property: BoundExpression) -> (tests: ScanTests, key: String)? {
    input.scan(giving: property)
  }

  /// Both ends of every relationship, where the scan below has seen to it that all fit.
  private func ends(of batch: Batch) -> Batch? {
    guard isOverScan, case .relationships(let ids)? = batch.columns[step.relationship.index] else { return nil }
    let base = context.graph.state.base
    // A scan gives ascending ids.
    guard let last = ids.last, last < base.relationshipCount else { return nil }
    let sources = ids.map { base.sources[Int($0)] }
    let targets = ids.map { base.targets[Int($0)] }
    var result = batch
    result[step.from] = .nodes(step.direction == .right ? sources : targets)
    result[step.to] = .nodes(step.direction == .right ? targets : sources)
    return result
  }

  override func next() throws -> Batch? {
    while let batch = try input.next() {
      if let result = ends(of: batch) { return result }
      let types = step.types.map { Set($0.compactMap(context.graph.typeToken)) }
      let relationships = batch[step.relationship]
      let boundFrom = batch.columns[step.from.index]
      let boundTo = batch.columns[step.to.index]
      let used = step.excluding.map { batch[$0] }
      var rows: [Int32] = []
      var froms: [UInt32] = []
      var tos: [UInt32] = []
      for row in 0..<batch.count {
        guard case .relationship(let relationship) = relationships[row], context.graph.contains(relationship),
          types?.contains(context.graph.type(of: relationship)) ?? true,
          !used.contains(where: { $0.holds(relationship.rawValue, in: row) })
        else { continue }
        let source = context.graph.source(of: relationship)
        let target = context.graph.target(of: relationship)
        var ways: [(NodeID, NodeID)] = []
        if step.direction != .left { ways.append((source, target)) }
        if step.direction == .left || (step.direction == .either && source != target) { ways.append((target, source)) }
        for (from, to) in ways
        where boundFrom.map({ $0[row].isNode(from) }) ?? true && boundTo.map({ $0[row].isNode(to) }) ?? true
          && (step.from != step.to || from == to)
        {
          rows.append(Int32(row))
          froms.append(from.rawValue)
          tos.append(to.rawValue)
        }
      }
      guard !rows.isEmpty else { continue }
      var result = batch.gathered(rows, keeping: kept)
      result[step.from] = .nodes(froms)
      result[step.to] = .nodes(tos)
      return result
    }
    return nil
  }
}

extension Plan {
  /// Whether the rows are relationships that a directed step could take, found by a scan, and hold nothing else.
  fileprivate func scans(_ step: Expansion) -> Bool {
    switch kind {
    case .filter: inputs[0].scans(step)
    case .relationshipScan(let own, _, _): own.relationship == step.relationship && step.direction != .either
    default: false
    }
  }
}

extension Value {
  /// Whether the value is this node.
  func isNode(_ node: NodeID) -> Bool {
    if case .node(node) = self { true } else { false }
  }
}
