/// What a step asks for, read from its text, doc string and table.
enum StepAction {
  /// Start from an empty graph.
  case emptyGraph
  /// Start from a named graph.
  case namedGraph(String)
  /// Run a query that must not fail.
  case setUp(String)
  /// Parameters for the queries under test.
  case parameters([String: ScenarioValue])
  /// Register a procedure.
  case procedure(ProcedureDefinition)
  /// Run the query that the following steps check.
  case query(String)
  /// The rows expected.
  case result(ExpectedTable)
  /// No rows expected.
  case emptyResult
  /// The side effects expected.
  case sideEffects(SideEffects)
  /// The error expected.
  case error(ExpectedError)
}

/// A step that asks for nothing the runner knows, or whose text, doc string or table cannot be read.
struct StepError: Error, CustomStringConvertible {
  var description: String
}

extension Step {
  /// Reads what the step asks for.
  ///
  /// - Throws: `StepError`.
  func action() throws(StepError) -> StepAction {
    // The colon announces a doc string or table; some files put a space before it.
    var phrase = text[...].trimmed
    if phrase.hasSuffix(":") { phrase = phrase.dropLast().trimmed }

    switch phrase {
    case "an empty graph", "any graph": return .emptyGraph
    case "having executed": return .setUp(try query())
    case "executing query", "executing control query": return .query(try query())
    case "parameters are": return .parameters(try parameters())
    case "the result should be empty": return .emptyResult
    case "no side effects": return .sideEffects(SideEffects())
    case "the side effects should be": return .sideEffects(try sideEffects())
    default: break
    }
    if let name = StepAction.namedGraph(in: String(phrase)) { return .namedGraph(name) }
    if phrase.hasPrefix("there exists a procedure ") {
      return .procedure(try ProcedureDefinition(signature: phrase.dropFirst(25), table: table ?? []))
    }
    if phrase.hasPrefix("the result should be") { return .result(try expectedTable(phrase)) }
    if let error = try ExpectedError(text) { return .error(error) }
    throw StepError(description: "\"\(text)\" is no step of this format")
  }

  private func query() throws(StepError) -> String {
    guard let docString else { throw StepError(description: "\"\(text)\" without a query below it") }
    return docString
  }

  private func parameters() throws(StepError) -> [String: ScenarioValue] {
    var values: [String: ScenarioValue] = [:]
    for row in table ?? [] {
      guard row.count == 2 else {
        throw StepError(description: "a parameter with \(row.count) cells, expected a name and a value")
      }
      values[row[0]] = try row[1].scenarioValue()
    }
    return values
  }

  private func sideEffects() throws(StepError) -> SideEffects {
    var counts: [String: Int] = [:]
    for row in table ?? [] {
      guard row.count == 2, SideEffects.names.contains(row[0]), let count = Int(row[1]), count >= 0 else {
        throw StepError(description: "\"\(row.joined(separator: " | "))\" is no side effect and its count")
      }
      counts[row[0]] = count
    }
    return SideEffects(counts)
  }

  private func expectedTable(_ phrase: Substring) throws(StepError) -> ExpectedTable {
    guard let table, let header = table.first else {
      throw StepError(description: "\"\(text)\" without a table below it")
    }
    var rest = String(phrase.dropFirst("the result should be".count))
    let suffix = "(ignoring element order for lists)"
    let ignoresListOrder = rest.hasSuffix(suffix)
    if ignoresListOrder { rest.removeLast(suffix.count) }
    let isOrdered: Bool
    switch rest.trimmed.drop(while: { $0 == "," }).trimmed {
    case "", "in any order": isOrdered = false
    case "in order": isOrdered = true
    default: throw StepError(description: "\"\(text)\" is no step of this format")
    }
    var rows: [[ScenarioValue]] = []
    for row in table.dropFirst() {
      var values: [ScenarioValue] = []
      for cell in row { values.append(try cell.scenarioValue()) }
      rows.append(values)
    }
    return ExpectedTable(columns: header, rows: rows, isOrdered: isOrdered, ignoresListOrder: ignoresListOrder)
  }
}

