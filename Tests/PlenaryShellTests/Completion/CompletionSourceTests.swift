import Plenary
import TestResources
import Testing

@testable import PlenaryShell

@Suite("Completion in the shell")
struct CompletionSourceTests {
  private let session: Session
  private let source: CompletionSource

  init() throws {
    let database = try Database.open("empty")
    _ = try database.query(
      """
      CREATE (:State {name: 'x', isoAlpha2: 'y'})-[:MEMBER_OF {since: 1}]->(:Body {title: 'z', `two words`: 1}),
        (:`Odd Label`)
      """)
    session = Session(database: database, output: TextOutput(), errors: TextOutput())
    session.parameters = ["country": "Brunei"]
    source = CompletionSource(session: session)
  }

  private func candidates(_ text: String) -> [String] { source.complete(text, at: text.utf8.count).candidates }

  @Test(
    "offers what fits the place",
    arguments: [
      ("MATCH (s:St", ["State"]), ("MATCH (s:odd", ["`Odd Label`"]), ("MATCH ()-[:M", ["MEMBER_OF"]),
      ("MATCH (s:State) RETURN s.", ["isoAlpha2", "name"]), ("MATCH (s:State) RETURN s.na", ["name"]),
      ("MATCH (b:Body) RETURN b.t", ["`two words`", "title"]),
      ("MATCH ()-[r:MEMBER_OF]->() RETURN r.", ["since"]), ("MATCH (state:State) RETURN stat", ["state"]),
      ("RETURN toUp", ["toUpper("]), ("RETURN $c", ["$country"]), ("unw", ["unwind "]), ("UNW", ["UNWIND "]),
      ("RETURN 1; UNW", ["UNWIND "]), ("MATCH (s:State) RETURN s ORD", ["ORDER BY "]), ("RETURN 'St", []),
      ("// St", []), ("", []),
    ] as [(String, [String])])
  func statements(_ text: String, _ expected: [String]) {
    if text.isEmpty {
      #expect(candidates(text).contains("MATCH "))
    } else {
      #expect(candidates(text) == expected)
    }
  }

  @Test(
    "completes the shell's own commands",
    arguments: [
      (":sch", [":schema"]), (":param", [":param ", ":params"]), (":format c", ["csv"]), (":timing o", ["off", "on"]),
      (":help :tim", [":timing"]), (":help unw", ["UNWIND"]), (":param c", ["country"]), (":quit x", []),
      (":nope x", []),
    ] as [(String, [String])])
  func commands(_ text: String, _ expected: [String]) {
    #expect(candidates(text) == expected)
  }

  @Test func replacesTheWordBeforeTheCursorOnly() {
    let text = "MATCH (s:St) RETURN s"
    let found = source.complete(text, at: "MATCH (s:St".utf8.count)
    #expect(found == LineEditor.Completions(wordLength: 2, candidates: ["State"]))
    #expect(source.complete("RETURN 'é' + toUp", at: "RETURN 'é' + toUp".utf8.count).wordLength == 4)
  }

  @Test func completesFiles() throws {
    let directory = try TemporaryDirectory()
    try directory.file("query one.cypher", "")
    try directory.file("query two.cypher", "")
    #expect(
      candidates(":source \(directory.path)/query")
        == ["\(directory.path)/query one.cypher", "\(directory.path)/query two.cypher"])
  }

  @Test func commonBeginnings() {
    #expect(LineEditor.commonBeginning(["properties(", "propertyKeys("]) == "propert")
    #expect(LineEditor.commonBeginning(["toUpper(", "TOlower("]) == "to")
    #expect(LineEditor.commonBeginning(["a", "b"]) == "")
    #expect(LineEditor.commonBeginning([]) == "")
  }

  @Test func columnsGoDownAndThenAcross() {
    #expect(ColumnLayout(20).text(of: ["a", "bb", "ccc", "d", "漢"]) == "a    ccc  漢\nbb   d\n")
    #expect(ColumnLayout(3).text(of: ["long one", "x"]) == "long one\nx\n")
    #expect(ColumnLayout(80).text(of: []) == "")
  }
}

@Suite("Highlighting")
struct HighlighterTests {
  private let highlighter = Highlighter(style: .colored)

  @Test(
    "adds colours and nothing else",
    arguments: [
      "MATCH (s:State {name: 'é漢'}) // note\nRETURN s.name, $x, 1.5 /* open", "RETURN 'open", "`open", "$", "", "\n\n",
      ":format csv", ":nope", "RETURN \"a\\\"b\" <> 0xG", "👩‍👩‍👧 RETURN",
    ])
  func textStays(_ text: String) {
    #expect(highlighter.highlight(text).replacing(/\u{1B}\[[0-9;]*m/, with: "") == text)
  }

  @Test func keywordsAndStringsHaveColours() {
    #expect(highlighter.highlight("RETURN 'a'") == "\u{1B}[1;34mRETURN\u{1B}[0m \u{1B}[32m'a'\u{1B}[0m")
    #expect(highlighter.highlight("n.order") == "n.order")
  }
}

@Suite("History on disk")
struct HistoryFileTests {
  @Test func keepsEntriesWholeAndInOrder() throws {
    let directory = try TemporaryDirectory()
    let file = HistoryFile(path: directory.path + "/history")
    #expect(file.read() == [])
    let entries = ["RETURN 1", "MATCH (n)\nRETURN 'é\\\"漢'", "tab\t"]
    for entry in entries { file.append(entry) }
    #expect(file.read() == entries)
  }

  @Test func passesOverLinesOfOthers() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.file("history", bytes: Array("not json\n\"kept\"\n42\n\"torn".utf8) + [0xFF])
    #expect(HistoryFile(path: path).read() == ["kept"])
  }

  @Test func isFoundWhereTheUserWantsIt() {
    func path(_ variables: [String: String]) -> String? { HistoryFile { variables[$0] }?.path }
    #expect(path(["PLENARY_HISTORY": "/x/y", "HOME": "/h"]) == "/x/y")
    #expect(path(["XDG_STATE_HOME": "/state", "HOME": "/h"]) == "/state/plenary/history")
    #expect(path(["XDG_STATE_HOME": "relative", "HOME": "/h"]) == "/h/.local/state/plenary/history")
    #expect(path([:]) == nil)
  }
}
