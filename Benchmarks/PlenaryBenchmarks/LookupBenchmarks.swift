import Benchmark
import Plenary

/// One node by a property, through an index; the statements of an application that answers requests.
func measureLookingUp() {
  measureLookup("lookup: a person by id", "MATCH (p:Person {id: $id}) RETURN p.name, p.age")
  measureLookup(
    "lookup: a person's friends by id", "MATCH (p:Person {id: $id})-[:KNOWS]->(friend) RETURN friend.name LIMIT 10")
}

/// Measures a statement for 1000 people, one by one.
private func measureLookup(_ name: String, _ statement: String) {
  Benchmark(name, configuration: .init(scalingFactor: .kilo)) { (benchmark: Benchmark) throws -> Void in
    let database = Database(SocialNetwork.graph)
    blackHole(try database.query(statement, ["id": 0]))
    benchmark.startMeasurement()
    for iteration in benchmark.scaledIterations {
      // A step that has no factor in common with the number of people visits them all over the graph.
      let id = iteration * 7919 % SocialNetwork.people
      blackHole(try database.query(statement, ["id": .integer(Int64(id))]))
    }
    benchmark.stopMeasurement()
  }
}
