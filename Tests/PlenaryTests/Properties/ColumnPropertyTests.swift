import TestResources
import Testing

@testable import Plenary

/// What is made of a whole column is what is made of its values one by one.
@Suite struct ColumnPropertyTests {
  /// Values of one type each, so that columns are typed, and of any.
  static let domains = [
    ["0", "1", "2", "-7", "9223372036854775807", "-9223372036854775808", "-1"],
    ["0.0", "-0.0", "1.5", "2.5", "-2.5", "1e300", "-1e300", "0.0 / 0.0", "1.0 / 0.0", "9.3e18"],
    ["''", "'a'", "' a b '", "'b,c,d'", "'é,ü'", "'e\u{301}'", "'\u{3000}x'", "'longer than eight bytes'", "'A,b'"],
    ["'a'", "'b'", "'ab'"],
    ["true", "false"],
    ["date('2024-02-29')", "date('1969-12-31')", "date('-0001-01-01')", "date('2024-12-30')"],
    ["1", "1.0", "'a'", "true", "date('2024-02-29')", "[1]", "2.5"],
  ]

  static let expressions = [
    "abs(n.p)", "ceil(n.p)", "floor(n.p)", "round(n.p)", "sqrt(n.p)", "toInteger(n.p)", "toFloat(n.p)",
    "toIntegerOrNull(n.p)", "toFloatOrNull(n.q)", "size(n.p)", "char_length(n.p)", "toUpper(n.p)", "toLower(n.p)",
    "trim(n.p)", "ltrim(n.p)", "rtrim(n.p)", "substring(n.p, 1)", "substring(n.p, 1, 2)", "left(n.p, 2)",
    "split(n.p, ',')[0]", "split(n.p, ',')[1]", "split(n.p, ', ')[1]", "split(n.p, '')[0]", "reverse(n.p)",
    "replace(n.p, ',', '-')", "replace(n.p, 'a', '')", "replace(n.p, 'b', 'ébb')", "replace(n.p, '', 'x')",
    "replace(toLower(n.p), 'a', n.q)", "split(n.p, ',')", "[x IN split(n.p, ',') WHERE x <> 'b' | x + 'z']",
    "reduce(s = '', x IN split(n.p, ',') | x + s)", "[x IN range(n.id % 3, n.id % 7, 2) | x * n.id]",
    "date.truncate('month', n.p)", "date.truncate('weekYear', n.p)", "date.truncate('decade', n.p)",
    "date.truncate('day', n.p)", "date.truncate('hour', n.p)", "date.truncate('week', n.p)",
    "toUpper(left(n.p, 1))", "n.p.year", "n.p.month", "n.p.day", "n.p.week", "n.p.nothing", "labels(n)", "n.p / n.q",
    "n.p / 2", "n.p % 3", "n.p % n.q", "7 / n.p", "n.p = n.q", "n.p < n.q", "n.p >= n.q", "n.p <> 'ab'",
    "n.p IN [1, 2, null]", "n.p IN ['a', 'ab']", "n.p IN []", "n.p IN [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]",
    "n.p IN ['b', null]", "n.p < date('2000-01-01')", "date('2024-02-29') = n.p", "n.p =~ 'a.*'",
    "n.p =~ '^[a-z, ]*$'", "n.p =~ '(?i).*b\\\\b.*'", "n.p =~ '[^,]+,[^,]+'",
    "CASE WHEN n.p > n.q THEN 1 WHEN n.q IS NULL THEN 2 END", "CASE WHEN n.p = n.q THEN n.p ELSE n.q END",
    "CASE n.p WHEN 1 THEN 'one' WHEN n.q THEN 'same' ELSE 'other' END", "CASE WHEN n.id % 2 = 0 THEN 1.5 ELSE n.p END",
    "coalesce(n.p, n.q)", "coalesce(n.p, n.q, 7)", "coalesce(n.q, 'none')", "coalesce(n.p, null, n.q)",
    "n.p IN n.l", "n.q IN n.l", "n.p IN n.k", "any(x IN n.l WHERE x IN n.k)", "[x IN n.k WHERE NOT x IN n.l]",
    "CASE WHEN n.id % 2 = 0 THEN 1.5 END", "CASE WHEN n.id % 3 = 0 THEN 1 / (n.id % 3) ELSE 1 END",
  ]

