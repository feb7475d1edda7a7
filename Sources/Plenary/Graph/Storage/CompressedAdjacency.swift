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
    firstNode: UInt32, offsets: FlatArray<UInt32>, neighbours: FlatArray<UInt32>, relationships: FlatArray<UInt32>?,
    firstRelationship: UInt32
  ) {
    self.firstNode = firstNode
    self.offsets = offsets
    self.neighbours = neighbours
    self.relationships = relationships
    self.firstRelationship = firstRelationship
    nodeCount = offsets.count - 1
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
}
