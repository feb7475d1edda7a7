import TestResources
import Testing

@testable import Plenary

/// Many rows merged together leave the graph that merging them one after the other does.
@Suite struct MergePropertyTests {
  @Test(arguments: ReadingPropertyTests.seeds)
  func rowsMergedTogetherSeeEachOther(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = try RandomGraph(using: &random).make()
    for _ in 0..<6 {
      let query = Self.query(using: &random)
      do {
        if let difference = try WritingPropertyTests.difference(query, on: graph) {
          Issue.record("seed \(seed)\n\(RandomGraph(graph))\n\(query)\n\(difference)")
        }
      } catch is NaiveWorkLimit { continue }
    }
  }

  private static func query(using random: inout SeededRandom) -> String {
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    let rows = "UNWIND range(1, \(choose(["3", "17", "24"]))) AS x WITH x, {k: x % 3, y: x} AS map "
    if random.below(3) == 0 { return rows + path(using: &random) }
    let isNode = random.below(2) == 0
    let clause: String
    if isNode {
      let match = choose(["", "", "MATCH (m:A) "])
      let key = choose(["k: x % 3", "k: x % 5, t: 'a'", "i: x % 2", match.isEmpty ? "k: 1" : "k: coalesce(m.k, x % 2)"])
      clause = "\(match)MERGE (n:\(choose(["A", "C", "A:B"])) {\(key)})"
    } else {
      let ends = choose([
        "MATCH (a), (b)", "MATCH (a:A), (b)", "MATCH (a) WITH a, a AS b, x, map", "OPTIONAL MATCH (a)-->(b)",
        "MATCH (a)-->(b)",
      ])
      let arrow = choose(["-[n:T]->", "<-[n:T]-", "-[n:U]-", "-[n:U {k: x % 2}]-", "-[n:V {k: x % 3}]->"])
      clause = "\(ends) MERGE (a)\(arrow)(b)"
    }
    let values = [
      "n.y = x", "n.y = coalesce(n.y, 0) + x", "n.y = coalesce(n.y, 0) + 1, n.z = n.y", "n += {y: x, z: n.y}",
      isNode ? "n:D" : "n.w = type(n)", "n.k = null", "n = map", "n += map", "n = {k: x % 3, z: x}",
      "n += {k: x % 2, y: x}", "n = properties(n)",
    ]
    var sets = ""
    if random.below(3) > 0 { sets += " ON CREATE SET " + choose(values) }
    if random.below(3) > 0 { sets += " ON MATCH SET " + choose(values) }
    return rows + clause + sets
      + choose([" RETURN x, n.y AS y", " RETURN count(*) AS c", " RETURN properties(n) AS p"])
  }

  /// Nodes and the relationship between them together, of which some may be known.
  private static func path(using random: inout SeededRandom) -> String {
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    let (before, start) =
      random.below(2) == 0
      ? ("", "(a:\(choose(["A", "A:B", "C"]))\(choose([" {k: x % 2}", " {k: x % 3, i: 1}", ""])))")
      : (choose(["MATCH (a) ", "MATCH (a:A) ", "OPTIONAL MATCH (a:B) "]), "(a)")
    let end =
      "(b:\(choose(["A", "B", "C"]))\(choose([" {k: x % 2}", " {k: 1, t: 'a'}", "", " {k: coalesce(a.k, 0)}"])))"
    let arrow = choose(["-[n:T]->", "<-[n:T]-", "-[n:U]-", "-[n:U {k: x % 2}]->", "<-[n:V {k: x % 3, s: 'b'}]-"])
    let values = [
      "n.y = x", "b.y = coalesce(b.y, 0) + x", "b.y = x, n.z = coalesce(b.y, 1)", "b:D", "n.k = 3", "a.k = 7",
      "n += map", "n = map", "b += {k: x % 2, z: x}", "b = {k: x % 2}", "a += {y: x}",
    ]
    var sets = ""
    if random.below(3) == 0 { sets += " ON CREATE SET " + choose(values) }
    if random.below(3) == 0 { sets += " ON MATCH SET " + choose(values) }
    return "\(before)MERGE \(start)\(arrow)\(end)\(sets)"
      + choose([" RETURN x, b.y AS y", " RETURN count(*) AS c", " RETURN properties(n) AS p, properties(b) AS q"])
  }
}
