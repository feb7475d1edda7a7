@testable import Plenary

/// What a graph looks like apart from ids: graphs that differ in more than ids practically never have the same.
///
/// Each node is coloured by its labels and properties, then again and again by the colours around it.
struct GraphSignature: Hashable {
  private var nodes: [String: Int] = [:]

  init(_ graph: Graph) {
    let all = graph.nodes()
    var colours: [NodeID: String] = [:]
    for node in all {
      colours[node.id] = node.labels.sorted().joined(separator: ":") + Self.text(of: node.properties.map { ($0, $1) })
    }
    for _ in 0..<3 {
      var next: [NodeID: String] = [:]
      for node in all {
        let around =
          node.outgoing.map { ">" + Self.text(of: $0) + (colours[$0.target.id] ?? "?") }
          + node.incoming.map { "<" + Self.text(of: $0) + (colours[$0.source.id] ?? "?") }
        let colour = (colours[node.id] ?? "") + around.sorted().joined(separator: ",")
        // Colours stay short: a hash that is the same all through one run.
        next[node.id] = String(colour.hashValue, radix: 36)
      }
      colours = next
    }
    for colour in colours.values { nodes[colour, default: 0] += 1 }
  }

  private static func text(of relationship: Relationship) -> String {
    relationship.type + text(of: relationship.properties.map { ($0, $1) })
  }

  private static func text(of properties: [(String, Value)]) -> String {
    properties.map { "\($0)=\($1)" }.sorted().joined(separator: ";")
  }
}

extension RandomGraph {
  /// A graph as it is, to be made again.
  init(_ graph: Graph) {
    self.init()
    var places: [NodeID: Int] = [:]
    for node in graph.nodes() {
      places[node.id] = nodes.count
      nodes.append(Node(labels: node.labels, properties: node.properties.map { ($0, Self.literal($1)) }))
    }
    for id in 0..<UInt32(graph.relationshipCapacity) {
      guard let relationship = graph.relationship(RelationshipID(id)), let source = places[relationship.source.id],
        let target = places[relationship.target.id]
      else { continue }
      relationships.append(
        Relationship(
          type: relationship.type, source: source, target: target,
          properties: relationship.properties.map { ($0, Self.literal($1)) }))
    }
  }

  private static func literal(_ value: Value) -> String {
    if case .date(let date) = value { "date('\(date)')" } else { "\(value)" }
  }
}
