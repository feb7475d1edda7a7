@testable import Plenary

/// A graph as text, to compare two of them.
enum GraphText {
  /// All there is, with ids.
  static func exact(_ graph: Graph) -> [String] {
    var lines = graph.nodes().map { node in
      "\(node.id.rawValue) \(node.labels.sorted()) \(text(node.properties.map { ($0, $1) }))"
    }
    for id in 0..<UInt32(graph.relationshipCapacity) {
      guard let relationship = graph.relationship(RelationshipID(id)) else { continue }
      lines.append(
        "\(relationship.source.id.rawValue) -\(id) \(relationship.type)-> \(relationship.target.id.rawValue) "
          + text(relationship.properties.map { ($0, $1) }))
    }
    return lines + indexes(graph)
  }

  /// All there is without ids: nodes are told apart by their labels and properties.
  static func content(_ graph: Graph) -> [String] {
    var texts: [NodeID: String] = [:]
    for node in graph.nodes() {
      texts[node.id] = "\(node.labels.sorted()) \(text(node.properties.map { ($0, $1) }))"
    }
    let relationships = graph.nodes().flatMap(\.outgoing).map { relationship in
      "\(texts[relationship.source.id] ?? "") -\(relationship.type) "
        + "\(text(relationship.properties.map { ($0, $1) }))-> \(texts[relationship.target.id] ?? "")"
    }
    return texts.values.sorted() + relationships.sorted() + indexes(graph)
  }

  private static func indexes(_ graph: Graph) -> [String] {
    graph.indexes.map { "index \($0.name) on :\($0.label)(\($0.key)), constraint \($0.constraint ?? "none")" }.sorted()
  }

  private static func text(_ properties: [(key: String, value: Value)]) -> String {
    properties.map { "\($0.key): \(text($0.value))" }.sorted().joined(separator: ", ")
  }

  private static func text(_ value: Value) -> String {
    switch value {
    // Minus zero is equal to zero, and yet another value.
    case .float(let number): "float \(number)"
    case .list(let elements): "[\(elements.map(text).joined(separator: ", "))]"
    default: "\(value.valueType) \(value)"
    }
  }
}
