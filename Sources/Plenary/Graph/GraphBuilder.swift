import Synchronization

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
  /// By type token.
  private var relationships: [GatheredRelationships] = []
  /// The number of relationships so far.
  private(set) var relationshipCount = 0
  /// The last node that a relationship was said to end at.
  private var greatestEnd: UInt32 = 0
  private var nodeColumns: [PropertyColumnBuilder] = []
  private var relationshipColumns: [PropertyColumnBuilder] = []
  private var uniqueKeys: [(label: LabelToken, key: KeyToken)] = []

  init() {}

  /// The number of nodes so far; the id of the next.
  var nodeCount: Int { nodeCapacity }

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
    let relationship = UInt32(relationshipCount)
    relationshipCount += 1
    greatestEnd = max(greatestEnd, source.rawValue, target.rawValue)
    addPlace(for: type)
    relationships[Int(type.rawValue)].append(
      GatheredRelationships.key(source.rawValue, target.rawValue), number: relationship)
    for (key, value) in properties { set(value, relationship, key, in: \.relationshipColumns) }
    return relationship
  }

  private mutating func addPlace(for type: TypeToken) {
    while relationships.count <= Int(type.rawValue) { relationships.append(GatheredRelationships()) }
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
  /// - Parameter keys: `GatheredRelationships.key` of both ends of each.
  /// - Precondition: both ends are nodes that were added.
  /// - Throws: `graphTooLarge` when there are not as many ids.
  @discardableResult
  mutating func addRelationships(type: TypeToken, _ keys: [UInt64]) throws(QueryError) -> Range<UInt32> {
    try checkRoom(forRelationships: keys.count)
    addPlace(for: type)
    let first = UInt32(relationshipCount)
    relationshipCount += keys.count
    relationships[Int(type.rawValue)].append(keys, from: first)
    return first..<UInt32(relationshipCount)
  }

  /// Adds relationships of one type between nodes that may still be to come: `build` checks them.
  ///
  /// - Precondition: there are as many sources as targets.
  /// - Throws: `graphTooLarge` when there are not as many ids.
  @discardableResult
  mutating func addRelationships(
    type: TypeToken, from newSources: [UInt32], to newTargets: [UInt32]
  ) throws(QueryError) -> Range<UInt32> {
    precondition(newSources.count == newTargets.count)
    greatestEnd = max(greatestEnd, newSources.max() ?? 0, newTargets.max() ?? 0)
    return try addRelationships(type: type, zip(newSources, newTargets).map(GatheredRelationships.key))
  }

  /// Adds relationships of several types that come mixed.
  ///
  /// - Parameter offsets: for each key the number of its relationship, counted from the next one on.
  /// - Precondition: both ends are nodes that were added, and together the types have all numbers below `count`.
  /// - Throws: `graphTooLarge` when there are not as many ids.
  mutating func addRelationships(
    count: Int, byType types: [(type: TypeToken, keys: [UInt64], offsets: [UInt32])]
  ) throws(QueryError) {
    try checkRoom(forRelationships: count)
    let first = UInt32(relationshipCount)
    relationshipCount += count
    for (type, keys, offsets) in types {
      addPlace(for: type)
      relationships[Int(type.rawValue)].append(keys, numbers: offsets.map { first + $0 })
    }
  }

  private func checkRoom(forRelationships count: Int) throws(QueryError) {
    guard count <= Int(RelationshipID.noneRawValue) - relationshipCount else {
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
  /// - Parameter threads: how many threads may work on it; the graph is the same for any number.
  /// - Throws: `invalidFile` if a relationship ends at a node that was never added.
  consuming func build(threads: Int = 1) throws(QueryError) -> Graph {
    let nodeLimit = UInt32(nodeCapacity)
    if greatestEnd >= nodeLimit, relationshipCount > 0 { try checkEnds() }
    var state = GraphState()
    state.catalog = catalog
    state.nodeCapacity = nodeCapacity
    state.relationshipCapacity = relationshipCount
    state.liveNodes.insert(0..<nodeLimit)
    state.liveRelationships.insert(0..<UInt32(relationshipCount))
    state.labels = labels
    state.base = makeBase(threads: threads)
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

  private func checkEnds() throws(QueryError) {
    for gathered in relationships {
      for index in 0..<gathered.count {
        let key = gathered.keys[index]
        let end = max(UInt32(truncatingIfNeeded: key >> 32), UInt32(truncatingIfNeeded: key))
        guard end >= nodeCapacity else { continue }
        throw QueryError(
          .invalidFile,
          "relationship \(gathered.number(at: index)) ends at node \(end), but there are only \(nodeCapacity) nodes")
      }
    }
  }

  private static func indexName(_ catalog: Catalog, _ label: LabelToken, _ key: KeyToken) -> String {
    "\(catalog.labels.name(Int(label.rawValue)))_\(catalog.keys.name(Int(key.rawValue)))"
  }

  private mutating func makeBase(threads: Int) -> GraphBase {
    let nodeColumns = GraphBuilder.columns(&nodeColumns, order: nil, threads)
    let count = relationshipCount
    let typeCount = catalog.types.names.count
    let flatSources = FlatArray<UInt32>(uninitializedCount: count)
    let flatTargets = FlatArray<UInt32>(uninitializedCount: count)
    // Where each relationship came from, to move its properties along; nothing to move, nothing to remember.
    let isOrderNeeded = relationshipColumns.contains { !$0.isEmpty }
    var order = isOrderNeeded ? FlatArray<UInt32>(uninitializedCount: count) : nil
    let starts = FlatArray<UInt32>(uninitializedCount: typeCount + 1)
    starts.start[0] = 0
    var outgoing: [CompressedAdjacency?] = []
    for type in 0..<typeCount {
      // Taken out, so that they are freed while they are being sorted.
      var gathered = GatheredRelationships()
      if type < relationships.count { swap(&gathered, &relationships[type]) }
      let start = Int(starts[type])
      let end = start + gathered.count
      starts.start[type + 1] = UInt32(end)
      guard end > start else {
        outgoing.append(nil)
        continue
      }
      outgoing.append(
        AdjacencyBuilder.outgoing(
          gathered, first: start, sources: FlatArray(flatSources, in: start..<end),
          targets: FlatArray(flatTargets, in: start..<end), order: order.map { FlatArray($0, in: start..<end) },
          nodeCount: nodeCapacity, threads: threads))
    }
    // Columns before the other direction: what they were gathered in can go.
    let relationshipColumns = GraphBuilder.columns(&relationshipColumns, order: order, threads)
    order = nil
    let incoming = outgoing.indices.map { type -> CompressedAdjacency? in
      guard outgoing[type] != nil else { return nil }
      let range = Int(starts[type])..<Int(starts[type + 1])
      return AdjacencyBuilder.incoming(
        sources: FlatArray(flatSources, in: range), targets: FlatArray(flatTargets, in: range), first: range.lowerBound,
        nodeCount: nodeCapacity, threads: threads)
    }
    let typesInUse = outgoing.indices.filter { outgoing[$0] != nil }
    let flatTypes: RelationshipTypes =
      switch typesInUse.count {
      case 0: .none
      case 1: .one(UInt16(typesInUse[0]))
      default: .runs(starts: FlatArray(starts, in: 0..<typeCount))
      }
    return GraphBase(
      nodeCount: nodeCapacity, sources: flatSources, targets: flatTargets, types: flatTypes, outgoing: outgoing,
      incoming: incoming, nodeColumns: nodeColumns, relationshipColumns: relationshipColumns)
  }

  /// Makes the columns, each freed from its builder at once.
  private static func columns(
    _ builders: inout [PropertyColumnBuilder], order: FlatArray<UInt32>?, _ threads: Int
  ) -> [PropertyColumn?] {
    let taken = builders
    builders = []
    return WorkerPool.shared.map(taken, threads: threads) { builder in
      order.map { builder.build(order: $0) } ?? builder.build()
    }
  }
}

extension PropertyColumnBuilder {
  /// Appends the values of consecutive ids.
  mutating func append(_ column: GraphBuilder.Column, from first: UInt32) {
    switch column {
    case .integers(let numbers, let flags):
      guard let flags else { return append(numbers, from: first) }
      for (row, number) in numbers.enumerated() where !flags[row] { append(number, for: first + UInt32(row)) }
    case .floats(let numbers, let flags):
      guard let flags else { return append(numbers, from: first) }
      for (row, number) in numbers.enumerated() where !flags[row] { append(number, for: first + UInt32(row)) }
    case .booleans(let truths, let flags):
      for (row, truth) in truths.enumerated() where !(flags?[row] ?? false) { append(truth, for: first + UInt32(row)) }
    case .utf8(let bytes, let offsets, let flags):
      bytes.withUnsafeBufferPointer { bytes in
        for row in 0..<max(0, offsets.count - 1) where !(flags?[row] ?? false) {
          append(
            utf8: UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]), for: first + UInt32(row))
        }
      }
    case .values(let values):
      for (row, value) in values.enumerated() { append(value, for: first + UInt32(row)) }
    }
  }
}
