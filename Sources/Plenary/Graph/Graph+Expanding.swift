/// Where a batch expansion stopped, so that the next call goes on from there: within a node's list if need be.
struct ExpandCursor: Sendable {
  /// The row being expanded.
  fileprivate(set) var row = 0
  /// Which of the types of that row.
  fileprivate var typeIndex = 0
  /// How many positions of that type's list are done.
  fileprivate var position = 0
  /// Once the base is done, the next of the row's new relationships.
  fileprivate var newRelationship = RelationshipID.noneRawValue
  fileprivate var isInNewRelationships = false

  init() {}

  fileprivate mutating func moveToNextRow() {
    row += 1
    typeIndex = 0
    position = 0
    isInNewRelationships = false
  }
}

/// What an expansion found: three columns of one length.
struct ExpandOutput: Sendable {
  /// Which of the expanded nodes a row belongs to.
  var rows: [Int32] = []
  var neighbours: [UInt32] = []
  var relationships: [UInt32] = []

  init() {}

  var count: Int { rows.count }

  mutating func removeAll() {
    rows.removeAll(keepingCapacity: true)
    neighbours.removeAll(keepingCapacity: true)
    relationships.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  fileprivate mutating func append(_ row: Int, _ neighbour: UInt32, _ relationship: UInt32) {
    rows.append(Int32(truncatingIfNeeded: row))
    neighbours.append(neighbour)
    relationships.append(relationship)
  }
}

extension Graph {
  /// Finds the neighbours of many nodes, at most `limit` at a time.
  ///
  /// "No node" has no neighbours. A type that is given twice is expanded once.
  ///
  /// - Parameters:
  ///   - types: only relationships of these types; `nil` for any.
  ///   - cursor: where to start; on return, where to go on.
  ///   - limit: stop when `output` has this many rows.
  ///   - output: gains the rows found.
  /// - Returns: whether there may be more.
  @discardableResult
  func expand(
    _ nodes: [UInt32], direction: AdjacencyDirection, types: [TypeToken]?, from cursor: inout ExpandCursor,
    limit: Int, into output: inout ExpandOutput
  ) -> Bool {
    nodes.withUnsafeBufferPointer {
      expand($0, direction: direction, types: types, from: &cursor, limit: limit, into: &output)
    }
  }

  /// Finds the neighbours of many nodes; see the other `expand`.
  @discardableResult
  func expand(
    _ nodes: UnsafeBufferPointer<UInt32>, direction: AdjacencyDirection, types: [TypeToken]?,
    from cursor: inout ExpandCursor, limit: Int, into output: inout ExpandOutput
  ) -> Bool {
    let adjacencies: [CompressedAdjacency]
    if let types {
      let distinct = Set(types).sorted { $0.rawValue < $1.rawValue }
      adjacencies = distinct.compactMap { state.base.adjacency(direction, $0) }
    } else {
      adjacencies = state.base.adjacency(direction).compactMap { $0 }
    }
    let wanted = types.map(Set.init)
    let hasNew = !state.newRelationships.isEmpty
    let isUntouched = state.touchedNodes.isUntouched
    while cursor.row < nodes.count {
      if output.count >= limit { return true }
      let node = nodes[cursor.row]
      let isInBase = Int(node) < state.base.nodeCount
      let isComplete = isInBase && (isUntouched || !state.touchedNodes.contains(node))
      if isInBase && !cursor.isInNewRelationships {
        guard
          Graph.expandInBase(
            node, adjacencies, isComplete ? nil : state.liveRelationships, &cursor, limit: limit, &output)
        else { return true }
      }
      if !isComplete && hasNew {
        guard Graph.expandNew(node, direction, wanted, state, &cursor, limit: limit, &output) else { return true }
      }
      cursor.moveToNextRow()
    }
    return false
  }

  /// The part of one node that is in the base; false when the limit stopped it.
  @inline(__always)
  private static func expandInBase(
    _ node: UInt32, _ adjacencies: [CompressedAdjacency], _ live: Bitmap?, _ cursor: inout ExpandCursor, limit: Int,
    _ output: inout ExpandOutput
  ) -> Bool {
    while cursor.typeIndex < adjacencies.count {
      let adjacency = adjacencies[cursor.typeIndex]
      let span = adjacency.span(of: node)
      var position = span.lowerBound + cursor.position
      if let live {
        while position < span.upperBound && output.count < limit {
          let relationship = adjacency.relationship(at: position)
          if live.contains(relationship) {
            output.append(cursor.row, adjacency.neighbours.start[position], relationship)
          }
          position &+= 1
        }
      } else {
        let end = min(span.upperBound, position + max(0, limit - output.count))
        let part = UnsafeBufferPointer(start: adjacency.neighbours.start + position, count: end - position)
        output.rows.append(contentsOf: repeatElement(Int32(truncatingIfNeeded: cursor.row), count: part.count))
        output.neighbours.append(contentsOf: part)
        if let relationships = adjacency.relationships {
          output.relationships.append(
            contentsOf: UnsafeBufferPointer(start: relationships.start + position, count: part.count))
        } else {
          let first = adjacency.relationship(at: position)
          output.relationships.append(contentsOf: first..<first &+ UInt32(part.count))
        }
        position = end
      }
      cursor.position = position - span.lowerBound
      if position < span.upperBound { return false }
      cursor.typeIndex += 1
      cursor.position = 0
    }
    return true
  }

  /// The part of one node that is newer than the base; false when the limit stopped it.
  private static func expandNew(
    _ node: UInt32, _ direction: AdjacencyDirection, _ wanted: Set<TypeToken>?, _ state: borrowing GraphState,
    _ cursor: inout ExpandCursor, limit: Int, _ output: inout ExpandOutput
  ) -> Bool {
    if !cursor.isInNewRelationships {
      cursor.isInNewRelationships = true
      cursor.newRelationship = state.newestRelationship(of: node, direction)
    }
    while cursor.newRelationship != RelationshipID.noneRawValue {
      if output.count >= limit { return false }
      let relationship = cursor.newRelationship
      let new = state.newRelationships[Int(relationship) - state.base.relationshipCount]
      if wanted?.contains(TypeToken(rawValue: new.type)) ?? true, state.liveRelationships.contains(relationship) {
        output.append(cursor.row, direction == .outgoing ? new.target : new.source, relationship)
      }
      cursor.newRelationship = direction == .outgoing ? new.olderOutgoing : new.olderIncoming
    }
    return true
  }
}
