import PlenarySyntax

extension RewriteRules {
  /// Pairs of two ends of a path that are compared are counted, not listed: `count(*)` over `(a)-->(b)-->(c)` with
  /// `a.age < c.age` looks up for each `a` how many `c` are older, among the ones behind `b` sorted by age.
  ///
  /// Before: `Aggregate count(*)` over `Filter` over two steps. After: `AggregateNeighbours` with the comparison, over the
  /// step to the other end; as a `Shortcut`, since values may turn out to have no order in common.
  ///
  /// Holds when every aggregate counts all matches, keys read no more than one end and the middle, and the conditions that
  /// read the other end beside something else compare one value of it, alone or in a sum, difference or product; another
  /// may have to be equal to something.
  mutating func countComparedNeighboursWithoutListingThem(_ plan: Plan) -> Plan? {
    guard case .aggregate(let aggregation) = plan.kind, !aggregation.aggregates.isEmpty,
      !aggregation.keys.contains(where: \.expression.isNondeterministic),
      let region = region(below: plan.inputs[0]), region.isScan, !region.others.isEmpty,
      let (one, other) = region.stepsFromMiddle
    else { return nil }
    let countsAll = measures(of: aggregation, nodes: [], bound: region.nodes.union(region.relationships)) != nil
    guard countsAll else { return nil }
    // Relationships lie in the order of those that leave a node.
    let pairs = other.direction == .right ? [(other, one), (one, other)] : [(one, other), (other, one)]
    let plans = pairs.compactMap { near, far in counting(at: far, seenFrom: near, in: region, aggregation, plan) }
    return plans.min { $0.cost < $1.cost }?.plan
  }

  private mutating func counting(
    at far: Expansion, seenFrom near: Expansion, in region: PatternRegion, _ aggregation: BoundAggregation, _ plan: Plan
  ) -> (plan: Plan, cost: Double)? {
    let subqueries = planner.subqueries
    func reads(_ expression: BoundExpression) -> Set<VariableID> { expression.freeVariables(subqueries: subqueries) }
    let end: Set = [far.to, far.relationship]
    guard aggregation.keys.allSatisfy({ reads($0.expression).isDisjoint(with: end) }) else { return nil }
    let ofRows = region.others.filter { reads($0).isDisjoint(with: end) }
    let compared = region.others.filter { !reads($0).isDisjoint(with: end) }
    guard var comparisons = comparisons(compared, far.relationship, end, reads) else { return nil }
    if region.mustDiffer, let isTaken = isTaken(near, by: far) {
      guard isTaken else { return nil }
      comparisons.ownMatch = ownMatch(comparisons, region.conditions[far.to] ?? [], near, far)
      // It leads from the middle back to its own end; against its direction only where it is a loop.
      if near.direction != far.direction { comparisons.ownMatch?.loopEnd = near.to }
      if let condition = comparisons.ownMatch?.condition, !reads(condition).isDisjoint(with: end) { return nil }
    }
    let nearConditions = region.conditions[near.to] ?? []
    let middle = scan(for: near.from, region.conditions[near.from] ?? [])
    let label = planner.label(askedBy: region.conditions[near.from] ?? [])
    let rows = middle.estimatedRows * planner.fanOut(of: near, fromLabel: label)
    let input = planner.filter(Plan(.expand(near), middle, estimatedRows: rows), by: nearConditions + ofRows)
    let ends = Double(planner.relationshipCount(of: far.types))
    let sorted = planner.filter(
      Plan(.expand(far), middle, estimatedRows: ends), by: comparisons.ofRelationship
    ).estimatedRows
    let cost = middle.estimatedRows + rows + ends + (input.estimatedRows + sorted) * RewriteRules.searchCost
    guard cost < listingCost(of: region) else { return nil }
    var counts = aggregation
    for index in counts.aggregates.indices {
      counts.aggregates[index].aggregate.function = nil
      counts.aggregates[index].aggregate.arguments = []
    }
    let neighbours = NeighbourAggregation(
      aggregation: counts, step: far, conditions: region.conditions[far.to] ?? [], comparisons: comparisons,
      listing: plan)
    var result = Plan(.aggregateNeighbours(neighbours), input, estimatedRows: plan.estimatedRows)
    result.steps = rows + ends
    return (Plan(.shortcut(for: plan, loopFree: [], finite: []), result, estimatedRows: plan.estimatedRows), cost)
  }

