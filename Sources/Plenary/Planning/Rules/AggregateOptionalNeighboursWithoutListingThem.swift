import PlenarySyntax

extension RewriteRules {
  /// Neighbours that an OPTIONAL MATCH finds, and of which only sums, counts and extremes are wanted, are read from the
  /// adjacency lists, not listed: `OPTIONAL MATCH (a)-[t]->() WITH a, sum(t.amount) AS paid`.
  ///
  /// Before: `Aggregate` over `OptionalApply` of one step. After: `AggregateNeighbours` over the same rows, which keeps
  /// those without a neighbour.
  ///
  /// Holds when every aggregate is a `count`, `sum`, `avg`, `min` or `max` without DISTINCT of rows or of an expression
  /// over the neighbour or the relationship alone, keys read neither, and conditions read the neighbour alone.
  mutating func aggregateOptionalNeighboursWithoutListingThem(_ plan: Plan) -> Plan? {
    guard case .aggregate(let aggregation) = plan.kind, !aggregation.aggregates.isEmpty,
      case .optionalApply(_, let introduced) = plan.inputs[0].kind,
      let found = countedPattern(below: plan.inputs[0].inputs[1]), found.pattern.length == nil,
      found.pattern.steps.count == 1, let step = found.pattern.steps.first, !step.isInto, step.excluding.isEmpty,
      step.direction != .either, found.pattern.conditions.keys.allSatisfy({ $0 == step.to }),
      aggregation.aggregates.allSatisfy({ canBeRead($0.aggregate, at: step) })
    else { return nil }
    for key in aggregation.keys {
      guard !key.expression.isNondeterministic,
        key.expression.freeVariables(subqueries: planner.subqueries).isDisjoint(with: introduced)
      else { return nil }
    }
    let input = plan.inputs[0].inputs[0]
    let rows = input.estimatedRows * planner.fanOut(of: step, fromLabel: nil)
    // What is read is read of all neighbours there are.
    guard rows >= Double(planner.statistics.nodeCount) else { return nil }
    let neighbours = NeighbourAggregation(
      aggregation: aggregation, step: step, conditions: found.pattern.conditions[step.to] ?? [], isOptional: true,
      listing: plan)
    var result = Plan(.aggregateNeighbours(neighbours), input, estimatedRows: plan.estimatedRows)
    result.steps = rows
    return result
  }
}
