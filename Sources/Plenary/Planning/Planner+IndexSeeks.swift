import PlenarySyntax

/// A condition on one property of a node that an index can answer.
private struct IndexableCondition {
  enum Test {
    case equal(BoundExpression)
    case anyOf(BoundExpression)
    case lower(IndexSearch.Bound)
    case upper(IndexSearch.Bound)
    case prefix(BoundExpression)
  }

  var id: Int
  var node: VariableID
  var key: String
  var test: Test
}

/// A bound with the condition it is from.
private struct FoundBound {
  var id: Int
  var bound: IndexSearch.Bound
}

extension Planner {
  /// Finds out which nodes of a pattern an index can find, and how many it is expected to find; only where that is less
  /// work than looking at all nodes of the label.
  func prepareSeeks(_ solver: inout PatternSolver) {
    let indexes = statistics.indexes
    guard !indexes.isEmpty else { return }
    let conditions = solver.conditions.filter { !$0.waits }
      .flatMap { indexableConditions($0.id, $0.expression) }
    for node in solver.nodes {
      let own = conditions.filter { $0.node == node }
      for label in own.isEmpty ? [] : solver.labels(of: node) {
        for index in indexes where index.label.hasSameCodePoints(as: label) {
          let tests = own.filter { $0.key.hasSameCodePoints(as: index.key) }
          let found = seeks(tests, label: label, isUnique: index.isUnique)
          solver.seeks[node, default: []] += found.filter { isWorthIt($0, for: node, solver) }
        }
      }
    }
  }

  /// Whether finding nodes one by one is less work than a pass over all of the label.
  private func isWorthIt(_ seek: PatternSolver.Seek, for node: VariableID, _ solver: PatternSolver) -> Bool {
    if seek.isUnique { return true }
    let scanned = solver.labels(of: node).map { labelShare($0) * Double(statistics.nodeCount) }.min() ?? 0
    // Where other rows give the value, the scan would be made and compared with each of them.
    let cost = seek.variables.isEmpty ? Planner.seekCost : 1
    return seek.rows * cost <= scanned + Planner.scanOverhead
  }

  /// How much more it takes to find a node by an index than to pass over it in a scan.
  private static let seekCost = 4.0
  /// What a scan takes however few nodes there are, in nodes.
  private static let scanOverhead = 16.0

  // MARK: Conditions

  private func indexableConditions(_ id: Int, _ condition: BoundExpression) -> [IndexableCondition] {
    func make(_ property: BoundExpression, _ test: IndexableCondition.Test) -> IndexableCondition? {
      guard case .property(let subject, let key) = property.kind, case .variable(let node) = subject.kind else {
        return nil
      }
      return IndexableCondition(id: id, node: node, key: key, test: test)
    }
    switch condition.kind {
    case .comparison(let op, let left, let right, _):
      return [
        op.test(against: right).flatMap { make(left, $0) }, op.mirrored.test(against: left).flatMap { make(right, $0) },
      ].compactMap { $0 }
    case .binary(.in, let left, let right, _): return [make(left, .anyOf(right))].compactMap { $0 }
    case .binary(.startsWith, let left, let right, _): return [make(left, .prefix(right))].compactMap { $0 }
    case .logical(.or, let operands): return [oneOf(id, operands, condition)].compactMap { $0 }
    default: return []
    }
  }

  /// `a.id = 1 OR a.id = 2` as `a.id IN [1, 2]`.
  private func oneOf(
    _ id: Int, _ operands: [BoundExpression], _ condition: BoundExpression
  ) -> IndexableCondition? {
    var result: IndexableCondition?
    var values: [BoundExpression] = []
    for operand in operands {
      let own = indexableConditions(id, operand).first { test in
        guard let result else { return true }
        return result.node == test.node && result.key.hasSameCodePoints(as: test.key)
      }
      switch own?.test {
      case .equal(let value): values.append(value)
      case .anyOf(let list):
        guard case .list(let items) = list.kind else { return nil }
        values += items
      default: return nil
      }
      result = own
    }
    result?.test = .anyOf(BoundExpression(.list(values), at: condition.range, type: .list))
    return result
  }

