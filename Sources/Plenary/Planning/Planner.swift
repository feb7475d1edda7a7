import PlenarySyntax

/// Turns a bound statement into operators, choosing by what the graph holds.
struct Planner {
  let statistics: Graph
  let usesOptimizer: Bool
  /// Whether no condition that may fail is tested for rows that the query as written does not test it for.
  let isCareful: Bool
  var variables: [VariableInfo]
  let subqueries: [BoundSubquery]

  /// Plans a statement.
  ///
  /// - Throws: `statementTooLong`.
  /// - Parameters:
  ///   - usesOptimizer: `false` keeps patterns in the order written and every filter where it stands; the rows are the
  ///     same.
  ///   - isCareful: `false` tests conditions as early as possible, also those that may fail. An error may then be one
  ///     that the query as written does not have; see `PreparedStatement.careful`.
  static func plan(
    _ statement: BoundStatement, text: String, statistics: Graph, usesOptimizer: Bool = true, isCareful: Bool = false
  ) throws(QueryError) -> PreparedStatement {
    // What calls procedures is not run a second time.
    let isCareful = isCareful || statement.callsProcedures
    var planner = Planner(
      statistics: statistics, usesOptimizer: usesOptimizer, isCareful: isCareful, variables: statement.variables,
      subqueries: statement.subqueries)
    var subplans: [Subplan] = []
    for subquery in statement.subqueries { subplans.append(planner.plan(subquery, after: subplans)) }
    var body: PreparedStatement.Body
    switch statement.body {
    case .query(let query):
      var plan = planner.plan(query, from: Plan(.unit, estimatedRows: 1), arguments: [])
      guard plan.depth <= Engine.maximumDepth else {
        throw QueryError(
          .statementTooLong, "a plan of \(plan.depth) operators in a row, expected at most \(Engine.maximumDepth)",
          hint: "write several statements", phase: .compileTime, text: text)
      }
      let columns = ResultColumns(query.columns)
      plan = planner.finish(plan, keeping: columns.variables, subplans: subplans)
      body = .query(plan, columns: columns)
    case .schema(let command): body = .schema(command)
    }
    var next = 0
    body.number(&next)
    for index in subplans.indices { subplans[index].plan.number(&next) }
    return PreparedStatement(
      statement, as: body, planner.variables, subplans, text: text,
      shareableWork: body.shareableWork(besides: subplans), isCareful: isCareful || !usesOptimizer)
  }

  /// Plans a subquery of an expression: its rows carry the number of the outer row they belong to.
  private mutating func plan(_ subquery: BoundSubquery, after subplans: [Subplan]) -> Subplan {
    let row = makeVariable()
    let leaf = Plan(.argument(row: row), estimatedRows: 1)
    var plan = plan(subquery.query, from: leaf, arguments: Set(subquery.captured))
    let isConstant = usesOptimizer && subquery.captured.isEmpty && plan.isRepeatable
    if usesOptimizer, !isConstant { plan = plan.forAllRowsAtOnce(row) ?? plan }
    let needed: [VariableID] =
      switch subquery.kind {
      case .exists, .count: [row]
      case .collect(let column), .first(let column): [row, column]
      }
    var subplan = Subplan(
      kind: subquery.kind, plan: finish(plan, keeping: needed, subplans: subplans), row: row,
      captured: subquery.captured, isConstant: isConstant)
    if usesOptimizer { subplan.counted = RewriteRules(planner: self, subplans: subplans).countedPattern(of: subplan) }
    return subplan
  }

  mutating func makeVariable(_ type: ValueType = .integer) -> VariableID {
    variables.append(VariableInfo(name: "", type: type))
    return VariableID(index: variables.count - 1)
  }

  // MARK: Queries

