import PlenarySyntax

extension Planner {
  /// A pattern with `a.id = 1 OR b.id = 2` over several nodes is matched once for each of these, each starting where it can
  /// start best; a match of a later one is one that no earlier one has.
  ///
  /// Before: `Filter a.id = 1 OR b.id = 2` over all matches of the pattern. After: `Union` of two patterns, each with one of
  /// the conditions.
  ///
  /// Holds at the start of a query for conditions that cannot fail and that chance has no part in; done where it is
  /// expected to be far less work.
  mutating func planAlternatives(
    of pattern: GraphPattern, on input: Plan, bound: inout Set<VariableID>
  ) -> Plan? {
    guard usesOptimizer, case .unit = input.kind, pattern.nodes.count > 1, pattern.searches.isEmpty,
      let (place, operands) = alternatives(of: pattern)
    else { return nil }
    let before = bound
    var together = bound
    let whole = plan(pattern, on: input, bound: &together)
    var parts: [Plan] = []
    for (index, operand) in operands.enumerated() {
      var part = pattern
      part.predicates[place] = operand
      part.predicates.insert(contentsOf: operands[..<index].map(\.isNotTrue), at: place + 1)
      var own = before
      parts.append(plan(part, on: input, bound: &own))
    }
    bound = together
    guard parts.reduce(0, { $0 + $1.totalWork }) * Planner.worthPlanningApart < whole.totalWork else { return whole }
    let columns = together.subtracting(before).sorted()
    return Plan(
      .union(columns: columns, sources: parts.map { _ in columns }), inputs: parts,
      estimatedRows: parts.reduce(0) { $0 + $1.estimatedRows })
  }

  /// Estimates are rough: only a plan this many times better is believed to be.
  private static let worthPlanningApart = 1.5

  /// The first condition of a pattern that is an OR of conditions on different variables, and its operands.
  private func alternatives(of pattern: GraphPattern) -> (place: Int, operands: [BoundExpression])? {
    for (place, condition) in pattern.predicates.enumerated() {
      guard case .logical(.or, let operands) = condition.kind, operands.count <= 4,
        !condition.isNondeterministic, !condition.mayFailAsCondition
      else { continue }
      let reads = operands.map { $0.freeVariables(subqueries: subqueries) }
      if reads.allSatisfy({ $0.count == 1 }), Set(reads).count > 1 { return (place, operands) }
    }
    return nil
  }
}

extension BoundExpression {
  /// Whether it is false or null.
  fileprivate var isNotTrue: BoundExpression {
    let (no, yes) = (Value.boolean(false), Value.boolean(true))
    return BoundExpression(
      .conditional(
        subject: nil,
        branches: [BoundBranch(when: self, then: BoundExpression(.constant(no), at: range, type: .boolean))],
        otherwise: BoundExpression(.constant(yes), at: range, type: .boolean)), at: range, type: .boolean)
  }
}

extension Plan {
  /// How much work all operators together are expected to have.
  fileprivate var totalWork: Double {
    var work = 0.0
    forEachOperator { work += $0.estimatedWork }
    return work
  }
}
