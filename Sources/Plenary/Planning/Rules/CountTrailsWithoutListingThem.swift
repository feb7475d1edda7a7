extension RewriteRules {
  /// Trails of a variable length that only `count` cares about are counted, not listed; the last relationship of
  /// the longest ones is not even looked at: there are as many as the node's degree says.
  ///
  /// Before: `Aggregate count(*)` over `VarLengthExpand`. After: `CountMatches`, as for single steps.
  ///
  /// Holds when nothing else reads what the step binds, except for conditions on its last node, and the step shares no
  /// relationships with the rest of its pattern.
  mutating func countTrailsWithoutListingThem(_ plan: Plan) -> Plan? {
    guard case .aggregate(let aggregation) = plan.kind, !aggregation.aggregates.isEmpty else { return nil }
    var conditions: [BoundExpression] = []
    var place = plan.inputs[0]
    while case .filter(let more) = place.kind {
      conditions += more
      place = place.inputs[0]
    }
    guard case .variableLengthExpand(let step, let length, let properties) = place.kind, !step.isInto,
      step.excluding.isEmpty, properties.isEmpty, step.trailTests.isEmpty
    else { return nil }
    let subqueries = planner.subqueries
    for condition in conditions {
      guard condition.freeVariables(subqueries: subqueries) == [step.to], !condition.isNondeterministic,
        !condition.containsSubquery, !isFixed(condition)
      else { return nil }
    }
    var pattern = CountedPattern(root: step.from, steps: [step], isTotal: aggregation.keys.isEmpty)
    pattern.length = length
    pattern.conditions[step.to] = conditions.isEmpty ? nil : conditions
    let introduced = [step.to, step.relationship, step.lengthColumn].compactMap { $0 }
    for key in aggregation.keys {
      let read = key.expression.freeVariables(subqueries: subqueries)
      guard read.isDisjoint(with: introduced), !key.expression.isNondeterministic else { return nil }
    }
    for (variable, aggregate) in aggregation.aggregates {
      guard !aggregate.isDistinct else { return nil }
      if let function = aggregate.function {
        // What a pattern binds is never null.
        guard function.name == "count", let argument = aggregate.arguments.first,
          argument.isReference(to: step.to) || argument.isReference(to: step.relationship)
        else { return nil }
      }
      pattern.measures.append(.init(column: variable, condition: nil))
    }
    let input = place.inputs[0]
    return pattern.isTotal ? total(pattern, aggregation, input) : grouped(pattern, aggregation, input, plan)
  }
}
