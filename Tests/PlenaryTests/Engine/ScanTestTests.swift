import Testing

@testable import Plenary

/// Comparisons that a scan makes while it goes through ids find what a filter of every row finds.
@Suite struct ScanTestTests {
  /// Nodes whose properties are of every kind of column, some with gaps, some missing at the ends.
  static let graph: Graph = {
    var graph = Graph()
    do {
      try graph.execute("UNWIND range(1, 5) AS i CREATE (:Other {i: i})")
      try graph.execute(
        """
        UNWIND range(0, 4999) AS i
        CREATE (:P {i: i, small: i % 100, negative: -i, wide: i * 1000000, long: i * 10000000000, half: i / 2.0,
          even: i % 2 = 0, day: date({year: 2000, month: 1 + i % 12}), city: 'c' + toString(i % 7),
          name: 'p' + toString(i % 400), some: CASE WHEN i % 3 = 0 THEN i END,
          late: CASE WHEN i >= 2500 THEN i END, early: CASE WHEN i < 2500 THEN i END,
          text: 'text ' + toString(i * 7919 % 5000), rare: CASE WHEN i % 500 = 3 THEN i END,
          odd: CASE WHEN i % 7 = 0 THEN 0.0 / 0.0 WHEN i % 7 = 1 THEN -0.0 ELSE i / 8.0 END,
          tags: CASE WHEN i % 11 <> 0 THEN [x IN range(0, i % 4) | 't' + toString((i + x) % 9)] END,
          numbers: [x IN range(1, i % 5) | x], mixed: [3.0, i * 1.0]})
        """)
      try graph.execute("MATCH (p:P) WHERE p.i % 10 = 3 SET p:Third")
      try graph.execute(
        "MATCH (a:P), (b:P {i: a.i / 2}) CREATE (a)-[:T {w: a.i % 50, x: a.i / 4.0, y: CASE WHEN a.i % 3 = 0 THEN a.i END}]->(b)"
      )
      try graph.execute("MATCH (a:Third), (b:Other {i: 1}) CREATE (a)-[:U {w: a.i % 50}]->(b)")
    } catch { Issue.record(error) }
    graph.fold()
    return graph
  }()

  static let conditions = [
    "n.small < 10", "n.small >= 99", "n.small = 200", "n.small <> 200", "n.small < 200", "n.small > -200",
    "n.negative <= -4990", "n.wide > 4990000000", "n.wide = 17000000", "n.long < 100000000000", "n.long > 1",
    "n.half = 3", "n.half < 2.5", "n.half > 0.0 / 0.0", "n.half <> 0.0 / 0.0", "n.even = true", "n.even < true",
    "n.day = date('2000-03-01')", "n.day > date('2000-11-01')", "n.day < date('1000-01-01')", "n.city = 'c3'",
    "n.city <> 'c3'", "n.city = 'none'", "n.city <> 'none'", "n.name = 'p77'", "n.some < 30", "n.late > 4990",
    "n.late < 2510", "n.early > 2490", "n.early < 3", "n.small = null", "n.small = 'text'", "n.city = 5", "5 > n.small",
    "n.text < 'text 2'", "n.text >= 'text 49'", "n.text = 'text 77'", "n.text <> 'text 77'", "n.text > ''",
    "n.city < 'c3'",
    "n.city >= 'c6'", "n.name > 'p39'", "n.rare < 1000", "n.odd > 5", "n.odd <= 0", "n.late >= 2600 AND n.some < 2700",
    "n.small >= 30 AND n.small < 32 AND n.half > 100", "n.small = 5 AND n.city = 'c3' AND n.name CONTAINS '5'",
  ]

  static func rows(_ query: String, batchSize: Int, threads: Int = 1, isCareful: Bool = false) throws -> [[Value]] {
    var options = QueryOptions()
    options.batchSize = batchSize
    if threads > 1 { options.share(among: threads, morsels: 5) }
    return QueryAnswer(try graph.query(query, options: options)).rows
  }

