import Plenary
import PlenarySyntax
import Testing

@testable import PlenaryShell

/// Rows without nodes, so that an empty graph is graph enough.
private func table(_ columns: [String], _ rows: [[Value]]) -> ResultTable {
  ResultTable(columns: columns, rows: rows, graph: Graph())
}

private func render(_ table: ResultTable, as format: OutputFormat, terminal: Int? = nil) -> String {
  let output = TextOutput(terminalColumns: terminal)
  format.write(table, to: output, style: .plain)
  return output.take()
}

private var states: ResultTable {
  table(
    ["name", "code", "since"],
    [
      [.string("Brunei"), .string("BN"), .integer(1984)],
      [.string("Việt Nam"), .string("VN"), .integer(1995)],
      [.string("東ティモール"), .null, .null],
    ])
}

@Suite("Renderers")
struct RendererTests {
  @Test func tableAlignsByDisplayWidth() {
    #expect(
      render(states, as: .table) == """
        ┌──────────────┬──────┬───────┐
        │ name         │ code │ since │
        ├──────────────┼──────┼───────┤
        │ Brunei       │ BN   │  1984 │
        │ Việt Nam     │ VN   │  1995 │
        │ 東ティモール │ null │  null │
        └──────────────┴──────┴───────┘

        """)
  }

  @Test func tableCutsTheWidestColumnsToTheTerminal() {
    let wide = table(
      ["id", "text", "more"],
      [[.integer(1), .string(String(repeating: "a", count: 40)), .string(String(repeating: "漢", count: 20))]])
    #expect(
      render(wide, as: .table, terminal: 40)
        == """
        ┌────┬────────────────┬────────────────┐
        │ id │ text           │ more           │
        ├────┼────────────────┼────────────────┤
        │  1 │ aaaaaaaaaaaaa… │ 漢漢漢漢漢漢…  │
        └────┴────────────────┴────────────────┘

        """)
  }

  @Test(arguments: [20, 24, 31, 40, 63, 80])
  func tableNeverExceedsTheTerminal(_ columns: Int) {
    let wide = table(
      ["a", "longer name", "c"],
      [[.string(String(repeating: "x", count: 90)), .string("漢字漢字漢字漢字漢字"), .float(1.5)], [.null, .null, .null]])
    for line in render(wide, as: .table, terminal: columns).split(separator: "\n") {
      #expect(DisplayWidth.of(String(line)) <= columns)
    }
  }

  @Test func tooManyColumnsBecomeRecords() {
    let many = table(["first", "second", "third"], [[.string("a long value"), .integer(2), .null]])
    #expect(
      render(many, as: .table, terminal: 22) == """
        ── row 1 ──
        first  │ a long value
        second │ 2
        third  │ null

        """)
  }

  @Test func cellsStayOnTheirLine() {
    #expect(render(table(["a"], [[.string("x\ny\u{1B}[2J")]]), as: .table).contains(#"│ x\ny\u001B[2J │"#))
  }

  @Test func emptyTableHasItsHeader() {
    #expect(
      render(table(["name"], []), as: .table) == """
        ┌──────┐
        │ name │
        ├──────┤
        └──────┘

        """)
  }

  @Test func csvQuotesAsRFC4180Says() {
    let rows = table(
      ["a", "b,c"],
      [
        [.string("plain"), .string("with \"quotes\"")], [.string("line\nbreak"), .string("")], [.null, .boolean(true)],
        [.float(1), .list([.integer(1), .string("x")])],
      ])
    #expect(
      render(rows, as: .csv)
        == "a,\"b,c\"\r\nplain,\"with \"\"quotes\"\"\"\r\n\"line\nbreak\",\"\"\r\n,true\r\n1.0,\"[1,\"\"x\"\"]\"\r\n")
  }

  @Test func tsvEscapesItsSeparators() {
    let rows = table(["a", "b"], [[.string("x\ty\\z\n"), .null]])
    #expect(render(rows, as: .tsv) == "a\tb\nx\\ty\\\\z\\n\t\n")
  }

  @Test func jsonIsOneArray() {
    #expect(
      render(states, as: .json) == """
        [
          {"name":"Brunei","code":"BN","since":1984},
          {"name":"Việt Nam","code":"VN","since":1995},
          {"name":"東ティモール","code":null,"since":null}
        ]

        """)
    #expect(render(table(["a"], []), as: .json) == "[]\n")
  }

  @Test func jsonLinesAreOneObjectEach() {
    #expect(render(table(["a"], [[.integer(1)], [.string("x")]]), as: .jsonl) == "{\"a\":1}\n{\"a\":\"x\"}\n")
  }

  @Test func markdownIsPaddedAndEscaped() {
    let rows = table(["name", "n"], [[.string("a|b"), .integer(1)], [.string("two\nlines"), .integer(20)]])
    #expect(
      render(rows, as: .markdown) == """
        | name         |   n |
        | ------------ | --: |
        | a\\|b         |   1 |
        | two<br>lines |  20 |

        """)
  }

  @Test func autoIsATableOnATerminalAndJSONLinesOtherwise() {
    #expect(render(states, as: .auto, terminal: 80).hasPrefix("┌"))
    #expect(render(states, as: .auto).hasPrefix("{"))
  }

  @Test func colouredTextTakesNoMoreRoom() {
    let output = TextOutput(terminalColumns: 80)
    OutputFormat.table.write(states, to: output, style: .colored)
    let plain = output.take().replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == render(states, as: .table, terminal: 80))
  }
}

