import Testing

@testable import Plenary

/// Who sees what was written, and when.
@Suite struct TransactionTests {
  private struct Failure: Error {}

  private func database() throws -> Database {
    let database = Database()
    try database.query("UNWIND ['Brunei', 'Laos'] AS name CREATE (:State {name: name})")
    return database
  }

  @Test func allOfATransactionOrNothing() throws {
    let database = try database()
    #expect(throws: Failure.self) {
      try database.write { transaction in
        try transaction.query("CREATE (:State {name: 'Timor-Leste'})")
        #expect(transaction.graph.nodeCount == 3)
        throw Failure()
      }
    }
    #expect(database.snapshot.nodeCount == 2)
    try database.write { transaction in
      try transaction.query("CREATE (:State {name: 'Timor-Leste'})")
      try transaction.query("MATCH (s:State) SET s.seen = true")
    }
    #expect(try database.query("MATCH (s:State {seen: true}) RETURN s").count == 3)
  }

  @Test func aFailedStatementLeavesTheTransactionGoing() throws {
    let database = try database()
    try database.write { transaction in
      try transaction.query("CREATE (:State {name: 'Timor-Leste'})")
      #expect(throws: QueryError.self) {
        try transaction.query("MATCH (s:State) SET s.name = 'gone' WITH s RETURN 1 / (size(s.name) - 4)")
      }
      #expect(try transaction.query("MATCH (s {name: 'gone'}) RETURN s").count == 0)
    }
    #expect(database.snapshot.nodeCount == 3)
  }

  @Test func aSnapshotStaysAsItWas() throws {
    let database = try database()
    let before = database.snapshot
    let result = try database.query("MATCH (s:State) RETURN s ORDER BY s.name")
    try database.query("MATCH (s:State) SET s.name = 'changed'")
    try database.query("MATCH (s:State) DETACH DELETE s")
    #expect(try before.query("MATCH (s:State) RETURN collect(s.name) AS names")[0].value(0) == ["Brunei", "Laos"])
    #expect(result.map { result.graph.description(of: $0.value(0)) }.first == "(:State {name: 'Brunei'})")
    #expect(database.snapshot.nodeCount == 0)
  }

  @Test func forksGoTheirOwnWays() throws {
    let database = try database()
    var one = database.snapshot
    var other = one
    try one.execute("CREATE (:State {name: 'A'})")
    try other.execute("MATCH (s:State {name: 'Laos'}) DELETE s")
    #expect((database.snapshot.nodeCount, one.nodeCount, other.nodeCount) == (2, 3, 1))
    for graph in [database.snapshot, one, other] { #expect(graph.checkInvariants() == []) }
  }

  @Test func aReaderDoesNotWaitForAWriter() throws {
    let database = try database()
    try database.write { transaction in
      try transaction.query("CREATE (:State {name: 'Timor-Leste'})")
      #expect(try database.query("MATCH (s:State) RETURN s").count == 2)
    }
    #expect(try database.query("MATCH (s:State) RETURN s").count == 3)
  }
}
