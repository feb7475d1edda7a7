extension Graph {
  /// Checks everything the graph keeps twice against each other, and says what disagrees; empty if all is well.
  ///
  /// For tests: they call it after each write. O(graph), and not fast.
  public func checkInvariants() -> [String] {
    var problems: [String] = []
    checkBitmaps(&problems)
    checkCounters(&problems)
    checkBaseAdjacency(&problems)
    checkAdjacency(&problems)
    checkIndexes(&problems)
    return problems
  }

  private func checkBitmaps(_ problems: inout [String]) {
    state.liveNodes.forEach { node in
      if Int(node) >= state.nodeCapacity { problems.append("node \(node) lives beyond the capacity") }
    }
    state.liveRelationships.forEach { relationship in
      if Int(relationship) >= state.relationshipCapacity {
        problems.append("relationship \(relationship) lives beyond the capacity")
      }
      let (source, target) = state.endpoints(of: relationship)
      if !state.liveNodes.contains(source) || !state.liveNodes.contains(target) {
        problems.append("relationship \(relationship) has an end that does not live")
      }
    }
    for (label, bitmap) in state.labels.enumerated() {
      bitmap.forEach { node in
        if !state.liveNodes.contains(node) { problems.append("node \(node) has label \(label) but does not live") }
      }
    }
  }

  private func checkCounters(_ problems: inout [String]) {
    let counted = GraphCounters(counting: state).normalized
    let kept = state.counters.normalized
    if counted != kept { problems.append("counters say \(kept), counting gives \(counted)") }
  }

  /// Lists of the base are sorted, mirror each other, and agree with the end points.
  private func checkBaseAdjacency(_ problems: inout [String]) {
    let base = state.base
    if base.outgoing.count != base.incoming.count { problems.append("directions know different types") }
    for direction in AdjacencyDirection.allCases {
      var seen = Set<UInt32>()
      for (type, adjacency) in base.adjacency(direction).enumerated() {
        guard let adjacency else { continue }
        adjacency.rows.forEachID { node in
          var previous: (UInt32, UInt32)?
          for position in adjacency.span(of: node) {
            let entry = (adjacency.neighbours[position], adjacency.relationship(at: position))
            if let previous, previous >= entry { problems.append("neighbours of node \(node) are out of order") }
            previous = entry
            if !seen.insert(entry.1).inserted { problems.append("relationship \(entry.1) is in two lists") }
            let (source, target) = state.endpoints(of: entry.1)
            let expected = direction == .outgoing ? (source, target) : (target, source)
            if expected != (node, entry.0) { problems.append("list of node \(node) disagrees with \(entry.1)") }
            if Int(base.types[entry.1]) != type { problems.append("relationship \(entry.1) is under a wrong type") }
          }
        }
      }
    }
  }

  /// What the adjacency shows in each direction is exactly what lives.
  private func checkAdjacency(_ problems: inout [String]) {
    for direction in AdjacencyDirection.allCases {
      var seen = Set<UInt32>()
      for node in 0..<UInt32(state.nodeCapacity) {
        var degree = 0
        state.forEachNeighbour(of: node, direction, type: nil) { neighbour, relationship in
          degree += 1
          let (source, target) = state.endpoints(of: relationship)
          let expected = direction == .outgoing ? (source, target) : (target, source)
          if expected != (node, neighbour) { problems.append("a neighbour of \(node) disagrees with \(relationship)") }
          if !seen.insert(relationship).inserted { problems.append("relationship \(relationship) is met twice") }
        }
        if degree != state.degree(of: node, direction, type: nil) {
          problems.append("the degree of node \(node) is not \(degree)")
        }
      }
      let isComplete =
        seen.count == state.counters.relationships
        && seen.allSatisfy { state.liveRelationships.contains($0) }
      if !isComplete { problems.append("the \(direction) adjacency does not show what lives") }
    }
  }

  /// Every node can be found in the indexes on its labels by its values, and those that are unique are.
  private func checkIndexes(_ problems: inout [String]) {
    for (position, index) in state.indexes.enumerated() where index.isUnique {
      guard let violation = state.violation(ofIndexAt: position) else { continue }
      problems.append("index \(index.name) is not unique: nodes \(violation.earlier) and \(violation.later)")
    }
    for index in state.indexes where Int(index.label.rawValue) < state.labels.count {
      state.labels[Int(index.label.rawValue)].forEach { node in
        let value = property(index.key, of: NodeID(node))
        if value.isAbsent || value != value { return }
        if case .float(let number) = value, number.isNaN { return }
        let found = indexLookup(label: index.label, key: index.key, value: value) ?? []
        if !found.contains(node) { problems.append("index \(index.name) does not find node \(node)") }
      }
    }
  }
}
