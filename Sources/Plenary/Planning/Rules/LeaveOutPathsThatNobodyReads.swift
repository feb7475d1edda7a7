extension RewriteRules {
  /// A named path that nothing reads is not made, and what only it would need is not kept.
  ///
  /// Before: `Project p = ...` over a pattern. After: the pattern, or `Project` with what is left.
  ///
  /// Holds always: a path cannot fail.
  func leaveOutPathsThatNobodyReads(_ plan: Plan) -> Plan? {
    guard case .project(let assignments) = plan.kind else { return nil }
    let kept = assignments.filter { assignment in
      if case .path = assignment.expression.kind { return plan.live.contains(assignment.variable) }
      return true
    }
    guard kept.count < assignments.count else { return nil }
    guard !kept.isEmpty else { return plan.inputs[0] }
    var plan = plan
    plan.kind = .project(kept)
    return plan
  }
}
