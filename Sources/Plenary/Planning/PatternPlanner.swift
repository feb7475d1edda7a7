import PlenarySyntax

extension Planner {
  /// Plans the matching of a pattern on top of some rows.
  ///
  /// Every part of the pattern that hangs together starts from a bound node, an index or the smallest scan, and grows
  /// by the relationship that is expected to add fewest rows. Conditions are tested as soon as what they read is bound;
  /// a careful plan leaves those that may fail to the end.
  mutating func plan(_ pattern: GraphPattern, on input: Plan, bound: inout Set<VariableID>) -> Plan {
    var solver = PatternSolver(
      pattern: pattern, solved: bound, subqueries: subqueries, holdsBackFailing: isCareful || !usesOptimizer)
    if usesOptimizer { prepareStarts(&solver) }
    var plan = filter(input, by: solver.testsOfBoundElements(variables))
    plan = applyConditions(&solver, on: plan)
    while let step = solver.hasWork ? chooseStep(&solver) : nil {
      plan = apply(step, to: plan, &solver)
    }
    plan = planSearches(&solver, on: plan)
    if !pattern.paths.isEmpty {
      plan = Plan(.project(pattern.paths), plan, estimatedRows: plan.estimatedRows)
      solver.solved.formUnion(pattern.paths.map(\.variable))
    }
    bound = solver.solved
    return filter(plan, by: solver.takeAllConditions())
  }

  /// One way to bind more of a pattern.
  enum PatternStep {
    case expand(index: Int, isReversed: Bool, cost: Double)
    case start(node: VariableID)
  }

  private func chooseStep(_ solver: inout PatternSolver) -> PatternStep? {
    // A node that a unique key names costs no rows, and the steps to it become mere tests.
    if usesOptimizer, let node = solver.nodes.first(where: { solver.seek(for: $0)?.isUnique ?? false }) {
      return .start(node: node)
    }
    var best: (step: PatternStep, cost: Double)?
    for (index, relationship) in solver.relationships.enumerated() {
      for isReversed in [false, true] {
        let from = isReversed ? relationship.to : relationship.from
        guard solver.solved.contains(from) || relationship.isBound else { continue }
        if isReversed, relationship.isBound { continue }
        let expansion = solver.expansion(of: relationship, isReversed: isReversed)
        var cost = fanOut(of: expansion, fromLabel: solver.label(of: from), after: solver.matched)
        if expansion.isInto { cost = Swift.min(cost, 0.5) }
        if relationship.isBound { cost = 0 }
        if let length = relationship.length {
          let steps = Double(Swift.min(length.max ?? 8, 8))
          cost = expansion.isInto ? cost * 10 : Swift.max(cost, 1.5) * steps
        } else if let label = solver.label(of: expansion.to), !expansion.isInto {
          cost *= Swift.max(labelShare(label, endOf: expansion), 0.01).squareRoot()
        }
        if best == nil || cost < best!.cost {
          best = (.expand(index: index, isReversed: isReversed, cost: cost), cost)
        }
        if !usesOptimizer { return best?.step }
      }
    }
    if let best { return best.step }
    guard let first = solver.nodes.first else { return nil }
    guard usesOptimizer else { return .start(node: first) }
    let costs = solver.nodes.map { ($0, cost: costOfStart(at: $0, solver)) }
    return .start(node: costs.min { $0.cost < $1.cost }?.0 ?? first)
  }

  /// How many rows a pattern that starts at a node is expected to have to go through: those of the node, and those that
  /// the step makes of them that adds fewest.
  private func costOfStart(at node: VariableID, _ solver: PatternSolver) -> Double {
    let rows = Swift.min(solver.seek(for: node)?.rows ?? .infinity, solver.scanRows[node] ?? 1)
    let fanOuts = solver.relationships.flatMap { relationship in
      [false, true].compactMap { isReversed -> Double? in
        guard (isReversed ? relationship.to : relationship.from) == node, relationship.length == nil else { return nil }
        return fanOut(of: solver.expansion(of: relationship, isReversed: isReversed), fromLabel: solver.label(of: node))
      }
    }
    return rows * (1 + (fanOuts.min() ?? 0))
  }

