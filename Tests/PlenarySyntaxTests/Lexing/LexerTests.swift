import TestResources
import Testing

@testable import PlenarySyntax

@Suite("Lexer")
struct LexerTests {
  private func classes(_ text: String) -> [String] {
    let tree = Parser.parse(text)
    return Lexer.tokens(text).map { "\($0.tokenClass.rawValue) \(tree.text(in: $0.range))" }
  }

  @Test func `tokens are classified for highlighting`() {
    #expect(
      classes("MATCH (n:Order {name: x, in: 1.5}) /* a */ WHERE n.order = count(*) AND $p <> 'b' // c") == [
        "keyword MATCH", "punctuation (", "name n", "punctuation :", "label Order", "punctuation {", "name name",
        "punctuation :", "name x", "punctuation ,", "name in", "punctuation :", "number 1.5", "punctuation }",
        "punctuation )", "comment /* a */", "keyword WHERE", "name n", "punctuation .", "name order", "operator =",
        "keyword count", "punctuation (", "operator *", "punctuation )", "keyword AND", "parameter $p", "operator <>",
        "string 'b'", "comment // c",
      ])
  }

  @Test(arguments: ["'abc", "`abc", "/* abc", "0x", "#", "=="])
  func `what is broken is classified as an error`(text: String) {
    #expect(Lexer.tokens(text).last?.tokenClass == .error)
  }

  @Test(arguments: [
    ("1..3", ["1", "..", "3"]), ("1.5..3", ["1.5", "..", "3"]), ("a.5", ["a", ".5"]), ("1.a", ["1", ".", "a"]),
    ("<-->", ["<", "-", "-", ">"]), ("a<-1", ["a", "<", "-", "1"]), ("<=<>>=", ["<=", "<>", ">="]),
    ("x+=1", ["x", "+=", "1"]), ("=~", ["=~"]), ("1e5e", ["1e5e"]), ("a$b", ["a$b"]), ("$a$b", ["$a$b"]),
  ])
  func `the longest token is taken`(text: String, tokens: [String]) {
    let tree = Parser.parse(text)
    #expect(Lexer.tokens(text).map { tree.text(in: $0.range) } == tokens)
  }

  @Test func `every keyword is found in any case, and nothing else is one`() {
    for kind in TokenKind.allCases where kind.isKeyword {
      for word in [kind.spelling, kind.spelling.lowercased(), kind.spelling.uppercased()] {
        var text = word
        #expect(text.withUTF8 { KeywordTable.shared.kind(of: $0[...]) } == kind)
        text += "x"
        #expect(text.withUTF8 { KeywordTable.shared.kind(of: $0[...]) } != kind)
      }
    }
  }

  @Test func `tokens and the gaps between them are the text`() {
    for query in Corpus.accepted + Corpus.rejected + Corpus.conformance {
      var end: UInt32 = 0
      var gaps = ""
      let tree = Parser.parse(query.text)
      for token in Lexer.tokens(query.text) {
        #expect(token.range.start >= end && token.range.end > token.range.start)
        gaps += tree.text(in: SourceRange(start: end, end: token.range.start))
        end = token.range.end
      }
      gaps += tree.text(in: SourceRange(start: end, end: UInt32(query.text.utf8.count)))
      #expect(gaps.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.value < 0x20 || $0 == "\u{FEFF}" })
    }
  }
}

@Suite("Mutations")
struct MutationTests {
  @Test func `no bytes trap`() {
    var random = SeededRandom(seed: 7)
    let bytes = Array("()[]{}'\"`\\/*-<>=:;,.|&!%$#0159eExXuU \n\tab\u{E9}\u{2014}".utf8) + [0xFF, 0xC3, 0x00]
    for query in (Corpus.accepted + Corpus.samples) {
      var text = Array(query.text.utf8)
      guard !text.isEmpty, text.count < 4_000 else { continue }
      for _ in 0..<6 {
        let position = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text.remove(at: position)
        case 1: text.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: position)
        case 2: text[position] = bytes[Int.random(in: 0..<bytes.count, using: &random)]
        default: text.replaceSubrange(position..<Swift.min(position + 9, text.count), with: [])
        }
        guard !text.isEmpty else { break }
        let tree = Parser.parse(utf8: text)
        for diagnostic in tree.diagnostics {
          #expect(diagnostic.range.start <= diagnostic.range.end && Int(diagnostic.range.end) <= tree.text.utf8.count)
          _ = DiagnosticRenderer().render(diagnostic, in: tree.text)
        }
        _ = tree.outline
        _ = Formatter.format(tree)
        _ = Lexer.tokens(tree.text)
        _ = Parser.completeness(of: tree.text)
        _ = Completion.at(position, in: tree.text)
      }
    }
  }
}
