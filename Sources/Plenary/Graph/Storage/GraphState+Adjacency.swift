extension GraphState {
  /// Calls `body` with each neighbour of a node and the relationship to it.
  @inline(__always)
  func forEachNeighbour(
    of node: UInt32, _ direction: AdjacencyDirection, type: TypeToken?,
    _ body: (_ neighbour: UInt32, _ relationship: UInt32) throws -> Void
  ) rethrows {
    let isInBase = isAdjacencyInBase(node)
    if Int(node) < base.nodeCount {
      if let type {
        if let adjacency = base.adjacency(direction, type) {
          try forEachInBase(of: node, adjacency, isComplete: isInBase, body)
        }
      } else {
        for case let adjacency? in base.adjacency(direction) {
          try forEachInBase(of: node, adjacency, isComplete: isInBase, body)
        }
      }
    }
    if !isInBase { try forEachNew(of: node, direction, type: type, body) }
  }

  @inline(__always)
  private func forEachInBase(
    of node: UInt32, _ adjacency: CompressedAdjacency, isComplete: Bool, _ body: (UInt32, UInt32) throws -> Void
  ) rethrows {
    for position in adjacency.span(of: node) {
      let relationship = adjacency.relationship(at: position)
      if isComplete || liveRelationships.contains(relationship) {
        try body(adjacency.neighbours.start[position], relationship)
      }
    }
  }

  @inline(__always)
  private func forEachNew(
    of node: UInt32, _ direction: AdjacencyDirection, type: TypeToken?, _ body: (UInt32, UInt32) throws -> Void
  ) rethrows {
    var relationship = newestRelationship(of: node, direction)
    while relationship != RelationshipID.noneRawValue {
      let new = newRelationships[Int(relationship) - base.relationshipCount]
      if type == nil || type?.rawValue == new.type, liveRelationships.contains(relationship) {
        try body(direction == .outgoing ? new.target : new.source, relationship)
      }
      relationship = direction == .outgoing ? new.olderOutgoing : new.olderIncoming
    }
  }

  @inline(__always)
  func newestRelationship(of node: UInt32, _ direction: AdjacencyDirection) -> UInt32 {
    direction == .outgoing ? newestOutgoing[Int(node)] : newestIncoming[Int(node)]
  }

  /// O(1) for a node whose relationships are all in the base (O(types) for any type), O(degree) otherwise.
  func degree(of node: UInt32, _ direction: AdjacencyDirection, type: TypeToken?) -> Int {
    guard isAdjacencyInBase(node) else {
      var degree = 0
      forEachNeighbour(of: node, direction, type: type) { _, _ in degree += 1 }
      return degree
    }
    if let type { return base.adjacency(direction, type)?.span(of: node).count ?? 0 }
    return base.adjacency(direction).reduce(0) { $0 + ($1?.span(of: node).count ?? 0) }
  }

  /// Whether any relationship leaves or reaches the node. O(types) in the common case.
  func hasRelationships(_ node: UInt32) -> Bool {
    struct Found: Error {}
    do {
      try forEachNeighbour(of: node, .outgoing, type: nil) { _, _ in throw Found() }
      try forEachNeighbour(of: node, .incoming, type: nil) { _, _ in throw Found() }
      return false
    } catch {
      return true
    }
  }
}
