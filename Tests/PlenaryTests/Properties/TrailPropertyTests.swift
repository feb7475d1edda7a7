import TestResources
import Testing

@testable import Plenary

/// What all nodes or relationships of trails must meet leaves the trails that the definitions leave.
@Suite struct TrailPropertyTests {
  @Test(arguments: ReadingPropertyTests.seeds)
  func testedTrailsAreThoseOfTheDefinitions(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = RandomGraph(using: &random)
    for _ in 0..<12 {
      try ReadingPropertyTests.checkAnswer(to: Self.query(using: &random), on: graph, seed: seed)
    }
  }

  /// Whatever is counted of trails.
  @Test(arguments: ReadingPropertyTests.seeds)
  func countedTrailsAreThoseOfTheDefinitions(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    let graph = RandomGraph(using: &random)
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    for _ in 0..<12 {
      let hops = choose(["*1..3", ":T*1..2", ":T*", "*0..2", ":U*2..3", "*0..0", "*..3 {i: 1}"])
      let arrow = choose(["-[r\(hops)]->", "<-[r\(hops)]-", "-[r\(hops)]-"])
      let answer = choose([
        "length(p) AS l, count(*) AS n", "size(r) AS l, count(b) AS n", "length(p) AS l, count(DISTINCT b) AS n",
        "a, length(p) % 2 AS l, count(r) AS n", "sum(length(p)) AS s, count(*) AS n", "b, max(size(r)) AS m",
      ])
      let first = choose(["", "", "MATCH (b:B) ", "MATCH (a), (b:A) "])
      try ReadingPropertyTests.checkAnswer(
        to: "\(first)MATCH p = (a)\(arrow)(b) RETURN \(answer)", on: graph, seed: seed)
    }
  }

  /// Ways that lead on without end, in graphs that no way leads back in, or few.
  @Test(arguments: ReadingPropertyTests.seeds)
  func waysThroughGraphsWithoutCycles(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    var graph = RandomGraph(using: &random)
    let backward = random.below(3) == 0 ? random.below(max(1, graph.relationships.count)) : -1
    for index in graph.relationships.indices where index != backward {
      let (source, target) = (graph.relationships[index].source, graph.relationships[index].target)
      graph.relationships[index].source = min(source, target)
      graph.relationships[index].target = max(source, target)
    }
    if random.below(4) > 0 { graph.relationships.removeAll { $0.source == $0.target } }
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    for _ in 0..<8 {
      let hops = choose(["*", ":T*", ":U*", "*0..", ":T*0..", "*1..", "*2..", "*..9"])
      let arrow = choose(["-[\(hops)]->", "<-[\(hops)]-"])
      let ends = choose(["(a)\(arrow)(b)", "(a:A)\(arrow)(b)", "(a)\(arrow)(b:B)", "(a)\(arrow)(b {i: 1})"])
      let answer = choose(["count(*) AS n", "a, count(b) AS n", "b.i AS i, count(*) AS n", "b, count(*) AS n"])
      try ReadingPropertyTests.checkAnswer(to: "MATCH \(ends) RETURN \(answer)", on: graph, seed: seed)
    }
  }

  private static func query(using random: inout SeededRandom) -> String {
    func choose(_ items: [String]) -> String { items[random.below(items.count)] }
    func quantified() -> String {
      let list = choose(["r", "r", "nodes(p)", "nodes(p)", "relationships(p)"])
      let condition = choose([
        "x.i > 0", "x.i IS NOT NULL", "x.s <> 'a' OR x.i = 1", "NOT x.b", "x.m IN [1, 2, null]", "x.i < x.k",
        "x.s STARTS WITH 'a'",
        list == "nodes(p)" ? "x:A" : "x:T", list == "nodes(p)" ? "x <> a" : "x.f > 1", "1 / x.i > 0",
      ])
      return "\(choose(["all", "all", "none", "any"]))(x IN \(list) WHERE \(condition))"
    }
    let hops = choose(["*1..3", ":T*1..2", ":T*", "*0..2", ":U*2..3", "*..3 {i: 1}"])
    let arrow = choose(["-[r\(hops)]->", "<-[r\(hops)]-", "-[r\(hops)]-"])
    let start = choose(["(a)", "(a:A)", "(a {i: 1})"])
    let first = choose(["", "", "MATCH (b:B) "])
    var text = "\(first)MATCH p = \(start)\(arrow)(b) WHERE \(quantified())"
    if random.below(3) == 0 { text += " AND \(choose([quantified(), "b.i IS NOT NULL", "a <> b"]))" }
    return text
      + choose([
        " RETURN count(*) AS n", " RETURN a, b, count(*) AS n", " RETURN DISTINCT b", " RETURN count(DISTINCT b) AS n",
        " RETURN length(p) AS n, b", " RETURN size(r) AS n, a",
      ])
  }
}
