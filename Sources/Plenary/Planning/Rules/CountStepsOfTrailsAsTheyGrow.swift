extension RewriteRules {
  /// The length of a trail is counted as it grows: where `length(p)` or `size(r)` is all that is asked of its
  /// relationships, they are not listed. A search for a shortest path finds its length without making the path.
  ///
  /// Before: `length(p)` over `VarLengthExpand` or `ShortestPath`, of a path that is just this one, or `size(r)` of its
  /// relationships. After: a column that the operator makes.
  ///
  /// Holds as long as only filters and computed columns lie between.
  mutating func countStepsOfTrailsAsTheyGrow(_ plan: Plan) -> Plan? {
    var parts = plan.evaluatedParts
    guard !parts.isEmpty, var trail = TrailRegion(below: plan) else { return nil }
    let column = trail.lengthColumn ?? planner.makeVariable(.integer)
    var hasChanged = false
    for index in parts.indices {
      guard let replaced = parts[index].expression.replacingLengths(of: trail, by: column) else { continue }
      parts[index].expression = replaced
      hasChanged = true
    }
    guard hasChanged else { return nil }
    trail.lengthColumn = column
    var result = plan
    result.evaluatedParts = parts
    result.inputs[0] = trail.plan
    return result
  }
}

extension BoundExpression {
  /// The expression with a column in the place of the length of a trail; `nil` where it does not ask for that.
  fileprivate func replacingLengths(of trail: TrailRegion, by column: VariableID) -> BoundExpression? {
    if case .call(let function, let arguments) = kind, arguments.count == 1 {
      let isLength =
        function.name == "length" && trail.paths.contains { arguments[0].isReference(to: $0) }
        || function.name == "size" && arguments[0].isReference(to: trail.relationships)
      if isLength { return BoundExpression(.variable(column), at: range, type: .integer) }
    }
    return replacingChildren { $0.replacingLengths(of: trail, by: column) }
  }
}
