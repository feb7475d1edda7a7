/// One thing to run: the steps of a scenario, or of one row of a scenario outline, with the background's steps first.
///
/// It is `Codable` because the supervisor sends scenarios to its worker processes.
package struct Scenario: Codable, Hashable, Sendable {
  /// The file it stands in, as the user named it.
  package var file: String
  /// The line of its heading, counted from 1.
  package var line: Int
  /// What stands after `Scenario:`, with the values of the example in place.
  package var name: String
  /// The line of the `Examples:` row that it was made from; `nil` for a plain scenario.
  package var exampleLine: Int?
  /// The tags of its feature, of the scenario itself and of its examples, each with its `@`.
  package var tags: [String]
  /// What to do and what to expect, in order.
  package var steps: [Step]
  /// The scripts of the named graphs that its steps mention.
  package var graphs: [String: String] = [:]

  /// Makes a scenario.
  package init(
    file: String, line: Int, name: String, exampleLine: Int? = nil, tags: [String] = [], steps: [Step]
  ) {
    self.file = file
    self.line = line
    self.name = name
    self.exampleLine = exampleLine
    self.tags = tags
    self.steps = steps
  }

  /// `file:line name (example on line N)`: how reports name it.
  package var title: String {
    "\(file):\(line) \(name)" + (exampleLine.map { " (example on line \($0))" } ?? "")
  }
}

/// One step of a scenario.
package struct Step: Codable, Hashable, Sendable {
  /// The line of its keyword.
  package var line: Int
  /// What stands after `Given`, `When`, `Then`, `And` or `But`.
  package var text: String
  /// The text between `"""` below it, without the indentation.
  package var docString: String?
  /// The cells of the table below it, row by row; every row has the same number of cells.
  package var table: [[String]]?

  /// Makes a step.
  package init(line: Int, text: String, docString: String? = nil, table: [[String]]? = nil) {
    self.line = line
    self.text = text
    self.docString = docString
    self.table = table
  }
}

/// A place in a feature file where reading stopped, and why.
package struct FeatureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  package var file: String
  /// The line, counted from 1; 0 when the whole file is to blame.
  package var line: Int
  /// What is wrong.
  package var message: String

  /// `file:line: message`.
  package var description: String { "\(file):\(line): \(message)" }
}
