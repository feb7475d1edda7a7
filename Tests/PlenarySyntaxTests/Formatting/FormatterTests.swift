import PlenarySyntax
import Testing

@Suite("Formatter")
struct FormatterTests {
  private func format(_ text: String) -> String { Formatter.format(Parser.parse(text)) }

  @Test func `clauses begin lines, their parts are indented`() {
    #expect(
      format("match (n:A) where (n.x) > 1 with distinct n as m order by m.x desc skip 1 limit 2 where m.y return m")
        == """
        MATCH (n:A)
          WHERE n.x > 1
        WITH DISTINCT n AS m
          ORDER BY m.x DESC
          SKIP 1
          LIMIT 2
          WHERE m.y
        RETURN m

        """)
  }

  @Test(arguments: [
    ("RETURN ((1 + 2)) * 3", "RETURN (1 + 2) * 3\n"),
    ("RETURN (1 * 2) + 3", "RETURN 1 * 2 + 3\n"),
    ("RETURN 1 - (2 - 3), (1 - 2) - 3", "RETURN 1 - (2 - 3), 1 - 2 - 3\n"),
    ("RETURN (2 ^ 3) ^ 2, 2 ^ (3 ^ 2)", "RETURN 2 ^ 3 ^ 2, 2 ^ (3 ^ 2)\n"),
    ("RETURN not (a and b), (not a) and b", "RETURN NOT (a AND b), NOT a AND b\n"),
    ("RETURN (a = b) = c, (a.b).c, (-1).x, -(1.x)", "RETURN (a = b) = c, a.b.c, (-1).x, -1.x\n"),
    ("RETURN [(x IN y)], [x IN y, 1]", "RETURN [(x IN y)], [x IN y, 1]\n"),
    ("RETURN 0xFF, 1e3, \"it's\", 'a\\n'", "RETURN 0xFF, 1e3, \"it's\", 'a\\n'\n"),
    (
      "MATCH (`a b`:`Order`)-[:`in`]->(`order`) RETURN `a b`.`end`",
      "MATCH (`a b`:Order)-[:in]->(`order`)\nRETURN `a b`.end\n"
    ),
    (
      "MATCH (a)-[r:A|:B*1..3 {x:1}]->(b)<--(c)<-->(d) RETURN *",
      "MATCH (a)-[r:A|B*1..3 {x: 1}]->(b)<--(c)--(d)\nRETURN *\n"
    ),
    (
      "MATCH (n:A&B&!(C|D)) RETURN n:A&B, [x IN n WHERE x:(A|B)]",
      "MATCH (n:A&B&!(C|D))\nRETURN n:A:B, [x IN n WHERE x:(A|B)]\n"
    ),
    (
      "explain create index a if not exists for (x:L) on (x.k)",
      "EXPLAIN CREATE INDEX a IF NOT EXISTS FOR (n:L) ON (n.k)\n"
    ),
    ("RETURN 1;return 2", "RETURN 1;\n\nRETURN 2;\n"),
    (
      "RETURN exists { match (n) return n }, count{(n)-->()}",
      "RETURN EXISTS { MATCH (n) RETURN n }, COUNT { (n)-->() }\n"
    ),
  ])
  func `one way to write it`(text: String, expected: String) { #expect(format(text) == expected) }

  @Test func `subqueries are indented`() {
    #expect(
      format("match (n) call { with n match (n)-->(m) return m } return n, m") == """
        MATCH (n)
        CALL {
          WITH n
          MATCH (n)-->(m)
          RETURN m
        }
        RETURN n, m

        """)
  }

  @Test func `long lines are broken`() {
    let names = (1...12).map { "n.property\($0) AS column\($0)" }
    let formatted = format("MATCH (n) RETURN \(names.joined(separator: ", "))")
    #expect(formatted == "MATCH (n)\nRETURN \(names.joined(separator: ",\n  "))\n")
    let numbers = format("RETURN [\((100_000...100_040).map(String.init).joined(separator: ", "))]")
    #expect(numbers.split(separator: "\n").allSatisfy { $0.count <= Formatter.maximumWidth })
    #expect(numbers.split(separator: "\n").count < 8)
  }

  @Test func `comments stay`() {
    let text = """
      // what the script does

      MATCH (n) // all of them
        WHERE n.x = 1 // only these
      // not the others
      RETURN n.a, // first
        n.b /* second */;
      // the end
      """
    #expect(format(text) == text + "\n")
  }

  @Test func `comments behind each other on a full line`() {
    let line = "RETURN 0xFF AS hexadecimal, 6.02e23 AS float, \"double\" + 'single' AS string /* a comment */"
    #expect(format(line + " // and another") == line + "\n// and another\n")
  }

  @Test func `a text with errors stays as it is`() {
    #expect(format("match (n retrun n") == "match (n retrun n")
    #expect(format("") == "")
  }

  @Test func `the layout means the same and is laid out already`() {
    for query in Corpus.accepted + Corpus.samples + Corpus.conformance {
      let tree = Parser.parse(query.text)
      guard !tree.hasErrors else { continue }
      let formatted = Formatter.format(tree)
      let again = Parser.parse(formatted)
      guard again.isEquivalent(to: tree) else {
        Issue.record("means something else:\n\(query.text)\n\(formatted)")
        continue
      }
      if Formatter.format(again) != formatted { Issue.record("changes again:\n\(formatted)") }
      let comments = Lexer.tokens(query.text).count { $0.tokenClass == .comment }
      #expect(Lexer.tokens(formatted).count { $0.tokenClass == .comment } == comments, "\(query.text)")
    }
  }
}
