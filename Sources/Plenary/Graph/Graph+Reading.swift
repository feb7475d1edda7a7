import PlenarySyntax

// MARK: - Nodes

extension Graph {
  /// The labels of a node, in order of their tokens. O(labels of the graph).
  func labels(of node: NodeID) -> [LabelToken] {
    state.labelTokens(of: node.rawValue).map { LabelToken(rawValue: UInt16($0)) }
  }

  /// O(1).
  func hasLabel(_ node: NodeID, _ label: LabelToken) -> Bool { state.hasLabel(node.rawValue, Int(label.rawValue)) }

  /// For each of many nodes whether it has a label; not so for "no node".
  func hasLabel(_ nodes: [UInt32], _ label: LabelToken) -> [Bool] {
    guard Int(label.rawValue) < state.labels.count else { return Array(repeating: false, count: nodes.count) }
    let bitmap = state.labels[Int(label.rawValue)]
    return nodes.map { bitmap.contains($0) }
  }

  /// A property of a node; null when it has none.
  func property(_ key: KeyToken, of node: NodeID) -> Value { state.nodeProperty(Int(key.rawValue), of: node.rawValue) }

  /// All properties of a node, in order of their key tokens. O(keys of the graph).
  func properties(of node: NodeID) -> [(key: KeyToken, value: Value)] {
    Graph.properties(counts: state.counters.ofNodeKey) { state.nodeProperty($0, of: node.rawValue) }
  }
}

// MARK: - Relationships

extension Graph {
  /// The type of a relationship. Like `source(of:)` and `target(of:)` it stays readable when the relationship
  /// is deleted: openCypher allows `type(r)` after `DELETE r`. O(1).
  func type(of relationship: RelationshipID) -> TypeToken { state.type(of: relationship.rawValue) }

  /// The node that a relationship leaves. O(1).
  func source(of relationship: RelationshipID) -> NodeID { NodeID(state.endpoints(of: relationship.rawValue).source) }

  /// The node that a relationship reaches. O(1).
  func target(of relationship: RelationshipID) -> NodeID { NodeID(state.endpoints(of: relationship.rawValue).target) }

  /// A property of a relationship; null when it has none.
  func property(_ key: KeyToken, of relationship: RelationshipID) -> Value {
    state.relationshipProperty(Int(key.rawValue), of: relationship.rawValue)
  }

  /// All properties of a relationship, in order of their key tokens. O(keys of the graph).
  func properties(of relationship: RelationshipID) -> [(key: KeyToken, value: Value)] {
    Graph.properties(counts: state.counters.ofRelationshipKey) {
      state.relationshipProperty($0, of: relationship.rawValue)
    }
  }

  /// The properties that are there, of the keys that anything has.
  @inline(__always)
  private static func properties(counts: [Int], _ value: (Int) -> Value) -> [(key: KeyToken, value: Value)] {
    var result: [(key: KeyToken, value: Value)] = []
    for key in counts.indices where counts[key] > 0 {
      let value = value(key)
      if !value.isAbsent { result.append((KeyToken(key), value)) }
    }
    return result
  }
}

// MARK: - Whole columns

extension Graph {
  /// A property of many nodes, as a vector of the column's type where all values come from the base; null for "no
  /// node". Strings are views into the graph's own bytes.
  func gather(_ key: KeyToken, of nodes: [UInt32]) -> Vector {
    Graph.gather(nodes, column: state.base.nodeColumn(key), changes: state.nodeChanges, key)
  }

  /// A property of many relationships, like `gather(_:of:)`.
  func gather(_ key: KeyToken, ofRelationships relationships: [UInt32]) -> Vector {
    Graph.gather(relationships, column: state.base.relationshipColumn(key), changes: state.relationshipChanges, key)
  }

  /// A property of nodes, or of relationships, as it lies in the base; `nil` where something was changed since.
  func unchangedColumn(_ key: KeyToken, ofNodes: Bool) -> PropertyColumn? {
    guard isUnchanged(ofNodes ? state.nodeChanges : state.relationshipChanges, key) else { return nil }
    return ofNodes ? state.base.nodeColumn(key) : state.base.relationshipColumn(key)
  }

  /// Whether a property of nodes, or of relationships, is kept as codes of a dictionary.
  func isDictionary(_ key: KeyToken, ofNodes: Bool) -> Bool {
    (ofNodes ? state.base.nodeColumn(key) : state.base.relationshipColumn(key))?.isDictionary ?? false
  }

  /// A property as it lies in the base, if every node (or relationship) that ever was has it: ids are places in it.
  func wholeColumn(_ key: KeyToken, ofNodes: Bool) -> PropertyColumn? {
    guard let column = unchangedColumn(key, ofNodes: ofNodes), column.rows.isDense, column.rows.first == 0,
      column.rows.rowCount == (ofNodes ? nodeCapacity : relationshipCapacity)
    else { return nil }
    return column
  }

  private func isUnchanged(_ changes: [SparseArray<Value?>], _ key: KeyToken) -> Bool {
    Int(key.rawValue) >= changes.count || changes[Int(key.rawValue)].isEmpty
  }

  private static func gather(
    _ ids: [UInt32], column: PropertyColumn?, changes: [SparseArray<Value?>], _ key: KeyToken
  ) -> Vector {
    let key = Int(key.rawValue)
    guard key < changes.count, !changes[key].isEmpty, ids.contains(where: { changes[key][Int($0)] != nil }) else {
      guard let column else { return .constant(.null, count: ids.count) }
      return ids.withUnsafeBufferPointer(column.gather)
    }
    let overlay = changes[key]
    return Vector(narrowing: ids.map { id in overlay[Int(id)] ?? column?.value(of: id) ?? .null })
  }
}

// MARK: - Neighbours

extension Graph {
  /// Calls `body` with each neighbour of a node in one direction, and the relationship to it. A relationship from
  /// a node to itself is met once in each direction.
  ///
  /// - Parameter type: only relationships of this type; `nil` for any.
  @inline(__always)
  func forEachNeighbour(
    of node: NodeID, _ direction: AdjacencyDirection, type: TypeToken?,
    _ body: (_ neighbour: UInt32, _ relationship: UInt32) throws -> Void
  ) rethrows {
    try state.forEachNeighbour(of: node.rawValue, direction, type: type, body)
  }

  /// How many relationships a node has. O(1) for a node whose relationships are all in the base.
  func degree(of node: NodeID, direction: AdjacencyDirection, type: TypeToken?) -> Int {
    state.degree(of: node.rawValue, direction, type: type)
  }

  /// Whether any relationship leaves or reaches the node, so that it cannot be deleted alone.
  func hasRelationships(_ node: NodeID) -> Bool { state.hasRelationships(node.rawValue) }

  /// The relationships of a type from one node to another. O(log degree) where both are in the base.
  func relationships(from source: NodeID, to target: NodeID, type: TypeToken) -> [UInt32] {
    let (from, to) = (source.rawValue, target.rawValue)
    var result: [UInt32] = []
    if state.isAdjacencyInBase(from) {
      guard let adjacency = state.base.adjacency(.outgoing, type) else { return [] }
      for position in adjacency.span(of: from, neighbour: to) { result.append(adjacency.relationship(at: position)) }
    } else {
      state.forEachNeighbour(of: from, .outgoing, type: type) { neighbour, relationship in
        if neighbour == to { result.append(relationship) }
      }
    }
    return result
  }
}