  mutating func plan(_ query: BoundQuery, from leaf: Plan, arguments: Set<VariableID>) -> Plan {
    guard query.parts.count > 1 else {
      return query.parts.first.map { plan($0, from: leaf, arguments: arguments) } ?? leaf
    }
    let columns = query.columns.map(\.variable)
    var inputs: [Plan] = []
    for part in query.parts { inputs.append(plan(part, from: leaf, arguments: arguments)) }
    let rows = inputs.reduce(0) { $0 + $1.estimatedRows }
    let union = Plan(
      .union(columns: columns, sources: query.parts.map { $0.columns.map(\.variable) }), inputs: inputs,
      estimatedRows: rows)
    // The parser refuses a mixture, so one DISTINCT over all parts is what every UNION asks for.
    return query.unionKeepsDuplicates.contains(false) ? Plan(.distinct(columns), union, estimatedRows: rows) : union
  }

  private mutating func plan(_ query: BoundSingleQuery, from leaf: Plan, arguments: Set<VariableID>) -> Plan {
    var bound = arguments
    return plan(query.clauses[...], on: leaf, bound: &bound)
  }

  private mutating func plan(_ clauses: ArraySlice<BoundClause>, on leaf: Plan, bound: inout Set<VariableID>) -> Plan {
    var plan = leaf
    var rest = clauses
    while let clause = nextClause(&rest) { plan = self.plan(clause, on: plan, bound: &bound) }
    return plan
  }

  private mutating func plan(_ clause: BoundClause, on input: Plan, bound: inout Set<VariableID>) -> Plan {
    switch clause {
    case .match(let pattern, let isOptional):
      guard isOptional else {
        return planAlternatives(of: pattern, on: input, bound: &bound) ?? plan(pattern, on: input, bound: &bound)
      }
      let row = makeVariable()
      let outer = bound
      let inner = plan(pattern, on: Plan(.argument(row: row), estimatedRows: 1), bound: &bound)
      return Plan(
        .optionalApply(row: row, introduced: bound.subtracting(outer).sorted()), input, inner,
        estimatedRows: input.estimatedRows * Swift.max(1, inner.estimatedRows))
    case .unwind(let list, let variable):
      bound.insert(variable)
      return Plan(.unwind(list, variable), input, estimatedRows: input.estimatedRows * (elementCount(of: list) ?? 10))
    case .project(let projection):
      let result = plan(projection, on: input)
      bound = Set(projection.outputs.map(\.variable))
      return result
    case .create(let creation):
      bound.formUnion(creation.nodes.map(\.variable))
      bound.formUnion(creation.relationships.map(\.variable))
      bound.formUnion(creation.paths.map(\.variable))
      let created = Plan(.create(creation), input, estimatedRows: input.estimatedRows)
      guard !creation.paths.isEmpty else { return created }
      return Plan(.project(creation.paths), created, estimatedRows: input.estimatedRows)
    case .merge(let merge):
      let row = makeVariable()
      var pattern = merge.pattern
      pattern.paths = []
      let inner = plan(pattern, on: Plan(.argument(row: row), estimatedRows: 1), bound: &bound)
      let merged = Plan(.merge(merge, row: row), input, inner, estimatedRows: input.estimatedRows)
      bound.formUnion(merge.pattern.paths.map(\.variable))
      guard !merge.pattern.paths.isEmpty else { return merged }
      return Plan(.project(merge.pattern.paths), merged, estimatedRows: input.estimatedRows)
    case .set(let items): return Plan(.set(items), input, estimatedRows: input.estimatedRows)
    case .remove(let items): return Plan(.remove(items), input, estimatedRows: input.estimatedRows)
    case .delete(let items, let detach):
      return Plan(.delete(items, detach: detach), input, estimatedRows: input.estimatedRows)
    case .call(let call):
      bound.formUnion(call.yields.map(\.variable))
      let called = Plan(.call(call), input, estimatedRows: input.estimatedRows * 10)
      guard let condition = call.condition else { return called }
      return filter(called, by: condition.conjuncts)
    case .subquery(let query, let captured):
      if let plan = runOnce(query, reading: captured, for: input) {
        bound.formUnion(query.columns.map(\.variable))
        return plan
      }
      let row = makeVariable()
      let inner = plan(query, from: Plan(.argument(row: row), estimatedRows: 1), arguments: bound)
      bound.formUnion(query.columns.map(\.variable))
      return Plan(
        .apply(row: row, isUnit: query.columns.isEmpty), input, inner,
        estimatedRows: input.estimatedRows * inner.estimatedRows)
    }
  }

