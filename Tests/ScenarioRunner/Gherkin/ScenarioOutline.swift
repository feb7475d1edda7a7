/// A `Scenario:`, `Scenario Outline:` or `Background:` while it is being read.
struct ScenarioBlock {
  enum Kind { case background, scenario, outline }

  var kind: Kind
  var name: String
  var line: Int
  var tags: [String]
  var steps: [Step] = []
  var examples: [ExamplesTable] = []
}

/// One `Examples:` table of an outline.
struct ExamplesTable {
  var line: Int
  var tags: [String]
  var header: [String]?
  var rows: [(line: Int, cells: [String])] = []
}

extension ScenarioBlock {
  /// What there is to run: the scenario itself, or one scenario for each row of the examples.
  func scenarios(file: String, background: [Step]) -> [Scenario] {
    guard kind == .outline || !examples.isEmpty else {
      return [Scenario(file: file, line: line, name: name, exampleLine: nil, tags: tags, steps: background + steps)]
    }
    return examples.flatMap { table in
      table.rows.map { row in
        let values = Dictionary(zip(table.header ?? [], row.cells), uniquingKeysWith: { first, _ in first })
        return Scenario(
          file: file, line: line, name: filled(name, with: values), exampleLine: row.line, tags: tags + table.tags,
          steps: background + steps.map { $0.filled(with: values) })
      }
    }
  }
}

extension Step {
  fileprivate func filled(with values: [String: String]) -> Step {
    Step(
      line: line,
      text: ScenarioRunner.filled(text, with: values),
      docString: docString.map { ScenarioRunner.filled($0, with: values) },
      table: table?.map { row in row.map { ScenarioRunner.filled($0, with: values) } })
  }
}

/// Puts values in the place of `<name>`; angle brackets around anything else are text, for example those of a path.
///
/// One pass: what a value brings in is not searched again.
private func filled(_ text: String, with values: [String: String]) -> String {
  var result = ""
  var rest = text[...]
  while let open = rest.firstIndex(of: "<") {
    result += rest[..<open]
    let inside = rest[rest.index(after: open)...]
    if let close = inside.firstIndex(where: { $0 == ">" || $0 == "<" }), inside[close] == ">",
      let value = values[String(inside[..<close])]
    {
      result += value
      rest = inside[inside.index(after: close)...]
    } else {
      result.append("<")
      rest = inside
    }
  }
  return result + rest
}
