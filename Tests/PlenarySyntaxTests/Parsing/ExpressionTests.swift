import PlenarySyntax
import Testing

/// A query and the outline of its only column.
struct Shape: Sendable, CustomTestStringConvertible {
  var expression: String
  var outline: String

  init(_ expression: String, _ outline: String) {
    self.expression = expression
    self.outline = outline
  }

  var testDescription: String { expression }
}

@Suite("Expressions")
struct ExpressionTests {
  @Test(arguments: [
    Shape("1 + 2 * 3", "(+ 1 (* 2 3))"),
    Shape("1 - 2 - 3", "(- (- 1 2) 3)"),
    Shape("2 ^ 3 ^ 2", "(^ (^ 2 3) 2)"),
    Shape("-3 ^ 2", "(^ (minus 3) 2)"),
    Shape("- - 1", "(minus (minus 1))"),
    Shape("true OR false XOR true AND NOT false", "(OR true (XOR false (AND true (not false))))"),
    Shape("NOT 1 = 2", "(not (compare 1 = 2))"),
    Shape("a AND b AND c", "(AND `a` `b` `c`)"),
    Shape("(a AND b) AND c", "(AND (AND `a` `b`) `c`)"),
    Shape("1 < 2 <= 3 <> 4", "(compare 1 < 2 <= 3 <> 4)"),
    Shape("false = true IS NULL", "(compare false = (is-null true))"),
    Shape("a = b IN c", "(compare `a` = (IN `b` `c`))"),
    Shape("[1] + 2 IN [3] + 4", "(IN (+ (list 1) 2) (+ (list 3) 4))"),
    Shape("a STARTS WITH b ENDS WITH c", "(ENDS WITH (STARTS WITH `a` `b`) `c`)"),
    Shape("a =~ 'x.*' IS NOT NULL", "(is-not-null (=~ `a` 'x.*'))"),
    Shape("a[0].b[1..2][..][3..]", "(slice (slice (slice (. (element `a` 0) b) (from 1) (to 2))) (from 3))"),
    Shape("n:A:B", "(labels `n` :(A&B))"),
    Shape("n.x:A|!B", "(labels (. `n` x) :(A|!B))"),
    Shape("a <-1", "(compare `a` < (minus 1))"),
    Shape("1--1", "(- 1 (minus 1))"),
  ])
  func `operators bind as openCypher says`(shape: Shape) { expect(shape) }

  @Test(arguments: [
    Shape("[x IN xs]", "(list-comprehension x `xs`)"),
    Shape("[x IN xs, y]", "(list (IN `x` `xs`) `y`)"),
    Shape("[(x IN xs)]", "(list (IN `x` `xs`))"),
    Shape("[x IN xs WHERE x:A | x.b]", "(list-comprehension x `xs` (where (labels `x` :A)) (project (. `x` b)))"),
    Shape("[x IN xs WHERE x:(A|B)]", "(list-comprehension x `xs` (where (labels `x` :(A|B))))"),
    Shape(
      "[(a)-->(b) | b.x]",
      "(pattern-comprehension (path (node a) (relationship right) (node b)) (project (. `b` x)))"),
    Shape("(a)-(b)", "(- `a` `b`)"),
    Shape("(a)-[1]-(b)", "(- (- `a` (list 1)) `b`)"),
    Shape("(a)<-(b)", "(compare `a` < (minus `b`))"),
    Shape("{a: 1, match: 2, `b c`: {}}", "(map (a 1) (match 2) (b c (map)))"),
    Shape("n {.a, .*, b: 1, c}", "(map-projection `n` .a .* (b 1) `c`)"),
    Shape("count(*)", "(count-star)"),
    Shape("count(DISTINCT n.x)", "(call count distinct (. `n` x))"),
    Shape("date.truncate('day', d)", "(call date.truncate 'day' `d`)"),
    Shape("all(x IN xs WHERE x > 0)", "(all x `xs` (where (compare `x` > 0)))"),
    Shape("reduce(s = 0, x IN xs | s + x)", "(reduce s x 0 `xs` (+ `s` `x`))"),
    Shape("CASE a WHEN 1 THEN 2 ELSE 3 END", "(case (subject `a`) (when 1) (then 2) (else 3))"),
    Shape("CASE WHEN a THEN 2 END", "(case (when `a`) (then 2))"),
    Shape("$p + $0 + $`a b`", "(+ (+ $p $0) $a b)"),
    Shape(
      "EXISTS { (a)-->(b) WHERE a.x }",
      "(EXISTS (query (match (path (node a) (relationship right) (node b)) (where (. `a` x)))))"),
    Shape("COUNT { MATCH (n) RETURN n }", "(COUNT (query (match (path (node n))) (return (item `n`))))"),
    Shape("COLLECT { RETURN 1 AS x }", "(COLLECT (query (return (item 1 x))))"),
  ])
  func `forms that begin alike are told apart`(shape: Shape) { expect(shape) }

  @Test(arguments: [
    Shape("0", "0"), Shape("0xFF", "255"), Shape("0o17", "15"), Shape("-9223372036854775808", "-9223372036854775808"),
    Shape("-0x8000000000000000", "-9223372036854775808"), Shape("1.5e3", "1500.0"), Shape(".5", "0.5"),
    Shape("1e-2", "0.01"), Shape("'a\\'b'", "'a'b'"), Shape("\"a'b\\n\"", "'a'b\n'"), Shape("'\\u00E9'", "'é'"),
    Shape("'\\U0001F600'", "'😀'"), Shape("'\\uD83D\\uDE00'", "'😀'"), Shape("TRUE", "true"), Shape("Null", "null"),
    Shape("`a``b`", "`a`b`"), Shape("größe_2", "`größe_2`"),
  ])
  func `literals and names have these values`(shape: Shape) { expect(shape) }

  private func expect(_ shape: Shape) {
    let tree = Parser.parse("RETURN \(shape.expression)")
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.outline == "(statement (query (return (item \(shape.outline)))))")
  }

  @Test(arguments: ["RETURN 1 // x", "RETURN/**/1", "return\u{A0}1", "\u{FEFF}RETURN 1", "RETURN 1;", "RETURN 1; ;"])
  func `white space and comments mean nothing`(text: String) {
    #expect(Parser.parse(text).isEquivalent(to: Parser.parse("RETURN 1")))
  }

  @Test func `every node has the range of its text`() {
    let text = "RETURN (a.b + 1) * f(x)"
    let tree = Parser.parse(text)
    guard case .query(let query) = tree.statements[0].body,
      case .returning(let projection) = tree[query].parts[0].clauses[0].kind,
      case .binary(_, let left, let right, let sign) = tree[projection.items[0].expression].kind
    else {
      Issue.record("not a product")
      return
    }
    #expect(tree.text(in: projection.items[0].range) == "(a.b + 1) * f(x)")
    #expect(tree.text(in: tree[left].range) == "a.b + 1")
    #expect(tree.text(in: sign) == "*")
    #expect(tree.text(in: tree[right].range) == "f(x)")
  }
}
