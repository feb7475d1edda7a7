import PlenarySyntax

extension ExecutionContext {
  /// Evaluates an expression for every row of a batch.
  ///
  /// - Throws: `QueryError` with the range of the part that failed.
  func evaluate(_ expression: BoundExpression, _ batch: Batch) throws -> Vector {
    do {
      return try evaluateUnlocated(expression, batch)
    } catch let error as QueryError {
      throw error.located(at: expression.range)
    }
  }

  /// Evaluates a condition for every row of a batch.
  func evaluateCondition(_ expression: BoundExpression, _ batch: Batch) throws -> [Ternary] {
    try evaluate(expression, batch).truths(of: expression)
  }

  private func evaluateUnlocated(_ expression: BoundExpression, _ batch: Batch) throws -> Vector {
    switch expression.kind {
    case .constant(let value): return .constant(value, count: batch.count)
    case .parameter(let name): return .constant(parameters[name] ?? .null, count: batch.count)
    case .variable(let variable): return batch[variable]
    case .property(let subject, let key): return try property(key, of: evaluate(subject, batch))
    case .hasLabels(let subject, let labels): return try hasLabels(labels, evaluate(subject, batch))
    case .element(let subject, let index):
      if let parts = try partOfSplit(subject, index, batch) { return parts }
      return try map(evaluate(subject, batch), evaluate(index, batch)) {
        try Value.element(of: $0, at: $1, in: self.graph)
      }
    case .slice(let subject, let from, let to):
      let lists = try evaluate(subject, batch)
      let starts = try from.map { try evaluate($0, batch) }
      let ends = try to.map { try evaluate($0, batch) }
      return try mapRows(batch.count) { row in
        try Value.slice(lists[row], from: starts?[row], to: ends?[row], checkStop: self.checkStop)
      }
    case .not(let operand):
      return .booleans(try evaluateCondition(operand, batch).map(Ternary.not))
    case .negate(let operand): return try map(evaluate(operand, batch)) { try Value.negate($0) }
    case .plus(let operand): return try plus(evaluate(operand, batch))
    case .binary(let op, let left, let right, let operatorRange):
      let values = try evaluate(left, batch)
      if op == .in, let lists = ListColumn(right, batch, self) {
        let truths = if case .constant(let value, _) = values { lists.contains(value) } else { lists.contains(values) }
        if let truths { return .booleans(truths) }
      }
      return try binary(op, values, evaluate(right, batch), operatorRange)
    case .comparison(let op, let left, let right, _):
      if let truths = comparedInPlace(expression, batch) { return .booleans(truths) }
      return compare(op, try evaluate(left, batch), try evaluate(right, batch))
    case .logical(let op, let operands): return try logical(op, operands, batch)
    case .isNull(let subject, let isNegated):
      if let present = presence(of: subject, batch) {
        return .booleans(isNegated ? present : present.map(Ternary.not))
      }
      let vector = try evaluate(subject, batch)
      if case .constant(let value, let count) = vector {
        return .constant(.boolean(value.isNull != isNegated), count: count)
      }
      return .booleans(vector.nullFlags.map { Ternary($0 != isNegated) })
    case .isElement(let subject, let type): return try isElement(type, evaluate(subject, batch))
    case .list(let items):
      let vectors = try items.map { try evaluate($0, batch) }
      if batch.count > 0, vectors.allSatisfy(\.isConstant) {
        return .constant(.list(vectors.map { $0[0] }), count: batch.count)
      }
      return try mapRows(batch.count) { row in .list(vectors.map { $0[row] }) }
    case .map(let items): return try mapLiteral(items, batch)
    case .call(let function, let arguments): return try call(function, arguments, batch)
    case .conditional(let subject, let branches, let otherwise):
      return try conditional(subject, branches, otherwise, batch)
    case .listComprehension(let loop, let condition, let projection):
      return try listComprehension(loop, condition, projection, batch)
    case .quantifier(let quantifier, let loop, let condition): return try quantify(quantifier, loop, condition, batch)
    case .reduce(let accumulator, let initial, let loop, let step):
      return try reduce(accumulator, initial, loop, step, batch)
    case .subquery(let id): return try subquery(id, batch)
    case .path(let start, let steps): return try path(start, steps, batch)
    }
  }

  // MARK: Mapping rows

  /// Makes one value for each row.
  func mapRows(_ count: Int, _ body: (Int) throws -> Value) throws -> Vector {
    var values: [Value] = []
    values.reserveCapacity(count)
    var bytes = 0
    for row in 0..<count {
      // One row may be the work of many: a long list, a large text.
      if row & 7 == 7 { try checkStop() }
      let value = try body(row)
      bytes += value.transientBytes
      if bytes >= 1 << 20 { try memory.check(bytes) }
      values.append(value)
    }
    return Vector(narrowing: values)
  }

  /// Applies a function to every row; once when all rows are the same.
  func map(_ operand: Vector, _ body: (Value) throws -> Value) throws -> Vector {
    if case .constant(let value, let count) = operand, count > 0 { return .constant(try body(value), count: count) }
    return try mapRows(operand.count) { try body(operand[$0]) }
  }

