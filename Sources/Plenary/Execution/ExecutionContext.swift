import PlenarySyntax

/// What the operators of one running statement share: the graph, the parameters, the limits.
///
/// One thread uses it at a time. Where several work on a statement, each has a fork of its own.
final class ExecutionContext {
  /// The graph as the statement sees it: its own writes included.
  var graph: Graph
  let parameters: MapValue
  let options: QueryOptions
  let variableCount: Int
  /// Whether parts of the statement may run on other threads.
  let mayShareWork: Bool
  /// Whether the statement may change the graph while it runs.
  let writes: Bool
  let subplans: [Subplan]
  /// The statement's clock, in nanoseconds since 1970-01-01T00:00Z.
  let statementTime: Int64
  var counters = WriteCounters()
  /// What the operators keep in memory, and the most they may keep.
  let memory: MemoryBudget
  /// Filled in by PROFILE: what each operator did, by its number.
  var profile: Profile?
  /// Regular expressions that the statement has compiled.
  var regularExpressions = RegularExpressionCache()
  /// Machines for the expressions that many texts were tested against; `nil` where there is none.
  var automata: [ExactText: RegularExpressionAutomaton?] = [:]

  /// The names of relationship types by token, once some were asked for.
  var typeNames: TypeNames?
  /// The combinations of labels, once those of many nodes were asked for, and of how many they were.
  var labelSets: LabelSets?
  var labelledRows = 0
  /// The components of dates that were asked for.
  var dateComponents: [DateComponents] = []
  /// The values of subqueries that have the same one for all rows, as far as they are known.
  var constantSubqueries: [SubqueryID: Value] = [:]
  /// What counts the matches of subqueries, made when first asked for.
  var matchCounters: [SubqueryID: MatchCounter] = [:]
  /// Right sides of joins that have an argument on the left, by the number of the join: these are run again and again.
  var joinSides: [Int: JoinSide] = [:]

  /// What stops the statement from outside.
  let stop: StopSignal

  init(
    graph: Graph, parameters: MapValue, options: QueryOptions, statement: PreparedStatement,
    statementTime: Int64, startedAt start: ContinuousClock.Instant
  ) {
    self.graph = graph
    self.parameters = parameters
    self.options = options
    self.statementTime = statementTime
    variableCount = statement.variables.count
    // Plans are kept while the graph grows by half; so much room is left before other threads are ruled out.
    mayShareWork =
      statement.shareableWork * 2 >= Double(options.minimumParallelRows) && options.availableThreads > 1
    writes = statement.writes
    subplans = statement.subplans
    memory = MemoryBudget(limit: options.memoryLimit, isProfiled: statement.planRequest == .profile)
    stop =
      options.cancellation == nil && options.timeout == nil
      ? .never : StopSignal(cancellation: options.cancellation, deadline: options.timeout.map { start + $0 })
  }

  /// A context for another thread that works on the same statement, which must be one that only reads.
  ///
  /// - Parameter mayShareWork: whether that thread may ask others for help in turn.
  func forked(mayShareWork: Bool = false) -> ExecutionContext {
    ExecutionContext(forking: self, mayShareWork: mayShareWork)
  }

  private init(forking other: ExecutionContext, mayShareWork: Bool) {
    graph = other.graph
    parameters = other.parameters
    options = other.options
    statementTime = other.statementTime
    variableCount = other.variableCount
    subplans = other.subplans
    stop = other.stop
    memory = other.memory
    self.mayShareWork = mayShareWork && other.mayShareWork
    writes = other.writes
    regularExpressions = other.regularExpressions
    if other.profile != nil { profile = Profile() }
  }

  /// The rows an operator makes at once.
  var batchSize: Int { max(1, options.batchSize) }

  /// Stops the statement when someone asked for it or its time is over. Every loop that can run long calls it once a
  /// batch.
  ///
  /// - Throws: `cancelled`, `deadlineExceeded`.
  @inline(__always)
  func checkStop() throws(QueryError) { if stop.isWatched { try stop.check() } }

  /// How many threads may share work on so many rows.
  func threads(forRows count: Int) -> Int {
    mayShareWork && count >= options.minimumParallelRows ? options.availableThreads : 1
  }

  /// Whether entities may be gone that rows still hold.
  var hasDeleted: Bool { counters.nodesDeleted > 0 || counters.relationshipsDeleted > 0 }
}

/// What PROFILE measures of each operator.
struct Profile: Sendable {
  struct Entry: Sendable {
    var rows = 0
    /// With the time of its inputs.
    var elapsed: Duration = .zero
    /// The most bytes it held.
    var memory = 0
  }

  var entries: [Int: Entry] = [:]
}