  // MARK: Seeks

  /// The seeks that conditions on one indexed property allow.
  private func seeks(_ tests: [IndexableCondition], label: String, isUnique: Bool) -> [PatternSolver.Seek] {
    var seeks: [PatternSolver.Seek] = []
    var (lowers, uppers): ([FoundBound], [FoundBound]) = ([], [])
    func add(_ ids: [Int], _ wanted: IndexSearch.Wanted, rows: Double, isUnique: Bool = false) {
      let search = IndexSearch(label: label, key: tests[0].key, wanted: wanted)
      let variables = search.expressions.reduce(into: Set()) { $0.formUnion($1.freeVariables(subqueries: subqueries)) }
      seeks.append(
        PatternSolver.Seek(conditions: ids, search: search, variables: variables, rows: rows, isUnique: isUnique))
    }
    for test in tests {
      let one = isUnique ? 1 : expectedNodes(label: label, key: test.key)
      switch test.test {
      case .equal(let value): add([test.id], .equal(value), rows: one, isUnique: isUnique)
      case .anyOf(let list): add([test.id], .anyOf(list), rows: one * (elementCount(of: list) ?? 4))
      case .prefix(let prefix):
        add([test.id], .prefix(prefix), rows: expectedNodes(label: label, key: test.key, prefix: prefix))
      case .lower(let bound): lowers.append(FoundBound(id: test.id, bound: bound))
      case .upper(let bound): uppers.append(FoundBound(id: test.id, bound: bound))
      }
    }
    // Both ends together, and each alone, for the value of the other may not be known in time.
    for (lower, upper) in [(lowers.first, uppers.first), (lowers.first, nil), (nil, uppers.first)]
    where (lower != nil || upper != nil)
      && !(seeks.contains { $0.conditions == [lower?.id, upper?.id].compactMap { $0 } })
    {
      add(
        [lower?.id, upper?.id].compactMap { $0 }, .range(lower: lower?.bound, upper: upper?.bound),
        rows: expectedNodes(label: label, key: tests[0].key, from: lower?.bound, to: upper?.bound))
    }
    return seeks
  }

  // MARK: Estimates

  /// How many nodes of a label have one value of a property, on average.
  private func expectedNodes(label: String, key: String) -> Double {
    guard let label = statistics.labelToken(label), let key = statistics.keyToken(key),
      let distinct = statistics.distinctCount(label: label, key: key), distinct > 0
    else { return 1 }
    return Swift.max(1, Double(statistics.count(of: label)) / distinct)
  }

  private func expectedNodes(label: String, key: String, prefix: BoundExpression) -> Double {
    guard let token = statistics.labelToken(label) else { return 0 }
    return Double(statistics.count(of: token)) * shareStarting(label: label, key: key, prefix: prefix)
  }

  private func expectedNodes(
    label: String, key: String, from lower: IndexSearch.Bound?, to upper: IndexSearch.Bound?
  ) -> Double {
    guard let token = statistics.labelToken(label) else { return 0 }
    return Double(statistics.count(of: token)) * share(label: label, key: key, from: lower, to: upper)
  }

  /// The share of nodes, of a label or of those that have the property, whose property lies in a range.
  func share(label: String?, key: String, from lower: IndexSearch.Bound?, to upper: IndexSearch.Bound?) -> Double {
    let bounds = [(lower, true), (upper, false)].map { bound, isLower in
      bound.map { (value: estimatedValue(of: $0.value), isInclusive: $0.isInclusive) }
    }
    let known = bounds.map { bound in
      bound.flatMap { bound in bound.value.map { IndexBound(value: $0, isInclusive: bound.isInclusive) } }
    }
    // A bound that the plan does not know leaves a third.
    let unknown = bounds.count { $0 != nil && $0?.value == nil }
    let guess = unknown == 0 ? 1 : unknown == 1 ? 0.3 : 0.1
    guard let range = IndexRange(from: known[0], to: known[1]) else { return guess }
    return guess * (share(label: label, key: key) { range.contains($0) } ?? (unknown == 0 ? 0.3 : 1))
  }

