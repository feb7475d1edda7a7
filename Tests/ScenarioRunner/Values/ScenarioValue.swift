/// A value as scenarios write it: self-contained, with nodes, relationships and paths described by their content.
///
/// Expected values are read from text by `ScenarioValueParser`; found values are made by the engine's adapter. Names and
/// strings are compared by code points, so labels and map entries are sorted arrays and not Swift sets, for which composed
/// and decomposed letters would be the same.
package indirect enum ScenarioValue: Sendable {
  /// The absent value.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A 64-bit integer.
  case integer(Int64)
  /// A 64-bit float.
  case float(Double)
  /// A string; an expected one also stands for a temporal value of this text.
  case string(String)
  /// A temporal value by its text; only found values have it.
  case temporal(String)
  /// A list.
  case list([ScenarioValue])
  /// A map.
  case map(ScenarioEntries)
  /// A node.
  case node(ScenarioNode)
  /// A relationship.
  case relationship(ScenarioRelationship)
  /// A path.
  case path(ScenarioPath)
}

/// The entries of a map, or the properties of a node or relationship, sorted by key.
package struct ScenarioEntries: Sendable {
  package let pairs: [(key: String, value: ScenarioValue)]

  /// Makes entries from pairs in any order.
  package init(_ pairs: [(key: String, value: ScenarioValue)] = []) {
    self.pairs = pairs.sorted { $0.key.precedes($1.key) }
  }
}

/// A node by its labels and properties.
package struct ScenarioNode: Sendable {
  /// The labels, sorted.
  package let labels: [String]
  package let properties: ScenarioEntries

  /// Makes a node; the order of labels plays no part.
  package init(labels: [String], properties: ScenarioEntries) {
    self.labels = labels.sorted { $0.precedes($1) }
    self.properties = properties
  }
}

/// A relationship by its type and properties.
package struct ScenarioRelationship: Sendable {
  package let type: String
  package let properties: ScenarioEntries

  /// Makes a relationship.
  package init(type: String, properties: ScenarioEntries) {
    self.type = type
    self.properties = properties
  }
}

/// A path: a node and the steps from it.
package struct ScenarioPath: Sendable {
  /// Which way a relationship points, seen from the start of the path.
  package enum Direction: Sendable {
    case forward, backward
    /// A relationship from a node to itself, which can be written both ways.
    case loop
  }

  /// A relationship and the node behind it.
  package struct Step: Sendable {
    package let relationship: ScenarioRelationship
    package let direction: Direction
    package let node: ScenarioNode

    /// Makes a step.
    package init(relationship: ScenarioRelationship, direction: Direction, node: ScenarioNode) {
      self.relationship = relationship
      self.direction = direction
      self.node = node
    }
  }

  package let start: ScenarioNode
  package let steps: [Step]

  /// Makes a path.
  package init(start: ScenarioNode, steps: [Step]) {
    self.start = start
    self.steps = steps
  }
}

extension String {
  /// Whether the code points are the same; Swift's `==` would also equate composed with decomposed letters.
  func isSameText(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// Order by code points.
  fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
