/// The nodes that `MERGE (n:Label {key: value})` finds or makes, for many rows.
///
/// Nodes and rows are grouped by their properties together, so finding a row's nodes is reading a list; what a row
/// creates joins the list of its group, so that the rows after it find it.
struct MergedNodes {
  /// Below this many rows the plan's own search is cheaper than grouping every node of the label.
  private static let fewestRows = 16
  /// A search in an index costs about as much as grouping this many nodes.
  private static let nodesPerSeek = 8

  private let labels: [LabelToken]
  private let properties: PropertySource
  private let rowGroups: [Int32]
  /// The first node of each group, and after each node the next one of its group: indexes into `nodes`.
  private var firstOfGroup: [Int32]
  private var nextOfGroup: [Int32]
  private var lastOfGroup: [Int32]
  private var nodes: [UInt32]

  /// Fails (`nil`) for patterns and rows that must be merged one by one.
  ///
  /// - Throws: `mergeReadOwnWrites` for a null property.
  init?(_ merge: BoundMerge, _ rows: Batch, _ context: ExecutionContext) throws {
    guard rows.count >= MergedNodes.fewestRows, merge.creation.nodes.count == 1, merge.creation.relationships.isEmpty,
      merge.pattern.nodes.count == 1
    else { return nil }
    let node = merge.creation.nodes[0]
    guard let entries = merge.entries(of: node.properties, assigningOnlyTo: node.variable, rows, context) else {
      return nil
    }
    let labels = try node.labels.map { try context.graph.makeLabelToken($0) }
    let wanted = try entries.map { try context.evaluate($0.value, rows) }
    for (column, entry) in zip(wanted, entries) {
      guard column.isPlain else { return nil }
      if column.nullFlags.contains(true) {
        throw QueryError(
          .mergeReadOwnWrites, "null for `\(entry.key)` in MERGE, expected a value", at: entry.value.range,
          hint: "a property that is null does not exist, so no pattern with it can be found")
      }
    }
    let candidates = try MergedNodes.candidates(labels, entries.map(\.key), wanted, rows.count, context)
    var existing: [Vector] = []
    for entry in entries {
      existing.append(
        context.graph.keyToken(entry.key).map { context.graph.gather($0, of: candidates) }
          ?? .constant(.null, count: candidates.count))
    }
    var groups = GroupTable(keyCount: entries.count)
    let candidateGroups =
      entries.isEmpty ? Array(repeating: 0, count: candidates.count) : groups.numbers(for: existing)
    rowGroups = entries.isEmpty ? Array(repeating: 0, count: rows.count) : groups.numbers(for: wanted)
    let groupCount = max(1, groups.count)
    firstOfGroup = Array(repeating: -1, count: groupCount)
    lastOfGroup = firstOfGroup
    nextOfGroup = []
    nodes = []
    self.labels = labels
    properties = try PropertySource(node.properties, rows, context)
    // A null property equals nothing; no row asks for its group, since none has a null.
    for (index, node) in candidates.enumerated() { append(node, to: candidateGroups[index]) }
  }

  /// Every node that a row may find, and perhaps others, each with all the labels.
  private static func candidates(
    _ labels: [LabelToken], _ keys: [String], _ wanted: [Vector], _ rowCount: Int, _ context: ExecutionContext
  ) throws -> [UInt32] {
    let graph = context.graph
    let rarest = labels.min { graph.count(of: $0) < graph.count(of: $1) }
    let count = rarest.map(graph.count(of:)) ?? graph.nodeCount
    if rowCount * nodesPerSeek < count, let found = try candidatesByIndex(labels, keys, wanted, rowCount, context) {
      return withLabels(found, labels, besides: nil, graph)
    }
    var result: [UInt32] = []
    var scan = Graph.NodeScan(graph, label: rarest)
    while let ids = scan.next(context.batchSize) {
      try context.checkStop()
      result += ids
    }
    return withLabels(result, labels, besides: rarest, graph)
  }

  /// The nodes that an index finds for the rows; `nil` if there is no index.
  private static func candidatesByIndex(
    _ labels: [LabelToken], _ keys: [String], _ wanted: [Vector], _ rowCount: Int, _ context: ExecutionContext
  ) throws -> [UInt32]? {
    let graph = context.graph
    for label in labels {
      for (position, key) in keys.enumerated() {
        guard let token = graph.keyToken(key), graph.hasIndex(label: label, key: token) else { continue }
        var found: Set<UInt32> = []
        for row in 0..<rowCount {
          if row & 1023 == 0 { try context.checkStop() }
          for node in graph.indexLookup(label: label, key: token, value: wanted[position][row]) ?? [] {
            found.insert(node)
          }
        }
        return found.sorted()
      }
    }
    return nil
  }

  private static func withLabels(
    _ nodes: [UInt32], _ labels: [LabelToken], besides known: LabelToken?, _ graph: Graph
  ) -> [UInt32] {
    var result = nodes
    for label in labels where label != known {
      let has = graph.hasLabel(result, label)
      result = result.indices.filter { has[$0] }.map { result[$0] }
    }
    return result
  }

  /// About the memory it takes.
  var byteCount: Int {
    (rowGroups.capacity + firstOfGroup.capacity + lastOfGroup.capacity + nextOfGroup.capacity + nodes.capacity) * 4
  }

  private mutating func append(_ node: UInt32, to group: Int32) {
    let group = Int(group)
    let place = Int32(nodes.count)
    nodes.append(node)
    nextOfGroup.append(-1)
    if firstOfGroup[group] < 0 { firstOfGroup[group] = place } else { nextOfGroup[Int(lastOfGroup[group])] = place }
    lastOfGroup[group] = place
  }

  /// Calls `body` with the nodes of a row, made first if there are none.
  mutating func forEachNode(
    _ row: Int, _ context: ExecutionContext, _ memory: MemoryAccount, _ body: (UInt32, _ isNew: Bool) -> Void
  ) throws {
    let group = rowGroups[row]
    let isNew = firstOfGroup[Int(group)] < 0
    if isNew {
      let values = try properties.values(row, context)
      try memory.write(GraphState.bytesPerNode + values.count * MemoryLayout<Value>.stride)
      let node = try context.graph.createNode(labels: labels, properties: values).rawValue
      context.counters.nodesCreated += 1
      context.counters.labelsAdded += labels.count
      context.counters.propertiesSet += values.count
      append(node, to: group)
    }
    var place = firstOfGroup[Int(group)]
    while place >= 0 {
      body(nodes[Int(place)], isNew)
      place = nextOfGroup[Int(place)]
    }
  }
}
