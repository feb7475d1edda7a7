/// The relationships of one type in one direction, sorted by node and then neighbour: what adjacency is made of.
struct SortedRelationships {
  /// The node in the high half, its neighbour in the low half.
  let keys: FlatArray<UInt64>
  /// The relationship of each key; `nil` when they are numbered from `firstRelationship` on.
  let relationships: FlatArray<UInt32>?
  let firstRelationship: UInt32
  /// Room to sort in.
  private let scratch: FlatArray<UInt64>?

  /// Sorts keys whose relationships are to be numbered in that order.
  ///
  /// - Parameter numbers: what the keys were numbered before, if anyone needs to know; sorted along.
  init(sorting keys: FlatArray<UInt64>, numbering first: UInt32, numbers: inout FlatArray<UInt32>?) {
    var (sorted, scratch) = (keys, FlatArray<UInt64>?.none)
    RadixSort.sort(&sorted, payloads: &numbers, scratch: &scratch)
    (self.keys, self.scratch) = (sorted, scratch)
    relationships = nil
    firstRelationship = first
  }

  /// Sorts keys of relationships that have ids.
  init(sorting keys: FlatArray<UInt64>, relationships ids: FlatArray<UInt32>) {
    var (sorted, scratch) = (keys, FlatArray<UInt64>?.none)
    var payloads: FlatArray<UInt32>? = ids
    RadixSort.sort(&sorted, payloads: &payloads, scratch: &scratch)
    (self.keys, self.scratch) = (sorted, scratch)
    relationships = payloads
    firstRelationship = 0
  }

  var count: Int { keys.count }

  @inline(__always)
  func relationship(at index: Int) -> UInt32 {
    relationships?.start[index] ?? firstRelationship &+ UInt32(truncatingIfNeeded: index)
  }

  /// The same relationships seen from their other end, as adjacency. O(relationships).
  ///
  /// Turns the keys themselves around, to touch no more memory than needed: nothing else can be read from here afterwards.
  ///
  /// - Parameter shared: the nodes in this order, if the caller has them.
  consuming func reversed(nodes shared: FlatArray<UInt32>? = nil) -> CompressedAdjacency {
    var (keys, scratch) = (keys, scratch)
    let count = keys.count
    let nodes = shared ?? FlatArray<UInt32>(uninitializedCount: count)
    let start = keys.start
    for index in 0..<count {
      let key = start[index]
      if shared == nil { nodes.start[index] = UInt32(truncatingIfNeeded: key &>> 32) }
      start[index] = key &<< 32 | UInt64(truncatingIfNeeded: index)
    }
    // In order of their neighbours already, so only the nodes are left to sort by.
    var none: FlatArray<UInt32>?
    RadixSort.sort(&keys, payloads: &none, by: .high, scratch: &scratch)
    let ids = FlatArray<UInt32>(uninitializedCount: count)
    let sorted = keys.start
    for index in 0..<count {
      let position = Int(UInt32(truncatingIfNeeded: sorted[index]))
      sorted[index] = sorted[index] & (.max << 32) | UInt64(nodes.start[position])
      ids.start[index] = relationship(at: position)
    }
    return CompressedAdjacency(keys: keys, relationships: ids, firstRelationship: 0, neighbours: nil)
  }
}

extension CompressedAdjacency {
  /// Makes rows of sorted relationships. O(nodes in range + relationships).
  ///
  /// - Parameter neighbours: the neighbours, if the caller has them as an array to share.
  convenience init(_ sorted: borrowing SortedRelationships, neighbours: FlatArray<UInt32>? = nil) {
    self.init(
      keys: sorted.keys, relationships: sorted.relationships, firstRelationship: sorted.firstRelationship,
      neighbours: neighbours)
  }

  fileprivate convenience init(
    keys sorted: FlatArray<UInt64>, relationships: FlatArray<UInt32>?, firstRelationship: UInt32,
    neighbours shared: FlatArray<UInt32>?
  ) {
    let count = sorted.count
    let keys = sorted.start
    let neighbours = shared ?? FlatArray<UInt32>(uninitializedCount: count)
    if shared == nil {
      for index in 0..<count { neighbours.start[index] = UInt32(truncatingIfNeeded: keys[index]) }
    }
    let (rows, offsets) = CompressedAdjacency.rows(count: count) { UInt32(truncatingIfNeeded: keys[$0] &>> 32) }
    self.init(
      rows: rows, offsets: offsets, neighbours: neighbours, relationships: relationships,
      firstRelationship: firstRelationship)
  }

  /// Rows and offsets for the nodes of relationships, which come in ascending order.
  static func rows(ofSorted nodes: FlatArray<UInt32>) -> (RowMap, FlatArray<UInt32>) {
    let start = nodes.start
    return rows(count: nodes.count) { start[$0] }
  }

  @inline(__always)
  private static func rows(count: Int, node: (Int) -> UInt32) -> (RowMap, FlatArray<UInt32>) {
    var nodes: [UInt32] = []
    var ends: [UInt32] = []
    guard count > 0 else { return rows(nodes, ends) }
    var current = node(0)
    for index in 1..<count {
      let next = node(index)
      if next != current {
        nodes.append(current)
        ends.append(UInt32(truncatingIfNeeded: index))
        current = next
      }
    }
    nodes.append(current)
    ends.append(UInt32(truncatingIfNeeded: count))
    return rows(nodes, ends)
  }

