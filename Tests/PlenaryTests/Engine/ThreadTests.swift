import Testing

@testable import Plenary

/// What several threads make of a query is what one makes of it.
@Suite struct ThreadTests {
  static let graph: Graph = {
    var graph = Graph()
    do {
      try graph.execute(
        """
        UNWIND range(0, 299) AS i
        CREATE (:P {i: i, group: i % 7, half: i / 2.0, name: 'p' + toString(i % 40), some: CASE WHEN i % 3 = 0 THEN i END})
        """)
      try graph.execute(
        "MATCH (a:P), (b:P) WHERE b.i IN [(a.i * 7 + 1) % 300, a.i / 2] CREATE (a)-[:T {w: a.i + b.i}]->(b)")
    } catch { Issue.record(error) }
    return graph
  }()

  static func options(threads: Int, morsels: Int = 5) -> QueryOptions {
    var options = QueryOptions()
    options.share(among: threads, morsels: morsels)
    return options
  }

  static func rows(_ query: String, _ options: QueryOptions) throws -> [[Value]] {
    QueryAnswer(try graph.query(query, options: options)).rows
  }

  @Test(arguments: [
    "MATCH (n:P) RETURN n.i AS i",
    "MATCH (n:P) WHERE n.some > 100 RETURN n.i, n.name",
    "MATCH (a:P)-[r:T]->(b) WHERE r.w % 2 = 0 RETURN a.i, r.w, b.i",
    "MATCH (a:P)-[:T]->(b)-[:T]->(c) RETURN a.i, c.i",
    "MATCH (a:P)-[:T*1..2]->(b) RETURN a.i, b.i",
    "MATCH (a:P) OPTIONAL MATCH (a)-[:T]->(b) WHERE b.i > 290 RETURN a.i, b.i",
    "MATCH (a:P) WHERE EXISTS { MATCH (a)-[:T]->(b) WHERE b.i < 20 } RETURN a.i",
    "MATCH (a:P) UNWIND [a.i, -a.i] AS x RETURN x",
    "MATCH (n:P) RETURN n.group AS g, count(*), count(n.some), sum(n.i), avg(n.half), min(n.i), max(n.name)",
    "MATCH (n:P) RETURN n.name AS name, n.group AS g, collect(n.i) AS list",
    "MATCH (n:P) RETURN n.group AS g, collect(DISTINCT n.name) AS names, count(DISTINCT n.name), sum(DISTINCT n.i % 5)",
    "MATCH (n:P) RETURN count(*), collect(n.i), percentileCont(n.half, 0.3), percentileDisc(n.i, 0.9), min(n.name)",
    "MATCH (n:P) RETURN sum(duration({hours: n.i})), avg(duration({hours: n.i}))",
    "MATCH (n:P) WHERE n.i < 0 RETURN count(*), sum(n.i), collect(n.i), min(n.i), avg(n.i), stDev(n.i)",
    "MATCH (n:P) RETURN n.group AS g, collect(n.i)[0], head(collect(n.some)), collect({i: n.i, s: n.some})[..3]",
    "MATCH (n:P) WHERE n.i < 0 RETURN n.group, count(*)",
    "MATCH (n:P) WITH n.group AS g, count(*) AS c MATCH (m:P {i: g}) RETURN g, c, m.name",
    "MATCH ()-[r:T]->() RETURN count(r), sum(r.w)",
    "MATCH (a:P)-[r:T]->() RETURN a.group, count(r), sum(r.w)",
    "MATCH (a:P)-[r:T]->(b:P) RETURN a.group, count(*), avg(b.half), sum(b.i), min(b.half), max(b.some), count(b.some)",
    "MATCH (a:P)-[r:T]->(b:P) WHERE b.group > 2 RETURN a.name, count(*), avg(b.half), sum(b.i)",
    "MATCH (a:P)-[r:T]->(b:P) RETURN avg(b.half), sum(b.i)",
    "MATCH (n:P) RETURN DISTINCT n.name",
    "MATCH (a:P)-[:T]->(b) RETURN DISTINCT a.group, b.group",
    "MATCH (n:P) RETURN n.name, n.i ORDER BY n.name DESC",
    "MATCH (n:P) RETURN n.name, n.i ORDER BY n.name DESC SKIP 3 LIMIT 8",
    "MATCH (n:P) RETURN n.i ORDER BY n.i % 10 LIMIT 250",
    "MATCH (n:P) WITH n ORDER BY n.i DESC RETURN collect(n.i)",
    "MATCH (n:P) RETURN n.i LIMIT 7",
    "MATCH (n:P) WITH n LIMIT 20 RETURN sum(n.i)",
    "MATCH (n:P) RETURN n.i AS x UNION ALL MATCH (n:P) RETURN -n.i AS x",
    "MATCH (n:P) RETURN n.group AS x UNION MATCH (n:P) RETURN n.i % 11 AS x",
    "MATCH (a:P), (b:P) WHERE a.i = b.i + 1 RETURN a.i, b.i",
    "MATCH (a:P), (b:P) WHERE a.i < 20 AND b.i > 280 RETURN a.i, b.i",
    "MATCH (a:P) RETURN a.i, COUNT { (a)-[:T]->() }, [(a)-[:T]->(b) | b.i]",
    "MATCH (a:P)-[:T]->(b:P)-[:T]->(c:P) RETURN count(*)",
    "MATCH (a:P)-[:T]->(b:P)-[:T]->(c:P)-[:T]->(a) RETURN count(*)",
    "MATCH (a:P)-[:T]->(b:P)-[:T]->(c:P) WHERE a.group = 3 AND c.group = 4 RETURN count(*)",
    "MATCH (a:P)-[:T]->(b:P) RETURN a.i, count(b) ORDER BY count(b) DESC, a.i LIMIT 5",
    "MATCH (a:P)-[:T]->(b:P)<-[:T]-(c:P) WHERE b.name =~ 'p1.*' RETURN count(*), count(DISTINCT c)",
    "MATCH (a:P {i: 7})-[:T*1..3]->(b) RETURN DISTINCT b.i ORDER BY b.i",
    "MATCH (a:P) WHERE NOT (a)-[:T]->(:P {group: 1}) RETURN count(a)",
    "MATCH (a:P {i: 3}), (b:P) MATCH p = shortestPath((a)-[:T*]->(b)) RETURN b.i, length(p)",
    "MATCH (a:P)-[r]->(b) RETURN type(r), b.group, count(*)",
    "MATCH (n:P) WHERE n.name CONTAINS '3' RETURN n.name, count(*), collect(n.name)",
    "MATCH (a:P), (b:P) WHERE a.name = b.name AND a.i < b.i RETURN a.i, b.i",
    "MATCH (a:P) WITH a MATCH (b:P) WHERE b.name = a.name OR b.i = a.group RETURN a.i, b.i",
    "MATCH (a:P) CALL { WITH a MATCH (a)-[:T]->(b) RETURN b.i AS x ORDER BY x DESC LIMIT 2 } RETURN a.i, x",
    "MATCH (a:P) CALL { WITH a MATCH (a)-[:T]->(b) RETURN b.i AS x SKIP 1 LIMIT 1 } RETURN a.group, count(x)",
    "MATCH (a:P) CALL { WITH a MATCH (b:P) WHERE b.group = a.group RETURN count(b) AS c, sum(b.i) AS s } RETURN a.i, c, s",
    "MATCH (a:P) CALL { MATCH (b:P) WHERE b.i > 290 RETURN b.i AS x } RETURN sum(x), count(*)",
    "MATCH (a:P) RETURN a.i, [x IN range(0, a.i) WHERE x % 50 = 0 | x] AS list",
  ])
  func rowsAreThoseOfOneThread(query: String) throws {
    let expected = try Self.rows(query, Self.options(threads: 1))
    for (threads, morsels) in [(2, 1), (2, 50), (7, 5), (16, 3)] {
      let found = try Self.rows(query, Self.options(threads: threads, morsels: morsels))
      #expect(found == expected, "\(threads) threads, morsels of \(morsels)")
    }
  }