extension StepAction {
  /// The name in `the NAME graph`.
  static func namedGraph(in text: String) -> String? {
    let words = text.split(separator: " ")
    guard words.count == 3, words[0] == "the", words[2] == "graph" else { return nil }
    return String(words[1])
  }
}

extension String {
  /// The value that the text writes.
  fileprivate func scenarioValue() throws(StepError) -> ScenarioValue {
    do throws(ScenarioValueParser.Failure) {
      return try ScenarioValueParser.parse(self)
    } catch {
      throw StepError(description: error.description)
    }
  }
}

extension ExpectedError {
  /// Reads `a TYPE should be raised at PHASE: DETAIL`; `nil` when the text is another step.
  fileprivate init?(_ text: String) throws(StepError) {
    guard let middle = text.firstRange(of: " should be raised at "),
      let colon = text[middle.upperBound...].firstIndex(of: ":"),
      let type = text[..<middle.lowerBound].split(separator: " ").last
    else { return nil }
    let phase = String(text[middle.upperBound..<colon].trimmed)
    guard ["compile time", "runtime", "any time"].contains(phase) else {
      throw StepError(description: "\"\(phase)\" is no phase, expected compile time, runtime or any time")
    }
    let detail = text[text.index(after: colon)...].trimmed
    guard !detail.isEmpty else { throw StepError(description: "\"\(text)\" without a detail, expected one or *") }
    self.init(type: String(type), phase: phase, detail: String(detail))
  }
}

extension ProcedureDefinition {
  /// Reads `name(in :: TYPE, ...) :: (out :: TYPE, ...)` and the table of its rows.
  fileprivate init(signature: Substring, table: [[String]]) throws(StepError) {
    let malformed = StepError(
      description: "\"\(signature)\" is no signature, expected name(in :: TYPE) :: (out :: TYPE)")
    guard let open = signature.firstIndex(of: "("), let close = signature[open...].firstIndex(of: ")") else {
      throw malformed
    }
    let after = signature[signature.index(after: close)...].trimmed
    guard after.hasPrefix("::") else { throw malformed }
    let outputs = after.dropFirst(2).trimmed
    var results: [Field]? = outputs == "VOID" ? [] : nil
    if outputs.hasPrefix("("), outputs.hasSuffix(")") { results = Self.fields(outputs.dropFirst().dropLast()) }
    guard let parameters = Self.fields(signature[signature.index(after: open)..<close]), let results else {
      throw malformed
    }

    self.init(name: String(signature[..<open].trimmed), parameters: parameters, results: results, rows: [])
    guard let header = table.first else { return }
    var inputColumns: [Int] = []
    var outputColumns: [Int] = []
    for (fields, isInput) in [(parameters, true), (results, false)] {
      for field in fields {
        // An output may have the name of an input; columns stand in the order of the signature.
        let taken = isInput ? [] : inputColumns
        guard let column = header.indices.first(where: { header[$0] == field.name && !taken.contains($0) }) else {
          throw StepError(description: "the table of procedure \(name) has no column \(field.name)")
        }
        if isInput { inputColumns.append(column) } else { outputColumns.append(column) }
      }
    }
    guard header.count == inputColumns.count + outputColumns.count else {
      throw StepError(description: "the table of procedure \(name) has columns that its signature lacks")
    }
    for row in table.dropFirst() {
      var values: [ScenarioValue] = []
      for cell in row { values.append(try cell.scenarioValue()) }
      rows.append((inputColumns.map { values[$0] }, outputColumns.map { values[$0] }))
    }
  }

  private static func fields(_ text: Substring) -> [Field]? {
    guard !text.trimmed.isEmpty else { return [] }
    var fields: [Field] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let separator = part.firstRange(of: "::") else { return nil }
      fields.append(
        Field(name: String(part[..<separator.lowerBound].trimmed), type: String(part[separator.upperBound...].trimmed)))
    }
    return fields
  }
}
