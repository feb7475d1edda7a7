import TestResources

@testable import Plenary

/// A graph as plain dictionaries: too simple to be wrong, what the real one is held against.
struct GraphModel {
  struct Node {
    var labels: Set<String> = []
    var properties: [String: Value] = [:]
  }

  struct Relationship {
    var type: String
    var source: UInt32
    var target: UInt32
    var properties: [String: Value] = [:]
  }

  var nodes: [UInt32: Node] = [:]
  var relationships: [UInt32: Relationship] = [:]

  func relationships(of node: UInt32) -> [UInt32] {
    relationships.filter { $0.value.source == node || $0.value.target == node }.keys.sorted()
  }

  /// What differs between the model and a graph; empty if nothing does.
  func differences(from graph: Graph, using random: inout SeededRandom) -> [String] {
    var differences: [String] = []
    func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
      if !condition { differences.append(message()) }
    }
    expect(graph.nodeCount == nodes.count, "node count \(graph.nodeCount), not \(nodes.count)")
    expect(graph.relationshipCount == relationships.count, "relationship count \(graph.relationshipCount)")
    for id in 0..<UInt32(graph.nodeCapacity) where graph.contains(NodeID(id)) != (nodes[id] != nil) {
      differences.append("node \(id) should live: \(nodes[id] != nil)")
    }
    for (id, node) in nodes {
      let labels = graph.labels(of: NodeID(id)).map(graph.labelName)
      expect(Set(labels) == node.labels && labels.count == node.labels.count, "labels of \(id): \(labels)")
      let properties = graph.properties(of: NodeID(id)).map { (graph.keyName($0.key), $0.value) }
      expect(
        Dictionary(properties, uniquingKeysWith: { a, _ in a }) == node.properties, "properties of \(id): \(properties)"
      )
    }
    for (id, relationship) in relationships {
      let handle = RelationshipID(id)
      expect(graph.contains(handle), "relationship \(id) should live")
      expect(graph.typeName(graph.type(of: handle)) == relationship.type, "type of \(id)")
      expect(graph.source(of: handle).rawValue == relationship.source, "source of \(id)")
      expect(graph.target(of: handle).rawValue == relationship.target, "target of \(id)")
      let properties = graph.properties(of: handle).map { (graph.keyName($0.key), $0.value) }
      expect(
        Dictionary(properties, uniquingKeysWith: { a, _ in a }) == relationship.properties,
        "properties of relationship \(id): \(properties)")
    }
    differences += scanDifferences(from: graph, using: &random)
    differences += adjacencyDifferences(from: graph, using: &random)
    differences += columnDifferences(from: graph, using: &random)
    return differences
  }

  private func scanDifferences(from graph: Graph, using random: inout SeededRandom) -> [String] {
    var differences: [String] = []
    let limit = random.below(7) + 1
    for label in [nil] + graph.labels.map(Optional.some) {
      let expected = nodes.filter { node in label.map { node.value.labels.contains($0) } ?? true }.keys.sorted()
      var scan = Graph.NodeScan(graph, label: label.flatMap(graph.labelToken))
      var found: [UInt32] = []
      while let batch = scan.next(limit) { found += batch }
      if found != expected { differences.append("scan of \(label ?? "all nodes"): \(found), not \(expected)") }

      let cut = UInt32(random.below(graph.nodeCapacity + 1))
      found = []
      for range in [0..<cut, cut..<UInt32(graph.nodeCapacity)] {
        var part = Graph.NodeScan(graph, label: label.flatMap(graph.labelToken), range: range)
        while let batch = part.next(limit) { found += batch }
      }
      if found != expected { differences.append("scan of \(label ?? "all nodes") in two ranges: \(found)") }
    }
    for type in [nil] + graph.relationshipTypes.map(Optional.some) {
      let expected = relationships.filter { one in type.map { one.value.type == $0 } ?? true }.keys.sorted()
      var scan = Graph.RelationshipScan(graph, type: type.flatMap(graph.typeToken))
      var found: [UInt32] = []
      while let batch = scan.next(limit) { found += batch }
      if found != expected { differences.append("scan of \(type ?? "all relationships"): \(found)") }
    }
    return differences
  }

  private func adjacencyDifferences(from graph: Graph, using random: inout SeededRandom) -> [String] {
    var differences: [String] = []
    for direction in AdjacencyDirection.allCases {
      for type in [nil] + graph.relationshipTypes.map(Optional.some) {
        var expected: [UInt32: [[UInt32]]] = [:]
        for (id, one) in relationships where type == nil || type == one.type {
          let (node, neighbour) = direction == .outgoing ? (one.source, one.target) : (one.target, one.source)
          expected[node, default: []].append([neighbour, id])
        }
        for node in expected.keys { expected[node]?.sort { $0.lexicographicallyPrecedes($1) } }
        let token = type.flatMap(graph.typeToken)

        for node in nodes.keys {
          var found: [[UInt32]] = []
          graph.forEachNeighbour(of: NodeID(node), direction, type: token) { found.append([$0, $1]) }
          found.sort { $0.lexicographicallyPrecedes($1) }
          if found != expected[node] ?? [] { differences.append("neighbours of \(node): \(found)") }
          let degree = graph.degree(of: NodeID(node), direction: direction, type: token)
          if degree != found.count { differences.append("degree of \(node): \(degree)") }
        }

        var rows = nodes.keys.shuffled(using: &random)
        rows.append(NodeID.noneRawValue)
        var cursor = ExpandCursor()
        var found: [UInt32: [[UInt32]]] = [:]
        var isMore = true
        while isMore {
          var output = ExpandOutput()
          let limit = random.below(5) + 1
          isMore = graph.expand(
            rows, direction: direction, types: token.map { [$0, $0] }, from: &cursor, limit: limit, into: &output)
          if output.count > limit { differences.append("an expansion passed its limit") }
          for index in 0..<output.count {
            found[rows[Int(output.rows[index])], default: []]
              .append([output.neighbours[index], output.relationships[index]])
          }
        }
        for node in found.keys { found[node]?.sort { $0.lexicographicallyPrecedes($1) } }
        if found != expected {
          differences.append("expansion \(direction) \(type ?? "any"): \(found), not \(expected)")
        }
      }
    }
    return differences
  }

  private func columnDifferences(from graph: Graph, using random: inout SeededRandom) -> [String] {
    var differences: [String] = []
    let ids = (0..<8).compactMap { _ in nodes.keys.sorted().randomElement(using: &random) } + [NodeID.noneRawValue]
    let relationshipIDs = relationships.keys.sorted() + [RelationshipID.noneRawValue]
    for name in graph.propertyKeys {
      guard let key = graph.keyToken(name) else { continue }
      let column = graph.gather(key, of: ids)
      if column.count != ids.count || column.valueArray != ids.map({ nodes[$0]?.properties[name] ?? .null }) {
        differences.append("column \(name): \(column)")
      }
      let relationshipColumn = graph.gather(key, ofRelationships: relationshipIDs)
      if relationshipColumn.valueArray != relationshipIDs.map({ relationships[$0]?.properties[name] ?? .null }) {
        differences.append("relationship column \(name): \(relationshipColumn)")
      }
      for label in graph.labels {
        guard let token = graph.labelToken(label), graph.hasIndex(label: token, key: key) else { continue }
        for value in Set(nodes.values.compactMap { $0.properties[name] }) {
          if case .float(let number) = value, number.isNaN { continue }
          let expected = nodes.filter { $0.value.labels.contains(label) && $0.value.properties[name] == value }
          let found = graph.indexLookup(label: token, key: key, value: value)
          if found != expected.keys.sorted() { differences.append("index on \(label)(\(name)) for \(value)") }
          differences += rangeDifferences(from: graph, token, key, value, &random)
        }
      }
    }
    return differences
  }
}

