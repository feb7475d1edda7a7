/// What a scenario needs of a query engine; one value is one fresh, empty graph.
///
/// The runner knows no engine, so that its own tests need none: an adapter of a few lines connects one.
package protocol ScenarioEngine {
  /// Runs one query in a transaction of its own.
  ///
  /// - Throws: `ObservedError` when the query fails; anything else is a defect of the engine or the adapter.
  func run(_ query: String, parameters: [String: ScenarioValue], timeLimit: Duration) throws -> ObservedTable

  /// Makes a procedure known to the queries that follow.
  func register(_ procedure: ProcedureDefinition) throws

  /// What can be seen of the graph now.
  func picture() throws -> GraphPicture
}

/// The rows that a query returned.
package struct ObservedTable: Sendable {
  package var columns: [String]
  package var rows: [[ScenarioValue]]

  /// Makes a table.
  package init(columns: [String] = [], rows: [[ScenarioValue]] = []) {
    self.columns = columns
    self.rows = rows
  }
}

/// The error that a query failed with, in openCypher's terms.
package struct ObservedError: Error, Hashable, Sendable, CustomStringConvertible {
  /// For example `SyntaxError`.
  package var type: String
  /// `compile time` or `runtime`.
  package var phase: String
  /// For example `UndefinedVariable`.
  package var detail: String
  /// The engine's own words.
  package var message: String

  /// Makes an error.
  package init(type: String, phase: String, detail: String, message: String = "") {
    self.type = type
    self.phase = phase
    self.detail = detail
    self.message = message
  }

  /// `SyntaxError at compile time: UndefinedVariable (variable "m" is not defined)`.
  package var description: String {
    "\(type) at \(phase): \(detail)" + (message.isEmpty ? "" : " (\(message))")
  }
}

/// A procedure that a scenario brings with it: a table from arguments to results.
package struct ProcedureDefinition: Sendable {
  /// A parameter or result: its name and its type as written, for example `INTEGER?`.
  package struct Field: Hashable, Sendable {
    package var name: String
    package var type: String

    /// Makes a field.
    package init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  package var name: String
  package var parameters: [Field]
  package var results: [Field]
  /// For each row the values of the parameters, then those of the results, in the order of the signature.
  package var rows: [(arguments: [ScenarioValue], results: [ScenarioValue])]

  /// The result rows for the given arguments: those of the rows whose inputs are equal to them.
  ///
  /// An integer equals the float of its value, because a signature may ask for the one where the call gives the other.
  package func results(for arguments: [ScenarioValue]) -> [[ScenarioValue]] {
    rows.filter { row in
      row.arguments.elementsEqual(arguments) { expected, given in
        switch (expected, given) {
        case (.integer(let a), .float(let b)): Double(a) == b
        case (.float(let a), .integer(let b)): a == Double(b)
        default: expected.matches(given)
        }
      }
    }.map(\.results)
  }
}
