import Testing

@testable import Plenary

/// Shortest paths in a graph as it was written, and after it became one base.
@Suite struct ShortestPathTests {
  private static let setup = [
    """
    CREATE (a:N {i: 1}), (b:N {i: 2}), (c:N {i: 3}), (d:N {i: 4}),
      (a)-[:T {n: 1, ok: false}]->(b), (a)-[:T {n: 2, ok: true}]->(b), (a)-[:T {n: 3, ok: true}]->(b),
      (b)-[:T {n: 4, ok: true}]->(c), (c)-[:U {n: 5, ok: true}]->(d), (a)-[:T {n: 6, ok: false}]->(d), (b)-[:T {n: 7}]->(b)
    """
  ]

  @Test(
    arguments: [
      ("(a)-[:T* {ok: true}]->(b)", 1, 3, ["[2, 4]", "[3, 4]"], 1),
      ("(a)-[:T*]->(b)", 1, 3, ["[1, 4]", "[2, 4]", "[3, 4]"], 1),
      ("(a)<-[*]-(b)", 3, 1, ["[4, 1]", "[4, 2]", "[4, 3]"], 1),
      ("(a)-[*]-(b)", 3, 4, ["[5]"], 1),
      ("(a)-[* {ok: true}]-(b)", 1, 4, ["[2, 4, 5]", "[3, 4, 5]"], 1),
      ("(a)-[:T* {ok: true}]->(b)", 1, 4, [], 0),
      ("(a)-[:T|T*..1]->(b)", 1, 2, ["[1]", "[2]", "[3]"], 1),
    ] as [(String, Int, Int, [String], Int)], [false, true])
  func thePathIsOneOfTheShortest(
    _ wanted: (pattern: String, from: Int, to: Int, relationships: [String], single: Int), isFolded: Bool
  ) throws {
    var graph = Graph()
    for text in Self.setup { try graph.execute(text) }
    if isFolded { graph.fold() }
    func paths(_ function: String) throws -> [String] {
      try graph.query(
        """
        MATCH (a:N {i: $from}), (b:N {i: $to}) MATCH p = \(function)(\(wanted.pattern))
        RETURN [r IN relationships(p) | r.n] AS ns ORDER BY ns
        """, ["from": .integer(Int64(wanted.from)), "to": .integer(Int64(wanted.to))]
      ).map { $0.values[0].description }
    }
    #expect(try paths("allShortestPaths") == wanted.relationships)
    let one = try paths("shortestPath")
    #expect(one.count == wanted.single)
    #expect(Set(one).isSubset(of: wanted.relationships))
    let steps = wanted.relationships.map { $0.split(separator: ",").count }
    // Where only its length is asked for, the path is not made.
    func lengths(_ function: String, _ result: String) throws -> [Value] {
      try graph.query(
        """
        MATCH (a:N {i: $from}), (b:N {i: $to})
        MATCH p = \(function)(\(wanted.pattern.replacing("[", with: "[r", maxReplacements: 1))) RETURN \(result) AS n
        """, ["from": .integer(Int64(wanted.from)), "to": .integer(Int64(wanted.to))]
      ).map { $0.values[0] }
    }
    for result in ["length(p)", "size(r)"] {
      #expect(try lengths("shortestPath", result) == steps.prefix(1).map { .integer(Int64($0)) })
      #expect(try lengths("allShortestPaths", result) == steps.map { .integer(Int64($0)) })
    }
  }

  /// `length(p)` of paths that only have it asked for, beside paths that are made: between all pairs, circles too.
  @Test(arguments: ["-[:T*]->", "<-[:T*0..2]-", "-[*]-", "-[* {ok: true}]-"], [false, true])
  func theLengthIsThatOfThePath(_ pattern: String, isFolded: Bool) throws {
    var graph = Graph()
    for text in Self.setup { try graph.execute(text) }
    if isFolded { graph.fold() }
    for function in ["shortestPath", "allShortestPaths"] {
      let match = "MATCH (a:N), (b:N) MATCH p = \(function)((a)\(pattern)(b)) "
      let made = try graph.query(
        match + "WITH a, b, relationships(p) AS r RETURN a.i, b.i, size(r) AS n ORDER BY a.i, b.i")
      let counted = try graph.query(match + "RETURN a.i, b.i, length(p) AS n ORDER BY a.i, b.i")
      #expect(made.map(\.values) == counted.map(\.values))
      #expect(!made.isEmpty)
    }
  }
}
