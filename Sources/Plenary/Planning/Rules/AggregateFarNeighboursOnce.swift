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
  /// A sum of products, `sum(e.weight * f.weight)`, is a sum too, in which what is near is multiplied by the sum of what
  /// is far.
  mutating func aggregateFarNeighboursOnce(_ plan: Plan) -> Plan? {
    guard case .aggregate(let aggregation) = plan.kind, !aggregation.aggregates.isEmpty,
      !aggregation.keys.contains(where: \.expression.isNondeterministic),
      let region = region(below: plan.inputs[0]), region.isScan, region.others.isEmpty, region.steps.count == 2,
      let (near, far, factors) = steps(of: region, reading: aggregation)
    else { return nil }
    let isRepeatable = region.mustDiffer
    // Over two relationships that lead to the middle, or away from it, one could go there and back.
    guard !isRepeatable || near.direction != far.direction else { return nil }
    let middle = scan(for: near.from, region.conditions[near.from] ?? [])
    let label = planner.label(askedBy: region.conditions[near.from] ?? [])
    let nearRows = middle.estimatedRows * planner.fanOut(of: near, fromLabel: label)
    let farRows = middle.estimatedRows * planner.fanOut(of: far, fromLabel: label)
    guard region.listedRows > middle.estimatedRows + nearRows + farRows,
      let (parts, whole, averages) = parts(of: aggregation, factors)
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

  /// What stands in a sum of products: a value of a row, and one that is summed up far away.
  private struct Factors {
    let near: BoundExpression
    let far: BoundExpression
  }

  /// The two steps from the node in the middle: to the one that keys read, and to the one that is aggregated. With the
  /// factors of each aggregate that is a sum of products.
  private func steps(
    of region: PatternRegion, reading aggregation: BoundAggregation
  ) -> (near: Expansion, far: Expansion, factors: [Factors?])? {
    guard let (one, other) = region.stepsFromMiddle, one.direction != .either, other.direction != .either else {
      return nil
    }
    func reads(_ expressions: [BoundExpression]) -> Set<VariableID> {
      expressions.reduce(into: []) { $0.formUnion($1.freeVariables(subqueries: planner.subqueries)) }
    }
    let keys = reads(aggregation.keys.map(\.expression))
    for (near, far) in [(one, other), (other, one)] where keys.isSubset(of: [near.to]) {
      let factors = aggregation.aggregates.map { self.factors(of: $0.aggregate, near, far) }
      let areRead = zip(aggregation.aggregates, factors).allSatisfy { $1 != nil || canBeRead($0.aggregate, at: far) }
      let readsAny = aggregation.aggregates.contains { !$0.aggregate.arguments.isEmpty }
      if areRead && readsAny { return (near, far, factors) }
    }
    return nil
  }

  /// The factors of a sum or an average of products of something near and something far.
  private func factors(of aggregate: BoundAggregate, _ near: Expansion, _ far: Expansion) -> Factors? {
    guard let name = aggregate.function?.name, name == "sum" || name == "avg", aggregate.arguments.count == 1,
      case .binary(.multiply, let left, let right, _) = aggregate.arguments[0].kind
    else { return nil }
    let end: Set = [near.to, near.relationship]
    for (one, other) in [(left, right), (right, left)] {
      var summed = aggregate
      summed.arguments = [other]
      let reads = one.freeVariables(subqueries: planner.subqueries)
      let isNear = !reads.isEmpty && reads.isSubset(of: end) && !one.containsSubquery && !one.isNondeterministic
      if isNear, canBeRead(summed, at: far) { return Factors(near: one, far: other) }
    }
    return nil
  }

  /// What is aggregated for each node in the middle, what is made of that for each group, and the averages from sums and
  /// counts.
  private mutating func parts(
    of aggregation: BoundAggregation, _ factors: [Factors?]
  ) -> (
    parts: [(variable: VariableID, aggregate: BoundAggregate)],
    whole: [(variable: VariableID, aggregate: BoundAggregate)], averages: [BoundAssignment]
  )? {
    func named(_ name: String) -> AggregateFunction? {
      FunctionRegistry.aggregateFunctions.first { $0.name == name }
    }
    guard let sum = named("sum"), let count = named("count") else { return nil }
    var parts: [(variable: VariableID, aggregate: BoundAggregate)] = []
    var whole: [(variable: VariableID, aggregate: BoundAggregate)] = []
    var averages: [BoundAssignment] = []
    /// Adds a part, and gives its column.
    func part(_ aggregate: BoundAggregate, _ function: AggregateFunction?) -> BoundExpression {
      let column = planner.makeVariable(.any)
      var part = aggregate
      part.function = function
      parts.append((column, part))
      return BoundExpression(.variable(column), at: aggregate.range)
    }
    /// Adds what is made of a part in each group, and gives the column of that.
    func total(
      _ aggregate: BoundAggregate, _ function: AggregateFunction, of argument: BoundExpression,
      into column: VariableID? = nil
    ) -> BoundExpression {
      let column = column ?? planner.makeVariable(.any)
      var total = aggregate
      total.function = function
      total.arguments = [argument]
      whole.append((column, total))
      return BoundExpression(.variable(column), at: aggregate.range)
    }
    for (index, (variable, aggregate)) in aggregation.aggregates.enumerated() {
      let isAverage = aggregate.function?.name == "avg"
      let (sums, numbers): (BoundExpression, BoundExpression?)
      if let factors = factors[index] {
        guard let made = products(factors, aggregate, isAverage: isAverage, part, total) else { return nil }
        (sums, numbers) = made
      } else if isAverage {
        (sums, numbers) = (part(aggregate, sum), part(aggregate, count))
      } else {
        let isExtreme = ["min", "max"].contains(aggregate.function?.name)
        let own = part(aggregate, aggregate.function)
        _ = total(aggregate, isExtreme ? aggregate.function ?? sum : sum, of: own, into: variable)
        continue
      }
      guard let numbers else {
        _ = total(aggregate, sum, of: sums, into: variable)
        continue
      }
      let range = aggregate.range
      let total = (sum: total(aggregate, sum, of: sums), number: total(aggregate, sum, of: numbers))
      guard let average = average(of: total.sum, numbering: total.number, at: range) else { return nil }
      averages.append(BoundAssignment(variable: variable, expression: average))
    }
    return (parts, whole, averages)
  }

  /// An average from a sum and the number of what is summed up; null of nothing.
  func average(of sum: BoundExpression, numbering number: BoundExpression, at range: SourceRange) -> BoundExpression? {
    guard let toFloat = FunctionRegistry.shared.scalar(named: "toFloat") else { return nil }
    let zero = BoundExpression(.constant(.integer(0)), at: range, type: .integer)
    let quotient = BoundExpression(
      .binary(
        .divide, BoundExpression(.call(toFloat, [sum]), at: range, type: .float), number, operatorRange: range),
      at: range, type: .float)
    let isEmpty = BoundExpression(.comparison(.equal, number, zero, operatorRange: range), at: range, type: .boolean)
    let null = BoundExpression(.constant(.null), at: range, type: .null)
    return BoundExpression(
      .conditional(subject: nil, branches: [BoundBranch(when: isEmpty, then: null)], otherwise: quotient),
      at: range, type: .float)
  }

  /// What each row adds to a sum of products, and to their number: what is near times the sum of what is far.
  private func products(
    _ factors: Factors, _ aggregate: BoundAggregate, isAverage: Bool,
    _ part: (BoundAggregate, AggregateFunction?) -> BoundExpression,
    _ total: (BoundAggregate, AggregateFunction, BoundExpression, VariableID?) -> BoundExpression
  ) -> (sums: BoundExpression, numbers: BoundExpression?)? {
    let functions = FunctionRegistry.aggregateFunctions
    guard let sum = functions.first(where: { $0.name == "sum" }),
      let count = functions.first(where: { $0.name == "count" }),
      let max = functions.first(where: { $0.name == "max" }), let abs = FunctionRegistry.shared.scalar(named: "abs")
    else { return nil }
    let range = aggregate.range
    func isZero(_ number: BoundExpression) -> BoundExpression {
      let zero = BoundExpression(.constant(.integer(0)), at: range, type: .integer)
      return BoundExpression(.comparison(.equal, number, zero, operatorRange: range), at: range, type: .boolean)
    }
    func times(_ other: BoundExpression) -> BoundExpression {
      BoundExpression(.binary(.multiply, factors.near, other, operatorRange: range), at: range)
    }
    func when(_ condition: BoundExpression, _ value: Value, otherwise: BoundExpression) -> BoundExpression {
      let then = BoundExpression(.constant(value), at: range)
      return BoundExpression(
        .conditional(subject: nil, branches: [BoundBranch(when: condition, then: then)], otherwise: otherwise),
        at: range)
    }
    var far = aggregate
    far.arguments = [factors.far]
    let (sums, numbers) = (part(far, sum), part(far, count))
    // Where no product of the far sizes is too large for an integer, none of the products that are summed up is.
    far.arguments = [BoundExpression(.call(abs, [factors.far]), at: factors.far.range)]
    _ = total(aggregate, max, times(part(far, sum)), nil)
    let isMissing = BoundExpression(.isNull(factors.near, isNegated: false), at: range, type: .boolean)
    return (
      when(isZero(numbers), .null, otherwise: times(sums)),
      isAverage ? when(isMissing, .integer(0), otherwise: numbers) : nil
    )
  }
}
