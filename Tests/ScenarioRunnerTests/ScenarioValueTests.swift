import ScenarioRunner
import Testing

@Suite("Values of scenarios")
struct ScenarioValueTests {
  @Test(
    "a value is read and written in one notation",
    arguments: [
      "null", "true", "false", "1", "-9223372036854775808", "1.5", "NaN", "Inf", "-Inf", "'text'", #"'it\'s a \\'"#,
      "[]", "[1, [2.0, 'x'], null]", "{}", "{a: 1, b: {c: []}}", "()", "(:A:B)", "({k: 'v'})", "(:A {k: 1, l: 2})",
      "[:T]", "[:T {since: 2001}]", "<(:A)>", "<(:A)-[:T]->(:B)<-[:U {n: 1}]-()>",
    ])
  func roundTrip(text: String) throws {
    #expect(try ScenarioValueParser.parse(text).description == text)
  }

  @Test(
    "other ways of writing the same value",
    arguments: [
      (" [ 1 ,2 ] ", "[1, 2]"), ("{b:1,a:2}", "{a: 2, b: 1}"), ("(:B:A)", "(:A:B)"), ("1e3", "1000.0"), ("-.5", "-0.5"),
      ("1.5E-3", "0.0015"), ("(:`a b`)", "(:a b)"), (#"'\d'"#, #"'\\d'"#),
    ])
  func normalForm(text: String, expected: String) throws {
    #expect(try ScenarioValueParser.parse(text).description == expected)
  }

  @Test(
    "what is no value is refused with a place",
    arguments: [
      ("", 0), ("nul", 0), ("1, 2", 1), ("[1", 2), ("'x", 2), ("{a}", 2), ("{a: 1, a: 2}", 8),
      ("9223372036854775808", 0),
      ("1e999", 0), ("nan", 0), ("0x10", 0), ("\"x\"", 0), ("(A)", 1), ("[:]", 2), ("<(:A)-(:B)>", 6), ("<(:A)", 5),
    ])
  func errors(text: String, offset: Int) {
    #expect {
      try ScenarioValueParser.parse(text)
    } throws: { error in
      (error as? ScenarioValueParser.Failure)?.offset == offset
    }
  }

  @Test("deep nesting is refused and not recursed into")
  func depth() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: ScenarioValueParser.Failure.self) { try ScenarioValueParser.parse(text) }
  }

  @Test(
    "values that match",
    arguments: [
      ("NaN", "NaN"), ("0.0", "-0.0"), ("[1, NaN]", "[1, NaN]"), ("{a: 1, b: 2}", "{b: 2, a: 1}"),
      ("(:A:B {x: 1})", "(:B:A {x: 1})"), ("<(:A)<-[:T]-(:B)>", "<(:A)<-[:T]-(:B)>"),
    ])
  func matching(expected: String, found: String) throws {
    #expect(try ScenarioValueParser.parse(expected).matches(ScenarioValueParser.parse(found)))
  }

  @Test(
    "values that do not match",
    arguments: [
      ("1", "1.0"), ("0.1", "0.10000000000000002"), ("null", "false"), ("'1'", "1"), ("[1, 2]", "[2, 1]"),
      ("[1]", "[1, 1]"),
      ("{a: 1}", "{a: 1, b: null}"), ("{a: 1}", "{b: 1}"), ("(:A)", "(:A:B)"), ("(:A)", "(:A {x: 1})"),
      ("[:T]", "[:U]"),
      ("<(:A)-[:T]->(:B)>", "<(:A)<-[:T]-(:B)>"), ("<(:A)>", "<(:A)-[:T]->(:A)>"), ("'\u{e9}'", "'e\u{301}'"),
      ("{}", "()"),
    ])
  func differing(expected: String, found: String) throws {
    #expect(try !ScenarioValueParser.parse(expected).matches(ScenarioValueParser.parse(found)))
  }

  @Test("lists as multisets, at every depth, when their order is ignored")
  func ignoringOrder() throws {
    let expected = try ScenarioValueParser.parse("[[1, 2], {k: [3, 3, 4]}]")
    #expect(try expected.matches(ScenarioValueParser.parse("[{k: [3, 4, 3]}, [2, 1]]"), ignoringListOrder: true))
    #expect(try !expected.matches(ScenarioValueParser.parse("[{k: [3, 4, 4]}, [2, 1]]"), ignoringListOrder: true))
  }

  @Test("a string describes the temporal value of its text, but no temporal value describes a string")
  func temporal() {
    #expect(ScenarioValue.string("P1D").matches(.temporal("P1D")))
    #expect(!ScenarioValue.string("P1D").matches(.temporal("P2D")))
    #expect(!ScenarioValue.temporal("P1D").matches(.string("P1D")))
  }

  @Test("a relationship from a node to itself is written in either direction")
  func loop() throws {
    let node = ScenarioNode(labels: [], properties: ScenarioEntries())
    let relationship = ScenarioRelationship(type: "T", properties: ScenarioEntries())
    let found = ScenarioValue.path(
      ScenarioPath(start: node, steps: [.init(relationship: relationship, direction: .loop, node: node)]))
    #expect(try ScenarioValueParser.parse("<()-[:T]->()>").matches(found))
    #expect(try ScenarioValueParser.parse("<()<-[:T]-()>").matches(found))
  }
}
