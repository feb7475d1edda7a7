import Plenary
import TestResources
import Testing

@testable import PlenaryShell

@Suite("Import and export")
struct TransferTests {
  private let directory: TemporaryDirectory
  private let output = TextOutput()
  private let errors = TextOutput()

  init() throws { directory = try TemporaryDirectory() }

  /// Text without the directory of the test and without times.
  private func text(_ output: TextOutput) -> String {
    var lines: [String] = []
    for line in output.take().split(separator: "\n") {
      let parts = line.split(separator: directory.path, omittingEmptySubsequences: false).joined(separator: "DIR")
      lines.append(parts.contains(" in ") && parts.hasPrefix("imported") ? withoutTime(parts) : parts)
    }
    return lines.joined(separator: "\n")
  }

  private func withoutTime(_ line: String) -> String {
    var words = line.split(separator: " ")
    words.removeLast(3)
    return words.joined(separator: " ")
  }

  @Test func importsAndExports() throws {
    let nodes = try directory.file("nodes_P.csv", "id:ID(P),name\n1,Ada\n2,Bo\n")
    let relationships = try directory.file("rels_KNOWS.csv", ":START_ID(P),:END_ID(P)\n1,2\n")
    let graph = directory.path + "/p.graph"
    var run = ImportRun(sources: [nodes, relationships], target: graph)
    #expect(run.run(output: output, errors: errors) == .success)
    #expect(text(output) == "imported 2 nodes and 1 relationship from 2 files into DIR/p.graph")
    #expect(text(errors) == "")

    #expect(run.run(output: output, errors: errors) == .unavailable)
    #expect(
      text(errors)
        == "error[58030]: found \"graph.data\" in the directory \"DIR/p.graph\", expected an empty directory or none")
    run.isReplacing = true
    run.isQuiet = true
    #expect(run.run(output: output, errors: errors) == .success)
    #expect(text(output) == "")

    for format in GraphExport.Format.allCases {
      var export = ExportRun(graph: graph, target: "\(directory.path)/\(format)", format: format)
      export.isQuiet = true
      #expect(export.run(output: output, errors: errors) == .success)
      var again = ImportRun(sources: ["\(directory.path)/\(format)"], target: "\(directory.path)/\(format).graph")
      again.isQuiet = true
      #expect(again.run(output: output, errors: errors) == .success)
      let copy = try Database.open("\(directory.path)/\(format).graph").snapshot
      #expect(copy.nodes().map { $0["name"] } == ["Ada", "Bo"])
      #expect(copy.relationshipCount == 1)
    }
    #expect(text(errors) == "")
  }

  @Test func stopsAtABadRow() throws {
    let nodes = try directory.file("n.csv", "id:ID,age:int\n1,10\n2,n/a\n")
    let run = ImportRun(sources: [nodes], target: directory.path + "/g")
    #expect(run.run(output: output, errors: errors) == .unavailable)
    #expect(text(errors) == "error[22000]: DIR/n.csv:3:3: found \"n/a\", expected an integer in column \"age\"")
    #expect(text(output) == "")
    // Nothing is left behind.
    #expect(System.entries(of: directory.path) == ["n.csv"])
  }

  @Test func leavesBadRowsOut() throws {
    var text = "id:ID,age:int\n"
    for row in 0..<30 { text += "\(row),\(row < 25 ? "old" : "10")\n" }
    let nodes = try directory.file("n.csv", text)
    var run = ImportRun(sources: [nodes], target: directory.path + "/g")
    run.skipsBadRows = true
    #expect(run.run(output: output, errors: errors) == .incomplete)
    #expect(self.text(output) == "imported 5 nodes and 0 relationships from 1 file into DIR/g")
    let lines = self.text(errors).split(separator: "\n")
    #expect(lines.count == 22)
    #expect(lines[0] == "left out: DIR/n.csv:2:3: found \"old\", expected an integer in column \"age\"")
    #expect(lines[20...] == ["and 5 more rows", "25 rows left out"])
    #expect(try Database.open(directory.path + "/g").snapshot.nodeCount == 5)
  }

  @Test func tellsOfAScriptThatFails() throws {
    let script = try directory.file("a.cypher", "CREATE (:A);\nCREATE (:B {x: 1 / 0});\n")
    let run = ImportRun(sources: [script], target: directory.path + "/g")
    #expect(run.run(output: output, errors: errors) == .unavailable)
    let message = text(errors)
    #expect(message.contains("DIR/a.cypher:2:18: "))
    #expect(message.contains("CREATE (:B {x: 1 / 0});"))
  }

  @Test func refusesAnUnknownGraph() {
    let run = ExportRun(graph: "acsm", target: directory.path + "/x", format: .csv)
    #expect(run.run(output: output, errors: errors) == .unavailable)
    #expect(text(errors).hasSuffix("hint: did you mean \"accsm\"?"))
  }

  @Test(
    "the bar fills up",
    arguments: [
      (0, 48_100_000, "[........................]   0%  0.0 of 48.1 MB"),
      (24_600_000, 48_100_000, "[############............]  51%  24.6 of 48.1 MB"),
      (48_100_000, 48_100_000, "[########################] 100%  48.1 of 48.1 MB"),
      (0, 0, "[########################] 100%  0.0 of 0.0 MB"),
    ])
  func bar(read: Int, total: Int, expected: String) {
    #expect(ProgressBar.text(bytesRead: read, of: total) == expected)
  }

  @Test func showsNoBarWithoutATerminal() {
    #expect(ProgressBar(errors: TextOutput(), isWanted: true) == nil)
    #expect(ProgressBar(errors: TextOutput(terminalColumns: 80), isWanted: false) == nil)
    #expect(ProgressBar(errors: TextOutput(terminalColumns: 80), isWanted: true) != nil)
  }
}
