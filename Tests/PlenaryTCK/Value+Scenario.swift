import Plenary
import ScenarioRunner

// Values of the engine as scenarios describe them, and back.

extension ScenarioValue {
  /// Describes a value; nodes and relationships by what `graph` knows of them.
  init(_ value: Value, in graph: Graph) {
    self =
      switch value {
      case .null: .null
      case .boolean(let value): .boolean(value)
      case .integer(let value): .integer(value)
      case .float(let value): .float(value)
      case .string(let value): .string(value)
      case .date(let value): .temporal(value.description)
      case .localTime(let value): .temporal(value.description)
      case .time(let value): .temporal(value.description)
      case .localDateTime(let value): .temporal(value.description)
      case .dateTime(let value): .temporal(value.description)
      case .duration(let value): .temporal(value.description)
      case .list(let values): .list(values.map { ScenarioValue($0, in: graph) })
      case .map(let entries): .map(ScenarioEntries(entries, in: graph))
      case .node(let id): .node(ScenarioNode(id, in: graph))
      case .relationship(let id): .relationship(ScenarioRelationship(id, in: graph))
      case .path(let path): .path(ScenarioPath(path, in: graph))
      }
  }
}

extension ScenarioEntries {
  fileprivate init(_ entries: MapValue, in graph: Graph) {
    self.init(entries.map { ($0.key, ScenarioValue($0.value, in: graph)) })
  }
}

extension ScenarioNode {
  /// A node that the query deleted has nothing left to describe.
  fileprivate init(_ id: NodeID, in graph: Graph) {
    let node = graph.node(id)
    self.init(labels: node?.labels ?? [], properties: ScenarioEntries(node?.properties ?? [:], in: graph))
  }
}

extension ScenarioRelationship {
  /// A relationship that the query deleted has nothing left to describe.
  fileprivate init(_ id: RelationshipID, in graph: Graph) {
    let relationship = graph.relationship(id)
    self.init(
      type: relationship?.type ?? "", properties: ScenarioEntries(relationship?.properties ?? [:], in: graph))
  }
}

extension ScenarioPath {
  fileprivate init(_ path: PathValue, in graph: Graph) {
    let steps = zip(path.relationships, zip(path.nodes, path.nodes.dropFirst())).map { id, ends in
      let relationship = graph.relationship(id)
      let isLoop = relationship?.source.id == relationship?.target.id
      return Step(
        relationship: ScenarioRelationship(id, in: graph),
        direction: isLoop ? .loop : relationship?.source.id == ends.0 ? .forward : .backward,
        node: ScenarioNode(ends.1, in: graph))
    }
    self.init(start: ScenarioNode(path.nodes[0], in: graph), steps: steps)
  }
}

extension GraphPicture {
  /// Everything that can be seen of a graph.
  init(_ graph: Graph) {
    self.init()
    for node in graph.nodes() {
      addNode(
        UInt64(node.id.rawValue), labels: node.labels, properties: ScenarioEntries(node.properties, in: graph))
    }
    for index in 0..<graph.relationshipCapacity {
      guard let relationship = graph.relationship(RelationshipID(UInt32(index))) else { continue }
      addRelationship(
        UInt64(index), type: relationship.type, from: UInt64(relationship.source.id.rawValue),
        to: UInt64(relationship.target.id.rawValue), properties: ScenarioEntries(relationship.properties, in: graph))
    }
  }
}

/// A parameter or procedure result that only a graph can hold.
struct GraphElementError: Error, CustomStringConvertible {
  var value: ScenarioValue
  var description: String { "\(value) cannot be given to a query, expected a value without nodes and relationships" }
}

extension Value {
  /// Makes the value that a scenario writes.
  ///
  /// - Throws: `GraphElementError` for nodes, relationships and paths.
  init(_ value: ScenarioValue) throws(GraphElementError) {
    switch value {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .float(let value): self = .float(value)
    case .string(let value), .temporal(let value): self = .string(value)
    case .list(let values):
      var elements: [Value] = []
      for value in values { elements.append(try Value(value)) }
      self = .list(elements)
    case .map(let entries):
      var map: MapValue = [:]
      for (key, value) in entries.pairs { map[key] = try Value(value) }
      self = .map(map)
    case .node, .relationship, .path: throw GraphElementError(value: value)
    }
  }
}
