import Plenary
import Testing

/// Names and keys are the same when their code points are: the two spellings of "é" are two of everything.
@Suite struct CodePointTests {
  static let composed = "\u{e9}"
  static let decomposed = "e\u{301}"

  /// The cases are written with `C` and `D` in braces for the two spellings.
  static func spelt(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "©": result += composed
      case "®": result += decomposed
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  @Test(arguments: [
    // Maps.
    ("RETURN {`©`: 1, `®`: 2}.`©` AS x", ["1"]),
    ("RETURN {`©`: 1}.`®` AS x", ["null"]),
    ("RETURN {`©`: 1}['®'] AS x", ["null"]),
    ("RETURN size(keys({`©`: 1, `®`: 2})) AS x", ["2"]),
    ("RETURN {`©`: 1} = {`®`: 1} AS x", ["false"]),
    ("WITH {`©`: 1} AS m RETURN m {.*, `®`: 2}['©'] AS x", ["1"]),
    ("UNWIND [{`©`: 1}, {`®`: 1}, {`©`: 1}] AS m RETURN count(DISTINCT m) AS x", ["2"]),
    ("UNWIND [{`©`: 1}, {`®`: 1}] AS m RETURN DISTINCT size(keys(m)) AS x", ["1"]),
    ("UNWIND [{`©`: 1}, {`®`: 1}] AS m WITH m, count(*) AS c RETURN c AS x", ["1", "1"]),
    // Variables and columns.
    ("WITH 1 AS `©`, 2 AS `®` RETURN `©` + 10 * `®` AS x", ["21"]),
    ("RETURN [`©` IN [1] | [`®` IN [2] | `©` + 10 * `®`][0]][0] AS x", ["21"]),
    ("RETURN 1 AS `©` UNION RETURN 2 AS `®`", ["error different-columns-in-union"]),
    ("MATCH (`©`) RETURN `®`", ["error undefined-variable"]),
    // Grouping keys and sort keys are found among the columns by their text.
    ("UNWIND [{`©`: 1, `®`: 2}] AS m RETURN m.`©` + count(*) AS x", ["error ambiguous-aggregation"]),
    ("UNWIND [{`©`: 1, `®`: 2}] AS m RETURN m.`©`, m.`®` + count(*) AS x", ["error ambiguous-aggregation"]),
    // Labels, types and property keys.
    ("CREATE (a:`©` {`©`: 1, `®`: 2})-[:`®`]->(:`®`) RETURN a.`©`, a.`®`, size(labels(a)) AS x", ["1, 2, 1"]),
    ("CREATE (a:`©`) SET a:`®` RETURN size(labels(a)), a:`©`, a:`®` AS x", ["2, true, true"]),
    ("CREATE (a:`©`) RETURN a:`®` AS x", ["false"]),
    ("CREATE ()-[r:`©`]->() RETURN r:`®`, r:`©` AS x", ["false, true"]),
    ("CREATE (a {`©`: 1}) SET a += {`®`: 2} RETURN size(keys(a)) AS x", ["2"]),
    ("CREATE (a {`©`: 1}) SET a = {`®`: 2} RETURN a.`©`, a.`®` AS x", ["null, 2"]),
    ("CREATE (a {`©`: 1, `®`: 2}) REMOVE a.`©` RETURN properties(a)['®'] AS x", ["2"]),
    ("UNWIND range(1, 40) AS i MERGE (a:M {`©`: i, `®`: i % 2}) RETURN count(DISTINCT a) AS x", ["40"]),
    // Strings.
    ("RETURN '©' = '®', '©' IN ['®'], '©' =~ '®' AS x", ["false, false, false"]),
    ("UNWIND ['©', '®'] AS s UNWIND ['©', '®'] AS p WITH s, p WHERE s =~ p RETURN s = p AS x", ["true", "true"]),
    ("UNWIND ['©', '®'] AS s RETURN count(DISTINCT s) AS x", ["2"]),
  ])
  func spellingsAreTwo(_ query: String, _ rows: [String]) throws {
    #expect(try QueryCase(Self.spelt(query), gives: rows).run() == rows)
  }

  @Test(arguments: [true, false]) func patterns(usesOptimizer: Bool) throws {
    var options = QueryOptions()
    options.usesOptimizer = usesOptimizer
    let setup = [
      "CREATE (:`©` {n: 1})-[:`©`]->(:`®` {n: 2}), (:`©`:`®` {n: 3})",
      "CREATE INDEX FOR (a:`©`) ON (a.n)", "CREATE INDEX FOR (a:`®`) ON (a.n)",
    ].map(Self.spelt)
    let database = Database()
    for statement in setup { _ = try database.query(statement) }
    for (query, rows) in [
      ("MATCH (a:`©`:`®`) RETURN a.n AS x", ["3"]), ("MATCH (a:`®`) WHERE a.n = 2 RETURN a.n AS x", ["2"]),
      ("MATCH (a:`©`) WHERE a.n = 2 RETURN a.n AS x", []), ("MATCH (a:`©`)-->(b:`©`) RETURN b.n AS x", []),
      ("MATCH ()-[:`®`]->() RETURN count(*) AS x", ["0"]), ("MATCH ()-[:`©`|`®`]->() RETURN count(*) AS x", ["1"]),
    ] {
      let found = try database.query(Self.spelt(query), options: options).map { $0.values[0].description }
      #expect(found == rows, "\(query)")
    }
    #expect(throws: QueryError.self) { try database.query(Self.spelt("DROP INDEX `index_®_m`")) }
  }

  /// The plan of one text is not that of another.
  @Test func plansAreKeptByCodePoints() throws {
    let database = Database()
    for _ in 0..<2 {
      for text in [Self.composed, Self.decomposed] {
        let result = try database.query("RETURN size('\(text)') AS n")
        #expect(try result.map { try $0["n"] as Int } == [text.unicodeScalars.count])
      }
    }
  }

  @Test func parameters() throws {
    let database = Database()
    let parameters: MapValue = [Self.composed: 1, Self.decomposed: 2]
    #expect(parameters.count == 2)
    let result = try database.query(Self.spelt("RETURN $`©` AS a, $`®` AS b"), parameters)
    #expect(result.map { $0.values } == [[1, 2]])
    let error = #expect(throws: QueryError.self) { try database.query(Self.spelt("RETURN $`®`"), [Self.composed: 1]) }
    #expect(error?.code == .missingParameter)
  }

  @Test func columnsOfAResult() throws {
    let row = try #require(try Database().query(Self.spelt("RETURN 1 AS `©`, 2 AS `®`")).first { _ in true })
    #expect(try row[Self.composed] as Int == 1)
    #expect(try row[Self.decomposed] as Int == 2)
  }
}

/// The public map: entries in order, found by the code points of their keys.
@Suite struct MapValueTests {
  @Test func entries() {
    var map: MapValue = ["b": 1, "a": 2, "b": 3]
    #expect(map.keys == ["b", "a"])
    #expect(map.values == [3, 2])
    map["a"] = nil
    map["c"] = .null
    #expect(map.map(\.key) == ["b", "c"])
    #expect(map["c"] == .some(.null))
    #expect(map["a"] == nil)
    #expect(MapValue(["x": 1] as [String: Value])["x"] == 1)
    #expect(Value.map(["a": 1, "b": 2]) == .map(["b": 2, "a": 1]))
  }
}
