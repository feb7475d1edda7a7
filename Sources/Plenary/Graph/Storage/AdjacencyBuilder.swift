/// Relationships of one type on their way into a base, in the order they were added.
struct RelationshipSegment: Sendable {
  /// The source in the high half, the target in the low half.
  var keys: [UInt64]
  /// What each was numbered while it was added.
  var numbers: Numbers

  enum Numbers: Sendable {
    /// From here on.
    case from(UInt32)
    case each([UInt32])
  }

  @inline(__always)
  static func key(_ source: UInt32, _ target: UInt32) -> UInt64 {
    UInt64(source) &<< 32 | UInt64(target)
  }
}

/// Relationships of one type that get their ids in order of source and target, as adjacency in both directions.
///
/// The outgoing side is sorted in parts by source that fit the cache, which several threads share; what is incoming
/// is then dealt out by target in the order of ids, so that no further sorting is needed. Few relationships are simply
/// sorted: the counts for each node that dealing out takes must not cost more than they.
struct AdjacencyBuilder: Sendable {
  let outgoing: CompressedAdjacency
  let incoming: CompressedAdjacency

  /// Builds both directions. O(relationships + nodes between the first and the last).
  ///
  /// - Parameters:
  ///   - segments: the relationships; each is freed as soon as it was used.
  ///   - first: the id that the first of them gets.
  ///   - sources: gets the source of each, in order of ids.
  ///   - targets: gets the target of each.
  ///   - order: gets the number that each had, if anyone has to know.
  ///   - nodeCount: all ends are below.
  init(
    _ segments: consuming [RelationshipSegment], first: Int, sources: FlatArray<UInt32>, targets: FlatArray<UInt32>,
    order: FlatArray<UInt32>?, nodeCount: Int, threads: Int
  ) {
    let count = sources.count
    SourceParts.sort(segments, count: count, into: sources, targets, order, nodeCount: nodeCount, threads: threads)
    let (rows, offsets) = CompressedAdjacency.rows(ofSorted: sources)
    outgoing = CompressedAdjacency(
      rows: rows, offsets: offsets, neighbours: targets, relationships: nil, firstRelationship: UInt32(first))
    if count < 4096 || count < nodeCount / 8 {
      let keys = FlatArray<UInt64>(uninitializedCount: count)
      for index in 0..<count { keys.start[index] = RelationshipSegment.key(sources.start[index], targets.start[index]) }
      var none: FlatArray<UInt32>?
      incoming = SortedRelationships(sorting: keys, numbering: UInt32(first), numbers: &none).reversed(nodes: sources)
    } else {
      incoming = TargetLists.make(
        sources: sources, targets: targets, first: UInt32(first), nodeCount: nodeCount, threads: threads)
    }
  }
}

/// Sorts relationships by source and then target, in parts that hold a range of sources each.
private enum SourceParts {
  /// A segment with its relationships grouped by part.
  private struct Grouped: Sendable {
    var keys: [UInt64]
    var numbers: [UInt32]
    /// Where each part begins, and the last ends.
    var starts: [UInt32]
  }

  static func sort(
    _ segments: consuming [RelationshipSegment], count: Int, into sources: FlatArray<UInt32>,
    _ targets: FlatArray<UInt32>, _ order: FlatArray<UInt32>?, nodeCount: Int, threads: Int
  ) {
    // About 16,384 relationships in each part, whose keys take 128 KB.
    var partCount = 1
    while partCount < 1024, count / partCount > 16_384 { partCount *= 2 }
    var shift: UInt64 = 0
    while max(nodeCount - 1, 0) >> Int(shift) >= partCount { shift += 1 }
    let parts = partCount
    let box = Box(segments.map { Grouped(keys: $0.keys, numbers: [], starts: []) })
    let numbers = segments.map(\.numbers)
    segments = []
    WorkerPool.shared.forEach(numbers.count, threads: threads) { [shift] index, _ in
      box.elements[index] = grouped(
        box.elements[index].keys, numbers[index], parts, shift, keepingNumbers: order != nil)
    }
    var starts = [0]
    starts.reserveCapacity(parts + 1)
    for part in 0..<parts {
      let size = box.elements.reduce(0) { $0 + Int($1.starts[part + 1] - $1.starts[part]) }
      starts.append(starts[part] + size)
    }
    WorkerPool.shared.forEach(parts, threads: threads) { [starts] part, _ in
      let range = starts[part]..<starts[part + 1]
      guard !range.isEmpty else { return }
      var keys = FlatArray<UInt64>(uninitializedCount: range.count)
      var numbers = order == nil ? nil : FlatArray<UInt32>(uninitializedCount: range.count)
      var filled = 0
      for segment in box.elements {
        let (start, size) = (Int(segment.starts[part]), Int(segment.starts[part + 1] - segment.starts[part]))
        guard size > 0 else { continue }
        segment.keys.withUnsafeBufferPointer {
          (keys.start + filled).initialize(from: $0.baseAddress.unsafelyUnwrapped + start, count: size)
        }
        if let numbers {
          segment.numbers.withUnsafeBufferPointer {
            (numbers.start + filled).initialize(from: $0.baseAddress.unsafelyUnwrapped + start, count: size)
          }
        }
        filled += size
      }
      var scratch: FlatArray<UInt64>?
      RadixSort.sort(&keys, payloads: &numbers, scratch: &scratch)
      let (keyStart, sourceStart, targetStart) = (
        keys.start, sources.start + range.lowerBound, targets.start + range.lowerBound
      )
      for index in 0..<range.count {
        sourceStart[index] = UInt32(truncatingIfNeeded: keyStart[index] &>> 32)
        targetStart[index] = UInt32(truncatingIfNeeded: keyStart[index])
      }
      if let order, let numbers {
        (order.start + range.lowerBound).initialize(from: numbers.start, count: range.count)
      }
    }
  }

