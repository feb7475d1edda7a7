import PlenarySyntax

extension ExecutionContext {
  /// The elements of a list in each row of a batch, as rows of their own.
  struct FlattenedLists {
    /// One row for each element: the loop variable and what the loop's body reads of the rows around.
    var elements: Batch
    /// For each row of the outer batch the range of its elements; `nil` where the list is null.
    var ranges: [Range<Int>?]
  }

  private func flatten(_ loop: BoundLoop, _ batch: Batch) throws -> FlattenedLists {
    let lists = try evaluate(loop.list, batch)
    var values: [Value] = []
    var rows: [Int32] = []
    var ranges: [Range<Int>?] = []
    ranges.reserveCapacity(batch.count)
    for row in 0..<batch.count {
      switch lists[row] {
      case .null: ranges.append(nil)
      case .list(let elements):
        ranges.append(values.count..<values.count + elements.count)
        values += elements
        rows += repeatElement(Int32(row), count: elements.count)
      case let value:
        throw QueryError(
          .invalidArgumentType, "\(value.valueType.phrase) after IN, expected a list", at: loop.list.range)
      }
    }
    try checkStop()
    var elements = batch.gathered(rows, keeping: loop.captured)
    elements[loop.variable] = Vector(narrowing: values)
    return FlattenedLists(elements: elements, ranges: ranges)
  }

  func listComprehension(
    _ loop: BoundLoop, _ condition: BoundExpression?, _ projection: BoundExpression?, _ batch: Batch
  ) throws -> Vector {
    let flat = try flatten(loop, batch)
    // The projection runs only for elements that the condition keeps: it may fail for the others.
    var kept: [Int32]?
    if let condition {
      kept = try evaluateCondition(condition, flat.elements).enumerated().compactMap { $1 == .true ? Int32($0) : nil }
    }
    let elements = kept.map { flat.elements.restricted(to: $0) } ?? flat.elements
    let values = try projection.map { try evaluate($0, elements) } ?? elements[loop.variable]
    guard let kept else {
      return try mapRows(batch.count) { row in flat.ranges[row].map { .list(values.slice($0)) } ?? .null }
    }
    var next = 0
    return try mapRows(batch.count) { row in
      guard let range = flat.ranges[row] else { return .null }
      let start = next
      while next < kept.count, Int(kept[next]) < range.upperBound { next += 1 }
      return .list(values.slice(start..<next))
    }
  }

  func quantify(
    _ quantifier: Quantifier, _ loop: BoundLoop, _ condition: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    let flat = try flatten(loop, batch)
    let truths = try evaluateCondition(condition, flat.elements)
    return .booleans(
      flat.ranges.map { range in
        guard let range else { return .null }
        var trues = 0
        var nulls = 0
        for index in range {
          if truths[index] == .true { trues += 1 } else if truths[index] == .null { nulls += 1 }
        }
        let falses = range.count - trues - nulls
        switch quantifier {
        case .any: return trues > 0 ? .true : nulls > 0 ? .null : .false
        case .all: return falses > 0 ? .false : nulls > 0 ? .null : .true
        case .none: return trues > 0 ? .false : nulls > 0 ? .null : .true
        case .single: return trues > 1 ? .false : nulls > 0 ? .null : Ternary(trues == 1)
        }
      })
  }

  func reduce(
    _ accumulator: VariableID, _ initial: BoundExpression, _ loop: BoundLoop, _ step: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    let lists = try evaluate(loop.list, batch)
    var results = try evaluate(initial, batch).valueArray
    for row in 0..<batch.count {
      switch lists[row] {
      case .null: results[row] = .null
      case .list(let elements):
        var scope = batch.repeated(row: row, count: 1, keeping: loop.captured)
        for (index, element) in elements.enumerated() {
          if index & 1023 == 0 { try checkStop() }
          scope[accumulator] = .constant(results[row], count: 1)
          scope[loop.variable] = .constant(element, count: 1)
          results[row] = try evaluate(step, scope)[0]
          // Each step may nest the value as deep as the text does, which has a limit of its own.
          if index & 63 == 63 { try SizeLimit.checkNesting(results[row]) }
        }
      case let value:
        throw QueryError(
          .invalidArgumentType, "\(value.valueType.phrase) after IN, expected a list", at: loop.list.range)
      }
    }
    return Vector(narrowing: results)
  }

  // MARK: Subqueries

  /// Runs a subquery for every row of a batch, all at once where its operators allow it.
  func subquery(_ subplan: Subplan, _ batch: Batch) throws -> Vector {
    var counts = Array(repeating: 0, count: batch.count)
    var lists: [[Value]] = []
    let column: VariableID?
    switch subplan.kind {
    case .exists, .count: column = nil
    case .collect(let variable), .first(let variable):
      column = variable
      lists = Array(repeating: [], count: batch.count)
    }
    // Rows run one by one keep no number: an aggregation, say, does not hand it on.
    let isNumbered = subplan.plan.treatsRowsApart
    try forEachArgumentGroup(of: batch, subplan.plan) { rows, offset in
      let source = ArgumentSource(rows.numbered(subplan.row))
      let root = OperatorBuilder(context: self, argument: source).build(subplan.plan)
      while let result = try root.next() {
        let numbers = result[subplan.row]
        let values = column.map { result[$0] }
        for index in 0..<result.count {
          var row = offset
          if isNumbered {
            guard case .integer(let number) = numbers[index] else { continue }
            row += Int(number)
          }
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

extension Vector {
  /// Some neighbouring rows as values.
  func slice(_ range: Range<Int>) -> [Value] {
    if case .values(let values) = self { return Array(values[range]) }
    return range.map { self[$0] }
  }
}
