import Testing

@testable import Plenary

/// What is read off columns as they lie in the graph is what the values say.
@Suite struct ColumnsInPlaceTests {
  static let keys = [
    "small", "negative", "wide", "half", "even", "day", "city", "name", "text", "some", "late", "early", "rare", "odd",
    "none",
  ]

  /// The first rows of an order, where the scan leaves out what comes after them.
  @Test(arguments: keys, ["", " DESC"])
  func firstNodes(key: String, direction: String) throws {
    // Without a limit all rows are put in order.
    let all = try ScanTestTests.rows(
      "MATCH (n:P) RETURN n.i AS i, n.\(key) AS k ORDER BY k\(direction), i", batchSize: 2048)
    for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (2048, 3)] {
      let first = try ScanTestTests.rows(
        "MATCH (n:P) RETURN n.i AS i, n.\(key) AS k ORDER BY k\(direction), i SKIP 3 LIMIT 20", batchSize: batchSize,
        threads: threads)
      #expect(first == Array(all[3..<23]), "batches of \(batchSize)")
      let filtered = try ScanTestTests.rows(
        "MATCH (n:P) WHERE n.small > 20 AND n.half < 2000 RETURN n.i AS i ORDER BY n.\(key)\(direction), i LIMIT 5",
        batchSize: batchSize, threads: threads)
      let expected = try ScanTestTests.rows(
        "MATCH (n:P) WHERE n.small > 20 AND n.half < 2000 RETURN n.i AS i ORDER BY n.\(key)\(direction), i",
        batchSize: 2048)
      #expect(filtered == Array(expected.prefix(5)), "batches of \(batchSize)")
    }
  }

  @Test(arguments: ["w", "x", "y", "none"], ["", " DESC"])
  func firstRelationships(key: String, direction: String) throws {
    for type in [":T", ":T|U", ""] {
      let query = "MATCH (a:P)-[r\(type)]->(b) RETURN a.i AS a, b.i AS b, r.\(key) AS k ORDER BY k\(direction), a, b"
      let all = try ScanTestTests.rows(query, batchSize: 2048)
      for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (2048, 3)] {
        let first = try ScanTestTests.rows(query + " LIMIT 15", batchSize: batchSize, threads: threads)
        #expect(first == Array(all.prefix(15)), "\(type), batches of \(batchSize)")
      }
    }
  }

  /// An error in a row that is none of the first is an error all the same.
  @Test func rowsThatFailAreNotPassedBy() {
    #expect(throws: QueryError.self) {
      try ScanTestTests.rows("MATCH (n:P) RETURN 1 / (n.i - 4000) AS x, n.half AS h ORDER BY h LIMIT 3", batchSize: 64)
    }
  }

  /// Conditions on a relationship are tested before its ends are looked at; others after that.
  @Test(arguments: [
    "r.w = 7", "r.w < 3 AND a.small > 50", "r.x >= 1249.75 AND b.i < a.i", "r.w > 300", "r.w IN [1, 2] OR r.x < 3",
    "r.w = 7 AND a:Third", "r.w = 7 AND b:Third", "r.y < 100", "r.y IS NULL AND r.w = 3", "r.w <> 7 AND a.i < 40",
  ])
  func conditionsOnRelationships(condition: String) throws {
    for pattern in ["(a)-[r]->(b)", "(a:P)-[r:T]->(b:P)", "(a)<-[r:T|U]-(b:Third)", "(a:Other)<-[r]-(b)"] {
      let expected = try ScanTestTests.rows(
        "MATCH \(pattern) WITH a, b, collect(r) AS rs UNWIND rs AS r WITH a, b, r WHERE \(condition) RETURN a, b, r.w, r.x",
        batchSize: 2048)
      for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (2048, 3)] {
        let found = try ScanTestTests.rows(
          "MATCH \(pattern) WHERE \(condition) RETURN a, b, r.w, r.x", batchSize: batchSize, threads: threads)
        #expect(
          Set(found) == Set(expected) && found.count == expected.count, "\(pattern), batches of \(batchSize)")
      }
    }
  }

  /// Conditions on a later step are tested before its relationships become rows, once it has gone far enough.
  @Test(arguments: [
    "q.w = 7", "q.x >= 600.5", "c.small < 20", "q.w < 30 AND c.half > 500", "q.y < 100 AND r.w > 5", "c.none = 1",
    "q.w = 7 AND c.i <> a.i AND c:Third", "c.city = 'c1'",
  ])
  func conditionsOnLaterSteps(condition: String) throws {
    for pattern in ["(a:P)-[r:T]->(b)<-[q:T]-(c)", "(a)-[r:T]->(b)-[q:T]->(c)", "(a:Third)-[r]->(b)<-[q:U]-(c)"] {
      let expected = try ScanTestTests.rows(
        "MATCH \(pattern) WITH a, r, c, collect(q) AS qs UNWIND qs AS q WITH a, r, c, q WHERE \(condition) "
          + "RETURN count(*) AS n, sum(a.i) AS a, sum(q.w * c.i) AS s", batchSize: 2048)
      for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (2048, 3)] {
        let found = try ScanTestTests.rows(
          "MATCH \(pattern) WHERE \(condition) RETURN count(*) AS n, sum(a.i) AS a, sum(q.w * c.i) AS s",
          batchSize: batchSize, threads: threads)
        #expect(found == expected, "\(pattern), batches of \(batchSize), \(threads) threads")
      }
    }
  }

  /// CASE gives each row what its first true condition says, whatever is summed up of it.
  @Test(arguments: [
    ("sum(CASE WHEN n.small < 50 THEN 1 ELSE 0 END)", "2500"),
    ("count(CASE WHEN n.small < 50 THEN 1 END)", "2500"),
    ("sum(CASE WHEN n.small < 50 THEN n.half ELSE 0 END)", "3093125.0"),
    ("sum(CASE WHEN n.small < 50 THEN n.half ELSE 0.0 END)", "3093125.0"),
    ("sum(CASE WHEN n.small < 0 THEN n.half ELSE 0 END)", "0"),
    ("sum(CASE WHEN n.small < 50 THEN n.i ELSE n.half END)", "9341875.0"),
    ("avg(CASE WHEN n.small < 50 THEN 1.5 ELSE 0 END)", "0.75"),
    ("sum(CASE WHEN n.even THEN 1 WHEN n.small < 50 THEN 2 ELSE 3 END)", "8750"),
    ("sum(CASE WHEN n.even AND n.small < 50 THEN n.i ELSE 0 END)", "3092500"),
    ("sum(CASE WHEN n.even OR n.small < 50 THEN 1 ELSE 0 END)", "3750"),
    ("sum(CASE WHEN n.some IS NULL THEN 1 END)", "3333"),
    ("count(CASE WHEN n.some > 30 THEN n.some END)", "1656"),
    ("sum(CASE n.city WHEN 'c1' THEN 1 WHEN 'c2' THEN 10 ELSE 0 END)", "7855"),
    ("min(CASE WHEN n.small < 50 THEN n.i ELSE 1000000 END)", "0"),
    ("sum(CASE WHEN n.none THEN 1 ELSE 2 END)", "10000"),
    ("count(DISTINCT CASE WHEN n.small < 50 THEN n.city ELSE n.small END)", "57"),
    ("count(DISTINCT n.city + '/' + n.city)", "7"),
    ("count(DISTINCT 'z' + CASE n.city WHEN 'c1' THEN 1 ELSE 1.0 END)", "2"),
    ("sum(CASE WHEN n.i >= 0 THEN 0 WHEN n.small < 50 THEN n.half ELSE 0 END)", "0"),
    ("sum(CASE WHEN n.even THEN 0 WHEN n.small < 50 THEN 1.5 ELSE 0 END)", "1875.0"),
  ])
  func cases(expression: String, expected: String) throws {
    for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (2048, 3)] {
      let rows = try ScanTestTests.rows("MATCH (n:P) RETURN \(expression)", batchSize: batchSize, threads: threads)
      #expect(rows.map { $0.map(\.description) } == [[expected]], "batches of \(batchSize)")
      // Over several groups, each of which has a part.
      let groups = try ScanTestTests.rows(
        "MATCH (n:P) WITH n.even AS e, \(expression) AS x RETURN e, x", batchSize: batchSize, threads: threads)
      let alone = try [true, false].map {
        try ScanTestTests.rows(
          "MATCH (n:P) WHERE n.even = \($0) RETURN \($0) AS e, \(expression) AS x", batchSize: 1)[0]
      }
      #expect(Set(groups) == Set(alone), "batches of \(batchSize)")
    }
  }

  /// A sum of integers is one however many floats might have come.
  @Test(arguments: [("p.i < 2600", "0"), ("p.i > 4993", "0"), ("p.i >= 0", "1.0")])
  func nullsMakeNoFloat(condition: String, expected: String) throws {
    var graph = Graph()
    try graph.execute(
      "UNWIND range(0, 4999) AS i CREATE (:P {i: i, first: i < 2500, f: CASE WHEN i IN [2600, 4993] THEN 0.5 END})")
    graph.fold()
    let query = "MATCH (p:P) WHERE \(condition) RETURN sum(CASE WHEN p.first OR p.i > 4995 THEN 0 ELSE p.f END)"
    for batchSize in [1, 7, 2048] {
      var options = QueryOptions()
      options.batchSize = batchSize
      let rows = QueryAnswer(try graph.query(query, options: options)).rows
      #expect(rows.map { $0.map(\.description) } == [[expected]], "batches of \(batchSize)")
    }
  }

  /// Groups by numbers that lie close together, by dates and by floats.
  @Test(arguments: keys)
  func groups(key: String) throws {
    let query = """
      MATCH (n:P) RETURN n.\(key) AS k, count(*) AS c, min(n.text) AS a, max(n.name) AS b, min(n.day) AS d,
        max(n.some) AS s, stDev(n.half) AS v, count(n.late) AS l
      """
    let one = try ScanTestTests.rows(query, batchSize: 1)
    for (batchSize, threads) in [(7, 1), (2048, 1)] {
      let found = try ScanTestTests.rows(query, batchSize: batchSize, threads: threads)
      #expect(found == one, "batches of \(batchSize)")
    }
  }

  @Test func datesHaveTheirComponents() throws {
    let query = """
      UNWIND range(0, 19999) AS i WITH date({year: 1990, month: 1, day: 1}) + duration({days: i * 7919 % 30000}) AS d
      WHERE d.year <> toInteger(substring(toString(d), 0, 4)) OR d.month <> toInteger(substring(toString(d), 5, 2))
        OR d.day <> toInteger(substring(toString(d), 8, 2))
      RETURN count(*)
      """
    #expect(try ScanTestTests.rows(query, batchSize: 2048) == [[.integer(0)]])
  }

  /// Lists of a property are asked for their elements, how many they have, and whether one is among them.
  @Test(arguments: ["tags", "numbers", "mixed", "none"], ["'t3'", "3", "3.0", "null", "'nothing'"])
  func lists(key: String, value: String) throws {
    let membership = "MATCH (n:P) WHERE \(value) IN n.\(key) RETURN n.i"
    // A list comprehension goes through values.
    let expected = try ScanTestTests.rows(
      "MATCH (n:P) WHERE any(x IN n.\(key) WHERE x = \(value)) RETURN n.i", batchSize: 2048)
    let elements = "MATCH (n:P) UNWIND n.\(key) AS x RETURN n.i, x, size(n.\(key))"
    let plain = try ScanTestTests.rows(
      "MATCH (n:P) UNWIND [x IN n.\(key)] AS x RETURN n.i, x, size([x IN n.\(key)])", batchSize: 2048)
    for (batchSize, threads) in [(1, 1), (7, 1), (300, 1), (2048, 1), (2048, 3)] {
      #expect(try ScanTestTests.rows(membership, batchSize: batchSize, threads: threads) == expected)
      #expect(try ScanTestTests.rows(elements, batchSize: batchSize, threads: threads) == plain)
    }
  }
}
