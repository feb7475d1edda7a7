import ScenarioRunner
import Synchronization
import Testing

@Suite("Supervision of workers")
struct SupervisorTests {
  /// A worker made of shell: what it does depends on the name of the scenario.
  private let script = #"""
    while read -r request; do
      case $request in
        *traps*) echo 'Fatal error: index out of range' >&2; kill -ILL $$ ;;
        *hangs*) exec sleep 60 ;;
        *ends*) exit 3 ;;
        *talks*) echo 'not an answer'; echo '{"outcome":{"passed":{}}}' ;;
        *) echo '{"outcome":{"passed":{}}}' ;;
      esac
    done
    """#

  private func scenarios(_ names: [String]) -> [Scenario] {
    names.enumerated().map { Scenario(file: "f", line: $0 + 1, name: $1, exampleLine: nil, tags: [], steps: []) }
  }

  private func supervisor(jobs: Int, timeLimit: Duration = .seconds(20)) -> Supervisor {
    Supervisor(command: ["/bin/sh", "-c", script], jobs: jobs, timeLimit: timeLimit, grace: .milliseconds(100))
  }

  @Test("a worker that traps or ends costs its scenario only", arguments: [1, 3])
  func traps(jobs: Int) {
    let outcomes = supervisor(jobs: jobs).run(scenarios(["fine", "traps", "fine", "ends", "talks"]))
    #expect(
      outcomes == [
        .passed,
        .failed(reason: "trap (illegal instruction)", details: ["standard error: Fatal error: index out of range"]),
        .passed,
        .failed(reason: "exit status 3", details: []),
        .passed,
      ])
  }

  @Test("a worker that does not answer is stopped")
  func hangs() {
    let outcomes = supervisor(jobs: 1, timeLimit: .milliseconds(1900)).run(scenarios(["hangs", "fine"]))
    #expect(outcomes == [.failed(reason: "hang (no answer in 2.0 seconds)", details: []), .passed])
  }

  @Test("outcomes are reported in the order of the scenarios")
  func order() {
    let names = (0..<40).map { "scenario \($0)" }
    let reported = Mutex<[String]>([])
    _ = supervisor(jobs: 4).run(scenarios(names)) { scenario, _ in reported.withLock { $0.append(scenario.name) } }
    #expect(reported.withLock { $0 } == names)
  }

  @Test("a worker that cannot be started fails every scenario")
  func missing() {
    let supervisor = Supervisor(command: ["/no/such/program"], jobs: 1, timeLimit: .seconds(1))
    let reasons = supervisor.run(scenarios(["a", "b"])).map { outcome in
      if case .failed(let reason, _) = outcome { reason } else { "passed" }
    }
    #expect(reasons == ["no worker could be started", "no worker could be started"])
  }

  @Test("counts by directory and in all")
  func summary() {
    var summary = RunSummary()
    for (file, hasPassed) in [("a/x", true), ("a/y", false), ("b/c/z", true), ("top", true)] {
      summary.count(file, hasPassed: hasPassed)
    }
    #expect(summary.total.description == "3 passed, 1 failed")
    #expect(
      summary.directories.map { "\($0.path): \($0.counts)" }
        == ["a: 1 passed, 1 failed", "b/c: 1 passed, 0 failed", ".: 1 passed, 0 failed"])
  }
}
