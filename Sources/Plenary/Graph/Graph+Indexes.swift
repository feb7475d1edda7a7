extension Graph {
  /// The indexes of the graph, in order of their making.
  public var indexes: [IndexDescription] {
    state.indexes.map {
      IndexDescription(
        name: $0.name, label: labelName($0.label), key: keyName($0.key), isUnique: $0.isUnique,
        constraint: $0.constraint)
    }
  }

  /// Whether these are the indexes, as far as a plan depends on them. O(indexes).
  func hasIndexes(_ indexes: [IndexDescription]) -> Bool {
    // By position: an index is too much to copy for two names.
    state.indexes.count == indexes.count
      && indexes.indices.allSatisfy { position in
        indexes[position].isUnique == state.indexes[position].isUnique
          && indexes[position].isOn(
            label: labelName(state.indexes[position].label), key: keyName(state.indexes[position].key))
      }
  }

  /// Makes an index that finds the nodes of a label by a property, and keeps it current from now on.
  /// O(nodes of the label).
  ///
  /// - Throws: `indexConflict` if there is one of this name, or on this label and property.
  mutating func createIndex(
    name: String, label: LabelToken, key: KeyToken, isUnique: Bool = false
  ) throws(QueryError) {
    try checkIsFree(name)
    if let index = state.indexes.first(where: { $0.label == label && $0.key == key }) {
      throw QueryError(
        .indexConflict, "`\(index.name)` is an index on :\(labelName(label))(\(keyName(key))) already")
    }
    var index = PropertyIndex(name: name, label: label, key: key, isUnique: isUnique)
    index.rebuild(from: state)
    state.indexes.append(index)
  }

  /// Takes an index away.
  ///
  /// - Throws: `indexConflict` if there is none of this name.
  mutating func dropIndex(name: String) throws(QueryError) {
    guard let position = state.indexes.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) else {
      throw QueryError(.indexConflict, "there is no index named `\(name)`")
    }
    if let constraint = state.indexes[position].constraint {
      throw QueryError(
        .indexConflict, "the index `\(name)` serves the constraint `\(constraint)`",
        hint: "DROP CONSTRAINT \(constraint) comes first")
    }
    state.indexes.remove(at: position)
  }

  /// Whether no two nodes of a label have equal values of a property, as an index knows it.
  func isUnique(label: LabelToken, key: KeyToken) -> Bool {
    state.indexes.contains { $0.label == label && $0.key == key && $0.isUnique }
  }

  /// Whether the nodes of a label can be found by a property without a scan.
  func hasIndex(label: LabelToken, key: KeyToken) -> Bool {
    state.indexes.contains { $0.label == label && $0.key == key }
  }

  /// The nodes of a label whose property equals a value, ascending; `nil` if there is no index for it.
  ///
  /// Equality is that of `Value.==`, less null and NaN, which equal nothing here. For a list or a map that holds one
  /// of them the language's own comparison has to follow.
  func indexLookup(label: LabelToken, key: KeyToken, value: Value) -> [UInt32]? {
    guard let position = state.indexes.firstIndex(where: { $0.label == label && $0.key == key }) else { return nil }
    if value.isAbsent { return [] }
    if case .float(let number) = value, number.isNaN { return [] }
    var found: [UInt32] = []
    state.indexes[position].forEachCandidate(value) { node in
      if state.hasLabel(node, Int(label.rawValue)), state.nodeProperty(Int(key.rawValue), of: node) == value {
        found.append(node)
      }
    }
    return Graph.withoutDuplicates(found)
  }

  /// The node that an index finds for each of some integers, where it knows one at most: rows with their nodes; `nil`
  /// where there is no such index, where not all values found are numbers, or a statement at work has given several
  /// nodes one value. O(integers).
  func indexLookup(
    label: LabelToken, key: KeyToken, integers: NullableArray<Int64>
  ) -> (rows: [Int32], nodes: [UInt32])? {
    guard let index = state.indexes.first(where: { $0.label == label && $0.key == key }), index.isUnique else {
      return nil
    }
    var rows: [Int32] = []
    var candidates: [UInt32] = []
    for (row, number) in integers.elements.enumerated() where !(integers.isNull?[row] ?? false) {
      index.forEachCandidate(hash: ValueHash.integer(number)) { node in
        guard state.hasLabel(node, Int(label.rawValue)) else { return }
        rows.append(Int32(truncatingIfNeeded: row))
        candidates.append(node)
      }
    }
    let wanted = Vector.integers(integers.gathered(rows))
    guard let passing = ComparisonKernel.apply(.equal, gather(key, of: candidates), wanted)?.positionsOfTrue else {
      return nil
    }
    rows = rows.gathered(passing)
    guard zip(rows, rows.dropFirst()).allSatisfy(<) else { return nil }
    return (rows, candidates.gathered(passing))
  }

  private static func withoutDuplicates(_ nodes: [UInt32]) -> [UInt32] {
    guard nodes.count > 1 else { return nodes }
    let sorted = nodes.sorted()
    return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
  }
}
