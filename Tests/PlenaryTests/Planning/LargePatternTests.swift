import Testing

@testable import Plenary

/// Patterns of many elements are planned in little time, or refused before planning begins.
@Suite struct LargePatternTests {
  private static func path(_ steps: Int) -> String {
    "MATCH (n0)" + (1...steps).map { "-[:NEXT]->(n\($0))" }.joined()
  }

  private static func parts(_ count: Int) -> String {
    "MATCH " + (1...count).map { "(a\($0) {i: \($0)})" }.joined(separator: ", ")
  }

  @Test func aLongPathIsFound() throws {
    let database = Database()
    _ = try database.query("UNWIND range(0, 300) AS i CREATE (:N {i: i})")
    _ = try database.query("MATCH (a:N), (b:N) WHERE b.i = a.i + 1 CREATE (a)-[:NEXT]->(b)")
    let result = try database.query(Self.path(300) + " RETURN n0.i AS first, n300.i AS last")
    #expect(result.map { $0.values } == [[0, 300]])
    #expect(try database.query(Self.path(299) + " RETURN count(*) AS c")[0]["c"] as Int == 2)
    #expect(try database.query(Self.parts(100) + " RETURN a7.i AS i")[0]["i"] as Int == 7)
  }

  @Test(arguments: [path(1000), parts(2001), "MERGE " + path(1500).dropFirst(6)])
  func largerOnesAreRefused(_ pattern: String) throws {
    let error = #expect(throws: QueryError.self) { try Database().query(pattern + " RETURN 1 AS x") }
    #expect(error?.code == .statementTooLong)
    #expect(error?.phase == .compileTime)
    #expect(error?.message.hasSuffix("nodes and relationships, expected at most 2000") == true)
    #expect(error?.hint?.contains("several MATCH clauses") == true)
  }

  /// Creating takes no planning.
  @Test func creatingIsNotBounded() throws {
    let database = Database()
    _ = try database.query("CREATE (n0)" + (1...3000).map { "-[:NEXT]->(n\($0))" }.joined())
    #expect(database.snapshot.relationshipCount == 3000)
  }
}
