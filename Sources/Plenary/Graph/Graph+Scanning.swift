extension Graph {
  /// Goes through the nodes of a snapshot in ascending order, in batches.
  struct NodeScan: Sendable {
    private var ids: BitmapScan

    /// - Parameters:
    ///   - label: only nodes with this label; `nil` for all.
    ///   - range: only ids in this range, for sharing a scan among workers.
    init(_ graph: Graph, label: LabelToken?, range: Range<UInt32>? = nil) {
      let bitmap =
        label.map { Int($0.rawValue) < graph.state.labels.count ? graph.state.labels[Int($0.rawValue)] : Bitmap() }
        ?? graph.state.liveNodes
      ids = BitmapScan(bitmap, range ?? 0..<UInt32(graph.nodeCapacity), limit: UInt32(graph.nodeCapacity))
    }

    /// The next ids, at most `limit` of them; `nil` at the end.
    mutating func next(_ limit: Int) -> [UInt32]? { ids.next(limit) }

    /// The next ids that pass all of some tests, at most `limit` of them, maybe none; `nil` at the end.
    mutating func next(_ limit: Int, passing tests: [ColumnTest]) -> [UInt32]? { ids.next(limit, passing: tests) }
  }

  /// Goes through the relationships of a snapshot in ascending order, in batches.
  struct RelationshipScan: Sendable {
    private var ids: BitmapScan
    private let graph: Graph
    private let type: TypeToken?

    /// - Parameters:
    ///   - type: only relationships of this type; `nil` for all.
    ///   - range: only ids in this range.
    init(_ graph: Graph, type: TypeToken?, range: Range<UInt32>? = nil) {
      let all = 0..<UInt32(graph.relationshipCapacity)
      let run = type.flatMap(graph.idsOfRelationships)
      ids = BitmapScan(
        graph.state.liveRelationships, (run ?? all).clamped(to: range ?? all), limit: UInt32(graph.relationshipCapacity)
      )
      self.graph = graph
      // Where every relationship has the type there is nothing to look at.
      self.type = run == nil ? type.flatMap { graph.count(of: $0) == graph.relationshipCount ? nil : $0 } : nil
    }

    /// The next ids, at most `limit` of them; `nil` at the end.
    mutating func next(_ limit: Int) -> [UInt32]? {
      while let batch = ids.next(limit) {
        guard let type else { return batch }
        let matching = batch.filter { graph.state.type(of: $0) == type }
        if !matching.isEmpty { return matching }
      }
      return nil
    }

    /// The next ids that pass all of some tests, at most `limit` of them, maybe none; `nil` at the end.
    mutating func next(_ limit: Int, passing tests: [ColumnTest]) -> [UInt32]? {
      guard let type else { return ids.next(limit, passing: tests) }
      return ids.next(limit, passing: tests)?.filter { graph.state.type(of: $0) == type }
    }
  }
}

extension Graph {
  /// The ids of all relationships of a type, where they lie side by side: as loaded, sorted by type, and none made since.
  func idsOfRelationships(of type: TypeToken) -> Range<UInt32>? {
    guard relationshipCapacity == state.base.relationshipCount, case .runs(let starts) = state.base.types else {
      return nil
    }
    let place = Int(type.rawValue)
    guard place < starts.count else { return 0..<0 }
    let end = place + 1 < starts.count ? starts[place + 1] : UInt32(relationshipCapacity)
    return starts[place]..<end
  }
}

/// Reads the ids of a bitmap, word by word.
private struct BitmapScan: Sendable {
  private let bitmap: Bitmap
  private let end: UInt32
  private var nextID: UInt32
  /// How many ids are tested for one batch: few at first, for the first rows may be all that is wanted.
  private var testedAtOnce: UInt32 = 2048

  init(_ bitmap: Bitmap, _ range: Range<UInt32>, limit: UInt32) {
    self.bitmap = bitmap
    nextID = range.lowerBound
    end = min(range.upperBound, limit)
  }

