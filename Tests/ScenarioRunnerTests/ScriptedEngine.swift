import ScenarioRunner

/// An engine that knows nothing: queries are looked up in a script.
final class ScriptedEngine: ScenarioEngine {
  /// What a query does.
  struct Answer {
    var result: Result<ObservedTable, ObservedError> = .success(ObservedTable())
    var picture: GraphPicture?
  }

  var answers: [String: Answer] = [:]
  private(set) var queries: [String] = []
  private(set) var parameters: [[String: String]] = []
  private(set) var procedures: [ProcedureDefinition] = []
  private var current = GraphPicture()

  func run(_ query: String, parameters: [String: ScenarioValue], timeLimit: Duration) throws -> ObservedTable {
    queries.append(query)
    self.parameters.append(parameters.mapValues(\.description))
    let answer = answers[query] ?? Answer()
    if let picture = answer.picture { current = picture }
    return try answer.result.get()
  }

  func register(_ procedure: ProcedureDefinition) { procedures.append(procedure) }

  func picture() -> GraphPicture { current }

  /// Answers a query with rows in the notation of scenarios.
  func answer(_ query: String, columns: [String], rows: [[String]]) throws {
    let rows = try rows.map { try $0.map(ScenarioValueParser.parse) }
    answers[query] = Answer(result: .success(ObservedTable(columns: columns, rows: rows)))
  }
}

extension ScriptedEngine {
  /// Runs the steps as the only scenario of a feature.
  func run(_ steps: String, graphs: [String: String] = [:]) throws -> ScenarioOutcome {
    var scenario = try FeatureReader.scenarios(in: "Feature: F\nScenario: S\n" + steps, file: "f")[0]
    scenario.graphs = graphs
    return scenario.run(on: self, timeLimit: .seconds(10))
  }

  /// Runs the steps and says in a word or two how they ended.
  func reason(_ steps: String, graphs: [String: String] = [:]) throws -> String {
    guard case .failed(let reason, _) = try run(steps, graphs: graphs) else { return "passed" }
    return reason
  }
}
