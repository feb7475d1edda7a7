import Testing

@testable import Plenary

/// Many integers looked up at once in an index that knows one node at most for each.
@Suite struct UniqueLookupTests {
  private static let setup = """
    CREATE CONSTRAINT FOR (n:N) REQUIRE n.id IS UNIQUE;
    UNWIND range(0, 99) AS i CREATE (:N {id: i, v: i * 2});
    CREATE (:N {id: 200.0, v: 1}), (:N {id: 'a', v: 2}), (:N {v: 3}), (:M {id: 5, v: 4})
    """

  @Test(arguments: [false, true], [1, 7, 2048])
  func eachRowFindsItsNode(isFolded: Bool, batchSize: Int) throws {
    var graph = Graph()
    for statement in Self.setup.split(separator: ";") { try graph.execute(String(statement)) }
    if isFolded { graph.fold() }
    // Written since: an id changed there and back, one taken over by another node, one gone.
    try graph.execute("MATCH (n:N {id: 7}) SET n.id = 700")
    try graph.execute("MATCH (n:N {id: 700}) SET n.id = 7")
    try graph.execute("MATCH (n:N {id: 8}) SET n.id = 800")
    try graph.execute("CREATE (:N {id: 8, v: -8})")
    try graph.execute("MATCH (n:N {id: 9}) DELETE n")
    try graph.execute("MATCH (n:N {id: 10}) REMOVE n:N")
    var options = QueryOptions()
    options.batchSize = batchSize
    func rows(_ list: String) throws -> [String] {
      let query = "UNWIND \(list) AS i MATCH (n:N {id: i}) RETURN i, n.v AS v"
      return try graph.query(query, options: options).map { "\($0.values[0]) \($0.values[1])" }
    }
    let plan = try graph.query("EXPLAIN UNWIND [1] AS i MATCH (n:N {id: i}) RETURN n").summary.plan
    #expect(plan.map { "\($0)".contains("IndexSeek") } == true)
    #expect(try rows("range(5, 11)") == ["5 10", "6 12", "7 14", "8 -8", "11 22"])
    #expect(try rows("[3, 3, 1000, -1, 800, 3]") == ["3 6", "3 6", "800 16", "3 6"])
    #expect(try rows("[1, null, 2]") == ["1 2", "2 4"])
    #expect(try rows("[200, 199, 5]") == ["200 1", "5 10"])
    #expect(try rows("[1, 'a', 2.0, 5]") == ["1 2", "'a' 2", "2.0 4", "5 10"])
    #expect(try rows("[5, 9, 10]") == ["5 10"])
  }
}
