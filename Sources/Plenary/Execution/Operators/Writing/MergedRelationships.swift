/// The relationships that `MERGE (a)-[r:TYPE {key: value}]->(b)` finds or makes between known nodes, for many rows.
///
/// What is there between the nodes of the rows is looked up once; what a row makes joins it, so that the rows after it
/// find it.
struct MergedRelationships {
  private let type: TypeToken
  private let creation: BoundRelationshipCreation
  /// Where a new relationship of each row starts and ends.
  private let sources: [UInt32]
  private let targets: [UInt32]
  private let isEitherWay: Bool
  private let keys: [KeyToken]
  /// By key what each row asks for.
  private let wanted: [Vector]
  private let properties: PropertySource
  /// By pair of nodes the first relationship between them, and after each the next one: indexes into `relationships`.
  private var firstOfPair: [UInt64: Int32] = [:]
  private var nextOfPair: [Int32] = []
  private var relationships: [UInt32] = []

  /// Fails (`nil`) for patterns and rows that must be merged one by one.
  init?(_ merge: BoundMerge, _ rows: Batch, _ context: ExecutionContext) throws {
    guard merge.creation.nodes.isEmpty, merge.creation.relationships.count == 1, merge.pattern.relationships.count == 1,
      !context.hasDeleted
    else { return nil }
    creation = merge.creation.relationships[0]
    guard let entries = merge.entries(of: creation.properties, assigningOnlyTo: creation.variable, rows, context),
      rows.columns[creation.from.index] != nil, rows.columns[creation.to.index] != nil
    else { return nil }
    sources = rows[creation.from].nodeIDs
    targets = rows[creation.to].nodeIDs
    guard !sources.contains(NodeID.noneRawValue), !targets.contains(NodeID.noneRawValue) else { return nil }
    wanted = try entries.map { try context.evaluate($0.value, rows) }
    guard wanted.allSatisfy({ $0.isPlain && !$0.nullFlags.contains(true) }) else { return nil }
    type = try context.graph.makeTypeToken(creation.type)
    keys = try entries.map { try context.graph.makeKeyToken($0.key) }
    properties = try PropertySource(creation.properties, rows, context)
    isEitherWay = merge.pattern.relationships[0].direction == .either
    try findExisting(context)
  }

  /// Looks up what is there between the nodes of the rows.
  private mutating func findExisting(_ context: ExecutionContext) throws {
    let graph = context.graph
    var pairs: Set<UInt64> = []
    var lastPlaces: [UInt64: Int32] = [:]
    func pair(_ from: UInt32, _ to: UInt32) -> UInt64 { UInt64(from) << 32 | UInt64(to) }
    for row in sources.indices {
      pairs.insert(pair(sources[row], targets[row]))
      if isEitherWay { pairs.insert(pair(targets[row], sources[row])) }
    }
    // A node of which the base does not say everything is read through; so once, and not for each of its pairs.
    var starts: Set<UInt32> = []
    for (index, wanted) in pairs.sorted().enumerated() {
      if index & 1023 == 0 { try context.checkStop() }
      let from = UInt32(truncatingIfNeeded: wanted >> 32)
      guard !graph.state.isAdjacencyInBase(from) else {
        let to = NodeID(UInt32(truncatingIfNeeded: wanted))
        for relationship in graph.relationships(from: NodeID(from), to: to, type: type) {
          append(relationship, to: wanted, &lastPlaces)
        }
        continue
      }
      guard starts.insert(from).inserted else { continue }
      graph.forEachNeighbour(of: NodeID(from), .outgoing, type: type) { to, relationship in
        let found = pair(from, to)
        if pairs.contains(found) { append(relationship, to: found, &lastPlaces) }
      }
    }
  }

  private mutating func append(_ relationship: UInt32, to pair: UInt64, _ lastPlaces: inout [UInt64: Int32]) {
    let place = Int32(truncatingIfNeeded: relationships.count)
    relationships.append(relationship)
    nextOfPair.append(-1)
    if let last = lastPlaces.updateValue(place, forKey: pair) {
      nextOfPair[Int(last)] = place
    } else {
      firstOfPair[pair] = place
    }
  }

  /// About the memory it takes.
  var byteCount: Int {
    (sources.capacity + targets.capacity + nextOfPair.capacity + relationships.capacity) * 4 + firstOfPair.capacity * 16
  }

  /// Calls `body` with the relationships of a row, made first if there are none.
  mutating func forEachRelationship(
    _ row: Int, _ context: ExecutionContext, _ memory: MemoryAccount, _ body: (UInt32, _ isNew: Bool) -> Void
  ) throws {
    let (source, target) = (sources[row], targets[row])
    var isFound = false
    func visit(_ pair: UInt64) {
      var place = firstOfPair[pair] ?? -1
      while place >= 0 {
        let relationship = relationships[Int(place)]
        if isWanted(relationship, row, context.graph) {
          isFound = true
          body(relationship, false)
        }
        place = nextOfPair[Int(place)]
      }
    }
    let pair = UInt64(source) << 32 | UInt64(target)
    visit(pair)
    // A loop is the same from both of its ends.
    if isEitherWay, source != target { visit(UInt64(target) << 32 | UInt64(source)) }
    if isFound { return }
    let values = try properties.values(row, context)
    try memory.write(GraphState.bytesPerRelationship + values.count * MemoryLayout<Value>.stride)
    let (from, to) = (NodeID(source), NodeID(target))
    do {
      try context.graph.checkExists(from)
      try context.graph.checkExists(to)
    } catch { throw error.located(at: creation.range) }
    let made = try context.graph.createRelationship(type: type, from: from, to: to, properties: values).rawValue
    context.counters.relationshipsCreated += 1
    context.counters.propertiesSet += values.count
    let place = Int32(truncatingIfNeeded: relationships.count)
    relationships.append(made)
    nextOfPair.append(firstOfPair[pair] ?? -1)
    firstOfPair[pair] = place
    body(made, true)
  }

  private func isWanted(_ relationship: UInt32, _ row: Int, _ graph: Graph) -> Bool {
    for (key, column) in zip(keys, wanted) {
      let value = graph.property(key, of: RelationshipID(relationship))
      guard Value.isEqual(value, column[row]) == .true else { return false }
    }
    return true
  }
}