  /// Applies a function to every pair of rows; once when all are the same.
  func map(_ left: Vector, _ right: Vector, _ body: (Value, Value) throws -> Value) throws -> Vector {
    if case .constant(let a, let count) = left, case .constant(let b, _) = right, count > 0 {
      return .constant(try body(a, b), count: count)
    }
    return try mapRows(left.count) { try body(left[$0], right[$0]) }
  }

  // MARK: Maps and calls

  private func mapLiteral(_ items: [BoundMapItem], _ batch: Batch) throws -> Vector {
    let columns = try items.map { item in
      switch item {
      case .entry(_, let value): try evaluate(value, batch)
      case .allProperties(let subject): try evaluate(subject, batch)
      }
    }
    return try mapRows(batch.count) { row in
      var map = MapValue(minimumCapacity: items.count)
      for (item, column) in zip(items, columns) {
        switch item {
        case .entry(let key, _): map[key] = column[row]
        case .allProperties:
          for (key, value) in try propertyMap(of: column[row]) { map[key] = value }
        }
      }
      return .map(map)
    }
  }

  /// The properties of a node, relationship or map.
  func propertyMap(of value: Value) throws(QueryError) -> MapValue {
    switch value {
    case .map(let map): return map
    case .null: return [:]
    default:
      if let map = try graph.propertyMap(of: value) { return map }
      throw QueryError(
        .invalidArgumentType, "\(value.valueType.phrase) has no properties, expected a node, relationship or map")
    }
  }

  private func call(_ function: ScalarFunction, _ arguments: [BoundExpression], _ batch: Batch) throws -> Vector {
    if function.name == "size", let lists = ListColumn(arguments[0], batch, self) { return .integers(lists.sizes) }
    let vectors = try arguments.map { try evaluate($0, batch) }
    if !hasDeleted {
      if function.name == "type", case .relationships(let ids)? = vectors.first { return types(of: ids) }
      if function.name == "labels", case .nodes(let ids)? = vectors.first, let labels = labels(of: ids) {
        return labels
      }
    }
    if batch.count > 1, let result = function.columns?(vectors) { return result }
    let propagatesNull = function.nulls == .propagates
    let context = EvaluationContext(graph: graph, statementTime: statementTime, checkStop: checkStop)
    var row: [Value] = Array(repeating: .null, count: vectors.count)
    func apply(_ index: Int) throws -> Value {
      for column in vectors.indices {
        let value = vectors[column][index]
        if propagatesNull, value.isNull { return .null }
        row[column] = value
      }
      return try function.implementation(row[...], context)
    }
    let isConstant = function.isDeterministic && vectors.allSatisfy(\.isConstant)
    if isConstant, batch.count > 0 {
      let value = try apply(0)
      try memory.check(value.transientBytes)
      return .constant(value, count: batch.count)
    }
    if function.isDeterministic, let (numbers, rows) = vectors.fewDifferentRows {
      return Vector(try mapRows(rows.count) { try apply(Int(rows[$0])) }.valueArray, numbered: numbers)
    }
    return try mapRows(batch.count, apply)
  }

  /// `split(text, delimiter)[index]` without making the other parts; `nil` for any other element.
  private func partOfSplit(_ subject: BoundExpression, _ index: BoundExpression, _ batch: Batch) throws -> Vector? {
    guard case .constant(.integer(let index)) = index.kind, index >= 0,
      case .call(let function, let arguments) = subject.kind,
      function.name == "split", arguments.count == 2, case .constant(.string(let delimiter)) = arguments[1].kind,
      !delimiter.isEmpty, case .strings(let strings) = try evaluate(arguments[0], batch)
    else { return nil }
    return TextColumns.part(Int(clamping: index), of: strings, at: delimiter)
  }

  // MARK: CASE

  private func conditional(
    _ subject: BoundExpression?, _ branches: [BoundBranch], _ otherwise: BoundExpression?, _ batch: Batch
  ) throws -> Vector {
    if batch.count > 1, let numbers = try numbers(by: branches, of: subject, otherwise: otherwise, batch) {
      return numbers
    }
    return Vector(scattering: try parts(of: subject, branches, otherwise, batch), count: batch.count)
  }

  /// The rows that each branch of a CASE takes, with what it makes of them; rows in no part are null.
  func parts(
    of subject: BoundExpression?, _ branches: [BoundBranch], _ otherwise: BoundExpression?, _ batch: Batch
  ) throws -> [(rows: [Int32], values: Vector)] {
    var parts: [(rows: [Int32], values: Vector)] = []
    var open = (0..<Int32(batch.count)).map { $0 }
    let subjects = try subject.map { try evaluate($0, batch) }
    // A branch is evaluated only for the rows that no earlier branch took: the others may fail in it.
    for branch in branches where !open.isEmpty {
      let taken: [Ternary]
      if let subjects {
        let candidates = open.count < batch.count ? subjects.gathered(open) : subjects
        taken = try compare(.equal, candidates, evaluate(branch.when, batch, at: open)).truths(of: branch.when)
      } else {
        taken = try evaluateCondition(branch.when, batch.restricted(to: open))
      }
      let chosen = open.gathered(taken.positionsOfTrue)
      guard !chosen.isEmpty else { continue }
      parts.append((chosen, try evaluate(branch.then, batch, at: chosen)))
      open = open.gathered(taken.positions { $0 != .true })
    }
    if let otherwise, !open.isEmpty { parts.append((open, try evaluate(otherwise, batch, at: open))) }
    return parts
  }

