extension GraphState {
  /// The same state, shared, on a base of its own that holds everything. O(graph).
  borrowing func folded() -> GraphState {
    var folded = copy()
    folded.fold()
    return folded
  }

  /// This state on the base of an earlier one that was folded meanwhile: what both have is read from the new base, and
  /// only what was written in between lies on top of it. O(what was written in between + nodes / 16,384).
  ///
  /// - Parameters:
  ///   - folded: `origin.folded()`.
  ///   - origin: a state that this one comes from by writes alone.
  /// - Returns: `nil` if this state has another base than the origin, and so does not come from it by writes alone.
  func rebased(onto folded: borrowing GraphState, from origin: borrowing GraphState) -> GraphState? {
    guard base === origin.base, nodeCapacity >= origin.nodeCapacity,
      relationshipCapacity >= origin.relationshipCapacity
    else { return nil }
    var result = copy()
    result.base = folded.base
    result.columnStatistics = folded.columnStatistics
    result.changeCount = changeCount - origin.changeCount
    result.nodeChanges = GraphState.changes(nodeChanges, since: origin.nodeChanges)
    result.relationshipChanges = GraphState.changes(relationshipChanges, since: origin.relationshipChanges)
    result.relinkRelationships(of: self)
    // What has gone since stands in the new base, whose lists must be looked through from now on.
    liveRelationships.forEachRemoved(since: origin.liveRelationships) { relationship in
      guard Int(relationship) < folded.base.relationshipCount else { return }
      let (source, target) = endpoints(of: relationship)
      result.touchedNodes.insert(source)
      result.touchedNodes.insert(target)
    }
    for position in result.indexes.indices { result.rebaseIndex(at: position, onto: folded, from: origin) }
    return result
  }

  /// Leaves written to since are taken whole: what else is in them the base has too.
  private static func changes(
    _ now: [SparseArray<Value?>], since before: [SparseArray<Value?>]
  ) -> [SparseArray<Value?>] {
    now.enumerated().map { key, changes in key < before.count ? changes.leaves(changedSince: before[key]) : changes }
  }

  /// Makes the lists of new relationships anew, with those that the base does not have.
  private mutating func relinkRelationships(of state: borrowing GraphState) {
    newRelationships = SparseArray(fill: NewRelationship())
    newestOutgoing = SparseArray(fill: RelationshipID.noneRawValue)
    newestIncoming = SparseArray(fill: RelationshipID.noneRawValue)
    touchedNodes = Bitmap()
    for id in UInt32(base.relationshipCount)..<UInt32(relationshipCapacity) {
      let (source, target) = state.endpoints(of: id)
      link(id, from: source, to: target, state.type(of: id))
    }
  }

  private mutating func rebaseIndex(
    at position: Int, onto folded: borrowing GraphState, from origin: borrowing GraphState
  ) {
    let own = indexes[position]
    let before = origin.indexes.firstIndex { $0.hasSameBase(as: own) }
    let after = folded.indexes.firstIndex { $0.label == own.label && $0.key == own.key }
    if let before, let after {
      indexes[position].rebase(onto: folded.indexes[after], addingSince: origin.indexes[before])
    } else {
      // Made in between.
      var index = own
      index.rebuild(from: self)
      indexes[position] = index
    }
  }
}
