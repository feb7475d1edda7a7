import Benchmark
import Plenary

/// What it takes to get from text to the first operator: with a plan that is kept, and with one made anew.
///
/// The statement starts at a node that does not exist, so that running it takes next to nothing.
func measurePlanning() {
  let statement = """
    MATCH (a:Person {id: $id})-[k:KNOWS]->(b:Person)-[:KNOWS]->(c:Person)
    WHERE b.age > 30 AND c.city = a.city AND k.since >= 2000
    WITH a, c, count(*) AS ways, avg(b.score) AS score
    WHERE ways > 1
    MATCH (city:City {name: c.city})
    RETURN c.name AS name, city.country AS country, ways, score ORDER BY ways DESC, name LIMIT 20
    """

  Benchmark("planning: kept plan", configuration: .init(scalingFactor: .kilo)) {
    (benchmark: Benchmark) throws -> Void in
    let database = Database(SocialNetwork.graph)
    blackHole(try database.query(statement, ["id": -1]))
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(try database.query(statement, ["id": -1])) }
    benchmark.stopMeasurement()
  }

  // A graph by itself keeps no plans.
  Benchmark("planning: new plan", configuration: .init(scalingFactor: .kilo)) {
    (benchmark: Benchmark) throws -> Void in
    let graph = SocialNetwork.graph
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations { blackHole(try graph.query(statement, ["id": -1])) }
    benchmark.stopMeasurement()
  }
}
