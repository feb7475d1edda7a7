import TestResources
import Testing

@testable import Plenary

/// Cycles are counted as they are listed, whichever way their arrows point and whatever relationships they share.
@Suite struct CyclePropertyTests {
  @Test(arguments: 0..<8, [2, 3, 4])
  func cyclesAreCountedAsListed(seed: Int, length: Int) throws {
    var random = SeededRandom(seed: seed)
    // Two nodes have one relationship of a type at most, and none to themselves; one graph in four has such.
    var text = "CREATE " + (0..<9).map { "(n\($0):\($0 % 2 == 0 ? "A" : "B") {i: \($0)})" }.joined(separator: ", ")
    for type in ["T", "U"] {
      for source in 0..<9 {
        for target in 0..<9 where source != target && random.below(3) == 0 {
          text += ", (n\(source))-[:\(type) {w: \(random.below(4))}]->(n\(target))"
        }
      }
    }
    if seed % 4 == 3 { text += ", (n1)-[:T]->(n1), (n2)-[:T]->(n3), (n2)-[:T]->(n3)" }
    let database = Database()
    try database.query(text)
    var graph = database.snapshot
    graph.state.fold()
    let folded = Database(graph)
    var areCounted = false
    for _ in 0..<25 {
      func arrow(_ name: Int) -> String {
        let type = ["T", "T", "T", "U"][random.below(4)]
        return random.below(2) == 0 ? "-[r\(name):\(type)]->" : "<-[r\(name):\(type)]-"
      }
      func node(_ name: String) -> String { "(\(name)\(["", "", ":A", ":B"][random.below(4)]))" }
      let others = ["", node("c") + arrow(2), node("c") + arrow(2) + "(d)" + arrow(3)][length - 2]
      var query = "MATCH \(node("a"))\(arrow(0))\(node("b"))\(arrow(1))\(others)(a)"
      let last = ["b", "c", "d"][length - 2]
      if random.below(3) == 0 { query += ", (\(last))-[:U]->(e)" }
      if random.below(3) == 0 { query += ", (b)-[:U]->(f:A)" }
      let conditions = ["", "a.i > 3", "b.i < 7 AND \(last).i > 1", "\(last).i IN [1, 2, 4]", "a.i <= b.i"]
      let onRelationships = ["r0.w > 1", "r1.w > 0", "r\(length - 1).w < 2", "r0.w < 3 AND r\(length - 1).w > 0"]
      let onEnds = ["a.i < b.i", "a.i <> \(last).i AND r0.w >= a.i % 3", "\(last).i % 3 <= a.i % 3 AND a.i < b.i"]
      let condition =
        switch random.below(4) {
        case 0: onRelationships[random.below(4)]
        case 1: onEnds[random.below(3)]
        default: conditions[random.below(length == 2 ? 5 : 4)]
        }
      query += condition.isEmpty ? "" : " WHERE " + condition
      query += [" RETURN count(*)", " RETURN a, count(*)", " RETURN count(*), count(\(last))"][random.below(3)]
      let expected = try RewriteRuleTests.rows(query, folded, usesOptimizer: false, batchSize: 2048)
      for batchSize in [1, 7, 2048] {
        #expect(
          try RewriteRuleTests.rows(query, folded, usesOptimizer: true, batchSize: batchSize) == expected, "\(query)")
      }
      areCounted =
        try areCounted || RewriteRuleTests.plan(query, folded, usesOptimizer: true).contains("CountMatches of (")
    }
    #expect(areCounted)
  }
}
