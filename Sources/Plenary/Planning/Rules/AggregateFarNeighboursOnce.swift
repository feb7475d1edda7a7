import PlenarySyntax

extension RewriteRules {
  /// What is aggregated two steps away is aggregated once for each node in the middle, whose result then goes to all that
  /// lead there: `RETURN a.city, avg(c.age)` over `(a)-->(b)-->(c)` looks at each relationship once for `b` and once for
  /// `a`, instead of at every way.
  ///
  /// Before: `Aggregate` over two steps. After: `Aggregate` of what `AggregateNeighbours` has found for each middle node,
  /// over one step; as a `Shortcut`, since one relationship may be both steps where it is a loop.
  ///
  /// Holds when every aggregate is a `count`, `sum`, `avg`, `min` or `max` without DISTINCT of rows or of an expression
  /// over the far node or the relationship to it alone, keys read nothing but the near node, and conditions one node each.
  mutating func aggregateFarNeighboursOnce(_ plan: Plan) -> Plan? {
    guard case .aggregate(let aggregation) = plan.kind, !aggregation.aggregates.isEmpty,
      !aggregation.keys.contains(where: \.expression.isNondeterministic),
      let region = region(below: plan.inputs[0]), region.isScan, region.others.isEmpty, region.steps.count == 2,
      let (near, far) = steps(of: region, reading: aggregation)
    else { return nil }
    let isRepeatable = region.mustDiffer
    // Over two relationships that lead to the middle, or away from it, one could go there and back.
    guard !isRepeatable || near.direction != far.direction,
      aggregation.aggregates.allSatisfy({ canBeRead($0.aggregate, at: far) })
    else { return nil }
    let middle = scan(for: near.from, region.conditions[near.from] ?? [])
    let label = planner.label(askedBy: region.conditions[near.from] ?? [])
    let nearRows = middle.estimatedRows * planner.fanOut(of: near, fromLabel: label)
    let farRows = middle.estimatedRows * planner.fanOut(of: far, fromLabel: label)
    guard region.listedRows > middle.estimatedRows + nearRows + farRows,
      let (parts, whole, averages) = parts(of: aggregation)
    else { return nil }
    let node = BoundAssignment(
      variable: near.from, expression: BoundExpression(.variable(near.from), at: .init(at: 0), type: .node))
    let partial = BoundAggregation(keys: [node], aggregates: parts)
    let conditions = region.conditions[far.to] ?? []
    let listed = Plan(
      .aggregate(partial),
      planner.filter(Plan(.expand(far), middle, estimatedRows: farRows), by: conditions),
      estimatedRows: middle.estimatedRows)
    let listing = LivenessAnalysis.annotate(
      listed, keeping: [node.variable] + parts.map(\.variable), subqueries: planner.subqueries)
    let neighbours = NeighbourAggregation(aggregation: partial, step: far, conditions: conditions, listing: listing)
    var result = Plan(.aggregateNeighbours(neighbours), middle, estimatedRows: middle.estimatedRows)
    result.steps = farRows
    result = planner.filter(
      Plan(.expand(near), result, estimatedRows: nearRows), by: region.conditions[near.to] ?? [])
    result = Plan(
      .aggregate(BoundAggregation(keys: aggregation.keys, aggregates: whole)), result,
      estimatedRows: plan.estimatedRows)
    if !averages.isEmpty { result = Plan(.project(averages), result, estimatedRows: plan.estimatedRows) }
    // A part of a sum may be beyond the largest float where the whole is not.
    let sums = aggregation.aggregates.filter { ["sum", "avg"].contains($0.aggregate.function?.name) }.map(\.variable)
    return Plan(
      .shortcut(for: plan, loopFree: isRepeatable ? [near] : [], finite: sums), result,
      estimatedRows: plan.estimatedRows)
  }

  /// The two steps from the node in the middle: to the one that keys read, and to the one that is aggregated.
  private func steps(
    of region: PatternRegion, reading aggregation: BoundAggregation
  ) -> (near: Expansion, far: Expansion)? {
    guard let (one, other) = region.stepsFromMiddle else { return nil }
    func reads(_ expressions: [BoundExpression]) -> Set<VariableID> {
      expressions.reduce(into: []) { $0.formUnion($1.freeVariables(subqueries: planner.subqueries)) }
    }
    let keys = reads(aggregation.keys.map(\.expression))
    let values = reads(aggregation.aggregates.flatMap(\.aggregate.arguments))
    for (near, far) in [(one, other), (other, one)]
    where keys.isSubset(of: [near.to]) && values.isSubset(of: [far.to, far.relationship]) && !values.isEmpty {
      return (near, far)
    }
    return nil
  }

  /// What is aggregated for each node in the middle, what is made of that for each group, and the averages from sums and
  /// counts.
  private mutating func parts(
    of aggregation: BoundAggregation
  ) -> (
    parts: [(variable: VariableID, aggregate: BoundAggregate)],
    whole: [(variable: VariableID, aggregate: BoundAggregate)], averages: [BoundAssignment]
  )? {
    func named(_ name: String) -> AggregateFunction? {
      FunctionRegistry.aggregateFunctions.first { $0.name == name }
    }
    guard let sum = named("sum"), let count = named("count"),
      let toFloat = FunctionRegistry.shared.scalar(named: "toFloat")
    else { return nil }
    var parts: [(variable: VariableID, aggregate: BoundAggregate)] = []
    var whole: [(variable: VariableID, aggregate: BoundAggregate)] = []
    var averages: [BoundAssignment] = []
    /// Adds a part and what is made of it, and gives the column of the latter.
    func add(_ part: BoundAggregate, _ function: AggregateFunction, into column: VariableID?) -> BoundExpression {
      let own = planner.makeVariable(.any)
      let total = column ?? planner.makeVariable(.any)
      parts.append((own, part))
      var aggregate = part
      aggregate.function = function
      aggregate.arguments = [BoundExpression(.variable(own), at: part.range)]
      whole.append((total, aggregate))
      return BoundExpression(.variable(total), at: part.range)
    }
    for (variable, aggregate) in aggregation.aggregates {
      guard let function = aggregate.function, function.name == "avg" else {
        let isExtreme = ["min", "max"].contains(aggregate.function?.name)
        _ = add(aggregate, isExtreme ? aggregate.function ?? sum : sum, into: variable)
        continue
      }
      let range = aggregate.range
      var summed = aggregate
      summed.function = sum
      var counted = aggregate
      counted.function = count
      let total = add(summed, sum, into: nil)
      let number = add(counted, sum, into: nil)
      let zero = BoundExpression(.constant(.integer(0)), at: range, type: .integer)
      let quotient = BoundExpression(
        .binary(
          .divide, BoundExpression(.call(toFloat, [total]), at: range, type: .float), number, operatorRange: range),
        at: range, type: .float)
      let isEmpty = BoundExpression(
        .comparison(.equal, number, zero, operatorRange: range), at: range, type: .boolean)
      averages.append(
        BoundAssignment(
          variable: variable,
          expression: BoundExpression(
            .conditional(
              subject: nil,
              branches: [
                BoundBranch(when: isEmpty, then: BoundExpression(.constant(.null), at: range, type: .null))
              ], otherwise: quotient), at: range, type: .float)))
    }
    return (parts, whole, averages)
  }
}
