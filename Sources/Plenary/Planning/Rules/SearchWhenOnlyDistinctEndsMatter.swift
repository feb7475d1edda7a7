import PlenarySyntax

extension RewriteRules {
  /// When only the different nodes at the end of a chain matter, each node is visited once, however many ways lead
  /// to it: `count(DISTINCT b)` over `(a)-[*1..3]->(b)` is a breadth-first search.
  ///
  /// Before: `Aggregate count(DISTINCT b)` or `Distinct` over `Expand` or `VarLengthExpand`. After: the same over
  /// `Reach`; a DISTINCT that has nothing left to do goes away.
  ///
  /// Holds when what is above drops duplicates and reads no variable but the last node, with only filters and
  /// computed columns in between that chance has no part in. A chain of single steps may not share its
  /// relationships with the rest of the pattern. For a variable length, which must allow one step or none, a walk
  /// reaches the same nodes as a trail: a shortest walk to another node repeats no node, and a shortest directed one back
  /// to the start is a cycle that repeats none but the start. An undirected one may go and come by one relationship, so
  /// there the start must count anyway.
  func searchWhenOnlyDistinctEndsMatter(_ plan: Plan) -> Plan? {
    guard dropsDuplicates(plan), let result = searching(plan.inputs[0], depth: 0) else { return nil }
    var plan = plan
    plan.inputs[0] = result.plan
    switch plan.kind {
    case .aggregate(var aggregation):
      for index in aggregation.aggregates.indices {
        // Rows are distinct already.
        let aggregate = aggregation.aggregates[index].aggregate
        if aggregate.isDistinct, aggregate.arguments[0].isReference(to: result.end) {
          aggregation.aggregates[index].aggregate.isDistinct = false
        }
      }
      plan.kind = .aggregate(aggregation)
    case .distinct(let columns) where columns == [result.end]: return plan.inputs[0]
    default: break
    }
    return plan
  }

  /// Whether an operator gives the same rows when its input has each of its rows once.
  private func dropsDuplicates(_ plan: Plan) -> Bool {
    switch plan.kind {
    case .distinct: true
    case .aggregate(let aggregation):
      aggregation.aggregates.allSatisfy { _, aggregate in
        (aggregate.isDistinct || aggregate.function?.name == "min" || aggregate.function?.name == "max")
          && !aggregate.arguments.contains(where: \.isNondeterministic)
      } && !aggregation.keys.contains(where: \.expression.isNondeterministic)
    default: false
    }
  }

  /// The plan below such an operator, searching; and the node that its rows are distinct in.
  private func searching(_ plan: Plan, depth: Int) -> (plan: Plan, end: VariableID)? {
    guard depth < RewriteRules.reachDepthLimit else { return nil }
    var plan = plan
    switch plan.kind {
    case .filter(let conditions):
      guard !conditions.contains(where: \.isNondeterministic), let inner = searching(plan.inputs[0], depth: depth + 1),
        conditions.allSatisfy({ readsOnly(inner.end, $0) })
      else { return nil }
      plan.inputs[0] = inner.plan
      return (plan, inner.end)
    case .project(let assignments):
      guard !assignments.contains(where: \.expression.isNondeterministic),
        let inner = searching(plan.inputs[0], depth: depth + 1),
        assignments.allSatisfy({ readsOnly(inner.end, $0.expression) })
      else { return nil }
      plan.inputs[0] = inner.plan
      return (plan, inner.end)
    case .variableLengthExpand(let step, let length, let properties):
      guard Set(plan.live).isSubset(of: [step.to]), !step.isInto, step.excluding.isEmpty, properties.isEmpty,
        length.min == 0 || (length.min == 1 && step.direction != .either)
      else { return nil }
      let reach = ReachPattern(from: step.from, to: step.to, steps: [step], length: length)
      return (Plan(.reach(reach), plan.inputs[0], estimatedRows: plan.estimatedRows), step.to)
    case .expand: return chain(plan)
    default: return nil
    }
  }

  private func readsOnly(_ node: VariableID, _ expression: BoundExpression) -> Bool {
    expression.freeVariables(subqueries: planner.subqueries).isSubset(of: [node])
  }

  /// Single steps after each other, with the conditions on the nodes between them.
  private func chain(_ plan: Plan) -> (plan: Plan, end: VariableID)? {
    guard case .expand(let last) = plan.kind, !last.isInto, Set(plan.live).isSubset(of: [last.to]) else { return nil }
    var reach = ReachPattern(from: last.from, to: last.to, steps: [last])
    var base = plan.inputs[0]
    while reach.steps.count < RewriteRules.reachStepLimit {
      // What is between two steps must be conditions on the node between them.
      var place = base
      var conditions: [BoundExpression] = []
      while case .filter(let more) = place.kind {
        conditions += more
        place = place.inputs[0]
      }
      guard case .expand(let step) = place.kind, !step.isInto, step.to == reach.from,
        conditions.allSatisfy({ readsOnly(step.to, $0) && !$0.isNondeterministic && !$0.containsSubquery })
      else { break }
      if !conditions.isEmpty { reach.conditions[step.to] = conditions }
      reach.steps.insert(step, at: 0)
      reach.from = step.from
      base = place.inputs[0]
    }
    let own = Set(reach.steps.map(\.relationship))
    guard reach.steps.allSatisfy({ own.isSuperset(of: $0.excluding) }) else { return nil }
    return (Plan(.reach(reach), base, estimatedRows: plan.estimatedRows), last.to)
  }

  /// How many filters and computed columns may lie between.
  static let reachDepthLimit = 16

  /// Where relationships could repeat, chains are walked by recursion.
  static let reachStepLimit = 16
}
