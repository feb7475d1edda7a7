import Plenary
import PlenarySyntax
import Testing

@testable import PlenaryShell

@Suite("Reports of errors")
struct DiagnosticReportTests {
  private func report(
    _ text: String, _ range: Range<UInt32>, name: String? = "report.cypher", hint: String? = nil, offset: Int = 0,
    severity: Diagnostic.Severity = .error
  ) -> String {
    let diagnostic = Diagnostic(
      .unexpectedToken, "message", at: SourceRange(start: range.lowerBound, end: range.upperBound), hint: hint,
      severity: severity)
    return DiagnosticReport(style: .plain).text(
      of: diagnostic, in: SourceText(name: name, text: text), offset: offset)
  }

  @Test func namesFileLineAndColumnAndPointsAtTheText() {
    #expect(
      report("MATCH (n)\nRETURN m.name", 17..<18, hint: "did you mean `n`?") == """
        error[42001]: message
          --> report.cypher:2:8
          |
        2 | RETURN m.name
          |        ^
          = hint: did you mean `n`?

        """)
  }

  @Test func needsNoFileAtThePrompt() {
    #expect(
      report("RETURN m.name", 7..<13, name: nil) == """
        error[42001]: message
        1 | RETURN m.name
          |        ^^^^^^

        """)
  }

  @Test func countsFromTheStartOfTheScript() {
    #expect(report("RETURN 1;\r\n\r\n  RETURN x", 7..<8, offset: 15).contains("--> report.cypher:3:10\n"))
  }

  @Test func caretStandsBelowWideCharacters() {
    #expect(
      report("RETURN '漢字' + x", 16..<17) == """
        error[42001]: message
          --> report.cypher:1:13
          |
        1 | RETURN '漢字' + x
          |                 ^

        """.replacing("|                 ^", with: "|                ^ "))
  }

  @Test func warningsSayThatTheyAreWarnings() {
    #expect(report("MATCH (s:Sate)", 9..<13, severity: .warning).hasPrefix("warning: message\n"))
  }

  @Test func endOfTextHasAPlaceToo() {
    #expect(report("RETURN", 6..<6, name: nil) == "error[42001]: message\n1 | RETURN\n  |       ^\n")
    #expect(report("", 0..<0, name: nil) == "error[42001]: message\n1 |\n  | ^\n")
  }

  @Test(arguments: [0, 50, 500_000, 999_999])
  func longLinesAreShownAroundTheCaret(_ start: Int) {
    let text = String(repeating: "0123456789", count: 100_000)
    let excerpt = Excerpt(text, from: start, to: start + 5, columns: 60)
    #expect(DisplayWidth.of(excerpt.text) <= 61)
    #expect(excerpt.column == start + 1)
    let shown = Array(excerpt.text)
    #expect(shown[excerpt.indent] == Character(String(start % 10)))
  }

  @Test func rangesOutsideTheTextDoNotTrap() {
    #expect(Excerpt("abc", from: 10, to: 5).column == 4)
    #expect(Excerpt("", from: 3, to: 9).line == 1)
  }
}
