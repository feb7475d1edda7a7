import ArgumentParser
import Foundation
import ScenarioRunner

/// `PlenaryTCK --features DIR`: runs scenarios in the format of the openCypher TCK against the engine.
///
/// Ends with 0 when every scenario passed, 1 when one failed, 2 when there was nothing to run.
@main
struct ConformanceRun: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "PlenaryTCK",
    abstract: "Run the scenarios of feature files against the engine.",
    discussion: """
      Prints one line for each failure and at the end "N passed, N failed". Every scenario runs on a graph of its own \
      in a worker process, so a trap or a hang costs that scenario and no other.
      """)

  @Option(help: "The directory with feature files, at any depth, or one file.")
  var features: String?

  @Option(help: "Run only scenarios whose file or name contains this text; repeat for more.")
  var filter: [String] = []

  @Flag(name: .shortAndLong, help: "Show what was expected and what was found.")
  var verbose = false

  @Flag(help: "List the scenarios instead of running them.")
  var list = false

  @Flag(help: "Read every step and every expected value instead of running them.")
  var check = false

  @Flag(help: "Show the counts of each directory before the total.")
  var summary = false

  @Option(name: .shortAndLong, help: "How many scenarios run at the same time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "How many seconds a scenario may take.")
  var timeout = 10.0

  @Flag(help: .hidden)
  var worker = false

  static func main() {
    do {
      var run = try parse()
      try run.run()
    } catch let status as ExitCode {
      Foundation.exit(status.rawValue)
    } catch {
      // Wrong usage is 2 here, as everywhere in this project; help that was asked for is no failure.
      let text = fullMessage(for: error)
      let isFailure = exitCode(for: error) != .success
      write(text, to: isFailure ? .standardError : .standardOutput)
      Foundation.exit(isFailure ? 2 : 0)
    }
  }

  func validate() throws {
    guard jobs > 0 else { throw ValidationError("--jobs is \(jobs), expected 1 or more.") }
    guard timeout > 0, timeout <= 86_400 else {
      throw ValidationError("--timeout is \(timeout), expected seconds above 0 and up to 86400.")
    }
    guard worker || features != nil else { throw ValidationError("Missing expected argument '--features <features>'.") }
  }

  mutating func run() throws {
    if worker { return Worker { PlenaryEngine() }.serve() }
    let directory: FeatureDirectory
    do {
      directory = try FeatureDirectory(path: features ?? "")
    } catch {
      Self.write("\(error)", to: .standardError)
      throw ExitCode(2)
    }
    let scenarios = directory.scenarios.filter(isWanted)
    guard !scenarios.isEmpty || !directory.errors.isEmpty else {
      Self.write("\(features ?? ""): no scenarios", to: .standardError)
      throw ExitCode(2)
    }
    if list { return scenarios.forEach { Self.write($0.title) } }
    let total = check ? read(scenarios, directory.errors) : execute(scenarios, directory.errors)
    Self.write(total.description)
    if total.failed > 0 { throw ExitCode(1) }
  }

  private func isWanted(_ scenario: Scenario) -> Bool {
    filter.isEmpty || filter.contains { scenario.title.contains($0) }
  }

  // MARK: Running

  private func execute(_ scenarios: [Scenario], _ errors: [FeatureError]) -> RunSummary.Counts {
    let supervisor = Supervisor(
      command: [Self.program, "--worker"], jobs: jobs, timeLimit: .seconds(timeout))
    let showsDetails = verbose
    let outcomes = supervisor.run(scenarios) { scenario, outcome in
      guard case .failed(let reason, let details) = outcome else { return }
      Self.write("\(scenario.title) — \(reason)")
      if showsDetails { for line in details { Self.write("    \(line)") } }
    }
    var result = RunSummary()
    for (scenario, outcome) in zip(scenarios, outcomes) { result.count(scenario.file, hasPassed: outcome.hasPassed) }
    report(errors, in: &result)
    if summary { for (path, counts) in result.directories { Self.write("\(path): \(counts)") } }
    return result.total
  }

  /// Files that cannot be read fail the run, but do not keep the others from running.
  private func report(_ errors: [FeatureError], in result: inout RunSummary) {
    for error in errors {
      Self.write("\(error.file):\(error.line) the file cannot be read — \(error.message)")
      result.count(error.file, hasPassed: false)
    }
  }

  /// This program, to be started again as a worker.
  private static var program: String {
    Bundle.main.executablePath ?? CommandLine.arguments[0]
  }

  // MARK: Reading

  private func read(_ scenarios: [Scenario], _ errors: [FeatureError]) -> RunSummary.Counts {
    var result = RunSummary()
    for scenario in scenarios {
      let problems = scenario.unreadableSteps()
      problems.forEach { Self.write($0) }
      result.count(scenario.file, hasPassed: problems.isEmpty)
    }
    report(errors, in: &result)
    return result.total
  }

  /// Writes a line at once, so that a run can be followed while it goes on.
  private static func write(_ text: String, to handle: FileHandle = .standardOutput) {
    try? handle.write(contentsOf: Data((text + "\n").utf8))
  }
}
