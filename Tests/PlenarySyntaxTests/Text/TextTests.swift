import PlenarySyntax
import PlenaryTestSupport
import Testing

@Suite("Suggestions")
struct SuggestionTests {
  @Test(arguments: [
    ("Sate", "State"), ("stat", "State"), ("Satte", "State"), ("nmae", "name"), ("RETRUN", "RETURN"), ("Bdy", "Body"),
  ])
  func `the nearest name is found`(written: String, meant: String) {
    #expect(Suggestion.nearest(to: written, among: ["Body", "State", "name", "RETURN"]) == meant)
  }

  @Test(arguments: ["Meeting", "x", "", "State", String(repeating: "a", count: 10_000)])
  func `what is far from all names, or one of them, has none`(written: String) {
    #expect(Suggestion.nearest(to: written, among: ["State"]) == nil)
  }

  @Test func `case alone is a difference to point out`() {
    #expect(Suggestion.nearest(to: "state", among: ["State"]) == "State")
    #expect(Suggestion.nearest(to: "NAME", among: ["game", "name"]) == "name")
  }

  @Test func `short names allow one edit`() {
    #expect(Suggestion.nearest(to: "ab", among: ["cd"]) == nil)
    #expect(Suggestion.nearest(to: "ab", among: ["ac"]) == "ac")
  }
}

@Suite("Positions")
struct TextPositionTests {
  @Test(arguments: [
    ("1️⃣abc", "1:1"), ("ab1️⃣c", "1:3"), ("a\n1️⃣b", "2:1"), ("a\r\n1️⃣b", "2:1"), ("a\r1️⃣b", "2:1"), ("é😀1️⃣x", "1:3"),
    ("\t1️⃣x", "1:2"), ("a\n\n1️⃣", "3:1"),
  ])
  func `lines and columns count from one, columns in scalars`(text: String, position: String) {
    let marked = MarkedText(text)
    #expect(TextPosition(ofOffset: UInt32(marked.offset(1)), in: marked.text).description == position)
  }

  @Test func `offsets beyond the end are the end`() {
    #expect(TextPosition(ofOffset: 99, in: "ab").description == "1:3")
  }
}

@Suite("Excerpts")
struct DiagnosticRendererTests {
  /// The range is between the marks.
  private func render(_ text: String, width: Int = 100, file: String? = nil, hint: String? = nil) -> String {
    let marked = MarkedText(text)
    let range = SourceRange(start: UInt32(marked.offset(1)), end: UInt32(marked.offset(2)))
    return DiagnosticRenderer(fileName: file, maximumWidth: width)
      .render("error", "message", at: range, hint: hint, in: marked.text)
  }

  @Test func `a place is shown with its line, marks and hint`() {
    #expect(
      render("MATCH (n)\nRETURN 1️⃣m2️⃣.x\n", file: "a.cypher", hint: "did you mean `n`?") == """
        a.cypher:2:8: error: message
        RETURN m.x
               ^
        hint: did you mean `n`?
        """)
  }

  @Test func `an empty place has a mark`() {
    #expect(render("RETURN1️⃣2️⃣") == "1:7: error: message\nRETURN\n      ^")
  }

  @Test func `tabs become spaces and wide characters count twice`() {
    #expect(render("\tRETURN '日本', 1️⃣x2️⃣") == "1:15: error: message\n    RETURN '日本', x\n                   ^")
    #expect(render("RETURN 1️⃣'日本'2️⃣") == "1:8: error: message\nRETURN '日本'\n       ^^^^^^")
  }

  @Test func `control characters do not reach the terminal`() {
    #expect(render("RETURN '\u{1B}[31m' 1️⃣x2️⃣") == "1:16: error: message\nRETURN '\u{FFFD}[31m' x\n               ^")
  }

  @Test func `of several lines the first is marked`() {
    #expect(render("RETURN 1️⃣'a\nb'2️⃣") == "1:8: error: message\nRETURN 'a\n       ^^")
  }

  @Test(arguments: [0, 1, 50, 500, 100_000])
  func `long lines are cut around the place`(before: Int) throws {
    let text = String(repeating: "a", count: before) + "1️⃣XYZ2️⃣" + String(repeating: "b", count: 500)
    let lines = render(text, width: 40).split(separator: "\n").map(String.init)
    #expect(lines[1].count <= 40)
    let marks = try #require(lines[2].firstIndex(of: "^"))
    let column = lines[2].distance(from: lines[2].startIndex, to: marks)
    #expect(lines[1].dropFirst(column).hasPrefix("XYZ"))
    #expect(lines[2].hasSuffix("^^^") && lines[1].hasSuffix("…"))
  }

  @Test func `a long place is cut too`() {
    let lines = render("a 1️⃣" + String(repeating: "x", count: 500) + "2️⃣ b", width: 40).split(separator: "\n")
    #expect(lines[1].count <= 40 && lines[2].count <= 40 && lines[1].hasSuffix("…"))
  }
}
