import Plenary
import PlenarySyntax

/// Runs the statements of a script one after the other on a small graph, and checks what must hold of any answer.
///
/// Whatever a statement is, the graph stays consistent, an error points into the text, and a statement that fails has
/// changed nothing. One that reads, and leaves nothing open, gives the same rows however it is run.
struct QueryTrial {
  /// Later statements of a script are not run.
  private static let maximumStatements = 6
  /// What a script may take before its other ways and statements are left out: a slow one is slow in every way.
  private static let budget = Duration.milliseconds(150)
  private static let timeout = Duration.milliseconds(200)

  private var graph = QueryTrial.startingGraph
  private let start = ContinuousClock.now

  /// Runs the statements of a text; a text with errors as a whole.
  mutating func run(script: String) throws(FuzzFinding) {
    let tree = Parser.parse(script)
    guard !tree.hasErrors, tree.statements.count > 1 else { return try run(script) }
    for statement in tree.statements.prefix(Self.maximumStatements) {
      guard hasTime else { return }
      try run(tree.text(in: statement.range))
    }
  }

  private var hasTime: Bool { ContinuousClock.now - start < Self.budget }

  private mutating func run(_ statement: String) throws(FuzzFinding) {
    let before = graph
    let result: QueryResult
    do throws(QueryError) {
      result = try graph.execute(statement, Self.parameters, options: Self.options)
    } catch {
      try check(error, of: statement)
      try FuzzFinding.require(
        graph.nodeCount == before.nodeCount && graph.relationshipCount == before.relationshipCount,
        "a statement that failed changed the graph: \(statement)")
      return try graph.requireConsistency("the graph after the failure of \(statement)")
    }
    for row in result { for column in result.columns.indices { _ = graph.description(of: row.value(column)) } }
    try graph.requireConsistency("the graph after \(statement)")
    if result.summary.counters.isEmpty {
      try compare(statement, on: before, result)
    } else {
      try compareWrites(statement, on: before, result)
    }
  }

  private func check(_ error: QueryError, of statement: String) throws(FuzzFinding) {
    if let range = error.range {
      try FuzzFinding.require(
        range.start <= range.end && Int(range.end) <= statement.utf8.count,
        "an error beyond the end of the text: \(error) in \(statement)")
    }
    try FuzzFinding.require(!error.message.isEmpty, "an error without a message in \(statement)")
    try FuzzFinding.require(error.code != .procedureFailed, "an error of no known kind: \(error) in \(statement)")
  }

  // MARK: Ways that make no difference

  private enum Way: CaseIterable {
    case unoptimized, rowByRow, sevenRows, folded, threads
  }

  private func compare(_ statement: String, on before: Graph, _ result: QueryResult) throws(FuzzFinding) {
    let openness = Openness(of: statement)
    guard !openness.rows else { return }
    let expected = RowBag(result, ignoringFloats: openness.floats)
    for way in Way.allCases where hasTime {
      var options = Self.options
      var graph = before
      switch way {
      case .unoptimized: options.usesOptimizer = false
      case .rowByRow:
        options.batchSize = 1
        options.memoryLimit = 1 << 20
      case .sevenRows: options.batchSize = 7
      case .folded: graph.fold()
      case .threads:
        options.threadCount = 3
        options.minimumParallelRows = 0
        options.largestMorsel = 2
      }
      let found: QueryResult
      do throws(QueryError) {
        found = try graph.query(statement, Self.parameters, options: options)
      } catch {
        // Whether a row that fails is made at all is left open, but not what the text means.
        try FuzzFinding.require(error.phase == .runtime || error.code == .readOnly, "\(way): \(error) in \(statement)")
        continue
      }
      let rows = RowBag(found, ignoringFloats: openness.floats)
      try FuzzFinding.require(
        found.columns == result.columns && rows == expected,
        "\(way) gives other rows for \(statement)\nexpected\n\(expected)\nfound\n\(rows)")
    }
  }

  /// What was written and read afterwards is the same without the optimiser.
  private func compareWrites(_ statement: String, on before: Graph, _ result: QueryResult) throws(FuzzFinding) {
    let openness = Openness(of: statement)
    guard !openness.rows, !openness.writes, hasTime else { return }
    var options = Self.options
    options.usesOptimizer = false
    var graph = before
    guard let found = try? graph.execute(statement, Self.parameters, options: options) else { return }
    try FuzzFinding.require(
      found.summary.counters == result.summary.counters,
      "without the optimiser \(found.summary.counters), with it \(result.summary.counters) by \(statement)")
    // Which row made which element depends on the order of the rows.
    let expected = RowBag(result, ignoringFloats: openness.floats, ignoringElements: true)
    let rows = RowBag(found, ignoringFloats: openness.floats, ignoringElements: true)
    try FuzzFinding.require(
      rows == expected,
      "other rows with and without the optimiser for \(statement)\nexpected\n\(rows)\nfound\n\(expected)")
  }

  // MARK: What queries find

  private static let options: QueryOptions = {
    var options = QueryOptions()
    options.timeout = timeout
    options.rowLimit = 1000
    return options
  }()

  /// What `$name` stands for.
  static let parameters: [String: Value] = [
    "p": .integer(2), "name": .string("Laos"), "list": .list([.integer(1), .null, .string("x"), .float(0.5)]),
    "map": .map(["i": .integer(1), "name": .string("Laos")]), "none": .null,
  ]

  /// A graph with a base, changes to it and an index, so that reading takes every way there is.
  static let startingGraph: Graph = {
    var graph = Graph()
    for (index, statement) in startingStatements.enumerated() {
      do {
        try graph.execute(statement)
      } catch {
        preconditionFailure("the graph to begin with cannot be made: \(error)")
      }
      if index == 1 { graph.fold() }
    }
    return graph
  }()

  static let startingStatements = [
    """
    CREATE (a:State {name: 'Brunei', since: 1984}), (b:State {name: 'Laos', since: 1997, area: 2.5, tags: ['x', 'y']}),
      (c:Body {name: 'ACCSM', founded: date('1981-07-01')}), (a)-[:MEMBER_OF {year: 1984}]->(c),
      (b)-[:MEMBER_OF {year: 1997}]->(c), (a)-[:CHAIRED]->(c), (c)-[:REPORTS_TO]->(c)
    """,
    """
    CREATE (a:A {i: 0, k: 1, f: 0.5, s: 'a', b: true}), (b:A:B {i: 1, k: 2, s: 'ab', l: [1, 2], m: 1.0}),
      (c:B {i: 1, f: -1.5, t: 'b', d: date('2024-08-07'), m: 'x'}), (d:C {i: -1, m: [1, 2.5]}), (e {k: 2, m: true}),
      (a)-[:T {i: 1}]->(b), (a)-[:T {i: 2}]->(b), (b)-[:T]->(c), (c)-[:U {i: 3}]->(a), (c)-[:U]->(c), (d)-[:T]->(a)
    """,
    "MATCH (c:B {i: 1, t: 'b'}), (d:C) CREATE (d)-[:U {i: 4}]->(:A {i: 5, s: 'Ä'})-[:T]->(c) SET c.k = 3, d:B",
    "MATCH (e {k: 2, m: true}) DETACH DELETE e",
    "MATCH (:A)-[r:T {i: 2}]->() DELETE r",
    "CREATE INDEX FOR (n:A) ON (n.i)",
  ]
}
