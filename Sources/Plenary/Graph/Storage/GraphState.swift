/// Everything a `Graph` is: an immutable base and what changed since.
///
/// Made of persistent parts, so that `copy()` is O(1) and two copies share what neither changed:
///
/// - which nodes and relationships live, and which nodes have a label: bitmaps over all ids;
/// - properties set since the base was made, by key: sparse arrays over all ids, `nil` meaning "as in the base";
/// - relationships made since, in order of id, threaded into one list for each node and direction. Lists grow
///   at their head and entries never change, which makes creation a few stores and sharing free;
/// - which nodes of the base have such a list or lost a relationship: all others are read straight from the base.
///
/// Not implicitly copyable: a read must borrow the whole, never retain its two dozen parts.
struct GraphState: ~Copyable, Sendable {
  var base = GraphBase.empty
  var catalog = Catalog()
  var counters = GraphCounters()

  /// Ids are below these; the next ones to give out.
  var nodeCapacity = 0
  var relationshipCapacity = 0

  var liveNodes = Bitmap()
  var liveRelationships = Bitmap()
  /// By label token; always a subset of `liveNodes`.
  var labels: [Bitmap] = []

  /// By key token, then by id.
  var nodeChanges: [SparseArray<Value?>] = []
  var relationshipChanges: [SparseArray<Value?>] = []

  /// Relationships that are not in the base, by id less `base.relationshipCount`.
  var newRelationships = SparseArray<NewRelationship>(fill: NewRelationship())
  /// By node, the relationship at the head of its list of new ones; `RelationshipID.noneRawValue` if there is none.
  var newestOutgoing = SparseArray<UInt32>(fill: RelationshipID.noneRawValue)
  var newestIncoming = SparseArray<UInt32>(fill: RelationshipID.noneRawValue)
  /// Nodes of the base whose adjacency there is not the whole truth.
  var touchedNodes = Bitmap()

  var indexes: [PropertyIndex] = []
  /// Distinct counts and ranges of the base's columns, found when first asked for.
  var columnStatistics = ColumnStatisticsCache.ofNothing

  /// How much was written since the base was made; what folding weighs.
  var changeCount = 0

  init() {}

  /// About how much memory a node written since takes, without its properties.
  static let bytesPerNode = 16
  /// About how much memory a relationship written since takes, without its properties.
  static let bytesPerRelationship = MemoryLayout<NewRelationship>.stride + 16

  /// The same state, sharing everything. O(1).
  borrowing func copy() -> GraphState {
    var copy = GraphState()
    copy.base = base
    copy.catalog = catalog
    copy.counters = counters
    copy.nodeCapacity = nodeCapacity
    copy.relationshipCapacity = relationshipCapacity
    copy.liveNodes = liveNodes
    copy.liveRelationships = liveRelationships
    copy.labels = labels
    copy.nodeChanges = nodeChanges
    copy.relationshipChanges = relationshipChanges
    copy.newRelationships = newRelationships
    copy.newestOutgoing = newestOutgoing
    copy.newestIncoming = newestIncoming
    copy.touchedNodes = touchedNodes
    copy.indexes = indexes
    copy.columnStatistics = columnStatistics
    copy.changeCount = changeCount
    return copy
  }
}

/// A relationship that is not in the base yet.
struct NewRelationship: Sendable {
  var source: UInt32 = 0
  var target: UInt32 = 0
  /// The relationship made before this one with the same source.
  var olderOutgoing = RelationshipID.noneRawValue
  /// The relationship made before this one with the same target.
  var olderIncoming = RelationshipID.noneRawValue
  var type: UInt16 = 0
}

// MARK: - Reading single elements

extension GraphState {
  @inline(__always)
  func endpoints(of relationship: UInt32) -> (source: UInt32, target: UInt32) {
    let id = Int(relationship)
    if id < base.relationshipCount { return (base.sources.start[id], base.targets.start[id]) }
    let new = newRelationships[id - base.relationshipCount]
    return (new.source, new.target)
  }

  @inline(__always)
  func type(of relationship: UInt32) -> TypeToken {
    let id = Int(relationship)
    if id < base.relationshipCount { return TypeToken(rawValue: base.types[relationship]) }
    return TypeToken(rawValue: newRelationships[id - base.relationshipCount].type)
  }

  func hasLabel(_ node: UInt32, _ label: Int) -> Bool {
    label < labels.count && labels[label].contains(node)
  }

  func labelTokens(of node: UInt32) -> [Int] {
    labels.indices.filter { labels[$0].contains(node) }
  }

  func nodeProperty(_ key: Int, of node: UInt32) -> Value {
    if key < nodeChanges.count, let value = nodeChanges[key][Int(node)] { return value }
    return base.nodeColumn(KeyToken(rawValue: UInt32(key)))?.value(of: node) ?? .null
  }

  func relationshipProperty(_ key: Int, of relationship: UInt32) -> Value {
    if key < relationshipChanges.count, let value = relationshipChanges[key][Int(relationship)] { return value }
    return base.relationshipColumn(KeyToken(rawValue: UInt32(key)))?.value(of: relationship) ?? .null
  }

  /// Whether the base's adjacency says everything about a node.
  @inline(__always)
  func isAdjacencyInBase(_ node: UInt32) -> Bool {
    Int(node) < base.nodeCount && !touchedNodes.contains(node)
  }
}
