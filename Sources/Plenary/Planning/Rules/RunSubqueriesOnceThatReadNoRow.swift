extension Planner {
  /// A subquery that reads nothing of the rows it is called for is run once, and each row is joined with its rows.
  ///
  /// Before: `Apply`, which runs the subquery for every row. After: `CartesianProduct`; the subquery alone where there is
  /// but one row. A subquery of an expression is evaluated once for the whole statement.
  ///
  /// Holds when the subquery makes the same rows each time: it writes nothing, calls no procedure, chance has no part in
  /// it, and what is before it writes nothing.
  mutating func runOnce(_ query: BoundQuery, reading captured: [VariableID], for input: Plan) -> Plan? {
    guard usesOptimizer, captured.isEmpty, !query.columns.isEmpty, !input.writes else { return nil }
    let inner = plan(query, from: Plan(.unit, estimatedRows: 1), arguments: [])
    guard inner.isRepeatable else { return nil }
    if case .unit = input.kind { return inner }
    return Plan(.cartesianProduct, input, inner, estimatedRows: input.estimatedRows * inner.estimatedRows)
  }
}

extension Plan {
  /// Whether it makes the same rows each time it is run on a graph. Where in doubt, false.
  var isRepeatable: Bool {
    var isRepeatable = true
    forEachOperator { plan in
      switch plan.kind {
      case .create, .merge, .set, .remove, .delete, .call: isRepeatable = false
      default: break
      }
      if plan.expressions.contains(where: { $0.isNondeterministic || $0.containsSubquery }) { isRepeatable = false }
    }
    return isRepeatable
  }
}
