import PlenarySyntax
import Testing

/// The grammar with its scanner and recogniser, and the parser beside them.
struct GrammarUnderTest {
  let grammar: GrammarFiles
  let scanner: TokenScanner
  let recogniser: EarleyRecogniser

  init() throws {
    grammar = try GrammarFiles.shared.get()
    scanner = try TokenScanner(grammar)
    recogniser = try EarleyRecogniser(grammar)
  }

  /// Whether the text is a sentence of the grammar.
  func isSentence(_ text: String) -> Bool {
    guard let tokens = scanner.scan(text) else { return false }
    return recogniser.accepts(tokens.map(\.terminal))
  }

  /// The diagnostics that the grammar can judge. Others are about meaning, such as a pattern that stands for a value, or
  /// about size, such as an integer of twenty digits.
  private static let syntaxErrors: Set<DiagnosticCode> = [
    .unexpectedToken, .unexpectedEnd, .unterminated, .invalidCharacter, .invalidEscape, .invalidNumber,
    .invalidRelationshipPattern, .invalidClauseComposition, .invalidArgumentPassingMode,
  ]

  /// Compares the two, and says how they differ.
  ///
  /// Against a sentence the parser may have errors of meaning, but none of syntax; against anything else it must have
  /// an error, of whatever kind, since one error may hide the next.
  func disagreement(on text: String) -> String? {
    let errors = Parser.parse(text).diagnostics.filter { $0.severity == .error }
    if isSentence(text) {
      guard let error = errors.first(where: { Self.syntaxErrors.contains($0.code) }) else { return nil }
      return "the grammar has it, the parser says: \(error.code) \(error.range): \(error.message)\n\(text)"
    }
    return errors.isEmpty ? "the parser takes it, the grammar has no such sentence\n\(text)" : nil
  }

  /// Reports the first few disagreements on these texts.
  func expectAgreement(on texts: some Sequence<String>, sourceLocation: SourceLocation = #_sourceLocation) {
    var found = 0
    for text in texts {
      guard let disagreement = disagreement(on: text) else { continue }
      found += 1
      if found <= 10 { Issue.record("\(disagreement)", sourceLocation: sourceLocation) }
    }
    #expect(found == 0, "\(found) disagreements", sourceLocation: sourceLocation)
  }
}
