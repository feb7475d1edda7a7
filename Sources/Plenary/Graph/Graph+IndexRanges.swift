extension Graph {
  /// The nodes of a label whose property lies in a range, ascending by id.
  ///
  /// In the range is what the language's `<`, `<=`, `>` and `>=` say is: never null or NaN, nor a value of another type
  /// than the bounds'. O(log n + nodes found + nodes written since the last fold); the first call after a fold sorts the
  /// index. Without an index, or for a bound that is a list, every node of the label is looked at.
  func indexRange(label: LabelToken, key: KeyToken, _ range: IndexRange) -> [UInt32] {
    guard !range.isEmpty else { return [] }
    guard !range.hasList, let index = state.indexes.first(where: { $0.label == label && $0.key == key }) else {
      return nodes(label: label, key: key, inRange: range)
    }
    var found = NodeCollector(capacity: nodeCapacity)
    if let column = state.base.nodeColumn(key) {
      let nodes = index.baseNodes(in: range, column)
      let labelled = Int(label.rawValue) < state.labels.count ? state.labels[Int(label.rawValue)] : Bitmap()
      let keyIndex = Int(key.rawValue)
      let hasChanges = keyIndex < state.nodeChanges.count && !state.nodeChanges[keyIndex].isEmpty
      found.reserve(nodes.count)
      for node in nodes.buffer where labelled.contains(node) {
        // A change may say what the base says.
        if hasChanges, let value = state.changedNodeProperty(keyIndex, of: node), !range.contains(value) { continue }
        found.insert(node)
      }
    }
    index.forEachNewNode { node in
      if state.hasLabel(node, Int(label.rawValue)), range.contains(state.nodeProperty(Int(key.rawValue), of: node)) {
        found.insert(node)
      }
    }
    return found.ascending
  }

  private func nodes(label: LabelToken, key: KeyToken, inRange range: IndexRange) -> [UInt32] {
    var scan = NodeScan(self, label: label)
    var found: [UInt32] = []
    while let ids = scan.next(2048) {
      found += ids.filter { range.contains(state.nodeProperty(Int(key.rawValue), of: $0)) }
    }
    return found
  }
}

/// Collects ids in any order, some twice, and gives them out each once and ascending.
private struct NodeCollector {
  private let capacity: Int
  private var ids: [UInt32] = []
  /// One bit for each id, as soon as sorting a list would take longer than going through all bits.
  private var words: [UInt64] = []

  init(capacity: Int) { self.capacity = capacity }

  /// Prepares for so many ids.
  mutating func reserve(_ count: Int) {
    if count > capacity / 128, count > 32 { words = Array(repeating: 0, count: (capacity + 63) / 64) }
  }

  @inline(__always)
  mutating func insert(_ id: UInt32) {
    if words.isEmpty { ids.append(id) } else { words[Int(id >> 6)] |= 1 &<< UInt64(id & 63) }
  }

  var ascending: [UInt32] {
    guard words.isEmpty else {
      let count = words.reduce(0) { $0 + $1.nonzeroBitCount }
      return [UInt32](unsafeUninitializedCapacity: count) { target, initialized in
        for (index, word) in words.enumerated() {
          var word = word
          while word != 0 {
            target.initializeElement(at: initialized, to: UInt32(index &<< 6 &+ word.trailingZeroBitCount))
            initialized &+= 1
            word &= word &- 1
          }
        }
      }
    }
    let sorted = ids.sorted()
    return sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
  }
}
