/// Numbers chosen by conditions: one pass over the rows for each branch of a CASE, without taking rows out of the batch.
private struct NumbersByCondition<Number: ExpressibleByZero & FixedWidthNumber> {
  private var elements: [Number]
  private var isNull: [Bool]?

  init(count: Int, hasNulls: Bool) {
    elements = Array(repeating: .zero, count: count)
    isNull = hasNulls ? Array(repeating: false, count: count) : nil
  }

  var result: NullableArray<Number> { NullableArray(elements, isNull: isNull) }

  mutating func fill(with number: Number?) {
    elements = Array(repeating: number ?? .zero, count: elements.count)
    if number == nil { isNull = Array(repeating: true, count: elements.count) }
  }

  mutating func fill(with numbers: NullableArray<Number>) {
    elements = numbers.elements
    if let flags = numbers.isNull { isNull = flags }
  }

  /// Gives a number to the rows that a condition is true for. The branches of a CASE come last to first.
  mutating func give(_ number: Number?, where truths: [Ternary]) {
    let bits = (number ?? .zero).bits
    choose(truths) { _ in bits }
    let isAbsent = number == nil
    chooseFlags(truths) { _ in isAbsent }
  }

  mutating func give(_ numbers: NullableArray<Number>, where truths: [Ternary]) {
    numbers.elements.withUnsafeBufferPointer { numbers in choose(truths) { numbers[$0].bits } }
    chooseFlags(truths) { numbers.isNull?[$0] ?? false }
  }

  /// Without branches, so that the loop takes many at once.
  @inline(__always)
  private mutating func choose(_ truths: [Ternary], _ bits: (Int) -> Number.Bits) {
    truths.withUnsafeBufferPointer { truths in
      elements.withUnsafeMutableBufferPointer { elements in
        for row in 0..<elements.count {
          let mask = 0 &- Number.Bits(truncatingIfNeeded: truths[row].rawValue & 1)
          let old = elements[row].bits
          elements[row] = Number(bits: old ^ ((old ^ bits(row)) & mask))
        }
      }
    }
  }

  @inline(__always)
  private mutating func chooseFlags(_ truths: [Ternary], _ flag: (Int) -> Bool) {
    truths.withUnsafeBufferPointer { truths in
      isNull?.withUnsafeMutableBufferPointer { isNull in
        for row in 0..<isNull.count {
          let isTaken = truths[row].rawValue & 1 == 1
          isNull[row] = (isTaken && flag(row)) || (!isTaken && isNull[row])
        }
      }
    }
  }
}

/// A number as its bits, to choose between two without branching.
protocol FixedWidthNumber {
  associatedtype Bits: FixedWidthInteger
  var bits: Bits { get }
  init(bits: Bits)
}

extension Int64: FixedWidthNumber {
  @inline(__always) var bits: UInt64 { UInt64(bitPattern: self) }
  @inline(__always) init(bits: UInt64) { self.init(bitPattern: bits) }
}

extension Double: FixedWidthNumber {
  @inline(__always) var bits: UInt64 { bitPattern }
  @inline(__always) init(bits: UInt64) { self.init(bitPattern: bits) }
}

extension ExecutionContext {
  /// A CASE without an operand whose conditions cannot fail and whose results are constants or properties, all of them
  /// integers or all of them floats; `nil` for any other.
  func numbers(
    by branches: [BoundBranch], otherwise: BoundExpression?, _ batch: Batch
  ) throws -> Vector? {
    guard let choice = try choice(branches, otherwise, batch) else { return nil }
    if let integers = try choice.numbers({ $0.integers }, count: batch.count) { return .integers(integers) }
    return try choice.numbers({ $0.floats }, count: batch.count).map(Vector.floats)
  }