  /// Rows and offsets for nodes in ascending order, given where the relationships of each end.
  static func rows(_ nodes: [UInt32], _ ends: [UInt32]) -> (RowMap, FlatArray<UInt32>) {
    guard let first = nodes.first, let last = nodes.last else {
      return (RowMap(first: 0, count: 0), FlatArray([0]))
    }
    guard isWorthRowForAll(nodes.count, from: first, to: last) else {
      return (RowMap(ids: nodes), FlatArray([0] + ends))
    }
    let rows = RowMap(first: first, count: Int(last - first) + 1)
    let offsets = FlatArray<UInt32>(uninitializedCount: rows.rowCount + 1)
    offsets.start[0] = 0
    var row = 0
    for (index, node) in nodes.enumerated() {
      let nodeRow = Int(node - first)
      let start = index == 0 ? 0 : ends[index - 1]
      while row <= nodeRow {
        offsets.start[row] = start
        row += 1
      }
    }
    offsets.start[rows.rowCount] = ends[ends.count - 1]
    return (rows, offsets)
  }

  /// Whether so many of the nodes in a range have relationships that giving each of them a row is the better deal: an
  /// offset more for some, but no looking up of rows.
  private static func isWorthRowForAll(_ nodeCount: Int, from first: UInt32, to last: UInt32) -> Bool {
    Int(last - first) < 4 * nodeCount
  }

  /// Rows with relationships added, and without those that were deleted. O(nodes in range + relationships), in order
  /// of memory.
  ///
  /// - Parameters:
  ///   - added: newer relationships, all of which live.
  ///   - isTouched: false for a node all of whose relationships here live.
  ///   - isLive: whether a relationship is to be kept.
  func merging(
    _ added: CompressedAdjacency?, isTouched: (UInt32) -> Bool, isLive: (UInt32) -> Bool
  ) -> CompressedAdjacency? {
    let capacity = relationshipCount + (added?.relationshipCount ?? 0)
    let nodes = mergedNodes(added)
    let rowCount = nodes.ids?.count ?? nodes.range.count
    let mergedOffsets = FlatArray<UInt32>(uninitializedCount: rowCount + 1)
    let mergedNeighbours = FlatArray<UInt32>(uninitializedCount: capacity)
    let mergedRelationships = FlatArray<UInt32>(uninitializedCount: capacity)
    var count = 0
    mergedOffsets.start[0] = 0
    for row in 0..<rowCount {
      let node = nodes.ids?[row] ?? nodes.range.lowerBound &+ UInt32(truncatingIfNeeded: row)
      let addedSpan = added?.span(of: node) ?? 0..<0
      var next = addedSpan.lowerBound
      @inline(__always) func append(_ adjacency: CompressedAdjacency, _ position: Int) {
        mergedNeighbours.start[count] = adjacency.neighbours.start[position]
        mergedRelationships.start[count] = adjacency.relationship(at: position)
        count &+= 1
      }
      let isTouched = isTouched(node)
      for position in span(of: node) {
        guard !isTouched || isLive(relationship(at: position)) else { continue }
        // New relationships have higher ids, so among parallel ones they come last.
        if let added {
          while next < addedSpan.upperBound, added.neighbours.start[next] < neighbours.start[position] {
            append(added, next)
            next &+= 1
          }
        }
        append(self, position)
      }
      if let added { for position in next..<addedSpan.upperBound { append(added, position) } }
      mergedOffsets.start[row + 1] = UInt32(truncatingIfNeeded: count)
    }
    guard count > 0 else { return nil }
    return CompressedAdjacency(
      rows: nodes.ids.map(RowMap.init(ids:)) ?? RowMap(first: nodes.range.lowerBound, count: rowCount),
      offsets: mergedOffsets, neighbours: FlatArray(mergedNeighbours, in: 0..<count),
      relationships: FlatArray(mergedRelationships, in: 0..<count), firstRelationship: 0)
  }

  /// The nodes that merging has to look at: a range, or the ids alone where they are few in it.
  private func mergedNodes(_ added: CompressedAdjacency?) -> (range: Range<UInt32>, ids: [UInt32]?) {
    guard let added else {
      return (rows.first..<rows.first + UInt32(rows.idCount), rows.isDense ? nil : rows.ids)
    }
    let first = min(rows.first, added.rows.first)
    let end = max(rows.first + UInt32(rows.idCount), added.rows.first + UInt32(added.rows.idCount))
    let isRange = CompressedAdjacency.isWorthRowForAll(
      rows.rowCount + added.rows.rowCount, from: first, to: end - 1)
    if isRange { return (first..<end, nil) }
    let (old, new) = (rows.ids, added.rows.ids)
    var ids: [UInt32] = []
    ids.reserveCapacity(old.count + new.count)
    var next = 0
    for id in old {
      while next < new.count, new[next] < id {
        ids.append(new[next])
        next += 1
      }
      if next < new.count, new[next] == id { next += 1 }
      ids.append(id)
    }
    return (first..<end, ids + new[next...])
  }
}
