extension Graph {
  /// Checks a value that comes from outside: every node and relationship in it must be in this graph.
  ///
  /// Ids say nothing outside their graph, and columns are read by id without looking back. O(size of the value).
  ///
  /// - Throws: `deleted-entity-access`; `memory-limit-exceeded` when lists and maps nest too deep.
  func checkHolds(_ value: Value, depth: Int = 0) throws(QueryError) {
    guard depth <= SizeLimit.nesting else {
      throw QueryError(.memoryLimitExceeded, "a value of lists in lists is deeper than \(SizeLimit.nesting)")
    }
    switch value {
    case .node(let node): try checkExists(node)
    case .relationship(let relationship): try checkExists(relationship)
    case .path(let path):
      for node in path.nodes { try checkExists(node) }
      for relationship in path.relationships { try checkExists(relationship) }
    case .list(let elements):
      for element in elements { try checkHolds(element, depth: depth + 1) }
    case .map(let entries):
      for element in entries.values { try checkHolds(element, depth: depth + 1) }
    default: break
    }
  }
}
