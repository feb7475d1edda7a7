import Testing

@testable import Plenary

/// Nothing of a statement outlives it but its result: a cycle of references would keep its graph alive for good.
@Suite struct ReleaseTests {
  @Test func operatorsAreReleased() throws {
    let graph = MutationTests.graph
    var released = 0
    for text in MutationTests.corpus {
      guard let context = run(text, on: graph) else { continue }
      #expect(context.object == nil, "\(text)")
      released += 1
    }
    #expect(released > 100)
  }

  private struct Weak {
    weak var object: ExecutionContext?
  }

  /// Takes every row of a query and lets go of all but a weak reference; `nil` when it is no query or fails.
  private func run(_ text: String, on graph: Graph) -> Weak? {
    let options = QueryOptions()
    guard let statement = try? Engine.prepare(text, [:], on: graph, procedures: .builtIn, options),
      case .query(let plan, _) = statement.body
    else { return nil }
    let context = ExecutionContext(
      graph: graph, parameters: [:], options: options, statement: statement, statementTime: 0, startedAt: .now)
    let root = OperatorBuilder(context: context).build(plan)
    while true {
      guard let batch = try? root.next() else { return Weak(object: context) }
      _ = batch.count
    }
  }
}
