extension FunctionRegistry {
  /// Functions on nodes, relationships and paths.
  static let graphFunctions: [ScalarFunction] = [
    id, elementID, labels, type, startNode, endNode, keys, properties, length, nodes, relationships,
  ]

  private static let id = ScalarFunction(
    name: "id", parameters: [.init("element", [.node, .relationship])], result: .integer,
    summary: "the number of the node or relationship in this graph, as long as it exists",
    example: .init(
      "CREATE (n:State) RETURN id(n)", "0")
  ) { arguments, _ in
    switch arguments[argument: 0] {
    case .node(let node): return .integer(Int64(node.rawValue))
    case .relationship(let relationship): return .integer(Int64(relationship.rawValue))
    default: throw arguments.mismatch(0, [.node, .relationship])
    }
  }

  private static let elementID = ScalarFunction(
    name: "elementId", parameters: [.init("element", [.node, .relationship])], result: .string,
    summary: "a text that names the node or relationship in this graph",
    example: .init(
      "CREATE (n:State) RETURN elementId(n)", "'n0'")
  ) { arguments, _ in
    switch arguments[argument: 0] {
    case .node(let node): return .string("n\(node.rawValue)")
    case .relationship(let relationship): return .string("r\(relationship.rawValue)")
    default: throw arguments.mismatch(0, [.node, .relationship])
    }
  }

  private static let labels = ScalarFunction(
    name: "labels", parameters: [.init("node", .node)], result: .list,
    summary: "the labels of the node",
    example: .init(
      "CREATE (n:State:Member) RETURN labels(n)", "['State', 'Member']")
  ) { arguments, context in
    guard case .node(let node) = arguments[argument: 0] else { throw arguments.mismatch(0, .node) }
    let graph = context.graph
    try graph.checkExists(node)
    return .list(graph.labels(of: node).map { .string(graph.labelName($0)) })
  }

  // The type of a deleted relationship stays known, and openCypher wants it so.
  private static let type = ScalarFunction(
    name: "type", parameters: [.init("relationship", .relationship)], result: .string,
    argumentError: .unconvertibleValue, summary: "the type of the relationship",
    example: .init(
      "CREATE (:State)-[r:MEMBER_OF]->(:Body) RETURN type(r)", "'MEMBER_OF'")
  ) { arguments, context in
    guard case .relationship(let relationship) = arguments[argument: 0] else {
      throw arguments.mismatch(0, .relationship)
    }
    let graph = context.graph
    try graph.checkWasMade(relationship)
    return .string(graph.typeName(graph.type(of: relationship)))
  }

  private static let startNode = ScalarFunction(
    name: "startNode", parameters: [.init("relationship", .relationship)], result: .node,
    summary: "the node that the relationship comes from",
    example: .init(
      "CREATE (:State {name: 'Laos'})-[r:MEMBER_OF]->(:Body) RETURN startNode(r).name", "'Laos'")
  ) { arguments, context in
    guard case .relationship(let relationship) = arguments[argument: 0] else {
      throw arguments.mismatch(0, .relationship)
    }
    let graph = context.graph
    try graph.checkWasMade(relationship)
    return .node(graph.source(of: relationship))
  }

  private static let endNode = ScalarFunction(
    name: "endNode", parameters: [.init("relationship", .relationship)], result: .node,
    summary: "the node that the relationship goes to",
    example: .init(
      "CREATE (:State)-[r:MEMBER_OF]->(:Body {name: 'ACCSM'}) RETURN endNode(r).name", "'ACCSM'")
  ) { arguments, context in
    guard case .relationship(let relationship) = arguments[argument: 0] else {
      throw arguments.mismatch(0, .relationship)
    }
    let graph = context.graph
    try graph.checkWasMade(relationship)
    return .node(graph.target(of: relationship))
  }

  private static let keys = ScalarFunction(
    name: "keys", parameters: [.init("source", [.node, .relationship, .map])], result: .list,
    summary: "the property keys of the node or relationship, or the keys of the map",
    example: .init("keys({name: 'Asean', members: 11})", "['name', 'members']")
  ) { arguments, context in
    if case .map(let entries) = arguments[argument: 0] { return .list(entries.keys.map(Value.string)) }
    return .list(try entries(of: arguments, in: context.graph).keys.map(Value.string))
  }

  private static let properties = ScalarFunction(
    name: "properties", parameters: [.init("source", [.node, .relationship, .map])], result: .map,
    summary: "the properties of the node or relationship as a map; a map as it is",
    example: .init("properties({members: 11})", "{members: 11}")
  ) { arguments, context in
    if case .map = arguments[argument: 0] { return arguments[argument: 0] }
    return .map(try entries(of: arguments, in: context.graph))
  }

  private static let length = ScalarFunction(
    name: "length", parameters: [.init("path", .path)], result: .integer,
    summary: "the number of relationships in the path",
    example: .init(
      "CREATE p = (:State)-[:MEMBER_OF]->(:Body) RETURN length(p)", "1")
  ) { arguments, _ in
    .integer(Int64(try arguments.path(0).length))
  }

  private static let nodes = ScalarFunction(
    name: "nodes", parameters: [.init("path", .path)], result: .list,
    summary: "the nodes of the path in order",
    example: .init(
      "CREATE p = (:State)-[:MEMBER_OF]->(:Body) RETURN size(nodes(p))", "2")
  ) { arguments, _ in
    .list(try arguments.path(0).nodes.map(Value.node))
  }

  private static let relationships = ScalarFunction(
    name: "relationships", parameters: [.init("path", .path)], result: .list,
    summary: "the relationships of the path in order",
    example: .init(
      "CREATE p = (:State)-[:MEMBER_OF]->(:Body) RETURN size(relationships(p))", "1")
  ) { arguments, _ in
    .list(try arguments.path(0).relationships.map(Value.relationship))
  }

  private static func entries(
    of arguments: ArraySlice<Value>, in graph: Graph
  ) throws -> MapValue {
    guard let map = try graph.propertyMap(of: arguments[argument: 0]) else {
      throw arguments.mismatch(0, [.node, .relationship, .map])
    }
    return map
  }
}
