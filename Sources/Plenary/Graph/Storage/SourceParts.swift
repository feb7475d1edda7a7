/// Sorts relationships by source and then target, in parts that hold a range of sources each.
enum SourceParts {
  static func sort(
    _ relationships: consuming GatheredRelationships, _ parts: NodeParts, into sources: FlatArray<UInt32>,
    _ targets: FlatArray<UInt32>, _ order: FlatArray<UInt32>?, threads: Int
  ) {
    let segments = grouped(relationships, parts, keepingNumbers: order != nil, threads: threads)
    var starts = [0]
    starts.reserveCapacity(parts.count + 1)
    for part in 0..<parts.count { starts.append(segments.reduce(starts[part]) { $0 + $1.range(of: part).count }) }
    WorkerPool.shared.forEach(parts.count, threads: threads) { [starts] part, _ in
      let range = starts[part]..<starts[part + 1]
      guard !range.isEmpty else { return }
      var keys = FlatArray<UInt64>(uninitializedCount: range.count)
      var numbers = order == nil ? nil : FlatArray<UInt32>(uninitializedCount: range.count)
      var filled = 0
      for segment in segments {
        let range = segment.range(of: part)
        (keys.start + filled).initialize(from: segment.keys.start + range.lowerBound, count: range.count)
        if let numbers, let from = segment.numbers {
          (numbers.start + filled).initialize(from: from.start + range.lowerBound, count: range.count)
        }
        filled += range.count
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
      withExtendedLifetime(keys) {}
      if let order, let numbers {
        (order.start + range.lowerBound).initialize(from: numbers.start, count: range.count)
      }
    }
  }

  /// Groups the relationships by part, segment by segment.
  private static func grouped(
    _ relationships: consuming GatheredRelationships, _ parts: NodeParts, keepingNumbers: Bool, threads: Int
  ) -> [GroupedSegment] {
    var first = relationships.firstNumber
    let numbers = relationships.numbers?.segments()
    var segments: [Segment] = []
    for (index, keys) in relationships.keys.segments().enumerated() {
      segments.append(Segment(keys: keys, numbers: numbers?[index], firstNumber: first))
      first &+= UInt32(truncatingIfNeeded: keys.count)
    }
    relationships = GatheredRelationships()
    return WorkerPool.shared.map(segments, threads: threads) {
      GroupedSegment($0, parts, keepingNumbers: keepingNumbers)
    }
  }

  /// Relationships as they were gathered.
  private struct Segment: Sendable {
    let keys: FlatArray<UInt64>
    /// `nil` where they are numbered from `firstNumber` on.
    let numbers: FlatArray<UInt32>?
    let firstNumber: UInt32

    @inline(__always)
    func number(at index: Int) -> UInt32 {
      numbers?.start[index] ?? firstNumber &+ UInt32(truncatingIfNeeded: index)
    }
  }

  /// A segment with its relationships grouped by part.
  private struct GroupedSegment: Sendable {
    let keys: FlatArray<UInt64>
    let numbers: FlatArray<UInt32>?
    /// Where each part begins, and the last ends.
    private let starts: [UInt32]

    init(_ segment: Segment, _ parts: NodeParts, keepingNumbers: Bool) {
      let count = segment.keys.count
      let keys = FlatArray<UInt64>(uninitializedCount: count)
      let numbers = keepingNumbers ? FlatArray<UInt32>(uninitializedCount: count) : nil
      var starts = [UInt32](repeating: 0, count: parts.count + 1)
      @inline(__always) func part(_ key: UInt64) -> Int { parts.part(of: UInt32(truncatingIfNeeded: key &>> 32)) }
      for key in segment.keys.buffer { starts[part(key) &+ 1] &+= 1 }
      for part in 0..<parts.count { starts[part + 1] += starts[part] }
      var next = starts
      next.withUnsafeMutableBufferPointer { next in
        let (source, target) = (segment.keys.start, keys.start)
        for index in 0..<count {
          let key = source[index]
          let part = part(key)
          let place = Int(next[part])
          next[part] &+= 1
          target[place] = key
          if let numbers { numbers.start[place] = segment.number(at: index) }
        }
      }
      (self.keys, self.numbers, self.starts) = (keys, numbers, starts)
    }

    /// Where the relationships of a part are.
    func range(of part: Int) -> Range<Int> { Int(starts[part])..<Int(starts[part + 1]) }
  }
}
