import PlenarySyntax
import PlenaryTestSupport
import Testing

/// One mistake, what is said of it and where.
struct Mistake: Sendable, CustomTestStringConvertible {
  var query: String
  var slug: String
  var message: String
  var hint: String?

  init(_ query: String, _ slug: String, _ message: String, hint: String? = nil) {
    self.query = query
    self.slug = slug
    self.message = message
    self.hint = hint
  }

  var testDescription: String { query }
}

@Suite("Diagnostics")
struct DiagnosticTests {
  /// The place of each is between the marks.
  static let mistakes: [Mistake] = [
    Mistake(
      "MATCH (n) 1️⃣RETRUN2️⃣ n", "unexpected-token", "unexpected `RETRUN`, expected a clause such as MATCH or RETURN",
      hint: "did you mean `RETURN`?"),
    Mistake(
      "MATCH (n) 1️⃣WERE2️⃣ n.x = 1 RETURN n", "unexpected-token",
      "unexpected `WERE`, expected a clause such as MATCH or RETURN, or the end of the statement",
      hint: "did you mean `WHERE`?"),
    Mistake(
      "1️⃣SELECT2️⃣ * FROM t", "unexpected-token", "unexpected `SELECT`, expected a clause such as MATCH or RETURN",
      hint: "a query begins with what to find and ends with what to show: `MATCH (n) RETURN n`"),
    Mistake(
      "MATCH (n 1️⃣RETURN2️⃣ n", "unexpected-token", "unexpected `RETURN`, expected `:`, `{`, WHERE or `)`",
      hint: "close the `(` of line 1, column 7"),
    Mistake(
      "RETURN (1 + 21️⃣2️⃣  ", "unexpected-end", "unexpected end of text, expected an operator or `)`",
      hint: "close the `(` of line 1, column 8"),
    Mistake(
      "RETURN [1, 21️⃣2️⃣", "unexpected-end", "unexpected end of text, expected `,` or `]`",
      hint: "close the `[` of line 1, column 8"),
    Mistake(
      "MATCH (n) WHERE n.x 1️⃣==2️⃣ 1 RETURN n", "unexpected-token", "unexpected `==`, expected `=`",
      hint: "write `=` for equality"),
    Mistake(
      "MATCH (n) WHERE n.x 1️⃣!=2️⃣ 1 RETURN n", "unexpected-token", "unexpected `!=`, expected `<>`",
      hint: "write `<>` for inequality"),
    Mistake(
      "RETURN true 1️⃣&&2️⃣ false", "unexpected-token", "unexpected `&&`, expected `AND`", hint: "write `AND`"),
    Mistake("RETURN true 1️⃣||2️⃣ false", "unexpected-token", "unexpected `||`, expected `OR`", hint: "write `OR`"),
    Mistake(
      "MATCH (n 1️⃣Person2️⃣) RETURN n", "unexpected-token", "unexpected `Person`, expected `:`, `{`, WHERE or `)`",
      hint: "labels stand after a colon: `(n:Label)`"),
    Mistake(
      "MATCH (a)-1️⃣>2️⃣(b) RETURN a", "unexpected-token", "unexpected `>`, expected `-`",
      hint: "arrows have two dashes: `-->` or `-[r]->`"),
    Mistake(
      "MATCH (a)-[r]-> 1️⃣RETURN2️⃣ a", "unexpected-token", "unexpected `RETURN`, expected a node such as `(n)`"),
    Mistake(
      "RETURN n.name 1️⃣n2️⃣.age", "unexpected-token",
      "unexpected `n`, expected a clause such as MATCH or RETURN, or the end of the statement",
      hint: "put a comma between columns"),
    Mistake(
      "MATCH (a:A) 1️⃣(2️⃣b:B) RETURN a", "unexpected-token",
      "unexpected `(`, expected a clause such as MATCH or RETURN, or the end of the statement",
      hint: "put a comma between patterns"),
    Mistake(
      "MATCH (n) WHERE n.a 1️⃣LIKE2️⃣ 'x' RETURN n", "unexpected-token",
      "unexpected `LIKE`, expected a clause such as MATCH or RETURN, or the end of the statement",
      hint: "write `=~ 'regular expression'`, STARTS WITH, ENDS WITH or CONTAINS"),
    Mistake(
      "RETURN a AS 1️⃣end2️⃣", "unexpected-token", "unexpected `end`, expected a name for the column",
      hint: "`end` is a reserved word; quote it to use it as a name: `` `end` ``"),
    Mistake("RETURN {a: 1, b 1️⃣22️⃣}", "unexpected-token", "unexpected number `2`, expected `:`"),
    Mistake(
      "UNWIND [1] 1️⃣x2️⃣ RETURN x", "unexpected-token", "unexpected `x`, expected `AS`",
      hint: "each element needs a name: `UNWIND list AS x`"),
    Mistake(
      "MERGE (n) ON 1️⃣CRAETE2️⃣ SET n.x = 1", "unexpected-token", "unexpected `CRAETE`, expected CREATE or MATCH",
      hint: "did you mean `CREATE`?"),
    Mistake(
      "RETURN 1️⃣“2️⃣abc” AS x", "invalid-character", "unexpected character `“` (U+201C)",
      hint: "strings are written in straight quotes, `'` or `\"`"),
    Mistake(
      "RETURN 42 1️⃣—2️⃣ 41", "invalid-character", "unexpected `—` (U+2014), expected an operator",
      hint: "write the minus sign as `-`"),
    Mistake(
      "RETURN 1️⃣'2️⃣abc", "unterminated", "string is never closed, expected `'`",
      hint: "end the string with `'`, or write a quote inside it as `\\'`"),
    Mistake(
      "RETURN 1 1️⃣/*2️⃣ abc", "unterminated", "comment is never closed, expected `*/`", hint: "end the comment with `*/`"),
    Mistake(
      "RETURN 'a1️⃣\\q2️⃣b'", "invalid-escape", "invalid escape `\\q`", hint: "a backslash itself is written `\\\\`"),
    Mistake("RETURN '1️⃣\\uD8002️⃣'", "invalid-escape", "invalid escape `\\uD800`, it names no Unicode character"),
    Mistake("RETURN '1️⃣\\u12️⃣'", "invalid-escape", "invalid escape `\\u1`, expected 4 hexadecimal digits"),
    Mistake(
      "RETURN 1️⃣0102️⃣", "invalid-number", "invalid number `010`",
      hint: "octal numbers begin with `0o`, as in `0o10`"),
    Mistake("RETURN 1️⃣0xfg2️⃣", "invalid-number", "invalid number `0xfg`, `g` is not a hexadecimal digit"),
    Mistake(
      "RETURN 1️⃣92233720368547758082️⃣", "integer-overflow", "integer `9223372036854775808` does not fit 64 bits",
      hint: "integers range from -9223372036854775808 to 9223372036854775807"),
    Mistake(
      "RETURN 1️⃣1e9992️⃣", "float-overflow", "number `1e999` does not fit a 64-bit float",
      hint: "floats range up to about 1.8e308"),
    Mistake(
      "MATCH (a)-[:T1️⃣..2️⃣]->(b) RETURN a", "invalid-relationship-pattern",
      "unexpected `..`, expected `*` before the bounds", hint: "a variable length is written `*1..3`"),
    Mistake(
      "MATCH (a)-[:T*1️⃣-2️⃣2]->(b) RETURN a", "invalid-relationship-pattern",
      "unexpected `-`, expected a whole number of at least 0"),
    Mistake(
      "1️⃣MATCH2️⃣ (n)", "invalid-clause-composition", "query ends with MATCH, expected RETURN or an update after it",
      hint: "say what to show: `RETURN *`"),
    Mistake(
      "RETURN 1 1️⃣MATCH2️⃣ (n) RETURN n", "invalid-clause-composition",
      "unexpected MATCH after RETURN, expected the end of the query",
      hint: "use WITH instead of RETURN to go on with the query"),
    Mistake(
      "CREATE (n) 1️⃣MATCH2️⃣ (m) RETURN m", "invalid-clause-composition",
      "unexpected MATCH after CREATE, expected WITH between them", hint: "write `WITH *` before MATCH"),
    Mistake(
      "RETURN 1 AS x UNION RETURN 2 AS x 1️⃣UNION ALL2️⃣ RETURN 3 AS x", "mixed-union",
      "unexpected UNION ALL, expected UNION as before", hint: "one query uses either UNION or UNION ALL throughout"),
    Mistake(
      "MATCH (n) WHERE EXISTS { MATCH (n) 1️⃣SET2️⃣ n.x = 1 } RETURN n", "update-in-expression",
      "unexpected SET, expected only clauses that read", hint: "a subquery in an expression cannot change the graph"),
    Mistake(
      "MATCH (n) WITH 1️⃣n.name2️⃣ RETURN 1", "missing-alias",
      "expression without a name, expected `AS` and a name after it",
      hint: "what WITH passes on needs a name: `WITH n.name AS x`"),
    Mistake(
      "MATCH (n) CALL 1️⃣db.labels2️⃣ YIELD label RETURN label", "invalid-argument-passing-mode",
      "call of `db.labels` without arguments, expected `(` and `)`",
      hint: "only a CALL that stands alone takes its arguments from the parameters"),
    Mistake(
      "MATCH (n) RETURN size(1️⃣(n)-->()2️⃣)", "misplaced-pattern", "unexpected pattern, expected a value",
      hint: "a pattern is a condition: use it after WHERE or in EXISTS { }, count its matches with COUNT { }"),
    Mistake(
      "CREATE CONSTRAINT 1️⃣ON2️⃣ (s:State) ASSERT s.code IS UNIQUE", "unexpected-token",
      "unexpected `ON`, expected `FOR`", hint: "write `FOR (n:Label) REQUIRE n.key IS UNIQUE`"),
    Mistake(
      "CREATE CONSTRAINT FOR (s:State) 1️⃣ASSERT2️⃣ s.code IS UNIQUE", "unexpected-token",
      "unexpected `ASSERT`, expected `REQUIRE`", hint: "write `REQUIRE n.key IS UNIQUE`"),
    Mistake(
      "CREATE CONSTRAINT FOR (s:State) REQUIRE s.code IS 1️⃣NOT2️⃣ NULL", "unexpected-token",
      "unexpected `NOT`, expected `UNIQUE`", hint: "constraints of this version make values unique"),
    Mistake(
      "CREATE CONSTRAINT FOR (s:State) REQUIRE (1️⃣t2️⃣.code) IS UNIQUE", "index-variable-mismatch",
      "unexpected `t`, expected `s`", hint: "the property belongs to the node named after FOR"),
    Mistake(
      "DROP 1️⃣CONSTRIANT2️⃣ c", "unexpected-token", "unexpected `CONSTRIANT`, expected INDEX or CONSTRAINT",
      hint: "did you mean `CONSTRAINT`?"),
    Mistake(
      "DROP CONSTRAINT 1️⃣IF2️⃣ EXISTS", "unexpected-token", "unexpected `IF`, expected the name of a constraint"),
    Mistake(
      "SHOW 1️⃣CONSTRAINT2️⃣", "unexpected-token", "unexpected `CONSTRAINT`, expected INDEXES or CONSTRAINTS",
      hint: "did you mean `CONSTRAINTS`?"),
    Mistake("RETURN 1️⃣#2️⃣", "unexpected-token", "unexpected character `#`", hint: "comments begin with `//`"),
    Mistake(
      "RETURN 11️⃣)2️⃣", "unexpected-token",
      "unexpected `)`, expected a clause such as MATCH or RETURN", hint: "no bracket is open here"),
    Mistake(
      "RETURN filter(x IN xs 1️⃣WHERE2️⃣ x > 1)", "unexpected-token", "unexpected `WHERE`, expected `,` or `)`",
      hint: "write `[x IN list WHERE condition]`"),
    Mistake(
      "RETURN CASE WHEN a THEN b1️⃣2️⃣", "unexpected-end", "unexpected end of text, expected WHEN, ELSE or END",
      hint: "CASE closes with END"),
  ]

