import Foundation

/// The queries of scenario files in the format of the openCypher TCK.
enum FeatureQueries {
  /// A query as it stands in a scenario.
  struct Query {
    let file: String
    let text: String
    /// Whether the scenario expects it to be refused before it runs.
    let failsAtCompileTime: Bool
  }

  /// Every query under a directory. Queries of scenario outlines that still hold `<placeholders>` are filled in from
  /// the rows of their examples.
  static func read(_ directory: URL) throws -> [Query] {
    guard let files = FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil) else { return [] }
    return try files.compactMap { $0 as? URL }
      .filter { $0.pathExtension == "feature" }
      .sorted { $0.path < $1.path }
      .flatMap { file in
        read(try String(contentsOf: file, encoding: .utf8), file: file.deletingPathExtension().lastPathComponent)
      }
  }

  private static func read(_ text: String, file: String) -> [Query] {
    var result: [Query] = []
    var pending: [Query] = []
    var rows: [[String]] = []
    var block: [Substring]?
    var isInExamples = false

    func finishScenario() {
      for query in pending {
        guard let header = rows.first, rows.count > 1 else {
          result.append(query)
          continue
        }
        var filled: Set<String> = []
        for row in rows.dropFirst() where row.count == header.count {
          let text = zip(header, row).reduce(query.text) { $0.replacingOccurrences(of: "<\($1.0)>", with: $1.1) }
          guard filled.insert(text).inserted else { continue }
          result.append(Query(file: file, text: text, failsAtCompileTime: query.failsAtCompileTime))
        }
      }
      (pending, rows, isInExamples) = ([], [], false)
    }

    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if trimmed == "\"\"\"" {
        if let lines = block {
          pending.append(Query(file: file, text: lines.joined(separator: "\n"), failsAtCompileTime: false))
          block = nil
        } else {
          block = []
        }
      } else if block != nil {
        block?.append(line)
      } else if trimmed.hasPrefix("Scenario") {
        finishScenario()
      } else if trimmed.hasPrefix("Examples:") {
        isInExamples = true
      } else if trimmed.hasPrefix("|"), isInExamples {
        rows.append(cells(trimmed))
      } else if trimmed.contains("should be raised at compile time") || trimmed.contains("SyntaxError should be raised")
      {
        if let last = pending.popLast() {
          pending.append(Query(file: file, text: last.text, failsAtCompileTime: true))
        }
      }
    }
    finishScenario()
    return result
  }

  private static func cells(_ row: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var isEscaped = false
    for character in row.dropFirst() {
      if isEscaped {
        cell.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        cells.append(cell.trimmingCharacters(in: .whitespaces))
        cell = ""
      } else {
        cell.append(character)
      }
    }
    return cells
  }
}
