extension RewriteRules {
  /// Matches of an OPTIONAL MATCH that only `count` cares about are counted, not listed; a row without a match counts as
  /// one for `count(*)` and as none for `count(b)`.
  ///
  /// Before: `Aggregate` over `OptionalApply`. After: `Aggregate` that sums up the numbers of `CountOptionalMatches`.
  ///
  /// Holds when every aggregate is a `count` without DISTINCT of rows, of something the pattern binds, or of an
  /// expression over one of its nodes, when keys read nothing that the pattern binds, and the pattern is one that hangs on
  /// a node of the row, with conditions that read one node each.
  mutating func countOptionalMatchesWithoutListingThem(_ plan: Plan) -> Plan? {
    let aggregation: BoundAggregation
    switch plan.kind {
    case .aggregate(let found), .aggregateForEachRow(let found, _): aggregation = found
    default: return nil
    }
    guard case .optionalApply(_, let introduced) = plan.inputs[0].kind, !aggregation.aggregates.isEmpty,
      !aggregation.keys.contains(where: \.expression.isNondeterministic),
      let found = countedPattern(below: plan.inputs[0].inputs[1]),
      // For what is no node, the pattern itself is an error.
      !found.region.others.contains(where: \.mayFailAsCondition),
      var measures = measures(of: aggregation, nodes: found.region.nodes, bound: found.bound)
    else { return nil }
    for key in aggregation.keys {
      guard key.expression.freeVariables(subqueries: planner.subqueries).isDisjoint(with: introduced) else {
        return nil
      }
    }
    for index in measures.indices where aggregation.aggregates[index].aggregate.function == nil {
      measures[index].countsMissing = true
    }
    var pattern = found.pattern
    pattern.isOptional = true
    pattern.measures = measures
    return grouped(pattern, aggregation, plan.inputs[0].inputs[0], plan)
  }
}
