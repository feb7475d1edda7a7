/// How much work a plan is expected to be, for the question whether threads should share it. The unit is a row made, or a
/// number read from a column: about a nanosecond or two.
extension Plan {
  /// How much work the operator has itself.
  var estimatedWork: Double {
    let work = max(estimatedRows, steps ?? 0)
    return switch kind {
    case .expand(let step) where step.isInto: max(work, inputs[0].estimatedRows * Work.search)
    case .countMatches: work * Work.walkedStep
    case .project, .filter: work + inputs[0].estimatedRows * expressions.reduce(0) { $0 + $1.estimatedWork }
    default: work
    }
  }

  private enum Work {
    /// Looking for a node in a list of neighbours.
    static let search = 8.0
    /// Going from node to node, testing what is there.
    static let walkedStep = 4.0
  }
}

extension BoundAggregation {
  /// The work of grouping rows and of computing over the groups, where threads can do a part of that each: a group that
  /// each thread has few rows of is computed again when theirs are brought together.
  func shareableWork(rows: Double, groups: Double) -> Double? {
    guard !keys.isEmpty, groups * 8 <= rows else { return nil }
    let evaluated = keys.map(\.expression) + aggregates.flatMap(\.aggregate.arguments)
    // A key is read, and then its group found.
    let perRow = Double(2 * keys.count + aggregates.count) + evaluated.reduce(0) { $0 + $1.estimatedWork }
    return rows * perRow
  }
}

extension BoundExpression {
  /// The work for one row beyond reading columns and comparing them.
  fileprivate var estimatedWork: Double {
    if readsNothing { return 0 }
    let own =
      switch kind {
      case .call(let function, _): Self.readingFunctions.contains(function.name) ? 0.0 : 8.0
      case .conditional: 1.0
      case .listComprehension, .quantifier, .reduce: 4.0
      default: 0.0
      }
    return children.reduce(own) { $0 + $1.estimatedWork }
  }

  /// Functions that say what the graph knows.
  private static let readingFunctions: Set = [
    "elementId", "endNode", "id", "labels", "length", "size", "startNode", "type",
  ]

  /// Whether it is the same for all rows, as `date('2024-01-01')`.
  private var readsNothing: Bool {
    switch kind {
    case .variable, .subquery, .path: false
    default: children.allSatisfy(\.readsNothing)
    }
  }
}
