import Plenary
import ScenarioRunner

/// Connects the runner to the engine through its public interface: one database for one scenario.
struct PlenaryEngine: ScenarioEngine {
  private let database = Database()

  func run(_ query: String, parameters: [String: ScenarioValue], timeLimit: Duration) throws -> ObservedTable {
    var options = QueryOptions()
    options.timeout = timeLimit
    do {
      let result = try database.query(query, try parameters.mapValues { try Value($0) }, options: options)
      return ObservedTable(
        columns: result.columns,
        rows: result.map { row in
          result.columns.indices.map { ScenarioValue(row.value($0), in: result.graph) }
        })
    } catch let error as QueryError {
      throw ObservedError(
        type: error.code.category, phase: error.phase.rawValue, detail: error.code.detail, message: error.message)
    }
  }

  func register(_ procedure: ProcedureDefinition) throws {
    database.register(try Procedure(procedure))
  }

  func picture() -> GraphPicture { GraphPicture(database.snapshot) }
}
