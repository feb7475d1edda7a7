/// Reads feature files: the part of Gherkin that conformance suites of graph query languages use.
///
/// `Feature`, `Rule`, `Background`, `Scenario`, `Scenario Outline` with any number of `Examples`, tags, comments,
/// descriptions, doc strings (`"""` or three backquotes) and tables.
///
/// ```swift
/// let scenarios = try FeatureReader.scenarios(in: text, file: "Match1.feature")
/// ```
package struct FeatureReader {
  /// Reads the scenarios of one file, outlines expanded, in the order of the file.
  ///
  /// - Throws: `FeatureError` with the line that cannot be read.
  package static func scenarios(in text: String, file: String) throws(FeatureError) -> [Scenario] {
    var reader = FeatureReader(file: file)
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
      try reader.read(line)
    }
    return try reader.finish()
  }

  private let file: String
  private var lineNumber = 0
  private var scenarios: [Scenario] = []

  private var hasFeature = false
  private var featureTags: [String] = []
  private var pendingTags: [String] = []
  private var background: [Step] = []
  private var block: ScenarioBlock?
  private var docString: DocString?

  private struct DocString {
    var delimiter: String
    var indentation: Int
    var line: Int
    var lines: [Substring] = []
  }

  private init(file: String) { self.file = file }

  private func failure(_ message: String, line: Int? = nil) -> FeatureError {
    FeatureError(file: file, line: line ?? lineNumber, message: message)
  }

  // MARK: Lines

  private mutating func read(_ line: Substring) throws(FeatureError) {
    lineNumber += 1
    let text = line.trimmed
    if docString != nil { return readInDocString(line, text) }
    if text.isEmpty || text.hasPrefix("#") { return }
    if text.hasPrefix("@") {
      // A tag line ends at a comment.
      pendingTags += text.split(whereSeparator: \.isWhitespace).prefix { !$0.hasPrefix("#") }.map(String.init)
    } else if text.hasPrefix("|") {
      try readRow(text)
    } else if text.hasPrefix("\"\"\"") || text.hasPrefix("```") {
      try beginDocString(line, text)
    } else if try !readHeading(text), try !readStep(text) {
      try readDescription(text)
    }
  }

  private mutating func readHeading(_ text: Substring) throws(FeatureError) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    let name = String(text[text.index(after: colon)...].trimmed)
    switch text[..<colon] {
    case "Feature":
      guard !hasFeature else { throw failure("a second feature, expected one in a file") }
      hasFeature = true
      featureTags = takeTags()
    case "Rule":
      // Scenarios of a rule are scenarios of the feature; a rule may bring a background of its own.
      try endBlock()
      _ = takeTags()
    case "Background":
      try begin(ScenarioBlock(kind: .background, name: name, line: lineNumber, tags: takeTags()))
    case "Scenario", "Example":
      try begin(ScenarioBlock(kind: .scenario, name: name, line: lineNumber, tags: featureTags + takeTags()))
    case "Scenario Outline", "Scenario Template":
      try begin(ScenarioBlock(kind: .outline, name: name, line: lineNumber, tags: featureTags + takeTags()))
    case "Examples", "Scenarios":
      guard let kind = block?.kind, kind != .background else {
        throw failure("examples without a scenario outline before them")
      }
      let examples = ExamplesTable(line: lineNumber, tags: takeTags())
      block?.examples.append(examples)
    default:
      return false
    }
    return true
  }

  private mutating func readStep(_ text: Substring) throws(FeatureError) -> Bool {
    guard let space = text.firstIndex(where: \.isWhitespace),
      ["Given", "When", "Then", "And", "But", "*"].contains(text[..<space])
    else { return false }
    guard let examples = block?.examples else {
      // Without a scenario it can only be a line of a description.
      return false
    }
    guard examples.isEmpty else { throw failure("a step after the examples of its scenario") }
    block?.steps.append(Step(line: lineNumber, text: String(text[space...].trimmed)))
    return true
  }

  private func readDescription(_ text: Substring) throws(FeatureError) {
    guard hasFeature else { throw failure("\"\(text)\" before the feature, expected \"Feature:\"") }
    guard let block else { return }
    let isHeading = block.examples.last.map { $0.header == nil } ?? block.steps.isEmpty
    guard isHeading else { throw failure("\"\(text)\" is no step, expected Given, When, Then, And or But") }
  }

  private mutating func takeTags() -> [String] {
    defer { pendingTags = [] }
    return pendingTags
  }

  // MARK: Tables

  private mutating func readRow(_ text: Substring) throws(FeatureError) {
    guard let cells = tableCells(of: text) else { throw failure("a table row that does not end with |") }
    guard var block else { throw failure("a table outside a scenario") }
    defer { self.block = block }
    if let last = block.examples.indices.last {
      guard let header = block.examples[last].header else {
        block.examples[last].header = cells
        return
      }
      try check(cells, against: header.count)
      block.examples[last].rows.append((lineNumber, cells))
      return
    }
    guard let last = block.steps.indices.last else { throw failure("a table without a step before it") }
    if let width = block.steps[last].table?.first?.count { try check(cells, against: width) }
    block.steps[last].table = (block.steps[last].table ?? []) + [cells]
  }

  private func check(_ cells: [String], against width: Int) throws(FeatureError) {
    guard cells.count == width else {
      throw failure("a table row with \(cells.count) cells, expected \(width) as in its first row")
    }
  }

  // MARK: Doc strings

  private mutating func beginDocString(_ line: Substring, _ text: Substring) throws(FeatureError) {
    guard let block, let step = block.steps.last, block.examples.isEmpty else {
      throw failure("a doc string without a step before it")
    }
    guard step.docString == nil else { throw failure("a second doc string for one step") }
    docString = DocString(
      delimiter: String(text.prefix(3)), indentation: line.prefix(while: \.isWhitespace).count, line: lineNumber)
  }

  private mutating func readInDocString(_ line: Substring, _ text: Substring) {
    guard var open = docString else { return }
    if text == open.delimiter {
      let content = open.lines.joined(separator: "\n").replacingEscapedDelimiter()
      if let last = block?.steps.indices.last { block?.steps[last].docString = content }
      docString = nil
      return
    }
    // Lines keep what is indented deeper than the delimiter.
    var kept = line
    for _ in 0..<open.indentation where kept.first?.isWhitespace == true { kept.removeFirst() }
    open.lines.append(kept)
    docString = open
  }

  // MARK: Blocks

  private mutating func begin(_ new: ScenarioBlock) throws(FeatureError) {
    guard hasFeature else { throw failure("a scenario before the feature, expected \"Feature:\"") }
    try endBlock()
    block = new
  }

  private mutating func endBlock() throws(FeatureError) {
    guard let block else { return }
    self.block = nil
    switch block.kind {
    case .background:
      background = block.steps
    case .outline where block.examples.isEmpty:
      throw failure("a scenario outline without examples", line: block.line)
    case .scenario, .outline:
      if let empty = block.examples.first(where: { $0.header == nil }) {
        throw failure("examples without a table", line: empty.line)
      }
      guard !block.steps.isEmpty else { throw failure("a scenario without steps", line: block.line) }
      scenarios += block.scenarios(file: file, background: background)
    }
  }

  private mutating func finish() throws(FeatureError) -> [Scenario] {
    if let docString { throw failure("a doc string that is never closed", line: docString.line) }
    try endBlock()
    guard hasFeature else { throw failure("no feature in the file, expected \"Feature:\"") }
    return scenarios
  }
}

extension Substring {
  /// The text without white space at its ends.
  var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmed: String { String(self[...].trimmed) }

  /// `\"\"\"` is how a doc string writes its own delimiter.
  fileprivate func replacingEscapedDelimiter() -> String {
    guard contains("\\\"\\\"\\\"") else { return self }
    return split(separator: "\\\"\\\"\\\"", omittingEmptySubsequences: false).joined(separator: "\"\"\"")
  }
}
