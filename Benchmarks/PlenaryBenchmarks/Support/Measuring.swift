import Benchmark
import Plenary

/// Measures a statement that reads, on a kept plan, up to its last row.
///
/// The benchmark fails when the statement has no rows, or when its plan lacks the operator it is meant to measure: a
/// fast answer to another question is no result.
///
/// - Parameters:
///   - name: area and case, for example `expand: two hops, counted`.
///   - operator: the operator that the plan must have, as EXPLAIN names it.
///   - graph: evaluated only if the benchmark runs.
func measure(
  _ name: String, _ statement: String, _ parameters: [String: Value] = [:], operator: String,
  on graph: @autoclosure @escaping @Sendable () -> Graph = SocialNetwork.graph
) {
  Benchmark(name) { (benchmark: Benchmark) throws -> Void in
    let database = Database(graph())
    let explained = try database.query("EXPLAIN " + statement, parameters)
    guard let plan = explained.summary.plan, plan.contains(`operator`) else {
      let plan = explained.summary.plan.map { "\($0)" } ?? "none"
      return benchmark.error("expected a plan with \(`operator`), found:\n\(plan)")
    }
    guard try !database.query(statement, parameters).isEmpty else { return benchmark.error("there are no rows") }
    benchmark.startMeasurement()
    for _ in benchmark.scaledIterations {
      blackHole(try database.query(statement, parameters))
    }
    benchmark.stopMeasurement()
  }
}

/// Measures a statement that writes, together with its commit. Each run starts from the same graph.
func measureWrite(_ name: String, _ statement: String, _ parameters: [String: Value] = [:]) {
  Benchmark(name) { (benchmark: Benchmark) throws -> Void in
    let database = Database(SocialNetwork.graph)
    benchmark.startMeasurement()
    let result = try database.query(statement, parameters)
    benchmark.stopMeasurement()
    if result.summary.counters.isEmpty { benchmark.error("nothing was written") }
  }
}

extension PlanDescription {
  fileprivate func contains(_ name: String) -> Bool {
    self.name == name || children.contains { $0.contains(name) }
  }
}
