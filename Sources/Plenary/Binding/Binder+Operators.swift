import PlenarySyntax

extension Binder {
  func expectBoolean(_ expression: BoundExpression, of what: String) {
    guard expression.type.excludes(.boolean) else { return }
    report(
      .invalidArgumentTypeInText, "\(expression.type.phrase) as operand of \(what), expected a boolean",
      at: expression.range)
  }

  func bindUnary(_ op: UnaryOperator, _ operand: ExpressionID, at range: SourceRange) -> BoundExpression {
    let bound = bindExpression(operand)
    switch op {
    case .not:
      expectBoolean(bound, of: "NOT")
      return BoundExpression(.not(bound), at: range, type: .boolean)
    case .plus, .minus:
      let accepted: ValueType = .number.union(.duration)
      if bound.type.excludes(accepted) {
        report(
          .invalidArgumentTypeInText, "\(bound.type.phrase) after a sign, expected a number", at: bound.range)
      }
      if op == .minus, case .constant(.integer(let value)) = bound.kind, value != .min {
        return BoundExpression(.constant(.integer(-value)), at: range, type: .integer)
      }
      if op == .minus, case .constant(.float(let value)) = bound.kind {
        return BoundExpression(.constant(.float(-value)), at: range, type: .float)
      }
      return BoundExpression(op == .plus ? .plus(bound) : .negate(bound), at: range, type: bound.type)
    }
  }

  func bindBinary(
    _ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, operatorRange: SourceRange, at range: SourceRange
  ) -> BoundExpression {
    let a = bindExpression(left)
    let b = bindExpression(right)
    let type: ValueType
    switch op {
    case .add, .subtract, .multiply, .divide, .modulo, .power:
      type = arithmeticType(op, a.type, b.type)
      if a.type != .null, b.type != .null, type == .null {
        report(
          .invalidArgumentTypeInText,
          "`\(op.rawValue)` of \(a.type.phrase) and \(b.type.phrase), expected \(Value.operands(of: op.rawValue))",
          at: operatorRange, hint: Value.arithmeticHint(a.type, op.rawValue, b.type))
      }
    case .in:
      type = .boolean
      if b.type.excludes(.list) {
        report(.invalidArgumentTypeInText, "\(b.type.phrase) after IN, expected a list", at: b.range)
      }
    case .startsWith, .endsWith, .contains, .matches: type = .boolean
    }
    return BoundExpression(.binary(op, a, b, operatorRange: operatorRange), at: range, type: type)
  }

  /// The types that an arithmetic operator can make of its operands; empty when it can make nothing.
  private func arithmeticType(_ op: BinaryOperator, _ a: ValueType, _ b: ValueType) -> ValueType {
    if a == .null || b == .null { return a.union(b) }
    var result: ValueType = []
    if !a.isDisjoint(with: .number), !b.isDisjoint(with: .number) {
      if op == .power {
        result.formUnion(.float)
      } else {
        if a.contains(.integer), b.contains(.integer) { result.formUnion(.integer) }
        if a.contains(.float) || b.contains(.float) { result.formUnion(.float) }
      }
    }
    switch op {
    case .add:
      if a.contains(.string) || b.contains(.string) { result.formUnion(.string) }
      if a.contains(.list) || b.contains(.list) { result.formUnion(.list) }
      if b.contains(.duration) { result.formUnion(a.intersection(.instant.union(.duration))) }
      if a.contains(.duration) { result.formUnion(b.intersection(.instant.union(.duration))) }
    case .subtract:
      if b.contains(.duration) { result.formUnion(a.intersection(.instant.union(.duration))) }
    case .multiply:
      if a.contains(.duration), !b.isDisjoint(with: .number) { result.formUnion(.duration) }
      if b.contains(.duration), !a.isDisjoint(with: .number) { result.formUnion(.duration) }
    case .divide:
      if a.contains(.duration), !b.isDisjoint(with: .number) { result.formUnion(.duration) }
    default: break
    }
    return result
  }

  func bindComparison(
    _ first: ExpressionID, _ links: [ComparisonLink], at range: SourceRange
  ) -> BoundExpression {
    var left = bindExpression(first)
    var pairs: [BoundExpression] = []
    for link in links {
      let right = bindExpression(link.operand)
      pairs.append(
        BoundExpression(
          .comparison(link.operator, left, right, operatorRange: link.operatorRange),
          at: left.range.union(right.range), type: .boolean))
      left = right
    }
    return pairs.count == 1 ? pairs[0] : BoundExpression(.logical(.and, pairs), at: range, type: .boolean)
  }
}
