import PlenaryTestSupport
import Testing

@testable import Plenary

/// Uniqueness constraints: which writes they refuse, and what is said then.
@Suite("Constraints")
struct ConstraintTests {
  /// Three people with ids, one without, and a thing with an id of a person.
  private func people(constrained: Bool = true) throws -> Graph {
    var graph = Graph()
    try graph.execute(
      "CREATE (:Person {id: 1, name: 'a'}), (:Person {id: 2}), (:Person {id: 3}), (:Person), (:Thing {id: 1})")
    if constrained { try graph.execute("CREATE CONSTRAINT person_id FOR (p:Person) REQUIRE p.id IS UNIQUE") }
    return graph
  }

  static let refused: [(query: String, nodes: String, value: String, hint: String)] = [
    ("CREATE (:Person 1️⃣{id: 2}2️⃣)", "1 and 5", "2", "`MERGE (n:Person {id: 2})` takes the node that is there"),
    ("CREATE (:Person 1️⃣{id: 2.0}2️⃣)", "1 and 5", "2.0", "`MERGE (n:Person {id: 2.0})` takes the node that is there"),
    (
      "CREATE (:Person {id: 7}), (:Person 1️⃣{id: 7}2️⃣)", "5 and 6", "7",
      "`MERGE (n:Person {id: 7})` takes the node that is there"
    ),
    (
      "UNWIND [7, 8, 7] AS i CREATE (:Other:Person 1️⃣{id: i}2️⃣)", "5 and 7", "7",
      "`MERGE (n:Person {id: 7})` takes the node that is there"
    ),
    (
      "WITH {id: 'x'} AS m UNWIND [m, m] AS properties CREATE (p:Person) SET p = 1️⃣properties2️⃣", "5 and 6", "'x'",
      "`MATCH (n:Person {id: 'x'}) RETURN n` shows the node that has it"
    ),
    (
      "MERGE (:Person 1️⃣{id: 1, name: 'b'}2️⃣)", "0 and 5", "1",
      "`MERGE (n:Person {id: 1})` takes the node that is there"
    ),
    (
      "UNWIND range(1, 20) AS i MERGE (:Person 1️⃣{id: i, name: 'b'}2️⃣)", "0 and 5", "1",
      "`MATCH (n:Person {id: 1}) RETURN n` shows the node that has it"
    ),
    (
      "MATCH (p:Person {id: 1}) SET p.name = 'b', p.id = 1️⃣1 + 12️⃣", "0 and 1", "2",
      "`MATCH (n:Person {id: 2}) RETURN n` shows the node that has it"
    ),
    (
      "MATCH (p:Person) SET p.id = 1️⃣'same'2️⃣", "0 and 3", "'same'",
      "`MATCH (n:Person {id: 'same'}) RETURN n` shows the node that has it"
    ),
    (
      "MATCH (p:Person {id: 3}) SET p += 1️⃣{id: 2}2️⃣", "1 and 2", "2",
      "`MATCH (n:Person {id: 2}) RETURN n` shows the node that has it"
    ),
    (
      "MATCH (t:Thing) SET 1️⃣t2️⃣:Person", "0 and 4", "1",
      "`MATCH (n:Person {id: 1}) RETURN n` shows the node that has it"
    ),
    (
      "MERGE (p:Person {id: 9}) ON CREATE SET p.id = 1️⃣32️⃣", "2 and 5", "3",
      "`MATCH (n:Person {id: 3}) RETURN n` shows the node that has it"
    ),
    (
      "MATCH (p:Person {id: 2}) MERGE (p)-[:KNOWS]->(:Person 1️⃣{id: 3}2️⃣)", "2 and 5", "3",
      "`MERGE (n:Person {id: 3})` takes the node that is there"
    ),
  ]

