import PlenarySyntax

/// Takes a text through every stage: parse, bind, plan, run.
enum Engine {
  /// The most clauses of one statement, all of its subqueries included. Every clause is a few operators deep, and
  /// operators call each other: this many fit the 8 MB stack of a thread with room to spare.
  static let maximumClauses = 2500

  /// The most operators on the way from a plan's root to a leaf, for the same reason.
  static let maximumDepth = 6000

  /// Clauses for which every thread's stack is deep enough.
  private static let shallowClauses = 100

  /// More stack than any clause has been seen to take, from binding to the last row; debug builds take several times
  /// as much as release builds.
  private static let stackPerClause = 64 << 10

  /// Does work whose depth grows with a number of clauses where there is enough stack for it.
  private static func withStack<Result>(
    forClauses clauses: Int, _ body: () throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    guard clauses > shallowClauses else { return try body() }
    return try DeepStack.run(bytes: (min(clauses, maximumClauses) + shallowClauses) * stackPerClause, body)
  }

  /// Everything up to the plan.
  ///
  /// - Throws: `QueryError` with phase `compileTime`.
  static func prepare(
    _ text: String, _ parameters: MapValue, on graph: Graph, procedures: ProcedureRegistry,
    _ options: QueryOptions
  ) throws(QueryError) -> PreparedStatement {
    let tree = Parser.parse(text)
    return try withStack(forClauses: tree.clauseCount) { () throws(QueryError) in
      try prepare(tree, parameters, on: graph, procedures: procedures, options)
    }
  }

  private static func prepare(
    _ tree: SyntaxTree, _ parameters: MapValue, on graph: Graph, procedures: ProcedureRegistry,
    _ options: QueryOptions
  ) throws(QueryError) -> PreparedStatement {
    let text = tree.text
    let errors = tree.diagnostics.filter { $0.severity == .error }
    if let first = errors.first {
      throw QueryError(compiling: first, others: Array(errors.dropFirst()), text: text)
    }
    guard let statement = tree.statements.first else {
      throw QueryError(
        .unexpectedEnd, "an empty text, expected a statement", at: SourceRange(at: 0), phase: .compileTime, text: text)
    }
    guard tree.statements.count == 1 else {
      throw QueryError(
        .unexpectedToken, "\(tree.statements.count) statements, expected one", at: tree.statements[1].range,
        hint: "run them one by one, or as a script", phase: .compileTime, text: text)
    }
    guard tree.clauseCount <= maximumClauses else {
      throw QueryError(
        .statementTooLong, "a statement of \(tree.clauseCount) clauses, expected at most \(maximumClauses)",
        at: statement.range,
        hint: "write several statements, or join the patterns of neighbouring CREATE clauses by commas",
        phase: .compileTime, text: text)
    }
    let environment = Binder.Environment(
      graph: graph, procedures: procedures, parameterNames: Set(parameters.keys.map { ExactText($0) }))
    let bound = try Binder.bind(statement, of: tree, in: environment)
    if bound.writes, options.isReadOnly, bound.planRequest != .explain {
      throw QueryError(
        .readOnly, "a statement that writes where only reading is allowed", at: statement.range, phase: .compileTime,
        text: text)
    }
    return try Planner.plan(bound, text: text, statistics: graph, usesOptimizer: options.usesOptimizer)
  }

  /// Runs a statement; the graph changes only if it succeeds.
  ///
  /// - Throws: `QueryError` with phase `runtime`.
  static func run(
    _ statement: PreparedStatement, on graph: inout Graph, _ parameters: MapValue, _ options: QueryOptions,
    since start: ContinuousClock.Instant
  ) throws(QueryError) -> QueryResult {
    guard case .query(let plan, _) = statement.body else {
      return try runHere(statement, on: &graph, parameters, options, since: start)
    }
    // A clause is two operators deep, or more.
    return try withStack(forClauses: plan.depth / 2) { () throws(QueryError) in
      do throws(QueryError) {
        return try runHere(statement, on: &graph, parameters, options, since: start)
      } catch {
        guard let careful = statement.careful(after: error, on: graph) else { throw error }
        return try runHere(careful, on: &graph, parameters, options, since: start)
      }
    }
  }

  private static func runHere(
    _ statement: PreparedStatement, on graph: inout Graph, _ parameters: MapValue, _ options: QueryOptions,
    since start: ContinuousClock.Instant
  ) throws(QueryError) -> QueryResult {
    do {
      for value in parameters.values { try graph.checkHolds(value) }
      if statement.planRequest == .explain { return explained(statement, graph, parameters, options, since: start) }
      switch statement.body {
      case .query(let plan, let columns):
        return try run(plan, columns, statement, on: &graph, parameters, options, since: start)
      case .schema(let command): return try run(command, on: &graph, since: start)
      }
    } catch var error as QueryError {
      error.text = statement.text
      throw error
    } catch {
      throw QueryError(.procedureFailed, "\(error)", text: statement.text)
    }
  }

  private static func run(
    _ plan: Plan, _ columns: ResultColumns, _ statement: PreparedStatement, on graph: inout Graph,
    _ parameters: MapValue, _ options: QueryOptions, since start: ContinuousClock.Instant
  ) throws -> QueryResult {
    let context = ExecutionContext(
      graph: graph, parameters: parameters, options: options, statement: statement,
      statementTime: Temporal.Clock.now().nanosecondsSinceEpoch, startedAt: start)
    if statement.planRequest == .profile { context.profile = Profile() }
    let batches = try ValueWalk.stop.withValue(context.stop) { try rows(of: plan, columns, context) }
    var summary = QuerySummary()
    summary.counters = context.counters
    summary.warnings = statement.warnings
    if let profile = context.profile {
      summary.plan = PlanDescription(plan, of: statement, on: graph, parameters, options, profile: profile)
    }
    if statement.writes { graph = context.graph }
    summary.elapsed = ContinuousClock.now - start
    return QueryResult(columns: columns.names, graph: graph, summary: summary, batches: batches)
  }

  /// Runs a plan to its end.
  private static func rows(
    of plan: Plan, _ columns: ResultColumns, _ context: ExecutionContext
  ) throws -> [ResultBatch] {
    let columns = columns.variables
    let rowLimit = columns.isEmpty ? nil : context.options.rowLimit
    let root = OperatorBuilder(context: context).build(plan, rowLimit: rowLimit)
    let results = MemoryAccount(context.memory)
    var batches: [ResultBatch] = []
    var count = 0
    while let batch = try root.next() {
      try context.checkStop()
      guard !columns.isEmpty else { continue }
      count += batch.count
      if let rowLimit, count > rowLimit { throw QueryError.tooManyRows(rowLimit) }
      try results.add(batch, keeping: columns)
      batches.append(ResultBatch(columns: columns.map { batch[$0] }, count: batch.count))
    }
    // What a walk over values ended with when it was told to stop counts for nothing.
    try context.checkStop()
    return batches
  }

  // MARK: Statements that are no queries

  private static func explained(
    _ statement: PreparedStatement, _ graph: Graph, _ parameters: MapValue, _ options: QueryOptions,
    since start: ContinuousClock.Instant
  ) -> QueryResult {
    var summary = QuerySummary()
    summary.warnings = statement.warnings
    if case .query(let plan, _) = statement.body {
      summary.plan = PlanDescription(plan, of: statement, on: graph, parameters, options)
    }
    summary.elapsed = ContinuousClock.now - start
    return QueryResult(columns: [], graph: graph, summary: summary, batches: [])
  }
}
