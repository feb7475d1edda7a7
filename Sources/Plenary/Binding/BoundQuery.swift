import PlenarySyntax

/// A statement with every name resolved: what the planner works from.
struct BoundStatement: Sendable {
  var planRequest: Statement.PlanRequest
  var body: Body
  /// Every variable of the statement, by id.
  var variables: [VariableInfo]
  /// Every subquery of the statement's expressions, by id.
  var subqueries: [BoundSubquery]
  /// What there is to say about the text though it can run.
  var warnings: [Diagnostic]
  /// The names that nothing in the graph had: warnings about them hold as long as that is so.
  var unknownNames: [UnknownName]
  /// Whether it can change the graph.
  var writes: Bool

  enum Body: Sendable {
    case query(BoundQuery)
    case schema(SchemaCommand)
  }
}

/// A name in a statement that nothing in the graph has.
enum UnknownName: Hashable, Sendable {
  case label(ExactText)
  case relationshipType(ExactText)
  case propertyKey(ExactText)

  /// Whether nothing in a graph has it.
  func isUnknown(in graph: Graph) -> Bool {
    switch self {
    case .label(let name): graph.labelToken(name.text).map { graph.count(of: $0) == 0 } ?? true
    case .relationshipType(let name): graph.typeToken(name.text).map { graph.count(of: $0) == 0 } ?? true
    case .propertyKey(let name): graph.keyToken(name.text) == nil
    }
  }
}

/// Single queries combined by UNION.
struct BoundQuery: Sendable {
  var parts: [BoundSingleQuery]
  /// For each pair of neighbouring parts, whether duplicates stay.
  var unionKeepsDuplicates: [Bool]
  /// The result columns; for a union, variables that stand for the columns of every part.
  var columns: [BoundColumn]
}

/// Clauses that feed each other.
struct BoundSingleQuery: Sendable {
  var clauses: [BoundClause]
  /// The columns of its RETURN (or of a standalone CALL); empty when it only writes.
  var columns: [BoundColumn]
}

/// A named column of a result.
struct BoundColumn: Sendable {
  var name: String
  var variable: VariableID
}

/// A clause with its names resolved.
enum BoundClause: Sendable {
  case match(GraphPattern, isOptional: Bool)
  case unwind(BoundExpression, variable: VariableID)
  case project(BoundProjection)
  case create(BoundCreation)
  case merge(BoundMerge)
  case set([BoundSetItem])
  case remove([BoundRemoveItem])
  case delete([BoundExpression], detach: Bool)
  case call(BoundCall)
  /// `CALL { ... }`.
  case subquery(BoundQuery, captured: [VariableID])
}

/// `WITH` or `RETURN`: first the columns, then their order, then how many, then which.
struct BoundProjection: Sendable {
  /// The columns to compute, as long as they are more than a variable's new name.
  var assignments: [BoundAssignment]
  /// Set when rows are aggregated; the assignments then work on its keys and results.
  var aggregation: BoundAggregation?
  var isDistinct: Bool
  /// The variables that go on, in the order of columns.
  var outputs: [BoundColumn]
  var order: [BoundSortItem]
  var skip: BoundExpression?
  var limit: BoundExpression?
  var condition: BoundExpression?
  /// Whether it ends the query.
  var isReturn: Bool
}

/// A variable and the expression that gives its value.
struct BoundAssignment: Sendable {
  var variable: VariableID
  var expression: BoundExpression
}

/// Grouping keys and what is computed for each group.
struct BoundAggregation: Sendable {
  var keys: [BoundAssignment]
  var aggregates: [(variable: VariableID, aggregate: BoundAggregate)]
}

/// One sort key.
struct BoundSortItem: Sendable {
  var expression: BoundExpression
  var isDescending: Bool
}

/// The pattern of a MATCH: a small graph of variables and what must hold of them.
struct GraphPattern: Sendable {
  /// The node variables, in the order written, bound before or not.
  var nodes: [VariableID] = []
  /// What earlier clauses have bound and the pattern uses: it must be there, and be what the pattern takes it for.
  var boundElements: [BoundElement] = []
  /// The relationships; each binds at most once in the whole pattern.
  var relationships: [PatternRelationship] = []
  /// Shortest-path searches, done when their end nodes are known.
  var searches: [PathSearchPattern] = []
  /// Named paths, made when the rest is bound.
  var paths: [BoundAssignment] = []
  /// The conditions: labels, property maps and the conjuncts of WHERE.
  var predicates: [BoundExpression] = []
}

