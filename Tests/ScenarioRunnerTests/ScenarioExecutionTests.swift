import ScenarioRunner
import Testing

@Suite("Running scenarios")
struct ScenarioExecutionTests {
  private let engine = ScriptedEngine()
  private let when = "When executing query:\n\"\"\"\nQ\n\"\"\"\n"

  @Test(
    "rows are compared as a multiset, or in order where asked",
    arguments: [
      ("in any order", ["1", "2"], ["2", "1"], "passed"),
      ("in any order", ["1", "1", "2"], ["2", "2", "1"], "1 of 3 rows differ"),
      ("in any order", ["1"], ["1", "1"], "2 rows, expected 1"),
      ("in order", ["1", "2"], ["1", "2"], "passed"),
      ("in order", ["1", "2"], ["2", "1"], "the rows in another order"),
      ("in any order", ["[1, 2]"], ["[2, 1]"], "1 of 1 rows differ"),
      ("in any order (ignoring element order for lists)", ["[1, 2]"], ["[2, 1]"], "passed"),
    ])
  func rows(order: String, expected: [String], found: [String], reason: String) throws {
    try engine.answer("Q", columns: ["x"], rows: found.map { [$0] })
    let table = expected.map { "| \($0) |\n" }.joined()
    #expect(try engine.reason(when + "Then the result should be, \(order):\n| x |\n" + table) == reason)
  }

  @Test("order of columns and their names count")
  func columns() throws {
    try engine.answer("Q", columns: ["a", "b"], rows: [])
    #expect(try engine.reason(when + "Then the result should be, in any order:\n| a | b |") == "passed")
    #expect(try engine.reason(when + "Then the result should be, in any order:\n| b | a |") == "other columns")
  }