  @Test(arguments: conditions, ["n", "n:P", "n:Third", "n:None"])
  func findWhatAFilterFinds(condition: String, node: String) throws {
    // Nothing compares a property of a list's element in place.
    let filtered = try Self.rows(
      "MATCH (\(node)) WITH collect(n) AS list UNWIND list AS n WITH n WHERE \(condition) RETURN n", batchSize: 2048)
    for batchSize in [1, 7, 2048] {
      #expect(
        try Self.rows("MATCH (\(node)) WHERE \(condition) RETURN n", batchSize: batchSize) == filtered,
        "batches of \(batchSize)")
    }
    #expect(try Self.rows("MATCH (\(node)) WHERE \(condition) RETURN n", batchSize: 2048, threads: 3) == filtered)
  }

  @Test(arguments: ["r.w = 7", "r.w < 3 AND r.x > 20", "r.x >= 1249.75", "r.w > 300", "r.w < 300", "r.none = 1"])
  func findRelationships(condition: String) throws {
    for type in ["", ":T", ":U", ":T|U"] {
      let filtered = try Self.rows(
        "MATCH ()-[r\(type)]->() WITH collect(r) AS list UNWIND list AS r WITH r WHERE \(condition) RETURN r",
        batchSize: 2048)
      for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (2048, 3)] {
        let found = try Self.rows(
          "MATCH ()-[r\(type)]->() WHERE \(condition) RETURN r", batchSize: batchSize, threads: threads)
        #expect(Set(found) == Set(filtered) && found.count == filtered.count, "\(type), batches of \(batchSize)")
      }
    }
  }

  @Test func whatWasWrittenSinceCounts() throws {
    var graph = Self.graph
    try graph.execute("MATCH (n:P {i: 4000}) SET n.small = 1000")
    try graph.execute("MATCH (n:P {i: 4001}) DETACH DELETE n")
    try graph.execute("CREATE (:P {i: 7000, half: 1.0e9})")
    #expect(try QueryAnswer(graph.query("MATCH (n:P) WHERE n.small > 999 RETURN n.i")).rows == [[.integer(4000)]])
    #expect(try QueryAnswer(graph.query("MATCH (n:P) WHERE n.half > 1e8 RETURN n.i")).rows == [[.integer(7000)]])
    #expect(try QueryAnswer(graph.query("MATCH (n:P) WHERE n.negative = -4001 RETURN n.i")).rows.isEmpty)
    try graph.execute("MATCH (n:P) WHERE n.small < 50 SET n.small = n.small + 50")
    #expect(try QueryAnswer(graph.query("MATCH (n:P) WHERE n.small < 50 RETURN count(*)")).rows == [[.integer(0)]])
  }

  @Test func thePlanTellsWhatTheScanTests() throws {
    func scan(_ query: String, on graph: Graph = Self.graph) throws -> PlanDescription {
      var plan = try #require(try graph.query(query, ["most": .integer(3)]).summary.plan)
      while let input = plan.children.first, plan.name != "NodeScan" { plan = input }
      return plan
    }
    let query = "MATCH (n:P) WHERE n.small < $most AND n.name CONTAINS '5' AND n.half >= 1e3 RETURN n.i"
    #expect(try scan("EXPLAIN " + query).details == "(n:P), testing n.small < $most AND n.half >= 1e3")
    // What passes is what the scan has: i from 2000 on, of each hundred the first three.
    let profiled = try scan("PROFILE " + query)
    #expect(profiled.details == "(n:P), testing n.small < $most AND n.half >= 1e3")
    #expect(profiled.rows == 90)
    // Nodes that were changed are tested by the filter.
    var changed = Self.graph
    try changed.execute("MATCH (n:P {i: 7}) SET n.half = 0.5")
    #expect(try scan("EXPLAIN " + query, on: changed).details == "(n:P)")
    #expect(try scan("PROFILE " + query, on: changed).rows == 5000)
  }

  @Test func limitsEndTheScanEarly() throws {
    let rows = QueryAnswer(try Self.graph.query("MATCH (n:P) WHERE n.some >= 0 RETURN n.i LIMIT 3")).rows
    #expect(rows == [[.integer(0)], [.integer(3)], [.integer(6)]])
  }
}
