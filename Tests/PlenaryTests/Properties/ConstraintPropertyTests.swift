import TestResources
import Testing

@testable import Plenary

/// Random writes on a graph with a constraint, held against the same writes on one without.
@Suite("Properties of constraints")
struct ConstraintPropertyTests {
  /// A statement of one clause that writes, and whether it is checked when all its rows are done.
  private static func statement(_ random: inout SeededRandom) -> (text: String, isCheckedOnce: Bool) {
    func code() -> String { ["0", "1", "2", "3", "4", "5", "1.0", "'1'", "null"][random.below(9)] }
    func codes() -> String { "[" + (0...random.below(4)).map { _ in code() }.joined(separator: ", ") + "]" }
    func label() -> String { ["A", "B", "A:B"][random.below(3)] }
    func node() -> String { "MATCH (n) WHERE id(n) % \(2 + random.below(5)) = \(random.below(3)) " }
    switch random.below(14) {
    case 0: return ("CREATE (:\(label()) {code: \(code())}), (:\(label()) {code: \(code())})", false)
    case 1: return ("UNWIND \(codes()) AS c CREATE (:\(label()) {code: c})", true)
    case 2: return ("UNWIND [c IN \(codes()) WHERE c IS NOT NULL] AS c MERGE (:\(label()) {code: c})", false)
    case 3: return ("UNWIND range(1, 20) AS i MERGE (:\(label()) {code: i % \(1 + random.below(8))})", true)
    case 4: return ("UNWIND range(1, 3) AS i MERGE (n:A {code: i}) ON MATCH SET n.code = i + 1", false)
    case 5: return (node() + "SET n.code = \(code())", true)
    case 6: return (node() + "SET n.code = n.code + \(random.below(2))", true)
    case 7: return (node() + "SET n += {code: \(code())}", true)
    case 8: return (node() + "SET n = {code: \(code())}", true)
    case 9: return (node() + "SET n:\(label())", true)
    case 10: return (node() + "REMOVE n:A", true)
    case 11: return (node() + "REMOVE n.code", true)
    case 12: return (node() + "DETACH DELETE n", true)
    default: return ("MATCH (n:A), (m:A) WHERE id(n) < id(m) SET n.code = m.code, m.code = n.code", false)
    }
  }

  private static let doubles = """
    MATCH (n:A) WHERE n.code IS NOT NULL WITH n.code AS code, count(*) AS times WHERE times > 1 RETURN code
    """

  @Test("refuses exactly what leaves equal values, and then changes nothing", arguments: 0..<20)
  func writes(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    var graph = Graph()
    try graph.execute("CREATE CONSTRAINT FOR (n:A) REQUIRE n.code IS UNIQUE")
    var (refused, accepted) = (0, 0)
    for step in 0..<120 {
      let (text, isCheckedOnce) = Self.statement(&random)
      var free = graph
      try free.execute("DROP CONSTRAINT constraint_A_code")
      try free.execute(text)
      let hasDoubles = try free.query(Self.doubles).count > 0
      let before = graph
      var failure: QueryError?
      do throws(QueryError) { try graph.execute(text) } catch { failure = error }
      if let failure {
        refused += 1
        #expect(failure.code == .uniquenessViolation, "\(text): \(failure)")
        #expect(hasDoubles || !isCheckedOnce, "\(text) was refused without need: \(failure)")
        #expect(graph.isIdentical(to: before))
      } else {
        accepted += 1
        #expect(!hasDoubles, "\(text) left equal values")
        #expect(GraphSignature(graph) == GraphSignature(free), "\(text)")
      }
      if step % 10 == 0 {
        if random.below(2) == 0 { graph.fold() }
        #expect(graph.checkInvariants() == [])
      }
    }
    #expect(refused > 5 && accepted > 20)
  }
}
