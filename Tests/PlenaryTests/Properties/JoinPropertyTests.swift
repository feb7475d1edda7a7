import TestResources
import Testing

@testable import Plenary

/// A hash join finds the pairs that `=` says are equal, whatever the types of the keys.
@Suite struct JoinPropertyTests {
  /// Values of all types, many of them equal though of different types, and such as equal nothing.
  static let values = [
    "1", "1.0", "2", "0", "-0.0", "9007199254740993", "9007199254740992.0", "9007199254740992", "0.0 / 0.0", "null",
    "''", "'a'", "'b'", "'é'", "'e\u{301}'", "true", "false", "[1]", "[1.0]", "[null]", "[0.0 / 0.0]", "[]",
    "date('2024-02-29')", "datetime('2024-02-29T00:00Z')", "datetime('2024-02-29T01:00+01:00')", "duration('P1D')",
    "duration('PT24H')", "{a: 1}", "{a: 1.0}", "{a: null}",
  ]

  static let queries = [
    // Both sides by UNWIND keep whatever types there are; the patterns only make a join of it.
    "MATCH (a:A), (b:B) WHERE a.k = b.k RETURN a.id AS a, b.id AS b",
    "MATCH (a:A), (b:B) WHERE a.k = b.k AND a.j = b.j RETURN a.id AS a, b.id AS b",
    "MATCH (a:A), (b:B) WHERE a.k = b.j AND b.k = a.j RETURN a.id AS a, b.id AS b",
    "MATCH (a:A), (b:B), (c:A) WHERE a.k = b.k AND b.j = c.j AND c.k = a.k RETURN a.id AS a, b.id AS b, c.id AS c",
    "MATCH (a:A), (b:B) WHERE [a.k, 1] = [b.k, 1.0] RETURN a.id AS a, b.id AS b",
    "MATCH (a:A), (b:B) WHERE {x: a.k} = {x: b.j} RETURN a.id AS a, b.id AS b",
    "MATCH (a:A), (b:B) WHERE a.k = b.k OR a.j = b.j RETURN count(*) AS n",
    "MATCH (a:A)-[r]->(x), (b:B)<-[s]-(y) WHERE a.k = b.k RETURN a.id AS a, x.id AS x, b.id AS b, y.id AS y",
    "MATCH (a:A)-[r]->(x), (b:B)<-[s]-(y) WHERE x = y RETURN a.id AS a, x.id AS x, b.id AS b",
    "UNWIND [1, 2, null] AS i MATCH (a:A), (b:B) WHERE a.k = i AND a.j = b.j RETURN i, a.id AS a, b.id AS b",
    "MATCH (a:A) OPTIONAL MATCH (b:B), (c:A) WHERE b.k = c.k AND a.j = b.j RETURN a.id AS a, b.id AS b, c.id AS c",
    "MATCH (a:A) WHERE EXISTS { MATCH (b:B), (c:A) WHERE b.k = c.k AND c.j = a.j } RETURN a.id AS a",
  ]

  /// Keys of one type, so that vectors are typed, or of any.
  static func graph(_ random: inout SeededRandom) throws -> Graph {
    let storable = values.filter { !$0.contains("null") && !$0.contains("{") && !$0.contains("[0.0") }
    let domains = [["1", "2", "3"], ["1.0", "2.0", "0.5"], ["'a'", "'b'", "'ab'", "''"], storable]
    let (first, second) = (domains[random.below(domains.count)], domains[random.below(domains.count)])
    var graph = Graph()
    let nodes = (0..<24).map { id in
      func value(_ domain: [String]) -> String { random.below(5) == 0 ? "null" : domain[random.below(domain.count)] }
      return "(n\(id):\(["A", "B"][id % 2]) {id: \(id), k: \(value(first)), j: \(value(second))})"
    }
    let relationships = (0..<20).map { _ in "(n\(random.below(24)))-[:T]->(n\(random.below(24)))" }
    try graph.execute("CREATE " + (nodes + relationships).joined(separator: ", "))
    if random.below(2) == 0 { graph.fold() }
    return graph
  }

  @Test(arguments: 0..<24) func joinsFindWhatPairsOfRowsHave(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = try Self.graph(&random)
    for query in Self.queries {
      var plain = QueryOptions()
      plain.usesOptimizer = false
      let expected = QueryAnswer(try graph.query(query, options: plain)).bag(unordered: [])
      for (size, threads) in [(1, 1), (7, 1), (2048, 1), (7, 3)] {
        var options = QueryOptions()
        options.batchSize = size
        if threads > 1 { options.share(among: threads, morsels: 2) }
        let found = QueryAnswer(try graph.query(query, options: options)).bag(unordered: [])
        #expect(found == expected, "\(query), batches of \(size), \(threads) threads")
      }
    }
  }

  /// Every pair of values, as keys of a join and compared.
  @Test func keysJoinExactlyWhenTheyAreEqual() throws {
    let list = "[" + Self.values.joined(separator: ", ") + "]"
    var graph = Graph()
    try graph.execute("CREATE (:A), (:B)")
    let query = """
      WITH \(list) AS values UNWIND range(0, size(values) - 1) AS i
      MATCH (a:A) WITH values, i, a MATCH (b:B) WHERE values[i] = values[b.none] OR true
      UNWIND range(0, size(values) - 1) AS j
      WITH i, j, values WHERE values[i] = values[j] RETURN i, j
      """
    let expected = Set(try graph.query(query).map { row in [row.value(0), row.value(1)] })
    let values = try #require(try graph.query("RETURN \(list) AS v").first?.value(0))
    guard case .list(let elements) = values else { return }
    // In one vector of any values, and each alone.
    let rows = Batch(variableCount: 0, count: elements.count)
    let table = JoinTable(rows, keys: [.values(elements)])
    for columns in [[Vector.values(elements)], elements.map { .constant($0, count: 1) }] {
      var found: Set<[Value]> = []
      var first = 0
      for column in columns {
        var probe = JoinTable.Probe([column], count: column.count)
        while !probe.isFinished {
          let (left, right) = table.matches(&probe, limit: 5)
          for (l, r) in zip(left, right) { found.insert([.integer(Int64(first) + Int64(l)), .integer(Int64(r))]) }
        }
        first += column.count
      }
      #expect(found == expected)
    }
  }
}
