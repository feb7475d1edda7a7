// The arithmetic operators. Null with anything is null. Integers never wrap: a result that does not fit 64 bits is an
// error. An integer beside a float becomes a float, and floats follow IEEE 754. openCypher 9, expressions, mathematical
// operators. The errors have no range: the evaluator adds that of the operator.
extension Value {
  /// The `+` operator: numbers, strings, lists, durations, and temporal instants with durations.
  ///
  /// A list takes any value beside it as a further element; a string takes a number, Boolean or temporal value as text.
  ///
  /// - Throws: `arithmetic-overflow`, `invalid-argument-type`, `invalid-temporal`, `memory-limit-exceeded`.
  static func add(_ a: Value, _ b: Value, checkStop: StopCheck = {}) throws(QueryError) -> Value {
    switch (a, b) {
    case (.null, _), (_, .null): return .null
    case (.integer(let x), .integer(let y)): return .integer(try checked(x.addingReportingOverflow(y), x, "+", y))
    case (.float(let x), .float(let y)): return .float(x + y)
    case (.integer(let x), .float(let y)): return .float(Double(x) + y)
    case (.float(let x), .integer(let y)): return .float(x + Double(y))
    case (.list(let x), .list(let y)):
      try SizeLimit.checkList(x.count + y.count)
      return .list(try Array(joining: x[...], y[...], checkStop: checkStop))
    case (.list(let x), _):
      try SizeLimit.checkList(x.count + 1)
      return .list(try Array(joining: x[...], [b], checkStop: checkStop))
    case (_, .list(let y)):
      try SizeLimit.checkList(y.count + 1)
      return .list(try Array(joining: [a], y[...], checkStop: checkStop))
    case (.string, _), (_, .string):
      guard let x = a.text, let y = b.text else { throw unsupported(a, "+", b) }
      try SizeLimit.checkString(x.utf8.count + y.utf8.count)
      return .string(x + y)
    case (.duration, _), (_, .duration):
      guard let sum = try temporalSum(a, b) else { throw unsupported(a, "+", b) }
      return sum
    default: throw unsupported(a, "+", b)
    }
  }

  /// The `-` operator: numbers, durations, and a duration taken from a temporal instant.
  ///
  /// - Throws: `arithmetic-overflow`, `invalid-argument-type`, `invalid-temporal`.
  static func subtract(_ a: Value, _ b: Value) throws(QueryError) -> Value {
    switch (a, b) {
    case (.null, _), (_, .null): return .null
    case (.integer(let x), .integer(let y)): return .integer(try checked(x.subtractingReportingOverflow(y), x, "-", y))
    case (.float(let x), .float(let y)): return .float(x - y)
    case (.integer(let x), .float(let y)): return .float(Double(x) - y)
    case (.float(let x), .integer(let y)): return .float(x - Double(y))
    case (_, .duration):
      guard let difference = try temporalDifference(a, b) else { throw unsupported(a, "-", b) }
      return difference
    default: throw unsupported(a, "-", b)
    }
  }

  /// The `*` operator: numbers, and a duration with a number.
  ///
  /// - Throws: `arithmetic-overflow`, `invalid-argument-type`, `invalid-temporal`.
  static func multiply(_ a: Value, _ b: Value) throws(QueryError) -> Value {
    switch (a, b) {
    case (.null, _), (_, .null): return .null
    case (.integer(let x), .integer(let y)):
      return .integer(try checked(x.multipliedReportingOverflow(by: y), x, "*", y))
    case (.float(let x), .float(let y)): return .float(x * y)
    case (.integer(let x), .float(let y)): return .float(Double(x) * y)
    case (.float(let x), .integer(let y)): return .float(x * Double(y))
    case (.duration, .integer), (.duration, .float): return try temporalProduct(a, b)
    case (.integer, .duration), (.float, .duration): return try temporalProduct(b, a)
    default: throw unsupported(a, "*", b)
    }
  }

  /// The `/` operator: numbers, integers truncating towards zero, and a duration by a number.
  ///
  /// - Throws: `division-by-zero` for integers, `arithmetic-overflow`, `invalid-argument-type`, `invalid-temporal`.
  static func divide(_ a: Value, _ b: Value) throws(QueryError) -> Value {
    switch (a, b) {
    case (.null, _), (_, .null): return .null
    case (.integer(let x), .integer(let y)):
      guard y != 0 else { throw QueryError(.divisionByZero, "division of \(x) by zero") }
      return .integer(try checked(x.dividedReportingOverflow(by: y), x, "/", y))
    case (.float(let x), .float(let y)): return .float(x / y)
    case (.integer(let x), .float(let y)): return .float(Double(x) / y)
    case (.float(let x), .integer(let y)): return .float(x / Double(y))
    case (.duration, .integer), (.duration, .float): return try temporalQuotient(a, b)
    default: throw unsupported(a, "/", b)
    }
  }

