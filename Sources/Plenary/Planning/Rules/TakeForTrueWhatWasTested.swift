extension RewriteRules {
  /// What a filter right below has tested is true of every row: `WHERE EXISTS { (a)-->() } RETURN EXISTS { (a)-->() }`
  /// asks once.
  ///
  /// Before: `Project` over `Filter`, both with `EXISTS { (a)-->() }`. After: `Project` with `true`.
  ///
  /// Holds for what always gives the same value for a row. What costs no more than comparing two columns stays.
  func takeForTrueWhatWasTested(_ plan: Plan) -> Plan? {
    guard var place = plan.inputs.first, case .filter = place.kind else { return nil }
    if case .filter = plan.kind { return nil }
    var parts = parts(of: plan)
    guard parts.isWorthALook else { return nil }
    var numbering = ValueNumbering(subqueries: planner.subqueries, subplans: subplans)
    var known: [Int: BoundExpression] = [:]
    while case .filter(let conditions) = place.kind {
      for condition in conditions where condition.containsCostlyPart {
        var (tested, truth) = (condition, true)
        while case .not(let inner) = tested.kind { (tested, truth) = (inner, !truth) }
        guard let number = numbering.node(of: tested).number else { continue }
        known[number] = BoundExpression(.constant(.boolean(truth)), at: tested.range, type: .boolean)
      }
      place = place.inputs[0]
    }
    guard !known.isEmpty else { return nil }
    parts.number(&numbering)
    guard parts.replace(known, &numbering) else { return nil }
    var plan = plan
    plan.evaluatedParts = parts.all
    return plan
  }
}
