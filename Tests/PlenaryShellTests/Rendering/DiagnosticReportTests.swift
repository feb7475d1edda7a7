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
        report.cypher:2:8: error[42001]: message
        RETURN m.name
               ^
        hint: did you mean `n`?

        """)
  }

  @Test func needsNoPositionForOneLineAtThePrompt() {
    #expect(
      report("RETURN m.name", 7..<13, name: nil) == """
        error[42001]: message
        RETURN m.name
               ^^^^^^

        """)
  }

  @Test func namesTheLineOfALongerTextAtThePrompt() {
    #expect(report("RETURN\nm.name", 7..<8, name: nil).hasPrefix("line 2: error[42001]: message\nm.name\n^\n"))
  }

  @Test func countsFromTheStartOfTheScript() {
    #expect(report("RETURN 1;\r\n\r\n  RETURN x", 7..<8, offset: 15).hasPrefix("report.cypher:3:10: error"))
  }

  @Test func caretStandsBelowWideCharacters() {
    #expect(
      report("RETURN '漢字' + x", 18..<19) == """
        report.cypher:1:15: error[42001]: message
        RETURN '漢字' + x
                        ^

        """)
  }

  @Test func warningsSayThatTheyAreWarnings() {
    #expect(report("MATCH (s:Sate)", 9..<13, severity: .warning).hasPrefix("report.cypher:1:10: warning: message\n"))
  }

  @Test func endOfTextHasAPlaceToo() {
    #expect(report("RETURN", 6..<6, name: nil) == "error[42001]: message\nRETURN\n      ^\n")
    #expect(report("", 0..<0, name: nil) == "error[42001]: message\n\n^\n")
  }

  @Test func rangesOutsideTheTextDoNotTrap() {
    #expect(report("abc", 10..<20, name: nil).hasPrefix("error[42001]: message\nabc\n"))
  }

  @Test func errorsWithoutAPlaceNameTheSource() {
    let error = QueryError(.deadlineExceeded, "the query took longer than 1 s")
    #expect(
      DiagnosticReport(style: .plain).text(of: error, in: SourceText(name: "-c", text: "RETURN 1"))
        == "-c: error[57014]: the query took longer than 1 s\n")
  }
}
