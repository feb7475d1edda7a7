import Plenary
import TestResources
import Testing

@testable import PlenaryShell

/// What a run left behind.
private struct Run {
  var status: PlenaryShell.ExitStatus
  var output: String
  var errors: String

  init(
    _ steps: [Invocation.Step], graph: String = "empty", terminal: Int? = nil,
    configure: (inout Invocation) -> Void = { _ in }
  ) {
    var invocation = Invocation()
    invocation.graph = graph
    invocation.steps = steps
    configure(&invocation)
    let output = TextOutput(terminalColumns: terminal)
    let errors = TextOutput()
    status = invocation.run(output: output, errors: errors, relay: nil)
    self.output = output.take()
    self.errors = errors.take()
  }

  init(_ query: String, graph: String = "empty", terminal: Int? = nil, configure: (inout Invocation) -> Void = { _ in })
  {
    self.init([.query(query)], graph: graph, terminal: terminal, configure: configure)
  }
}

@Suite("Running queries and scripts")
struct InvocationTests {
  @Test func writesJSONLinesWhenNobodyWatches() {
    let run = Run("UNWIND [1, 2] AS n RETURN n, n * 0.5 AS half")
    #expect(run.status == .success)
    #expect(run.output == "{\"n\":1,\"half\":0.5}\n{\"n\":2,\"half\":1.0}\n")
    #expect(run.errors == "")
  }

  @Test func writesATableWithItsRowsCountedOnATerminal() {
    let run = Run("RETURN 1 AS one", terminal: 80) { $0.color = .never }
    #expect(run.output == "┌─────┐\n│ one │\n├─────┤\n│   1 │\n└─────┘\n1 row\n")
  }

  @Test func tellsWhatWasWrittenOnATerminalOnly() {
    let query = "CREATE (:A {x: 1})-[:R]->(:B)"
    #expect(
      Run(query, terminal: 80) { $0.color = .never }.output
        == "created 2 nodes, created 1 relationship, set 1 property, added 2 labels\n")
    #expect(Run(query).output == "")
    #expect(Run("MATCH (n) DELETE n", terminal: 80) { $0.color = .never }.output == "nothing changed\n")
  }

  @Test func runsStepsInTheOrderGiven() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.file("two.cypher", "RETURN 2 AS n; // and\nRETURN 3 AS n")
    let run = Run([.query("RETURN 1 AS n"), .file(file), .query("RETURN 4 AS n;RETURN 5 AS n;")])
    #expect(run.output == "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n{\"n\":4}\n{\"n\":5}\n")
  }

  @Test func laterStatementsSeeWhatEarlierOnesWrote() {
    #expect(Run("CREATE (:A); CREATE (:A); MATCH (a:A) RETURN count(a) AS n").output == "{\"n\":2}\n")
  }

  @Test func aFailureNamesFileLineAndColumnAndStopsTheScript() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.file("bad.cypher", "RETURN 1 AS a;\n\nMATCH (state)\nRETURN stat.name;\nRETURN 2 AS b;\n")
    let run = Run([.file(file)])
    #expect(run.status == .queryFailed)
    #expect(run.output == "{\"a\":1}\n")
    #expect(
      run.errors == """
        \(file):4:8: error[42002]: variable `stat` is not defined
        RETURN stat.name;
               ^^^^
        hint: did you mean `state`?

        """)
  }

  @Test func keepGoingRunsTheRestAndStillFails() {
    let run = Run("RETURN 1 AS a; RETURN x; RETURN 2 AS b") { $0.keepsGoing = true }
    #expect(run.status == .queryFailed)
    #expect(run.output == "{\"a\":1}\n{\"b\":2}\n")
  }

  @Test func errorsAtRunTimePointAtTheirPlace() {
    let run = Run("RETURN 1 AS a;\nUNWIND [1, 0] AS n RETURN 10 / n AS q")
    #expect(run.status == .queryFailed)
    #expect(run.errors.hasPrefix("-c:2:30: error[22012]: "))
  }

  @Test func unknownNamesWarnAndSuggest() {
    let run = Run("MATCH (s:Sate) RETURN s.nam AS n", graph: "accsm")
    #expect(run.status == .success)
    #expect(run.output == "")
    #expect(run.errors.contains("-c:1:10: warning: "))
    #expect(run.errors.contains("hint: did you mean `State`?\n"))
  }

  @Test func filesThatCannotBeOpened() {
    let file = Run([.file("/no/such/place/x.cypher")])
    #expect(file.status == .unavailable)
    #expect(file.errors == "error: cannot read /no/such/place/x.cypher: No such file or directory\n")
    let graph = Run("RETURN 1", graph: "/no/such/place")
    #expect(graph.status == .unavailable)
    #expect(graph.errors.contains("/no/such/place"))
  }

  @Test func textThatIsNotUTF8() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.file("latin1.cypher", bytes: Array("RETURN 1;\nRETURN 'caf".utf8) + [0xE9, 0x27])
    let run = Run([.file(file)])
    #expect(run.status == .queryFailed)
    #expect(run.errors == "error: \(file):2:12: found the byte 0xE9, expected UTF-8 text\n")
  }

  @Test func emptyScriptsDoNothing() throws {
    let directory = try TemporaryDirectory()
    let run = Run([.file(try directory.file("empty.cypher", "")), .query(" ; // nothing\n")])
    #expect(run.status == .success)
    #expect(run.output == "")
    #expect(run.errors == "")
  }

  @Test func parametersAreLiteralsOrStrings() {
    let run = Run("RETURN $n AS n, $name AS name, $list AS list, $day AS day, $quoted AS quoted") {
      $0.parameters = ["n=3", "name=Brunei Darussalam", "list=[1, 'a']", "$day=date('2024-05-01')", "quoted='42'"]
    }
    #expect(
      run.output
        == #"{"n":3,"name":"Brunei Darussalam","list":[1,"a"],"day":"2024-05-01","quoted":"42"}"# + "\n")
  }

  @Test(
    arguments: [
      ("novalue", "error: found the parameter \"novalue\", expected name=value\n"),
      ("=3", "error: found the parameter \"=3\", expected name=value\n"),
      ("x=[1, 2", "error: parameter x: [1, 2 is no literal; a string is written \"'[1, 2'\"\n"),
    ])
  func badParametersAreWrongUsage(_ parameter: String, _ message: String) {
    let run = Run("RETURN 1") { $0.parameters = [parameter] }
    #expect(run.status == .usage)
    #expect(run.errors == message)
    #expect(run.output == "")
  }

  @Test func limits() {
    let rows = Run("UNWIND range(1, 10) AS n RETURN n") { $0.limits.rowLimit = 5 }
    #expect(rows.status == .queryFailed)
    #expect(rows.errors.contains("error[54000]"))
    let time = Run("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN sum(a * b % 7) AS s") {
      $0.limits.timeout = .milliseconds(20)
    }
    #expect(time.status == .queryFailed)
    #expect(time.errors.contains("error[57014]"))
    let write = Run("CREATE (:A)") { $0.limits.isReadOnly = true }
    #expect(write.status == .queryFailed)
    #expect(write.errors.contains("error[25006]"))
  }

  @Test func commandsWorkInScripts() {
    let run = Run(":param x => 1 + 1\n:format csv\nRETURN $x AS x;\n:format json\nRETURN $x AS x")
    #expect(run.output == "x\r\n2\r\n[\n  {\"x\":2}\n]\n")
    #expect(run.status == .success)
  }

  @Test func scriptsRunScripts() throws {
    let directory = try TemporaryDirectory()
    let inner = try directory.file("inner.cypher", "RETURN 1 AS inner")
    #expect(Run(":source \(inner)\nRETURN 2 AS outer").output == "{\"inner\":1}\n{\"outer\":2}\n")
    let endless = directory.path + "/endless.cypher"
    try directory.file("endless.cypher", ":source \(endless)")
    let run = Run([.file(endless)])
    #expect(run.status == .queryFailed)
    #expect(run.errors == "error: scripts that run scripts are nested more than 16 deep\n")
  }

  @Test func explainShowsThePlanAndProfileTheRowsToo() {
    let explain = Run("EXPLAIN MATCH (n) RETURN n", terminal: 80) { $0.color = .never }
    #expect(explain.output.contains("AllNodesScan"))
    #expect(Run("EXPLAIN MATCH (n) RETURN n").output.contains(#""operator":"AllNodesScan""#))
    let profile = Run("PROFILE RETURN 1 AS one")
    #expect(profile.output == "{\"one\":1}\n")
    #expect(profile.errors.contains("1 row"))
  }

  @Test func aWholeScriptOfTenMegabytes() {
    let run = Run("RETURN '" + String(repeating: "x", count: 10_000_000) + "' AS x; RETURN 1 AS n") { $0.format = .csv }
    #expect(run.status == .success)
    #expect(run.output.utf8.count == 10_000_000 + "x\r\n\r\nn\r\n1\r\n".utf8.count)
  }
}

