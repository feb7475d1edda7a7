/// The labels and relationship types of a graph, with what they go together with.
///
/// Counts are exact. Which keys and ends there are is exact for what is few, and read off a sample of what is many: a
/// key that one node in a hundred thousand has may be missing.
package struct GraphSchema: Sendable {
  /// A label and the nodes that have it.
  package struct Label: Sendable {
    /// The label.
    package let name: String
    /// How many nodes have it.
    package let nodes: Int
    /// The property keys that they have, in order of their code points.
    package let keys: [String]
  }

  /// A relationship type and the relationships of it.
  package struct RelationshipType: Sendable {
    /// The type.
    package let name: String
    /// How many relationships have it.
    package let relationships: Int
    /// The labels that relationships lead from and to; `nil` for a node without any.
    package let ends: Set<Ends>
    /// The property keys that they have, in order of their code points.
    package let keys: [String]
  }

  /// A label where relationships start, and one where they end.
  package struct Ends: Hashable, Sendable {
    /// The label of the node that is left.
    package let source: String?
    /// The label of the node that is reached.
    package let target: String?
  }

  /// In order of the code points of their names.
  package let labels: [Label]
  /// In order of the code points of their names.
  package let types: [RelationshipType]
}

extension Graph {
  /// What labels and relationship types there are, from the counts that the graph keeps and a sample of each.
  /// O(nodes / 64 + sample x keys), for each label and type.
  ///
  /// - Parameter limit: about how many nodes or relationships of each are looked at.
  package func schema(sampling limit: Int = 10_000) -> GraphSchema {
    GraphSchema(
      labels: labels.compactMap { name in labelToken(name).map { schema(of: $0, limit) } },
      types: relationshipTypes.compactMap { name in typeToken(name).map { schema(of: $0, limit) } })
  }

  private func schema(of label: LabelToken, _ limit: Int) -> GraphSchema.Label {
    let count = count(of: label)
    let step = max(1, count / max(1, limit))
    var position = 0
    var keys: Set<Int> = []
    let bitmap = state.labels[Int(label.rawValue)]
    bitmap.forEach { node in
      if position % step == 0 {
        for key in state.counters.ofNodeKey.indices where state.counters.ofNodeKey[key] > 0 && !keys.contains(key) {
          if hasProperty(key, ofNode: node) { keys.insert(key) }
        }
      }
      position += 1
    }
    return GraphSchema.Label(name: labelName(label), nodes: count, keys: names(ofKeys: keys))
  }

  private func schema(of type: TypeToken, _ limit: Int) -> GraphSchema.RelationshipType {
    var keys: Set<Int> = []
    var ends: Set<GraphSchema.Ends> = []
    for relationship in sample(of: type, limit) {
      for key in state.counters.ofRelationshipKey.indices
      where state.counters.ofRelationshipKey[key] > 0 && !keys.contains(key) {
        if hasProperty(key, ofRelationship: relationship) { keys.insert(key) }
      }
      let (source, target) = state.endpoints(of: relationship)
      for sourceLabel in namesOfLabels(of: source) {
        for targetLabel in namesOfLabels(of: target) {
          ends.insert(GraphSchema.Ends(source: sourceLabel, target: targetLabel))
        }
      }
    }
    return GraphSchema.RelationshipType(
      name: typeName(type), relationships: count(of: type), ends: ends, keys: names(ofKeys: keys))
  }

  /// Some relationships of a type, spread evenly over those in the base and those made since.
  private func sample(of type: TypeToken, _ limit: Int) -> [UInt32] {
    var sample: [UInt32] = []
    if let adjacency = state.base.adjacency(.outgoing, type) {
      let step = max(1, adjacency.relationshipCount / max(1, limit))
      for position in stride(from: 0, to: adjacency.relationshipCount, by: step) {
        sample.append(adjacency.relationship(at: position))
      }
    }
    let new = state.base.relationshipCount..<state.relationshipCapacity
    let step = max(1, new.count / (8 * max(1, limit)))
    for id in stride(from: new.lowerBound, to: new.upperBound, by: step) where state.type(of: UInt32(id)) == type {
      sample.append(UInt32(id))
    }
    return sample.filter { state.liveRelationships.contains($0) }
  }

  private func hasProperty(_ key: Int, ofNode node: UInt32) -> Bool {
    if let value = state.changedNodeProperty(key, of: node) { return !value.isAbsent }
    return state.base.nodeColumn(KeyToken(key))?.row(of: node) != nil
  }

  private func hasProperty(_ key: Int, ofRelationship relationship: UInt32) -> Bool {
    if key < state.relationshipChanges.count, let value = state.relationshipChanges[key][Int(relationship)] {
      return !value.isAbsent
    }
    return state.base.relationshipColumn(KeyToken(key))?.row(of: relationship) != nil
  }

  private func names(ofKeys keys: Set<Int>) -> [String] {
    keys.map { keyName(KeyToken($0)) }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func namesOfLabels(of node: UInt32) -> [String?] {
    let labels = state.labelTokens(of: node)
    return labels.isEmpty ? [nil] : labels.map { labelName(LabelToken(rawValue: UInt16($0))) }
  }
}