  mutating func next(_ limit: Int) -> [UInt32]? {
    guard nextID < end else { return nil }
    var position = nextID
    let batch = [UInt32](unsafeUninitializedCapacity: limit) { target, count in
      while position < end && count < limit {
        let wordIndex = Int(position >> 6)
        guard let leaf = bitmap.leaf(containingWord: wordIndex) else {
          // Nothing in these 16,384 ids.
          let (next, isBeyond) = (position | 0x3fff).addingReportingOverflow(1)
          position = isBeyond ? end : next
          continue
        }
        var word = leaf[wordIndex & 255] & (.max &<< UInt64(position & 63))
        let wordStart = position & ~63
        position = end
        if word == .max, count &+ 64 <= limit, wordStart &+ 64 <= end {
          // All of them are there, as after a load.
          for offset in 0..<64 {
            target.initializeElement(at: count &+ offset, to: wordStart &+ UInt32(truncatingIfNeeded: offset))
          }
          count &+= 64
          word = 0
        }
        while word != 0 {
          let id = wordStart + UInt32(truncatingIfNeeded: word.trailingZeroBitCount)
          if id >= end { return }
          if count == limit {
            position = id
            return
          }
          target.initializeElement(at: count, to: id)
          count &+= 1
          word &= word &- 1
        }
        let (next, isBeyond) = wordStart.addingReportingOverflow(64)
        position = isBeyond ? end : next
      }
    }
    nextID = position
    return batch.isEmpty ? nil : batch
  }

  /// The next ids that pass all tests, at most `limit` of them, maybe none; `nil` at the end. There is at least one test.
  ///
  /// Goes on to further ids as long as there is room for all of them, so that what passes few makes no small batches.
  mutating func next(_ limit: Int, passing tests: [ColumnTest]) -> [UInt32]? {
    guard nextID < end else { return nil }
    let stop = end - nextID > testedAtOnce ? nextID + testedAtOnce : end
    testedAtOnce = min(testedAtOnce * 2, 1 << 16)
    var position = nextID
    let batch = [UInt32](unsafeUninitializedCapacity: limit + Selection.slack) { target, count in
      guard let target = target.baseAddress else { return }
      withUnsafeTemporaryAllocation(of: Ternary.self, capacity: 2 * BitmapScan.chunkSize) { truths in
        guard let truths = truths.baseAddress else { return }
        while position < stop {
          guard let leaf = bitmap.leaf(containingWord: Int(position >> 6)) else {
            let (next, isBeyond) = (position | 0x3fff).addingReportingOverflow(1)
            position = isBeyond ? stop : min(next, stop)
            continue
          }
          // A chunk lies in one leaf.
          let size = min(stop - position, 0x4000 - position & 0x3fff, UInt32(BitmapScan.chunkSize))
          let taken = min(Int(size), limit - count)
          if taken < Int(size), count > 0 { return }
          let chunk = position..<position + UInt32(taken)
          BitmapScan.test(chunk, leaf, tests, truths, scratch: truths + BitmapScan.chunkSize)
          let chosen = UnsafeBufferPointer(start: truths, count: taken)
          count += Selection.select(chosen, from: position, into: target + count)
          position = chunk.upperBound
        }
      }
    }
    nextID = position
    return batch
  }

  /// How many ids are tested at once.
  private static let chunkSize = 1024

  /// Writes for each id of a range whether it is in the set and passes all tests.
  private static func test(
    _ ids: Range<UInt32>, _ leaf: UnsafePointer<UInt64>, _ tests: [ColumnTest],
    _ truths: UnsafeMutablePointer<Ternary>, scratch: UnsafeMutablePointer<Ternary>
  ) {
    for (index, test) in tests.enumerated() {
      test.write(ids: ids, to: index == 0 ? truths : scratch)
      guard index > 0 else { continue }
      for row in 0..<ids.count { truths[row].rawValue &= scratch[row].rawValue }
    }
    var id = ids.lowerBound
    while id < ids.upperBound {
      let word = leaf[Int(id >> 6) & 255]
      let wordEnd = min(id | 63, ids.upperBound - 1)
      if word != .max {
        for member in id...wordEnd where word &>> UInt64(member & 63) & 1 == 0 {
          truths[Int(member - ids.lowerBound)] = .false
        }
      }
      guard wordEnd < .max else { return }
      id = wordEnd + 1
    }
  }
}
