import PlenarySyntax
import Synchronization

/// A graph that changes: holds the current snapshot, runs queries on it, and lets one writer at a time replace it.
///
/// Readers take a snapshot and never wait. A statement that writes works on a copy and swaps it in when it has
/// succeeded; one that fails changes nothing.
///
/// ```swift
/// let database = try Database.open("accsm")
/// let result = try database.query("MATCH (s:State)-[:CHAIRS]->(b:Body {id: $id}) RETURN s.name AS state", ["id": "accsm"])
/// for row in result { print(try row["state"] as String) }
/// ```
public final class Database: Sendable {
  /// The current graph, or how to get the first one.
  private enum Current: Sendable {
    case loaded(Graph)
    case deferred(@Sendable () -> Graph)
  }

  private let current: Mutex<Current>
  /// Held by the one who writes, so that readers of `current` never wait for a writer's work.
  private let writer = Mutex<Void>(())
  /// The thread that holds `writer`. Only that thread can find itself here, so no stronger ordering is needed.
  private let writingThread = Atomic<UInt>(ThreadIdentity.none)
  /// Whether a thread is making a new base.
  private let isFolding = Atomic<Bool>(false)
  private let procedures: Mutex<ProcedureRegistry>
  private let plans = PlanCache()

  /// Makes a database with a graph, empty by default.
  public init(_ graph: Graph = Graph()) {
    current = Mutex(.loaded(graph))
    procedures = Mutex(.builtIn)
  }

  /// Makes a database whose graph is made when something first asks for it. What only calculates never does: that
  /// saves a short run the greater part of its time.
  init(deferring load: @escaping @Sendable () -> Graph) {
    current = Mutex(.deferred(load))
    procedures = Mutex(.builtIn)
  }

  /// The graph as it is now. O(1); later writes do not change it.
  public var snapshot: Graph {
    current.withLock { current in
      switch current {
      case .loaded(let graph): return graph
      case .deferred(let load):
        let graph = load()
        current = .loaded(graph)
        return graph
      }
    }
  }

  /// The graph that a statement needs: an empty one when none is loaded and the statement looks at none.
  private func graph(for text: String, _ parameters: MapValue) -> Graph {
    let isDeferred = current.withLock { if case .deferred = $0 { true } else { false } }
    if isDeferred, parameters.isEmpty, !Parser.parse(text).readsGraph { return Graph() }
    return snapshot
  }

  /// Makes a procedure callable; one of the same name is replaced.
  public func register(_ procedure: Procedure) {
    procedures.withLock { $0.add(procedure) }
    plans.removeAll()
  }

  /// Runs one statement: reads the current snapshot, or writes and commits.
  ///
  /// - Parameters:
  ///   - text: one statement, with or without a `;` at its end.
  ///   - parameters: the values of `$name`.
  ///   - options: limits and cancellation.
  /// - Throws: `QueryError`; the graph is then as it was.
  @discardableResult
  public func query(
    _ text: String, _ parameters: MapValue = [:], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    let clock = ContinuousClock.now
    var graph = graph(for: text, parameters)
    let statement = try plans.statement(
      text, parameters, on: graph, procedures: procedures.withLock { $0 }, options)
    guard statement.writes, statement.planRequest != .explain else {
      return try Engine.run(statement, on: &graph, parameters, options, since: clock)
    }
    guard !isWriting else {
      throw QueryError(
        .transactionOpen, "a statement that writes inside a write of the same database",
        hint: "run it on the transaction that the closure was given", text: text)
    }
    return try write { (transaction) throws(QueryError) in
      // Asked for again: the graph, its indexes above all, may be another by the time it is our turn.
      try transaction.query(text, parameters, options: options)
    }
  }

  /// Runs several statements that belong together: all of their changes or none.
  ///
  /// ```swift
  /// try database.write { transaction in
  ///   try transaction.query("CREATE (:Topic {name: $name})", ["name": "Digital services"])
  ///   try transaction.query("MATCH (t:Topic) WHERE t.name IS NULL DELETE t")
  /// }
  /// ```
  ///
  /// One writer works at a time; others wait. Inside `body`, `query` on the database itself still reads the snapshot from
  /// before, and throws `transaction-open` for a statement that writes.
  ///
  /// - Parameter body: runs statements on the transaction; an error thrown out of it drops all changes.
  /// - Returns: what `body` returns.
  /// - Precondition: `body` does not call `write` on the same database: it would wait for itself.
  public func write<Result, Failure: Error>(
    _ body: (inout Transaction) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(!isWriting, "Database.write inside a write of the same database: use the transaction of the outer one")
    let outcome = writer.withLock { _ -> Swift.Result<Result, Failure> in
      writingThread.store(ThreadIdentity.current, ordering: .relaxed)
      defer { writingThread.store(ThreadIdentity.none, ordering: .relaxed) }
      var transaction = Transaction(graph: snapshot, procedures: procedures.withLock { $0 }, plans: plans)
      do throws(Failure) {
        let result = try body(&transaction)
        commit(transaction.graph)
        return .success(result)
      } catch {
        return .failure(error)
      }
    }
    return try outcome.get()
  }

