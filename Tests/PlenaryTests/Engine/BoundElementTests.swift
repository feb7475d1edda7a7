import Plenary
import Testing

/// What patterns do with variables that earlier clauses have bound to something else than a node or relationship.
@Suite struct BoundElementTests {
  static let graph = "CREATE (:A {n: 1})-[:R {n: 2}]->(:B {n: 3})"

  /// Every use of a bound node or relationship `x` in a pattern.
  static let uses: [(query: String, bound: String)] = [
    ("MATCH (x) RETURN count(*) AS c", "node"), ("MATCH (x:A) RETURN count(*) AS c", "node"),
    ("MATCH (x {n: 1}) RETURN count(*) AS c", "node"), ("MATCH (x)-->() RETURN count(*) AS c", "node"),
    ("MATCH ()-->(x) RETURN count(*) AS c", "node"), ("MATCH (x)--() RETURN count(*) AS c", "node"),
    ("MATCH (x)-->(y), (x)-->(z) RETURN count(*) AS c", "node"), ("MATCH (x)-->(x) RETURN count(*) AS c", "node"),
    ("MATCH (x)-[*]->() RETURN count(*) AS c", "node"), ("MATCH (x)-[*0..]-(x) RETURN count(*) AS c", "node"),
    ("MATCH (a), (x) RETURN count(*) AS c", "node"), ("MATCH (a:A) MATCH (a)-->(x) RETURN count(*) AS c", "node"),
    ("MATCH (a:A), p = shortestPath((a)-[*]->(x)) RETURN count(p) AS c", "node"),
    ("MATCH (a:A), p = allShortestPaths((x)-[*]-(a)) RETURN count(p) AS c", "node"),
    ("MATCH (x)-->(b) RETURN count(DISTINCT b) AS c", "node"),
    ("MATCH (x)-[*1..2]->(b) RETURN count(DISTINCT b) AS c", "node"),
    ("MATCH ()-[x]->() RETURN count(*) AS c", "relationship"),
    ("MATCH (a)-[x:R]-(b) RETURN count(*) AS c", "relationship"),
    ("MATCH (a)-[x {n: 2}]->(b) RETURN count(*) AS c", "relationship"),
    ("MATCH (a)-[x*]->(b) RETURN count(*) AS c", "list"),
    ("MATCH (a) WHERE (x)-->() RETURN count(*) AS c", "node"),
    ("MATCH (a) WHERE NOT (a)-->(x) RETURN count(*) AS c", "node"),
    ("RETURN size([(x)-->(b) | b]) AS c", "node"), ("RETURN COUNT { (x)-->() } AS c", "node"),
    ("RETURN EXISTS { MATCH (x) } AS c", "node"),
    ("MATCH (a) WHERE EXISTS { (a)-[x]->() } RETURN count(a) AS c", "relationship"),
  ]

  static let optionalUses: [String] = [
    "OPTIONAL MATCH (x)-->(b) RETURN b AS c", "OPTIONAL MATCH (x) RETURN 1 AS c",
    "OPTIONAL MATCH (x:A) RETURN 1 AS c", "OPTIONAL MATCH (b)-[x]->() RETURN b AS c",
  ]

  static let writingUses: [String] = [
    "CREATE (x)-[:R]->()", "CREATE ()<-[:R]-(x)", "MERGE (x)-[:R]->(:C)", "MERGE (:A)-[:R]->(x)",
  ]

  private func run(_ prefix: String, _ query: String, usesOptimizer: Bool = true) -> [String] {
    var options = QueryOptions()
    options.usesOptimizer = usesOptimizer
    return (try? QueryCase(prefix + " " + query, after: Self.graph, gives: []).run(options)) ?? []
  }

