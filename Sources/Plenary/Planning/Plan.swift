import PlenarySyntax

/// A tree of operators: how a query is to be run, free of how the graph is laid out in memory.
///
/// Rows flow from the leaves to the root. Variables are columns; an operator adds or drops columns, and keeps no more
/// than `live` of them.
struct Plan: Sendable {
  var kind: Kind
  /// Where the rows come from; the second input of a join or an apply is the inner side.
  var inputs: [Plan] = []
  /// How many rows the planner expects.
  var estimatedRows: Double
  /// How many nodes, relationships or values the operator is expected to look at, where that is not the rows it makes.
  var steps: Double?
  /// The columns that someone above reads, in order of id; filled in by `LivenessAnalysis`.
  var live: [VariableID] = []
  /// The operator's number in the statement, for PROFILE.
  var id = 0
  /// The number of operators on the longest way to a leaf when the plan was made; see `Engine.maximumDepth`.
  private(set) var depth: Int

  init(_ kind: Kind, _ inputs: Plan..., estimatedRows: Double) {
    self.init(kind, inputs: inputs, estimatedRows: estimatedRows)
  }

  init(_ kind: Kind, inputs: [Plan], estimatedRows: Double) {
    self.kind = kind
    self.inputs = inputs
    self.estimatedRows = estimatedRows
    depth = 1 + (inputs.map(\.depth).max() ?? 0)
  }

  /// The operators. Each doc comment says which rows come out.
  ///
  /// Indirect, so that a plan is copied at the cost of a few references.
  indirect enum Kind: Sendable {
    // MARK: Leaves

    /// One row without columns.
    case unit
    /// The rows of the surrounding apply, each with its number in `row` when that is given.
    case argument(row: VariableID?)
    /// One row for each type of relationships, or for each combination of labels, with how many there are.
    case graphCounts(GraphCounting)

    // MARK: Patterns

    /// For each input row, every node; with a label only those that have it.
    case nodeScan(VariableID, label: String?)
    /// For each input row, the nodes that an index finds.
    case indexSeek(VariableID, IndexSearch)
    /// For each input row, every relationship at its node and the node at the other end.
    case expand(Expansion)
    /// For each input row, every trail of a length at its node, and its last node.
    case variableLengthExpand(Expansion, PathLength, elementProperties: [(key: String, value: BoundExpression)])
    /// For each input row, the relationship it holds with its end nodes, once for each way it fits.
    case relationshipEnds(Expansion)
    /// For each input row, a shortest path between its two nodes, or all of them.
    case shortestPath(PathSearchPattern)

    /// The rows whose node has a relationship that the step could take (or, for none, has no such).
    case degreeTest(Expansion, wantsNone: Bool)

    /// Every relationship that a directed step could take between nodes with some labels, without the nodes.
    case relationshipScan(Expansion, fromLabels: [String], toLabels: [String])
    /// The nodes that chains from the input rows end in, each once.
    case reach(ReachPattern)
    /// Each input row with the number of matches of a pattern that hangs on it, less those with none; or one row with
    /// the totals.
    case countMatches(CountedPattern)
    /// One row for each group of the input rows, with what is computed over the neighbours of its rows.
    case aggregateNeighbours(NeighbourAggregation)
    /// One row for each pair of keys at the two ends of a pattern, with the number of its matches.
    case crossTabulate(CrossTabulation)
    /// The input rows; or those of another plan, where a relationship that the steps could take is a loop, making the
    /// rows fails, or a float in some of their columns is not finite.
    case shortcut(for: Plan, loopFree: [Expansion], finite: [VariableID])

    // MARK: Rows

    /// The rows for which every condition is true.
    case filter([BoundExpression])
    /// The rows with further columns.
    case project([BoundAssignment])
    /// One row for each element of a list.
    case unwind(BoundExpression, VariableID)
    /// One row for each group.
    case aggregate(BoundAggregation)
    /// One row for each row of the argument, with what is computed over the input rows that have its number in `row`.
    case aggregateForEachRow(BoundAggregation, row: VariableID)
    /// One row for each combination of values.
    case distinct([VariableID])
    /// The rows in order.
    case sort([BoundSortItem])
    /// The first rows in order; the limit includes the rows that a Skip above passes over.
    case topN([BoundSortItem], limit: BoundExpression, skip: BoundExpression?)
    /// The rows after the first ones.
    case skip(BoundExpression)
    /// The first rows.
    case limit(BoundExpression)
    /// For each row of the argument, the input rows that have its number in `row`, in order; of topN the first ones only,
    /// those that a Skip above passes over included.
    case sortForEachRow([BoundSortItem], limit: BoundExpression?, skip: BoundExpression?, row: VariableID)
    /// For each row of the argument, the input rows that have its number in `row`, without the first ones.
    case skipForEachRow(BoundExpression, row: VariableID)
    /// For each row of the argument, the first of the input rows that have its number in `row`.
    case limitForEachRow(BoundExpression, row: VariableID)

    // MARK: Joins

    /// Every pair of rows.
    case cartesianProduct
    /// Every pair of rows whose keys are equal.
    case hashJoin([(left: BoundExpression, right: BoundExpression)])
    /// For each row of the left side, the rows of the right side, which reads it as its argument. A unit subquery, which
    /// returns nothing, is run for what it does: the rows of the left side go on as they are.
    case apply(row: VariableID, isUnit: Bool)
    /// Like apply, but a row without any on the right side goes on once, with nulls.
    case optionalApply(row: VariableID, introduced: [VariableID])
    /// The rows of the left side for which the right side has a row (or, for anti, none).
    case semiApply(row: VariableID, isAnti: Bool)
    /// The rows of every input, with its columns (`sources`) under common names.
    case union(columns: [VariableID], sources: [[VariableID]])

    // MARK: Writing

    /// The rows with new nodes and relationships.
    case create(BoundCreation)
    /// The rows of the right side for each row, or a new pattern where there are none.
    case merge(BoundMerge, row: VariableID)
    /// The rows, after changing properties and labels.
    case set([BoundSetItem])
    /// The rows, after removing properties and labels.
    case remove([BoundRemoveItem])
    /// The rows, after deleting what they hold.
    case delete([BoundExpression], detach: Bool)
    /// The rows joined with those a procedure makes.
    case call(BoundCall)
  }
}

