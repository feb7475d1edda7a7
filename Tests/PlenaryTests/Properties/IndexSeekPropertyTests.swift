import TestResources
import Testing

@testable import Plenary

/// What an index finds is what the conditions say, whatever the types of the values, and wherever they were written.
@Suite struct IndexSeekPropertyTests {
  /// Values of all types a property may have, many of them equal or nearly so.
  static let literals = [
    "0", "1", "2", "-1", "9007199254740992", "9007199254740993", "9223372036854775807", "-9223372036854775808",
    "0.0", "-0.0", "1.0", "1.5", "9007199254740992.0", "1e300", "-1e300", "0.0 / 0.0", "1.0 / 0.0", "-1.0 / 0.0",
    "''", "'a'", "'ab'", "'abc'", "'abd'", "'b'", "'é'", "'e\u{301}'", "'\u{10ffff}'", "'\u{d7ff}'", "'\u{e000}'",
    "'longer than eight bytes'", "'longer than eight bytes, too'", "true", "false",
    "date('2024-02-29')", "date('2024-03-01')", "date('-0001-01-01')", "localdatetime('2024-02-29T00:00')",
    "datetime('2024-02-29T00:00Z')", "datetime('2024-02-29T01:00+01:00')", "datetime('2024-02-29T01:00Z')",
    "time('12:00Z')", "time('13:00+01:00')", "localtime('12:00')", "duration('P1D')", "duration('PT24H')",
    "[]", "[1]", "[1, 2]", "[1.0]", "['a']",
  ]

  /// Those of one type, so that a column is typed, or any.
  static func domain(_ random: inout SeededRandom) -> [String] {
    switch random.below(5) {
    case 0: Array(literals[0..<8])
    case 1: Array(literals[8..<18])
    case 2: Array(literals[18..<31])
    case 3: Array(literals[33..<36])
    default: literals
    }
  }

  static let conditions = [
    "n.p > $a", "n.p >= $a", "n.p < $a", "n.p <= $a", "$a < n.p", "$a >= n.p", "n.p > $a AND n.p < $b",
    "n.p >= $a AND n.p <= $b", "$a <= n.p < $b", "n.p > $a AND n.p > $b", "n.p >= $a AND n.q = 1", "n.p = $a",
    "n.p STARTS WITH $a", "n.p STARTS WITH left($a, 1)", "n.p IN [$a, $b, null]", "n.p IN $list",
    "n.p > $a AND n.p = $b", "n.p = $a OR n.p = $b", "n.p = $a OR n.p IN [$b, 1] OR null = n.p",
    "n.p > null", "n.p STARTS WITH null",
  ]

  /// Conditions that no index can answer.
  static let otherConditions = ["n.p = $a OR n.q = 1", "n.p = $a OR n.p > $b"]

  static func graph(_ random: inout SeededRandom) throws -> Graph {
    let domain = domain(&random)
    func node(_ id: Int, _ random: inout SeededRandom) -> String {
      let label = random.below(4) == 0 ? "" : ":A"
      let value = random.below(6) == 0 ? "null" : domain[random.below(domain.count)]
      return "(\(label) {id: \(id), q: \(random.below(2)), p: \(value)})"
    }
    var graph = Graph()
    try graph.execute("CREATE INDEX FOR (n:A) ON (n.p)")
    if random.below(3) > 0 {
      try graph.execute("CREATE " + (0..<30).map { node($0, &random) }.joined(separator: ", "))
      graph.fold()
    }
    guard random.below(3) > 0 else { return graph }
    try graph.execute("CREATE " + (30..<40).map { node($0, &random) }.joined(separator: ", "))
    for _ in 0..<6 {
      let id = random.below(40)
      let value = domain[random.below(domain.count)]
      let change = ["SET n.p = \(value)", "REMOVE n:A", "SET n:A", "DELETE n", "REMOVE n.p"][random.below(5)]
      try graph.execute("MATCH (n {id: \(id)}) \(change)")
    }
    return graph
  }

