import Testing

@testable import Plenary

/// Relationships that lie sorted by type, as files are loaded, are found as those that lie anyhow.
@Suite struct LoadedTypesTests {
  static let graph: Graph = {
    var nodes = "id:ID(N),k:int,:LABEL\n"
    var types = ["X": ":START_ID(N),:END_ID(N),w:float,:TYPE\n", "Y": ":START_ID(N),:END_ID(N),w:float,v:int,:TYPE\n"]
    types["Z"] = ":START_ID(N),:END_ID(N),:TYPE\n"
    for i in 0..<600 { nodes += "\(i),\(i % 7),\(i % 3 == 0 ? "A" : "A;B")\n" }
    for i in 0..<3000 {
      let ends = "\(i * 7919 % 600),\(i * 104_729 % 600)"
      types["X"]? += "\(ends),\(Double(i % 500) / 4),X\n"
      types["Y"]? += "\(ends),\(Double(i * 31 % 3000) / 8),\(i % 90),Y\n"
      if i % 4 == 0 { types["Z"]? += "\(ends),Z\n" }
    }
    let files =
      [GraphFile(name: "nodes_N.csv", bytes: Array(nodes.utf8))]
      + types.sorted { $0.key < $1.key }.map { GraphFile(name: "rels_\($0.key).csv", bytes: Array($0.value.utf8)) }
    do {
      return try Graph.readCSV(files, threads: 1, chunkSize: 1 << 20)
    } catch {
      Issue.record(error)
      return Graph()
    }
  }()

  static let queries = [
    "MATCH ()-[r:X]->() RETURN count(*), sum(r.w), min(r.w), max(r.w)", "MATCH ()-[r:Z]->() RETURN count(*), sum(r.w)",
    "MATCH (a)-[r:Y]->(b) RETURN a.k AS k, sum(r.w), avg(r.v), count(*)",
    "MATCH (a)-[r:Y]->(b) RETURN b.k AS k, max(r.w), sum(r.w * 2), avg(r.w)",
    "MATCH (a)-[r:Y]->(b:B) RETURN a.k AS k, sum(r.w), min(r.w)", "MATCH (a)-[r:Y]->(b) WITH a, sum(r.w) AS s RETURN s",
    "MATCH (a)-[r:Y]->(b) RETURN id(a), id(b), r.w AS w ORDER BY w DESC LIMIT 7",
    "MATCH (a:B)-[r:X]->(b) RETURN id(a), id(b), r.w AS w ORDER BY w, id(a), id(b) LIMIT 7",
    "MATCH (a)-[r:X|Z]->(b) WHERE r.w > 100 RETURN id(a), id(b), type(r)",
    "MATCH (a)<-[r:Y]-(b:B) WHERE r.w < 20 AND a.k < b.k RETURN id(a), id(b), r.v",
    "MATCH ()-[r]->() WHERE r.v = 5 OR r.w = 3.5 RETURN type(r) AS t, count(*)",
    // Groups of no rows.
    "MATCH (a)-[r:Y]->(b) WHERE a.k > 100 RETURN a.k AS k, sum(r.w)", "MATCH (a {k: -1})-[:X]->(b) RETURN a, count(b)",
    "MATCH ()-[r:Y]->() RETURN sum(CASE WHEN r.v < 30 THEN r.w ELSE 0 END), count(r.w), count(r.none)",
  ]

  private static func rows(_ query: String, on graph: Graph, _ change: (inout QueryOptions) -> Void) throws -> [String]
  {
    var options = QueryOptions()
    change(&options)
    return try QueryAnswer(graph.query(query, options: options)).rows.map { "\($0)" }.sorted()
  }

  private static func check(_ query: String, on graph: Graph) throws {
    let expected = try rows(query, on: graph) { $0.usesOptimizer = false }
    for (batchSize, threads) in [(1, 1), (7, 1), (2048, 1), (2048, 3)] {
      let found = try rows(query, on: graph) { options in
        options.batchSize = batchSize
        if threads > 1 { options.share(among: threads, morsels: 5) }
      }
      #expect(found == expected, "batches of \(batchSize)")
    }
  }

  @Test(arguments: queries)
  func asLoaded(query: String) throws { try Self.check(query, on: Self.graph) }

  @Test(arguments: queries)
  func afterWriting(query: String) throws {
    var graph = Self.graph
    try graph.execute("MATCH ()-[r:Y]->() WHERE r.v = 17 DELETE r")
    try Self.check(query, on: graph)
    try graph.execute(
      "MATCH (a {k: 2}), (b {k: 3}) WITH a, b LIMIT 40 CREATE (a)-[:Y {w: 1000.0 + id(a) * 600 + id(b), v: 5}]->(b)")
    try Self.check(query, on: graph)
    try graph.execute("MATCH ()-[r:Y]->() WHERE r.v = 18 SET r.w = -4.5")
    try Self.check(query, on: graph)
  }
}
