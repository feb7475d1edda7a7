import Testing

@Suite("The recogniser")
struct EarleyRecogniserTests {
  /// Sentences are given as words, all of them keywords or symbols.
  private func recogniser(_ grammar: String) throws -> (String) -> Bool {
    let productions = try GrammarNotation.read(grammar).compactMap { production in
      production.body.map { (production.name, $0) }
    }
    let recogniser = try EarleyRecogniser(productions: productions, start: productions[0].0)
    return { text in
      recogniser.accepts(
        text.split(separator: " ").map { $0.first?.isLetter == true ? .keyword(String($0)) : .symbol(String($0)) })
    }
  }

  @Test func `left recursion, right recursion and precedence`() throws {
    let accepts = try recogniser("<sum> ::= <sum> + <power> | <power>\n<power> ::= N | N ^ <power>")
    #expect(accepts("N"))
    #expect(accepts("N + N ^ N ^ N + N"))
    #expect(!accepts("N +"))
    #expect(!accepts("+ N"))
    #expect(!accepts("N N"))
    #expect(!accepts(""))
  }

  @Test func `empty productions, also hidden ones`() throws {
    let accepts = try recogniser("<s> ::= <a> <a> B [ <a> ]...\n<a> ::= [ <c> ]\n<c> ::= [ A ]")
    #expect(accepts("B"))
    #expect(accepts("A B"))
    #expect(accepts("A A B A A A"))
    #expect(!accepts("A A A B"))
    #expect(!accepts("A A"))
  }

  @Test func `a grammar of nothing`() throws {
    let accepts = try recogniser("<s> ::= [ A ] [ B ]")
    #expect(accepts(""))
    #expect(accepts("A B"))
    #expect(!accepts("B A"))
  }

  @Test func `ambiguity and cycles`() throws {
    let accepts = try recogniser("<s> ::= <s> <s> | <s> | A | [ <s> ]")
    #expect(accepts("A"))
    #expect(accepts("A A A A A A A A"))
    #expect(accepts(""))
    #expect(!accepts("A B"))
  }

  @Test func `what no deterministic parser decides`() throws {
    // Palindromes need to know the middle.
    let accepts = try recogniser("<s> ::= A <s> A | B <s> B | A | B")
    #expect(accepts("A B A B A"))
    #expect(accepts("A A B A A"))
    #expect(!accepts("A B B A"))
    #expect(!accepts("A B A A"))
  }

  @Test func `repetition and groups`() throws {
    let accepts = try recogniser("<s> ::= { A | B C }... [ , A ]...")
    #expect(accepts("A B C A , A , A"))
    #expect(!accepts(", A"))
    #expect(!accepts("A B"))
  }

  @Test func `names without a production are an error`() {
    #expect(throws: GrammarNotationError.self) { try recogniser("<s> ::= <t>") }
  }
}
