extension RewriteRules {
  /// `collect(x)[0]`, `head(collect(x))` and `collect(x)[..3]` collect the first values of each group, not all of them.
  ///
  /// Before: `Project ...[0]` over `Aggregate ... collect(x)`. After: the same, over a `collect(x)` that stops.
  ///
  /// Holds where nothing else reads the list. What comes after the first values is not even evaluated if it can neither
  /// fail nor be null: nulls are not collected, so values that may be null are looked at until there are enough.
  func collectNoMoreThanIsRead(_ plan: Plan) -> Plan? {
    guard case .project(let assignments) = plan.kind else { return nil }
    var between: [Plan] = []
    var place = plan.inputs[0]
    while between.count < RewriteRules.reachDepthLimit, place.onlyPassesRowsOn {
      between.append(place)
      place = place.inputs[0]
    }
    guard case .aggregate(var aggregation) = place.kind else { return nil }
    var hasChanged = false
    for index in aggregation.aggregates.indices {
      let list = aggregation.aggregates[index].variable
      let aggregate = aggregation.aggregates[index].aggregate
      guard aggregate.function?.name == "collect", !aggregate.isDistinct, aggregate.valuesRead == nil,
        !plan.live.contains(list),
        !between.contains(where: { $0.expressions.contains { freeVariables(of: $0).contains(list) } }),
        let count = elementsRead(of: list, in: assignments.map(\.expression))
      else { continue }
      aggregation.aggregates[index].aggregate.valuesRead = count
      hasChanged = true
    }
    guard hasChanged else { return nil }
    place.kind = .aggregate(aggregation)
    var result = place
    for var operation in between.reversed() {
      operation.inputs[0] = result
      result = operation
    }
    var project = plan
    project.inputs[0] = result
    return project
  }

  private func freeVariables(of expression: BoundExpression) -> Set<VariableID> {
    expression.freeVariables(subqueries: planner.subqueries)
  }

  /// How many elements from the first one on some expressions read of a list; `nil` where it may be any of them.
  private func elementsRead(of list: VariableID, in expressions: [BoundExpression]) -> Int? {
    var count = 0
    for expression in expressions {
      guard let read = elementsRead(of: list, in: expression) else { return nil }
      count = max(count, read)
    }
    return count
  }

  private func elementsRead(of list: VariableID, in expression: BoundExpression) -> Int? {
    switch expression.kind {
    case .element(let subject, let index) where subject.isReference(to: list):
      return index.placeFromStart.map { $0 + 1 }
    case .call(let function, let arguments) where function.name == "head" && arguments[0].isReference(to: list):
      return 1
    case .slice(let subject, let from, let to?) where subject.isReference(to: list):
      guard from.map({ $0.placeFromStart != nil }) ?? true else { return nil }
      return to.placeFromStart
    default:
      guard freeVariables(of: expression).contains(list) else { return 0 }
      let children = expression.children
      // A loop or a subquery may read it where only they know.
      guard !children.isEmpty else { return nil }
      let readsRow = expression.childrenReadTheRow
      var count = 0
      for (child, readsRow) in zip(children, readsRow) {
        if !readsRow, freeVariables(of: child).contains(list) { return nil }
        guard let read = readsRow ? elementsRead(of: list, in: child) : 0 else { return nil }
        count = max(count, read)
      }
      return count
    }
  }
}

extension Plan {
  /// Whether the operator hands on rows as they are, some of them or in another order.
  var onlyPassesRowsOn: Bool {
    switch kind {
    case .filter, .sort, .topN, .skip, .limit: true
    default: false
    }
  }
}

extension BoundExpression {
  /// The place it stands for when it is a constant that counts from the start of a list.
  fileprivate var placeFromStart: Int? {
    // Far fewer than a list may have: who reads more gets the whole list.
    if case .constant(.integer(let place)) = kind, (0..<1024).contains(place) { Int(place) } else { nil }
  }

  /// Whether the value can neither be null nor fail to be computed.
  var isNeverNull: Bool {
    switch kind {
    case .map, .list: !mayFail
    case .constant(let value): !value.isNull
    default: false
    }
  }
}
