import PlenarySyntax

/// What of a pattern is bound and what is still to do, while it is planned.
struct PatternSolver {
  /// A condition and what it reads.
  struct Condition {
    /// Its place among the conditions of the pattern.
    var id: Int
    var expression: BoundExpression
    var variables: Set<VariableID>
    /// Whether it is tested only when everything else of the pattern holds: it may fail, or chance has a part in it, which
    /// is asked again for every match.
    var waits = false
  }

  /// A way to find a node by an index.
  struct Seek {
    /// The conditions that hold for every node found.
    var conditions: [Int]
    var search: IndexSearch
    /// What must be bound before, for the search reads it.
    var variables: Set<VariableID>
    /// How many nodes it is expected to find.
    var rows: Double
    /// Whether it finds one node at most.
    var isUnique: Bool
  }

  let pattern: GraphPattern
  var solved: Set<VariableID>
  /// Nodes still to bind.
  var nodes: [VariableID]
  /// Relationships still to bind.
  var relationships: [PatternRelationship]
  /// Relationships bound so far, which later ones must not use again.
  var matched: [PatternRelationship] = []
  var conditions: [Condition]
  /// How many nodes a scan for each variable is expected to give, its own conditions considered.
  var scanRows: [VariableID: Double] = [:]
  /// The ways to find each node by an index that are worth it, as soon as what they read is known.
  var seeks: [VariableID: [Seek]] = [:]
  /// The labels asked of each node, kept also when the condition has become part of a scan.
  let requiredLabels: [VariableID: [String]]

  init(
    pattern: GraphPattern, solved: Set<VariableID>, subqueries: [BoundSubquery], holdsBackFailing: Bool
  ) {
    self.pattern = pattern
    self.solved = solved
    nodes = pattern.nodes.filter { !solved.contains($0) }
    relationships = pattern.relationships
    conditions = pattern.predicates.enumerated().map {
      Condition(
        id: $0, expression: $1, variables: $1.freeVariables(subqueries: subqueries),
        waits: holdsBackFailing && $1.mayFailAsCondition || $1.isNondeterministic)
    }
    var labels: [VariableID: [String]] = [:]
    for predicate in pattern.predicates {
      if case .hasLabels(let subject, let expression) = predicate.kind, case .variable(let node) = subject.kind {
        labels[node, default: []] += expression.requiredNames
      }
    }
    requiredLabels = labels
  }

  var hasWork: Bool { !nodes.isEmpty || !relationships.isEmpty }

  func labels(of node: VariableID) -> [String] { requiredLabels[node] ?? [] }
  func label(of node: VariableID) -> String? { requiredLabels[node]?.first }

  /// The way to find a node by an index that finds fewest, of those whose value is known by now.
  func seek(for node: VariableID) -> Seek? {
    guard let known = seeks[node]?.filter({ $0.variables.isSubset(of: solved) }) else { return nil }
    return known.first(where: \.isUnique) ?? known.min { $0.rows < $1.rows }
  }

  /// Whether an equality is to hold between a property of a node and what is bound already, so that the two can be joined.
  func hasEquality(joining node: VariableID, _ subqueries: [BoundSubquery]) -> Bool {
    conditions.contains { condition in
      guard !condition.waits, case .comparison(.equal, let left, let right, _) = condition.expression.kind,
        condition.variables.subtracting([node]).isSubset(of: solved), condition.variables.contains(node)
      else { return false }
      return [(left, right), (right, left)].contains { property, other in
        guard case .property(let subject, _) = property.kind, subject.isReference(to: node) else { return false }
        return !other.freeVariables(subqueries: subqueries).contains(node)
      }
    }
  }

  mutating func solve(_ node: VariableID) {
    solved.insert(node)
    nodes.removeAll { $0 == node }
  }

  /// The conditions that what earlier clauses have bound is there and is what the pattern takes it for.
  ///
  /// A node that is known to be one needs no test where a relationship is looked for at it: null has none.
  func testsOfBoundElements(_ variables: [VariableInfo]) -> [BoundExpression] {
    let touched = Set((relationships + pattern.searches.map(\.relationship)).flatMap { [$0.from, $0.to, $0.variable] })
    return pattern.boundElements.filter { element in
      let isKnown = element.type != .list && variables[element.variable.index].type == element.type
      return !(isKnown && touched.contains(element.variable))
    }.map(\.isThere)
  }