  /// How much more it takes to sort or to search a node's neighbours than to look at a relationship.
  private static let searchCost = 5.0

  /// Conditions as comparisons of one value, and an equality of another, beside those of the relationship alone; `nil`
  /// where one of them is something else.
  private func comparisons(
    _ conditions: [BoundExpression], _ relationship: VariableID, _ neighbour: Set<VariableID>,
    _ reads: (BoundExpression) -> Set<VariableID>
  ) -> NeighbourComparisons? {
    guard !conditions.contains(where: \.containsSubquery) else { return nil }
    let ofRelationship = conditions.filter { reads($0) == [relationship] }
    var numbering = ValueNumbering(subqueries: planner.subqueries, subplans: subplans)
    var found: [(number: Int, value: BoundExpression, comparisons: [NeighbourComparisons.Comparison])] = []
    for condition in conditions where reads(condition) != [relationship] {
      guard let (value, more) = NeighbourComparisons.comparisons(of: condition, neighbour: neighbour, reads: reads),
        let number = numbering.node(of: value).number
      else { return nil }
      if let known = found.firstIndex(where: { $0.number == number }) {
        found[known].comparisons += more
      } else {
        found.append((number, value, more))
      }
    }
    var equality: NeighbourComparisons.Equality?
    if found.count == 2,
      let index = found.firstIndex(where: { $0.comparisons.count == 1 && $0.comparisons[0].isEquality })
    {
      let (_, value, comparisons) = found.remove(at: index)
      equality = .init(value: value, bound: comparisons[0].bound)
    }
    guard found.count == 1, let (_, value, comparisons) = found.first else { return nil }
    // What is unequal is left out last, and all at once.
    let unequal = comparisons.filter { $0.operator == .notEqual }
    guard unequal.count <= 1 else { return nil }
    return NeighbourComparisons(
      value: value, comparisons: comparisons.filter { $0.operator != .notEqual } + unequal, equality: equality,
      ofRelationship: ofRelationship, conditions: conditions)
  }

  /// Whether a step can take every relationship of another, as far as types go; `nil` where it can take none.
  private func isTaken(_ near: Expansion, by far: Expansion) -> Bool? {
    guard let taken = far.types.map({ Set($0.map(ExactText.init)) }) else { return true }
    guard let types = near.types.map({ Set($0.map(ExactText.init)) }) else { return false }
    return types.isDisjoint(with: taken) ? nil : types.isSubset(of: taken)
  }

  /// Whether the end of the row meets what the other end is asked; `nil` where it never does.
  private func ownMatch(
    _ comparisons: NeighbourComparisons, _ conditions: [BoundExpression], _ near: Expansion, _ far: Expansion
  ) -> NeighbourComparisons.OwnMatch? {
    let own = [far.to: near.to, far.relationship: near.relationship]
    var numbering = ValueNumbering(subqueries: planner.subqueries, subplans: subplans)
    let value = numbering.node(of: comparisons.value.replacing(own)).number
    for comparison in comparisons.comparisons {
      // Nothing is less than itself, nor differs from it.
      guard case .alone = comparison.combination, [.less, .greater, .notEqual].contains(comparison.operator),
        let value, value == numbering.node(of: comparison.bound).number
      else { continue }
      return nil
    }
    let all = (conditions + comparisons.conditions).map { $0.replacing(own) }
    return NeighbourComparisons.OwnMatch(
      condition: BoundExpression(.logical(.and, all), at: comparisons.conditions[0].range, type: .boolean))
  }
}
