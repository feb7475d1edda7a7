/// Two steps that meet: `(a)-->(c)-->(b)` with `a` and `b` in the input row.
extension MatchCounter {
  /// What the two steps need: which nodes are next to both ends is found in their sorted lists.
  ///
  /// Input rows mostly come with the same `a` many times in a row: the nodes next to it are marked then, so that each node
  /// next to `b` is one bit to read.
  final class Meeting {
    /// The node in between.
    let middle: Slot
    let end: Slot
    /// The relationships of the first step at the root, and those of the second at the end.
    let fromRoot: CompressedAdjacency
    let fromEnd: CompressedAdjacency
    private let marks: NodeSet
    private var markedNode: UInt32?

    init(middle: Slot, end: Slot, fromRoot: CompressedAdjacency, fromEnd: CompressedAdjacency, nodeCapacity: Int) {
      self.middle = middle
      self.end = end
      self.fromRoot = fromRoot
      self.fromEnd = fromEnd
      marks = NodeSet(capacity: nodeCapacity)
    }

    /// What it takes to look for a node in a list, in nodes of a list that are looked at one after the other.
    private static let searchCost = 24

    /// Calls `body` with each node next to both ends until it says that this is enough.
    ///
    /// - Parameter isRepeated: whether the row before had the same root.
    @inline(__always)
    func forEach(from root: UInt32, to end: UInt32, isRepeated: Bool, _ body: (UInt32) throws -> Bool) rethrows {
      let (near, far) = (fromRoot.span(of: root), fromEnd.span(of: end))
      let (nearNodes, farNodes) = (fromRoot.neighbours.start, fromEnd.neighbours.start)
      let isMarked = markedNode == root
      let fewer = min(near.count, far.count)
      if far.count + (isMarked || isRepeated ? 0 : near.count * 2) <= fewer * Meeting.searchCost {
        if !isMarked { mark(root) }
        for position in far where marks.contains(farNodes[position]) {
          if try !body(farNodes[position]) { return }
        }
        return
      }
      if near.count <= far.count {
        for position in near where fromEnd.holds(nearNodes[position], at: far) {
          if try !body(nearNodes[position]) { return }
        }
      } else {
        for position in far where fromRoot.holds(farNodes[position], at: near) {
          if try !body(farNodes[position]) { return }
        }
      }
    }

    private func mark(_ root: UInt32) {
      forget()
      for position in fromRoot.span(of: root) { _ = marks.insert(fromRoot.neighbours.start[position]) }
      markedNode = root
    }

    /// Takes all marks away.
    func forget() {
      guard let node = markedNode else { return }
      for position in fromRoot.span(of: node) { marks.remove(fromRoot.neighbours.start[position]) }
      markedNode = nil
    }
  }

  /// The core as two steps that meet; `nil` for any other, or where a node could be met in more than one way, or the
  /// relationships of the rows matter.
  static func meeting(_ core: [Step], _ root: Slot, _ outer: [Slot], _ graph: Graph) -> Meeting? {
    guard core.count == 2, !core[0].isInto, core[1].isInto, core[0].from === root, core[1].from === core[0].to,
      outer.contains(where: { $0 === core[1].to }),
      core.allSatisfy({ $0.takesAny && $0.excluding.isEmpty && $0.outerVariables.isEmpty }),
      let fromRoot = core[0].neighbours.onlyList, let fromEnd = core[1].neighbours.onlyMirror,
      !fromRoot.hasParallels, !fromEnd.hasParallels
    else { return nil }
    return Meeting(
      middle: core[0].to, end: core[1].to, fromRoot: fromRoot, fromEnd: fromEnd, nodeCapacity: graph.nodeCapacity)
  }

  /// The matches of the two steps between the nodes of the row; for a test no more than one.
  func walkToMeeting(_ meeting: Meeting) throws -> Int64 {
    try checkNowAndThen()
    let middle = meeting.middle
    var total: Int64 = 0
    let isRepeated = root.node == previousRoot
    previousRoot = root.node
    try meeting.forEach(from: root.node, to: meeting.end.node, isRepeated: isRepeated) { neighbour in
      guard middle.filter?.passes(neighbour) ?? true else { return true }
      if isTest {
        total = try hasBranches(of: middle, at: neighbour) ? 1 : 0
        return total == 0
      }
      total = try middle.branches.isEmpty ? total + 1 : sum(total, product(of: middle, at: neighbour))
      return true
    }
    return total
  }
}

extension MatchCounter {
  /// How many relationships of a step there are between two nodes of each row, without those that the row holds; for a
  /// test no more than one.
  func relationshipCounts(_ step: Step, from starts: [UInt32], to ends: [UInt32]) -> [Int64] {
    guard !step.outer.isEmpty else { return allRelationshipCounts(step, starts, ends, isTest: isTest) }
    var counts = allRelationshipCounts(step, starts, ends, isTest: false)
    // Mostly few rows have any.
    for row in counts.indices where counts[row] > 0 {
      var count: Int64 = 0
      step.neighbours.forEachRelationship(from: starts[row], to: ends[row]) { relationship in
        if !step.outer.contains(where: { $0.holds(relationship, in: row) }) { count &+= 1 }
      }
      counts[row] = isTest ? min(count, 1) : count
    }
    return counts
  }

