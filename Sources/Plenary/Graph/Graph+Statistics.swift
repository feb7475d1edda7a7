extension Graph {
  /// Nodes with a label.
  func count(of label: LabelToken) -> Int { GraphCounters.count(at: Int(label.rawValue), in: state.counters.ofLabel) }

  /// Relationships of a type.
  func count(of type: TypeToken) -> Int { GraphCounters.count(at: Int(type.rawValue), in: state.counters.ofType) }

  /// Relationships of a type, or of any, that leave (`outgoing`) or reach (`incoming`) nodes of a label, or of any.
  func relationshipCount(label: LabelToken?, type: TypeToken?, direction: AdjacencyDirection) -> Int {
    let counters = state.counters
    guard let label else { return type.map { count(of: $0) } ?? counters.relationships }
    let counts = direction == .outgoing ? counters.ofSourceLabel : counters.ofTargetLabel
    if let type { return GraphCounters.count(at: Int(type.rawValue), Int(label.rawValue), in: counts) }
    return counts.reduce(0) { $0 + GraphCounters.count(at: Int(label.rawValue), in: $1) }
  }

  /// How many relationships of a type a node of a label has on average; 0 if there is no such node.
  func averageDegree(label: LabelToken?, type: TypeToken?, direction: AdjacencyDirection) -> Double {
    let nodes = label.map { count(of: $0) } ?? nodeCount
    guard nodes > 0 else { return 0 }
    return Double(relationshipCount(label: label, type: type, direction: direction)) / Double(nodes)
  }

  /// How many relationships of a type the node of an average one of them has, as far as the base tells.
  func degreeAtAverageRelationship(type: TypeToken, direction: AdjacencyDirection) -> Double {
    state.base.adjacency(direction, type)?.degreeAtAverageRelationship ?? 0
  }

  /// How many relationships of a type a node has that an average one of them leads to, as far as the base tells.
  ///
  /// - Parameter direction: of the relationships that are counted; the one that leads there has the same.
  func degreeAfterAverageRelationship(type: TypeToken, direction: AdjacencyDirection) -> Double {
    guard let list = state.base.adjacency(direction, type), let mirror = state.base.adjacency(direction.opposite, type)
    else { return 0 }
    return list.degreeAfterAverageRelationship(mirror)
  }

  /// How many different values a property has among the nodes of a label; `nil` if none has it.
  ///
  /// Exact for a base of up to 65,536 values, estimated from a sample beyond that and for what was written since.
  func distinctCount(label: LabelToken?, key: KeyToken) -> Double? {
    let statistics = state.columnStatistics(label: label, key: key)
    return statistics.present == 0 ? nil : statistics.distinct
  }

  /// How many nodes of a label are expected to have a value of a property that a test holds for, by a sample; `nil` if
  /// none has the property.
  func expectedCount(label: LabelToken?, key: KeyToken, where test: (Value) -> Bool) -> Double? {
    let statistics = state.columnStatistics(label: label, key: key)
    return statistics.present == 0 ? nil : statistics.expectedCount(where: test)
  }

  /// How many nodes of a label are expected to have a value of a property; `nil` if none has the property.
  func expectedCount(label: LabelToken?, key: KeyToken, of value: Value) -> Double? {
    let statistics = state.columnStatistics(label: label, key: key)
    return statistics.present == 0 ? nil : statistics.expectedCount(of: value)
  }

  /// Nodes that have a property, whatever their labels.
  func nodeCount(having key: KeyToken) -> Int {
    GraphCounters.count(at: Int(key.rawValue), in: state.counters.ofNodeKey)
  }

  /// Relationships that have a property, whatever their type.
  func relationshipCount(having key: KeyToken) -> Int {
    GraphCounters.count(at: Int(key.rawValue), in: state.counters.ofRelationshipKey)
  }
}
