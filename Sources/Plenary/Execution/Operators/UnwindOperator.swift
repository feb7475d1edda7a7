/// One row for each element of a list; null makes no row, anything else is a list of itself.
final class UnwindOperator: FlatMapOperator {
  private let list: BoundExpression
  private let variable: VariableID
  private var lists = Vector.constant(.null, count: 0)
  /// The elements, where they need no lists.
  private var column: (any ElementColumn)?
  private var cursor = ElementCursor()
  /// The numbers of `range()` for the only row of the input, which never become a list.
  private var numbers: IntegerSequence?

  init(
    _ list: BoundExpression, _ variable: VariableID, _ input: Operator, _ context: ExecutionContext, _ plan: Plan
  ) {
    self.list = list
    self.variable = variable
    super.init(input, introducing: [variable], context, plan)
  }

  override func start(_ batch: Batch) throws {
    numbers = try batch.count == 1 ? context.integerSequence(list, batch) : nil
    column = try numbers == nil ? context.elementColumn(list, batch) : nil
    if numbers == nil, column == nil { lists = try context.evaluate(list, batch) }
    cursor = ElementCursor()
  }

  override func nextRows(of batch: Batch) -> Batch? {
    if let column { return nextElements(of: batch, in: column) }
    return numbers == nil ? nextElements(of: batch) : nextNumbers(of: batch)
  }

  private func nextNumbers(of batch: Batch) -> Batch? {
    guard let next = numbers?.next(context.batchSize) else { return nil }
    var result = batch.repeated(row: 0, count: next.count, keeping: kept)
    result[variable] = .integers(NullableArray(next))
    return result
  }

  private func nextElements(of batch: Batch, in column: any ElementColumn) -> Batch? {
    let (rows, pieces) = column.next(context.batchSize, from: &cursor)
    guard !rows.isEmpty else { return nil }
    var result = batch.gathered(rows, keeping: kept)
    result[variable] = column.elements(pieces)
    return result
  }

  private func nextElements(of batch: Batch) -> Batch? {
    var rows: [Int32] = []
    var values: [Value] = []
    while cursor.row < batch.count, values.count < context.batchSize {
      let row = cursor.row
      switch lists[row] {
      case .null: break
      case .list(let elements):
        let end = min(elements.count, cursor.element + context.batchSize - values.count)
        values += elements[cursor.element..<end]
        rows += repeatElement(Int32(row), count: end - cursor.element)
        cursor.element = end
        if end < elements.count { continue }
      case let single:
        values.append(single)
        rows.append(Int32(row))
      }
      cursor = ElementCursor(row: row + 1)
    }
    guard !values.isEmpty else { return nil }
    var result = batch.gathered(rows, keeping: kept)
    result[variable] = Vector(narrowing: values)
    return result
  }
}

/// The numbers of a `range()` call, made as they are asked for.
struct IntegerSequence {
  private var nextNumber: Int64
  private let step: Int64
  private var remaining: UInt64

  /// - Precondition: `step` is not zero.
  init(from start: Int64, through end: Int64, by step: Int64) {
    nextNumber = start
    self.step = step
    let isEmpty = step > 0 ? start > end : start < end
    // The distance of two 64-bit integers fits 64 bits without a sign.
    let distance = step > 0 ? UInt64(bitPattern: end &- start) : UInt64(bitPattern: start &- end)
    remaining = isEmpty ? 0 : (distance / step.magnitude).addingReportingOverflow(1).partialValue
  }

  mutating func next(_ limit: Int) -> [Int64]? {
    guard remaining > 0 else { return nil }
    let count = Int(min(remaining, UInt64(limit)))
    let (first, step) = (nextNumber, step)
    remaining -= UInt64(count)
    nextNumber = first &+ Int64(count) &* step
    return [Int64](unsafeUninitializedCapacity: count) { target, initialized in
      // Added up four at once: left to itself the compiler multiplies, and without words for that.
      var four = SIMD4(0, 1, 2, 3) &* step &+ first
      var index = 0
      while index &+ 4 <= count {
        for lane in 0..<4 { target.initializeElement(at: index &+ lane, to: four[lane]) }
        four &+= step &* 4
        index &+= 4
      }
      for lane in 0..<count &- index { target.initializeElement(at: index &+ lane, to: four[lane]) }
      initialized = count
    }
  }
}

extension ExecutionContext {
  /// The numbers of a list that is a call of `range()` with integers; `nil` for any other, and for errors, which the
  /// function itself reports best.
  fileprivate func integerSequence(_ list: BoundExpression, _ batch: Batch) throws -> IntegerSequence? {
    guard case .call(let function, let arguments) = list.kind, function.name == "range" else { return nil }
    var numbers: [Int64] = []
    for argument in arguments {
      guard case .integer(let number) = try evaluate(argument, batch)[0] else { return nil }
      numbers.append(number)
    }
    guard numbers.count >= 2, numbers.count < 3 || numbers[2] != 0 else { return nil }
    return IntegerSequence(from: numbers[0], through: numbers[1], by: numbers.count > 2 ? numbers[2] : 1)
  }
}