/// A use of a variable in a pattern that an earlier clause has bound.
struct BoundElement: Sendable {
  var variable: VariableID
  /// A node, a relationship, or a list of relationships.
  var type: ValueType
  var range: SourceRange

  /// The condition that the variable is of the type.
  var isThere: BoundExpression {
    BoundExpression(
      .isElement(BoundExpression(.variable(variable), at: range), of: type), at: range, type: .boolean)
  }
}

/// A relationship, or a chain of them, between two nodes of a pattern.
struct PatternRelationship: Sendable {
  /// The relationship, or the list of them when `length` is set.
  var variable: VariableID
  var from: VariableID
  var to: VariableID
  var direction: RelationshipPattern.Direction
  /// The types it may have; `nil` is any.
  var types: [String]?
  /// How many relationships, for a variable length.
  var length: PathLength?
  /// What each relationship of a variable length must have.
  var elementProperties: [(key: String, value: BoundExpression)] = []
  /// Whether the variable was bound by an earlier clause.
  var isBound: Bool
  var range: SourceRange
  /// Which of the clauses that are matched together it is from: relationships of different ones may be the same.
  var clause = 0
}

/// How many relationships a variable-length pattern takes.
struct PathLength: Hashable, Sendable {
  var min: Int
  /// `nil` is unbounded.
  var max: Int?
}

/// `shortestPath(...)` or `allShortestPaths(...)`.
struct PathSearchPattern: Sendable {
  var relationship: PatternRelationship
  var findsAll: Bool
  /// The variable of the path.
  var path: VariableID
  /// A column for the number of relationships, where it is asked for.
  var lengthColumn: VariableID?

  /// The columns that the search makes.
  var introduced: [VariableID] { [path, relationship.variable] + (lengthColumn.map { [$0] } ?? []) }
}

/// `CREATE`: what to make for each row, in order.
struct BoundCreation: Sendable {
  var nodes: [BoundNodeCreation]
  var relationships: [BoundRelationshipCreation]
  var paths: [BoundAssignment]
}

/// A node to make.
struct BoundNodeCreation: Sendable {
  var variable: VariableID
  var labels: [String]
  /// A map, when the pattern has properties.
  var properties: BoundExpression?
}

/// A relationship to make.
struct BoundRelationshipCreation: Sendable {
  var variable: VariableID
  var type: String
  var from: VariableID
  var to: VariableID
  var properties: BoundExpression?
  var range: SourceRange
}

/// `MERGE`: a pattern to find, what to make when it is not there, and what to set in either case.
struct BoundMerge: Sendable {
  var pattern: GraphPattern
  var creation: BoundCreation
  var onCreate: [BoundSetItem]
  var onMatch: [BoundSetItem]
}

/// One assignment of SET.
enum BoundSetItem: Sendable {
  case property(of: BoundExpression, key: String, value: BoundExpression)
  case replace(BoundExpression, value: BoundExpression)
  case merge(BoundExpression, value: BoundExpression)
  case labels(of: BoundExpression, [String])
}

/// One item of REMOVE.
enum BoundRemoveItem: Sendable {
  case property(of: BoundExpression, key: String)
  case labels(of: BoundExpression, [String])
}

/// A procedure call.
struct BoundCall: Sendable {
  var procedure: Procedure
  var arguments: [BoundExpression]
  /// For each yielded column its index among the procedure's results, and its variable.
  var yields: [(result: Int, variable: VariableID)]
  var condition: BoundExpression?
  var range: SourceRange
}

extension GraphPattern {
  /// Notes that a variable which an earlier clause has bound is used.
  mutating func noteUse(of variable: VariableID, as type: ValueType, at range: SourceRange) {
    guard !boundElements.contains(where: { $0.variable == variable }) else { return }
    boundElements.append(BoundElement(variable: variable, type: type, range: range))
  }
}
