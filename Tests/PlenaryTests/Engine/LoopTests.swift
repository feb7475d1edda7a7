import Testing

@testable import Plenary

/// Loops over lists take up the elements of many lists at once, and some lists are never made.
@Suite struct LoopTests {
  static let database: Database = {
    let database = Database()
    do {
      try database.query(
        """
        UNWIND range(0, 599) AS i
        CREATE (:N {i: i, t: CASE WHEN i % 5 > 0 THEN 'a,b' + ',c' + (i % 3) + ',' END,
          l: CASE WHEN i % 7 > 0 THEN [x IN ['one', 'two', 'six', 'ten'] WHERE size(x) + i % 4 > 4 OR x < 'p'] END})
        """)
    } catch { Issue.record(error) }
    var graph = database.snapshot
    graph.state.fold()
    return Database(graph)
  }()

  /// What gives a list, and the same list in a way that has to be made.
  static let lists = [
    ("range(1, n.i % 12)", "[y IN range(0, 100) WHERE 1 <= y AND y <= n.i % 12]"),
    ("range(n.i, n.i - 9, -4)", "[n.i, n.i - 4, n.i - 8]"),
    ("range(0, CASE WHEN n.i % 3 > 0 THEN n.i % 4 END)", "CASE WHEN n.i % 3 > 0 THEN [0, 1, 2, 3][..n.i % 4 + 1] END"),
    ("split(n.t, ',')", "CASE WHEN n.t IS NOT NULL THEN ['a', 'b', 'c' + (n.i % 3), ''] END"),
    ("split(n.t, ',c')", "CASE WHEN n.t IS NOT NULL THEN ['a,b', (n.i % 3) + ','] END"),
    ("n.l", "CASE WHEN n.l IS NOT NULL THEN [y IN n.l | y + ''] END"),
    ("[n.i, null, 'x', n.i / 2.0]", "[n.i, null, 'x'] + [n.i / 2.0]"),
  ]

  @Test(arguments: lists)
  func elements(list: String, made: String) throws {
    let queries = [
      "MATCH (n:N) UNWIND LIST AS x RETURN n.i, x",
      "MATCH (n:N) RETURN n.i, [x IN LIST WHERE x <> 2 | [x, n.i]] AS y",
      "MATCH (n:N) RETURN n.i, size([x IN LIST WHERE x < 4 OR x > 'b']) AS y, [x IN LIST] AS z",
      "MATCH (n:N) RETURN n.i, any(x IN LIST WHERE x = 3 OR x = 'c1') AS y, all(x IN LIST WHERE x > 1 OR x < 'c') AS z",
      "MATCH (n:N) RETURN n.i, reduce(s = '', x IN LIST | s + n.i % 10 + x) AS y",
      "MATCH (n:N) WHERE n.i < 20 RETURN n.i, reduce(s = [], x IN LIST | s + [x, size(s)]) AS y",
    ]
    for query in queries {
      let expected = try RewriteRuleTests.rows(
        query.replacing("LIST", with: made), Self.database, usesOptimizer: true, batchSize: 1)
      for batchSize in [1, 7, 256, 2048] {
        let found = try RewriteRuleTests.rows(
          query.replacing("LIST", with: list), Self.database, usesOptimizer: true, batchSize: batchSize)
        #expect(found == expected, "\(query), batches of \(batchSize)")
      }
    }
  }

  @Test func errorsOfAnyElementAreErrors() throws {
    for query in [
      "MATCH (n:N) RETURN reduce(s = 0, x IN range(0, n.i % 50) | s + 1 / (x - 49))",
      "MATCH (n:N) RETURN [x IN range(0, n.i) | 1 / (x - 599)]",
      "MATCH (n:N) RETURN reduce(s = 0, x IN n.i | s)",
      "MATCH (n:N) UNWIND range(0, n.i, 0) AS x RETURN x",
    ] {
      #expect(throws: QueryError.self) { try Self.database.query(query) }
    }
  }

  @Test(arguments: ["<", "<=", ">", ">=", "=", "<>"])
  func textsOfOneDictionaryAreComparedAsTexts(operation: String) throws {
    let rows = try RewriteRuleTests.rows(
      "MATCH (n:N) UNWIND n.l AS k UNWIND n.l AS l WITH k, l WHERE k \(operation) l RETURN k, l, count(*) AS n",
      Self.database,
      usesOptimizer: true, batchSize: 2048)
    let expected = try RewriteRuleTests.rows(
      "MATCH (n:N) UNWIND n.l AS k UNWIND n.l AS l WITH k + '' AS k, l + '' AS l WHERE k \(operation) l "
        + "RETURN k, l, count(*) AS n",
      Self.database, usesOptimizer: true, batchSize: 2048)
    #expect(rows == expected && !rows.isEmpty)
  }
}
