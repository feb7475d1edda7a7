extension RewriteRules {
  /// What is collected only to ask how much there is of it is counted: `WITH a, collect(b) AS bs WHERE size(bs) > 3`.
  ///
  /// Before: `size(bs)` over `Aggregate ... collect(b)`. After: the column of a `count(b)`.
  ///
  /// Holds where everything that reads the list asks for its size.
  mutating func countWhatIsCollectedForItsSize(_ plan: Plan) -> Plan? {
    guard !plan.evaluatedParts.isEmpty, plan.inputs.count == 1 else { return nil }
    var readers = [plan]
    while readers.count < RewriteRules.reachDepthLimit, let next = readers.last?.inputs.first, next.onlyPassesRowsOn {
      readers.append(next)
    }
    guard var place = readers.last?.inputs.first, case .aggregate(var aggregation) = place.kind,
      let count = FunctionRegistry.aggregateFunctions.first(where: { $0.name == "count" })
    else { return nil }
    var hasChanged = false
    for index in aggregation.aggregates.indices {
      let (list, aggregate) = aggregation.aggregates[index]
      guard aggregate.function?.name == "collect", aggregate.valuesRead == nil, !plan.live.contains(list) else {
        continue
      }
      let column = planner.makeVariable(.integer)
      guard let counting = replaceSizes(of: list, by: column, in: readers) else { continue }
      readers = counting
      aggregation.aggregates[index].variable = column
      aggregation.aggregates[index].aggregate.function = count
      hasChanged = true
    }
    guard hasChanged else { return nil }
    place.kind = .aggregate(aggregation)
    return readers.reversed().reduce(place) { input, reader in
      var result = reader
      result.inputs[0] = input
      return result
    }
  }

  /// Operators with a column in the place of the size of a list; `nil` where they read it in any other way, or not at all.
  private func replaceSizes(of list: VariableID, by column: VariableID, in readers: [Plan]) -> [Plan]? {
    var result = readers
    var hasChanged = false
    for index in readers.indices {
      var parts = readers[index].evaluatedParts
      for part in parts.indices {
        guard let replaced = parts[part].expression.replacingSize(of: list, by: column) else { continue }
        parts[part].expression = replaced
        hasChanged = true
      }
      result[index].evaluatedParts = parts
      // Rows may also be sorted or cut by something that is not among the parts.
      let isRead = result[index].expressions.contains {
        $0.freeVariables(subqueries: planner.subqueries).contains(list)
      }
      guard !isRead else { return nil }
    }
    return hasChanged ? result : nil
  }
}

extension BoundExpression {
  /// The expression with a column in the place of the size of a list; `nil` where it does not ask for that.
  fileprivate func replacingSize(of list: VariableID, by column: VariableID) -> BoundExpression? {
    if case .call(let function, let arguments) = kind, function.name == "size", arguments.count == 1,
      arguments[0].isReference(to: list)
    {
      return BoundExpression(.variable(column), at: range, type: .integer)
    }
    return replacingChildren { $0.replacingSize(of: list, by: column) }
  }

  /// The expression with others in the place of those that it is made of and that read the row; `nil` where none changes.
  func replacingChildren(_ replacement: (BoundExpression) -> BoundExpression?) -> BoundExpression? {
    var children = children
    let readsRow = childrenReadTheRow
    var hasChanged = false
    for index in children.indices where readsRow[index] {
      guard let replaced = replacement(children[index]) else { continue }
      children[index] = replaced
      hasChanged = true
    }
    return hasChanged ? with(children: children) : nil
  }
}
