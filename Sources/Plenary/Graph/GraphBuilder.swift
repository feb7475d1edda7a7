/// Makes a graph from much data at once, straight into its base: what imports use.
///
/// Nodes and relationships get their ids in the order they are added, from 0 on. Elements can be added one by one or
/// column by column; the two mix freely, but values of one property key come in ascending order of id.
///
/// ```swift
/// var builder = GraphBuilder()
/// let state = try builder.makeLabelToken("State")
/// let code = try builder.makeKeyToken("code")
/// let states = try builder.addNodes(count: 2, labels: [state])
/// builder.setNodeProperties(code, from: states.lowerBound, .strings(["SG", "TH"]))
/// let graph = try builder.build()
/// ```
struct GraphBuilder: Sendable {
  private var catalog = Catalog()
  private var labels: [Bitmap] = []
  private var nodeCapacity = 0
  private var sources: [UInt32] = []
  private var targets: [UInt32] = []
  private var types: [UInt16] = []
  private var nodeColumns: [PropertyColumnBuilder] = []
  private var relationshipColumns: [PropertyColumnBuilder] = []
  private var uniqueKeys: [(label: LabelToken, key: KeyToken)] = []

  init() {}

  /// The number of nodes so far; the id of the next.
  var nodeCount: Int { nodeCapacity }
  /// The number of relationships so far; the id of the next.
  var relationshipCount: Int { sources.count }

  mutating func makeLabelToken(_ name: String) throws(QueryError) -> LabelToken { try catalog.makeLabel(name) }
  mutating func makeTypeToken(_ name: String) throws(QueryError) -> TypeToken { try catalog.makeType(name) }
  mutating func makeKeyToken(_ name: String) throws(QueryError) -> KeyToken { try catalog.makeKey(name) }

  // MARK: One by one

  /// Adds a node.
  ///
  /// - Throws: `graphTooLarge` when all ids are used up.
  @discardableResult
  mutating func addNode(
    labels: [LabelToken], properties: [(KeyToken, Value)] = []
  ) throws(QueryError) -> NodeID {
    let node = try addNodes(count: 1, labels: labels).lowerBound
    for (key, value) in properties { set(value, node, key, in: \.nodeColumns) }
    return NodeID(node)
  }

  /// Adds a relationship between two nodes, which may still be to come: `build` checks them.
  ///
  /// - Throws: `graphTooLarge` when all ids are used up.
  @discardableResult
  mutating func addRelationship(
    type: TypeToken, from source: NodeID, to target: NodeID, properties: [(KeyToken, Value)] = []
  ) throws(QueryError) -> RelationshipID {
    try checkRoom(forRelationships: 1)
    let relationship = UInt32(sources.count)
    sources.append(source.rawValue)
    targets.append(target.rawValue)
    types.append(type.rawValue)
    for (key, value) in properties { set(value, relationship, key, in: \.relationshipColumns) }
    return RelationshipID(relationship)
  }

  private mutating func set(
    _ value: Value, _ id: UInt32, _ key: KeyToken, in columns: WritableKeyPath<GraphBuilder, [PropertyColumnBuilder]>
  ) {
    while self[keyPath: columns].count <= Int(key.rawValue) { self[keyPath: columns].append(PropertyColumnBuilder()) }
    self[keyPath: columns][Int(key.rawValue)].append(value, for: id)
  }

  // MARK: Column by column

  /// Adds nodes that have the same labels.
  ///
  /// - Throws: `graphTooLarge` when there are not as many ids.
  @discardableResult
  mutating func addNodes(count: Int, labels tokens: [LabelToken]) throws(QueryError) -> Range<UInt32> {
    guard count <= Int(NodeID.noneRawValue) - nodeCapacity else {
      throw QueryError(.graphTooLarge, "found more than \(NodeID.noneRawValue) nodes, the most a graph can hold")
    }
    let ids = UInt32(nodeCapacity)..<UInt32(nodeCapacity + count)
    nodeCapacity += count
    for label in tokens { add(label, to: ids) }
    return ids
  }

  /// Gives nodes a label, besides those they have.
  mutating func add(_ label: LabelToken, to nodes: Range<UInt32>) {
    while labels.count <= Int(label.rawValue) { labels.append(Bitmap()) }
    labels[Int(label.rawValue)].insert(nodes)
  }

