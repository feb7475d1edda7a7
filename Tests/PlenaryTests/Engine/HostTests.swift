import Plenary
import Testing

/// Long loops, values from outside, and what the database promises to its host.
@Suite struct HostTests {
  /// A query that is cancelled before it starts stops at the first look, inside whatever loop it is in.
  @Test(arguments: [
    "UNWIND range(1, 10000000000) AS x RETURN count(x)",
    "RETURN size([x IN range(1, 200000) WHERE x % 7 = 0 | toString(x)])",
    "RETURN all(x IN range(1, 200000) WHERE x > 0)",
    "RETURN reduce(s = 0, x IN range(1, 200000) | s + x)",
    "UNWIND range(1, 3000) AS x RETURN x ORDER BY -x",
    "UNWIND range(1, 3000) AS x CREATE ()",
    "MATCH p = (a)-[*]-(b) RETURN count(p)",
  ])
  func cancels(_ query: String) throws {
    var options = QueryOptions()
    let token = CancellationToken()
    token.cancel()
    options.cancellation = token
    let database = Database()
    #expect { try database.query(query, options: options) } throws: { ($0 as? QueryError)?.code == .cancelled }
    #expect(database.snapshot.nodeCount == 0)
  }

  /// Loops work through long lists piece by piece, and give the same as over short ones.
  @Test(arguments: [
    QueryCase("RETURN size([x IN range(1, 40000) WHERE x % 2 = 0])", gives: ["20000"]),
    QueryCase("RETURN [x IN range(1, 40000) | x * 2][39999]", gives: ["80000"]),
    QueryCase(
      "UNWIND [40000, null, 3, 0] AS n RETURN single(x IN range(1, n) WHERE x = 30000)",
      gives: ["true", "null", "false", "false"]),
    QueryCase(
      "UNWIND [20000, 20000] AS n RETURN reduce(s = 0, x IN [x IN range(1, n) WHERE x > 19998] | s + x)",
      gives: ["39999", "39999"]),
    QueryCase("RETURN none(x IN [null] WHERE x) , all(x IN range(1, 20000) WHERE x < 20000)", gives: ["null, false"]),
  ])
  func longLists(_ expected: QueryCase) throws { #expect(try expected.run() == expected.rows) }

  /// Ids mean nothing in another graph.
  @Test func refusesParametersOfAnotherGraph() throws {
    let (large, small) = (Database(), Database())
    let node = try large.query("UNWIND range(1, 100) AS i CREATE (n:A {i: i}) RETURN n")[99].value(0)
    _ = try small.query("CREATE (:A {i: 1})")
    for value in [node, .list([.map(["x": node])])] {
      #expect { try small.query("RETURN $x", ["x": value]) } throws: {
        ($0 as? QueryError)?.code == .deletedEntityAccess
      }
    }
    #expect(try large.query("MATCH (n) WHERE n = $x RETURN n.i", ["x": node])[0].value(0) == .integer(100))
  }

  @Test func refusesRowsOfAnotherGraphFromProcedures() throws {
    let database = Database()
    database.register(
      Procedure(name: "host.node", results: [.init("node", .node)]) { _, _ in [[.node(NodeID(12))]] })
    #expect { try database.query("CALL host.node() YIELD node RETURN node.x") } throws: {
      ($0 as? QueryError)?.code == .deletedEntityAccess
    }
  }

  @Test func refusesEndlesslyNestedParameters() throws {
    var value = Value.integer(1)
    for _ in 0..<2000 { value = .list([value]) }
    #expect { try Database().query("RETURN $x", ["x": value]) } throws: {
      ($0 as? QueryError)?.code == .memoryLimitExceeded
    }
  }

  /// A plan holds the procedures it calls, so a new one of the same name must not find the old plan.
  @Test func procedureReplacedWhileATransactionIsOpen() throws {
    func answering(_ number: Int64) -> Procedure {
      Procedure(name: "host.answer", results: [.init("n", .integer)]) { _, _ in [[.integer(number)]] }
    }
    let database = Database()
    database.register(answering(1))
    try database.write { (transaction) throws in
      database.register(answering(2))
      #expect(try transaction.query("CALL host.answer()")[0].value(0) == .integer(1))
    }
    #expect(try database.query("CALL host.answer()")[0].value(0) == .integer(2))
  }

  @Test func plansFollowTheIndexes() throws {
    let database = Database()
    _ = try database.query("UNWIND range(1, 100) AS i CREATE (:A {i: i})")
    func found() throws -> Int { try database.query("MATCH (a:A {i: $i}) RETURN a", ["i": 7]).count }
    #expect(try found() == 1)
    _ = try database.query("CREATE INDEX by_i FOR (a:A) ON (a.i)")
    #expect(try found() == 1)
    _ = try database.query("DROP INDEX by_i")
    #expect(try found() == 1)
  }

  /// A cached plan reads parameters of any type, and reads the clock anew.
  @Test func plansAreFreeOfValues() throws {
    let database = Database()
    let values: [Value] = [.integer(1), .string("a"), .null, .list([.integer(1)]), .map(["x": .float(2)])]
    for value in values { #expect(try database.query("RETURN $x", ["x": value])[0].value(0) == value) }
    let first = try database.query("RETURN datetime().epochMillis AS t")[0].value(0)
    var next = first
    while next == first { next = try database.query("RETURN datetime().epochMillis AS t")[0].value(0) }
    #expect(next != first)
  }

  /// The database cannot be written by two at once; who tries on the same thread would wait for itself.
  @Test func writingInsideAWrite() throws {
    let database = Database()
    try database.write { (transaction) throws in
      try transaction.query("CREATE (:A)")
      #expect { try database.query("CREATE (:B)") } throws: { ($0 as? QueryError)?.code == .transactionOpen }
      #expect(try database.query("MATCH (n) RETURN count(n)")[0].value(0) == .integer(0))
    }
    #expect(try database.query("CREATE (:B) RETURN COUNT { () }")[0].value(0) == .integer(2))
  }
}