  // MARK: Projections

  private func plan(_ projection: BoundProjection, on input: Plan) -> Plan {
    var plan = input
    if let aggregation = projection.aggregation {
      let groups = groupCount(of: aggregation.keys.map(\.expression), in: input)
      plan = Plan(.aggregate(aggregation), plan, estimatedRows: groups)
      plan.steps = aggregation.shareableWork(rows: input.estimatedRows, groups: groups)
    }
    if !projection.assignments.isEmpty {
      plan = Plan(.project(projection.assignments), plan, estimatedRows: plan.estimatedRows)
    }
    if projection.isDistinct {
      let count = distinctCount(of: outputs(of: projection), in: plan) ?? plan.estimatedRows / 2
      plan = Plan(
        .distinct(projection.outputs.map(\.variable)), plan, estimatedRows: Swift.min(count, plan.estimatedRows))
    }
    if !projection.order.isEmpty {
      if usesOptimizer, let limit = projection.limit {
        plan = Plan(
          .topN(projection.order, limit: limit, skip: projection.skip), plan,
          estimatedRows: Swift.min(plan.estimatedRows, constant(limit) ?? 100))
      } else {
        plan = Plan(.sort(projection.order), plan, estimatedRows: plan.estimatedRows)
      }
    }
    if let skip = projection.skip {
      plan = Plan(.skip(skip), plan, estimatedRows: Swift.max(0, plan.estimatedRows - (constant(skip) ?? 0)))
    }
    if let limit = projection.limit {
      plan = Plan(.limit(limit), plan, estimatedRows: Swift.min(plan.estimatedRows, constant(limit) ?? 100))
    }
    if let condition = projection.condition { plan = filter(plan, by: condition.conjuncts) }
    return plan
  }

  /// The columns that go on, as expressions.
  private func outputs(of projection: BoundProjection) -> [BoundExpression] {
    projection.outputs.map { output in
      BoundExpression(.variable(output.variable), at: SourceRange(at: 0), type: variables[output.variable.index].type)
    }
  }

  private func constant(_ expression: BoundExpression) -> Double? {
    if case .constant(.integer(let count)) = expression.kind { Double(count) } else { nil }
  }

  func filter(_ input: Plan, by conditions: [BoundExpression]) -> Plan {
    guard !conditions.isEmpty else { return input }
    let selectivity = conditions.reduce(1.0) { $0 * self.selectivity(of: $1) }
    return Plan(.filter(conditions), input, estimatedRows: input.estimatedRows * selectivity)
  }
}

extension PreparedStatement.Body {
  /// See `PreparedStatement.shareableWork`.
  fileprivate func shareableWork(besides subplans: [Subplan]) -> Double {
    guard case .query(let plan, _) = self, plan.mayBeShared, subplans.allSatisfy(\.plan.mayBeShared) else { return -1 }
    var work = 0.0
    plan.forEachOperator { work += $0.estimatedWork }
    return work
  }

  /// Numbers the operators of the plan from the root.
  fileprivate mutating func number(_ next: inout Int) {
    guard case .query(var plan, let columns) = self else { return }
    plan.number(&next)
    self = .query(plan, columns: columns)
  }
}

extension Plan {
  /// The most operators in a row for which the stack of every thread is deep enough.
  private static let shallowDepth = 200

  /// Whether several threads may work on it at once.
  fileprivate var mayBeShared: Bool {
    var isHarmless = depth <= Plan.shallowDepth && !writes
    if isHarmless { forEachOperator { if case .call = $0.kind { isHarmless = false } } }
    return isHarmless
  }

  fileprivate mutating func number(_ next: inout Int) {
    id = next
    next += 1
    for index in inputs.indices { inputs[index].number(&next) }
  }
}
