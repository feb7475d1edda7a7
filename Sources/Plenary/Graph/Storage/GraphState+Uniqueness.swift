/// Two nodes of a label that have equal values of a property that is to be unique.
struct UniquenessViolation {
  /// Which of the state's indexes found it.
  let index: Int
  /// A node that has the value.
  let earlier: UInt32
  /// The node whose value was looked at.
  let later: UInt32
}

extension GraphState {
  /// Whether anything was written that `checkUniqueness()` has to look at.
  var hasUncheckedValues: Bool { indexes.contains(where: \.hasUncheckedEntries) }

  /// Looks at every value written since the last check to an index that is unique. One that was just known to be so
  /// loses that; of one that a constraint keeps unique the violation is returned. O(values written).
  mutating func checkUniqueness() -> UniquenessViolation? {
    for position in indexes.indices where indexes[position].hasUncheckedEntries {
      if let violation = violationAmongNew(position) {
        if indexes[position].constraint != nil { return violation }
        indexes[position].isUnique = false
      }
      indexes[position].markChecked()
    }
    return nil
  }

  private func violationAmongNew(_ position: Int) -> UniquenessViolation? {
    struct Found: Error { let violation: UniquenessViolation }
    let index = indexes[position]
    do {
      try index.forEachUncheckedEntry { node, hash in
        // What has changed again since was noted again.
        guard let twin = twin(of: node, hash: hash, in: index) else { return }
        throw Found(violation: UniquenessViolation(index: position, earlier: twin, later: node))
      }
      return nil
    } catch let found as Found { return found.violation } catch { return nil }
  }

  /// Looks at every node of an index. O(nodes of the label).
  func violation(ofIndexAt position: Int) -> UniquenessViolation? {
    let index = indexes[position]
    guard Int(index.label.rawValue) < labels.count else { return nil }
    var found: UniquenessViolation?
    labels[Int(index.label.rawValue)].forEach { node in
      if found == nil, let twin = twin(of: node, hash: nil, in: index) {
        found = UniquenessViolation(index: position, earlier: min(node, twin), later: max(node, twin))
      }
    }
    return found
  }

  /// Another node of the index's label with a value that `=` finds equal to this node's.
  ///
  /// - Parameter hash: the hash that the value must have; a node whose value has another one is passed over.
  private func twin(of node: UInt32, hash: UInt64?, in index: PropertyIndex) -> UInt32? {
    let (label, key) = (Int(index.label.rawValue), Int(index.key.rawValue))
    guard hasLabel(node, label) else { return nil }
    let value = nodeProperty(key, of: node)
    if value.isAbsent { return nil }
    let ownHash = ValueHash.value(value)
    if let hash, hash != ownHash { return nil }
    var twin: UInt32?
    index.forEachCandidate(hash: ownHash) { other in
      if other != node, twin == nil, hasLabel(other, label),
        Value.isEqual(nodeProperty(key, of: other), value) == .true
      {
        twin = other
      }
    }
    return twin
  }
}