@Suite("Values as text")
struct ValueTextTests {
  private let json = JSONText(graph: Graph())
  private let literal = LiteralText(graph: Graph())

  @Test(
    "JSON forms",
    arguments: [
      (Value.null, "null"), (.boolean(true), "true"), (.integer(.min), "-9223372036854775808"), (.float(1), "1.0"),
      (.float(0.1), "0.1"), (.float(1e300), "1e+300"), (.float(.nan), "\"NaN\""), (.float(.infinity), "\"Infinity\""),
      (.float(-.infinity), "\"-Infinity\""), (.float(-0.0), "-0.0"),
      (.string("\"\\\u{8}\u{C}\n\r\t\u{1}/é漢👍"), #""\"\\\b\f\n\r\t\u0001/é漢👍""#), (.list([]), "[]"),
      (.list([.integer(1), .list([.null])]), "[1,[null]]"),
      (.map(["a": .integer(1), "b\n": .map([:])]), #"{"a":1,"b\n":{}}"#),
    ])
  func json(_ value: Value, _ expected: String) {
    #expect(json.text(of: value) == expected)
  }

  @Test(
    "literals",
    arguments: [
      (Value.null, "null"), (.string("it's"), "it's"), (.list([.string("it's\n\\")]), #"['it\'s\n\\']"#),
      (.map(["a b": .string("x"), "c": .float(2)]), "{`a b`: 'x', c: 2.0}"), (.float(.nan), "NaN"),
    ])
  func literals(_ value: Value, _ expected: String) {
    #expect(literal.text(of: value) == expected)
  }

  @Test func nodesRelationshipsAndPaths() throws {
    var graph = Graph()
    try graph.execute("CREATE (:State {name: 'Brunei', code: 'BN'})-[:MEMBER_OF {since: 1984}]->(:Body), ()")
    let result = try graph.query(
      "MATCH p = (s:State)-[r]->(b) MATCH (n) WHERE size(labels(n)) = 0 RETURN s, r, p, n, [s]")
    let row = try #require(result.first { _ in true })
    let literal = LiteralText(graph: result.graph)
    let json = JSONText(graph: result.graph)
    #expect(literal.text(of: row.value(0)) == "(:State {name: 'Brunei', code: 'BN'})")
    #expect(literal.text(of: row.value(1)) == "[:MEMBER_OF {since: 1984}]")
    #expect(
      literal.text(of: row.value(2)) == "(:State {name: 'Brunei', code: 'BN'})-[:MEMBER_OF {since: 1984}]->(:Body)")
    #expect(literal.text(of: row.value(3)) == "()")
    #expect(literal.text(of: row.value(4)) == "[(:State {name: 'Brunei', code: 'BN'})]")
    #expect(json.text(of: row.value(0)) == #"{"id":0,"labels":["State"],"properties":{"name":"Brunei","code":"BN"}}"#)
    #expect(
      json.text(of: row.value(1)) == #"{"id":0,"type":"MEMBER_OF","start":0,"end":1,"properties":{"since":1984}}"#)
    #expect(json.text(of: row.value(3)) == #"{"id":2,"labels":[],"properties":{}}"#)
    let backwards = try graph.query("MATCH p = (b:Body)<-[r]-(s) RETURN p")
    #expect(
      literal.text(of: try #require(backwards.first { _ in true }).value(0))
        == "(:Body)<-[:MEMBER_OF {since: 1984}]-(:State {name: 'Brunei', code: 'BN'})")
  }
}
