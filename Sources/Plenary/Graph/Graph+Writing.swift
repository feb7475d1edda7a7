extension Graph {
  /// Adds a node. O(labels + properties).
  ///
  /// - Throws: `graphTooLarge` when all ids are used up.
  mutating func createNode(
    labels: [LabelToken], properties: [(KeyToken, Value)]
  ) throws(QueryError) -> NodeID {
    NodeID(try state.createNode(labels: labels, properties: properties))
  }

  /// Adds many nodes with the same labels, and properties as columns. O(nodes x properties).
  ///
  /// - Parameter properties: for each key, which stands once, a value for every node.
  /// - Returns: the nodes, in order, and how many properties they have.
  /// - Throws: `graphTooLarge` when there are not so many ids left.
  mutating func createNodes(
    _ count: Int, labels: [LabelToken], properties: [(key: KeyToken, vector: Vector)]
  ) throws(QueryError) -> (nodes: Range<UInt32>, propertyCount: Int) {
    let nodes = try state.createNodes(count, labels: labels)
    var propertyCount = 0
    for (key, vector) in properties {
      propertyCount += state.setProperty(Int(key.rawValue), vector, ofNew: nodes)
    }
    return (nodes, propertyCount)
  }

  /// Adds a relationship between two nodes that live. O(labels of the graph + properties).
  ///
  /// - Throws: `graphTooLarge` when all ids are used up.
  mutating func createRelationship(
    type: TypeToken, from source: NodeID, to target: NodeID, properties: [(KeyToken, Value)]
  ) throws(QueryError) -> RelationshipID {
    RelationshipID(
      try state.createRelationship(
        type: type, from: source.rawValue, to: target.rawValue, properties: properties))
  }

  /// Sets a property of a node that lives; null takes it away.
  mutating func setProperty(_ key: KeyToken, _ value: Value, of node: NodeID) {
    state.setProperty(Int(key.rawValue), value, ofNode: node.rawValue)
  }

  /// Sets a property of a relationship that lives; null takes it away.
  mutating func setProperty(_ key: KeyToken, _ value: Value, of relationship: RelationshipID) {
    state.setProperty(Int(key.rawValue), value, ofRelationship: relationship.rawValue)
  }

  /// Gives a node a label; false if it had it. O(degree), because the counts per label and type follow.
  @discardableResult
  mutating func addLabel(_ label: LabelToken, to node: NodeID) -> Bool {
    state.addLabel(Int(label.rawValue), to: node.rawValue)
  }

  /// Takes a label from a node; false if it did not have it. O(degree).
  @discardableResult
  mutating func removeLabel(_ label: LabelToken, from node: NodeID) -> Bool {
    state.removeLabel(Int(label.rawValue), from: node.rawValue)
  }

  /// Deletes a relationship; does nothing if it is deleted already.
  mutating func deleteRelationship(_ relationship: RelationshipID) {
    state.deleteRelationship(relationship.rawValue)
  }

  /// Deletes a node; does nothing if it is deleted already.
  ///
  /// - Precondition: no relationship leaves or reaches it; see `hasRelationships(_:)`.
  mutating func deleteNode(_ node: NodeID) {
    state.deleteNode(node.rawValue)
  }

  /// Whether so much was written since the base was made that a new one is worth its while.
  var isFoldingWorthwhile: Bool { state.isFoldingWorthwhile }

  /// Whether a new base is made in less time than it takes to notice.
  var isFoldedAtOnce: Bool { state.nodeCapacity + state.relationshipCapacity < 20_000 }

  /// The same graph on a base that holds everything. O(graph).
  func folded() -> Graph { Graph(state.folded()) }

  /// This graph on the base of an earlier one that was folded meanwhile; `nil` if it does not come from that by writes
  /// alone. O(what was written in between).
  func rebased(onto folded: Graph, from origin: Graph) -> Graph? {
    guard let rebased = state.rebased(onto: folded.state, from: origin.state) else { return nil }
    return Graph(rebased)
  }

  /// Makes a new base unless nothing was written since the last one.
  mutating func foldWhatChanged() {
    if state.changeCount > 0 { state.fold() }
  }

  /// Makes a new base whatever was written since the last one.
  package mutating func fold() { state.fold() }
}