  private mutating func apply(_ step: PatternStep, to input: Plan, _ solver: inout PatternSolver) -> Plan {
    switch step {
    case .expand(let index, let isReversed, _):
      let end = solver.expansion(of: solver.relationships[index], isReversed: isReversed)
      let plan = expand(index, isReversed: isReversed, on: input, &solver)
      return applyConditions(&solver, on: plan, after: end)
    case .start(let node):
      return start(at: node, on: input, &solver)
    }
  }

  // MARK: Starting

  /// Binds the first node of a part of the pattern that hangs on nothing bound so far.
  private mutating func start(at node: VariableID, on input: Plan, _ solver: inout PatternSolver) -> Plan {
    guard usesOptimizer else { return applyConditions(&solver, on: scan(for: node, on: input, &solver)) }
    if let seek = solver.seek(for: node), input.isSingleRow || isWorthRepeating(seek, on: input, node, solver) {
      return applyConditions(&solver, on: find(node, by: seek, on: input, &solver))
    }
    // An argument may be many rows.
    if !input.isSingleRow || input.isArgument && solver.hasEquality(joining: node, subqueries) {
      return join(with: node, on: input, &solver)
    }
    return applyConditions(&solver, on: scan(for: node, on: input, &solver))
  }

  private func find(
    _ node: VariableID, by seek: PatternSolver.Seek, on input: Plan, _ solver: inout PatternSolver
  ) -> Plan {
    solver.solve(node)
    solver.conditions.removeAll { seek.conditions.contains($0.id) }
    solver.takeLabel(seek.search.label, of: node)
    return Plan(.indexSeek(node, seek.search), input, estimatedRows: input.estimatedRows * seek.rows)
  }

  /// Whether to ask an index for each row, instead of finding the nodes once and joining them with the rows.
  private func isWorthRepeating(
    _ seek: PatternSolver.Seek, on input: Plan, _ node: VariableID, _ solver: PatternSolver
  ) -> Bool {
    if seek.isUnique { return true }
    guard !seek.variables.isEmpty else { return input.estimatedRows <= 4 }
    // Without an equality every pair of rows would be made.
    guard case .equal = seek.search.wanted else { return !solver.hasEquality(joining: node, subqueries) }
    return input.estimatedRows <= (solver.scanRows[node] ?? 1) / 2 + 16
  }

  private func scan(for node: VariableID, on input: Plan, _ solver: inout PatternSolver) -> Plan {
    let label = solver.takeLabel(of: node, counting: statistics)
    solver.solve(node)
    let count = label.map { labelShare($0) * Double(statistics.nodeCount) } ?? Double(statistics.nodeCount)
    return Plan(.nodeScan(node, label: label), input, estimatedRows: input.estimatedRows * count)
  }

