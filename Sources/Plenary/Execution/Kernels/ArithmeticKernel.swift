import PlenarySyntax

/// Arithmetic on vectors of numbers, one loop for each type.
enum ArithmeticKernel {
  /// Calculates if there is a loop for the types; `nil` sends the operands down the general path.
  ///
  /// - Throws: `arithmeticOverflow`, `divisionByZero`.
  static func apply(_ op: BinaryOperator, _ left: Vector, _ right: Vector) throws(QueryError) -> Vector? {
    if let a = Operand<Int64>(left), let b = Operand<Int64>(right), !(a.isConstant && b.isConstant) {
      return try integers(op, a, b)
    }
    if let a = Operand<Double>(left), let b = Operand<Double>(right), !(a.isConstant && b.isConstant) {
      return floats(op, a, b)
    }
    return nil
  }

  /// A column of numbers, or one number for all rows.
  fileprivate struct Operand<Number: Sendable> {
    var elements: [Number]
    var isNull: [Bool]?
    var count: Int
    /// 0 when the only element serves every row.
    var stride: Int
    var isConstant: Bool { stride == 0 }

    init(_ elements: [Number], isNull: [Bool]?, count: Int, stride: Int) {
      self.elements = elements
      self.isNull = isNull
      self.count = count
      self.stride = stride
    }
  }

  private static func integers(
    _ op: BinaryOperator, _ a: Operand<Int64>, _ b: Operand<Int64>
  ) throws(QueryError) -> Vector? {
    let isNull = nulls(a, b)
    var overflows = false
    let result: [Int64]
    switch op {
    case .add: result = loop(a, b, isNull, &overflows) { $0.addingReportingOverflow($1) }
    case .subtract: result = loop(a, b, isNull, &overflows) { $0.subtractingReportingOverflow($1) }
    case .multiply: result = loop(a, b, isNull, &overflows) { $0.multipliedReportingOverflow(by: $1) }
    // Division by zero, and of the least integer by -1, count as overflows, too.
    case .divide: result = loop(a, b, isNull, &overflows) { $0.dividedReportingOverflow(by: $1) }
    case .modulo:
      result = loop(a, b, isNull, &overflows) { $1 == -1 ? (0, false) : $0.remainderReportingOverflow(dividingBy: $1) }
    default: return nil
    }
    // The general path finds the row and says what overflowed.
    return overflows ? nil : .integers(NullableArray(result, isNull: isNull))
  }

  private static func floats(_ op: BinaryOperator, _ a: Operand<Double>, _ b: Operand<Double>) -> Vector? {
    let isNull = nulls(a, b)
    var ignored = false
    let result: [Double]
    switch op {
    case .add: result = loop(a, b, isNull, &ignored) { ($0 + $1, false) }
    case .subtract: result = loop(a, b, isNull, &ignored) { ($0 - $1, false) }
    case .multiply: result = loop(a, b, isNull, &ignored) { ($0 * $1, false) }
    case .divide: result = loop(a, b, isNull, &ignored) { ($0 / $1, false) }
    default: return nil
    }
    return .floats(NullableArray(result, isNull: isNull))
  }

  private static func nulls<Number>(_ a: Operand<Number>, _ b: Operand<Number>) -> [Bool]? {
    guard let x = a.isNull else { return b.isNull }
    guard let y = b.isNull else { return x }
    return zip(x, y).map { $0 || $1 }
  }

  @inline(__always)
  private static func loop<Number>(
    _ a: Operand<Number>, _ b: Operand<Number>, _ isNull: [Bool]?, _ overflows: inout Bool,
    _ body: (Number, Number) -> (Number, Bool)
  ) -> [Number] {
    let count = max(a.stride == 0 ? 0 : a.count, b.stride == 0 ? 0 : b.count)
    var anyOverflow = false
    let result = [Number](unsafeUninitializedCapacity: count) { target, initialized in
      a.elements.withUnsafeBufferPointer { x in
        b.elements.withUnsafeBufferPointer { y in
          for row in 0..<count {
            let (value, overflow) = body(x[row &* a.stride], y[row &* b.stride])
            target.initializeElement(at: row, to: value)
            // What stands in a null row is no number, so its overflow means nothing.
            if overflow, isNull?[row] != true { anyOverflow = true }
          }
        }
      }
      initialized = count
    }
    overflows = anyOverflow
    return result
  }
}

extension ArithmeticKernel.Operand where Number == Int64 {
  fileprivate init?(_ vector: Vector) {
    switch vector {
    case .integers(let numbers):
      self.init(numbers.elements, isNull: numbers.isNull, count: numbers.elements.count, stride: 1)
    case .constant(.integer(let number), let count): self.init([number], isNull: nil, count: count, stride: 0)
    default: return nil
    }
  }
}

extension ArithmeticKernel.Operand where Number == Double {
  /// Integers widen to floats here: the integer kernel comes first.
  fileprivate init?(_ vector: Vector) {
    switch vector {
    case .floats(let numbers):
      self.init(numbers.elements, isNull: numbers.isNull, count: numbers.elements.count, stride: 1)
    case .integers(let numbers):
      self.init(numbers.elements.map(Double.init), isNull: numbers.isNull, count: numbers.elements.count, stride: 1)
    case .constant(.float(let number), let count): self.init([number], isNull: nil, count: count, stride: 0)
    case .constant(.integer(let number), let count): self.init([Double(number)], isNull: nil, count: count, stride: 0)
    default: return nil
    }
  }
}
