import PlenaryTestSupport
import Testing

@testable import PlenarySyntax

@Suite("Completion")
struct CompletionTests {
  private func complete(_ text: String) -> Completion {
    let marked = MarkedText(text)
    return Completion.at(marked.offset(1), in: marked.text)
  }

  @Test(arguments: [
    ("MATCH (n:1️⃣) RETURN n", [ExpectedName.label]),
    ("MATCH (n:Person:Ad1️⃣", [.label]),
    ("MATCH (n)-[r:1️⃣", [.relationshipType]),
    ("MATCH (n)-[:KNOWS|1️⃣]->()", [.relationshipType]),
    ("MATCH (n {1️⃣})", [.propertyKey(of: "n")]),
    ("MATCH (n) RETURN n.1️⃣", [.propertyKey(of: "n")]),
    ("MATCH (n) SET n:1️⃣", [.label]),
    ("CALL 1️⃣", [.procedure]),
    ("CALL db.1️⃣", [.procedure]),
    ("CALL db.labels() YIELD 1️⃣", [.procedureColumn(procedure: "db.labels")]),
    ("RETURN date.tr1️⃣", [.function]),
    ("RETURN 1️⃣", [.variable, .function, .parameter]),
    ("RETURN $a1️⃣", [.variable, .function, .parameter]),
    ("RETURN {1️⃣", [.mapKey]),
  ])
  func `the sort of name follows from the place`(text: String, names: [ExpectedName]) {
    #expect(complete(text).names == names)
  }

  @Test(arguments: [
    ("MATCH (n) RETURN n ORDER 1️⃣", ["BY"]),
    ("OPTIONAL 1️⃣", ["MATCH"]),
    ("DROP 1️⃣", ["CONSTRAINT", "INDEX"]),
    ("SHOW 1️⃣", ["CONSTRAINTS", "INDEXES"]),
    ("CREATE CONSTRAINT FOR (s:State) 1️⃣", ["REQUIRE"]),
    ("CREATE CONSTRAINT FOR (s:State) REQUIRE s.code 1️⃣", ["IS NOT NULL", "IS NULL"]),
    ("CREATE CONSTRAINT FOR (s:State) REQUIRE s.code IS 1️⃣", ["UNIQUE"]),
    ("MERGE (n) ON 1️⃣", ["CREATE", "MATCH"]),
    ("MATCH (n) WHERE n.x STARTS 1️⃣", ["WITH"]),
    (
      "RETURN CASE WHEN a THEN b EL1️⃣",
      [
        "AND", "CONTAINS", "ELSE", "END", "ENDS WITH", "IN", "IS NOT NULL", "IS NULL",
        "OR", "STARTS WITH", "WHEN", "XOR",
      ]
    ),
    ("MATCH (n:1️⃣", []),
    ("CREATE (n) 1️⃣", ["CREATE", "DELETE", "DETACH DELETE", "MERGE", "REMOVE", "RETURN", "SET", "UNION", "WITH"]),
  ])
  func `keywords follow from the grammar`(text: String, keywords: [String]) {
    #expect(complete(text).keywords == keywords)
  }

  @Test func `a statement begins with a clause or a command`() {
    let keywords = complete("1️⃣").keywords
    #expect(keywords.contains("MATCH") && keywords.contains("EXPLAIN") && keywords.contains("SHOW INDEXES"))
    #expect(!keywords.contains("UNION") && !keywords.contains("WHERE"))
    #expect(complete("RETURN 1; MA1️⃣").keywords == keywords)
  }

  @Test func `variables are known by their patterns`() {
    let completion = complete("MATCH p = (s:State)-[r:PART_OF]->(b) WHERE 1️⃣ RETURN s")
    #expect(
      completion.variables == [
        ScopeVariable(name: "p", kind: .path), ScopeVariable(name: "s", kind: .node(labels: ["State"])),
        ScopeVariable(name: "r", kind: .relationship(types: ["PART_OF"])),
        ScopeVariable(name: "b", kind: .node(labels: [])),
      ])
  }

  @Test(arguments: [
    ("MATCH (a:A) WITH a AS b, 1 AS c RETURN 1️⃣", ["b", "c"]),
    ("MATCH (a) WITH * MATCH (b) RETURN 1️⃣", ["a", "b"]),
    ("MATCH (a) RETURN [x IN [1] WHERE 1️⃣", ["a", "x"]),
    ("MATCH (a) RETURN [x IN [1] | x], 1️⃣", ["a"]),
    ("MATCH (a) RETURN reduce(s = 0, x IN [1] | 1️⃣", ["a", "s", "x"]),
    ("UNWIND [1] AS x CALL { WITH x RETURN x AS y } RETURN 1️⃣", ["x", "y"]),
    ("MATCH (a) RETURN a UNION MATCH (b) RETURN 1️⃣", ["b"]),
    ("MATCH (a) RETURN a; RETURN 1️⃣", []),
    ("MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WHERE 1️⃣", ["a", "b"]),
  ])
  func `scope follows clauses`(text: String, names: [String]) {
    #expect(complete(text).variables.map(\.name) == names)
  }

  @Test func `the word at the place is replaced`() {
    let marked = MarkedText("MATCH (n) RETURN 1️⃣nam2️⃣e")
    let completion = Completion.at(marked.offset(2), in: marked.text)
    #expect(completion.prefixText == "nam")
    #expect(completion.prefix == SourceRange(start: UInt32(marked.offset(1)), end: UInt32(marked.offset(2))))
  }

  @Test(arguments: ["RETURN 'abc1️⃣", "RETURN 1 // abc1️⃣", "RETURN /* 1️⃣"])
  func `nothing is completed in strings and comments`(text: String) {
    let completion = complete(text)
    #expect(completion.isInQuotesOrComment)
    #expect(completion.names.isEmpty && completion.keywords.isEmpty)
  }

  @Test func `any place of any text will do`() {
    for query in Corpus.rejected.prefix(60) {
      for offset in -1...(query.text.utf8.count + 1) { _ = Completion.at(offset, in: query.text) }
    }
  }
}
