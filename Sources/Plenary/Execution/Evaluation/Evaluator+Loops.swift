import PlenarySyntax

extension ExecutionContext {
  /// The most elements a loop takes up at once: bounds memory, and the time until a stop is noticed.
  private static let elementsAtOnce = 16_384
  /// `reduce` takes up one element each of so many lists or more.
  private static let fewestListsAtOnce = 8

  /// The lists of a loop, one for each row.
  private enum Lists {
    case elements(any ElementColumn)
    case values(Vector)

    var nullFlags: [Bool] {
      switch self {
      case .elements(let column): (0..<column.count).map { column.places(of: $0) == nil }
      case .values(let lists): lists.nullFlags
      }
    }
  }

  private func lists(of loop: BoundLoop, _ batch: Batch) throws -> Lists {
    if let column = try elementColumn(loop.list, batch) { return .elements(column) }
    return .values(try evaluate(loop.list, batch))
  }

  /// The places of the elements of a row's list; `nil` for null.
  private func places(of row: Int, in lists: Lists, _ loop: BoundLoop) throws -> Range<Int>? {
    switch lists {
    case .elements(let column): return column.places(of: row)
    case .values(let lists):
      switch lists[row] {
      case .null: return nil
      case .list(let list): return list.indices
      case let value:
        throw QueryError(
          .invalidArgumentType, "\(value.valueType.phrase) after IN, expected a list", at: loop.list.range)
      }
    }
  }

  private func elements(_ pieces: [ListPiece], of lists: Lists) -> Vector {
    switch lists {
    case .elements(let column): return column.elements(pieces)
    case .values(let lists):
      var values: [Value] = []
      values.reserveCapacity(pieces.reduce(0) { $0 + $1.places.count })
      for (row, places) in pieces {
        if case .list(let list) = lists[row] { values += list[places] }
      }
      return Vector(narrowing: values)
    }
  }

  /// Hands out the elements of the lists in order, as rows with the loop variable and what the loop's body reads of the
  /// rows around; a long list comes in several pieces.
  ///
  /// - Parameter body: gets the elements, and for each piece its row and where its elements stand among them.
  private func forEachElements(
    of lists: Lists, _ loop: BoundLoop, _ batch: Batch,
    _ body: (_ elements: Batch, _ pieces: [ListPiece]) throws -> Void
  ) throws {
    var rows: [Int32] = []
    var taken: [ListPiece] = []
    var pieces: [ListPiece] = []
    func handOut() throws {
      guard !rows.isEmpty else { return }
      try checkStop()
      var elements = batch.gathered(rows, keeping: loop.captured)
      elements[loop.variable] = self.elements(taken, of: lists)
      try body(elements, pieces)
      rows.removeAll(keepingCapacity: true)
      taken.removeAll(keepingCapacity: true)
      pieces.removeAll(keepingCapacity: true)
    }
    for row in 0..<batch.count {
      guard let places = try places(of: row, in: lists, loop) else { continue }
      var start = places.lowerBound
      while start < places.upperBound {
        let end = min(places.upperBound, start + ExecutionContext.elementsAtOnce - rows.count)
        taken.append((row, start..<end))
        pieces.append((row, rows.count..<rows.count + end - start))
        rows += repeatElement(Int32(row), count: end - start)
        start = end
        if rows.count >= ExecutionContext.elementsAtOnce { try handOut() }
      }
    }
    try handOut()
  }

