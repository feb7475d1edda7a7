import Plenary
import ScenarioRunner

extension Procedure {
  /// Makes a host procedure of the table that a scenario brings.
  ///
  /// - Throws: `GraphElementError` or `UnknownTypeError` when the definition cannot be a procedure.
  init(_ definition: ProcedureDefinition) throws {
    // The results are made here, where nonsense in the table can still be reported.
    for row in definition.rows { for value in row.results { _ = try Value(value) } }
    self.init(
      name: definition.name,
      parameters: try definition.parameters.map { try Field($0.name, ValueType(named: $0.type)) },
      results: try definition.results.map { try Field($0.name, ValueType(named: $0.type)) },
      rows: { arguments, graph in
        let arguments = arguments.map { ScenarioValue($0, in: graph) }
        return try definition.results(for: arguments).map { row in try row.map { try Value($0) } }
      })
  }
}

/// A type in the signature of a procedure that the language does not have.
struct UnknownTypeError: Error, CustomStringConvertible {
  var name: String
  var description: String { "\"\(name)\" is no type of the language" }
}

extension ValueType {
  /// Reads a type of a signature; the question mark of a nullable type says nothing new, null belongs to every type.
  fileprivate init(named text: String) throws(UnknownTypeError) {
    let name = text.hasSuffix("?") ? String(text.dropLast()) : text
    if name.hasPrefix("LIST") {
      self = .list
      return
    }
    self =
      switch name {
      case "ANY": .any
      case "BOOLEAN": .boolean
      case "INTEGER": .integer
      case "FLOAT": .float
      case "NUMBER": .number
      case "STRING": .string
      case "MAP": .map
      case "NODE": .node
      case "RELATIONSHIP": .relationship
      case "PATH": .path
      case "DATE": .date
      case "LOCALTIME": .localTime
      case "TIME": .time
      case "LOCALDATETIME": .localDateTime
      case "DATETIME": .dateTime
      case "DURATION": .duration
      default: throw UnknownTypeError(name: text)
      }
  }
}
