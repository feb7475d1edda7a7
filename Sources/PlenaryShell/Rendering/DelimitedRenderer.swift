import Plenary

/// Results as values with a separator between them and a header of column names.
///
/// Null is an empty field. Lists, maps, nodes, relationships and paths are written as JSON.
enum DelimitedRenderer {
  /// RFC 4180: lines end with CRLF; fields with a comma, quote or line break are quoted, and so are empty strings, to
  /// tell them from null.
  case csv
  /// Lines end with LF; tab, line breaks and backslash are written `\t`, `\n`, `\r`, `\\`.
  case tsv

  func write(_ table: ResultTable, to output: TextOutput) {
    // A statement without columns made no table, not an empty one.
    guard !table.columns.isEmpty else { return }
    let json = JSONText(graph: table.graph)
    let literal = LiteralText(graph: table.graph)
    writeLine(table.columns.map(field), to: output)
    table.forEachRow { row in
      guard !output.isClosed else { return }
      writeLine(row.map { field($0, json, literal) }, to: output)
    }
  }

  private func writeLine(_ fields: [String], to output: TextOutput) {
    switch self {
    case .csv: output.write(fields.joined(separator: ",") + "\r\n")
    case .tsv: output.write(fields.joined(separator: "\t") + "\n")
    }
  }

  private func field(_ value: Value, _ json: JSONText, _ literal: LiteralText) -> String {
    switch value {
    case .null: return ""
    case .string(let text): return field(text)
    case .list, .map, .node, .relationship, .path: return field(json.text(of: value))
    default: return literal.text(of: value)
    }
  }

  private func field(_ text: String) -> String {
    switch self {
    case .csv:
      let needsQuotes = text.isEmpty || text.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      return needsQuotes ? "\"" + text.replacingScalar("\"", with: "\"\"") + "\"" : text
    case .tsv:
      guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x5C }) else { return text }
      var result = ""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\t": result += "\\t"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\\": result += "\\\\"
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result
    }
  }
}
