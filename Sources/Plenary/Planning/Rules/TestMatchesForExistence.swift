extension RewriteRules {
  /// A condition that asks whether a pattern around one node has a match, as in
  /// `WHERE EXISTS { (a)-[:KNOWS]->(b) WHERE b.age > 30 }`, counts matches at that node and lists none.
  ///
  /// Before: `Filter EXISTS { ... }`, which runs a subquery over each batch. After: `MatchTest`, which tests each node
  /// at the other end once for the whole query.
  ///
  /// Holds when the subquery is nothing but a pattern that hangs on one variable of the rows around it, and its
  /// conditions read one node each.
  func testMatchesForExistence(_ plan: Plan) -> Plan? {
    guard case .filter(let conditions) = plan.kind else { return nil }
    var rest: [BoundExpression] = []
    var tests: [CountedPattern] = []
    for condition in conditions {
      if let test = matchTest(condition) { tests.append(test) } else { rest.append(condition) }
    }
    guard !tests.isEmpty, !rest.contains(where: isFixed) else { return nil }
    // The cheap conditions come first.
    let input = plan.inputs[0]
    let filtered = rest.isEmpty ? input : Plan(.filter(rest), input, estimatedRows: input.estimatedRows * 0.5)
    return tests.reduce(filtered) { Plan(.countMatches($1), $0, estimatedRows: plan.estimatedRows) }
  }

  private func matchTest(_ condition: BoundExpression) -> CountedPattern? {
    guard let (id, wantsNone) = existenceTest(condition), var pattern = subplans[id.index].counted else { return nil }
    pattern.wantsNone = wantsNone
    return pattern
  }
}