  /// A base of typed columns, some changes on top of it, or nothing but changes.
  static func graph(_ random: inout SeededRandom) throws -> Graph {
    let (first, second) = (domains[random.below(domains.count)], domains[random.below(domains.count)])
    func value(_ domain: [String]) -> String { random.below(8) == 0 ? "null" : domain[random.below(domain.count)] }
    func list(_ domain: [String]) -> String {
      // The elements of a list that is a property are of one type.
      let domain = domain.contains("[1]") ? domains[3] : domain
      let elements = (0..<random.below(4)).map { _ in domain[random.below(domain.count)] }
      return random.below(8) == 0 ? "null" : "[\(elements.joined(separator: ", "))]"
    }
    var graph = Graph()
    // Enough for the elements of lists to be numbered.
    let nodes = (0..<270).map { id in
      let labels = ["", ":A", ":B", ":A:B", ":A"][random.below(5)]
      return "(\(labels) {id: \(id), p: \(value(first)), q: \(value(random.below(2) == 0 ? first : second)),"
        + " l: \(list(first)), k: \(list(random.below(2) == 0 ? first : second))})"
    }
    try graph.execute("CREATE " + nodes.joined(separator: ", "))
    if random.below(4) > 0 { graph.fold() }
    if random.below(2) == 0 {
      try graph.execute("MATCH (n {id: 3}) SET n.p = \(value(first)), n:B")
      try graph.execute("MATCH (n {id: 5}) DELETE n")
    }
    return graph
  }

  private static func answer(_ query: String, on graph: Graph, size: Int, optimized: Bool) -> [[Value]: Int]? {
    var options = QueryOptions()
    options.batchSize = size
    options.usesOptimizer = optimized
    return try? QueryAnswer(graph.query(query, options: options)).bag(unordered: [])
  }

  @Test(arguments: 0..<30) func aColumnIsMadeOfItsValues(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = try Self.graph(&random)
    for expression in Self.expressions {
      for query in [
        "MATCH (n) RETURN n.id AS id, \(expression) AS x", "MATCH (n) RETURN \(expression) AS x, count(*) AS c",
        "MATCH (n) RETURN count(DISTINCT \(expression)) AS c, min(\(expression)) AS a, max(\(expression)) AS b",
      ] {
        let expected = Self.answer(query, on: graph, size: 1, optimized: false)
        for size in [7, 2048] {
          let found = Self.answer(query, on: graph, size: size, optimized: true)
          #expect(found == expected, "seed \(seed), \(query), batches of \(size)")
        }
      }
    }
  }

  @Test(arguments: 0..<30) func rowsAreSortedAsTheirValuesAre(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = try Self.graph(&random)
    let rows = try graph.query("MATCH (n) RETURN n.p AS p, n.q AS q, n.id % 3 AS r, n.id AS id")
      .map { row in (0..<4).map { row.value($0) } }
    for order in [["p"], ["q DESC"], ["r", "p"], ["p DESC", "q"], ["r DESC", "q", "p DESC"], ["q", "r", "p"]] {
      let items = order.map { item in
        (column: ["p", "q", "r"].firstIndex(of: String(item.prefix(1))) ?? 0, isDescending: item.hasSuffix("DESC"))
      }
      let sorted = rows.enumerated().sorted { a, b in
        for (column, isDescending) in items {
          let order = Value.order(a.element[column], b.element[column])
          if order != 0 { return isDescending ? order > 0 : order < 0 }
        }
        return a.offset < b.offset
      }.map { $0.element[3] }
      let keys = "n.p AS p, n.q AS q, n.id % 3 AS r ORDER BY " + order.joined(separator: ", ")
      for (cut, expected) in [
        ("", sorted), (" LIMIT 7", Array(sorted.prefix(7))),
        (" SKIP 20 LIMIT 90", Array(sorted.dropFirst(20).prefix(90))),
      ] {
        let found = try graph.query("MATCH (n) RETURN n.id AS id, \(keys)\(cut)").map { $0.value(0) }
        #expect(found == expected, "seed \(seed), \(keys)\(cut)")
      }
    }
  }

  @Test(arguments: 0..<30) func percentilesAreThoseOfTheSortedValues(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = try Self.graph(&random)
    for name in ["percentileCont", "percentileDisc"] {
      guard let function = FunctionRegistry.aggregateFunctions.first(where: { $0.name == name }) else { continue }
      for share in [0, 0.1, 0.5, 0.75, 1] {
        var expected: [Value: any Accumulator] = [:]
        var isWrong = false
        for row in try graph.query("MATCH (n) RETURN n.id % 4 AS g, n.p AS p") {
          let accumulator = expected[row.value(0)] ?? function.makeAccumulator()
          expected[row.value(0)] = accumulator
          if row.value(1).isNull { continue }
          do { try accumulator.add(row.value(1), rest: [.float(share)]) } catch { isWrong = true }
        }
        let query = "MATCH (n) RETURN n.id % 4 AS g, \(name)(n.p, \(share)) AS x"
        for (size, threads) in [(1, 1), (7, 1), (2048, 1), (7, 3)] {
          var options = QueryOptions()
          options.batchSize = size
          if threads > 1 { options.share(among: threads, morsels: 2) }
          guard let found = try? graph.query(query, options: options) else {
            #expect(isWrong, "\(query)")
            continue
          }
          #expect(!isWrong)
          for row in found {
            #expect(try row.value(1) == expected[row.value(0)]?.finish(), "seed \(seed), \(query), batches of \(size)")
          }
        }
      }
    }
  }
}
