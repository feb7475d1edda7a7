import Testing

@Suite("The scanner made from the lexical grammar")
struct TokenScannerTests {
  private let scanner: TokenScanner

  init() throws { scanner = try TokenScanner(GrammarFiles.shared.get()) }

  private func kinds(_ text: String) -> [TokenTerminal]? { scanner.scan(text)?.map(\.terminal) }

  @Test func `words are keywords in any case, or identifiers`() {
    #expect(kinds("mAtCh matches") == [.keyword("MATCH"), .kind("regular identifier")])
    #expect(kinds("Ωmega _x a€") == Array(repeating: .kind("regular identifier"), count: 3))
  }

  @Test func `tokens are as long as possible`() {
    #expect(kinds("a<=b") == [.kind("regular identifier"), .symbol("<="), .kind("regular identifier")])
    #expect(kinds("1..3") == [.kind("unsigned integer"), .symbol(".."), .kind("unsigned integer")])
    #expect(kinds("1.5.x") == [.kind("unsigned float"), .symbol("."), .kind("regular identifier")])
    #expect(kinds("-->") == [.symbol("-"), .symbol("-"), .symbol(">")])
  }

  @Test(arguments: ["0x", "12ab", "010", "1AND", "0o8", "1e"])
  func `a number ends where no letter or digit follows`(text: String) {
    #expect(kinds(text) == [.kind("malformed number")])
  }

  @Test(arguments: ["0", "10", "0xfF", "0o17"])
  func `integers`(text: String) { #expect(kinds(text) == [.kind("unsigned integer")]) }

  @Test(arguments: [".5", "0.5", "1e3", "1.5E-3", "00.1"])
  func `floats`(text: String) { #expect(kinds(text) == [.kind("unsigned float")]) }

  @Test(arguments: ["''", "'a''", "\"\\\"\"", "'\\u0041'", "'\\uD83D\\uDE00'", "'\\U0010FFFF'", "'a\nb'"])
  func `strings`(text: String) {
    #expect(kinds(text) == (text == "'a''" ? nil : [.kind("string")]))
  }

  @Test(arguments: ["'a", "'\\x'", "'\\ud800'", "'\\U00110000'", "`a", "``", "$", "#", "@"])
  func `what begins no token`(text: String) { #expect(kinds(text) == nil) }

  @Test func `comments and white space are no tokens`() {
    #expect(kinds(" /* a * b **/ 1 // c\n\u{3000}2 /**/") == [.kind("unsigned integer"), .kind("unsigned integer")])
    #expect(kinds("/ /* /* */") == [.symbol("/")])
  }
}
