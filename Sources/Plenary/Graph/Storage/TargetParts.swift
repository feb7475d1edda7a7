/// Deals relationships, which come in the order of their sources, out to the lists of their targets.
///
/// First to the part that each target belongs to, then within the parts. Straight to the lists, every relationship of a
/// big graph would be written to a place that no cache holds.
enum TargetParts {
  static func sort(
    sources: FlatArray<UInt32>, targets: FlatArray<UInt32>, first: UInt32, _ parts: NodeParts, threads: Int
  ) -> CompressedAdjacency {
    let lists = Lists(
      nodes: FlatArray(uninitializedCount: targets.count), neighbours: FlatArray(uninitializedCount: targets.count),
      relationships: FlatArray(uninitializedCount: targets.count), ends: FlatArray(uninitializedCount: parts.nodeCount))
    let starts = lists.fillParts(sources, targets, first: first, parts, threads: threads)
    WorkerPool.shared.forEach(parts.count, threads: threads) { part, _ in
      lists.sort(starts[part]..<starts[part + 1], nodes: parts.nodes(of: part))
    }
    var nodes: [UInt32] = []
    nodes.reserveCapacity(parts.nodeCount)
    var ends: [UInt32] = []
    ends.reserveCapacity(parts.nodeCount)
    var last: UInt32 = 0
    for (node, end) in lists.ends.buffer.enumerated() where end > last {
      nodes.append(UInt32(truncatingIfNeeded: node))
      ends.append(end)
      last = end
    }
    let (rows, offsets) = CompressedAdjacency.rows(nodes, ends)
    return CompressedAdjacency(
      rows: rows, offsets: offsets, neighbours: lists.neighbours, relationships: lists.relationships,
      firstRelationship: 0)
  }
}

/// Relationships on their way into lists.
private struct Lists: Sendable {
  /// The target of each, until it is in its list.
  let nodes: FlatArray<UInt32>
  let neighbours: FlatArray<UInt32>
  let relationships: FlatArray<UInt32>
  /// Where the list of each node ends.
  let ends: FlatArray<UInt32>

  /// Puts relationships into the range of their part, in the order they come. Returns where each part begins, and the
  /// last ends.
  func fillParts(
    _ sources: FlatArray<UInt32>, _ targets: FlatArray<UInt32>, first: UInt32, _ parts: NodeParts, threads: Int
  ) -> [Int] {
    let count = targets.count
    // Each block of relationships counts on its own and then knows where its share of every part begins.
    let blocks = max(1, min(threads, count / (parts.count * 16)))
    let next = FlatArray<Int>(repeating: 0, count: blocks * parts.count)
    @Sendable func range(_ block: Int) -> Range<Int> { count * block / blocks..<count * (block + 1) / blocks }
    WorkerPool.shared.forEach(blocks, threads: threads) { block, _ in
      let (counts, targets) = (next.start + block * parts.count, targets.start)
      for index in range(block) { counts[parts.part(of: targets[index])] &+= 1 }
    }
    var starts: [Int] = []
    starts.reserveCapacity(parts.count + 1)
    var total = 0
    for part in 0..<parts.count {
      starts.append(total)
      for block in 0..<blocks {
        let size = next[block * parts.count + part]
        next.start[block * parts.count + part] = total
        total += size
      }
    }
    starts.append(total)
    WorkerPool.shared.forEach(blocks, threads: threads) { block, _ in
      let next = next.start + block * parts.count
      let (sources, targets) = (sources.start, targets.start)
      let (nodes, neighbours, relationships) = (nodes.start, neighbours.start, relationships.start)
      for index in range(block) {
        let node = targets[index]
        let part = parts.part(of: node)
        let place = next[part]
        next[part] = place &+ 1
        nodes[place] = node
        neighbours[place] = sources[index]
        relationships[place] = first &+ UInt32(truncatingIfNeeded: index)
      }
    }
    return starts
  }

  /// Puts the relationships of a part into the lists of its nodes.
  func sort(_ range: Range<Int>, nodes part: Range<Int>) {
    let firstNode = part.lowerBound
    let next = FlatArray<Int>(repeating: 0, count: part.count)
    let oldNeighbours = FlatArray<UInt32>(uninitializedCount: range.count)
    let oldRelationships = FlatArray<UInt32>(uninitializedCount: range.count)
    oldNeighbours.start.initialize(from: neighbours.start + range.lowerBound, count: range.count)
    oldRelationships.start.initialize(from: relationships.start + range.lowerBound, count: range.count)
    let nodes = nodes.start + range.lowerBound
    let (places, neighbours, relationships) = (next.start, neighbours.start, relationships.start)
    for index in 0..<range.count { places[Int(nodes[index]) &- firstNode] &+= 1 }
    var end = range.lowerBound
    for node in part {
      let start = end
      end += places[node - firstNode]
      places[node - firstNode] = start
      ends.start[node] = UInt32(truncatingIfNeeded: end)
    }
    for index in 0..<range.count {
      let node = Int(nodes[index]) &- firstNode
      let place = places[node]
      places[node] = place &+ 1
      neighbours[place] = oldNeighbours.start[index]
      relationships[place] = oldRelationships.start[index]
    }
    withExtendedLifetime((next, oldNeighbours, oldRelationships)) {}
  }
}
