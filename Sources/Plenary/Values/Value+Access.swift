extension Value {
  /// `container[index]`: an element of a list, an entry of a map, or a property of a node or relationship.
  ///
  /// Negative indices count from the end of a list. What is not there is null, and so is anything where the container or
  /// the index is null. openCypher 9, expressions, dynamic element access.
  ///
  /// - Throws: `list-element-access-by-non-integer`, `map-element-access-by-non-string`, `invalid-argument-type` for
  ///   other containers, `deleted-entity-access`.
  static func element(of container: Value, at index: Value, in graph: Graph) throws(QueryError) -> Value {
    switch (container, index) {
    case (.null, _): return .null
    case (.list(let elements), .integer(let index)):
      let position = index < 0 ? Int64(elements.count) + index : index
      guard position >= 0, position < Int64(elements.count) else { return .null }
      return elements[Int(position)]
    case (.list, .null), (.map, .null), (.node, .null), (.relationship, .null): return .null
    case (.list, _):
      throw QueryError(
        .listElementAccessByNonInteger, "found \(index.valueType.phrase) as the index of a List, expected an Integer")
    case (.map, .string(let key)), (.node, .string(let key)), (.relationship, .string(let key)):
      return try property(key, of: container, in: graph)
    case (.map, _), (.node, _), (.relationship, _):
      throw QueryError(
        .mapElementAccessByNonString,
        "found \(index.valueType.phrase) as the key of \(container.valueType.phrase), expected a String")
    default:
      throw QueryError(
        .invalidArgumentType,
        "found \(container.valueType.phrase) before [ ], expected a List, Map, Node or Relationship")
    }
  }

  /// `list[lower..upper]`: the elements from `lower` up to but without `upper`.
  ///
  /// A bound that is left out (`nil`) is the start or the end; a bound that is null makes the result null; bounds outside
  /// the list are moved to its ends.
  ///
  /// - Throws: `invalid-argument-type`.
  static func slice(
    _ list: Value, from lower: Value?, to upper: Value?, checkStop: StopCheck = {}
  ) throws(QueryError) -> Value {
    guard !list.isNull else { return .null }
    guard case .list(let elements) = list else {
      throw QueryError(.invalidArgumentType, "found \(list.valueType.phrase) before [ .. ], expected a List")
    }
    guard let start = try position(lower, in: elements.count, default: 0),
      let end = try position(upper, in: elements.count, default: elements.count)
    else { return .null }
    return .list(start < end ? try Array(joining: elements[start..<end], checkStop: checkStop) : [])
  }

  /// A bound of a slice as a position; `nil` for null.
  private static func position(_ bound: Value?, in count: Int, default position: Int) throws(QueryError) -> Int? {
    switch bound {
    case nil: return position
    case .null?: return nil
    case .integer(let index)?:
      if index >= 0 { return Int(Swift.min(index, Int64(count))) }
      return Int(Swift.max(Int64(count) + Swift.max(index, -Int64(count)), 0))
    case .some(let other):
      throw QueryError(
        .invalidArgumentType, "found \(other.valueType.phrase) as a bound of a slice, expected an Integer")
    }
  }

  /// `value.key`: an entry of a map, a property of a node or relationship, or a component of a temporal value.
  ///
  /// A key that is not there is null, and so is every key of null.
  ///
  /// - Throws: `invalid-argument-type` for values without properties, `invalid-temporal` for a component that this kind
  ///   of temporal value does not have, `deleted-entity-access`.
  static func property(_ key: String, of value: Value, in graph: Graph) throws(QueryError) -> Value {
    switch value {
    case .null: return .null
    case .map(let entries): return entries[key] ?? .null
    case .node(let node):
      try graph.checkExists(node)
      guard let token = graph.keyToken(key) else { return .null }
      return graph.property(token, of: node)
    case .relationship(let relationship):
      try graph.checkExists(relationship)
      guard let token = graph.keyToken(key) else { return .null }
      return graph.property(token, of: relationship)
    case .date, .localTime, .time, .localDateTime, .dateTime, .duration:
      return try temporalComponent(key, of: value)
    case .boolean, .integer, .float, .string, .list, .path:
      throw QueryError(
        .invalidArgumentType,
        "found \(value.valueType.phrase) before .\(key), expected a Map, Node, Relationship or temporal value")
    }
  }
}

extension Graph {
  /// - Throws: `deleted-entity-access` when the node is no longer there.
  func checkExists(_ node: NodeID) throws(QueryError) {
    guard contains(node) else { throw .deleted("node") }
  }

  /// - Throws: `deleted-entity-access` when the relationship is no longer there.
  func checkExists(_ relationship: RelationshipID) throws(QueryError) {
    guard contains(relationship) else { throw .deleted("relationship") }
  }

  /// For what stays known of a relationship when it is deleted: its type and its nodes.
  ///
  /// - Throws: `deleted-entity-access` when this graph never had such a relationship.
  func checkWasMade(_ relationship: RelationshipID) throws(QueryError) {
    guard relationship.rawValue < relationshipCapacity else { throw .deleted("relationship") }
  }
}

extension QueryError {
  fileprivate static func deleted(_ kind: String) -> QueryError {
    QueryError(.deletedEntityAccess, "this \(kind) is not in the graph, expected one that was not deleted")
  }
}
