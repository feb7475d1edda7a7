/// The relationships of one type in one direction, sorted by node and then neighbour: what adjacency is made of.
struct SortedRelationships {
  /// The node in the high half, its neighbour in the low half.
  var keys: FlatArray<UInt64>
  /// The relationship of each key; `nil` when they are numbered from `firstRelationship` on.
  var relationships: FlatArray<UInt32>?
  var firstRelationship: UInt32 = 0

  @inline(__always)
  func relationship(at index: Int) -> UInt32 {
    relationships?.start[index] ?? firstRelationship &+ UInt32(truncatingIfNeeded: index)
  }

  /// The same relationships seen from their other end. O(relationships).
  func reversed() -> SortedRelationships {
    let count = keys.count
    var reversedKeys = FlatArray<UInt64>(uninitializedCount: count)
    let ids = FlatArray<UInt32>(uninitializedCount: count)
    for index in 0..<count {
      let key = keys.start[index]
      reversedKeys.start[index] = key &<< 32 | key &>> 32
      ids.start[index] = relationship(at: index)
    }
    // In order of their neighbours already, so only the nodes are left to sort by.
    var payloads: FlatArray<UInt32>? = ids
    RadixSort.sort(&reversedKeys, payloads: &payloads, by: .high)
    return SortedRelationships(keys: reversedKeys, relationships: payloads)
  }
}

extension CompressedAdjacency {
  /// Makes rows of sorted relationships. O(nodes in range + relationships).
  ///
  /// - Parameter neighbours: the neighbours, if the caller has them as an array to share.
  convenience init(_ sorted: SortedRelationships, neighbours shared: FlatArray<UInt32>? = nil) {
    let count = sorted.keys.count
    let keys = sorted.keys.start
    let firstNode = count == 0 ? 0 : UInt32(truncatingIfNeeded: keys[0] &>> 32)
    let lastNode = count == 0 ? 0 : UInt32(truncatingIfNeeded: keys[count - 1] &>> 32)
    let offsets = FlatArray<UInt32>(uninitializedCount: count == 0 ? 1 : Int(lastNode - firstNode) + 2)
    let neighbours = shared ?? FlatArray<UInt32>(uninitializedCount: count)
    var row = 0
    offsets.start[0] = 0
    for index in 0..<count {
      let nodeRow = Int(truncatingIfNeeded: keys[index] &>> 32) &- Int(firstNode)
      while row < nodeRow {
        row &+= 1
        offsets.start[row] = UInt32(truncatingIfNeeded: index)
      }
      if shared == nil { neighbours.start[index] = UInt32(truncatingIfNeeded: keys[index]) }
    }
    if count > 0 { offsets.start[row + 1] = UInt32(truncatingIfNeeded: count) }
    self.init(
      firstNode: firstNode, offsets: offsets, neighbours: neighbours, relationships: sorted.relationships,
      firstRelationship: sorted.firstRelationship)
  }

  /// Rows with relationships added, and without those that were deleted. O(nodes in range + relationships), in order
  /// of memory.
  ///
  /// - Parameters:
  ///   - added: newer relationships, all of which live.
  ///   - isTouched: false for a node all of whose relationships here live.
  ///   - isLive: whether a relationship is to be kept.
  func merging(
    _ added: SortedRelationships, isTouched: (UInt32) -> Bool, isLive: (UInt32) -> Bool
  ) -> CompressedAdjacency? {
    let addedCount = added.keys.count
    let capacity = relationshipCount + addedCount
    var (first, end) = (firstNode, firstNode + UInt32(nodeCount))
    if addedCount > 0 {
      first = min(first, UInt32(truncatingIfNeeded: added.keys[0] &>> 32))
      end = max(end, UInt32(truncatingIfNeeded: added.keys[addedCount - 1] &>> 32) + 1)
    }
    let mergedOffsets = FlatArray<UInt32>(uninitializedCount: Int(end - first) + 1)
    let mergedNeighbours = FlatArray<UInt32>(uninitializedCount: capacity)
    let mergedRelationships = FlatArray<UInt32>(uninitializedCount: capacity)
    var count = 0
    var next = 0
    mergedOffsets.start[0] = 0
    for node in first..<end {
      for position in span(of: node) {
        let (neighbour, relationship) = (neighbours.start[position], relationship(at: position))
        guard !isTouched(node) || isLive(relationship) else { continue }
        // New relationships have higher ids, so among parallel ones they come last.
        while next < addedCount, added.keys.start[next] < UInt64(node) &<< 32 | UInt64(neighbour) {
          mergedNeighbours.start[count] = UInt32(truncatingIfNeeded: added.keys.start[next])
          mergedRelationships.start[count] = added.relationship(at: next)
          count &+= 1
          next &+= 1
        }
        mergedNeighbours.start[count] = neighbour
        mergedRelationships.start[count] = relationship
        count &+= 1
      }
      while next < addedCount, added.keys.start[next] &>> 32 == UInt64(node) {
        mergedNeighbours.start[count] = UInt32(truncatingIfNeeded: added.keys.start[next])
        mergedRelationships.start[count] = added.relationship(at: next)
        count &+= 1
        next &+= 1
      }
      mergedOffsets.start[Int(node - first) + 1] = UInt32(truncatingIfNeeded: count)
    }
    guard count > 0 else { return nil }
    return CompressedAdjacency(
      firstNode: first, offsets: mergedOffsets, neighbours: FlatArray(mergedNeighbours, in: 0..<count),
      relationships: FlatArray(mergedRelationships, in: 0..<count), firstRelationship: 0)
  }
}
