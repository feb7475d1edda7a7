/// A node together with the graph it is in, for reading.
///
/// ```swift
/// for node in graph.nodes(labelled: "State") { print(node["name"]) }
/// ```
public struct Node: Sendable {
  /// The node's id.
  public let id: NodeID
  /// The snapshot that the node is read from.
  public let graph: Graph

  /// The names of the node's labels, in the order the graph came to know them.
  public var labels: [String] { graph.labels(of: id).map(graph.labelName) }

  /// All properties, in the order the graph came to know their keys.
  public var properties: MapValue { graph.propertyMap(graph.properties(of: id)) }

  /// A property; null when the node has none of this key.
  public subscript(key: String) -> Value { graph.keyToken(key).map { graph.property($0, of: id) } ?? .null }

  /// The relationships that leave the node; one from the node to itself is among them.
  public var outgoing: [Relationship] { relationships(.outgoing) }

  /// The relationships that reach the node; one from the node to itself is among them.
  public var incoming: [Relationship] { relationships(.incoming) }

  private func relationships(_ direction: AdjacencyDirection) -> [Relationship] {
    var ids: [UInt32] = []
    graph.forEachNeighbour(of: id, direction, type: nil) { _, relationship in ids.append(relationship) }
    return ids.sorted().map { Relationship(id: RelationshipID($0), graph: graph) }
  }
}

/// A relationship together with the graph it is in, for reading.
public struct Relationship: Sendable {
  /// The relationship's id.
  public let id: RelationshipID
  /// The snapshot that the relationship is read from.
  public let graph: Graph

  /// The name of the relationship's type.
  public var type: String { graph.typeName(graph.type(of: id)) }

  /// The node that the relationship leaves.
  public var source: Node { Node(id: graph.source(of: id), graph: graph) }

  /// The node that the relationship reaches.
  public var target: Node { Node(id: graph.target(of: id), graph: graph) }

  /// All properties, in the order the graph came to know their keys.
  public var properties: MapValue { graph.propertyMap(graph.properties(of: id)) }

  /// A property; null when the relationship has none of this key.
  public subscript(key: String) -> Value { graph.keyToken(key).map { graph.property($0, of: id) } ?? .null }
}

extension Graph {
  /// Properties by the names of their keys.
  func propertyMap(_ properties: [(key: KeyToken, value: Value)]) -> MapValue {
    MapValue(properties.lazy.map { (key: keyName($0.key), value: $0.value) })
  }

  /// The properties of a node or relationship by the names of their keys; `nil` for anything else.
  ///
  /// - Throws: `deleted-entity-access`.
  func propertyMap(of value: Value) throws(QueryError) -> MapValue? {
    switch value {
    case .node(let node):
      try checkExists(node)
      return propertyMap(properties(of: node))
    case .relationship(let relationship):
      try checkExists(relationship)
      return propertyMap(properties(of: relationship))
    default: return nil
    }
  }

  /// A node, if it is in the graph.
  public func node(_ id: NodeID) -> Node? { contains(id) ? Node(id: id, graph: self) : nil }

  /// A relationship, if it is in the graph.
  ///
  /// - Parameter includingDeleted: also one that was deleted: its type and nodes stay known, its properties do not.
  public func relationship(_ id: RelationshipID, includingDeleted: Bool = false) -> Relationship? {
    contains(id) || (includingDeleted && id.rawValue < relationshipCapacity) ? Relationship(id: id, graph: self) : nil
  }

  /// All nodes in order of their ids, or those with a label. O(nodes).
  public func nodes(labelled label: String? = nil) -> [Node] {
    var token: LabelToken?
    if let label {
      guard let known = labelToken(label) else { return [] }
      token = known
    }
    var scan = NodeScan(self, label: token)
    var nodes: [Node] = []
    while let batch = scan.next(2048) { nodes += batch.map { Node(id: NodeID($0), graph: self) } }
    return nodes
  }
}