  @Test func deviationsAreNearThoseOfOneThread() throws {
    let query = "MATCH (n:P) RETURN stDev(n.half) AS a, stDevP(n.i) AS b, stDev(n.some) AS c"
    let expected = try Self.rows(query, Self.options(threads: 1))[0]
    for (value, other) in zip(expected, try Self.rows(query, Self.options(threads: 7))[0]) {
      guard case .float(let value) = value, case .float(let other) = other else {
        Issue.record("\(value) and \(other)")
        continue
      }
      #expect(abs(value - other) < value * 1e-12)
    }
  }

  @Test(arguments: 0..<20) func theFirstErrorIsReported(round: Int) {
    let query =
      "MATCH (n:P) RETURN date(CASE WHEN n.i IN [121, 130, 290] THEN 'bad' + toString(n.i) ELSE '2024-01-01' END)"
    let error = #expect(throws: QueryError.self) { try Self.rows(query, Self.options(threads: 7, morsels: 1)) }
    #expect(error?.message.contains("bad121") == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func errorsOfAggregatesPointToThem() throws {
    let query = "MATCH (n:P) RETURN sum(CASE WHEN n.i < 150 THEN n.i ELSE duration('P1D') END)"
    let one = #expect(throws: QueryError.self) { try Self.rows(query, Self.options(threads: 1)) }
    let two = #expect(throws: QueryError.self) { try Self.rows(query, Self.options(threads: 2)) }
    #expect(one == two)
  }

