import Foundation
import PlenarySyntax

@testable import Plenary

/// A Markdown file of cases: what is asked of which graph, and what came of it when it was last looked at.
///
/// A `##` heading begins a case. Fenced blocks under `### GRAPH` and `### QUERY` are input: statements that make the
/// graph of a case (or, before the first case, of every case without its own), and statements to run on it one after
/// the other. The blocks under `### RESULT`, `### EFFECT`, `### ERROR`, `### WARNING` and `### PLAN` are output. The test
/// makes the outputs anew and compares; with `PLENARY_UPDATE_GOLDEN=1` it writes them into the file, to be read before
/// they are kept.
struct GoldenFile {
  private enum Part {
    case text(String)
    case block(heading: String, lines: [String])
  }

  let path: URL
  private let parts: [Part]

  static let outputs: Set<String> = ["RESULT", "EFFECT", "ERROR", "WARNING", "PLAN"]

  /// The files of this folder's `Golden`.
  static let all: [URL] = {
    let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    let files = (try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
  }()

  init(_ path: URL) throws {
    self.path = path
    var parts: [Part] = []
    var heading: String?
    var block: [String]?
    for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = block {
        if line == "```" {
          parts.append(.block(heading: heading ?? "", lines: lines))
          (heading, block) = (nil, nil)
        } else {
          block = lines + [String(line)]
        }
      } else if line.hasPrefix("### ") {
        heading = String(line.dropFirst(4))
      } else if heading != nil, line.hasPrefix("```") {
        block = []
      } else if heading == nil || !line.isEmpty {
        parts.append(.text(String(line)))
      }
    }
    self.parts = parts
  }

  /// The file with outputs made anew.
  func rendered() throws -> String {
    var lines: [String] = []
    var common: [String] = []
    var graph: Graph?
    var isInCase = false
    func append(_ heading: String, _ block: [String]) {
      while lines.last == "" { lines.removeLast() }
      lines += ["", "### \(heading)", "```" + (Self.outputs.contains(heading) ? "" : "cypher")] + block + ["```", ""]
    }
    for part in parts {
      switch part {
      case .text(let line):
        if line.hasPrefix("## ") { (isInCase, graph) = (true, nil) }
        // One blank line after a block, however many stood there.
        if line.isEmpty, lines.last == "" { continue }
        lines.append(line)
      case .block("GRAPH", let block):
        append("GRAPH", block)
        if isInCase { graph = try Self.graph(block) } else { common = block }
      case .block("QUERY", let block):
        append("QUERY", block)
        var current = try graph ?? Self.graph(common)
        for output in Self.outputs(of: block.joined(separator: "\n"), on: &current) {
          append(output.heading, output.lines)
        }
        graph = current
      case .block(let heading, let block):
        if !Self.outputs.contains(heading) { append(heading, block) }
      }
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func graph(_ lines: [String]) throws -> Graph {
    var graph = Graph()
    for statement in lines.joined(separator: "\n").components(separatedBy: ";\n") where !statement.isEmpty {
      try graph.execute(statement)
    }
    return graph
  }

  // MARK: Outputs

  private static func outputs(of query: String, on graph: inout Graph) -> [(heading: String, lines: [String])] {
    do {
      let result = try graph.execute(query)
      var outputs: [(heading: String, lines: [String])] = []
      if !result.columns.isEmpty {
        let rows = result.map { row in
          result.columns.indices.map { result.graph.description(of: row.value($0)) }.joined(separator: " | ")
        }
        outputs.append(("RESULT", [result.columns.joined(separator: " | ")] + rows))
      }
      if let effect = effect(of: result.summary.counters) { outputs.append(("EFFECT", [effect])) }
      if let plan = result.summary.plan { outputs.append(("PLAN", lines(of: plan, depth: 0))) }
      for warning in result.summary.warnings {
        outputs.append(("WARNING", DiagnosticRenderer().render(warning, in: query).components(separatedBy: "\n")))
      }
      return outputs
    } catch {
      let shown = DiagnosticRenderer().render("error", error.message, at: error.range, hint: error.hint, in: query)
      let code = "\(error.code) (\(error.code.category): \(error.code.detail)), \(error.phase.rawValue)"
      return [("ERROR", [code] + shown.components(separatedBy: "\n"))]
    }
  }

  private static func effect(of counters: WriteCounters) -> String? {
    let counts = [
      (counters.nodesCreated, "nodes created"), (counters.nodesDeleted, "nodes deleted"),
      (counters.relationshipsCreated, "relationships created"),
      (counters.relationshipsDeleted, "relationships deleted"), (counters.propertiesSet, "properties set"),
      (counters.labelsAdded, "labels added"), (counters.labelsRemoved, "labels removed"),
      (counters.indexesChanged, "indexes changed"), (counters.constraintsChanged, "constraints changed"),
    ].filter { $0.0 > 0 }
    return counts.isEmpty ? nil : counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private static func lines(of plan: PlanDescription, depth: Int) -> [String] {
    let line = String(repeating: "  ", count: depth) + plan.name + (plan.details.isEmpty ? "" : " " + plan.details)
    return [line] + plan.children.flatMap { lines(of: $0, depth: depth + 1) }
  }
}