  func listComprehension(
    _ loop: BoundLoop, _ condition: BoundExpression?, _ projection: BoundExpression?, _ batch: Batch
  ) throws -> Vector {
    let lists = try lists(of: loop, batch)
    var results: [[Value]] = Array(repeating: [], count: batch.count)
    for row in 0..<batch.count {
      // Room for a long list at once: moving one to a larger place takes long and cannot be stopped.
      let count = try places(of: row, in: lists, loop)?.count ?? 0
      if count > ExecutionContext.elementsAtOnce { results[row].reserveCapacity(count) }
    }
    let kept = MemoryAccount(memory)
    try forEachElements(of: lists, loop, batch) { elements, pieces in
      guard let condition else {
        let values = try projection.map { try evaluate($0, elements) } ?? elements[loop.variable]
        try kept.add(valuesOf: values)
        for piece in pieces { results[piece.row] += values.slice(piece.places) }
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
        while next < passing.count, Int(passing[next]) < piece.places.upperBound { next += 1 }
        results[piece.row] += values.slice(start..<next)
      }
    }
    let isNull = lists.nullFlags
    return .values(results.indices.map { isNull[$0] ? .null : .list(results[$0]) })
  }

  func quantify(
    _ quantifier: Quantifier, _ loop: BoundLoop, _ condition: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    let lists = try lists(of: loop, batch)
    var tallies = Array(repeating: TernaryTally(), count: batch.count)
    try forEachElements(of: lists, loop, batch) { elements, pieces in
      let truths = try evaluateCondition(condition, elements)
      for piece in pieces {
        for index in piece.places { tallies[piece.row].add(truths[index]) }
      }
    }
    let isNull = lists.nullFlags
    return .booleans(tallies.indices.map { isNull[$0] ? .null : tallies[$0].result(of: quantifier) })
  }

  func reduce(
    _ accumulator: VariableID, _ initial: BoundExpression, _ loop: BoundLoop, _ step: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    let lists = try lists(of: loop, batch)
    var results = try evaluate(initial, batch).valueArray
    var open: [Range<Int>] = []
    open.reserveCapacity(batch.count)
    for row in 0..<batch.count {
      let places = try places(of: row, in: lists, loop)
      if places == nil { results[row] = .null }
      open.append(places ?? 0..<0)
    }
    // The first elements of all lists, then the second ones, and so on, while there are many of them.
    var rows = open.indices.filter { !open[$0].isEmpty }.map { Int32($0) }
    var taken = 0
    var reduced = Vector(narrowing: results).gathered(rows)
    while rows.count >= ExecutionContext.fewestListsAtOnce {
      try checkStop()
      var scope = batch.gathered(rows, keeping: loop.captured)
      scope[accumulator] = reduced
      scope[loop.variable] = elements(
        rows.map { row in
          let place = open[Int(row)].lowerBound + taken
          return (Int(row), place..<place + 1)
        }, of: lists)
      reduced = try evaluate(step, scope)
      if taken & 63 == 63 {
        for index in rows.indices { try SizeLimit.checkNesting(reduced[index], checkStop: checkStop) }
      }
      taken += 1
      guard rows.contains(where: { open[Int($0)].count == taken }) else { continue }
      var further: [Int32] = []
      for (index, row) in rows.enumerated() {
        if open[Int(row)].count > taken { further.append(Int32(index)) } else { results[Int(row)] = reduced[index] }
      }
      reduced = reduced.gathered(further)
      rows = rows.gathered(further)
    }
    // What is left of the longest ones goes list by list.
    for (index, row) in rows.enumerated() {
      var scope = batch.repeated(row: Int(row), count: 1, keeping: loop.captured)
      var result = reduced[index]
      var start = open[Int(row)].lowerBound + taken
      while start < open[Int(row)].upperBound {
        let end = min(open[Int(row)].upperBound, start + ExecutionContext.elementsAtOnce)
        let elements = elements([(Int(row), start..<end)], of: lists)
        for (index, element) in elements.valueArray.enumerated() {
          // A step may be as long as the value it makes.
          if index & 15 == 15 { try checkStop() }
          scope[accumulator] = .constant(result, count: 1)
          scope[loop.variable] = .constant(element, count: 1)
          result = try evaluate(step, scope)[0]
          // Each step may nest the value as deep as the text does, which has a limit of its own.
          if index & 63 == 63 { try SizeLimit.checkNesting(result, checkStop: checkStop) }
        }
        start = end
      }
      results[Int(row)] = result
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