  /// Makes a graph the current one; to be called by the writer.
  private func commit(_ graph: consuming Graph) {
    if graph.isFoldingWorthwhile, graph.isFoldedAtOnce { graph.fold() }
    let committed = graph
    current.withLock { $0 = .loaded(committed) }
    if committed.isFoldingWorthwhile { foldInBackground(committed) }
  }

  /// Makes a new base on a thread of its own, while readers read and writers write, and puts what was written
  /// meanwhile on top of it. Does nothing if that is under way already.
  private func foldInBackground(_ origin: Graph) {
    guard isFolding.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else { return }
    let thread = NativeThread.start(stackBytes: 1 << 20) { [self] in
      NativeThread.blockSignals()
      let folded = origin.folded()
      let next = writer.withLock { _ -> Graph? in
        defer { isFolding.store(false, ordering: .releasing) }
        // Nothing but writes can have happened; if the graph is another one all the same, it keeps its base.
        guard let rebased = snapshot.rebased(onto: folded, from: origin) else { return nil }
        current.withLock { $0 = .loaded(rebased) }
        return rebased
      }
      // The writes that came meanwhile may be worth another one.
      if let next, next.isFoldingWorthwhile { foldInBackground(next) }
    }
    guard let thread else {
      // No thread to be had: the next commit tries again.
      isFolding.store(false, ordering: .releasing)
      return
    }
    thread.detach()
  }

  /// Whether a new base is being made; for tests.
  var isFoldingInBackground: Bool { isFolding.load(ordering: .acquiring) }

  /// What is wrong or suspicious in a text of one or more statements; nothing is run.
  ///
  /// Parameters may be left open. Diagnostics come in order of position.
  public func check(_ text: String) -> [Diagnostic] {
    let tree = Parser.parse(text)
    guard !tree.hasErrors else { return tree.diagnostics }
    let environment = Binder.Environment(
      graph: snapshot, procedures: procedures.withLock { $0 }, parameterNames: nil)
    let found = tree.statements.flatMap { Binder.check($0, of: tree, in: environment) }
    return (tree.diagnostics + found).sorted { $0.range.start < $1.range.start }
  }

  /// The procedures that can be called, sorted by name.
  public var procedureList: [Procedure] { procedures.withLock { $0.all } }

  /// Whether this thread is inside `write`.
  private var isWriting: Bool { writingThread.load(ordering: .relaxed) == ThreadIdentity.current }
}

/// Statements that belong together, on a copy of the graph that only they see until they are committed.
public struct Transaction {
  /// The graph with the changes so far.
  public internal(set) var graph: Graph
  let procedures: ProcedureRegistry
  let plans: PlanCache

  /// Runs one statement and sees what the earlier ones did.
  ///
  /// - Throws: `QueryError`; this statement has then changed nothing, and the transaction can go on.
  @discardableResult
  public mutating func query(
    _ text: String, _ parameters: MapValue = [:], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    let clock = ContinuousClock.now
    let statement = try plans.statement(text, parameters, on: graph, procedures: procedures, options)
    return try Engine.run(statement, on: &graph, parameters, options, since: clock)
  }
}

extension Graph {
  /// Runs a statement that reads this snapshot.
  ///
  /// - Throws: `QueryError`; `read-only` when the statement would write.
  public func query(
    _ text: String, _ parameters: MapValue = [:], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    var options = options
    options.isReadOnly = true
    var copy = self
    return try copy.execute(text, parameters, options: options)
  }

  /// Runs a statement on this graph, which changes if the statement writes: asking "what if" on a fork costs nothing.
  ///
  /// ```swift
  /// var fork = database.snapshot
  /// try fork.execute("MATCH (s:State {id: 'tl'}) SET s:Member")
  /// fork.nodeCount    // the database's own graph has not changed
  /// ```
  ///
  /// - Throws: `QueryError`; the graph is then as it was.
  @discardableResult
  public mutating func execute(
    _ text: String, _ parameters: MapValue = [:], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> QueryResult {
    let clock = ContinuousClock.now
    let statement = try Engine.prepare(text, parameters, on: self, procedures: .builtIn, options)
    return try Engine.run(statement, on: &self, parameters, options, since: clock)
  }
}
