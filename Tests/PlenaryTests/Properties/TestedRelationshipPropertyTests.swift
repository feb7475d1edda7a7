import TestResources
import Testing

@testable import Plenary

/// Matches are counted as they are listed where conditions ask something of relationships: loops and parallel ones, those
/// of the base and those written since, over any types and directions.
@Suite struct TestedRelationshipPropertyTests {
  @Test(arguments: 0..<12)
  func treesWithConditions(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    func relationships(_ count: Int) -> String {
      (0..<count).map { _ in
        let properties = ["{w: \(random.below(10))}", "{w: \(random.below(10)).5}", "{k: 'a'}", "{w: 3, k: 'b'}"]
        let (type, values) = (["T", "T", "U"][random.below(3)], properties[random.below(seed % 2 == 0 ? 4 : 1)])
        return "(n\(random.below(8)))-[:\(type) \(values)]->(n\(random.below(8)))"
      }.joined(separator: ", ")
    }
    let nodes = (0..<8).map { "(n\($0):\($0 % 2 == 0 ? "A" : "B") {i: \($0)})" }.joined(separator: ", ")
    let database = Database()
    try database.query("CREATE \(nodes), \(relationships(30))")
    var graph = database.snapshot
    graph.state.fold()
    let folded = Database(graph)
    let written = Database(graph)
    let match = "MATCH " + (0..<8).map { "(n\($0) {i: \($0)})" }.joined(separator: ", ")
    try written.query("\(match) CREATE \(relationships(8))")
    try written.query("MATCH ()-[r:T {w: 4}]->() DELETE r")
    let withoutLoops = Database(graph)
    try withoutLoops.query("MATCH (n)-[r]->(n) DELETE r")
    var refolded = withoutLoops.snapshot
    refolded.state.fold()
    let databases = [folded, written, Database(refolded)]
    var areCounted = false
    for _ in 0..<40 {
      func step(_ name: String) -> String {
        let types = ["", ":T", ":U", ":T|U"][random.below(4)]
        return ["-[\(name)\(types)]->", "<-[\(name)\(types)]-", "-[\(name)\(types)]-"][random.below(3)]
      }
      func node(_ name: String) -> String { "(\(name)\(["", "", ":A", ":B"][random.below(4)]))" }
      func condition(_ name: String) -> String {
        [
          "\(name).w > 3", "\(name).w >= 2 AND \(name).w < 8", "\(name).k = 'a'", "\(name).w IS NOT NULL",
          "\(name).w % 2 = 1", "type(\(name)) = 'T'", "\(name).w IN [1, 2, 3]",
        ][random.below(7)]
      }
      var query = "MATCH \(node("a"))\(step("r"))\(node("b"))"
      if random.below(4) > 0 { query += "\(step("s"))\(node("c"))" }
      let hangsOn = query.contains("[s") && random.below(3) > 0 ? "c" : "b"
      if random.below(2) == 0 { query += ", (\(hangsOn))\(step("t"))\(node("d"))" }
      query += " WHERE \(random.below(3) == 0 ? "a.i >= 0" : condition("r"))"
      if query.contains("[s"), random.below(2) == 0 { query += " AND \(condition("s"))" }
      if query.contains("[t"), random.below(2) == 0 { query += " AND \(condition("t"))" }
      if random.below(3) == 0 { query += " AND b.i > 2" }
      if random.below(3) == 0 {
        query += [" AND a.i < b.i", " AND b.i <= a.i", " AND a.i + b.i > r.w"][random.below(3)]
      }
      if query.contains("[s"), random.below(3) == 0 {
        query += [" AND c.i >= b.i", " AND c.i % 3 = b.i % 3"][random.below(2)]
      }
      query +=
        [" RETURN count(*)", " RETURN b.i % 3, count(*)", " RETURN count(r), count(a.i)", " RETURN a, count(*)"][
          random.below(4)]
      for database in databases {
        let expected = try RewriteRuleTests.rows(query, database, usesOptimizer: false, batchSize: 2048)
        for batchSize in [1, 7, 2048] {
          #expect(
            try RewriteRuleTests.rows(query, database, usesOptimizer: true, batchSize: batchSize) == expected,
            "\(query)")
        }
      }
      areCounted =
        try areCounted || RewriteRuleTests.plan(query, folded, usesOptimizer: true).contains("CountMatches of (")
    }
    #expect(areCounted)
  }
}
