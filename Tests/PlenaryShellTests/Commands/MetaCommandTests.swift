import Plenary
import Testing

@testable import PlenaryShell

@Suite("Commands of the shell")
struct MetaCommandTests {
  private let output = TextOutput()
  private let errors = TextOutput()
  private let session: Session

  init() throws {
    session = Session(database: try Database.open("empty"), output: output, errors: errors)
  }

  private func run(_ line: String) -> (outcome: Session.Outcome, output: String, errors: String) {
    let outcome = MetaCommand.run(line, in: session)
    return (outcome, output.take(), errors.take())
  }

  @Test func helpListsEveryCommand() {
    let text = run(":help").output
    for command in MetaCommand.all { #expect(text.contains("  \(command.usage)  ")) }
    for line in text.split(separator: "\n") { #expect(line.count <= 100) }
  }

  @Test(
    "help explains one thing",
    arguments: [
      (
        ":help :format",
        """
        :format [NAME]
          choose the form of results, or show it
          auto: a table on a terminal, JSON lines otherwise
          table: a table with lines, for people
          csv: comma-separated values with a header (RFC 4180)
          tsv: tab-separated values with a header
          json: one JSON array of objects
          jsonl: one JSON object a row
          markdown: a table in Markdown

        """
      ),
      (
        ":help unwind",
        """
        UNWIND list AS name
          makes one row of each element of a list
          An empty list or null makes no row.
          example:
            UNWIND [1, 2, 3] AS n
            RETURN n, n * n AS square

        """
      ),
    ])
  func topic(_ command: String, _ expected: String) {
    #expect(run(command).output == expected)
  }

  @Test func helpKnowsTheWholeReference() {
    for entry in Reference.all {
      let text = run(":help \(entry.name)").output
      #expect(text.contains(entry.summary), "\(entry.name)")
    }
    #expect(run(":help nothingOfTheKind").errors.hasPrefix("error: no help on \"nothingOfTheKind\"\n"))
  }

  @Test(
    "unknown commands suggest the nearest",
    arguments: [
      (":shcema", "error: unknown command :shcema\n  hint: did you mean :schema?\n"),
      (":frobnicate", "error: unknown command :frobnicate\n  hint: :help lists the commands\n"),
      (
        ":format cvs",
        "error: unknown format \"cvs\", expected one of auto, table, csv, tsv, json, jsonl, markdown\n  hint: did you mean csv?\n"
      ),
      (":timing maybe", "error: found \"maybe\" after :timing, expected on or off\n"),
      (":source", "error: expected a file after :source\n"),
      (":source /no/such/place", "error: cannot read /no/such/place: No such file or directory\n"),
      (":history", "error: there is no history outside the shell\n"),
      (":param", "error: expected :param name => expression\n  hint: for example :param country => 'Thailand'\n"),
    ])
  func mistakes(_ command: String, _ expected: String) {
    let result = run(command)
    #expect(result.outcome == .failed)
    #expect(result.errors == expected)
    #expect(result.output == "")
  }

  @Test func parameters() throws {
    #expect(run(":params").output == "no parameters; set one with :param name => expression\n")
    #expect(run(":param x => 1 + 1;").outcome == .success)
    #expect(run(":param $y = [$x, 'a']").outcome == .success)
    #expect(
      run(":params").output == """
        ┌───────────┬──────────┐
        │ parameter │ value    │
        ├───────────┼──────────┤
        │ $x        │ 2        │
        │ $y        │ [2, 'a'] │
        └───────────┴──────────┘

        """)
    #expect(run(":param x").outcome == .success)
    #expect(session.parameters["x"] == nil)
    let mistake = run(":param z => 1 +")
    #expect(mistake.outcome == .failed)
    #expect(mistake.errors.contains("\n1 +\n"))
  }

  @Test func formatAndTiming() {
    #expect(run(":format").output == "format is auto\n")
    #expect(run(":FORMAT CSV").outcome == .success)
    #expect(session.format == .csv)
    #expect(run(":timing").output == "timing is on\n")
    #expect(run(":timing off").output == "timing is off\n")
    #expect(run(":quit").outcome == .quit)
    #expect(run(":exit;").outcome == .quit)
  }

  @Test func schemaCountsLabelsAndTypes() throws {
    _ = try session.database.query(
      "CREATE (a:State {name: 'x', code: 'y'})-[:MEMBER_OF {since: 1}]->(:Body), (a)-[:MEMBER_OF]->(:Body {name: 'z'}), ()"
    )
    #expect(
      run(":schema").output == """
        4 nodes, 2 relationships
        ┌───────┬───────┬────────────┐
        │ label │ nodes │ properties │
        ├───────┼───────┼────────────┤
        │ Body  │     2 │ name       │
        │ State │     1 │ code, name │
        └───────┴───────┴────────────┘
        ┌───────────────────┬───────────────┬──────────────────┬────────────┐
        │ relationship type │ relationships │ between          │ properties │
        ├───────────────────┼───────────────┼──────────────────┼────────────┤
        │ MEMBER_OF         │             2 │ (:State)→(:Body) │ since      │
        └───────────────────┴───────────────┴──────────────────┴────────────┘

        """)
  }
}
