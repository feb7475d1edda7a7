import PlenarySyntax

extension ExecutionContext {
  /// The most elements a loop takes up at once: bounds memory, and the time until a stop is noticed.
  private static let elementsAtOnce = 16_384

  /// Some elements of one list: the row the list is in, and where the elements stand in the batch of elements.
  private typealias ListPiece = (row: Int, range: Range<Int>)

  /// Hands out the elements of the lists in order, as rows with the loop variable and what the loop's body reads of the
  /// rows around; a long list comes in several pieces.
  private func forEachElements(
    of lists: Vector, _ loop: BoundLoop, _ batch: Batch,
    _ body: (_ elements: Batch, _ pieces: [ListPiece]) throws -> Void
  ) throws {
    var values: [Value] = []
    var rows: [Int32] = []
    var pieces: [ListPiece] = []
    func handOut() throws {
      guard !values.isEmpty else { return }
      try checkStop()
      var elements = batch.gathered(rows, keeping: loop.captured)
      elements[loop.variable] = Vector(narrowing: values)
      try body(elements, pieces)
      values.removeAll(keepingCapacity: true)
      rows.removeAll(keepingCapacity: true)
      pieces.removeAll(keepingCapacity: true)
    }
    for row in 0..<batch.count {
      switch lists[row] {
      case .null: break
      case .list(let list):
        var start = 0
        while start < list.count {
          let end = min(list.count, start + ExecutionContext.elementsAtOnce - values.count)
          pieces.append((row, values.count..<values.count + end - start))
          values += list[start..<end]
          rows += repeatElement(Int32(row), count: end - start)
          start = end
          if values.count >= ExecutionContext.elementsAtOnce { try handOut() }
        }
      case let value:
        throw QueryError(
          .invalidArgumentType, "\(value.valueType.phrase) after IN, expected a list", at: loop.list.range)
      }
    }
    try handOut()
  }

  func listComprehension(
    _ loop: BoundLoop, _ condition: BoundExpression?, _ projection: BoundExpression?, _ batch: Batch
  ) throws -> Vector {
    let lists = try evaluate(loop.list, batch)
    var results: [[Value]] = Array(repeating: [], count: batch.count)
    for row in 0..<batch.count {
      // Room for a long list at once: moving one to a larger place takes long and cannot be stopped.
      guard case .list(let list) = lists[row], list.count > ExecutionContext.elementsAtOnce else { continue }
      results[row].reserveCapacity(list.count)
    }
    let kept = MemoryAccount(memory)
    try forEachElements(of: lists, loop, batch) { elements, pieces in
      guard let condition else {
        let values = try projection.map { try evaluate($0, elements) } ?? elements[loop.variable]
        try kept.add(valuesOf: values)
        for piece in pieces { results[piece.row] += values.slice(piece.range) }
        return
      }
      // The projection runs only for elements that the condition keeps: it may fail for the others.
      let passing = try evaluateCondition(condition, elements).positionsOfTrue
      let keptElements = elements.restricted(to: passing)
      let values = try projection.map { try evaluate($0, keptElements) } ?? keptElements[loop.variable]
      try kept.add(valuesOf: values)
      var next = 0
      for piece in pieces {
        let start = next
        while next < passing.count, Int(passing[next]) < piece.range.upperBound { next += 1 }
        results[piece.row] += values.slice(start..<next)
      }
    }
    let isNull = lists.nullFlags
    return .values(results.indices.map { isNull[$0] ? .null : .list(results[$0]) })
  }

  func quantify(
    _ quantifier: Quantifier, _ loop: BoundLoop, _ condition: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    let lists = try evaluate(loop.list, batch)
    var tallies = Array(repeating: TernaryTally(), count: batch.count)
    try forEachElements(of: lists, loop, batch) { elements, pieces in
      let truths = try evaluateCondition(condition, elements)
      for piece in pieces {
        for index in piece.range { tallies[piece.row].add(truths[index]) }
      }
    }
    let isNull = lists.nullFlags
    return .booleans(tallies.indices.map { isNull[$0] ? .null : tallies[$0].result(of: quantifier) })
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
          // A step may be as long as the value it makes.
          if index & 15 == 15 { try checkStop() }
          scope[accumulator] = .constant(results[row], count: 1)
          scope[loop.variable] = .constant(element, count: 1)
          results[row] = try evaluate(step, scope)[0]
          // Each step may nest the value as deep as the text does, which has a limit of its own.
          if index & 63 == 63 { try SizeLimit.checkNesting(results[row], checkStop: checkStop) }
        }
      case let value:
        throw QueryError(
          .invalidArgumentType, "\(value.valueType.phrase) after IN, expected a list", at: loop.list.range)
      }
    }
    return Vector(narrowing: results)
  }
}

extension Vector {
  /// Some neighbouring rows as values.
  func slice(_ range: Range<Int>) -> [Value] {
    if case .values(let values) = self { return Array(values[range]) }
    return range.map { self[$0] }
  }
}

/// How often a condition was true, false and null over the elements of a list.
private struct TernaryTally {
  private var trues = 0
  private var falses = 0
  private var nulls = 0

  mutating func add(_ truth: Ternary) {
    switch truth {
    case .true: trues += 1
    case .false: falses += 1
    default: nulls += 1
    }
  }

  /// What a quantifier says; null where an unknown element could still decide.
  func result(of quantifier: Quantifier) -> Ternary {
    switch quantifier {
    case .any: trues > 0 ? .true : nulls > 0 ? .null : .false
    case .all: falses > 0 ? .false : nulls > 0 ? .null : .true
    case .none: trues > 0 ? .false : nulls > 0 ? .null : .true
    case .single: trues > 1 ? .false : nulls > 0 ? .null : Ternary(trues == 1)
    }
  }
}