  /// Evaluates an expression for some rows of a batch.
  private func evaluate(_ expression: BoundExpression, _ batch: Batch, at rows: [Int32]) throws -> Vector {
    switch expression.kind {
    case .constant, .parameter:
      return try evaluate(expression, Batch(variableCount: 0, count: rows.count))
    case .variable(let variable) where rows.count < batch.count: return batch[variable].gathered(rows)
    default: return try evaluate(expression, batch.restricted(to: rows))
    }
  }

  // MARK: AND, OR, XOR

  private func logical(_ op: LogicalOperator, _ operands: [BoundExpression], _ batch: Batch) throws -> Vector {
    var result = try evaluateCondition(operands[0], batch)
    let decided: Ternary? =
      switch op {
      case .and: .false
      case .or: .true
      case .xor: nil
      }
    for operand in operands.dropFirst() {
      if case .property = operand.kind, !operand.mayFail, !hasDeleted,
        case .booleans(let next) = try evaluate(operand, batch)
      {
        op.combine(&result, with: next)
        continue
      }
      // Later operands are evaluated only where the result is still open.
      let open =
        operand.isSimpleCondition && !hasDeleted
        ? nil
        : decided.map { settled in
          result.indices.filter { result[$0] != settled }.map { Int32($0) }
        }
      guard let open, open.count < result.count else {
        let next = try evaluateCondition(operand, batch)
        op.combine(&result, with: next)
        continue
      }
      if open.isEmpty { break }
      let next = try evaluateCondition(operand, batch.restricted(to: open))
      for (index, row) in open.enumerated() { result[Int(row)] = op.combine(result[Int(row)], next[index]) }
    }
    return .booleans(result)
  }
}

extension LogicalOperator {
  /// Combines row by row, many at once.
  func combine(_ truths: inout [Ternary], with others: [Ternary]) {
    @inline(__always)
    func combine(_ connective: (Ternary, Ternary) -> Ternary) {
      truths.withUnsafeMutableBufferPointer { truths in
        others.withUnsafeBufferPointer { others in
          for row in 0..<truths.count { truths[row].rawValue = connective(truths[row], others[row]).rawValue }
        }
      }
    }
    switch self {
    case .and: combine(Ternary.and)
    case .or: combine(Ternary.or)
    case .xor: combine(Ternary.xor)
    }
  }

  /// The three-valued connective (openCypher 9, logical operators).
  func combine(_ a: Ternary, _ b: Ternary) -> Ternary {
    switch self {
    case .and: .and(a, b)
    case .or: .or(a, b)
    case .xor: .xor(a, b)
    }
  }
}

extension Batch {
  /// The rows at the given positions with every column they have; the batch itself when those are all its rows.
  func restricted(to rows: [Int32]) -> Batch {
    guard rows.count < count else { return self }
    return gathered(rows, keeping: columns.indices.filter { columns[$0] != nil }.map { VariableID(index: $0) })
  }
}

extension Vector {
  var isConstant: Bool { if case .constant = self { true } else { false } }

  /// For each row whether it is null.
  var nullFlags: [Bool] {
    switch self {
    case .nodes(let ids), .relationships(let ids): ids.map { $0 == .max }
    case .integers(let numbers), .dates(let numbers):
      numbers.isNull ?? Array(repeating: false, count: numbers.elements.count)
    case .floats(let numbers): numbers.isNull ?? Array(repeating: false, count: numbers.elements.count)
    case .booleans(let truths): truths.map { $0 == .null }
    case .strings(let strings): strings.nullFlags
    case .coded(let coded): coded.values.values.map(\.isNull).gathered(coded.rows.map { Int32(truncatingIfNeeded: $0) })
    case .values(let values): values.map(\.isNull)
    case .constant(let value, let count): Array(repeating: value.isNull, count: count)
    }
  }

  /// The rows as truth values.
  ///
  /// - Throws: `invalidArgumentType` for a row that is neither boolean nor null.
  func truths(of expression: BoundExpression) throws(QueryError) -> [Ternary] {
    if case .booleans(let truths) = self { return truths }
    if case .constant(.boolean(let truth), let count) = self { return Array(repeating: Ternary(truth), count: count) }
    var result: [Ternary] = []
    result.reserveCapacity(count)
    for row in 0..<count {
      switch self[row] {
      case .boolean(let truth): result.append(Ternary(truth))
      case .null: result.append(.null)
      case let value:
        throw QueryError(
          .invalidArgumentType, "\(value.valueType.phrase) where a condition is needed, expected a boolean",
          at: expression.range)
      }
    }
    return result
  }
}