  @Test func workersKeepTheDeadline() {
    var options = Self.options(threads: 3)
    options.timeout = .milliseconds(30)
    let error = #expect(throws: QueryError.self) {
      try Self.rows("MATCH (a:P), (b:P), (c:P), (d:P) WHERE a.i + b.i + c.i + d.i = -1 RETURN count(a.name)", options)
    }
    #expect(error?.code == .deadlineExceeded)
  }

  @Test func workersAreCancelled() async throws {
    var options = Self.options(threads: 3)
    let token = CancellationToken()
    options.cancellation = token
    async let error: QueryError? = Task.detached { [options] in
      do throws(QueryError) {
        _ = try Self.graph.query(
          "MATCH (a:P)-[:T*1..40]-(b:P) WHERE a.i + b.i = -1 RETURN collect(b.name)", options: options)
        return nil
      } catch { return error }
    }.value
    try await Task.sleep(for: .milliseconds(20))
    token.cancel()
    #expect(await error?.code == .cancelled)
  }

  @Test func workersKeepTheRowLimit() {
    var options = Self.options(threads: 3)
    options.rowLimit = 299
    let error = #expect(throws: QueryError.self) { try Self.rows("MATCH (n:P) RETURN n.i", options) }
    #expect(error?.code == .rowLimitExceeded)
    options.rowLimit = 300
    #expect(throws: Never.self) { try Self.rows("MATCH (n:P) RETURN n.i", options) }
    // The rows of the result are limited, and not those it is made of.
    options.rowLimit = 1
    #expect(throws: Never.self) { try Self.rows("MATCH (n:P) RETURN count(n.some)", options) }
  }

  @Test func thePlanTellsHowManyThreads() throws {
    func plan(_ query: String, _ options: QueryOptions) throws -> String {
      try Self.graph.query(query, options: options).summary.plan?.description ?? ""
    }
    let query = "MATCH (n:P) WHERE n.half > 3.5 RETURN n.group AS g, count(*) AS c"
    #expect(!(try plan("EXPLAIN " + query, Self.options(threads: 1)).contains("threads")))
    // So little is not worth it.
    #expect(!(try plan("EXPLAIN " + query, QueryOptions()).contains("threads")))
    let explained = try plan("EXPLAIN " + query, Self.options(threads: 3))
    #expect(explained.split(separator: "\n").filter { $0.contains("3 threads") }.count >= 3, "\(explained)")
    let profiled = try plan("PROFILE " + query, Self.options(threads: 3))
    #expect(profiled.contains("3 threads, 300 found"), "\(profiled)")
    #expect(profiled.contains("3 threads, 7 found"), "\(profiled)")
    #expect(!(try plan("EXPLAIN MATCH (n:P) RETURN n.i LIMIT 3", Self.options(threads: 3)).contains("threads")))
  }

  @Test func whatWritesOrCallsStaysOnOneThread() throws {
    var graph = Self.graph
    for query in [
      "EXPLAIN MATCH (n:P) SET n.x = n.i + 1", "EXPLAIN MATCH (n:P) CALL db.labels() YIELD label RETURN n.i, label",
    ] {
      let plan = try graph.execute(query, options: Self.options(threads: 3)).summary.plan
      #expect(plan?.description.contains("threads") == false)
    }
  }
}
