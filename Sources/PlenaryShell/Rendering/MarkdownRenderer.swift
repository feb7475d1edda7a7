import Plenary
import PlenarySyntax

/// Results as a table in GitHub's Markdown, padded so that its source reads well too.
struct MarkdownRenderer {
  func write(_ table: ResultTable, to output: TextOutput) {
    guard !table.columns.isEmpty else { return }
    let literal = LiteralText(graph: table.graph)
    var rows: [[String]] = []
    rows.reserveCapacity(table.count)
    var widths = table.columns.map { Swift.max(3, DisplayWidth.of(Self.escaped($0))) }
    var numbers = [Int](repeating: 0, count: table.columns.count)
    var others = numbers
    table.forEachRow { row in
      var cells: [String] = []
      for (index, value) in row.enumerated() {
        let cell = Self.escaped(literal.text(of: value))
        switch value {
        case .null: break
        case .integer, .float: numbers[index] += 1
        default: others[index] += 1
        }
        widths[index] = Swift.max(widths[index], DisplayWidth.of(cell))
        cells.append(cell)
      }
      rows.append(cells)
    }
    let isNumeric = numbers.indices.map { numbers[$0] > 0 && others[$0] == 0 }

    func line(_ cells: [String]) -> String {
      var line = "|"
      for (index, cell) in cells.enumerated() {
        let space = String(repeating: " ", count: widths[index] - DisplayWidth.of(cell))
        line += " " + (isNumeric[index] ? space + cell : cell + space) + " |"
      }
      return line + "\n"
    }
    output.write(line(table.columns.map(Self.escaped)))
    var rule = "|"
    for (index, width) in widths.enumerated() {
      rule += " " + String(repeating: "-", count: isNumeric[index] ? width - 1 : width)
      rule += isNumeric[index] ? ": |" : " |"
    }
    output.write(rule + "\n")
    for row in rows {
      guard !output.isClosed else { return }
      output.write(line(row))
    }
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|": result += "\\|"
      case "\\": result += "\\\\"
      case "\n": result += "<br>"
      case "<": result += "&lt;"
      case "\r": break
      default: result.unicodeScalars.append(scalar)
      }
    }
    return DisplayWidth.visible(result)
  }
}
