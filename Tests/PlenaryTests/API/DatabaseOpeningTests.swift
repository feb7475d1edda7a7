import PlenarySyntax
import TestResources
import Testing

@testable import Plenary

@Suite("Opening databases")
struct DatabaseOpeningTests {
  private func failure(_ body: () throws -> Void) -> QueryError? {
    do { try body() } catch { return error as? QueryError }
    return nil
  }

  @Test("by the name of a built-in graph")
  func names() throws {
    let result = try Database.open("accsm").query("MATCH (m:Member) RETURN count(*) AS members")
    #expect(try result[0]["members"] == 11)
    #expect(try Database.open("empty").snapshot.nodeCount == 0)
  }

  @Test("from a script, all of it or nothing")
  func scripts() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.file(
      "a.cypher", "CREATE (:A {n: 1});\n// a comment; no statement\nMATCH (a:A) CREATE (a)-[:R]->(:B);\n")
    let graph = try Database.open(file).snapshot
    #expect(graph.nodeCount == 2)
    #expect(graph.relationshipCount == 1)
    try directory.file("a.cypher", "CREATE (:A);\nRETURN 1 / 0;")
    let error = failure { _ = try Database.open(file) }
    #expect(error?.code == .divisionByZero)
    #expect(error?.message.hasPrefix("\(file):2:") == true)
  }

  @Test("a script that fails changes nothing, and its error points into the whole text")
  func rollback() throws {
    let database = Database()
    try database.run(script: "CREATE (:A)")
    let script = "CREATE (:B);\n MATCH (a:A) RETURN 1 / 0 AS x; CREATE (:C)"
    let error = try #require(failure { try database.run(script: script) })
    #expect(database.snapshot.labels == ["A"])
    #expect(error.text == script)
    let range = try #require(error.range)
    let found = String(decoding: Array(script.utf8)[Int(range.start)..<Int(range.end)], as: UTF8.self)
    #expect(found.contains("/"))
    #expect("1 / 0".contains(found))
    #expect(failure { try database.run(script: "CREATE (:B); CREATE (") } != nil)
    #expect(database.snapshot.labels == ["A"])
  }

  @Test("statements of a script share parameters and give a result each")
  func results() throws {
    let results = try Database().run(script: "RETURN $n AS n; RETURN $n + 1 AS n;", ["n": 1])
    #expect(try results.map { try $0[0]["n"] as Int } == [1, 2])
  }
}
