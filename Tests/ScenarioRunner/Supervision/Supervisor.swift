import Foundation
import Synchronization

/// Runs scenarios in worker processes, so that neither a trap nor a hang ends the run.
///
/// A worker that ends or does not answer in time costs its scenario, which is counted as failed, and is replaced.
///
/// ```swift
/// let supervisor = Supervisor(command: [program, "--worker"], jobs: 2, timeLimit: .seconds(10))
/// let outcomes = supervisor.run(scenarios) { scenario, outcome in print(scenario.title, outcome) }
/// ```
package struct Supervisor: Sendable {
  /// The program that serves as a worker, and its arguments.
  package var command: [String]
  /// How many workers run at the same time.
  package var jobs: Int
  /// How long a scenario may take; the engine is given this deadline.
  package var timeLimit: Duration
  /// How long past the time limit a worker may take to answer before it is stopped.
  package var grace: Duration

  /// Makes a supervisor.
  package init(command: [String], jobs: Int, timeLimit: Duration, grace: Duration = .seconds(2)) {
    self.command = command
    self.jobs = max(1, jobs)
    self.timeLimit = timeLimit
    self.grace = grace
  }

  fileprivate struct State {
    var next = 0
    var outcomes: [ScenarioOutcome?]
    var reported = 0
  }

  /// Runs every scenario and returns the outcomes in their order.
  ///
  /// `report` is called for each in the order of `scenarios`, as soon as those before it are done, one call at a time.
  package func run(
    _ scenarios: [Scenario], report: @escaping @Sendable (Scenario, ScenarioOutcome) -> Void = { _, _ in }
  ) -> [ScenarioOutcome] {
    // Writing to a worker that just died must not end the supervisor.
    signal(SIGPIPE, SIG_IGN)
    let state = SharedState(State(outcomes: Array(repeating: nil, count: scenarios.count)))
    let group = DispatchGroup()
    for _ in 0..<min(jobs, scenarios.count) {
      group.enter()
      let thread = Thread {
        var seat = WorkerSeat(supervisor: self)
        while let index = state.value.withLock({ $0.takeNext() }) {
          let outcome = seat.run(scenarios[index])
          state.value.withLock { state in
            state.outcomes[index] = outcome
            while state.reported < scenarios.count, let outcome = state.outcomes[state.reported] {
              report(scenarios[state.reported], outcome)
              state.reported += 1
            }
          }
        }
        group.leave()
      }
      thread.start()
    }
    group.wait()
    return state.value.withLock { $0.outcomes.compactMap(\.self) }
  }

  /// A mutex that threads can hold on to.
  private final class SharedState: Sendable {
    let value: Mutex<State>
    init(_ state: State) { value = Mutex(state) }
  }
}

extension Supervisor.State {
  fileprivate mutating func takeNext() -> Int? {
    guard next < outcomes.count else { return nil }
    defer { next += 1 }
    return next
  }
}

/// One place for a worker: starts one when there is none.
private struct WorkerSeat {
  private let supervisor: Supervisor
  private let environment: [String: String]
  private let encoder = JSONEncoder()
  private var worker: WorkerProcess?

  init(supervisor: Supervisor) {
    self.supervisor = supervisor
    // Swift's crash reporter takes seconds for each trap.
    environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
  }

  mutating func run(_ scenario: Scenario) -> ScenarioOutcome {
    let request: Data
    let worker: WorkerProcess
    do {
      request = try encoder.encode(
        WorkerRequest(scenario: scenario, timeLimitInSeconds: supervisor.timeLimit / .seconds(1)))
      worker = try self.worker ?? WorkerProcess(command: supervisor.command, environment: environment)
    } catch {
      return .failed(reason: "no worker could be started", details: ["error: \(error)"])
    }
    self.worker = worker
    worker.send(request)
    let deadline = ContinuousClock.now + supervisor.timeLimit + supervisor.grace
    while true {
      switch worker.wait(until: deadline) {
      case .line(let line):
        // An engine may print to standard output; only answers decode.
        guard let answer = try? JSONDecoder().decode(WorkerAnswer.self, from: Data(line.utf8)) else { continue }
        return answer.outcome
      case .silence:
        worker.stop()
        self.worker = nil
        return .failed(reason: "hang (no answer in \(supervisor.timeLimit + supervisor.grace))", details: [])
      case .end(let reason, let errorText):
        self.worker = nil
        return .failed(
          reason: reason, details: errorText.split(separator: "\n").prefix(3).map { "standard error: \($0)" })
      }
    }
  }
}