  @Test(arguments: 0..<60) func seeksFindWhatScansFind(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = try Self.graph(&random)
    var plain = QueryOptions()
    plain.usesOptimizer = false
    for condition in Self.conditions + Self.otherConditions {
      let values = (0..<3).map { _ in Self.literals[random.below(Self.literals.count)] }
      var parameters: [String: Value] = [:]
      for (name, literal) in zip(["a", "b"], values) {
        parameters[name] = try graph.query("RETURN \(literal) AS v")[0].value(0)
      }
      parameters["list"] = .list([parameters["a"] ?? .null, .null, parameters["b"] ?? .null])
      if condition.contains("left("), case .string? = parameters["a"] {} else { parameters["a"] = .string("ab") }
      // Once for all rows, and for each row anew.
      let perRow = condition.replacing("$a", with: "x").replacing("$list", with: "[x, $b]")
      for query in [
        "MATCH (n:A) WHERE \(condition) RETURN n.id AS id, n.p AS p",
        "UNWIND [$a, $b, null, 1] AS x MATCH (n:A) WHERE \(perRow) RETURN x, n.id AS id",
        "MATCH (m:A) WITH m.p AS x MATCH (n:A) WHERE \(perRow) RETURN x, count(n) AS c, sum(n.id) AS s",
      ] where !(query.contains("left(x") || query.contains("left(m")) {
        let expected = QueryAnswer(try graph.query(query, parameters, options: plain)).bag(unordered: [])
        for size in [1, 7, 2048] {
          var options = QueryOptions()
          options.batchSize = size
          let found = QueryAnswer(try graph.query(query, parameters, options: options)).bag(unordered: [])
          #expect(found == expected, "\(query) with \(values), batches of \(size)")
        }
      }
    }
  }

  @Test func theIndexIsAsked() throws {
    var graph = Graph()
    try graph.execute("CREATE INDEX FOR (n:A) ON (n.p)")
    try graph.execute("UNWIND range(1, 20) AS i CREATE (:A {p: i})")
    for condition in Self.conditions {
      let parameters: [String: Value] = ["a": .string("a"), "b": .integer(1), "list": .list([])]
      let query = "EXPLAIN MATCH (n:A) WHERE \(condition) RETURN n.id"
      let plan = try #require(try graph.query(query, parameters).summary.plan)
      #expect("\(plan)".contains("Seek"), "\(condition)\n\(plan)")
    }
  }

  @Test func anErrorOfAConditionIsThatOfTheQueryAsWritten() throws {
    var graph = Graph()
    try graph.execute("CREATE INDEX FOR (n:A) ON (n.p) ")
    try graph.execute("CREATE (:A {p: 1}), (:A {p: 2}), (:B)")
    // No row of the pattern reaches the condition.
    for query in [
      "MATCH (n:A)-->(m) WHERE n.p IN $x RETURN n", "MATCH (m:B)-->(n:A) WHERE n.p > 1 / $zero RETURN n",
      "MATCH (n:A {p: 7}) WHERE n.p > 1 / $zero RETURN n",
    ] {
      #expect(try graph.query(query, ["x": .integer(5), "zero": .integer(0)]).isEmpty, "\(query)")
    }
    for query in ["MATCH (n:A) WHERE n.p IN $x RETURN n", "MATCH (n:A) WHERE n.p > 1 / $zero RETURN n"] {
      var plain = QueryOptions()
      plain.usesOptimizer = false
      let parameters: [String: Value] = ["x": .integer(5), "zero": .integer(0)]
      let expected = #expect(throws: QueryError.self) { try graph.query(query, parameters, options: plain) }
      let found = #expect(throws: QueryError.self) { try graph.query(query, parameters) }
      #expect(found?.message == expected?.message)
      #expect(found?.range == expected?.range)
    }
  }
}
