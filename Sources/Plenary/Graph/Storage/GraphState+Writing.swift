extension GraphState {
  // MARK: Nodes

  mutating func createNode(labels tokens: [LabelToken], properties: [(KeyToken, Value)]) throws(QueryError) -> UInt32 {
    guard nodeCapacity < Int(NodeID.noneRawValue) else {
      throw QueryError(.graphTooLarge, "the graph has given out all \(NodeID.noneRawValue) node ids")
    }
    let node = UInt32(nodeCapacity)
    nodeCapacity += 1
    counters.nodes += 1
    changeCount += 1
    liveNodes.insert(node)
    for label in tokens { insertLabel(Int(label.rawValue), of: node) }
    for (key, value) in properties { setProperty(Int(key.rawValue), value, ofNode: node) }
    return node
  }

  /// - Precondition: the node has no relationships.
  mutating func deleteNode(_ node: UInt32) {
    guard liveNodes.remove(node) else { return }
    counters.nodes -= 1
    changeCount += 1
    for key in counters.ofNodeKey.indices where counters.ofNodeKey[key] > 0 {
      if case .null = nodeProperty(key, of: node) { continue }
      setProperty(key, .null, ofNode: node)
    }
    for label in labels.indices where labels[label].remove(node) { counters.ofLabel[label] -= 1 }
  }

  mutating func addLabel(_ label: Int, to node: UInt32) -> Bool {
    guard liveNodes.contains(node), insertLabel(label, of: node) else { return false }
    changeCount += 1
    countRelationships(of: node, under: label, sign: 1)
    for index in indexes.indices where Int(indexes[index].label.rawValue) == label {
      indexes[index].note(node, nodeProperty(Int(indexes[index].key.rawValue), of: node))
    }
    return true
  }

  mutating func removeLabel(_ label: Int, from node: UInt32) -> Bool {
    guard label < labels.count, labels[label].remove(node) else { return false }
    changeCount += 1
    counters.ofLabel[label] -= 1
    countRelationships(of: node, under: label, sign: -1)
    return true
  }

  @inline(__always)
  @discardableResult
  private mutating func insertLabel(_ label: Int, of node: UInt32) -> Bool {
    while labels.count <= label { labels.append(Bitmap()) }
    guard labels[label].insert(node) else { return false }
    GraphCounters.add(1, at: label, to: &counters.ofLabel)
    return true
  }

  /// Counts the relationships of a node that gained or lost a label. O(degree).
  private mutating func countRelationships(of node: UInt32, under label: Int, sign: Int) {
    var outgoing: [Int] = []
    var incoming: [Int] = []
    forEachNeighbour(of: node, .outgoing, type: nil) { _, relationship in
      GraphCounters.add(sign, at: Int(type(of: relationship).rawValue), to: &outgoing)
    }
    forEachNeighbour(of: node, .incoming, type: nil) { _, relationship in
      GraphCounters.add(sign, at: Int(type(of: relationship).rawValue), to: &incoming)
    }
    for (type, amount) in outgoing.enumerated() where amount != 0 {
      GraphCounters.add(amount, at: type, label, to: &counters.ofSourceLabel)
    }
    for (type, amount) in incoming.enumerated() where amount != 0 {
      GraphCounters.add(amount, at: type, label, to: &counters.ofTargetLabel)
    }
  }

  // MARK: Properties

  @inline(__always)
  mutating func setProperty(_ key: Int, _ value: Value, ofNode node: UInt32) {
    while nodeChanges.count <= key { nodeChanges.append(SparseArray(fill: nil)) }
    let wasPresent = GraphState.set(value, at: node, in: &nodeChanges[key], over: base.nodeColumn(KeyToken(key)))
    let difference = (value.isAbsent ? 0 : 1) - (wasPresent ? 1 : 0)
    if difference != 0 { GraphCounters.add(difference, at: key, to: &counters.ofNodeKey) }
    changeCount += 1
    if !indexes.isEmpty { noteInIndexes(key, value, of: node) }
  }

  private mutating func noteInIndexes(_ key: Int, _ value: Value, of node: UInt32) {
    for index in indexes.indices where Int(indexes[index].key.rawValue) == key {
      if hasLabel(node, Int(indexes[index].label.rawValue)) { indexes[index].note(node, value) }
    }
  }

  @inline(__always)
  mutating func setProperty(_ key: Int, _ value: Value, ofRelationship relationship: UInt32) {
    while relationshipChanges.count <= key { relationshipChanges.append(SparseArray(fill: nil)) }
    let wasPresent = GraphState.set(
      value, at: relationship, in: &relationshipChanges[key], over: base.relationshipColumn(KeyToken(key)))
    let difference = (value.isAbsent ? 0 : 1) - (wasPresent ? 1 : 0)
    if difference != 0 { GraphCounters.add(difference, at: key, to: &counters.ofRelationshipKey) }
    changeCount += 1
  }

  /// Overlays a value; tells whether there was one before.
  @inline(__always)
  private static func set(
    _ value: Value, at id: UInt32, in changes: inout SparseArray<Value?>, over column: PropertyColumn?
  ) -> Bool {
    let slot = changes.writableLeaf(containing: Int(id)) + (Int(id) & 255)
    let wasPresent =
      if let earlier = slot.pointee { !earlier.isAbsent } else { column?.row(of: id) != nil }
    slot.pointee = .some(value)
    return wasPresent
  }

  // MARK: Relationships

  mutating func createRelationship(
    type: TypeToken, from source: UInt32, to target: UInt32, properties: [(KeyToken, Value)]
  ) throws(QueryError) -> UInt32 {
    guard relationshipCapacity < Int(RelationshipID.noneRawValue) else {
      throw QueryError(
        .graphTooLarge, "the graph has given out all \(RelationshipID.noneRawValue) relationship ids")
    }
    let relationship = UInt32(relationshipCapacity)
    relationshipCapacity += 1
    liveRelationships.insert(relationship)
    link(relationship, from: source, to: target, type)
    count(type, source, target, sign: 1)
    changeCount += 1
    for (key, value) in properties { setProperty(Int(key.rawValue), value, ofRelationship: relationship) }
    return relationship
  }

  /// Puts a relationship that the base does not have at the head of the lists of its ends.
  @inline(__always)
  mutating func link(_ relationship: UInt32, from source: UInt32, to target: UInt32, _ type: TypeToken) {
    newRelationships[Int(relationship) - base.relationshipCount] = NewRelationship(
      source: source, target: target, olderOutgoing: newestOutgoing[Int(source)],
      olderIncoming: newestIncoming[Int(target)], type: type.rawValue)
    newestOutgoing[Int(source)] = relationship
    newestIncoming[Int(target)] = relationship
    touchAdjacency(source, target)
  }

  mutating func deleteRelationship(_ relationship: UInt32) {
    guard liveRelationships.remove(relationship) else { return }
    let (source, target) = endpoints(of: relationship)
    touchAdjacency(source, target)
    count(type(of: relationship), source, target, sign: -1)
    changeCount += 1
    for key in counters.ofRelationshipKey.indices where counters.ofRelationshipKey[key] > 0 {
      if case .null = relationshipProperty(key, of: relationship) { continue }
      setProperty(key, .null, ofRelationship: relationship)
    }
  }

  @inline(__always)
  private mutating func touchAdjacency(_ source: UInt32, _ target: UInt32) {
    if Int(source) < base.nodeCount { touchedNodes.insert(source) }
    if Int(target) < base.nodeCount { touchedNodes.insert(target) }
  }

  @inline(__always)
  private mutating func count(_ type: TypeToken, _ source: UInt32, _ target: UInt32, sign: Int) {
    let type = Int(type.rawValue)
    counters.relationships += sign
    GraphCounters.add(sign, at: type, to: &counters.ofType)
    for label in labels.indices {
      if labels[label].contains(source) { GraphCounters.add(sign, at: type, label, to: &counters.ofSourceLabel) }
      if labels[label].contains(target) { GraphCounters.add(sign, at: type, label, to: &counters.ofTargetLabel) }
    }
  }
}

extension KeyToken {
  @inline(__always)
  init(_ index: Int) { self.init(rawValue: UInt32(truncatingIfNeeded: index)) }
}

extension Value {
  /// Whether this is null, the value of a property that is not there.
  @inline(__always)
  var isAbsent: Bool {
    if case .null = self { return true }
    return false
  }
}
