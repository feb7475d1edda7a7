import PlenarySyntax
import Testing

@Suite("Nesting and length")
struct NestingTests {
  /// What opens a level of nesting, what stands innermost.
  static let openings: [(String, String, String)] = [
    ("RETURN ", "(", "1"), ("RETURN ", "[", "1"), ("RETURN ", "{a: ", "1"), ("RETURN ", "CASE WHEN a THEN ", "1"),
    ("RETURN ", "f(", "1"), ("RETURN ", "EXISTS { MATCH (n) WHERE ", "1"), ("RETURN ", "COUNT { (n WHERE ", "1"),
    ("", "CALL { ", "RETURN 1"), ("RETURN ", "a OR a XOR a AND NOT a = a IN a + a * a ^ -(", "1"),
    ("MATCH (n:", "!(", "A"), ("RETURN ", "[x IN ", "1"), ("RETURN ", "[(a)-->(b {x: ", "1"), ("MATCH ", "(", "n"),
    ("RETURN ", "reduce(a = ", "1"), ("RETURN ", "all(x IN ", "1"), ("RETURN a", "[a", ""), ("RETURN ", "n {a: ", "1"),
    ("RETURN ", "exists(", "1"), ("RETURN ", "(a {x: ", "1"),
  ]

  @Test(arguments: openings.indices)
  func `what nests too deep is an error, not a crash`(index: Int) {
    let (start, opening, leaf) = Self.openings[index]
    for count in [Parser.maximumNesting + 2, 20_000] {
      let tree = Parser.parse(start + String(repeating: opening, count: count) + leaf)
      #expect(tree.diagnostics.map(\.code) == [.nestingTooDeep])
    }
  }

  @Test func `what people and programs write is not too deep`() {
    let depth = Parser.maximumNesting / 3
    let text = "RETURN " + String(repeating: "(1 + ", count: depth) + "1" + String(repeating: ")", count: depth)
    #expect(Parser.parse(text).diagnostics.isEmpty)
  }

  @Test(arguments: ["+1", ".b", " IS NULL", "[0]", " IN a"])
  func `chains that nest to the left are bounded`(link: String) {
    let short = Parser.parse("RETURN a" + String(repeating: link, count: Parser.maximumTreeDepth - 1))
    #expect(short.diagnostics.isEmpty)
    #expect(Formatter.format(short).isEmpty == false)
    let long = Parser.parse("RETURN a" + String(repeating: link, count: 100_000))
    #expect(long.diagnostics.map(\.code) == [.nestingTooDeep])
  }

  @Test(arguments: [" OR a", " AND a", " XOR a", " < a", ", a"])
  func `chains that are one node are not bounded`(link: String) {
    let tree = Parser.parse("RETURN a" + String(repeating: link, count: 100_000))
    #expect(tree.diagnostics.isEmpty)
  }

  @Test(arguments: ["NOT ", "-", "!"])
  func `chains of prefixes are bounded`(prefix: String) {
    let start = prefix == "!" ? "MATCH (n:" : "RETURN "
    let tree = Parser.parse(start + String(repeating: prefix, count: 100_000) + "a")
    #expect(tree.diagnostics.map(\.code) == [.nestingTooDeep])
  }

  @Test(arguments: [
    String(repeating: "(", count: 200_000) + String(repeating: "]", count: 200_000),
    String(repeating: "([", count: 200_000) + String(repeating: ")", count: 200_000),
    String(repeating: "'", count: 200_001), String(repeating: "MATCH (n RETURN n;", count: 10_000),
    String(repeating: "[x IN ", count: 200) + "1" + String(repeating: ", 1]", count: 200),
    String(repeating: "a ", count: 200_000), String(repeating: "RETURN ", count: 100_000),
  ])
  func `long texts full of mistakes are read in linear time`(text: String) {
    #expect(Parser.parse("RETURN " + text).hasErrors)
  }

  @Test func `the statement after one that nests too deep is read`() {
    let tree = Parser.parse("RETURN " + String(repeating: "(", count: 1_000) + "; RETURN 1")
    #expect(tree.diagnostics.count == 1)
    #expect(tree.statements.count == 2)
  }
}
