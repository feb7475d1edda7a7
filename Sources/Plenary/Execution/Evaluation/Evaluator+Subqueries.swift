extension ExecutionContext {
  /// The value of a subquery for every row of a batch.
  func subquery(_ id: SubqueryID, _ batch: Batch) throws -> Vector {
    let subplan = subplans[id.index]
    if subplan.isConstant, batch.count > 0 { return .constant(try constantValue(of: id, subplan), count: batch.count) }
    guard let pattern = subplan.counted else { return try rows(of: subplan, batch) }
    let isTest = if case .exists = subplan.kind { true } else { false }
    let counts = try matchCounter(of: id, pattern, isTest: isTest).counts(of: batch)
    guard isTest else { return .integers(NullableArray(counts)) }
    return .booleans(counts.map { Ternary($0 > 0) })
  }

  /// The value of a subquery that reads nothing of the rows around it.
  private func constantValue(of id: SubqueryID, _ subplan: Subplan) throws -> Value {
    if let known = constantSubqueries[id] { return known }
    let value = try rows(of: subplan, Batch(variableCount: variableCount, count: 1))[0]
    if !writes { constantSubqueries[id] = value }
    return value
  }

  /// What counts the matches of a subquery. It remembers which nodes it has tested, and is kept for the whole statement
  /// unless that changes the graph.
  private func matchCounter(of id: SubqueryID, _ pattern: CountedPattern, isTest: Bool) -> MatchCounter {
    if writes { return MatchCounter(pattern, condition: nil, isTest: isTest, self) }
    if let known = matchCounters[id] { return known }
    // A context of its own, so that the two do not keep each other alive.
    let counter = MatchCounter(pattern, condition: nil, isTest: isTest, forked(mayShareWork: true))
    matchCounters[id] = counter
    return counter
  }

  /// Runs a subquery for every row of a batch, all at once where its operators allow it.
  private func rows(of subplan: Subplan, _ batch: Batch) throws -> Vector {
    var counts = Array(repeating: 0, count: batch.count)
    var lists: [[Value]] = []
    let column: VariableID?
    switch subplan.kind {
    case .exists, .count: column = nil
    case .collect(let variable), .first(let variable):
      column = variable
      lists = Array(repeating: [], count: batch.count)
    }
    let kept = MemoryAccount(memory)
    // Rows run one by one keep no number: an aggregation, say, does not hand it on.
    let isNumbered = subplan.plan.treatsRowsApart
    try forEachArgumentGroup(of: batch, subplan.plan) { rows, offset in
      let root = OperatorBuilder(context: self, argument: rows.numbered(subplan.row)).build(subplan.plan)
      while let result = try root.next() {
        let numbers = isNumbered ? result.rowNumbers(subplan.row) : nil
        let values = column.map { result[$0] }
        if let values { try kept.add(valuesOf: values) }
        for index in 0..<result.count {
          let row = offset + (numbers.map { Int($0[index]) } ?? 0)
          counts[row] += 1
          if let values { lists[row].append(values[index]) }
        }
        // One row is enough to know that there is one.
        if case .exists = subplan.kind, counts[offset..<offset + rows.count].allSatisfy({ $0 > 0 }) { break }
      }
    }
    switch subplan.kind {
    case .exists: return .booleans(counts.map { Ternary($0 > 0) })
    case .count: return .integers(NullableArray(counts.map(Int64.init)))
    case .collect: return .values(lists.map(Value.list))
    case .first: return Vector(narrowing: lists.map { $0.first ?? .null })
    }
  }

  /// Hands out the rows of a batch as arguments: all together when the plan treats rows apart, else one by one.
  func forEachArgumentGroup(of batch: Batch, _ plan: Plan, _ body: (Batch, _ offset: Int) throws -> Void) throws {
    guard batch.count > 0 else { return }
    if plan.treatsRowsApart {
      try body(batch, 0)
    } else {
      for row in 0..<batch.count {
        try checkStop()
        try body(batch.restricted(to: [Int32(row)]), row)
      }
    }
  }
}

extension Batch {
  /// The same rows with a column that numbers them.
  func numbered(_ variable: VariableID) -> Batch {
    var result = self
    result[variable] = .integers(NullableArray((0..<Int64(count)).map { $0 }))
    return result
  }
}
