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
      ids = BitmapScan(
        graph.state.liveRelationships, range ?? 0..<UInt32(graph.relationshipCapacity),
        limit: UInt32(graph.relationshipCapacity))
      self.graph = graph
      // Where every relationship has the type there is nothing to look at.
      self.type = type.flatMap { graph.count(of: $0) == graph.relationshipCount ? nil : $0 }
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
  }
}

/// Reads the ids of a bitmap, word by word.
private struct BitmapScan: Sendable {
  private let bitmap: Bitmap
  private let end: UInt32
  private var nextID: UInt32

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
}
