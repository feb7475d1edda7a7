import PlenarySyntax

extension RewriteRules {
  /// Neighbours of which only sums, counts and extremes are wanted are read from the adjacency lists, not listed:
  /// the keys of `RETURN a.city, avg(b.age)` over `(a)-->(b)` are looked up once for each `a` instead of once for each
  /// relationship.
  ///
  /// Before: `Aggregate` over `Expand` over some rows. After: `AggregateNeighbours` over the same rows.
  ///
  /// Holds when every aggregate is a `count`, `sum`, `avg`, `min` or `max` without DISTINCT of rows or of an expression
  /// over the neighbour or the relationship alone, and keys read neither. The step may hang on any node of the
  /// pattern, and where the pattern is just that step either of its nodes may be the neighbour.
  mutating func aggregateNeighboursWithoutListingThem(_ plan: Plan) -> Plan? {
    guard case .aggregate(let aggregation) = plan.kind,
      !aggregation.keys.contains(where: \.expression.isNondeterministic),
      var region = region(below: plan.inputs[0]),
      region.listedRows >= Double(planner.statistics.nodeCount)
    else { return nil }
    for key in aggregation.keys {
      region.needed.formUnion(key.expression.freeVariables(subqueries: planner.subqueries))
    }
    guard let (step, conditions, input) = lastStep(of: region, reading: aggregation), !step.isInto,
      step.excluding.isEmpty, step.direction != .either,
      region.needed.isDisjoint(with: [step.to, step.relationship]),
      aggregation.aggregates.allSatisfy({ canBeRead($0.aggregate, at: step) })
    else { return nil }
    // From the other end of the step, conditions may leave far fewer rows than there are neighbours to look at.
    guard input.estimatedRows * planner.fanOut(of: step, fromLabel: nil) <= listingCost(of: region) else { return nil }
    let neighbours = NeighbourAggregation(
      aggregation: aggregation, step: step, conditions: conditions, listing: plan)
    var result = Plan(.aggregateNeighbours(neighbours), input, estimatedRows: plan.estimatedRows)
    result.steps = region.listedRows
    return result
  }

  /// The step whose neighbours are aggregated, what they must meet, and the rows it starts from.
  private func lastStep(
    of region: PatternRegion, reading aggregation: BoundAggregation
  ) -> (Expansion, [BoundExpression], Plan)? {
    let pattern: CountedPattern
    let input: Plan
    if region.steps.count == 1, region.isScan {
      // Where keys say nothing, the node that is aggregated is the neighbour.
      let read = aggregation.aggregates.flatMap(\.aggregate.arguments)
        .reduce(into: Set()) { $0.formUnion($1.freeVariables(subqueries: planner.subqueries)) }
      let root = region.nodeOrder.first { region.needed.contains($0) } ?? region.nodeOrder.first { !read.contains($0) }
      guard let root, let counted = region.counted(from: root, isTotal: false) else { return nil }
      pattern = counted
      input = scan(for: root, pattern.conditions[root] ?? [])
    } else {
      guard let (counted, kept) = region.countedBranches(isTotal: false, planner), counted.steps.count == 1 else {
        return nil
      }
      pattern = counted
      input = kept
    }
    let step = pattern.steps[0]
    return (step, pattern.conditions[step.to] ?? [], input)
  }

  func canBeRead(_ aggregate: BoundAggregate, at step: Expansion) -> Bool {
    guard !aggregate.isDistinct else { return false }
    guard let function = aggregate.function else { return true }
    guard ["count", "sum", "avg", "min", "max"].contains(function.name), aggregate.arguments.count == 1,
      let argument = aggregate.arguments.first, !argument.isNondeterministic, !argument.containsSubquery
    else { return false }
    let reads = argument.freeVariables(subqueries: planner.subqueries)
    return reads == [step.to] || reads == [step.relationship]
  }
}