  /// The `%` operator on numbers; the result has the sign of the dividend.
  ///
  /// - Throws: `division-by-zero` for integers, `invalid-argument-type`.
  static func modulo(_ a: Value, _ b: Value) throws(QueryError) -> Value {
    switch (a, b) {
    case (.null, _), (_, .null): return .null
    case (.integer(let x), .integer(let y)):
      guard y != 0 else { throw QueryError(.divisionByZero, "remainder of \(x) by zero") }
      return .integer(y == -1 ? 0 : x % y)
    case (.float(let x), .float(let y)): return .float(x.truncatingRemainder(dividingBy: y))
    case (.integer(let x), .float(let y)): return .float(Double(x).truncatingRemainder(dividingBy: y))
    case (.float(let x), .integer(let y)): return .float(x.truncatingRemainder(dividingBy: Double(y)))
    default: throw unsupported(a, "%", b)
    }
  }

  /// The `^` operator on numbers; always a float.
  ///
  /// - Throws: `invalid-argument-type`.
  static func power(_ a: Value, _ b: Value) throws(QueryError) -> Value {
    if a.isNull || b.isNull { return .null }
    guard let x = a.double, let y = b.double else { throw unsupported(a, "^", b) }
    return .float(Mathematics.power(x, y))
  }

  /// Unary minus on numbers and durations.
  ///
  /// - Throws: `arithmetic-overflow`, `invalid-argument-type`, `invalid-temporal`.
  static func negate(_ a: Value) throws(QueryError) -> Value {
    switch a {
    case .null: return .null
    case .integer(let x):
      guard x != .min else {
        throw QueryError(
          .arithmeticOverflow, "-(\(x)) does not fit a 64-bit Integer",
          hint: "make the number a float to calculate with less precision")
      }
      return .integer(-x)
    case .float(let x): return .float(-x)
    case .duration: return try temporalProduct(a, .integer(-1))
    default: throw QueryError(.invalidArgumentType, "found - \(a.valueType), expected a number or Duration")
    }
  }

  /// Unary plus: numbers and durations as they are.
  ///
  /// - Throws: `invalid-argument-type`.
  static func unaryPlus(_ a: Value) throws(QueryError) -> Value {
    switch a {
    case .null, .integer, .float, .duration: return a
    default: throw QueryError(.invalidArgumentType, "found + \(a.valueType), expected a number or Duration")
    }
  }

  /// A number as a float; `nil` for anything else.
  var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .float(let number): number
    default: nil
    }
  }

  private static func checked(
    _ result: (partialValue: Int64, overflow: Bool), _ a: Int64, _ symbol: String, _ b: Int64
  ) throws(QueryError) -> Int64 {
    guard !result.overflow else {
      throw QueryError(
        .arithmeticOverflow, "\(a) \(symbol) \(b) does not fit a 64-bit Integer",
        hint: "make one operand a float to calculate with less precision")
    }
    return result.partialValue
  }

  /// What the operator got, and what it takes.
  private static func unsupported(_ a: Value, _ symbol: String, _ b: Value) -> QueryError {
    QueryError(
      .invalidArgumentType, "found \(a.valueType) \(symbol) \(b.valueType), expected \(operands(of: symbol))",
      hint: arithmeticHint(a.valueType, symbol, b.valueType))
  }

  /// What an arithmetic operator takes, in words.
  static func operands(of symbol: String) -> String {
    switch symbol {
    case "+": "numbers, strings, lists or durations, or a temporal value and a duration"
    case "-": "numbers or durations, or a temporal value and a duration"
    case "*": "numbers, or a duration and a number"
    case "/": "numbers, or a duration divided by a number"
    default: "numbers"
    }
  }

  /// What to write instead of an arithmetic operator between two types.
  static func arithmeticHint(_ a: ValueType, _ symbol: String, _ b: ValueType) -> String? {
    let areInstants = !a.isDisjoint(with: .instant) && !b.isDisjoint(with: .instant)
    if symbol == "-", areInstants { return "duration.between() gives the time between two temporal values" }
    let isMoved = !a.isDisjoint(with: .instant) && !b.isDisjoint(with: .number)
    if isMoved, symbol == "+" || symbol == "-" { return "write the amount of time as a duration: duration({days: 1})" }
    return nil
  }
}