  @Test("details tell expected from found")
  func details() throws {
    try engine.answer("Q", columns: ["x"], rows: [["1"], ["2"]])
    let outcome = try engine.run(when + "Then the result should be, in any order:\n| x |\n| 1 |\n| 3 |")
    #expect(
      outcome
        == .failed(
          reason: "1 of 2 rows differ",
          details: [
            "expected: | 3 |", "found:    | 2 |", "step: f:7 the result should be, in any order:", "query:", "  Q",
          ]))
  }

  @Test("no rows expected")
  func empty() throws {
    #expect(try engine.reason(when + "Then the result should be empty") == "passed")
    try engine.answer("Q", columns: ["x"], rows: [["1"]])
    #expect(try engine.reason(when + "Then the result should be empty") == "1 rows, expected none")
  }

  @Test(
    "type, phase and detail of an error are compared",
    arguments: [
      ("SyntaxError should be raised at compile time: UndefinedVariable", "passed"),
      ("SyntaxError should be raised at any time: UndefinedVariable", "passed"),
      ("SyntaxError should be raised at compile time: *", "passed"),
      ("TypeError should be raised at compile time: *", "error with another type"),
      ("SyntaxError should be raised at runtime: *", "error with another phase"),
      ("TypeError should be raised at runtime: Other", "error with another type and phase and detail"),
      ("SyntaxError should be raised at some time: *", "step cannot be read"),
    ])
  func errors(step: String, reason: String) throws {
    engine.answers["Q"] = .init(
      result: .failure(ObservedError(type: "SyntaxError", phase: "compile time", detail: "UndefinedVariable")))
    #expect(try engine.reason(when + "Then a \(step)") == reason)
  }

  @Test("an error that is not expected, and one that does not come")
  func unexpected() throws {
    #expect(
      try engine.reason(when + "Then a TypeError should be raised at runtime: X")
        == "no error, expected TypeError at runtime: X")
    engine.answers["Q"] = .init(result: .failure(ObservedError(type: "T", phase: "runtime", detail: "D")))
    let reason = "unexpected error T at runtime: D"
    #expect(try engine.reason(when + "Then the result should be empty") == reason)
    #expect(try engine.reason(when + "And no side effects") == reason)
    #expect(try engine.reason(when + when + "Then the result should be empty") == reason)
    #expect(try engine.reason("Given having executed:\n\"\"\"\nQ\n\"\"\"\n" + when) == "set-up failed: T at runtime: D")
  }

  @Test("a failed query must leave the graph as it was")
  func leftovers() throws {
    var picture = GraphPicture()
    picture.addNode(0, labels: [], properties: ScenarioEntries())
    engine.answers["Q"] = .init(
      result: .failure(ObservedError(type: "T", phase: "runtime", detail: "D")), picture: picture)
    #expect(
      try engine.reason(when + "Then a T should be raised at runtime: D") == "a failed query changed the graph")
  }

  @Test("parameters go to the queries under test and not to the set-up")
  func parameters() throws {
    let steps = "Given having executed:\n\"\"\"\nS\n\"\"\"\nAnd parameters are:\n| a | 1 |\n| b | ['x'] |\n"
    #expect(try engine.reason(steps + when + "Then the result should be empty") == "passed")
    #expect(engine.queries == ["S", "Q"])
    #expect(engine.parameters == [[:], ["a": "1", "b": "['x']"]])
  }

  @Test("a named graph is built from the statements of its script")
  func namedGraph() throws {
    let script = "CREATE ({a: ';'}); // one; two\nCREATE (`;`) /* ; */;\n;CREATE ({b: \"\\\";\"})"
    #expect(try engine.reason("Given the small graph\n" + when, graphs: ["small": script]) == "passed")
    #expect(
      engine.queries == [
        "CREATE ({a: ';'})", "// one; two\nCREATE (`;`) /* ; */", "CREATE ({b: \"\\\";\"})", "Q",
      ])
    #expect(try engine.reason("Given the small graph\n" + when) == "there is no graph named small")
  }

  @Test("a procedure answers with the rows whose inputs equal the arguments")
  func procedure() throws {
    let steps = """
      Given there exists a procedure my.proc(name :: STRING?, id :: NUMBER?) :: (id :: INTEGER?, town :: STRING?) :
      | name | id   | id | town |
      | 'a'  | 1    | 7  | 'A'  |
      | 'a'  | 1    | 8  | 'B'  |
      | null | 2.0  | 9  | 'C'  |

      """
    #expect(try engine.reason(steps + when) == "passed")
    let procedure = try #require(engine.procedures.first)
    #expect(procedure.name == "my.proc")
    #expect(procedure.parameters == [.init(name: "name", type: "STRING?"), .init(name: "id", type: "NUMBER?")])
    #expect(procedure.results == [.init(name: "id", type: "INTEGER?"), .init(name: "town", type: "STRING?")])
    func call(_ arguments: ScenarioValue...) -> [String] { procedure.results(for: arguments).map { "\($0)" } }
    #expect(call(.string("a"), .integer(1)) == ["[7, 'A']", "[8, 'B']"])
    #expect(call(.string("a"), .float(1)) == ["[7, 'A']", "[8, 'B']"])
    #expect(call(.null, .integer(2)) == ["[9, 'C']"])
    #expect(call(.null, .null) == [])
  }

  @Test(
    "expectations that make no sense fail the scenario",
    arguments: [
      "Then the result should be, in any order:\n| x |\n| nonsense |", "Then the result should be, by chance:\n| x |",
      "Then the side effects should be:\n| +nods | 1 |", "Then the side effects should be:\n| +nodes | many |",
      "Then everything is fine", "Given parameters are:\n| a |", "Given having executed:",
      "Given there exists a procedure x(a) :: ():",
    ])
  func nonsense(step: String) throws {
    #expect(try engine.reason(when + step) == "step cannot be read")
    #expect(engine.queries.isEmpty)
  }

  @Test("a scenario without a query checks nothing")
  func noQuery() throws {
    #expect(try engine.reason("Given an empty graph") == "no query to check")
    #expect(try engine.reason("Then the result should be empty") == "a result is expected before any query")
  }
}
