/// Finds shortest paths between two different nodes: breadth first from both, always from the side with fewer nodes to
/// go on from.
///
/// Levels are completed one at a time. While the sides have not met after `f` and `b` levels, every path is longer than
/// `f + b`; so a node of the next level that the other side knows is on a path of `f + b + 1`, and no path is shorter.
/// A shortest path between two nodes meets no node twice, hence no relationship.
final class BidirectionalSearch {
  /// A node, and the place among the met nodes of the one it was reached from; -1 for the first.
  private struct Met {
    var node: UInt32
    var parent: Int32
  }

  /// Everything one side has met, level by level.
  private final class Side {
    let neighbours: Neighbourhood
    let seen: NodeSet
    var met: [Met] = []
    /// Where each level starts in `met`.
    var levels: [Int] = []

    init(_ neighbours: Neighbourhood) {
      self.neighbours = neighbours
      seen = NodeSet(capacity: neighbours.graph.nodeCapacity)
      met.reserveCapacity(256)
    }

    var frontier: Range<Int> { levels[levels.count - 1]..<met.count }

    var byteCount: Int { seen.byteCount + met.capacity * MemoryLayout<Met>.stride }

    func start(at node: UInt32) {
      seen.removeAll(met.lazy.map(\.node))
      met.removeAll(keepingCapacity: true)
      met.append(Met(node: node, parent: -1))
      levels = [0]
      _ = seen.insert(node)
    }
  }

  private let context: ExecutionContext
  private let memory: MemoryAccount
  private let forward: Side
  private let backward: Side
  private let maximum: Int

  /// - Parameter memory: what the search keeps, and the paths it finds, go into this account.
  init(_ relationship: PatternRelationship, _ context: ExecutionContext, _ memory: MemoryAccount) {
    self.context = context
    self.memory = memory
    let graph = context.graph
    let step = Expansion(
      from: relationship.from, relationship: relationship.variable, to: relationship.to,
      direction: relationship.direction, types: relationship.types, isInto: false, excluding: [])
    forward = Side(Neighbourhood(of: step, in: graph))
    backward = Side(Neighbourhood(of: step.reversed, in: graph))
    maximum = relationship.length?.max ?? .max
  }

  /// A shortest path, or all of them; none if there is no path within the length allowed.
  ///
  /// - Parameter accepts: whether a path may use a relationship.
  func paths(
    from start: UInt32, to end: UInt32, all findsAll: Bool, accepts: ((UInt32) throws -> Bool)?
  ) throws -> [PathValue] {
    forward.start(at: start)
    backward.start(at: end)
    var level = 0
    while level < maximum, !forward.frontier.isEmpty, !backward.frontier.isEmpty {
      level += 1
      let isForward = forward.frontier.count <= backward.frontier.count
      let (side, other) = isForward ? (forward, backward) : (backward, forward)
      let meetings = try grow(side, towards: other.seen, all: findsAll, accepts)
      try count(forward.byteCount + backward.byteCount)
      guard let first = meetings.first else { continue }
      return findsAll ? try allPaths(through: meetings, accepts) : [try path(through: first, accepts)]
    }
    return []
  }

  /// What the two sides keep was counted as this much last.
  private var counted = 0

  private func count(_ bytes: Int) throws {
    try memory.add(bytes - counted)
    counted = bytes
  }

  /// Adds the next level to a side and gives the nodes of it that the other side has met, or the first of them.
  private func grow(
    _ side: Side, towards other: NodeSet, all findsAll: Bool, _ accepts: ((UInt32) throws -> Bool)?
  ) throws -> [UInt32] {
    let frontier = side.frontier
    side.levels.append(side.met.count)
    if accepts == nil, side.neighbours.areInPlace {
      return try growInPlace(side, frontier, towards: other, all: findsAll)
    }
    // Taken out of the side while it grows, so that nobody need be asked whether the array is shared.
    var met = side.met
    side.met = []
    defer { side.met = met }
    var meetings: [UInt32] = []
    let seen = side.seen
    for place in frontier {
      if place & 1023 == 0 { try context.checkStop() }
      let hasMet = try side.neighbours.contains(at: met[place].node) { neighbour, relationship in
        guard !seen.contains(neighbour), try accepts?(relationship) ?? true else { return false }
        _ = seen.insert(neighbour)
        met.append(Met(node: neighbour, parent: Int32(truncatingIfNeeded: place)))
        guard other.contains(neighbour) else { return false }
        meetings.append(neighbour)
        return !findsAll
      }
      if hasMet { break }
    }
    return meetings
  }