  /// The same for floats and the integer 0, which stands there as a float; `nil` where no row got a float.
  ///
  /// For sums of everything there is: zero changes no sum that is a float anyway.
  func floatsOrZero(
    by branches: [BoundBranch], otherwise: BoundExpression?, _ batch: Batch
  ) throws -> Vector? {
    guard let choice = try choice(branches, otherwise, batch) else { return nil }
    let gotFloat = zip(choice.truths, choice.results).contains { truths, result in
      guard case .floats(let numbers) = result, numbers.isNull == nil else { return false }
      return truths.contains(.true)
    }
    guard gotFloat else { return nil }
    return try choice.numbers(
      { result in
        if case .constant(.integer(0), _) = result { return .one(0) }
        return result.floats
      }, count: batch.count
    ).map(Vector.floats)
  }

  /// What each branch is for, and what it gives to all rows, those that it does not take among them.
  private func choice(
    _ branches: [BoundBranch], _ otherwise: BoundExpression?, _ batch: Batch
  ) throws -> NumberChoice? {
    guard !hasDeleted else { return nil }
    var results: [Vector] = []
    for result in branches.map(\.then) + [otherwise].compactMap({ $0 }) {
      guard result.isSimpleOperand else { return nil }
      results.append(try evaluate(result, batch))
    }
    if otherwise == nil { results.append(.constant(.null, count: batch.count)) }
    var truths: [[Ternary]] = []
    for branch in branches {
      guard let found = try truthsThatCannotFail(of: branch.when, batch) else { return nil }
      truths.append(found)
    }
    return NumberChoice(truths: truths, results: results)
  }

  /// The truth of a condition for all rows, where it cannot fail for any; `nil` where it may.
  private func truthsThatCannotFail(of condition: BoundExpression, _ batch: Batch) throws -> [Ternary]? {
    if !condition.mayFailAsCondition { return try evaluateCondition(condition, batch) }
    switch condition.kind {
    case .property where !condition.mayFail:
      if case .booleans(let truths) = try evaluate(condition, batch) { return truths }
      return nil
    case .logical(let op, let operands):
      guard var result = try truthsThatCannotFail(of: operands[0], batch) else { return nil }
      for operand in operands.dropFirst() {
        guard let next = try truthsThatCannotFail(of: operand, batch) else { return nil }
        op.combine(&result, with: next)
      }
      return result
    default: return nil
    }
  }
}

/// What the branches of a CASE are for and what they give, the last result to the rows that no branch takes.
private struct NumberChoice {
  let truths: [[Ternary]]
  let results: [Vector]

  /// One result for all rows, or one for each.
  enum Numbers<Number: Sendable> {
    case one(Number?)
    case column(NullableArray<Number>)

    var hasNulls: Bool {
      switch self {
      case .one(let number): number == nil
      case .column(let numbers): numbers.isNull != nil
      }
    }
  }

  /// The results as one column, where each is made of such numbers.
  func numbers<Number: ExpressibleByZero & FixedWidthNumber>(
    _ numbers: (Vector) -> Numbers<Number>?, count: Int
  ) throws -> NullableArray<Number>? {
    var columns: [Numbers<Number>] = []
    for result in results {
      guard let column = numbers(result) else { return nil }
      columns.append(column)
    }
    let isAnyNumber = columns.contains { if case .one(nil) = $0 { false } else { true } }
    guard isAnyNumber else { return nil }
    var result = NumbersByCondition<Number>(count: count, hasNulls: columns.contains(where: \.hasNulls))
    switch columns[columns.count - 1] {
    case .one(let number): result.fill(with: number)
    case .column(let numbers): result.fill(with: numbers)
    }
    for (truths, column) in zip(truths, columns).reversed() {
      switch column {
      case .one(let number): result.give(number, where: truths)
      case .column(let numbers): result.give(numbers, where: truths)
      }
    }
    return result.result
  }
}

extension Vector {
  fileprivate var integers: NumberChoice.Numbers<Int64>? {
    switch self {
    case .integers(let numbers): .column(numbers)
    case .constant(.integer(let number), _): .one(number)
    case .constant(.null, _): .one(nil)
    default: nil
    }
  }

  fileprivate var floats: NumberChoice.Numbers<Double>? {
    switch self {
    case .floats(let numbers): .column(numbers)
    case .constant(.float(let number), _): .one(number)
    case .constant(.null, _): .one(nil)
    default: nil
    }
  }
}
