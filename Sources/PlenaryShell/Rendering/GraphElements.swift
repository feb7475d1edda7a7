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

  /// The type of a relationship; empty when it was deleted.
  func type(_ id: RelationshipID) -> String { graph.relationship(id)?.type ?? "" }

  /// The node a relationship starts at.
  func start(_ id: RelationshipID) -> NodeID? { graph.relationship(id)?.source.id }

  /// The node a relationship ends at.
  func end(_ id: RelationshipID) -> NodeID? { graph.relationship(id)?.target.id }

  /// The properties of a relationship, in the same order.
  func properties(_ id: RelationshipID) -> [(key: String, value: Value)] {
    guard let relationship = graph.relationship(id) else { return [] }
    return Array(relationship.properties)
  }
}
