/// Finds shortest paths between two different nodes: breadth first from both, always from the side with fewer nodes to
/// go on from.
///
/// Levels are completed one at a time. While the sides have not met after `f` and `b` levels, every path is longer than
/// `f + b`; so a node of the next level that the other side knows is on a path of `f + b + 1`, and no path is shorter.
/// A shortest path between two nodes meets no node twice, hence no relationship.
final class BidirectionalSearch {
  private let context: ExecutionContext
  private let memory: MemoryAccount
  private let forward: SearchSide
  private let backward: SearchSide
  private let maximum: Int

  /// - Parameter memory: what the search keeps, and the paths it finds, go into this account.
  init(_ relationship: PatternRelationship, _ context: ExecutionContext, _ memory: MemoryAccount) {
    self.context = context
    self.memory = memory
    let graph = context.graph
    let step = Expansion(
      from: relationship.from, relationship: relationship.variable, to: relationship.to,
      direction: relationship.direction, types: relationship.types, isInto: false, excluding: [])
    forward = SearchSide(Neighbourhood(of: step, in: graph))
    backward = SearchSide(Neighbourhood(of: step.reversed, in: graph))
    maximum = relationship.length?.max ?? .max
  }

  /// A shortest path, or all of them; none if there is no path within the length allowed.
  ///
  /// - Parameter accepts: whether a path may use a relationship.
  func paths(
    from start: UInt32, to end: UInt32, all findsAll: Bool, accepts: ((UInt32) throws -> Bool)?
  ) throws -> [PathValue] {
    let meetings = try meetings(from: start, to: end, all: findsAll, accepts)
    guard let first = meetings.first else { return [] }
    return findsAll ? try allPaths(through: meetings, accepts) : [try path(through: first, accepts)]
  }

  /// The length of a shortest path; `nil` if there is none within the length allowed.
  ///
  /// - Parameter accepts: whether a path may use a relationship.
  func length(from start: UInt32, to end: UInt32, accepts: ((UInt32) throws -> Bool)?) throws -> Int? {
    try meetings(from: start, to: end, all: false, accepts).isEmpty
      ? nil : forward.levels.count + backward.levels.count - 2
  }

  /// Searches until the sides meet, and gives the nodes where they do, or the first of them.
  private func meetings(
    from start: UInt32, to end: UInt32, all findsAll: Bool, _ accepts: ((UInt32) throws -> Bool)?
  ) throws -> [UInt32] {
    forward.start(at: start)
    backward.start(at: end)
    var level = 0
    while level < maximum, !forward.frontier.isEmpty, !backward.frontier.isEmpty {
      level += 1
      let isForward = forward.frontier.count <= backward.frontier.count
      let (side, other) = isForward ? (forward, backward) : (backward, forward)
      let meetings = try side.grow(towards: other, all: findsAll, accepts: accepts, check: context.checkStop)
      try count(forward.byteCount + backward.byteCount)
      if !meetings.isEmpty { return meetings }
    }
    return []
  }

  /// What the two sides keep was counted as this much last.
  private var counted = 0

  private func count(_ bytes: Int) throws {
    try memory.add(bytes - counted)
    counted = bytes
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
  private func way(from meeting: UInt32, _ side: SearchSide, _ accepts: ((UInt32) throws -> Bool)?) throws -> Way {
    var way: Way = ([], [])
    // Met nodes are in the last level.
    var place = (0..<side.count).last { side[$0].node == meeting } ?? 0
    while side[place].parent >= 0 {
      let node = side[place].node
      place = Int(side[place].parent)
      let parent = side[place].node
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

  private func depths(of side: SearchSide) -> [UInt32: Int] {
    var result: [UInt32: Int] = [:]
    for (level, start) in side.levels.enumerated() {
      let end = level + 1 < side.levels.count ? side.levels[level + 1] : side.count
      for place in start..<end { result[side[place].node] = level }
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