@Suite("Checking and formatting scripts")
struct FileCheckTests {
  @Test func checkReportsEverythingAndRunsNothing() throws {
    let directory = try TemporaryDirectory()
    let good = try directory.file("good.cypher", ":param x => 1\nRETURN $x AS x; CREATE (:A)")
    let bad = try directory.file("bad.cypher", "RETURN 1;\nRETURN y;\nMATCH n RETURN n;")
    let errors = TextOutput()
    var check = ScriptCheck(files: [good])
    check.graph = "empty"
    #expect(check.run(errors: errors) == .success)
    #expect(errors.take() == "")
    check.files = [good, bad]
    #expect(check.run(errors: errors) == .queryFailed)
    let text = errors.take()
    #expect(text.contains("\(bad):2:8: error[42002]"))
    #expect(text.contains("\(bad):3:7: error[42001]"))
    check.files = ["/no/such/place"]
    #expect(check.run(errors: errors) == .unavailable)
  }

  @Test func formatPrintsWritesAndChecks() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.file("a.cypher", ":param x => 1\nmatch (n) return n;")
    let formatted = ":param x => 1\nMATCH (n)\nRETURN n;\n"
    let output = TextOutput()
    let errors = TextOutput()
    #expect(ScriptFormat(files: [file], mode: .print).run(output: output, errors: errors) == .success)
    #expect(output.take() == formatted)
    #expect(ScriptFormat(files: [file], mode: .check).run(output: output, errors: errors) == .queryFailed)
    #expect(errors.take() == "\(file) is not formatted\n")
    #expect(ScriptFormat(files: [file], mode: .write).run(output: output, errors: errors) == .success)
    #expect(try directory.read("a.cypher") == formatted)
    #expect(ScriptFormat(files: [file], mode: .check).run(output: output, errors: errors) == .success)
    let broken = try directory.file("b.cypher", "match (n return n")
    #expect(ScriptFormat(files: [broken], mode: .write).run(output: output, errors: errors) == .queryFailed)
    #expect(try directory.read("b.cypher") == "match (n return n")
  }
}
