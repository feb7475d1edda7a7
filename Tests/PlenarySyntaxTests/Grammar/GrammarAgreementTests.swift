import TestResources
import Testing

/// Holds the grammar and the parser together: neither can change without the other.
@Suite("The grammar and the parser agree")
struct GrammarAgreementTests {
  private let subject: GrammarUnderTest

  init() throws { subject = try GrammarUnderTest() }

  @Test func `on queries that are right`() {
    for query in Corpus.accepted { #expect(subject.isSentence(query.text), "\(query.text)") }
    subject.expectAgreement(on: Corpus.accepted.map(\.text))
  }

  @Test func `on queries that are wrong`() {
    for query in Corpus.rejected { #expect(!subject.isSentence(query.text), "\(query.text)") }
    subject.expectAgreement(on: Corpus.rejected.map(\.text))
  }

  @Test func `on samples, golden tests and conformance scenarios`() {
    subject.expectAgreement(on: (Corpus.samples + Corpus.golden + Corpus.conformance).map(\.text))
  }

  @Test func `on sentences generated from the grammar`() {
    var generator = SentenceGenerator(subject.grammar, scanner: subject.scanner)
    // Most of them of one query, so that the few statements of other kinds do not crowd them out.
    let sentences = (0..<2_000).map { seed in
      let start = seed % 8 == 0 ? GrammarFiles.start : seed % 2 == 0 ? "regular query" : "return clause"
      return generator.sentence(of: start, seed: UInt64(seed), tokens: 6 + seed % 30)
    }
    for sentence in sentences where !subject.isSentence(sentence) {
      Issue.record("generated, but not recognised:\n\(sentence)")
    }
    subject.expectAgreement(on: sentences)
    // Every production and every alternative has had its turn.
    for production in subject.grammar.syntacticProductions {
      guard case .choice(let alternatives)? = production.body else { continue }
      for index in alternatives.indices {
        #expect(generator.used.contains("\(production.name)#\(index)"), "no sentence uses it")
      }
    }
  }

  @Test func `on mutations of all of them`() {
    let mutator = QueryMutator(subject.grammar, scanner: subject.scanner)
    func mutations(of queries: [Corpus.Query], count: Int) -> [String] {
      queries.flatMap { query in
        // A seed of its own for each query, so that a new one does not change what is tried on the others.
        var random = SeededRandom(seed: query.text.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        return (0..<count).compactMap { _ in mutator.mutate(query.text, &random) }
      }
    }
    subject.expectAgreement(on: mutations(of: Corpus.accepted + Corpus.samples + Corpus.golden, count: 8))
    // What is wrong to begin with seldom becomes right, and scenarios are many and alike.
    subject.expectAgreement(on: mutations(of: Corpus.rejected + Corpus.conformance, count: 1))
  }
}
