import TestResources

@testable import Plenary

/// A small graph to ask questions of, in a form that can be made smaller and printed as a CREATE clause.
struct RandomGraph: CustomStringConvertible {
  struct Node {
    var labels: [String]
    var properties: [(key: String, value: String)]
  }

  struct Relationship {
    var type: String
    var source: Int
    var target: Int
    var properties: [(key: String, value: String)]
  }

  var nodes: [Node] = []
  var relationships: [Relationship] = []

  static let labels = ["A", "B", "C"]
  static let types = ["T", "U"]

  /// Property keys by what they hold; not every node has each of them. `m` holds anything.
  static let integerKeys = ["i", "k"]
  static let floatKey = "f"
  static let stringKeys = ["s", "t"]
  static let booleanKey = "b"
  static let listKey = "l"
  static let dateKey = "d"
  static let mixedKey = "m"

  /// An empty graph.
  init() {}

  /// A graph of up to 8 nodes and 12 relationships, with loops and parallel relationships.
  init(using random: inout SeededRandom) {
    let nodeCount = random.below(12) == 0 ? 0 : 1 + random.below(8)
    for _ in 0..<nodeCount {
      nodes.append(
        Node(
          labels: Self.labels.filter { _ in random.below(5) < 2 },
          properties: Self.properties(using: &random, oneIn: 2)))
    }
    guard nodeCount > 0 else { return }
    for _ in 0..<random.below(13) {
      let source = random.below(nodeCount)
      relationships.append(
        Relationship(
          type: Self.types[random.below(3) / 2], source: source,
          target: random.below(6) == 0 ? source : random.below(nodeCount),
          properties: Self.properties(using: &random, oneIn: 4)))
    }
  }

  private static func properties(using random: inout SeededRandom, oneIn: Int) -> [(key: String, value: String)] {
    let keys = integerKeys + [floatKey] + stringKeys + [booleanKey, listKey, dateKey, mixedKey]
    return keys.filter { _ in random.below(oneIn) == 0 }.map { ($0, value(of: $0, using: &random)) }
  }

  /// A value that a key may have, as a literal. Floats are small dyadic fractions, so that no sum of them rounds.
  static func value(of key: String, using random: inout SeededRandom) -> String {
    switch key {
    case "f": ["0.5", "-1.5", "2.25", "3.0"][random.below(4)]
    case "s", "t": ["'a'", "'b'", "'ab'", "''", "'Ä'"][random.below(5)]
    case "b": ["true", "false"][random.below(2)]
    case "l": ["[]", "[1]", "[1, 2]", "[2, 1, 2]"][random.below(4)]
    case "d": ["date('2024-08-07')", "date('1997-07-23')"][random.below(2)]
    case "m": value(of: ["i", "f", "s", "b", "l", "d"][random.below(6)], using: &random)
    default: String(random.below(5) - 1)
    }
  }

  /// The graph as a statement.
  var description: String {
    guard !nodes.isEmpty else { return "RETURN 1 AS nothing" }
    func map(_ properties: [(key: String, value: String)]) -> String {
      properties.isEmpty ? "" : " {" + properties.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }
    let parts =
      nodes.enumerated().map { index, node in
        "(n\(index)" + node.labels.map { ":" + $0 }.joined() + map(node.properties) + ")"
      }
      + relationships.map { relationship in
        "(n\(relationship.source))-[:\(relationship.type)\(map(relationship.properties))]->(n\(relationship.target))"
      }
    return "CREATE " + parts.joined(separator: ", ")
  }

  /// The graph itself.
  func make() throws -> Graph {
    var graph = Graph()
    try graph.execute(description)
    return graph
  }

  /// Graphs that lack one thing that this one has.
  var smaller: [RandomGraph] {
    var result: [RandomGraph] = []
    for index in nodes.indices {
      var graph = self
      graph.nodes.remove(at: index)
      graph.relationships = relationships.filter { $0.source != index && $0.target != index }
      for place in graph.relationships.indices {
        if graph.relationships[place].source > index { graph.relationships[place].source -= 1 }
        if graph.relationships[place].target > index { graph.relationships[place].target -= 1 }
      }
      result.append(graph)
    }
    for index in relationships.indices {
      var graph = self
      graph.relationships.remove(at: index)
      result.append(graph)
    }
    for index in nodes.indices {
      for place in nodes[index].labels.indices {
        var graph = self
        graph.nodes[index].labels.remove(at: place)
        result.append(graph)
      }
      for place in nodes[index].properties.indices {
        var graph = self
        graph.nodes[index].properties.remove(at: place)
        result.append(graph)
      }
    }
    for index in relationships.indices {
      for place in relationships[index].properties.indices {
        var graph = self
        graph.relationships[index].properties.remove(at: place)
        result.append(graph)
      }
    }
    return result
  }
}
