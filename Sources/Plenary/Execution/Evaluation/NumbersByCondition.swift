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
  /// A CASE whose conditions cannot fail and whose results are constants or properties, all of them integers or all of
  /// them floats; `nil` for any other.
  ///
  /// - Parameter zeroAsFloat: whether the integer 0 may stand as a float beside floats, where some row gets a float. For
  ///   sums of everything there is: zero changes no sum that is a float anyway.
  func numbers(
    by branches: [BoundBranch], of subject: BoundExpression?, otherwise: BoundExpression?, _ batch: Batch,
    zeroAsFloat: Bool = false
  ) throws -> Vector? {
    guard !hasDeleted, let results = try simpleResults(of: branches, otherwise, batch) else { return nil }
    let areIntegers = results.allSatisfy { $0.integers != nil }
    let areFloats = !areIntegers && results.allSatisfy { $0.floats != nil }
    let areMixed = !areIntegers && !areFloats && zeroAsFloat && results.allSatisfy { $0.floatsOrZero != nil }
    // Only then is it worth asking for the conditions.
    guard areIntegers || areFloats || areMixed, let truths = try truths(of: branches, subject, batch) else {
      return nil
    }
    let choice = NumberChoice(truths: truths, results: results)
    if areIntegers { return choice.numbers({ $0.integers }, count: batch.count).map(Vector.integers) }
    if areMixed, !choice.givesFloat { return nil }
    return choice.numbers({ areMixed ? $0.floatsOrZero : $0.floats }, count: batch.count).map(Vector.floats)
  }

  /// What each branch gives to all rows, those that it does not take among them; `nil` where that is to be computed.
  private func simpleResults(
    of branches: [BoundBranch], _ otherwise: BoundExpression?, _ batch: Batch
  ) throws -> [Vector]? {
    let expressions = branches.map(\.then) + [otherwise].compactMap { $0 }
    guard expressions.allSatisfy(\.isSimpleOperand) else { return nil }
    let results = try expressions.map { try evaluate($0, batch) }
    return otherwise == nil ? results + [.constant(.null, count: batch.count)] : results
  }

  /// The truths of all conditions; `nil` where one may fail.
  private func truths(
    of branches: [BoundBranch], _ subject: BoundExpression?, _ batch: Batch
  ) throws -> [[Ternary]]? {
    var truths: [[Ternary]] = []
    if let subject {
      guard !subject.mayFail, branches.allSatisfy({ !$0.when.mayFail }) else { return nil }
      let subjects = try evaluate(subject, batch)
      for branch in branches {
        truths.append(try compare(.equal, subjects, evaluate(branch.when, batch)).truths(of: branch.when))
      }
      return truths
    }
    for branch in branches {
      guard let found = try truthsThatCannotFail(of: branch.when, batch) else { return nil }
      truths.append(found)
    }
    return truths
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

  /// Whether some row gets a float.
  var givesFloat: Bool {
    var open = Array(repeating: true, count: truths[0].count)
    for (truths, result) in zip(truths, results) {
      for row in open.indices where open[row] && truths[row] == .true {
        if result.isFloat(row) { return true }
        open[row] = false
      }
    }
    return open.indices.contains { open[$0] && results[results.count - 1].isFloat($0) }
  }

  /// The results as one column, where each is made of such numbers.
  func numbers<Number: ExpressibleByZero & FixedWidthNumber>(
    _ numbers: (Vector) -> Numbers<Number>?, count: Int
  ) -> NullableArray<Number>? {
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

  /// The same, with the integer 0 as a float.
  fileprivate var floatsOrZero: NumberChoice.Numbers<Double>? {
    if case .constant(.integer(0), _) = self { .one(0) } else { floats }
  }

  fileprivate func isFloat(_ row: Int) -> Bool {
    switch self {
    case .floats(let numbers): !(numbers.isNull?[row] ?? false)
    case .constant(.float, _): true
    default: false
    }
  }
}