  @Test("refuses what would make two nodes equal", arguments: refused)
  func refusal(_ query: String, _ nodes: String, _ value: String, _ hint: String) throws {
    let marked = MarkedText(query)
    var graph = try people()
    let before = graph
    let error = #expect(throws: QueryError.self) { try graph.execute(marked.text) }
    #expect(error?.code == .uniquenessViolation)
    #expect(error?.code.category == "ConstraintValidationFailed")
    #expect(
      error?.message
        == "nodes \(nodes) with the label `Person` would both have \(value) as `id`, expected each value once "
        + "(constraint `person_id`)")
    #expect(error?.hint == hint)
    #expect((error?.range).map { Int($0.start) } == marked.offset(1))
    #expect((error?.range).map { Int($0.end) } == marked.offset(2))
    #expect(graph.isIdentical(to: before))
  }

  @Test(
    "lets pass what leaves every value once",
    arguments: [
      "CREATE (:Person {id: 4}), (:Person {id: '1'}), (:Person), (:Thing {id: 1})",
      "CREATE (:Person {id: null}), (:Person {id: null})",
      "CREATE (:Person {id: 0.0 / 0.0}), (:Person {id: 0.0 / 0.0})",
      "MATCH (p:Person) SET p.id = p.id + 1",
      "MATCH (a:Person {id: 1}), (b:Person {id: 2}) SET a.id = 2, b.id = 1",
      "MATCH (p:Person {id: 1}) SET p.id = 1",
      "MATCH (p:Person {id: 1}) REMOVE p:Person CREATE (:Person {id: 1})",
      "MATCH (p:Person {id: 1}) REMOVE p.id CREATE (:Person {id: 1})",
      "MATCH (p:Person {id: 1}) DELETE p CREATE (:Person {id: 1})",
      "MATCH (p:Person {id: 1}) SET p.id = 9 CREATE (:Person {id: 1})",
      "UNWIND [1, 5, 5, 1] AS i MERGE (:Person {id: i})",
      "UNWIND range(1, 40) AS i MERGE (:Person {id: i % 20})",
      "MATCH (t:Thing) SET t.id = 8 SET t:Person",
    ])
  func acceptance(_ query: String) throws {
    var constrained = try people()
    var free = try people(constrained: false)
    #expect(
      try constrained.execute(query).summary.counters == free.execute(query).summary.counters)
    #expect(constrained.checkInvariants() == [])
    #expect(constrained.constraints.count == 1)
  }

  @Test("is not made where nodes have equal values already, and the two are named")
  func creationOnBadData() throws {
    var graph = try people(constrained: false)
    try graph.execute("CREATE (:Person {id: 2.0})")
    let marked = MarkedText("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.1️⃣id2️⃣ IS UNIQUE")
    let error = #expect(throws: QueryError.self) { try graph.execute(marked.text) }
    #expect(error?.code == .uniquenessViolation)
    #expect(error?.message == "nodes 1 and 5 with the label `Person` both have 2.0 as `id`, expected each value once")
    #expect(error?.hint == "`MATCH (n:Person {id: 2.0}) RETURN n` shows them")
    #expect((error?.range).map { Int($0.start) } == marked.offset(1))
    #expect(graph.constraints.isEmpty && graph.indexes.isEmpty)
  }

  @Test("names are shared with indexes, and one label and property has one constraint")
  func names() throws {
    var graph = try people()
    func refuse(_ query: String, _ message: String, hint: String? = nil) {
      let error = #expect(throws: QueryError.self) { try graph.execute(query) }
      #expect(error?.code == .indexConflict)
      #expect(error?.message == message)
      #expect(error?.hint == hint)
    }
    refuse(
      "CREATE CONSTRAINT person_id FOR (p:Person) REQUIRE p.name IS UNIQUE",
      "a constraint named `person_id` exists already")
    refuse("CREATE INDEX person_id FOR (p:Person) ON (p.name)", "a constraint named `person_id` exists already")
    refuse(
      "CREATE CONSTRAINT other FOR (p:Person) REQUIRE p.id IS UNIQUE",
      "`person_id` is a constraint on :Person(id) already")
    refuse("CREATE INDEX FOR (p:Person) ON (p.id)", "`person_id` is an index on :Person(id) already")
    refuse(
      "DROP INDEX person_id", "the index `person_id` serves the constraint `person_id`",
      hint: "DROP CONSTRAINT person_id comes first")
    refuse("DROP CONSTRAINT other", "there is no constraint named `other`")
    #expect(
      try graph.execute("CREATE CONSTRAINT other IF NOT EXISTS FOR (p:Person) REQUIRE p.id IS UNIQUE")
        .summary.counters.isEmpty)
    #expect(try graph.execute("DROP CONSTRAINT other IF EXISTS").summary.counters.isEmpty)
    #expect(try graph.execute("DROP CONSTRAINT person_id").summary.counters.constraintsChanged == 1)
    #expect(graph.constraints.isEmpty && graph.indexes.isEmpty)
    try graph.execute("CREATE (:Person {id: 1})")
  }

  @Test("an index that is there serves the constraint and survives it")
  func existingIndex() throws {
    var graph = try people(constrained: false)
    try graph.execute("CREATE INDEX by_id FOR (p:Person) ON (p.id)")
    try graph.execute("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE")
    #expect(
      graph.constraints == [
        ConstraintDescription(name: "constraint_Person_id", label: "Person", key: "id", index: "by_id")
      ])
    #expect(throws: QueryError.self) { try graph.execute("CREATE (:Person {id: 1})") }
    try graph.execute("DROP CONSTRAINT constraint_Person_id")
    #expect(graph.indexes.map(\.name) == ["by_id"])
    try graph.execute("CREATE (:Person {id: 1})")
    #expect(try graph.query("MATCH (p:Person {id: 1}) RETURN p").count == 2)
  }

  @Test("an index known to be unique loses that with the first equal value, and only then")
  func knownUniqueness() throws {
    var builder = GraphBuilder()
    let (label, key) = (try builder.makeLabelToken("Person"), try builder.makeKeyToken("id"))
    for id in 1...3 { try builder.addNode(labels: [label], properties: [(key, .integer(Int64(id)))]) }
    builder.declareUnique(label: label, key: key)
    var graph = try builder.build()
    try graph.execute("CREATE (:Person {id: 4})")
    #expect(graph.indexes.map(\.isUnique) == [true])
    #expect(graph.constraints.isEmpty)
    let before = graph
    try graph.execute("MATCH (p:Person {id: 4}) SET p.id = 2")
    #expect(graph.indexes.map(\.isUnique) == [false])
    #expect(before.indexes.map(\.isUnique) == [true])
    #expect(try graph.query("MATCH (p:Person {id: 2}) RETURN p").count == 2)
    #expect(graph.checkInvariants() == [])
    #expect(throws: QueryError.self) {
      try graph.execute("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE")
    }
  }

  @Test("transactions, forks and folding keep it")
  func transactions() throws {
    let database = Database(try people())
    try database.write { transaction in
      _ = #expect(throws: QueryError.self) { try transaction.query("CREATE (:Person {id: 1})") }
      try transaction.query("UNWIND range(10, 9999) AS i CREATE (:Person {id: i})")
      _ = #expect(throws: QueryError.self) { try transaction.query("CREATE (:Person {id: 500})") }
    }
    #expect(throws: QueryError.self) { try database.query("CREATE (:Person {id: 501})") }
    var fork = database.snapshot
    try fork.execute("DROP CONSTRAINT person_id")
    try fork.execute("CREATE (:Person {id: 502})")
    #expect(throws: QueryError.self) { try database.query("CREATE (:Person {id: 502})") }
    #expect(database.snapshot.checkInvariants() == [])
  }

  @Test("is shown, with what it brings")
  func showing() throws {
    let graph = try people()
    let constraints = try graph.query("SHOW CONSTRAINTS")
    #expect(constraints.columns == ["name", "type", "label", "property", "index"])
    #expect(
      constraints.map(\.values) == [
        [.string("person_id"), .string("UNIQUENESS"), .string("Person"), .string("id"), .string("person_id")]
      ])
    let indexes = try graph.query("SHOW INDEXES")
    #expect(indexes.columns == ["name", "label", "property", "unique", "constraint"])
    #expect(
      indexes.map(\.values) == [
        [.string("person_id"), .string("Person"), .string("id"), .boolean(true), .string("person_id")]
      ])
  }

  @Test("a seek by a unique key is one row to the planner, by any other as many as have the value")
  func estimates() throws {
    var graph = Graph()
    try graph.execute("UNWIND range(1, 1000) AS i CREATE (:Person {id: i, group: i % 10})")
    try graph.execute("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE")
    try graph.execute("CREATE INDEX FOR (p:Person) ON (p.group)")
    func seek(_ query: String) throws -> PlanDescription? {
      var plan = try graph.query("EXPLAIN " + query).summary.plan
      while let current = plan, current.name != "IndexSeek" { plan = current.children.first }
      return plan
    }
    #expect(try seek("MATCH (p:Person {id: 7}) RETURN p")?.estimatedRows == 1)
    #expect(try seek("MATCH (p:Person {group: 7}) RETURN p")?.estimatedRows == 100)
    #expect(try seek("MATCH (p:Person {group: 7, id: 7}) RETURN p")?.details == "(p:Person {id: 7})")
  }

  @Test("only those who may write make and drop constraints")
  func readOnly() throws {
    let graph = try people()
    for query in ["CREATE CONSTRAINT FOR (p:Person) REQUIRE p.name IS UNIQUE", "DROP CONSTRAINT person_id"] {
      let error = #expect(throws: QueryError.self) { try graph.query(query) }
      #expect(error?.code == .readOnly)
      #expect(try graph.query("EXPLAIN " + query).summary.plan == nil)
    }
  }
}