  /// The step that binds a relationship from one of its ends.
  func expansion(of relationship: PatternRelationship, isReversed: Bool) -> Expansion {
    let direction: RelationshipPattern.Direction =
      switch relationship.direction {
      case .either: .either
      case .right: isReversed ? .left : .right
      case .left: isReversed ? .right : .left
      }
    let to = isReversed ? relationship.from : relationship.to
    return Expansion(
      from: isReversed ? relationship.to : relationship.from, relationship: relationship.variable, to: to,
      direction: direction, types: relationship.types,
      isInto: solved.contains(to) || relationship.from == relationship.to,
      excluding: matched.filter { $0.mayEqual(relationship) }.map(\.variable), isReversed: isReversed)
  }

  /// Takes all conditions that are left, in the order written.
  mutating func takeAllConditions() -> [BoundExpression] {
    defer { conditions = [] }
    return conditions.map(\.expression)
  }

  /// Takes the conditions whose variables are all bound.
  mutating func takeReadyConditions() -> [BoundExpression] {
    var ready: [BoundExpression] = []
    conditions.removeAll { condition in
      guard !condition.waits, condition.variables.isSubset(of: solved) else { return false }
      ready.append(condition.expression)
      return true
    }
    return ready
  }

  /// Takes the rarest label of a node out of the conditions, for a scan that covers it.
  mutating func takeLabel(of node: VariableID, counting graph: Graph) -> String? {
    let rarest = labels(of: node).min { a, b in
      (graph.labelToken(a).map(graph.count(of:)) ?? 0) < (graph.labelToken(b).map(graph.count(of:)) ?? 0)
    }
    guard let rarest else { return nil }
    takeLabel(rarest, of: node)
    return rarest
  }

  /// Takes a label of a node out of the conditions, for how the node is found sees to it.
  mutating func takeLabel(_ label: String, of node: VariableID) {
    conditions.removeAll { condition in
      guard let name = condition.expression.testedLabel, case .hasLabels(let subject, _) = condition.expression.kind
      else { return false }
      return subject.isReference(to: node) && name.hasSameCodePoints(as: label)
    }
  }

  // MARK: Parts that hang together

  /// Keeps only what is connected with a node through relationships.
  mutating func restrict(toPartOf node: VariableID) {
    var part: Set<VariableID> = [node]
    var grew = true
    while grew {
      grew = false
      for relationship in relationships where part.contains(relationship.from) != part.contains(relationship.to) {
        part.formUnion([relationship.from, relationship.to])
        grew = true
      }
    }
    nodes.removeAll { !part.contains($0) }
    relationships.removeAll { !part.contains($0.from) }
  }

  /// Whether this part can be planned before it is joined with the rest.
  ///
  /// It cannot when the relationships of a variable length must differ from those of the rest, or have properties that
  /// the rest gives.
  func canBePlannedAlone(beside rest: PatternSolver, _ subqueries: [BoundSubquery]) -> Bool {
    let own = Set(nodes).union(relationships.map(\.variable))
    return relationships.allSatisfy { relationship in
      relationship.elementProperties.allSatisfy { $0.value.freeVariables(subqueries: subqueries).isSubset(of: own) }
        && rest.matched.allSatisfy { other in
          (relationship.length == nil && other.length == nil) || !other.mayEqual(relationship)
        }
    }
  }

  /// The conditions that read only what this part binds.
  mutating func takeOwnConditions() -> [Condition] {
    let own = Set(nodes).union(relationships.map(\.variable))
    return conditions.filter { !$0.waits && $0.variables.isSubset(of: own) }
  }

  /// Takes over what the planning of a part has bound.
  mutating func finish(_ part: PatternSolver) {
    let before = solved
    solved.formUnion(part.solved)
    nodes.removeAll { part.solved.contains($0) }
    relationships.removeAll { part.solved.contains($0.variable) }
    for relationship in part.matched where !matched.contains(where: { $0.variable == relationship.variable }) {
      matched.append(relationship)
    }
    conditions.removeAll {
      !$0.waits && !$0.variables.isEmpty && $0.variables.isSubset(of: part.solved) && !$0.variables.isSubset(of: before)
    }
  }
}

extension PatternRelationship {
  /// Whether two relationships of a pattern could be the same one, so that it has to be seen to that they are not, as
  /// far as their types tell.
  func mayEqual(_ other: PatternRelationship) -> Bool {
    guard clause == other.clause else { return false }
    guard let types, let others = other.types else { return true }
    return !Set(types).isDisjoint(with: others)
  }

  /// The condition that two single relationships are not the same.
  static func differ(_ a: PatternRelationship, _ b: PatternRelationship) -> BoundExpression {
    BoundExpression(
      .comparison(
        .notEqual, BoundExpression(.variable(a.variable), at: a.range, type: .relationship),
        BoundExpression(.variable(b.variable), at: b.range, type: .relationship), operatorRange: a.range),
      at: a.range, type: .boolean)
  }
}
