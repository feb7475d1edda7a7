/// Counts `(a)-->(b)-->(c)-->(a)` over one kind of relationship and any nodes.
///
/// Each match can be turned three ways. Without loops its nodes differ, so it is counted at its smallest node, times
/// three.
struct DirectedTriangles: Sendable {
  /// The relationships by where they start, and by where they end; without loops and parallels.
  let forward: CompressedAdjacency
  let backward: CompressedAdjacency
  let nodeCapacity: Int

  /// The triangles of the whole graph, each once; `nil` when they are too many.
  func count(_ context: ExecutionContext) throws -> Int64? {
    let starts = Array(forward.rows.ids)
    // Each relationship is looked at together with those behind it.
    return try context.sum(over: 0..<starts.count, effort: forward.relationshipCount) { _, nextPart in
      let marks = NodeSet(capacity: nodeCapacity)
      var total: Int64 = 0
      while let part = try nextPart() {
        for place in part { total &+= count(at: starts[place], marks) }
      }
      return total
    }
  }

  /// The triangles whose smallest node is this one. Leaves no marks.
  private func count(at node: UInt32, _ marks: NodeSet) -> Int64 {
    let targets = forward.neighbours.start
    let sources = backward.neighbours.start
    let into = forward.suffix(of: backward.span(of: node), in: sources, above: node)
    guard !into.isEmpty else { return 0 }
    let out = forward.suffix(of: forward.span(of: node), in: targets, above: node)
    guard !out.isEmpty else { return 0 }
    for position in into { _ = marks.insert(sources[position]) }
    var total: Int64 = 0
    for position in out {
      var found: Int64 = 0
      for place in forward.suffix(of: forward.span(of: targets[position]), in: targets, above: node) {
        found &+= marks.contains(targets[place]) ? 1 : 0
      }
      total &+= found
    }
    for position in into { marks.remove(sources[position]) }
    return total
  }
}

extension CompressedAdjacency {
  /// The part of a sorted span whose neighbours are above a node. O(log span).
  @inline(__always)
  func suffix(of span: Range<Int>, in neighbours: UnsafeMutablePointer<UInt32>, above node: UInt32) -> Range<Int> {
    var (low, high) = (span.lowerBound, span.upperBound)
    while low < high {
      let middle = (low &+ high) / 2
      if neighbours[middle] <= node { low = middle &+ 1 } else { high = middle }
    }
    return Range(uncheckedBounds: (low, span.upperBound))
  }
}
