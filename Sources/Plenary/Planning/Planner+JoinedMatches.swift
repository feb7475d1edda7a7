import PlenarySyntax

extension Planner {
  /// Takes the next clause; a MATCH together with those after it that can be planned as one pattern.
  ///
  /// `MATCH (a)-->(b) WITH b MATCH (b)-->(c {id: 1})` is best begun at `c`, which two patterns planned one after the other
  /// never do. Only WITH clauses that compute nothing may lie between. Which clause a relationship is from is kept:
  /// those of different clauses may be the same one.
  func nextClause(_ clauses: inout ArraySlice<BoundClause>) -> BoundClause? {
    guard let clause = clauses.popFirst() else { return nil }
    guard usesOptimizer, case .match(var pattern, isOptional: false) = clause, pattern.canBeJoined else {
      return clause
    }
    var number = 0
    while pattern.relationships.count < Planner.joinedRelationshipLimit {
      var rest = clauses
      var conditions: [BoundExpression] = []
      if case .project(let projection)? = rest.first {
        guard projection.passesRowsOn else { break }
        conditions = projection.condition?.conjuncts ?? []
        rest.removeFirst()
      }
      guard case .match(let next, isOptional: false)? = rest.first, next.canBeJoined,
        conditions.allSatisfy(\.canBeTestedLater), !next.relationships.contains(where: \.isBound)
      else { break }
      rest.removeFirst()
      number += 1
      pattern.join(next, clause: number, conditions)
      clauses = rest
    }
    return .match(pattern, isOptional: false)
  }

  /// Planning looks at every relationship for every step.
  private static let joinedRelationshipLimit = 12
}

extension GraphPattern {
  /// Whether it is made of nodes, relationships and conditions that can be tested in any order.
  fileprivate var canBeJoined: Bool {
    searches.isEmpty && paths.isEmpty && predicates.allSatisfy(\.canBeTestedLater)
  }

  fileprivate mutating func join(_ other: GraphPattern, clause: Int, _ conditions: [BoundExpression]) {
    // What this pattern binds itself is what it is.
    let own = Set(nodes).union(relationships.map(\.variable))
    boundElements += other.boundElements.filter { !own.contains($0.variable) }
    nodes += other.nodes.filter { !nodes.contains($0) }
    relationships += other.relationships.map { relationship in
      var relationship = relationship
      relationship.clause = clause
      return relationship
    }
    predicates += conditions + other.predicates
  }
}

extension BoundProjection {
  /// Whether each row goes on as it is, if it meets the condition: nothing is computed, ordered or counted.
  fileprivate var passesRowsOn: Bool {
    !isReturn && assignments.isEmpty && aggregation == nil && !isDistinct && order.isEmpty && skip == nil
      && limit == nil
  }
}

extension BoundExpression {
  /// Whether it makes no difference to test it for fewer rows, those that a later clause also matches.
  fileprivate var canBeTestedLater: Bool { !isNondeterministic && !mayFailAsCondition }
}
