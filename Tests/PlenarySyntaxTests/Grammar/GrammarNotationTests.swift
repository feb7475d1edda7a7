import Testing

@Suite("The notation of the grammar files")
struct GrammarNotationTests {
  private func body(_ rightSide: String) throws -> GrammarElement? {
    try GrammarNotation.read("<a> ::= \(rightSide)").first?.body
  }

  @Test func `names stand for productions, words and signs for themselves`() throws {
    #expect(
      try body("MATCH ( <node pattern> ) += -")
        == .sequence([
          .terminal("MATCH"), .terminal("("), .reference("node pattern"), .terminal(")"), .terminal("+="),
          .terminal("-"),
        ]))
  }

  @Test func `brackets, braces, bars and dots`() throws {
    #expect(
      try body("[ <b> ] { <c> | X }... [ , <d> ]...")
        == .sequence([
          .optional(.reference("b")),
          .repetition(.choice([.reference("c"), .terminal("X")])),
          .optional(.repetition(.sequence([.terminal(","), .reference("d")]))),
        ]))
    #expect(try body("<b>... | C...") == .choice([.repetition(.reference("b")), .repetition(.terminal("C"))]))
  }

  @Test(arguments: ["[", "]", "{", "}", "|", "<", ">", "<>", "<=", ".."])
  func `a single word of marks means these marks`(mark: String) throws {
    #expect(try body(mark) == .terminal(mark))
  }

  @Test func `remarks and blank lines mean nothing`() throws {
    let text = """
      !! A file

      <a> ::=
          X !! the first
        | ! <b>
          !! about a

      <b> ::= !! any character
      """
    let productions = try GrammarNotation.read(text)
    #expect(productions.map(\.name) == ["a", "b"])
    #expect(productions[0].body == .choice([.terminal("X"), .sequence([.terminal("!"), .reference("b")])]))
    #expect(productions[1].body == nil)
    #expect(productions[1].prose == "any character")
  }

  @Test(arguments: ["[ <b>", "<b> ]", "{ <b> ]", "... <b>", "<b> | | <c>", "[ ]"])
  func `what is not well formed is an error`(rightSide: String) {
    #expect(throws: GrammarNotationError.self) { try body(rightSide) }
  }
}

@Suite("The grammar files")
struct GrammarFilesTests {
  private let grammar: GrammarFiles

  init() throws { grammar = try GrammarFiles.shared.get() }

  private func references(of name: String) -> Set<String> {
    Set(
      (grammar.productions[name]?.body?.all ?? []).compactMap {
        if case .reference(let name) = $0 { name } else { nil }
      })
  }

  @Test func `every name is defined`() {
    for name in grammar.names {
      let undefined = references(of: name).filter { grammar.productions[$0] == nil }
      #expect(undefined.isEmpty, "in <\(name)>")
    }
  }

  @Test func `every production is reached from the script or the tokens`() {
    var reached: Set<String> = []
    var waiting = [GrammarFiles.start, "token", "separator"]
    while let name = waiting.popLast() {
      if reached.insert(name).inserted { waiting += references(of: name) }
    }
    #expect(grammar.names.filter { !reached.contains($0) } == [])
  }

  @Test func `every keyword is listed once, as reserved or not`() throws {
    func listed(_ name: String) -> [String] {
      (grammar.productions[name]?.body?.all ?? []).flatMap { element -> [String] in
        switch element {
        case .terminal(let word): [word]
        case .reference(let other): listed(other)
        default: []
        }
      }
    }
    let words = listed("reserved word") + listed("non-reserved word")
    #expect(words.count == Set(words).count)
    let usedElsewhere = grammar.syntacticProductions.filter { !$0.name.contains("word") }
      .flatMap { $0.body?.all ?? [] }
      .compactMap { if case .terminal(let text) = $0, text.first?.isLetter == true { text } else { nil } }
    #expect(Set(usedElsewhere).subtracting(words) == [])
  }

  @Test func `sets of characters are those the scanner knows`() {
    let described = grammar.productions.values.filter { $0.body == nil }
    #expect(Set(described.map(\.name)) == Set(CharacterSets.byName.keys))
    for production in described {
      let set = CharacterSets.byName[production.name]
      #expect(set?.prose == production.prose)
      for sample in set?.samples ?? [] { #expect(set?.contains(sample) == true, "\(production.name): \(sample)") }
    }
  }
}
