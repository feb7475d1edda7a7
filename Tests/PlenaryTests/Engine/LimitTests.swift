import Foundation
import Testing

@testable import Plenary

/// What stops a statement, and that it leaves nothing behind.
@Suite struct LimitTests {
  /// Far more rows than any machine makes in a lifetime.
  static let endless = """
    UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b UNWIND range(1, 1000000) AS c RETURN count(*), sum(a)
    """

  static let endlessPaths = "MATCH p = (a)-[*]-(b) WHERE length(p) < 0 RETURN count(*)"
  static let endlessProduct =
    "MATCH (a), (b), (c), (d), (e), (f), (g), (h), (i) WHERE a.v + b.v + c.v + i.v < 0 RETURN count(*)"

  /// Twenty nodes, each joined with each.
  static let dense: Graph = {
    var graph = Graph()
    _ = try? graph.execute("UNWIND range(1, 20) AS v CREATE (:N {v: v})")
    _ = try? graph.execute("MATCH (a), (b) WHERE a.v < b.v CREATE (a)-[:R]->(b)")
    return graph
  }()

  @Test(arguments: [endless, endlessPaths, endlessProduct]) func cancelling(_ query: String) throws {
    let token = CancellationToken()
    var options = QueryOptions()
    options.cancellation = token
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.05)
      token.cancel()
    }
    let error = #expect(throws: QueryError.self) { try Self.dense.query(query, options: options) }
    #expect(error?.code == .cancelled)
  }

  @Test(arguments: [endless, endlessPaths, endlessProduct]) func timeLimit(_ query: String) throws {
    var options = QueryOptions()
    options.timeout = .milliseconds(30)
    let error = #expect(throws: QueryError.self) { try Self.dense.query(query, options: options) }
    #expect(error?.code == .deadlineExceeded)
    #expect(error?.hint != nil)
  }

  /// Single expressions that take long: a stop is noticed inside of them.
  @Test(arguments: [
    "RETURN size(range(1, 100000000))", "RETURN size([x IN range(1, 50000000) WHERE x % 2 = 0 | x])",
    "RETURN reduce(s = 0, x IN range(1, 50000000) | s + x)",
    "RETURN size(reduce(s = [], x IN range(1, 200000) | s + x))",
    "RETURN all(x IN range(1, 50000000) WHERE x > 0)", "RETURN size(range(1, 20000000) + range(1, 20000000))",
    "RETURN reduce(s = 'ab', x IN range(1, 20) | s + s) =~ '((a|b)?(a|b)?)*c'",
    // Lists of the same list twice, and so on: forty steps make more elements than can be looked at.
    "RETURN reduce(a = [1], i IN range(1, 40) | [a, a]) = reduce(a = [1], i IN range(1, 40) | [a, a])",
    "RETURN reduce(a = [1], i IN range(1, 40) | {a: a, b: a}) <> reduce(a = [1], i IN range(1, 40) | {a: a, b: a})",
    "UNWIND [1, 2, 3] AS x WITH DISTINCT reduce(a = [x], i IN range(1, 40) | [a, a]) AS l RETURN count(*)",
    "UNWIND [1, 1, 3] AS x WITH reduce(a = [x], i IN range(1, 40) | [a, a]) AS l ORDER BY l RETURN count(*)",
    "UNWIND [1, 1, 3] AS x RETURN size(max(reduce(a = [x], i IN range(1, 40) | [a, a])))",
    "RETURN size(reduce(a = [1], i IN range(1, 200) | [a, a]))",
    "UNWIND range(1, 2000) AS x WITH reduce(a = [1], i IN range(1, 40) | [a, a]) AS l RETURN count(DISTINCT l)",
    "RETURN -1 IN range(1, 50000000)", "RETURN size(toUpper(reduce(s = 'ñ', x IN range(1, 24) | s + s)))",
  ])
  func timeLimitInsideAnExpression(_ query: String) throws {
    var options = QueryOptions()
    options.timeout = .milliseconds(50)
    let error = #expect(throws: QueryError.self) { try Database().query(query, options: options) }
    #expect(error?.code == .deadlineExceeded)
  }

  @Test func rowLimit() throws {
    var options = QueryOptions()
    options.rowLimit = 20
    #expect(try Self.dense.query("MATCH (n) RETURN n", options: options).count == 20)
    options.rowLimit = 19
    let error = #expect(throws: QueryError.self) { try Self.dense.query("MATCH (n) RETURN n", options: options) }
    #expect(error?.code == .rowLimitExceeded)
  }

  @Test func aStatementThatIsStoppedChangesNothing() throws {
    let database = Database(Self.dense)
    var options = QueryOptions()
    options.timeout = .milliseconds(30)
    #expect(throws: QueryError.self) {
      try database.query("UNWIND range(1, 100000000) AS x CREATE (:Extra {x: x})", options: options)
    }
    #expect(database.snapshot.nodeCount == 20)
    #expect(database.snapshot.checkInvariants() == [])
    options = QueryOptions()
    options.rowLimit = 1
    #expect(throws: QueryError.self) { try database.query("MATCH (n) SET n.v = 0 RETURN n", options: options) }
    #expect(try database.query("MATCH (n {v: 0}) RETURN n").count == 0)
  }

  @Test func readingOnly() throws {
    let error = #expect(throws: QueryError.self) { try Self.dense.query("CREATE (:Extra)") }
    #expect(error?.code == .readOnly)
    #expect(error?.phase == .compileTime)
  }
}