  /// Plans a part that shares nothing with the rows so far by itself, and joins the two.
  private mutating func join(with node: VariableID, on input: Plan, _ solver: inout PatternSolver) -> Plan {
    let before = solver.solved
    var inner = solver
    inner.solved = []
    inner.restrict(toPartOf: node)
    guard inner.canBePlannedAlone(beside: solver, subqueries) else {
      return applyConditions(&solver, on: scan(for: node, on: input, &solver))
    }
    let clashes = inner.relationships.flatMap { own in
      solver.matched.filter { $0.mayEqual(own) }.map { (own, $0) }
    }
    inner.matched = []
    let ownConditions = inner.takeOwnConditions()
    var part = inner
    part.conditions = ownConditions
    var right = start(at: node, on: Plan(.unit, estimatedRows: 1), &part)
    while let step = part.hasWork ? chooseStep(&part) : nil {
      right = apply(step, to: right, &part)
    }
    solver.finish(part)
    // Equalities between the two sides become the keys of a hash join.
    var keys: [(left: BoundExpression, right: BoundExpression)] = []
    solver.conditions.removeAll { condition in
      guard !condition.waits, condition.variables.isSubset(of: solver.solved),
        case .comparison(.equal, let a, let b, _) = condition.expression.kind
      else { return false }
      let readsA = a.freeVariables(subqueries: subqueries)
      let readsB = b.freeVariables(subqueries: subqueries)
      guard !readsA.isEmpty, !readsB.isEmpty else { return false }
      if readsA.isSubset(of: before), readsB.isSubset(of: part.solved) {
        keys.append((a, b))
        return true
      }
      if readsB.isSubset(of: before), readsA.isSubset(of: part.solved) {
        keys.append((b, a))
        return true
      }
      return false
    }
    let joined = keys.isEmpty ? product(input, right) : join(input, right, on: keys)
    return applyConditions(&solver, on: filter(joined, by: clashes.map(PatternRelationship.differ)))
  }

  private func product(_ left: Plan, _ right: Plan) -> Plan {
    Plan(.cartesianProduct, left, right, estimatedRows: left.estimatedRows * right.estimatedRows)
  }

  /// The hash table is made of the side with fewer rows, if both sides can be read in any order.
  private func join(
    _ left: Plan, _ right: Plan, on keys: [(left: BoundExpression, right: BoundExpression)]
  ) -> Plan {
    let (fewer, more) = (
      Swift.min(left.estimatedRows, right.estimatedRows), Swift.max(left.estimatedRows, right.estimatedRows)
    )
    // As many matches as if the values of the keys were spread evenly over the larger side.
    let share = keys.reduce(1.0) { share, key in
      share * (equalityShare(key.left, key.right) ?? (1 / Swift.max(1, more)))
    }
    let rows = Swift.max(1, fewer * more * share)
    guard left.estimatedRows < right.estimatedRows, left.canBeReadLater else {
      return Plan(.hashJoin(keys), left, right, estimatedRows: rows)
    }
    return Plan(.hashJoin(keys.map { (left: $0.right, right: $0.left) }), right, left, estimatedRows: rows)
  }

  /// Finds out once for all nodes what a scan is expected to give, and what an index can find.
  private func prepareStarts(_ solver: inout PatternSolver) {
    for node in solver.nodes {
      var rows = Double(statistics.nodeCount)
      if let label = solver.label(of: node) { rows *= labelShare(label) }
      solver.scanRows[node] = rows
    }
    for condition in solver.conditions where condition.variables.count == 1 {
      guard let node = condition.variables.first, let rows = solver.scanRows[node] else { continue }
      if case .hasLabels = condition.expression.kind { continue }
      solver.scanRows[node] = rows * selectivity(of: condition.expression, label: solver.label(of: node))
    }
    prepareSeeks(&solver)
  }

  // MARK: Growing

  private mutating func expand(_ index: Int, isReversed: Bool, on input: Plan, _ solver: inout PatternSolver) -> Plan {
    var relationship = solver.relationships[index]
    var expansion = solver.expansion(of: relationship, isReversed: isReversed)
    solver.relationships.remove(at: index)
    solver.matched.append(relationship)
    if relationship.isBound, relationship.length == nil {
      solver.solve(expansion.from)
      solver.solve(expansion.to)
      return Plan(.relationshipEnds(expansion), input, estimatedRows: input.estimatedRows)
    }
    var bound: VariableID?
    if relationship.isBound {
      // A list bound before: find the trails anew and keep the equal one.
      bound = relationship.variable
      relationship.variable = makeVariable(.list)
      expansion.relationship = relationship.variable
      if !solver.solved.contains(expansion.from) {
        return trail(bound!, expansion, relationship, on: scan(for: expansion.from, on: input, &solver), &solver)
      }
      return trail(bound!, expansion, relationship, on: input, &solver)
    }
    let earlier = Array(solver.matched.dropLast())
    let fan = fanOut(of: expansion, fromLabel: solver.label(of: expansion.from), after: earlier)
    let rows = input.estimatedRows * (expansion.isInto ? Swift.min(fan, 0.5) : fan)
    solver.solve(expansion.to)
    solver.solved.insert(relationship.variable)
    if let length = relationship.length {
      return Plan(
        .variableLengthExpand(expansion, length, elementProperties: relationship.elementProperties), input,
        estimatedRows: rows * 3)
    }
    return Plan(.expand(expansion), input, estimatedRows: rows)
  }

