import PlenarySyntax

extension ExecutionContext {
  // MARK: Arithmetic and predicates

  func binary(_ op: BinaryOperator, _ left: Vector, _ right: Vector, _ operatorRange: SourceRange) throws -> Vector {
    do {
      switch op {
      case .add, .subtract, .multiply, .divide, .modulo, .power:
        if let typed = try ArithmeticKernel.apply(op, left, right) { return typed }
        if op == .add, let texts = try textsOfFewPairs(left, right) { return texts }
        return try map(left, right, op.arithmetic(checkStop))
      case .in:
        if let typed = MembershipKernel.apply(left, right) { return .booleans(typed) }
        return try map(left, right) { try Value.isIn($0, $1, checkStop: self.checkStop).value }
      case .startsWith, .endsWith, .contains:
        if let typed = TextKernel.apply(op, left, right) { return .booleans(typed) }
        return try map(left, right) { op.textPredicate($0, $1).value }
      case .matches:
        if let typed = try matches(left, right) { return .booleans(typed) }
        return try map(left, right) { try self.matches($0, $1).value }
      }
    } catch let error as QueryError {
      throw error.located(at: operatorRange)
    }
  }

  /// Texts put together, where both columns are made of few: once for each pair of them.
  private func textsOfFewPairs(_ left: Vector, _ right: Vector) throws -> Vector? {
    // Values that are equivalent need not have the same text, so that their codes count, not they.
    func codes(_ vector: Vector) -> [UInt32]? {
      switch vector {
      case .strings(let strings): strings.codes?.rows
      case .coded(let coded): coded.rows
      case .constant(_, let count): Array(repeating: 0, count: count)
      default: nil
      }
    }
    guard left.count >= 64, let first = codes(left), let second = codes(right) else { return nil }
    var pairs = CodeTable()
    let numbers = pairs.codes(first.count) { UInt64(first[$0]) &<< 32 | UInt64(second[$0]) }
    guard pairs.count <= left.count / 4 else { return nil }
    let rows = numbers.firstAppearances(from: 0)
    let add = BinaryOperator.add.arithmetic(checkStop)
    return Vector(try rows.map { try add(left[Int($0)], right[Int($0)]) }, numbered: numbers)
  }

  func plus(_ operand: Vector) throws -> Vector {
    switch operand {
    case .integers, .floats: operand
    default: try map(operand) { try Value.unaryPlus($0) }
    }
  }

  /// A column of strings against one pattern; `nil` for other operands.
  private func matches(_ texts: Vector, _ pattern: Vector) throws -> [Ternary]? {
    guard case .strings(let strings) = texts, case .constant(.string(let text), _) = pattern, strings.count > 1 else {
      return nil
    }
    let expression = try regularExpressions.expression(for: text)
    let automaton = automata[ExactText(text)] ?? makeAutomaton(for: expression)
    let heap = strings.heap
    return try strings.views.enumerated().map { row, view in
      if view.isNull { return .null }
      if row & 255 == 255 { try checkStop() }
      if let known = try automaton?.matchesWhole(heap.bytes(of: view), checkStop: checkStop) { return Ternary(known) }
      return Ternary(try expression.matchesWhole(heap.string(of: view), checkStop: checkStop))
    }
  }

  private func makeAutomaton(for expression: RegularExpression) -> RegularExpressionAutomaton? {
    let automaton = expression.makeAutomaton()
    if automata.count >= RegularExpressionCache.capacity { automata.removeAll() }
    automata[ExactText(expression.pattern)] = .some(automaton)
    return automaton
  }

  /// `text =~ pattern`: whether the whole text matches.
  private func matches(_ text: Value, _ pattern: Value) throws -> Ternary {
    guard case .string(let text) = text, case .string(let pattern) = pattern else { return .null }
    let expression = try regularExpressions.expression(for: pattern)
    return Ternary(try expression.matchesWhole(text, checkStop: checkStop))
  }

  // MARK: Comparison

  func compare(_ op: ComparisonOperator, _ left: Vector, _ right: Vector) -> Vector {
    if let typed = ComparisonKernel.apply(op, left, right) { return .booleans(typed) }
    if case .constant(let a, let count) = left, case .constant(let b, _) = right {
      return .constant(op.apply(a, b).value, count: count)
    }
    return .booleans((0..<left.count).map { op.apply(left[$0], right[$0]) })
  }
}

extension ComparisonOperator {
  /// The three-valued comparison of two values of any type.
  func apply(_ a: Value, _ b: Value) -> Ternary {
    switch self {
    case .equal: Value.isEqual(a, b)
    case .notEqual: .not(Value.isEqual(a, b))
    case .less: Value.isLess(a, b)
    case .lessOrEqual: Value.isLessOrEqual(a, b)
    case .greater: Value.isGreater(a, b)
    case .greaterOrEqual: Value.isGreaterOrEqual(a, b)
    }
  }

  /// The operator that holds when the sides are exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension BinaryOperator {
  /// The arithmetic of two values of any type.
  fileprivate func arithmetic(_ checkStop: @escaping StopCheck) -> (Value, Value) throws -> Value {
    switch self {
    case .subtract: { try Value.subtract($0, $1) }
    case .multiply: { try Value.multiply($0, $1) }
    case .divide: { try Value.divide($0, $1) }
    case .modulo: { try Value.modulo($0, $1) }
    case .power: { try Value.power($0, $1) }
    default: { try Value.add($0, $1, checkStop: checkStop) }
    }
  }

  /// The predicate on two strings; null for anything else.
  fileprivate func textPredicate(_ text: Value, _ part: Value) -> Ternary {
    switch self {
    case .startsWith: Value.startsWith(text, part)
    case .endsWith: Value.endsWith(text, part)
    default: Value.contains(text, part)
    }
  }
}
