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

  /// What the parser has against the text as far as the grammar can judge.
  func syntaxErrors(in text: String) -> [Diagnostic] {
    Parser.parse(text).diagnostics.filter { $0.severity == .error && Self.syntaxErrors.contains($0.code) }
  }

  /// Compares the two, and says how they differ.
  func disagreement(on text: String) -> String? {
    let isSentence = isSentence(text)
    let errors = syntaxErrors(in: text)
    guard isSentence != errors.isEmpty else { return nil }
    if let error = errors.first {
      return "the grammar has it, the parser says: \(error.code) \(error.range): \(error.message)\n\(text)"
    }
    return "the parser takes it, the grammar has no such sentence\n\(text)"
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