  @Test(arguments: mistakes)
  func `a mistake is named, placed and explained`(mistake: Mistake) throws {
    let marked = MarkedText(mistake.query)
    let tree = Parser.parse(marked.text)
    let diagnostic = try #require(tree.diagnostics.first)
    #expect(tree.diagnostics.count == 1, "\(tree.diagnostics)")
    #expect(diagnostic.code.slug == mistake.slug)
    #expect(diagnostic.message == mistake.message)
    #expect(diagnostic.hint == mistake.hint)
    #expect(Int(diagnostic.range.start)..<Int(diagnostic.range.end) == marked.range(1, 2))
  }

  @Test func `each statement of a text gets its own diagnostics`() {
    let marked = MarkedText("MATCH (n {name: 1, 1️⃣}) RETURN n; RETURN 1 +2️⃣; RETURN 2 3️⃣2; RETURN 3")
    let tree = Parser.parse(marked.text)
    #expect(tree.diagnostics.map { Int($0.range.start) } == [marked.offset(1), marked.offset(2), marked.offset(3)])
    #expect(tree.statements.count == 4)
  }

  @Test func `one statement may have several`() {
    let tree = Parser.parse("MATCH (n Person)-[r:T..]->(m) RETRUN n, '\\q', 0x")
    #expect(
      tree.diagnostics.map(\.code.slug) == [
        "unexpected-token", "invalid-relationship-pattern", "unexpected-token", "invalid-escape", "invalid-number",
      ])
  }

  @Test func `what could be read stays in the tree`() {
    let tree = Parser.parse("MATCH (n:Person) WHERE n.")
    #expect(tree.hasErrors)
    #expect(tree.outline.contains("(match (path (node n :Person)) (where (. `n` )))"))
  }

  @Test func `bytes that are not UTF-8 are reported and repaired`() throws {
    let tree = Parser.parse(utf8: Array("RETURN '".utf8) + [0xFF, 0xC3] + Array("' AS x".utf8))
    let diagnostic = try #require(tree.diagnostics.first)
    #expect(diagnostic.code == .invalidUTF8)
    #expect(diagnostic.range == SourceRange(start: 8, end: 11))
    #expect(tree.text == "RETURN '\u{FFFD}\u{FFFD}' AS x")
    #expect(Parser.parse(utf8: Array("RETURN 'é'".utf8)).diagnostics.isEmpty)
  }

  @Test func `the number of diagnostics is bounded`() {
    let tree = Parser.parse(String(repeating: "RETURN (;", count: 1_000))
    #expect(tree.diagnostics.count == Parser.maximumDiagnostics)
  }

  @Test(arguments: ["", "  \n\t", "// only a comment", "/* a */", ";", " ; ; "])
  func `a text without a statement is no mistake`(text: String) {
    let tree = Parser.parse(text)
    #expect(tree.statements.isEmpty)
    #expect(tree.diagnostics.isEmpty)
  }
}
