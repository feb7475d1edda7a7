extension GraphState {
  /// Whether what was written since the base was made is worth a new base: more than a quarter of it, and not just a
  /// little.
  var isFoldingWorthwhile: Bool {
    changeCount > 4096 && changeCount > (base.nodeCount + base.relationshipCount) / 4
  }

  /// Makes a new base of everything there is; ids stay. O(graph), less the columns and types that nothing touched.
  mutating func fold() {
    let (sources, targets, types) = foldedEndpoints()
    let adjacency = foldedAdjacency()
    base = GraphBase(
      nodeCount: nodeCapacity, sources: sources, targets: targets, types: types, outgoing: adjacency.outgoing,
      incoming: adjacency.incoming, nodeColumns: GraphState.folded(base.nodeColumns, nodeChanges),
      relationshipColumns: GraphState.folded(base.relationshipColumns, relationshipChanges))
    forgetChanges()
    for position in indexes.indices {
      var index = indexes[position]
      index.rebuild(from: self)
      indexes[position] = index
    }
  }

  private mutating func forgetChanges() {
    nodeChanges = []
    relationshipChanges = []
    newRelationships = SparseArray(fill: NewRelationship())
    newestOutgoing = SparseArray(fill: RelationshipID.noneRawValue)
    newestIncoming = SparseArray(fill: RelationshipID.noneRawValue)
    touchedNodes = Bitmap()
    columnStatistics = ColumnStatisticsCache()
    changeCount = 0
  }

  private func foldedEndpoints() -> (FlatArray<UInt32>, FlatArray<UInt32>, RelationshipTypes) {
    guard relationshipCapacity > base.relationshipCount else { return (base.sources, base.targets, base.types) }
    let sources = FlatArray<UInt32>(uninitializedCount: relationshipCapacity)
    let targets = FlatArray<UInt32>(uninitializedCount: relationshipCapacity)
    sources.start.initialize(from: base.sources.start, count: base.relationshipCount)
    targets.start.initialize(from: base.targets.start, count: base.relationshipCount)
    var types: [UInt16] = []
    types.reserveCapacity(relationshipCapacity - base.relationshipCount)
    for id in base.relationshipCount..<relationshipCapacity {
      let new = newRelationships[id - base.relationshipCount]
      sources.start[id] = new.source
      targets.start[id] = new.target
      types.append(new.type)
    }
    return (sources, targets, base.types.appending(types, to: base.relationshipCount))
  }

  /// The adjacency of every type with what is new and without what was deleted; that of a type nothing happened to is
  /// shared with the old base.
  private func foldedAdjacency() -> (outgoing: [CompressedAdjacency?], incoming: [CompressedAdjacency?]) {
    let typeCount = catalog.types.names.count
    var newByType: [[UInt32]] = Array(repeating: [], count: typeCount)
    for id in UInt32(base.relationshipCount)..<UInt32(relationshipCapacity) where liveRelationships.contains(id) {
      newByType[Int(type(of: id).rawValue)].append(id)
    }
    var outgoing: [CompressedAdjacency?] = []
    var incoming: [CompressedAdjacency?] = []
    for type in 0..<typeCount {
      let token = TypeToken(rawValue: UInt16(type))
      let (oldOutgoing, oldIncoming) = (base.adjacency(.outgoing, token), base.adjacency(.incoming, token))
      let count = GraphCounters.count(at: type, in: counters.ofType)
      if newByType[type].isEmpty && count == (oldOutgoing?.relationshipCount ?? 0) {
        outgoing.append(oldOutgoing)
        incoming.append(oldIncoming)
      } else {
        let added = sorted(newByType[type])
        outgoing.append(folded(oldOutgoing, CompressedAdjacency(added)))
        incoming.append(folded(oldIncoming, added.reversed()))
      }
    }
    return (outgoing, incoming)
  }

  private func folded(_ adjacency: CompressedAdjacency?, _ added: CompressedAdjacency) -> CompressedAdjacency? {
    let added = added.relationshipCount > 0 ? added : nil
    guard let adjacency else { return added }
    return adjacency.merging(
      added, isTouched: { touchedNodes.contains($0) }, isLive: { liveRelationships.contains($0) })
  }

  private func sorted(_ ids: [UInt32]) -> SortedRelationships {
    let keys = FlatArray<UInt64>(uninitializedCount: ids.count)
    for (index, id) in ids.enumerated() {
      let (source, target) = endpoints(of: id)
      keys.start[index] = UInt64(source) << 32 | UInt64(target)
    }
    return SortedRelationships(sorting: keys, relationships: FlatArray(ids))
  }

  private static func folded(
    _ columns: [PropertyColumn?], _ changes: [SparseArray<Value?>]
  ) -> [PropertyColumn?] {
    (0..<max(columns.count, changes.count)).map { key in
      let column = key < columns.count ? columns[key] : nil
      return key < changes.count ? folded(column, changes[key]) : column
    }
  }

  private static func folded(_ column: PropertyColumn?, _ changes: SparseArray<Value?>) -> PropertyColumn? {
    guard !changes.isEmpty else { return column }
    let leafCapacity = SparseArray<Value?>.leafCapacity
    let starts = changes.leafIndices
    var builder = PropertyColumnBuilder()
    let baseIDs = column?.rows.ids ?? []
    var nextBase = 0
    func copyBase(upTo end: UInt32) {
      guard let column else { return }
      while nextBase < baseIDs.count, baseIDs[nextBase] < end {
        column.copy(baseIDs[nextBase], as: baseIDs[nextBase], into: &builder)
        nextBase += 1
      }
    }
    for start in starts {
      copyBase(upTo: UInt32(start))
      guard let leaf = changes.leaf(containing: start) else { continue }
      for offset in 0..<leafCapacity {
        let id = UInt32(start + offset)
        if let value = leaf[offset] { builder.append(value, for: id) } else { column?.copy(id, as: id, into: &builder) }
      }
      while nextBase < baseIDs.count, baseIDs[nextBase] < UInt32(start + leafCapacity) { nextBase += 1 }
    }
    copyBase(upTo: .max)
    return builder.build()
  }
}
