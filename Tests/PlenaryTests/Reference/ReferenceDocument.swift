import Foundation
import PlenarySyntax
import Testing

@testable import Plenary

/// A page of `Documentation/`: prose written by hand, entries made from `Reference`, examples with what they show.
///
/// Between `<!-- entries: KIND -->` and `<!-- end of entries -->` stands what the entries of a kind make. Every
/// ```` ```cypher ```` block of a page is run, and the ```` ```text ```` block after it holds what came of it.
struct ReferenceDocument: CustomTestStringConvertible {
  let file: URL
  let text: String

  var testDescription: String { file.lastPathComponent }

  static let directory = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Documentation").resolvingSymlinksInPath()

  static func all() throws -> [ReferenceDocument] {
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    return try files.filter { $0.pathExtension == "md" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .map { ReferenceDocument(file: $0, text: try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// The page as it should be.
  func renewed() throws -> String {
    try withResults(withEntries(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)))
      .joined(separator: "\n")
  }

  // MARK: Entries

  private static let opening = "<!-- entries: "
  private static let closing = "<!-- end of entries -->"

  private func withEntries(_ lines: [String]) throws -> [String] {
    var result: [String] = []
    var isInside = false
    for line in lines {
      if line == Self.closing { isInside = false }
      guard !isInside else { continue }
      result.append(line)
      if line.hasPrefix(Self.opening), line.hasSuffix(" -->") {
        isInside = true
        result += try entries(of: String(line.dropFirst(Self.opening.count).dropLast(4)))
      }
    }
    return result
  }

  private func entries(of kind: String) throws -> [String] {
    switch kind {
    case "functions":
      let groups =
        FunctionRegistry.groups.map { ($0.subject, $0.functions.map(\.name)) }
        + [("Aggregating functions", Reference.entries(of: .aggregatingFunction).map(\.name))]
      return try groups.flatMap { subject, names in
        try ["", "## \(subject)"]
          + names.flatMap { name in
            // A function and an operator may have one name: `all`, `reduce`.
            try functionLines(Reference.functions.first { $0.name == name })
          }
      } + [""]
    case "codes in short":
      return ["", "| GQLSTATUS | code | openCypher | meaning |", "|---|---|---|---|"]
        + DiagnosticCode.all.map { code in
          let pair = [code.category, code.detail].filter { !$0.isEmpty }.joined(separator: ": ")
          let entry = Reference.codes.first { $0.name == code.slug }
          return "| \(code.gqlStatus) | [`\(code.slug)`](#\(code.slug)) | \(pair) | \(entry?.summary ?? "") |"
        } + [""]
    default:
      guard let kind = ReferenceEntry.Kind(rawValue: kind) else { throw UnknownEntries(kind: kind) }
      return Reference.entries(of: kind).flatMap(lines) + [""]
    }
  }

  private struct UnknownEntries: Error { var kind: String }

  private func lines(of entry: ReferenceEntry) -> [String] {
    let isCode = entry.kind == .code
    var lines = ["", "### \(heading(entry))", "", isCode ? "`\(entry.signature)`" : "```\n\(entry.signature)\n```"]
    lines += ["", sentence(entry.summary)]
    if !entry.details.isEmpty { lines += ["", entry.details] }
    for example in entry.examples {
      let mark = example.startsEmpty ? ExampleRun.emptyGraphMark + "\n" : ""
      lines += ["", "```cypher\n\(mark)\(example.script)\n```"]
    }
    return lines.flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }

  private func heading(_ entry: ReferenceEntry) -> String {
    let isWord =
      entry.name.first?.isLetter == true
      && entry.name.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == " " || $0 == "-" }
    return isWord ? entry.name : "`\(entry.name)`"
  }

  private func functionLines(_ entry: ReferenceEntry?) throws -> [String] {
    guard let entry, let example = entry.examples.first else { return [] }
    var lines = ["", "### \(entry.name)", "", "`\(entry.signature)`", "", sentence(entry.summary)]
    if !entry.aliases.isEmpty {
      lines[lines.count - 1] += " Also: " + entry.aliases.map { "`\($0)`" }.joined(separator: ", ") + "."
    }
    let result = try Database().query(example.script)
    let value = result.first.map { result.graph.description(of: $0.value(0)) } ?? "no row"
    return lines + ["", "`\(example.expression)` is `\(value)`."]
  }

  private func sentence(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  // MARK: Results

  private func withResults(_ lines: [String]) throws -> [String] {
    var result: [String] = []
    var position = 0
    while position < lines.count {
      result.append(lines[position])
      position += 1
      guard result.last == "```cypher" else { continue }
      let script = lines[position...].prefix { $0 != "```" }
      result += script + ["```"]
      position += script.count + 1
      if lines.dropFirst(position).prefix(2).elementsEqual(["", "```text"]) {
        position += 3 + lines[(position + 2)...].prefix { $0 != "```" }.count
      }
      let output = try ExampleRun(script.joined(separator: "\n")).output.trimmed
      result +=
        ["", "```text"] + output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["```"]
    }
    return result
  }
}
