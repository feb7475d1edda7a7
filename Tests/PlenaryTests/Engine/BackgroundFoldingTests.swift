import Foundation
import Synchronization
import TestResources
import Testing

@testable import Plenary

/// Commits that leave much behind are folded on another thread: no write is lost, and every snapshot is whole.
@Suite("Folding in the background", .serialized)
struct BackgroundFoldingTests {
  private func waitForFolding(_ database: Database) {
    while database.isFoldingInBackground { Thread.sleep(forTimeInterval: 0.001) }
  }

  @Test("a large commit gets a base of its own soon, and small ones after it lie on top")
  func largeCommit() throws {
    let database = Database()
    _ = try database.query("UNWIND range(1, 30000) AS id CREATE (:N {id: id})-[:R]->(:M {id: id})")
    waitForFolding(database)
    #expect(database.snapshot.state.changeCount == 0)
    #expect(database.snapshot.state.base.nodeCount == 60_000)
    _ = try database.query("MATCH (n:N {id: 7}) SET n.id = 70000")
    _ = try database.query("CREATE (:N {id: 70001})")
    waitForFolding(database)
    #expect(database.snapshot.state.base.nodeCount == 60_000)
    #expect(database.snapshot.checkInvariants() == [])
    #expect(try database.query("MATCH (n:N) RETURN n").count == 30_001)
  }

  @Test("what is small is folded at once")
  func smallCommit() throws {
    let database = Database()
    _ = try database.query("UNWIND range(1, 9000) AS id CREATE (:N {id: id})")
    #expect(!database.isFoldingInBackground)
    #expect(database.snapshot.state.changeCount == 0)
  }

  /// What the threads of a test share.
  private final class Run: Sendable {
    let isDone = Atomic<Bool>(false)
    private let found = Mutex<[String]>([])

    var problems: [String] { found.withLock { $0 } }

    func note(_ problem: String) { found.withLock { $0.append(problem) } }

    private let group = DispatchGroup()

    /// Runs something on a thread of its own.
    func start(_ body: @escaping @Sendable () throws -> Void) {
      let thread = Thread { [self] in
        do { try body() } catch { note("\(error)") }
        group.leave()
      }
      thread.stackSize = 8 << 20
      group.enter()
      thread.start()
    }

    /// Waits for all threads.
    func wait() { group.wait() }
  }

  /// Accounts between which money moves; every movement is a relationship, and every third takes an old one away.
  @Test("writers and readers go on while bases are made", arguments: 0..<3)
  func concurrentWrites(seed: Int) throws {
    let accounts = 12_000
    let database = Database()
    _ = try database.query("CREATE CONSTRAINT FOR (a:Account) REQUIRE a.number IS UNIQUE")
    _ = try database.query(
      "UNWIND range(1, $n) AS number CREATE (:Account {number: number, balance: 100})", ["n": .integer(Int64(accounts))]
    )
    let run = Run()
    // Two who read.
    for _ in 0..<2 {
      run.start {
        while !run.isDone.load(ordering: .relaxed) {
          let graph = database.snapshot
          let total = try graph.query("MATCH (a:Account) RETURN sum(a.balance) AS total, count(*) AS accounts")
          let row = try #require(Array(total).first)
          if row.values != [.integer(Int64(accounts * 100)), .integer(Int64(accounts))] { run.note("\(row.values)") }
          let moves = try graph.query("MATCH (:Account)-[m:MOVED]->(:Account) RETURN count(m) AS moves")
          if Array(moves).first?.values != [.integer(Int64(graph.relationshipCount))] { run.note("moves disagree") }
        }
      }
    }
    // And one who writes, as much at once as makes folding worthwhile again and again.
    var random = SeededRandom(seed: seed)
    var moves = 0
    var removed = 0
    for step in 0..<60 {
      let shift = 1 + random.below(50)
      if step % 3 == 2 {
        let result = try database.query(
          "MATCH (:Account)-[m:MOVED]->() WHERE m.step % 5 = $rest WITH m LIMIT 400 DELETE m",
          ["rest": .integer(Int64(random.below(5)))])
        removed += result.summary.counters.relationshipsDeleted
      } else {
        let result = try database.query(
          """
          MATCH (a:Account) WHERE a.number % 12 = $rest MATCH (b:Account {number: a.number + $shift})
          WITH a, b LIMIT 900
          SET a.balance = a.balance - 1 SET b.balance = b.balance + 1 CREATE (a)-[:MOVED {step: $step}]->(b)
          """,
          ["rest": .integer(Int64(random.below(12))), "shift": .integer(Int64(shift)), "step": .integer(Int64(step))])
        moves += result.summary.counters.relationshipsCreated
      }
    }
    run.isDone.store(true, ordering: .relaxed)
    run.wait()
    waitForFolding(database)
    let graph = database.snapshot
    #expect(run.problems == [])
    #expect(graph.relationshipCount == moves - removed)
    #expect(graph.checkInvariants() == [])
    #expect(graph.constraints.count == 1)
    let total = try graph.query("MATCH (a:Account) RETURN sum(a.balance) AS total")
    #expect(Array(total).first?.values == [.integer(Int64(accounts * 100))])
    let first = try graph.query(
      "MATCH (a:Account)-[m:MOVED]->(b) WITH b.number - a.number AS shift WHERE shift < 1 RETURN 1")
    #expect(first.count == 0)
  }

