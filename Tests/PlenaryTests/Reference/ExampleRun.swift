import Plenary
import PlenarySyntax

/// Runs an example of the documents and writes down what came of it, as text that two runs agree on.
struct ExampleRun {
  /// The first line of a script that does not start from the built-in graph.
  static let emptyGraphMark = "// on an empty graph"

  /// What came of it, without a line break at its end.
  let output: String
  /// The codes of the error and the warnings.
  let codes: [DiagnosticCode]

  /// Runs the statements of a script one after the other and shows the result of the last, or the first error.
  init(_ script: String) throws {
    var graph = script.hasPrefix(Self.emptyGraphMark) ? Graph() : try BuiltIn.graph.get()
    let tree = Parser.parse(script)
    do {
      if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
        output = DiagnosticRenderer().render(error, in: script)
        codes = [error.code]
        return
      }
      var last: QueryResult?
      for statement in tree.statements {
        last = try graph.execute(tree.text(in: statement.range))
      }
      output = last.map { Self.text(of: $0, script) } ?? ""
      codes = last?.summary.warnings.map(\.code) ?? []
    } catch let error {
      output = DiagnosticRenderer().render("error", error.message, at: error.range, hint: error.hint, in: error.text)
      codes = [error.code]
    }
  }

  private enum BuiltIn {
    static let graph = Result { try Database.open("accsm").snapshot }
  }

  private static func text(of result: QueryResult, _ script: String) -> String {
    var parts = result.summary.warnings.map { DiagnosticRenderer().render($0, in: script).trimmed }
    if let plan = result.summary.plan {
      parts.append(lines(of: plan, depth: 0).joined(separator: "\n"))
    } else if !result.columns.isEmpty {
      parts.append(table(of: result))
    }
    let changes = changes(result.summary.counters)
    if !changes.isEmpty { parts.append(changes.joined(separator: ", ")) }
    return parts.joined(separator: "\n\n")
  }

  /// Values in the language's notation, columns padded to one width.
  private static func table(of result: QueryResult) -> String {
    var lines = [result.columns]
    for row in result { lines.append(row.values.map { result.graph.description(of: $0) }) }
    let widths = result.columns.indices.map { column in lines.map { $0[column].unicodeScalars.count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.unicodeScalars.count) }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    var text = lines.map(line)
    text.insert(line(widths.map { String(repeating: "-", count: $0) }), at: 1)
    return text.joined(separator: "\n")
  }

  // Without estimates and times, which change with the planner and the machine.
  private static func lines(of plan: PlanDescription, depth: Int) -> [String] {
    let rows = plan.rows.map { "  \($0) row\($0 == 1 ? "" : "s")" } ?? ""
    let details = plan.details.isEmpty ? "" : "  " + plan.details
    let indent = String(repeating: "  ", count: depth)
    return [indent + plan.name + details + rows] + plan.children.flatMap { lines(of: $0, depth: depth + 1) }
  }

  private static func changes(_ counters: WriteCounters) -> [String] {
    let counts = [
      ("nodes created", counters.nodesCreated), ("relationships created", counters.relationshipsCreated),
      ("nodes deleted", counters.nodesDeleted), ("relationships deleted", counters.relationshipsDeleted),
      ("properties set", counters.propertiesSet), ("labels added", counters.labelsAdded),
      ("labels removed", counters.labelsRemoved), ("indexes changed", counters.indexesChanged),
      ("constraints changed", counters.constraintsChanged),
    ]
    return counts.filter { $0.1 > 0 }.map { "\($0.0): \($0.1)" }
  }
}

extension String {
  /// The text without line breaks at its end.
  var trimmed: String {
    var rest = self[...]
    while rest.last?.isNewline == true { rest = rest.dropLast() }
    return String(rest)
  }
}