  /// A value of another type is an error in every pattern, found when it runs since nothing in the text shows it.
  @Test(arguments: ["{v: 1}.v", "{v: 'text'}.v", "{v: [1]}.v", "{v: {n: 1}}.v", "coalesce({v: true}.v)"])
  func otherValuesAreErrors(value: String) throws {
    let queries = Self.uses.map(\.query) + Self.optionalUses + Self.writingUses
    for query in queries {
      for usesOptimizer in [true, false] {
        #expect(
          run("WITH \(value) AS x", query, usesOptimizer: usesOptimizer) == ["error invalid-argument-type"], "\(query)")
      }
    }
  }

  /// Null matches nothing.
  @Test func nullMatchesNothing() throws {
    for (query, _) in Self.uses {
      for usesOptimizer in [true, false] {
        let rows = run("WITH {}.v AS x", query, usesOptimizer: usesOptimizer)
        let expected = query.contains("NOT (a)") ? "2" : query.contains("RETURN EXISTS") ? "false" : "0"
        #expect(rows == [expected], "\(query)")
      }
    }
    for query in Self.optionalUses {
      #expect(run("WITH {}.v AS x", query) == [query.contains("1 AS c") ? "1" : "null"], "\(query)")
    }
    for query in Self.writingUses {
      #expect(run("WITH {}.v AS x", query) == ["error invalid-argument-type"], "\(query)")
    }
  }

  /// What shows in the text is found in the text.
  @Test(arguments: ["1", "'text'", "[1]", "{n: 1}", "date('2024-08-07')"])
  func otherValuesInTheTextAreConflicts(value: String) throws {
    for (query, bound) in Self.uses where !(bound == "list" && value == "[1]") {
      #expect(run("WITH \(value) AS x", query) == ["error variable-type-conflict"], "\(query)")
    }
  }

  /// Nodes and relationships do as well when only their values tell.
  @Test func elementsOfUnknownTypeMatch() throws {
    let nodes = "MATCH (n:A)-[r]->(m) WITH {v: n}.v AS x"
    #expect(run(nodes, "MATCH (x)-->(b) RETURN b.n AS c") == ["3"])
    #expect(run(nodes, "OPTIONAL MATCH (x)<--(b) RETURN b AS c") == ["null"])
    #expect(run(nodes, "RETURN [(x)-->(b) | b.n] AS c") == ["[3]"])
    #expect(run("MATCH (n)-[r]->(m) WITH {v: r}.v AS x", "MATCH (a)-[x]->(b) RETURN a.n + b.n AS c") == ["4"])
    #expect(run("MATCH (n)-[r*]->(m) WITH {v: r}.v AS x", "MATCH (a)-[x*]->(b) RETURN a.n + b.n AS c") == ["4"])
    #expect(
      run("UNWIND [1] AS i MATCH (n:A) WITH collect(n) AS l UNWIND l AS x", "MATCH (x)-->(b) RETURN b.n AS c") == ["3"])
  }

  // MARK: Deleted elements

  @Test(arguments: [
    QueryCase("MATCH (a:A) DETACH DELETE a WITH a MATCH (a) RETURN a", after: graph, gives: []),
    QueryCase("MATCH (a:A) DETACH DELETE a WITH a MATCH (a)-->(b) RETURN a", after: graph, gives: []),
    QueryCase("MATCH (a:A)-[r]->(b) DELETE r WITH r MATCH (a)-[r]->(b) RETURN a", after: graph, gives: []),
    QueryCase("MATCH (a:A) DETACH DELETE a WITH a OPTIONAL MATCH (a) RETURN 1 AS x", after: graph, gives: ["1"]),
    QueryCase(
      "MATCH (a:A) DETACH DELETE a CREATE (a)-[:R]->(:C)", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN type(r), id(r)", after: graph, gives: ["'R', 0"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN id(startNode(r)), id(endNode(r))", after: graph, gives: ["0, 1"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN r:R", after: graph, gives: ["true"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN r.n", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN r {.*}", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN keys(r)", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN properties(r)", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH ()-[r]->() DELETE r RETURN r['n']", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH ()-[r]->() DELETE r SET r.n = 1", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH (a:A) DETACH DELETE a SET a:B", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH (a:A) DETACH DELETE a RETURN labels(a)", after: graph, gives: ["error deleted-entity-access"]),
    QueryCase("MATCH (a:A) DETACH DELETE a RETURN id(a), a IS NULL", after: graph, gives: ["0, false"]),
    QueryCase("MATCH (a:A) DETACH DELETE a DELETE a RETURN count(*)", after: graph, gives: ["1"]),
  ])
  func deletedElements(_ expected: QueryCase) throws {
    #expect(try expected.run() == expected.rows)
  }

  /// A row that holds a deleted relationship still knows its type and its nodes.
  @Test func deletedRelationshipsInResults() throws {
    let database = Database()
    _ = try database.query(Self.graph)
    let result = try database.query("MATCH p = (a)-[r]->(b) DETACH DELETE a RETURN r, p")
    let relationship: Relationship = try result[0]["r"]
    #expect(relationship.type == "R")
    #expect([relationship.source.id, relationship.target.id] == [NodeID(0), NodeID(1)])
    #expect(relationship.properties.isEmpty)
    #expect(result.graph.description(of: result[0].value(0)) == "[:R]")
    #expect(result.graph.description(of: result[0].value(1)) == "<(#0)-[:R]->(:B {n: 3})>")
    #expect(result.graph.relationship(relationship.id) == nil)
    #expect(result.graph.relationship(relationship.id, includingDeleted: true)?.type == "R")
    #expect(result.graph.relationship(RelationshipID(1), includingDeleted: true) == nil)
  }
}
