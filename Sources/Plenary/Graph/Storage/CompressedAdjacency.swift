/// The relationships of one type in one direction, as compressed sparse rows (CSR).
///
/// `offsets[n]..<offsets[n + 1]` are the positions of the neighbours of node `firstNode + n`, sorted by neighbour id (and
/// parallel ones by relationship id), so that lists can be searched and intersected. Rows exist only for the
/// range of nodes that have such relationships: nodes of one label tend to lie together, and a graph of many types must
/// not pay for every node in each of them.
final class CompressedAdjacency: Sendable {
  let firstNode: UInt32
  let nodeCount: Int
  let offsets: FlatArray<UInt32>
  let neighbours: FlatArray<UInt32>
  /// `nil` when position `i` holds relationship `firstRelationship + i`, as after a bulk load.
  let relationships: FlatArray<UInt32>?
  let firstRelationship: UInt32

  init(
    firstNode: UInt32, offsets: FlatArray<UInt32>, neighbours: FlatArray<UInt32>, relationships: FlatArray<UInt32>
  ) {
    self.firstNode = firstNode
    self.offsets = offsets
    self.neighbours = neighbours
    nodeCount = offsets.count - 1
    let first = relationships.count > 0 ? relationships[0] : 0
    firstRelationship = first
    let isRun = (0..<relationships.count).allSatisfy { relationships.start[$0] == first &+ UInt32($0) }
    self.relationships = isRun ? nil : relationships
  }

  var relationshipCount: Int { neighbours.count }

  /// The positions of a node's neighbours.
  @inline(__always)
  func span(of node: UInt32) -> Range<Int> {
    let row = Int(node) &- Int(firstNode)
    guard row >= 0 && row < nodeCount else { return 0..<0 }
    return Range(uncheckedBounds: (Int(offsets.start[row]), Int(offsets.start[row &+ 1])))
  }

  /// The relationship at a position.
  @inline(__always)
  func relationship(at position: Int) -> UInt32 {
    if let relationships { return relationships.start[position] }
    return firstRelationship &+ UInt32(truncatingIfNeeded: position)
  }

  /// The positions of the relationships between a node and a neighbour. O(log degree).
  func span(of node: UInt32, neighbour: UInt32) -> Range<Int> {
    let span = span(of: node)
    let lower = firstPosition(in: span) { $0 >= neighbour }
    return lower..<firstPosition(in: lower..<span.upperBound) { $0 > neighbour }
  }

  private func firstPosition(in span: Range<Int>, where isBeyond: (UInt32) -> Bool) -> Int {
    var (low, high) = (span.lowerBound, span.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(neighbours.start[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Both directions of the relationships of one type, by counting sort. O(nodes in range + relationships).
  ///
  /// Sorting by target first and then, stably, by source leaves each list of sources sorted by target; a third
  /// pass in that order sorts the other direction too.
  static func build(
    relationships ids: [UInt32], sources: UnsafePointer<UInt32>, targets: UnsafePointer<UInt32>
  ) -> (outgoing: CompressedAdjacency, incoming: CompressedAdjacency) {
    let byTarget = scatter(ids.count, rows: { targets[Int(ids[$0])] }, values: { (sources[Int(ids[$0])], ids[$0]) })
    let outgoing = transpose(byTarget)
    return (outgoing, transpose(outgoing))
  }

  private static func transpose(_ other: CompressedAdjacency) -> CompressedAdjacency {
    let rows = FlatArray<UInt32>(uninitializedCount: other.relationshipCount)
    for row in 0..<other.nodeCount {
      for position in Int(other.offsets.start[row])..<Int(other.offsets.start[row + 1]) {
        rows.start[position] = other.firstNode + UInt32(row)
      }
    }
    return scatter(
      other.relationshipCount, rows: { other.neighbours.start[$0] },
      values: { (rows.start[$0], other.relationship(at: $0)) })
  }

  /// Sorts entries into rows, stably.
  @inline(__always)
  private static func scatter(
    _ count: Int, rows: (Int) -> UInt32, values: (Int) -> (neighbour: UInt32, relationship: UInt32)
  ) -> CompressedAdjacency {
    var (first, last) = (UInt32.max, 0 as UInt32)
    for index in 0..<count {
      let row = rows(index)
      first = min(first, row)
      last = max(last, row)
    }
    if count == 0 { first = 0 }
    let offsets = FlatArray<UInt32>(repeating: 0, count: count == 0 ? 1 : Int(last - first) + 2)
    let neighbours = FlatArray<UInt32>(uninitializedCount: count)
    let relationships = FlatArray<UInt32>(uninitializedCount: count)
    for index in 0..<count { offsets.start[Int(rows(index) &- first) + 1] += 1 }
    for row in 1..<max(offsets.count, 1) { offsets.start[row] += offsets.start[row - 1] }
    let next = FlatArray<UInt32>(uninitializedCount: offsets.count)
    next.start.initialize(from: offsets.start, count: offsets.count)
    for index in 0..<count {
      let row = Int(rows(index) &- first)
      let position = Int(next.start[row])
      next.start[row] += 1
      let value = values(index)
      neighbours.start[position] = value.neighbour
      relationships.start[position] = value.relationship
    }
    return CompressedAdjacency(
      firstNode: first, offsets: offsets, neighbours: neighbours, relationships: relationships)
  }
}