/// One step from a node along relationships.
struct Expansion: Sendable {
  /// Where the step starts; bound before.
  var from: VariableID
  /// The relationship, or the list of them.
  var relationship: VariableID
  /// Where the step ends.
  var to: VariableID
  /// The direction seen from `from`.
  var direction: RelationshipPattern.Direction
  /// The types it may take; `nil` is any.
  var types: [String]?
  /// Whether `to` is bound before, so that the step only tests.
  var isInto: Bool
  /// Relationships of the same pattern that it must not use again.
  var excluding: [VariableID]
  /// Whether the step walks the pattern against the way it was written, so that a list of relationships must be turned.
  var isReversed = false
  /// What all nodes or relationships of a trail must meet, for a variable length.
  var trailTests: [TrailTest] = []
  /// A column for the number of relationships, for a variable length where it is asked for.
  var lengthColumn: VariableID?
}

/// A condition that every node, or every relationship, of a trail must meet.
struct TrailTest: Sendable {
  /// What the condition reads, and all that it reads.
  var variable: VariableID
  var condition: BoundExpression
  /// Whether it is for nodes, the first and the last among them.
  var isOfNodes: Bool
}

/// A statement ready to run.
final class PreparedStatement: Sendable {
  let planRequest: Statement.PlanRequest
  let body: Body
  let variables: [VariableInfo]
  /// The plans of subqueries in expressions, by id.
  let subplans: [Subplan]
  let warnings: [Diagnostic]
  /// The names that nothing in the graph had; see `BoundStatement`.
  let unknownNames: [UnknownName]
  let writes: Bool
  /// How much work all operators together are expected to have, if threads may share it: nothing is written, no
  /// procedure is called, and no plan is deeper than the stack of any thread allows. Otherwise -1.
  let shareableWork: Double
  /// The text, for messages.
  let text: String
  /// What was planned, unless the plan is a careful one already.
  let bound: BoundStatement?