extension GraphModel {
  /// What an index finds from one value of a property on, up to it, and from it to another.
  private func rangeDifferences(
    from graph: Graph, _ label: LabelToken, _ key: KeyToken, _ value: Value, _ random: inout SeededRandom
  ) -> [String] {
    var differences: [String] = []
    let (labelName, name) = (graph.labelName(label), graph.keyName(key))
    let candidates = nodes.filter { $0.value.labels.contains(labelName) && $0.value.properties[name] != nil }
    let other = candidates.sorted { $0.key < $1.key }.randomElement(using: &random)?.value.properties[name] ?? value
    let isInclusive = random.below(2) == 0
    let bounds: [(lower: Value?, upper: Value?)] = [(value, nil), (nil, value), (value, other)]
    for (lower, upper) in bounds {
      let expected = candidates.filter { node in
        guard let found = node.value.properties[name] else { return false }
        let isAbove = lower.map {
          (isInclusive ? Value.isGreaterOrEqual(found, $0) : Value.isGreater(found, $0)) == .true
        }
        let isBelow = upper.map { (isInclusive ? Value.isLessOrEqual(found, $0) : Value.isLess(found, $0)) == .true }
        return isAbove ?? true && isBelow ?? true
      }
      let range = IndexRange(
        from: lower.map { IndexBound(value: $0, isInclusive: isInclusive) },
        to: upper.map { IndexBound(value: $0, isInclusive: isInclusive) })
      if range.map({ graph.indexRange(label: label, key: key, $0) }) != expected.keys.sorted() {
        differences.append("range \(lower ?? .null) to \(upper ?? .null) of \(labelName)(\(name))")
      }
    }
    return differences
  }
}