  /// The share of nodes, of a label or of those that have the property, whose property has a beginning.
  func shareStarting(label: String?, key: String, prefix: BoundExpression) -> Double {
    guard case .string(let prefix)? = estimatedValue(of: prefix) else { return 0.05 }
    return share(label: label, key: key) { Value.startsWith($0, .string(prefix)) == .true } ?? 0.1
  }

  /// The share of nodes, of a label or of those that have the property, whose property has a value; `nil` where planning
  /// does not know the value, or nothing of the property.
  func share(label: String?, key: String, equalTo value: BoundExpression) -> Double? {
    guard let value = estimatedValue(of: value), !value.isAbsent, let key = statistics.keyToken(key) else { return nil }
    let label = label.flatMap { statistics.labelToken($0) }
    guard let found = statistics.expectedCount(label: label, key: key, of: value) else { return nil }
    let all = label.map { statistics.count(of: $0) } ?? statistics.nodeCount(having: key)
    return all > 0 ? Swift.min(1, found / Double(all)) : nil
  }

  private func share(label: String?, key: String, where test: (Value) -> Bool) -> Double? {
    guard let key = statistics.keyToken(key) else { return 0 }
    let label = label.flatMap { statistics.labelToken($0) }
    guard let found = statistics.expectedCount(label: label, key: key, where: test) else { return nil }
    let all = label.map { statistics.count(of: $0) } ?? statistics.nodeCount(having: key)
    return all > 0 ? Swift.min(1, found / Double(all)) : 0
  }

  /// The value of an expression, if planning can know it.
  private func estimatedValue(of expression: BoundExpression) -> Value? {
    switch expression.kind {
    case .constant(let value): return value
    case .call(let function, let arguments)
    where function.isDeterministic && ValueType.instant.isSuperset(of: function.result):
      let values = arguments.compactMap(estimatedValue)
      guard values.count == arguments.count, !values.contains(where: \.isNull) else { return nil }
      return try? function.implementation(values[...], EvaluationContext(graph: statistics, statementTime: 0))
    default: return nil
    }
  }

  private func elementCount(ofRange arguments: [BoundExpression]) -> Double? {
    let bounds = arguments.map { argument in
      if case .integer(let number)? = estimatedValue(of: argument) { Double(number) } else { Double.nan }
    }
    guard bounds.count >= 2 else { return nil }
    let count = ((bounds[1] - bounds[0]) / (bounds.count > 2 ? bounds[2] : 1)).rounded(.down) + 1
    return count.isFinite ? Swift.max(0, count) : nil
  }

  /// How many elements a list has, if planning can know it.
  func elementCount(of list: BoundExpression) -> Double? {
    switch list.kind {
    case .call(let function, let arguments) where function.name == "range": elementCount(ofRange: arguments)
    case .list(let items): Double(items.count)
    case .constant(.list(let items)): Double(items.count)
    default: nil
    }
  }
}

extension ComparisonOperator {
  /// What the operator asks of a property on its left side.
  fileprivate func test(against value: BoundExpression) -> IndexableCondition.Test? {
    switch self {
    case .equal: .equal(value)
    case .notEqual: nil
    case .less, .lessOrEqual: .upper(IndexSearch.Bound(value: value, isInclusive: self == .lessOrEqual))
    case .greater, .greaterOrEqual: .lower(IndexSearch.Bound(value: value, isInclusive: self == .greaterOrEqual))
    }
  }
}
