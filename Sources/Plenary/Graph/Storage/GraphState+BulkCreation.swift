extension GraphState {
  /// Makes many nodes with the same labels and no properties yet. O(nodes / 64 x labels).
  ///
  /// - Throws: `graphTooLarge` when there are not so many ids left.
  mutating func createNodes(_ count: Int, labels tokens: [LabelToken]) throws(QueryError) -> Range<UInt32> {
    guard nodeCapacity + count <= Int(NodeID.noneRawValue) else {
      throw QueryError(.graphTooLarge, "the graph has given out all \(NodeID.noneRawValue) node ids")
    }
    let nodes = UInt32(nodeCapacity)..<UInt32(nodeCapacity + count)
    nodeCapacity += count
    counters.nodes += count
    changeCount += count
    liveNodes.insert(nodes)
    for label in Set(tokens).map({ Int($0.rawValue) }) {
      while labels.count <= label { labels.append(Bitmap()) }
      labels[label].insert(nodes)
      GraphCounters.add(count, at: label, to: &counters.ofLabel)
    }
    return nodes
  }

  /// Gives nodes that were just made a property, a leaf of the overlay at a time. O(nodes).
  ///
  /// - Precondition: the nodes do not have the property, and the base knows nothing of them.
  /// - Parameter values: one for each node, fit to be stored.
  /// - Returns: how many have it now: those whose value is not null.
  mutating func setProperty(_ key: Int, _ values: Vector, ofNew nodes: Range<UInt32>) -> Int {
    while nodeChanges.count <= key { nodeChanges.append(SparseArray(fill: nil)) }
    let present =
      switch values {
      case .integers(let numbers) where numbers.isNull == nil:
        store(key, nodes) { .integer(numbers.elements[$0]) }
      case .floats(let numbers) where numbers.isNull == nil: store(key, nodes) { .float(numbers.elements[$0]) }
      default: store(key, nodes) { values[$0] }
      }
    GraphCounters.add(present, at: key, to: &counters.ofNodeKey)
    changeCount += present
    for index in indexes.indices where Int(indexes[index].key.rawValue) == key {
      let label = Int(indexes[index].label.rawValue)
      for (row, node) in nodes.enumerated() where hasLabel(node, label) {
        let value = values[row]
        if !value.isAbsent { indexes[index].note(node, value) }
      }
    }
    return present
  }

  @inline(__always)
  private mutating func store(_ key: Int, _ nodes: Range<UInt32>, _ value: (Int) -> Value) -> Int {
    var present = 0
    var start = nodes.lowerBound
    while start < nodes.upperBound {
      let leaf = nodeChanges[key].writableLeaf(containing: Int(start))
      let end = min(nodes.upperBound, (start | 255) + 1)
      for node in start..<end {
        let value = value(Int(node - nodes.lowerBound))
        if value.isAbsent { continue }
        leaf[Int(node & 255)] = .some(value)
        present += 1
      }
      start = end
    }
    return present
  }
}
