/// Makes adjacency of relationships of one type, which get their ids in order of source and target.
///
/// Both directions are sorted in parts that fit the cache, which several threads share. Few relationships are simply
/// sorted: the counts for each node that parts take must not cost more than they.
enum AdjacencyBuilder {
  /// The outgoing direction. O(relationships + nodes between the first and the last).
  ///
  /// - Parameters:
  ///   - relationships: the relationships, freed as they are sorted.
  ///   - first: the id that the first of them gets.
  ///   - sources: gets the source of each, in order of ids.
  ///   - targets: gets the target of each.
  ///   - order: gets the number that each had, if anyone has to know.
  ///   - nodeCount: all ends are below.
  static func outgoing(
    _ relationships: consuming GatheredRelationships, first: Int, sources: FlatArray<UInt32>,
    targets: FlatArray<UInt32>,
    order: FlatArray<UInt32>?, nodeCount: Int, threads: Int
  ) -> CompressedAdjacency {
    SourceParts.sort(
      relationships, NodeParts(relationshipCount: sources.count, nodeCount: nodeCount), into: sources, targets, order,
      threads: threads)
    let (rows, offsets) = CompressedAdjacency.rows(ofSorted: sources)
    return CompressedAdjacency(
      rows: rows, offsets: offsets, neighbours: targets, relationships: nil, firstRelationship: UInt32(first))
  }

  /// The incoming direction of relationships in the order of their ids. O(relationships + nodes between the first and
  /// the last).
  static func incoming(
    sources: FlatArray<UInt32>, targets: FlatArray<UInt32>, first: Int, nodeCount: Int, threads: Int
  ) -> CompressedAdjacency {
    let count = sources.count
    if count < 4096 || count < nodeCount / 8 {
      let keys = FlatArray<UInt64>(uninitializedCount: count)
      for index in 0..<count {
        keys.start[index] = GatheredRelationships.key(sources.start[index], targets.start[index])
      }
      var none: FlatArray<UInt32>?
      return SortedRelationships(sorting: keys, numbering: UInt32(first), numbers: &none).reversed(nodes: sources)
    }
    return TargetParts.sort(
      sources: sources, targets: targets, first: UInt32(first),
      NodeParts(relationshipCount: count, nodeCount: nodeCount), threads: threads)
  }
}

/// How the nodes are cut into ranges: so that the relationships of each fit the cache, unless a few nodes have most.
struct NodeParts: Sendable {
  let count: Int
  let nodeCount: Int
  private let shift: UInt32

  init(relationshipCount: Int, nodeCount: Int) {
    // About 16,384 relationships in each part, whose keys take 128 KB.
    var count = 1
    while count < 1024, relationshipCount / count > 16_384 { count *= 2 }
    var shift: UInt32 = 0
    while max(nodeCount - 1, 0) >> Int(shift) >= count { shift += 1 }
    (self.count, self.nodeCount, self.shift) = (count, nodeCount, shift)
  }

  /// The part that a node belongs to.
  @inline(__always)
  func part(of node: UInt32) -> Int { Int(node &>> shift) }

  /// The nodes of a part.
  func nodes(of part: Int) -> Range<Int> {
    min(part << Int(shift), nodeCount)..<min((part + 1) << Int(shift), nodeCount)
  }
}
