/// Makes a graph from much data at once, straight into its base: what imports use.
///
/// Nodes get their ids in the order they are added, from 0 on. Relationships are numbered in that order while they
/// are added; `build` sorts them by type, source and target, and in the graph their ids follow that order: then one
/// direction of the adjacency needs no ids, and shares its neighbours with the end points. Elements can be added one by
/// one or column by column; the two mix freely, but values of one property key come in ascending order.
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
  /// The number of relationships so far.
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

  /// Adds a relationship between two nodes, which may still be to come: `build` checks them. Returns its number here,
  /// which is not its id in the graph.
  ///
  /// - Throws: `graphTooLarge` when all ids are used up.
  @discardableResult
  mutating func addRelationship(
    type: TypeToken, from source: NodeID, to target: NodeID, properties: [(KeyToken, Value)] = []
  ) throws(QueryError) -> UInt32 {
    try checkRoom(forRelationships: 1)
    let relationship = UInt32(sources.count)
    sources.append(source.rawValue)
    targets.append(target.rawValue)
    types.append(type.rawValue)
    for (key, value) in properties { set(value, relationship, key, in: \.relationshipColumns) }
    return relationship
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

  /// Adds relationships of one type. Returns their numbers here, for setting properties; in the graph their ids are others.
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
    for (number, end) in zip(sources, targets).enumerated() where max(end.0, end.1) >= nodeLimit {
      throw QueryError(
        .invalidFile, "relationship \(number) ends at node \(max(end.0, end.1)), but there are only \(nodeLimit) nodes")
    }
    var state = GraphState()
    state.catalog = catalog
    state.nodeCapacity = nodeCapacity
    state.relationshipCapacity = sources.count
    state.liveNodes.insert(0..<nodeLimit)
    state.liveRelationships.insert(0..<UInt32(sources.count))
    state.labels = labels
    let nodeColumns = nodeColumns.map { $0.build() }
    self.nodeColumns = []
    state.base = makeBase(nodeColumns)
    state.counters = GraphCounters(countingBaseOf: state)
    state.columnStatistics = ColumnStatisticsCache()
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

  private mutating func makeBase(_ nodeColumns: [PropertyColumn?]) -> GraphBase {
    let count = sources.count
    let typeCount = catalog.types.names.count
    let flatSources = FlatArray<UInt32>(uninitializedCount: count)
    let flatTargets = FlatArray<UInt32>(uninitializedCount: count)
    // Where each relationship came from, to move its properties along; nothing to move, nothing to remember.
    let isOrderNeeded = relationshipColumns.contains { !$0.isEmpty }
    let order = FlatArray<UInt32>(uninitializedCount: isOrderNeeded ? count : 0)
    let starts = FlatArray<UInt32>(uninitializedCount: max(typeCount, 1))
    starts.start[0] = 0
    var outgoing: [CompressedAdjacency?] = []
    var incoming: [CompressedAdjacency?] = []
    var start = 0
    for type in 0..<typeCount {
      starts.start[type] = UInt32(start)
      let sorted = sortedRelationships(of: UInt16(type), from: start, order: isOrderNeeded ? order : nil)
      let end = start + sorted.count
      for index in 0..<sorted.count {
        flatSources.start[start + index] = UInt32(truncatingIfNeeded: sorted.keys.start[index] &>> 32)
        flatTargets.start[start + index] = UInt32(truncatingIfNeeded: sorted.keys.start[index])
      }
      let isEmpty = start == end
      outgoing.append(
        isEmpty ? nil : CompressedAdjacency(sorted, neighbours: FlatArray(flatTargets, in: start..<end)))
      incoming.append(isEmpty ? nil : sorted.reversed(nodes: FlatArray(flatSources, in: start..<end)))
      start = end
    }
    let typesInUse = outgoing.indices.filter { outgoing[$0] != nil }
    let flatTypes: RelationshipTypes =
      switch typesInUse.count {
      case 0: .none
      case 1: .one(UInt16(typesInUse[0]))
      default: .runs(starts: starts)
      }
    (sources, targets, types) = ([], [], [])
    return GraphBase(
      nodeCount: nodeCapacity, sources: flatSources, targets: flatTargets, types: flatTypes, outgoing: outgoing,
      incoming: incoming, nodeColumns: nodeColumns,
      relationshipColumns: relationshipColumns.map { $0.build()?.reordered(order) })
  }

  /// The relationships of a type in the order of their ids, which start at `first`.
  ///
  /// - Parameter order: gets the number that each had before, at its id.
  private func sortedRelationships(
    of type: UInt16, from first: Int, order: FlatArray<UInt32>?
  ) -> SortedRelationships {
    let count = types.reduce(0) { $0 + ($1 == type ? 1 : 0) }
    let keys = FlatArray<UInt64>(uninitializedCount: count)
    var numbers = order == nil ? nil : FlatArray<UInt32>(uninitializedCount: count)
    var next = 0
    for number in 0..<types.count where types[number] == type {
      keys.start[next] = UInt64(sources[number]) << 32 | UInt64(targets[number])
      if let numbers { numbers.start[next] = UInt32(truncatingIfNeeded: number) }
      next += 1
    }
    let sorted = SortedRelationships(sorting: keys, numbering: UInt32(first), numbers: &numbers)
    if let order, let numbers { (order.start + first).initialize(from: numbers.start, count: count) }
    return sorted
  }
}

extension PropertyColumn {
  /// The same values with the row of `order[i]` moved to `i`.
  fileprivate func reordered(_ order: FlatArray<UInt32>) -> PropertyColumn? {
    var builder = PropertyColumnBuilder()
    for index in 0..<order.count { copy(order.start[index], as: UInt32(index), into: &builder) }
    return builder.build()
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
