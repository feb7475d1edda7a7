/// A property graph, as a value: nodes with labels, relationships with a type, and properties on both.
///
/// Copying a graph is O(1), and a copy is a snapshot: whatever is written to one of them later, the other does not
/// change, and both share all they have in common. Readers of a snapshot never wait. To ask "what if", write to a copy.
///
/// ```swift
/// let before = graph
/// let label = try graph.makeLabelToken("State")
/// _ = try graph.createNode(labels: [label], properties: [])
/// graph.nodeCount - before.nodeCount   // 1
/// ```
///
/// Inside, an immutable base of flat arrays and what changed since; see `GraphState`.
public struct Graph: Sendable {
  /// Holds the state behind one reference, so that a graph is one word to copy.
  ///
  /// Behind a pointer, not in a property: exclusivity is what `state` below guarantees, and checking it again at
  /// run time would cost each read of a property as much as the read itself.
  final class Storage: @unchecked Sendable {
    // Sendable because the state is written to only by a graph that alone refers to this object.
    fileprivate let state = UnsafeMutablePointer<GraphState>.allocate(capacity: 1)

    init(_ initial: consuming GraphState) { state.initialize(to: initial) }

    deinit {
      state.deinitialize(count: 1)
      state.deallocate()
    }
  }

  private var storage: Storage

  /// An empty graph.
  public init() { storage = Storage(GraphState()) }

  init(_ state: consuming GraphState) { storage = Storage(state) }

  /// The state; written to through a copy if another graph shares it.
  var state: GraphState {
    @inline(__always)
    _read { yield storage.state.pointee }
    @inline(__always)
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.state.pointee.copy()) }
      yield &storage.state.pointee
    }
  }

  /// Whether two graphs are one and the same snapshot, unchanged since one was copied from the other. O(1).
  func isIdentical(to other: Graph) -> Bool { storage === other.storage }
}

// MARK: - Counts

extension Graph {
  /// The number of nodes.
  public var nodeCount: Int { state.counters.nodes }
  /// The number of relationships.
  public var relationshipCount: Int { state.counters.relationships }
  /// All node ids, also those of deleted nodes, are below this.
  public var nodeCapacity: Int { state.nodeCapacity }
  /// All relationship ids, also those of deleted relationships, are below this.
  public var relationshipCapacity: Int { state.relationshipCapacity }

  /// Whether a node is in the graph; false once it was deleted, and for an id that another graph gave out.
  public func contains(_ node: NodeID) -> Bool {
    node.rawValue < nodeCapacity && state.liveNodes.contains(node.rawValue)
  }
  /// Whether a relationship is in the graph; false once it was deleted, and for an id that another graph gave out.
  public func contains(_ relationship: RelationshipID) -> Bool {
    relationship.rawValue < relationshipCapacity && state.liveRelationships.contains(relationship.rawValue)
  }
}

// MARK: - Names

extension Graph {
  func labelToken(_ name: String) -> LabelToken? {
    state.catalog.labels.token(name).map { LabelToken(rawValue: UInt16($0)) }
  }
  func typeToken(_ name: String) -> TypeToken? {
    state.catalog.types.token(name).map { TypeToken(rawValue: UInt16($0)) }
  }
  func keyToken(_ name: String) -> KeyToken? {
    state.catalog.keys.token(name).map { KeyToken(rawValue: UInt32($0)) }
  }

  mutating func makeLabelToken(_ name: String) throws(QueryError) -> LabelToken {
    if let token = labelToken(name) { return token }
    return try state.catalog.makeLabel(name)
  }
  mutating func makeTypeToken(_ name: String) throws(QueryError) -> TypeToken {
    if let token = typeToken(name) { return token }
    return try state.catalog.makeType(name)
  }
  mutating func makeKeyToken(_ name: String) throws(QueryError) -> KeyToken {
    if let token = keyToken(name) { return token }
    return try state.catalog.makeKey(name)
  }

  func labelName(_ label: LabelToken) -> String { state.catalog.labels.name(Int(label.rawValue)) }
  func typeName(_ type: TypeToken) -> String { state.catalog.types.name(Int(type.rawValue)) }
  func keyName(_ key: KeyToken) -> String { state.catalog.keys.name(Int(key.rawValue)) }

  /// The labels that nodes have now, in order of their code points.
  public var labels: [String] {
    Graph.namesInUse(state.catalog.labels) { GraphCounters.count(at: $0, in: state.counters.ofLabel) }
  }

  /// The types that relationships have now, in order of their code points.
  public var relationshipTypes: [String] {
    Graph.namesInUse(state.catalog.types) { GraphCounters.count(at: $0, in: state.counters.ofType) }
  }

  /// The property keys that nodes or relationships have now, in order of their code points.
  public var propertyKeys: [String] {
    Graph.namesInUse(state.catalog.keys) {
      GraphCounters.count(at: $0, in: state.counters.ofNodeKey)
        + GraphCounters.count(at: $0, in: state.counters.ofRelationshipKey)
    }
  }

  private static func namesInUse(_ table: NameTable, count: (Int) -> Int) -> [String] {
    table.names.indices.filter { count($0) > 0 }.map { table.names[$0] }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
