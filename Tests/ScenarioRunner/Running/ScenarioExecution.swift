/// How a scenario ended.
package enum ScenarioOutcome: Codable, Hashable, Sendable {
  case passed
  /// Why, in one line, and what was expected and found.
  case failed(reason: String, details: [String])

  package var hasPassed: Bool { self == .passed }
}

extension Scenario {
  /// Runs the scenario on a fresh engine.
  ///
  /// Every expectation is read before the first step runs, so that a scenario that expects nonsense fails even when an
  /// earlier step would have stopped it.
  package func run(on engine: some ScenarioEngine, timeLimit: Duration) -> ScenarioOutcome {
    var actions: [(Step, StepAction)] = []
    for step in steps {
      do throws(StepError) {
        actions.append((step, try step.action()))
      } catch {
        return .failed(reason: "step cannot be read", details: ["step: \(file):\(step.line)", error.description])
      }
    }
    let execution = ScenarioExecution(scenario: self, engine: engine, timeLimit: timeLimit)
    for (step, action) in actions {
      if let mismatch = execution.perform(action) { return failure(mismatch, at: step, execution.query?.text) }
    }
    if let mismatch = execution.finishQuery() { return failure(mismatch, at: steps.last, execution.query?.text) }
    guard execution.query != nil else { return .failed(reason: "no query to check", details: []) }
    return .passed
  }

  private func failure(_ mismatch: Mismatch, at step: Step?, _ query: String?) -> ScenarioOutcome {
    var details = mismatch.details
    if let step { details.append("step: \(file):\(step.line) \(step.text)") }
    if let query {
      details.append("query:")
      details += query.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
    }
    return .failed(reason: mismatch.reason, details: details)
  }

  /// Reads every expectation of the scenario; says what cannot be read.
  package func unreadableSteps() -> [String] {
    steps.compactMap { step in
      do throws(StepError) {
        if case .namedGraph(let name) = try step.action(), graphs[name] == nil {
          return "\(file):\(step.line): no script for the graph \(name)"
        }
        return nil
      } catch {
        return "\(file):\(step.line): \(error)"
      }
    }
  }
}

/// The state between the steps of a scenario.
private final class ScenarioExecution<Engine: ScenarioEngine> {
  /// The query under test and what came of it.
  struct Query {
    var text: String
    var result: Result<ObservedTable, any Error>
    var before: GraphPicture
    var after: GraphPicture
    var expectsError = false
  }

  private let scenario: Scenario
  private let engine: Engine
  private let deadline: ContinuousClock.Instant
  private var parameters: [String: ScenarioValue] = [:]
  private(set) var query: Query?

  init(scenario: Scenario, engine: Engine, timeLimit: Duration) {
    self.scenario = scenario
    self.engine = engine
    deadline = .now + timeLimit
  }

  /// Does what a step asks; says what is wrong.
  func perform(_ action: StepAction) -> Mismatch? {
    switch action {
    case .emptyGraph:
      return nil
    case .namedGraph(let name):
      guard let script = scenario.graphs[name] else { return Mismatch(reason: "there is no graph named \(name)") }
      return statements(in: script).lazy.compactMap(setUp).first
    case .setUp(let text):
      return setUp(text)
    case .parameters(let values):
      parameters.merge(values) { $1 }
      return nil
    case .procedure(let definition):
      return attempt("procedure \(definition.name) cannot be registered") { try engine.register(definition) }
    case .query(let text):
      return finishQuery() ?? execute(text)
    case .result(let expected):
      return table { expected.mismatch($0) }
    case .emptyResult:
      return table { found in
        guard !found.rows.isEmpty else { return nil }
        return Mismatch(
          reason: "\(found.rows.count) rows, expected none",
          details: found.rows.prefix(10).map { "found: \(rowText($0))" })
      }
    case .sideEffects(let expected):
      return check(expected)
    case .error(let expected):
      return check(expected)
    }
  }

  /// An error that no step expected.
  func finishQuery() -> Mismatch? {
    guard let query, !query.expectsError, case .failure(let error) = query.result else { return nil }
    return unexpected(error)
  }

  // MARK: Running

  private var remainingTime: Duration { max(.milliseconds(1), deadline - .now) }

  private func setUp(_ text: String) -> Mismatch? {
    attempt("set-up failed") { _ = try engine.run(text, parameters: [:], timeLimit: remainingTime) }
  }

  private func execute(_ text: String) -> Mismatch? {
    attempt("the graph cannot be read") {
      let before = try engine.picture()
      let result = Result { try engine.run(text, parameters: parameters, timeLimit: remainingTime) }
      query = Query(text: text, result: result, before: before, after: try engine.picture())
    } ?? leftovers()
  }

  /// A failed query must not have changed anything, whether or not the failure is expected.
  private func leftovers() -> Mismatch? {
    guard let query, case .failure(let error) = query.result, query.before != query.after else { return nil }
    return Mismatch(
      reason: "a failed query changed the graph",
      details: ["changes: \(SideEffects(from: query.before, to: query.after))", "error: \(error)"])
  }

  private func attempt(_ what: String, _ body: () throws -> Void) -> Mismatch? {
    do {
      try body()
      return nil
    } catch {
      return Mismatch(reason: "\(what): \(summary(error))", details: ["error: \(error)"])
    }
  }

  // MARK: Checking

  private func table(_ check: (ObservedTable) -> Mismatch?) -> Mismatch? {
    switch query?.result {
    case nil: Mismatch(reason: "a result is expected before any query")
    case .failure(let error): unexpected(error)
    case .success(let table): check(table)
    }
  }

  private func check(_ expected: SideEffects) -> Mismatch? {
    guard let query else { return Mismatch(reason: "side effects are expected before any query") }
    let found = SideEffects(from: query.before, to: query.after)
    guard found != expected else { return nil }
    return Mismatch(reason: "other side effects", details: ["expected: \(expected)", "found:    \(found)"])
  }

  private func check(_ expected: ExpectedError) -> Mismatch? {
    query?.expectsError = true
    switch query?.result {
    case nil:
      return Mismatch(reason: "an error is expected before any query")
    case .success(let table):
      return Mismatch(
        reason: "no error, expected \(expected.description)",
        details: ["found columns: \(rowText(table.columns))"] + table.rows.prefix(10).map { "found: \(rowText($0))" })
    case .failure(let error as ObservedError):
      return expected.mismatch(error)
    case .failure(let error):
      return unexpected(error)
    }
  }

  private func unexpected(_ error: any Error) -> Mismatch {
    Mismatch(reason: "unexpected error \(summary(error))", details: ["error: \(error)"])
  }

  private func summary(_ error: any Error) -> String {
    guard let error = error as? ObservedError else { return "\(error)" }
    return "\(error.type) at \(error.phase): \(error.detail)"
  }
}