  /// Adds relationships of one type.
  ///
  /// - Precondition: there are as many sources as targets.
  /// - Throws: `graphTooLarge` when there are not as many ids.
  @discardableResult
  mutating func addRelationships(
    type: TypeToken, from newSources: [UInt32], to newTargets: [UInt32]
  ) throws(QueryError) -> Range<UInt32> {
    precondition(newSources.count == newTargets.count)
    try checkRoom(forRelationships: newSources.count)
    let ids = UInt32(sources.count)..<UInt32(sources.count + newSources.count)
    sources.append(contentsOf: newSources)
    targets.append(contentsOf: newTargets)
    types.append(contentsOf: repeatElement(type.rawValue, count: newSources.count))
    return ids
  }

  private func checkRoom(forRelationships count: Int) throws(QueryError) {
    guard count <= Int(RelationshipID.noneRawValue) - sources.count else {
      throw QueryError(
        .graphTooLarge, "found more than \(RelationshipID.noneRawValue) relationships, the most a graph can hold")
    }
  }

  /// A property of consecutive elements.
  enum Column: Sendable {
    case integers([Int64], isNull: [Bool]? = nil)
    case floats([Double], isNull: [Bool]? = nil)
    case booleans([Bool], isNull: [Bool]? = nil)
    /// UTF-8 of all strings, and where each begins and the last ends: one offset more than there are rows.
    case utf8([UInt8], offsets: [Int], isNull: [Bool]? = nil)
    case values([Value])

    static func strings(_ strings: [String]) -> Column { .values(strings.map(Value.string)) }
  }

  /// Sets a property of the nodes from `first` on.
  mutating func setNodeProperties(_ key: KeyToken, from first: UInt32, _ column: Column) {
    while nodeColumns.count <= Int(key.rawValue) { nodeColumns.append(PropertyColumnBuilder()) }
    nodeColumns[Int(key.rawValue)].append(column, from: first)
  }

  /// Sets a property of the relationships from `first` on.
  mutating func setRelationshipProperties(_ key: KeyToken, from first: UInt32, _ column: Column) {
    while relationshipColumns.count <= Int(key.rawValue) { relationshipColumns.append(PropertyColumnBuilder()) }
    relationshipColumns[Int(key.rawValue)].append(column, from: first)
  }

  /// Says that no two nodes of a label share a value of a property, as for an id column: the graph gets an index on it.
  mutating func declareUnique(label: LabelToken, key: KeyToken) {
    if !uniqueKeys.contains(where: { $0.label == label && $0.key == key }) { uniqueKeys.append((label, key)) }
  }

  // MARK: The graph

  /// The graph. O(nodes + relationships + properties).
  ///
  /// - Throws: `invalidFile` if a relationship ends at a node that was never added.
  consuming func build() throws(QueryError) -> Graph {
    let nodeLimit = UInt32(nodeCapacity)
    for (id, end) in zip(sources, targets).enumerated() where end.0 >= nodeLimit || end.1 >= nodeLimit {
      throw QueryError(
        .invalidFile, "relationship \(id) ends at node \(max(end.0, end.1)), but there are only \(nodeLimit) nodes")
    }
    var state = GraphState()
    state.catalog = catalog
    state.nodeCapacity = nodeCapacity
    state.relationshipCapacity = sources.count
    state.liveNodes.insert(0..<nodeLimit)
    state.liveRelationships.insert(0..<UInt32(sources.count))
    state.labels = labels
    state.base = makeBase()
    state.counters = GraphCounters(counting: state)
    for (label, key) in uniqueKeys {
      var index = PropertyIndex(
        name: GraphBuilder.indexName(catalog, label, key), label: label, key: key, isUnique: true)
      index.rebuild(from: state)
      state.indexes.append(index)
    }
    return Graph(state)
  }

  private static func indexName(_ catalog: Catalog, _ label: LabelToken, _ key: KeyToken) -> String {
    "\(catalog.labels.name(Int(label.rawValue)))_\(catalog.keys.name(Int(key.rawValue)))"
  }

  private func makeBase() -> GraphBase {
    let flatSources = FlatArray(sources)
    let flatTargets = FlatArray(targets)
    let flatTypes = RelationshipTypes(types)
    let adjacency = GraphBase.buildAdjacency(
      typeCount: catalog.types.names.count, sources: flatSources, targets: flatTargets, types: flatTypes,
      isLive: { _ in true })
    return GraphBase(
      nodeCount: nodeCapacity, sources: flatSources, targets: flatTargets, types: flatTypes,
      outgoing: adjacency.outgoing, incoming: adjacency.incoming,
      nodeColumns: nodeColumns.map { $0.build() }, relationshipColumns: relationshipColumns.map { $0.build() })
  }
}