  /// Counters that several writers merge and count up, on their own and in transactions, while others read with threads.
  @Test("writers that merge the same nodes and relationships make each once")
  func concurrentMerges() throws {
    let (keys, writers, rounds) = (3000, 3, 6)
    let database = Database()
    let run = Run()
    for writer in 0..<writers {
      run.start {
        defer { if writer == 0 { run.isDone.store(true, ordering: .relaxed) } }
        for round in 0..<rounds {
          let parameters: MapValue = ["keys": .integer(Int64(keys)), "writer": .integer(Int64(writer))]
          let nodes = """
            UNWIND range(1, $keys) AS id WITH id, {id: id, count: 1, first: $writer} AS new
            MERGE (c:Counter {id: id}) ON CREATE SET c = new ON MATCH SET c.count = c.count + 1
            """
          let relationships = """
            MATCH (c:Counter) WHERE c.id % 7 = 0 MATCH (d:Counter {id: c.id - 1})
            MERGE (c)-[n:NEXT]->(d) ON CREATE SET n.count = 1 ON MATCH SET n.count = n.count + 1
            """
          if round % 2 == 0 {
            try database.query(nodes, parameters)
            try database.query(relationships)
          } else {
            try database.write { transaction in
              try transaction.query(nodes, parameters)
              try transaction.query(relationships)
            }
          }
        }
      }
    }
    run.start {
      var options = QueryOptions()
      options.share(among: 2, morsels: 50)
      while !run.isDone.load(ordering: .relaxed) {
        let found = try database.query(
          "MATCH (c:Counter) RETURN count(*) AS n, count(DISTINCT c.id) AS ids, sum(c.count) AS sum", options: options)
        guard let row = Array(found).first, case .integer(let sum) = row.values[2] else { continue }
        if row.values[0] != row.values[1] || Int(sum) % keys != 0 { run.note("\(row.values)") }
      }
    }
    run.wait()
    waitForFolding(database)
    #expect(run.problems == [])
    let graph = database.snapshot
    #expect(graph.checkInvariants() == [])
    let counters = try graph.query(
      "MATCH (c:Counter) RETURN count(*) AS n, min(c.count) AS least, max(c.count) AS most")
    let all = Int64(writers * rounds)
    #expect(Array(counters).first?.values == [.integer(Int64(keys)), .integer(all), .integer(all)])
    let steps = try graph.query(
      "MATCH ()-[n:NEXT]->() RETURN count(*) AS n, min(n.count) AS least, max(n.count) AS most")
    #expect(Array(steps).first?.values == [.integer(Int64(keys / 7)), .integer(all), .integer(all)])
  }
}
