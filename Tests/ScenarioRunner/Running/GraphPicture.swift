/// Everything that can be seen of a graph, made before and after a query to tell what it did.
package struct GraphPicture: Equatable, Sendable {
  /// A node: its labels, and its properties as texts that only equal values share.
  package struct Node: Equatable, Sendable {
    var labels: Set<String>
    var properties: [String: String]
  }

  /// A relationship: its type, its ends and its properties.
  package struct Relationship: Equatable, Sendable {
    var type: String
    var source: UInt64
    var target: UInt64
    var properties: [String: String]
  }

  package private(set) var nodes: [UInt64: Node] = [:]
  package private(set) var relationships: [UInt64: Relationship] = [:]

  /// Makes the picture of an empty graph.
  package init() {}

  /// Adds a node.
  package mutating func addNode(_ id: UInt64, labels: [String], properties: ScenarioEntries) {
    nodes[id] = Node(labels: Set(labels.map(\.codePoints)), properties: properties.identities)
  }

  /// Adds a relationship.
  package mutating func addRelationship(
    _ id: UInt64, type: String, from source: UInt64, to target: UInt64, properties: ScenarioEntries
  ) {
    relationships[id] = Relationship(type: type, source: source, target: target, properties: properties.identities)
  }

  fileprivate var distinctLabels: Set<String> { nodes.values.reduce(into: []) { $0.formUnion($1.labels) } }

  fileprivate var propertyFacts: Set<PropertyFact> {
    var facts = Set<PropertyFact>()
    for (id, node) in nodes {
      for (key, value) in node.properties {
        facts.insert(PropertyFact(isNode: true, id: id, key: key, value: value))
      }
    }
    for (id, relationship) in relationships {
      for (key, value) in relationship.properties {
        facts.insert(PropertyFact(isNode: false, id: id, key: key, value: value))
      }
    }
    return facts
  }
}

private struct PropertyFact: Hashable {
  var isNode: Bool
  var id: UInt64
  var key: String
  var value: String
}

extension ScenarioEntries {
  fileprivate var identities: [String: String] {
    Dictionary(pairs.map { ($0.key.codePoints, $0.value.identity) }, uniquingKeysWith: { first, _ in first })
  }
}

/// The side effects of a query: how many of each kind of thing appeared and disappeared.
package struct SideEffects: Equatable, Sendable, CustomStringConvertible {
  /// The names of the counts, in the order of reports.
  static let names = ["nodes", "relationships", "properties", "labels"].flatMap { ["+" + $0, "-" + $0] }

  private var counts: [String: Int]

  /// Side effects by name; what is not named is 0.
  init(_ counts: [String: Int] = [:]) { self.counts = counts.filter { $0.value != 0 } }

  /// The differences between two pictures of one graph.
  package init(from before: GraphPicture, to after: GraphPicture) {
    var counts: [String: Int] = [:]
    func compare<Element>(_ name: String, _ before: Set<Element>, _ after: Set<Element>) {
      counts["+" + name] = after.subtracting(before).count
      counts["-" + name] = before.subtracting(after).count
    }
    compare("nodes", Set(before.nodes.keys), Set(after.nodes.keys))
    compare("relationships", Set(before.relationships.keys), Set(after.relationships.keys))
    compare("properties", before.propertyFacts, after.propertyFacts)
    compare("labels", before.distinctLabels, after.distinctLabels)
    self.init(counts)
  }

  /// `+nodes 1, +properties 2`, or `none`.
  package var description: String {
    let parts = Self.names.compactMap { name in counts[name].map { "\(name) \($0)" } }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }
}
