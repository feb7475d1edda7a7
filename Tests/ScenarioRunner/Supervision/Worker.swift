import Foundation

/// What the supervisor asks of a worker: one line of JSON.
struct WorkerRequest: Codable, Sendable {
  var scenario: Scenario
  var timeLimitInSeconds: Double
}

/// What a worker answers: one line of JSON.
struct WorkerAnswer: Codable, Sendable {
  var outcome: ScenarioOutcome
}

/// The child process side: runs the scenarios that come in on standard input, one a line, and answers each on standard
/// output.
///
/// It runs them on the main thread, which has the largest stack, and may crash or hang at any time: that is what the
/// supervisor is for.
package struct Worker<Engine: ScenarioEngine> {
  private let makeEngine: () throws -> Engine

  /// Makes a worker that runs each scenario on an engine of its own.
  package init(makeEngine: @escaping () throws -> Engine) { self.makeEngine = makeEngine }

  /// Serves until standard input ends.
  package func serve() {
    let decoder = JSONDecoder()
    let encoder = JSONEncoder()
    while let line = readLine() {
      let outcome: ScenarioOutcome
      do {
        let request = try decoder.decode(WorkerRequest.self, from: Data(line.utf8))
        outcome = request.scenario.run(on: try makeEngine(), timeLimit: .seconds(request.timeLimitInSeconds))
      } catch {
        outcome = .failed(reason: "the worker cannot run the scenario", details: ["error: \(error)"])
      }
      guard var answer = try? encoder.encode(WorkerAnswer(outcome: outcome)) else { return }
      answer.append(UInt8(ascii: "\n"))
      do { try FileHandle.standardOutput.write(contentsOf: answer) } catch { return }
    }
  }
}