  init(
    _ bound: BoundStatement, as body: Body, _ variables: [VariableInfo], _ subplans: [Subplan], text: String,
    shareableWork: Double, isCareful: Bool
  ) {
    planRequest = bound.planRequest
    self.body = body
    self.variables = variables
    self.subplans = subplans
    warnings = bound.warnings
    unknownNames = bound.unknownNames
    writes = bound.writes
    self.shareableWork = shareableWork
    self.text = text
    self.bound = isCareful ? nil : bound
  }

  enum Body: Sendable {
    case query(Plan, columns: ResultColumns)
    case schema(SchemaCommand)
  }
}

/// The columns of a statement's rows, in order.
struct ResultColumns: Sendable {
  let names: [String]
  let variables: [VariableID]

  init(_ columns: [BoundColumn]) {
    names = columns.map(\.name)
    variables = columns.map(\.variable)
  }
}

extension PreparedStatement {
  /// A plan that tests conditions which may fail only for rows that the query as written tests them for; `nil` where an
  /// error of this plan is one of the query as written, too.
  ///
  /// Testing conditions early is what makes patterns fast, and errors are rare: so a plan tests all of them early, and
  /// only when one fails is the statement planned and run again.
  func careful(after error: QueryError, on graph: Graph) -> PreparedStatement? {
    guard let bound, let range = error.range, !error.isStop, bound.hasPatternCondition(failingAt: range) else {
      return nil
    }
    return try? Planner.plan(bound, text: text, statistics: graph, isCareful: true)
  }
}

/// The plan of a subquery in an expression.
struct Subplan: Sendable {
  var kind: BoundSubquery.Kind
  var plan: Plan
  /// The column with the number of the outer row.
  var row: VariableID
  var captured: [VariableID]
  /// Whether it has the same value for all rows.
  var isConstant = false
  /// The same as a pattern whose matches are counted instead of listed, where only their number matters.
  var counted: CountedPattern?
}

extension Plan {
  /// Whether the rows it makes for one argument row depend on no other argument row, so that many can run at once.
  var treatsRowsApart: Bool {
    let isApart: Bool
    switch kind {
    case .aggregate(let aggregation): isApart = aggregation.keys.contains { rowNumber == $0.variable }
    case .distinct(let columns): isApart = columns.contains { rowNumber == $0 }
    case .union(let columns, _): isApart = columns.contains { rowNumber == $0 }
    case .sort, .topN, .skip, .limit, .create, .merge, .set, .remove, .delete, .call, .reach,
      .aggregateNeighbours, .crossTabulate, .graphCounts, .shortcut:
      isApart = false
    case .countMatches(let pattern): isApart = !pattern.isTotal
    default: isApart = true
    }
    return isApart && inputs.allSatisfy(\.treatsRowsApart)
  }

  /// The column with the number of the argument row that the rows come from.
  private var rowNumber: VariableID? {
    var place = self
    while let input = place.inputs.first { place = input }
    if case .argument(let row) = place.kind { return row }
    return nil
  }

  /// Whether the operators change the graph.
  var writes: Bool {
    switch kind {
    case .create, .merge, .set, .remove, .delete: true
    default: inputs.contains(where: \.writes)
    }
  }

  /// Every operator, the root first.
  func forEachOperator(_ body: (Plan) -> Void) {
    body(self)
    for input in inputs { input.forEachOperator(body) }
  }
}
