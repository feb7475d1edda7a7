extension RewriteRules {
  /// A subquery of which only the number of rows matters, as in `COUNT { (a)-[:KNOWS]->(b) WHERE b.age > 30 }`, counts
  /// matches at a node and lists none; without conditions that is its degree. `size` of a pattern comprehension is such
  /// a subquery, and so is `EXISTS`.
  ///
  /// Before: a plan that is run for each batch. After: a pattern, whose counter tests each node at the other end once
  /// for the whole query.
  ///
  /// Holds when the subquery is nothing but a pattern that hangs on one variable of the rows around it, its conditions
  /// read one node each, and what it computes of its rows cannot fail.
  func countedPattern(of subplan: Subplan) -> CountedPattern? {
    switch subplan.kind {
    case .exists, .count: break
    case .collect, .first: return nil
    }
    return countedPattern(below: subplan.plan)?.pattern
  }

  /// What is counted instead of the rows that a plan makes of those of its argument, and what the plan binds that is never
  /// null.
  func countedPattern(below plan: Plan) -> (pattern: CountedPattern, region: PatternRegion, bound: Set<VariableID>)? {
    var plan = plan
    var paths: [VariableID] = []
    while case .project(let assignments) = plan.kind {
      guard !assignments.contains(where: { $0.expression.mayFail || $0.expression.isNondeterministic }) else {
        return nil
      }
      paths += assignments.filter { if case .path = $0.expression.kind { true } else { false } }.map(\.variable)
      plan = plan.inputs[0]
    }
    guard var region = region(below: plan), case .argument = region.base.kind,
      region.steps.count <= RewriteRules.countedStepLimit
    else { return nil }
    // Conditions on the node around which everything is go with the others on single nodes.
    for condition in region.others {
      guard condition.freeVariables(subqueries: planner.subqueries) == [region.start], !condition.containsSubquery
      else { return nil }
    }
    let rootConditions = region.others
    region.needed = []
    guard var (pattern, _) = region.countedBranches(isTotal: false, planner), pattern.root == region.start else {
      return nil
    }
    pattern.conditions[pattern.root] = rootConditions.isEmpty ? nil : rootConditions
    return (pattern, region, region.nodes.union(region.relationships).union(paths))
  }
}