  /// The same where neighbours lie one after the other and relationships need not be asked for.
  private func growInPlace(
    _ side: Side, _ frontier: Range<Int>, towards other: NodeSet, all findsAll: Bool
  ) throws -> [UInt32] {
    let (neighbours, seen) = (side.neighbours, side.seen)
    var met = side.met
    side.met = []
    defer { side.met = met }
    var meetings: [UInt32] = []
    // No more can be new than there are steps to take, or nodes.
    let bound = frontier.reduce(0) { $0 &+ neighbours.inPlace(of: met[$1].node).count }
    let level = try [Met](unsafeUninitializedCapacity: min(bound, neighbours.graph.nodeCapacity) + 1) {
      target, count in
      for place in frontier {
        if place & 1023 == 0 { try context.checkStop() }
        for neighbour in neighbours.inPlace(of: met[place].node) {
          // Written in any case and counted when new: the processor cannot guess which are.
          target[count] = Met(node: neighbour, parent: Int32(truncatingIfNeeded: place))
          let new = seen.insertCounting(neighbour)
          count &+= new
          guard new > 0, other.contains(neighbour) else { continue }
          meetings.append(neighbour)
          if !findsAll { return }
        }
      }
    }
    met += level
    return meetings
  }

  /// The path through a node that both sides have met, by the way each came there.
  private func path(through meeting: UInt32, _ accepts: ((UInt32) throws -> Bool)?) throws -> PathValue {
    let before = try way(from: meeting, forward, accepts)
    let after = try way(from: meeting, backward, accepts)
    return PathValue(
      nodes: before.nodes.reversed() + [NodeID(meeting)] + after.nodes,
      relationships: before.relationships.reversed() + after.relationships)
  }

  /// The way from a node that a side has met back to its start.
  private func way(from meeting: UInt32, _ side: Side, _ accepts: ((UInt32) throws -> Bool)?) throws -> Way {
    var way: Way = ([], [])
    // Met nodes are in the last level.
    var place = side.met.lastIndex { $0.node == meeting } ?? 0
    while side.met[place].parent >= 0 {
      let node = side.met[place].node
      place = Int(side.met[place].parent)
      let parent = side.met[place].node
      // Which relationship it was is not kept, for the few that are asked for.
      var taken: UInt32?
      try side.neighbours.forEachRelationship(from: parent, to: node) { relationship in
        if taken == nil, try accepts?(relationship) ?? true { taken = relationship }
      }
      way.relationships.append(RelationshipID(taken ?? RelationshipID.noneRawValue))
      way.nodes.append(NodeID(parent))
    }
    return way
  }

  /// A part of a path between a meeting node and an end, from the meeting node on.
  private typealias Way = (nodes: [NodeID], relationships: [RelationshipID])

  /// Every way from each meeting node back to the start, with every way from it to the end.
  private func allPaths(through meetings: [UInt32], _ accepts: ((UInt32) throws -> Bool)?) throws -> [PathValue] {
    let forwardDepths = depths(of: forward)
    let backwardDepths = depths(of: backward)
    var result: [PathValue] = []
    for meeting in meetings {
      // What leads back to a side's start is what the other side follows.
      let before = try ways(from: meeting, backward.neighbours, forwardDepths, accepts)
      let after = try ways(from: meeting, forward.neighbours, backwardDepths, accepts)
      for first in before {
        try context.checkStop()
        let length = first.relationships.count + (after.first?.relationships.count ?? 0)
        try memory.add(after.count * PathValue.byteCount(length: length))
        for second in after {
          result.append(
            PathValue(
              nodes: first.nodes.reversed() + [NodeID(meeting)] + second.nodes,
              relationships: first.relationships.reversed() + second.relationships))
        }
      }
    }
    return result
  }

  private func depths(of side: Side) -> [UInt32: Int] {
    var result: [UInt32: Int] = [:]
    for (level, start) in side.levels.enumerated() {
      let end = level + 1 < side.levels.count ? side.levels[level + 1] : side.met.count
      for place in start..<end { result[side.met[place].node] = level }
    }
    return result
  }

  /// All ways from a node down to depth zero, one level at a step.
  private func ways(
    from node: UInt32, _ neighbours: Neighbourhood, _ depths: [UInt32: Int], _ accepts: ((UInt32) throws -> Bool)?
  ) throws -> [Way] {
    var result: [Way] = []
    var open: [(node: UInt32, way: Way)] = [(node, ([], []))]
    while let (node, way) = open.popLast() {
      try context.checkStop()
      guard let depth = depths[node], depth > 0 else {
        try memory.add(PathValue.byteCount(length: way.relationships.count))
        result.append(way)
        continue
      }
      try neighbours.forEach(at: node) { neighbour, relationship in
        guard depths[neighbour] == depth - 1 else { return }
        if let accepts, try !accepts(relationship) { return }
        open.append((neighbour, (way.nodes + [NodeID(neighbour)], way.relationships + [RelationshipID(relationship)])))
      }
    }
    return result
  }
}
