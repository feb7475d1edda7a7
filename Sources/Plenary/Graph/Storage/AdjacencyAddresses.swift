/// Where the arrays of a `CompressedAdjacency` lie: loops over many nodes read them without counting references, which
/// threads would pass to and fro between them.
///
/// Good as long as the adjacency lives.
struct AdjacencyAddresses {
  private let first: Int
  private let idCount: Int
  private let offsets: UnsafeMutablePointer<UInt32>
  let neighbours: UnsafeMutablePointer<UInt32>
  private let relationships: UnsafeMutablePointer<UInt32>?
  private let firstRelationship: UInt32
  private let rows: Rows

  /// How a row belongs to an id; see `RowMap.Form`.
  private enum Rows {
    case all
    case ranked(words: UnsafeMutablePointer<UInt64>, ranks: UnsafeMutablePointer<UInt32>)
    case sorted(ids: UnsafeMutablePointer<UInt32>, directory: UnsafeMutablePointer<UInt32>, shift: Int)
  }

  init(_ list: CompressedAdjacency) {
    first = Int(list.rows.first)
    idCount = list.rows.idCount
    offsets = list.offsets.start
    neighbours = list.neighbours.start
    relationships = list.relationships?.start
    firstRelationship = list.firstRelationship
    rows =
      switch list.rows.form {
      case _ where list.rows.isDense: .all
      case .all: .all
      case .ranked(let words, let ranks): .ranked(words: words.start, ranks: ranks.start)
      case .sorted(let ids, let directory, let shift):
        .sorted(ids: ids.start, directory: directory.start, shift: Int(shift))
      }
  }

  /// The positions of a node's neighbours.
  @inline(__always)
  func span(of node: UInt32) -> Range<Int> {
    let offset = Int(node) &- first
    guard offset >= 0 && offset < idCount else { return 0..<0 }
    let row: Int
    if case .all = rows {
      row = offset
    } else {
      guard let sparse = sparseRow(at: offset) else { return 0..<0 }
      row = sparse
    }
    return Range(uncheckedBounds: (Int(offsets[row]), Int(offsets[row &+ 1])))
  }

  private func sparseRow(at offset: Int) -> Int? {
    switch rows {
    case .all: return offset
    case .ranked(let words, let ranks):
      let word = words[offset >> 6]
      let bit = 1 as UInt64 &<< UInt64(offset & 63)
      guard word & bit != 0 else { return nil }
      return Int(ranks[offset >> 6]) &+ (word & (bit &- 1)).nonzeroBitCount
    case .sorted(let ids, let directory, let shift):
      let run = offset >> shift
      let id = UInt32(truncatingIfNeeded: first &+ offset)
      var (low, high) = (Int(directory[run]), Int(directory[run &+ 1]))
      while low < high {
        let middle = (low &+ high) / 2
        if ids[middle] < id { low = middle &+ 1 } else { high = middle }
      }
      return low < Int(directory[run &+ 1]) && ids[low] == id ? low : nil
    }
  }

  /// The relationship at a position.
  @inline(__always)
  func relationship(at position: Int) -> UInt32 {
    if let relationships { return relationships[position] }
    return firstRelationship &+ UInt32(truncatingIfNeeded: position)
  }

  /// The positions of the relationships to a neighbour in the span of a node. O(log span).
  @inline(__always)
  func positions(of neighbour: UInt32, in span: Range<Int>) -> Range<Int> {
    let first = firstPosition(in: span, notBefore: neighbour)
    guard first < span.upperBound, neighbours[first] == neighbour else { return first..<first }
    var last = first &+ 1
    // Mostly there is one.
    while last < span.upperBound, neighbours[last] == neighbour { last &+= 1 }
    return first..<last
  }

  @inline(__always)
  private func firstPosition(in span: Range<Int>, notBefore neighbour: UInt32) -> Int {
    var (low, high) = (span.lowerBound, span.upperBound)
    while low < high {
      let middle = (low &+ high) / 2
      if neighbours[middle] >= neighbour { high = middle } else { low = middle &+ 1 }
    }
    return low
  }
}
