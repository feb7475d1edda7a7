import Plenary
import PlenarySyntax

/// A graph that is being asked, and how: parameters, format, limits, and where results and messages go.
///
/// Scripts and the interactive shell both run their steps through one.
package final class Session {
  /// How a step ended.
  enum Outcome: Equatable {
    case success
    case failed
    /// Ctrl-C stopped it.
    case interrupted
    /// The user wants to leave.
    case quit
  }

  /// Limits for every query.
  package struct Limits: Equatable, Sendable {
    /// How long one may take.
    package var timeout: Duration?
    /// How many rows one may return.
    package var rowLimit: Int?
    /// How much memory one may keep.
    package var memory = MemoryLimit.automatic
    /// Whether writing is refused.
    package var isReadOnly = false
    /// The most threads that a query may use; `nil` is as many as there are processors.
    package var threadCount: Int?

    /// No limits, but for memory.
    package init() {}
  }

  /// The graph.
  let database: Database
  /// Values for `$name` in queries.
  var parameters = MapValue()
  /// The form of results.
  var format: OutputFormat = .auto
  /// Whether the time of each query is told.
  var isTiming = false
  /// Limits for every query.
  var limits = Limits()
  /// Results.
  let output: TextOutput
  /// Errors and warnings.
  let errors: TextOutput
  let outputStyle: Style
  let errorStyle: Style
  /// Brings Ctrl-C; `nil` runs queries on the calling thread.
  let relay: SignalRelay?
  /// What was entered at the prompt; `nil` for scripts.
  var history: (() -> [String])?
  private var sourceDepth = 0

  init(
    database: Database, output: TextOutput, errors: TextOutput, outputStyle: Style = .plain, errorStyle: Style = .plain,
    relay: SignalRelay? = nil
  ) {
    self.database = database
    self.output = output
    self.errors = errors
    self.outputStyle = outputStyle
    self.errorStyle = errorStyle
    self.relay = relay
  }

  // MARK: Running

  /// Runs the steps of a script one after the other; stops at the first that fails, unless told to keep going.
  func run(_ source: SourceText, keepsGoing: Bool = false) -> Outcome {
    var outcome = Outcome.success
    for step in ScriptText.steps(of: source.text) {
      let result = run(step, of: source)
      switch result {
      case .success: break
      case .failed:
        outcome = .failed
        if !keepsGoing { return .failed }
      case .interrupted, .quit: return result
      }
      if output.isClosed { return outcome }
    }
    return outcome
  }

  /// Runs one step.
  func run(_ step: ScriptText.Step, of source: SourceText) -> Outcome {
    defer {
      output.flush()
      errors.flush()
    }
    switch step.kind {
    case .command:
      return MetaCommand.run(step.text, in: self)
    case .statement:
      return runStatement(step.text, at: step.offset, of: source)
    }
  }

  /// Runs the script in a file.
  func runFile(_ path: String, keepsGoing: Bool = false) -> Outcome {
    // A script that runs itself would otherwise only end with the stack.
    guard sourceDepth < 16 else { return fail("scripts that run scripts are nested more than 16 deep") }
    sourceDepth += 1
    defer { sourceDepth -= 1 }
    do {
      return run(try ScriptFile.read(path), keepsGoing: keepsGoing)
    } catch {
      return fail(error.message)
    }
  }

  /// Says what is wrong.
  func fail(_ message: String, hint: String? = nil) -> Outcome {
    output.flush()
    errors.writeLine(errorStyle.error("error") + ": " + message)
    if let hint { errors.writeLine("  " + errorStyle.hint("hint: ") + hint) }
    errors.flush()
    return .failed
  }

  private func runStatement(_ text: String, at offset: Int, of source: SourceText) -> Outcome {
    let token = CancellationToken()
    do {
      let result = try query(text, token: token)
      report(result.summary.warnings, at: offset, of: source)
      write(result)
      return output.isClosed && output.failure != nil ? .failed : .success
    } catch {
      output.flush()
      if token.isCancelled {
        // Whoever pressed Ctrl-C knows why it ended.
        errors.writeLine("stopped")
        return .interrupted
      }
      let report = DiagnosticReport(style: errorStyle, columns: errors.columns ?? 100)
      errors.write(report.text(of: error, in: source, offset: offset))
      return .failed
    }
  }

  /// Runs one statement with the session's parameters and limits; Ctrl-C cancels it.
  func query(_ text: String, token: CancellationToken = CancellationToken()) throws(QueryError) -> QueryResult {
    var options = QueryOptions()
    options.timeout = limits.timeout
    options.rowLimit = limits.rowLimit
    options.memoryLimit = limits.memory.bytes
    options.isReadOnly = limits.isReadOnly
    options.threadCount = limits.threadCount
    options.cancellation = token
    let database = database
    let parameters = parameters
    do {
      guard let relay else { return try database.query(text, parameters, options: options) }
      return try relay.run(onInterrupt: token.cancel) { [options] in
        try database.query(text, parameters, options: options)
      }
    } catch let error as QueryError {
      throw error
    } catch {
      throw QueryError(.fileUnreadable, String(describing: error))
    }
  }

  // MARK: Writing

  private func report(_ warnings: [Diagnostic], at offset: Int, of source: SourceText) {
    guard !warnings.isEmpty else { return }
    output.flush()
    let report = DiagnosticReport(style: errorStyle, columns: errors.columns ?? 100)
    for warning in warnings { errors.write(report.text(of: warning, in: source, offset: offset)) }
    errors.flush()
  }

  private func write(_ result: QueryResult) {
    let isTable = format.resolved(for: output) == .table
    let table = ResultTable(result)
    if !result.columns.isEmpty { format.write(table, to: output, style: outputStyle) }
    if let plan = result.summary.plan { write(plan, hasRows: !result.columns.isEmpty) }

    var notes: [String] = []
    if isTable && !result.columns.isEmpty { notes.append(Summary.rows(table.count)) }
    if let changes = Summary.changes(result.summary.counters), isTable { notes.append(changes) }
    if isTable && notes.isEmpty && result.summary.plan == nil { notes.append("nothing changed") }
    if isTiming { notes.append(Summary.time(result.summary.elapsed)) }
    guard !notes.isEmpty else { return }
    let line = outputStyle.faint(notes.joined(separator: ", "))
    if isTable {
      output.writeLine(line)
    } else {
      output.flush()
      errors.writeLine(notes.joined(separator: ", "))
    }
  }

  private func write(_ plan: PlanDescription, hasRows: Bool) {
    switch format.resolved(for: output) {
    case .auto, .table: output.write(PlanRenderer(style: outputStyle).text(of: plan))
    // What a profiled query returned is on standard output already, and nothing else may be in it.
    case _ where hasRows: errors.write(PlanRenderer(style: errorStyle).text(of: plan))
    default:
      let (columns, rows) = PlanRenderer.rows(of: plan)
      format.write(ResultTable(columns: columns, rows: rows, graph: database.snapshot), to: output, style: outputStyle)
    }
  }
}

extension ResultTable {
  /// The rows of a query's result.
  init(_ result: QueryResult) {
    self.init(columns: result.columns, graph: result.graph, count: result.count) { body in
      for row in result { body(row.values) }
    }
  }
}