  private static func grouped(
    _ keys: [UInt64], _ numbers: RelationshipSegment.Numbers, _ parts: Int, _ shift: UInt64,
    keepingNumbers: Bool
  ) -> Grouped {
    var starts = [UInt32](repeating: 0, count: parts + 1)
    for key in keys { starts[Int(truncatingIfNeeded: (key &>> 32) &>> shift) &+ 1] &+= 1 }
    for part in 0..<parts { starts[part + 1] += starts[part] }
    var next = starts
    var groupedNumbers: [UInt32] = []
    let grouped = [UInt64](unsafeUninitializedCapacity: keys.count) { target, count in
      next.withUnsafeMutableBufferPointer { next in
        if keepingNumbers {
          groupedNumbers = [UInt32](unsafeUninitializedCapacity: keys.count) { numberTarget, numberCount in
            for (index, key) in keys.enumerated() {
              let part = Int(truncatingIfNeeded: (key &>> 32) &>> shift)
              let place = Int(next[part])
              next[part] &+= 1
              target.initializeElement(at: place, to: key)
              let number =
                switch numbers {
                case .from(let first): first &+ UInt32(truncatingIfNeeded: index)
                case .each(let all): all[index]
                }
              numberTarget.initializeElement(at: place, to: number)
            }
            numberCount = keys.count
          }
        } else {
          for key in keys {
            let part = Int(truncatingIfNeeded: (key &>> 32) &>> shift)
            target.initializeElement(at: Int(next[part]), to: key)
            next[part] &+= 1
          }
        }
      }
      count = keys.count
    }
    return Grouped(keys: grouped, numbers: groupedNumbers, starts: starts)
  }

  /// Elements that threads write to, each its own.
  private final class Box<Element>: @unchecked Sendable {
    let elements: UnsafeMutableBufferPointer<Element>

    init(_ initial: [Element]) {
      elements = .allocate(capacity: initial.count)
      _ = elements.initialize(from: initial)
    }

    deinit {
      elements.deinitialize()
      elements.deallocate()
    }
  }
}

/// Deals relationships out to the lists of their targets.
private enum TargetLists {
  static func make(
    sources: FlatArray<UInt32>, targets: FlatArray<UInt32>, first: UInt32, nodeCount: Int, threads: Int
  ) -> CompressedAdjacency {
    let count = sources.count
    // Each block of relationships counts on its own and then knows where its part of every list begins.
    let blocks = max(1, min(threads, count / max(nodeCount, 1)))
    let next = FlatArray<UInt32>(uninitializedCount: blocks * nodeCount)
    @Sendable func range(_ block: Int) -> Range<Int> { count * block / blocks..<count * (block + 1) / blocks }
    WorkerPool.shared.forEach(blocks, threads: threads) { block, _ in
      let (counts, targets) = (next.start + block * nodeCount, targets.start)
      counts.initialize(repeating: 0, count: nodeCount)
      for index in range(block) { counts[Int(targets[index])] &+= 1 }
    }
    var nodes: [UInt32] = []
    var ends: [UInt32] = []
    var total: UInt32 = 0
    for node in 0..<nodeCount {
      let start = total
      for block in 0..<blocks {
        let size = next.start[block * nodeCount + node]
        next.start[block * nodeCount + node] = total
        total += size
      }
      if total > start {
        nodes.append(UInt32(node))
        ends.append(total)
      }
    }
    let neighbours = FlatArray<UInt32>(uninitializedCount: count)
    let relationships = FlatArray<UInt32>(uninitializedCount: count)
    WorkerPool.shared.forEach(blocks, threads: threads) { block, _ in
      let next = next.start + block * nodeCount
      let (sources, targets) = (sources.start, targets.start)
      let (neighbours, relationships) = (neighbours.start, relationships.start)
      for index in range(block) {
        let node = Int(targets[index])
        let place = Int(next[node])
        next[node] &+= 1
        neighbours[place] = sources[index]
        relationships[place] = first &+ UInt32(truncatingIfNeeded: index)
      }
    }
    let (rows, offsets) = CompressedAdjacency.rows(nodes, ends)
    return CompressedAdjacency(
      rows: rows, offsets: offsets, neighbours: neighbours, relationships: relationships, firstRelationship: 0)
  }
}
