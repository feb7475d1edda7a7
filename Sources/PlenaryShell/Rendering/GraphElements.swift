import Plenary

/// What renderers ask a graph about the nodes and relationships in a result.
struct GraphElements {
  private let graph: Graph

  init(_ graph: Graph) { self.graph = graph }

  /// The labels of a node; none when it was deleted.
  func labels(_ id: NodeID) -> [String] { graph.node(id)?.labels ?? [] }

  /// The properties of a node, in the order in which the graph first saw their keys.
  func properties(_ id: NodeID) -> [(key: String, value: Value)] {
    guard let node = graph.node(id) else { return [] }
    return Array(node.properties)
  }

  // Of a deleted relationship the type and the nodes stay known.

  /// The type of a relationship.
  func type(_ id: RelationshipID) -> String { graph.relationship(id, includingDeleted: true)?.type ?? "" }

  /// The node a relationship starts at.
  func start(_ id: RelationshipID) -> NodeID? { graph.relationship(id, includingDeleted: true)?.source.id }

  /// The node a relationship ends at.
  func end(_ id: RelationshipID) -> NodeID? { graph.relationship(id, includingDeleted: true)?.target.id }

  /// The properties of a relationship, in the same order.
  func properties(_ id: RelationshipID) -> [(key: String, value: Value)] {
    guard let relationship = graph.relationship(id) else { return [] }
    return Array(relationship.properties)
  }
}
