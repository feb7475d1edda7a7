extension GraphCounters {
  /// Counts everything in a graph from scratch. O(graph).
  init(counting state: borrowing GraphState) {
    nodes = state.liveNodes.count
    ofLabel = state.labels.map(\.count)
    // Labels of each node, packed once, so that counting relationships probes no bitmaps when labels are few.
    let masks = GraphCounters.labelMasks(state)
    for id in 0..<UInt32(state.relationshipCapacity) where state.liveRelationships.contains(id) {
      relationships += 1
      let type = Int(state.type(of: id).rawValue)
      let (source, target) = state.endpoints(of: id)
      GraphCounters.add(1, at: type, to: &ofType)
      if let masks {
        GraphCounters.count(masks.start[Int(source)], at: type, in: &ofSourceLabel)
        GraphCounters.count(masks.start[Int(target)], at: type, in: &ofTargetLabel)
      } else {
        for label in state.labelTokens(of: source) { GraphCounters.add(1, at: type, label, to: &ofSourceLabel) }
        for label in state.labelTokens(of: target) { GraphCounters.add(1, at: type, label, to: &ofTargetLabel) }
      }
    }
    let nodeKeys = max(state.base.nodeColumns.count, state.nodeChanges.count)
    ofNodeKey = (0..<nodeKeys).map { key in
      GraphCounters.presentCount(
        state.base.nodeColumn(KeyToken(key)), key < state.nodeChanges.count ? state.nodeChanges[key] : nil)
    }
    let relationshipKeys = max(state.base.relationshipColumns.count, state.relationshipChanges.count)
    ofRelationshipKey = (0..<relationshipKeys).map { key in
      GraphCounters.presentCount(
        state.base.relationshipColumn(KeyToken(key)),
        key < state.relationshipChanges.count ? state.relationshipChanges[key] : nil)
    }
  }

  /// Counts everything in a graph that is all base.
  /// O(nodes x labels + relationships + properties).
  init(countingBaseOf state: borrowing GraphState) {
    nodes = state.liveNodes.count
    ofLabel = state.labels.map(\.count)
    // The adjacency of a base shows only what lives.
    ofType = state.base.outgoing.map { $0?.relationshipCount ?? 0 }
    relationships = ofType.reduce(0, +)
    // Masks take eight bytes for each node: too much where there are few relationships.
    let masks = relationships >= state.nodeCapacity / 8 ? GraphCounters.labelMasks(state) : nil
    for type in ofType.indices {
      // Of a type with few relationships its ends are asked for their labels; else every node for its relationships.
      if ofType[type] < nodes {
        // What is incoming has its sources as neighbours.
        let (sources, targets) = (state.base.incoming[type]?.neighbours, state.base.outgoing[type]?.neighbours)
        if let masks {
          GraphCounters.countByLabel(sources, masks, type, in: &ofSourceLabel)
          GraphCounters.countByLabel(targets, masks, type, in: &ofTargetLabel)
        } else {
          GraphCounters.countByLabel(sources, state.labels, type, in: &ofSourceLabel)
          GraphCounters.countByLabel(targets, state.labels, type, in: &ofTargetLabel)
        }
      } else {
        GraphCounters.countByLabel(state.base.outgoing[type], type, state.labels, in: &ofSourceLabel)
        GraphCounters.countByLabel(state.base.incoming[type], type, state.labels, in: &ofTargetLabel)
      }
    }
    ofNodeKey = state.base.nodeColumns.map { $0?.presentCount ?? 0 }
    ofRelationshipKey = state.base.relationshipColumns.map { $0?.presentCount ?? 0 }
  }

  private static func countByLabel(
    _ ends: FlatArray<UInt32>?, _ masks: FlatArray<UInt64>, _ type: Int, in counts: inout [[Int]]
  ) {
    guard let ends else { return }
    for index in 0..<ends.count { count(masks.start[Int(ends.start[index])], at: type, in: &counts) }
  }

  private static func countByLabel(
    _ ends: FlatArray<UInt32>?, _ labels: [Bitmap], _ type: Int, in counts: inout [[Int]]
  ) {
    guard let ends else { return }
    for (label, bitmap) in labels.enumerated() {
      let total = ends.buffer.count { bitmap.contains($0) }
      if total > 0 { add(total, at: type, label, to: &counts) }
    }
  }

  private static func countByLabel(
    _ adjacency: CompressedAdjacency?, _ type: Int, _ labels: [Bitmap], in counts: inout [[Int]]
  ) {
    guard let adjacency else { return }
    for (label, bitmap) in labels.enumerated() {
      var total = 0
      bitmap.forEach { total += adjacency.span(of: $0).count }
      if total > 0 { add(total, at: type, label, to: &counts) }
    }
  }

  /// The labels of every node as a bit set; `nil` when there are more labels than bits.
  private static func labelMasks(_ state: borrowing GraphState) -> FlatArray<UInt64>? {
    guard state.labels.count <= 64 else { return nil }
    let masks = FlatArray<UInt64>(repeating: 0, count: state.nodeCapacity)
    for (label, bitmap) in state.labels.enumerated() {
      bitmap.forEach { masks.start[Int($0)] |= 1 &<< UInt64(label) }
    }
    return masks
  }

  @inline(__always)
  private static func count(_ mask: UInt64, at type: Int, in counts: inout [[Int]]) {
    var mask = mask
    while mask != 0 {
      add(1, at: type, mask.trailingZeroBitCount, to: &counts)
      mask &= mask - 1
    }
  }

  private static func presentCount(_ column: PropertyColumn?, _ changes: SparseArray<Value?>?) -> Int {
    var count = column?.presentCount ?? 0
    for start in changes?.leafIndices ?? [] {
      guard let leaf = changes?.leaf(containing: start) else { continue }
      for offset in 0..<SparseArray<Value?>.leafCapacity {
        guard let value = leaf[offset] else { continue }
        count += (value.isAbsent ? 0 : 1) - (column?.row(of: UInt32(start + offset)) == nil ? 0 : 1)
      }
    }
    return count
  }
}