  private func trail(
    _ bound: VariableID, _ expansion: Expansion, _ relationship: PatternRelationship, on input: Plan,
    _ solver: inout PatternSolver
  ) -> Plan {
    var expansion = expansion
    expansion.isInto = solver.solved.contains(expansion.to)
    solver.solve(expansion.to)
    let plan = Plan(
      .variableLengthExpand(
        expansion, relationship.length ?? PathLength(min: 1, max: nil),
        elementProperties: relationship.elementProperties), input, estimatedRows: input.estimatedRows)
    let equal = BoundExpression(
      .comparison(
        .equal, BoundExpression(.variable(relationship.variable), at: relationship.range, type: .list),
        BoundExpression(.variable(bound), at: relationship.range, type: .list), operatorRange: relationship.range),
      at: relationship.range, type: .boolean)
    return filter(plan, by: [equal])
  }

  private mutating func planSearches(_ solver: inout PatternSolver, on input: Plan) -> Plan {
    var plan = input
    for search in solver.pattern.searches {
      for end in [search.relationship.from, search.relationship.to] where !solver.solved.contains(end) {
        plan = start(at: end, on: plan, &solver)
      }
      plan = Plan(.shortestPath(search), plan, estimatedRows: plan.estimatedRows)
      solver.solved.insert(search.relationship.variable)
      solver.solved.insert(search.path)
      plan = applyConditions(&solver, on: plan)
    }
    return plan
  }

  // MARK: Conditions

  /// Tests every condition that can be tested now.
  ///
  /// - Parameter step: the step that made the rows.
  private func applyConditions(
    _ solver: inout PatternSolver, on input: Plan, after step: Expansion? = nil
  ) -> Plan {
    if !usesOptimizer, solver.hasWork { return input }
    let ready = solver.takeReadyConditions()
    guard !ready.isEmpty else { return input }
    let share = ready.reduce(1.0) { share, condition in
      if let step, !step.isInto, let label = condition.testedLabel, case .hasLabels(let subject, _) = condition.kind,
        subject.isReference(to: step.to)
      {
        return share * labelShare(label, endOf: step)
      }
      let reads = condition.freeVariables(subqueries: subqueries)
      let label = reads.count == 1 ? reads.first.flatMap { solver.label(of: $0) } : nil
      return share * selectivity(of: condition, label: label)
    }
    return Plan(.filter(ready), input, estimatedRows: input.estimatedRows * share)
  }
}

extension Plan {
  /// Whether it gives the same rows when it is read after something else: it changes nothing, and needs no argument.
  fileprivate var canBeReadLater: Bool {
    var isHarmless = true
    forEachOperator { plan in
      switch plan.kind {
      case .argument, .create, .merge, .set, .remove, .delete, .call: isHarmless = false
      default: break
      }
    }
    return isHarmless
  }

  fileprivate var isArgument: Bool { if case .argument = kind { true } else { false } }

  /// Whether it is one row for sure, or the rows of an argument, which are independent of each other.
  fileprivate var isSingleRow: Bool {
    switch kind {
    case .unit, .argument: true
    case .indexSeek: false
    default: false
    }
  }
}