extension PropertyColumnBuilder {
  /// Appends the values of consecutive ids.
  mutating func append(_ column: GraphBuilder.Column, from first: UInt32) {
    func isNull(_ flags: [Bool]?, _ row: Int) -> Bool { flags.map { $0[row] } ?? false }
    switch column {
    case .integers(let numbers, let flags):
      for (row, number) in numbers.enumerated() where !isNull(flags, row) { append(number, for: first + UInt32(row)) }
    case .floats(let numbers, let flags):
      for (row, number) in numbers.enumerated() where !isNull(flags, row) { append(number, for: first + UInt32(row)) }
    case .booleans(let truths, let flags):
      for (row, truth) in truths.enumerated() where !isNull(flags, row) { append(truth, for: first + UInt32(row)) }
    case .utf8(let bytes, let offsets, let flags):
      bytes.withUnsafeBufferPointer { bytes in
        for row in 0..<max(0, offsets.count - 1) where !isNull(flags, row) {
          append(
            utf8: UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]), for: first + UInt32(row))
        }
      }
    case .values(let values):
      for (row, value) in values.enumerated() { append(value, for: first + UInt32(row)) }
    }
  }
}

extension GraphCounters {
  /// Counts everything in a graph from scratch. O(graph).
  init(counting state: borrowing GraphState) {
    nodes = state.liveNodes.count
    ofLabel = state.labels.map(\.count)
    // Labels of each node, packed once, so that counting relationships probes no bitmaps when labels are few.
    let masks = GraphCounters.labelMasks(state)
    for id in 0..<UInt32(state.relationshipCapacity) where state.liveRelationships.contains(id) {
      relationships += 1
      let type = Int(state.type(of: id).rawValue)
      let (source, target) = state.endpoints(of: id)
      GraphCounters.add(1, at: type, to: &ofType)
      if let masks {
        GraphCounters.count(masks.start[Int(source)], at: type, in: &ofSourceLabel)
        GraphCounters.count(masks.start[Int(target)], at: type, in: &ofTargetLabel)
      } else {
        for label in state.labelTokens(of: source) { GraphCounters.add(1, at: type, label, to: &ofSourceLabel) }
        for label in state.labelTokens(of: target) { GraphCounters.add(1, at: type, label, to: &ofTargetLabel) }
      }
    }
    let nodeKeys = max(state.base.nodeColumns.count, state.nodeChanges.count)
    ofNodeKey = (0..<nodeKeys).map { key in
      GraphCounters.presentCount(
        state.base.nodeColumn(KeyToken(key)), key < state.nodeChanges.count ? state.nodeChanges[key] : nil)
    }
    let relationshipKeys = max(state.base.relationshipColumns.count, state.relationshipChanges.count)
    ofRelationshipKey = (0..<relationshipKeys).map { key in
      GraphCounters.presentCount(
        state.base.relationshipColumn(KeyToken(key)),
        key < state.relationshipChanges.count ? state.relationshipChanges[key] : nil)
    }
  }

  /// The labels of every node as a bit set; `nil` when there are more labels than bits.
  private static func labelMasks(_ state: borrowing GraphState) -> FlatArray<UInt64>? {
    guard state.labels.count <= 64 else { return nil }
    let masks = FlatArray<UInt64>(repeating: 0, count: state.nodeCapacity)
    for (label, bitmap) in state.labels.enumerated() {
      bitmap.forEach { masks.start[Int($0)] |= 1 &<< UInt64(label) }
    }
    return masks
  }

  @inline(__always)
  private static func count(_ mask: UInt64, at type: Int, in counts: inout [[Int]]) {
    var mask = mask
    while mask != 0 {
      add(1, at: type, mask.trailingZeroBitCount, to: &counts)
      mask &= mask - 1
    }
  }

  private static func presentCount(_ column: PropertyColumn?, _ changes: SparseArray<Value?>?) -> Int {
    var count = column?.presentCount ?? 0
    for start in changes?.leafIndices ?? [] {
      guard let leaf = changes?.leaf(containing: start) else { continue }
      for offset in 0..<SparseArray<Value?>.leafCapacity {
        guard let value = leaf[offset] else { continue }
        count += (value.isAbsent ? 0 : 1) - (column?.row(of: UInt32(start + offset)) == nil ? 0 : 1)
      }
    }
    return count
  }
}