  private func allRelationshipCounts(
    _ step: Step, _ starts: [UInt32], _ ends: [UInt32], isTest: Bool
  ) -> [Int64] {
    if let counts = relationshipCountsByMarks(step, starts, ends, isTest: isTest) { return counts }
    var result: [Int64] = []
    result.reserveCapacity(starts.count)
    for (start, end) in zip(starts, ends) {
      var count: Int64 = 0
      if start != NodeID.noneRawValue, end != NodeID.noneRawValue {
        step.neighbours.forEachRelationship(from: start, to: end) { _ in count &+= 1 }
      }
      result.append(isTest ? min(count, 1) : count)
    }
    return result
  }
}

extension MatchCounter {
  /// The same where rows with the same node at one end stand together, as steps from node to node make them: what is
  /// next to that node is marked once for all of them, so that each row is one bit to read.
  ///
  /// `nil` where the rows are not like that, or two nodes may have several relationships and their number matters.
  private func relationshipCountsByMarks(
    _ step: Step, _ starts: [UInt32], _ ends: [UInt32], isTest: Bool
  ) -> [Int64]? {
    let neighbours = step.neighbours
    guard neighbours.isInBase else { return nil }
    if let list = neighbours.onlyList, let mirror = neighbours.onlyMirror, isTest || !list.hasParallels {
      return counts(of: ends, byRunsOf: starts, [AdjacencyAddresses(list)])
        ?? counts(of: starts, byRunsOf: ends, [AdjacencyAddresses(mirror)])
    }
    // In both directions the lists are the same from both ends; they may hold one neighbour twice.
    guard isTest, step.expansion.direction == .either else { return nil }
    let lists = neighbours.lists.map { AdjacencyAddresses($0) }
    return counts(of: ends, byRunsOf: starts, lists) ?? counts(of: starts, byRunsOf: ends, lists)
  }

  private func counts(of others: [UInt32], byRunsOf nodes: [UInt32], _ lists: [AdjacencyAddresses]) -> [Int64]? {
    lists.withUnsafeBufferPointer { counts(of: others, byRunsOf: nodes, $0) }
  }

  /// - Parameter lists: where each node's neighbours are; a buffer, so that looking at them counts no references.
  private func counts(
    of others: [UInt32], byRunsOf nodes: [UInt32], _ lists: UnsafeBufferPointer<AdjacencyAddresses>
  ) -> [Int64]? {
    @inline(__always) func degree(of node: UInt32) -> Int {
      var degree = 0
      if node != NodeID.noneRawValue { for list in lists { degree &+= list.span(of: node).count } }
      return degree
    }
    // Marking a list takes longer than searching it for a few nodes.
    var (effort, row) = (0, 0)
    while row < nodes.count {
      var end = row + 1
      while end < nodes.count, nodes[end] == nodes[row] { end += 1 }
      effort += min(degree(of: nodes[row]), (end - row) * 16)
      row = end
    }
    guard effort <= nodes.count * 12 else { return nil }
    let marks = marks ?? NodeSet(capacity: nodeCapacity)
    self.marks = marks
    return [Int64](unsafeUninitializedCapacity: nodes.count) { target, count in
      var row = 0
      while row < nodes.count {
        let node = nodes[row]
        var end = row + 1
        while end < nodes.count, nodes[end] == node { end += 1 }
        let isMarked = degree(of: node) <= (end - row) * 16
        if isMarked { forEachNeighbour(of: node, lists) { _ = marks.insert($0) } }
        for place in row..<end {
          let other = others[place]
          guard node != NodeID.noneRawValue, other != NodeID.noneRawValue else {
            target[place] = 0
            continue
          }
          let isFound =
            isMarked
            ? marks.contains(other) : lists.contains { !$0.positions(of: other, in: $0.span(of: node)).isEmpty }
          target[place] = isFound ? 1 : 0
        }
        if isMarked { forEachNeighbour(of: node, lists) { marks.remove($0) } }
        row = end
      }
      count = nodes.count
    }
  }

  @inline(__always)
  private func forEachNeighbour(
    of node: UInt32, _ lists: UnsafeBufferPointer<AdjacencyAddresses>, _ body: (UInt32) -> Void
  ) {
    guard node != NodeID.noneRawValue else { return }
    for list in lists {
      for position in list.span(of: node) { body(list.neighbours[position]) }
    }
  }
}

extension CompressedAdjacency {
  /// Whether a node is among the neighbours in a part of the list. O(log part).
  @inline(__always)
  fileprivate func holds(_ node: UInt32, at part: Range<Int>) -> Bool {
    var (start, count) = (part.lowerBound, part.count)
    // Without branches that nobody can foresee.
    while count > 1 {
      let half = count / 2
      start = neighbours.start[start + half] <= node ? start + half : start
      count -= half
    }
    return count == 1 && neighbours.start[start] == node
  }
}
