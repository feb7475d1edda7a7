import Benchmark
import Plenary

/// Changes of 1000 nodes or relationships of the big graph.
func measureWriting() {
  measureWrite(
    "write: create 1000 nodes",
    "UNWIND range(1, 1000) AS i CREATE (:Person {id: -i, name: 'new ' + i, age: i % 100, city: 'city 1'})")
  measureWrite(
    "write: create 1000 relationships",
    "UNWIND $pairs AS pair MATCH (a:Person {id: pair[0]}), (b:Person {id: pair[1]}) "
      + "CREATE (a)-[:KNOWS {since: 2026}]->(b)",
    ["pairs": .list((0..<Int64(1000)).map { [.integer($0 * 7 % 20_000), .integer(($0 * 13 + 1) % 20_000)] })])
  measureWrite(
    "write: merge 1000 nodes, half of them there",
    "UNWIND range(19500, 20499) AS i MERGE (p:Person {id: i}) ON CREATE SET p.age = 0 ON MATCH SET p.age = p.age + 1")
  measureWrite(
    "write: set a property of 1000 nodes",
    "UNWIND range(0, 999) AS i MATCH (p:Person {id: i * 20}) SET p.age = p.age + 1")
  measureWrite(
    "write: delete 100 nodes with their relationships",
    "UNWIND range(0, 99) AS i MATCH (p:Person {id: i * 200}) DETACH DELETE p")

  Benchmark("write: 1000 statements, each committed") { (benchmark: Benchmark) throws -> Void in
    let database = Database(SocialNetwork.graph)
    benchmark.startMeasurement()
    for id in 1...1000 {
      blackHole(try database.query("CREATE (:Person {id: $id, name: 'new'})", ["id": .integer(Int64(-id))]))
    }
    benchmark.stopMeasurement()
  }
}
