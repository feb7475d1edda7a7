import Synchronization

/// The relationships of one type in one direction, as compressed sparse rows (CSR).
///
/// `offsets[row]..<offsets[row + 1]` are the positions of the neighbours of the node with that row, sorted by neighbour
/// id (and parallel ones by relationship id), so that lists can be searched and intersected. `rows` leaves out nodes
/// without such relationships where they are many: a graph of many types must not pay for every node in each of them.
final class CompressedAdjacency: Sendable {
  /// Found when first asked for: 0 while unknown, else 2 for no and 3 for yes.
  let loopKnowledge = Atomic<UInt8>(0)
  let parallelKnowledge = Atomic<UInt8>(0)
  /// The same as bits of a float; all bits set while unknown.
  let degreeKnowledge = Atomic<UInt64>(.max)
  let onwardDegreeKnowledge = Atomic<UInt64>(.max)

  let rows: RowMap
  let offsets: FlatArray<UInt32>
  let neighbours: FlatArray<UInt32>
  /// `nil` when position `i` holds relationship `firstRelationship + i`, as after a bulk load.
  let relationships: FlatArray<UInt32>?
  let firstRelationship: UInt32

  init(
    rows: RowMap, offsets: FlatArray<UInt32>, neighbours: FlatArray<UInt32>, relationships: FlatArray<UInt32>?,
    firstRelationship: UInt32
  ) {
    self.rows = rows
    self.offsets = offsets
    self.neighbours = neighbours
    self.relationships = relationships
    self.firstRelationship = firstRelationship
  }

  var relationshipCount: Int { neighbours.count }

  /// The positions of a node's neighbours.
  @inline(__always)
  func span(of node: UInt32) -> Range<Int> {
    guard let row = rows.row(of: node) else { return 0..<0 }
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
    let first = firstPosition(in: span) { $0 >= neighbour }
    guard first < span.upperBound, neighbours.start[first] == neighbour else { return first..<first }
    // Mostly there is one; of many, steps that double find the end.
    var step = 1
    while first &+ step < span.upperBound, neighbours.start[first &+ step] == neighbour { step &*= 2 }
    let last = min(first &+ step, span.upperBound)
    return first..<firstPosition(in: first &+ step / 2..<last) { $0 > neighbour }
  }

  @inline(__always)
  private func firstPosition(in span: Range<Int>, where isBeyond: (UInt32) -> Bool) -> Int {
    var (low, high) = (span.lowerBound, span.upperBound)
    while low < high {
      let middle = (low &+ high) / 2
      if isBeyond(neighbours.start[middle]) { high = middle } else { low = middle &+ 1 }
    }
    return low
  }
}
