import Plenary

/// Results as JSON: one array, or one object a line (JSON Lines).
enum JSONRenderer {
  case array
  case lines

  func write(_ table: ResultTable, to output: TextOutput) {
    let json = JSONText(graph: table.graph)
    let keys = table.columns.map { JSONText.quoted($0) + ":" }
    var isFirst = true
    if self == .array { output.write("[") }
    var line = UTF8Text()
    table.forEachRow { row in
      guard !output.isClosed else { return }
      line.removeAll()
      line += self == .array ? (isFirst ? "\n  {" : ",\n  {") : "{"
      isFirst = false
      for (index, value) in row.enumerated() {
        if index > 0 { line += "," }
        line += keys[index]
        json.write(value, to: &line)
      }
      line += self == .array ? "}" : "}\n"
      output.write(line)
    }
    if self == .array { output.write(isFirst ? "]\n" : "\n]\n") }
  }
}
