/// How tightly operators bind, loosest first (openCypher 9, Expression).
enum Precedence: UInt8, Comparable {
  case or, xor, and, not, comparison, predicate, additive, multiplicative, power, unary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }

  /// The next tighter one.
  var tighter: Precedence { Precedence(rawValue: rawValue + 1) ?? .unary }
}

/// Operators, by precedence climbing.
///
/// Chains are loops, so their length costs no stack. AND, OR, XOR and comparisons become one node for a whole chain;
/// the other operators nest to the left, up to `maximumTreeDepth`.
extension Parser {
  /// `Expression` whose operators bind at least as tightly as `loosest`.
  mutating func parseExpression(_ loosest: Precedence = .or) -> ExpressionID {
    guard enter() else { return missing() }
    defer { leave() }
    let start = index
    // What an operator has bound stays bound: after `a IS NULL`, which has no operand to its right, comes no `+`.
    var tightest = kind == .not ? Precedence.not : .unary
    var left = kind == .not ? parseNot(loosest) : parseUnary()
    while !isPanicking, let level = operatorPrecedence(), level >= loosest, level <= tightest {
      tightest = level
      switch level {
      case .or, .xor, .and: left = parseLogical(left, level, from: start)
      case .comparison: left = parseComparison(left, from: start)
      case .predicate: left = parsePredicate(left, from: start)
      default: left = parseArithmetic(left, level, from: start)
      }
    }
    if recorder != nil { noteOperators(loosest) }
    return left
  }

  /// An expression that must be a condition, so that a pattern may stand for one.
  mutating func parseCondition() -> ExpressionID {
    let condition = parseExpression()
    takeAsCondition(condition)
    return condition
  }

  /// The precedence of the operator at hand, if it is one.
  private func operatorPrecedence() -> Precedence? {
    switch kind {
    case .or, .doubleBar: .or
    case .xor: .xor
    case .and, .doubleAmpersand: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .doubleEqual, .exclamationEqual: .comparison
    case .in, .starts, .ends, .contains, .is, .regularExpression: .predicate
    case .plus, .minus, .unusualDash: .additive
    case .star, .slash, .percent: .multiplicative
    case .caret: .power
    default: nil
    }
  }

  /// `OrExpression`, `XorExpression`, `AndExpression`: the operands of one operator, as one node.
  @inline(never) private mutating func parseLogical(_ first: ExpressionID, _ level: Precedence, from start: Int)
    -> ExpressionID
  {
    let keyword: TokenKind = level == .or ? .or : level == .xor ? .xor : .and
    let foreign: TokenKind = level == .or ? .doubleBar : .doubleAmpersand
    var operands = [first]
    takeAsCondition(first)
    var tallestOperand = height(first)
    while !isPanicking, kind == keyword || (kind == foreign && level != .xor) {
      if kind == foreign { reportForeign(keyword) }
      advance()
      let operand = parseExpression(level.tighter)
      takeAsCondition(operand)
      tallestOperand = Swift.max(tallestOperand, height(operand))
      operands.append(operand)
    }
    let connective: LogicalOperator = level == .or ? .or : level == .xor ? .xor : .and
    return make(.logical(connective, operands), range(from: start), height: tallestOperand + 1)
  }

  @inline(never) private mutating func reportForeign(_ keyword: TokenKind) {
    report(
      .unexpectedToken, "unexpected `\(kind.spelling)`, expected `\(keyword.spelling)`", at: current.range,
      hint: "write `\(keyword.spelling)`")
  }

  /// `NotExpression`: NOT any number of times, then a comparison.
  @inline(never) private mutating func parseNot(_ loosest: Precedence) -> ExpressionID {
    let start = index
    if loosest > .not {
      report(
        .unexpectedToken, "unexpected `NOT`, expected a value", at: current.range,
        hint: "NOT binds less tightly than the operator before it: put it in parentheses")
    }
    while !isPanicking, kind == .not { advance() }
    let count = index - start
    var id = parseExpression(Swift.max(loosest, .comparison))
    takeAsCondition(id)
    for distance in 0..<count where !isPanicking {
      id = make(.unary(.not, id), range(from: start + count - 1 - distance), height: height(id) + 1)
    }
    return id
  }

  /// `ComparisonExpression`: a chain of comparisons, as one node.
  @inline(never) private mutating func parseComparison(_ first: ExpressionID, from start: Int) -> ExpressionID {
    var links: [ComparisonLink] = []
    var tallestOperand = height(first)
    while !isPanicking, let comparison = comparisonOperator() {
      let operatorRange = current.range
      advance()
      let operand = parseExpression(.predicate)
      tallestOperand = Swift.max(tallestOperand, height(operand))
      links.append(ComparisonLink(operator: comparison, operatorRange: operatorRange, operand: operand))
    }
    return make(.comparison(first, links), range(from: start), height: tallestOperand + 1)
  }

  private mutating func comparisonOperator() -> ComparisonOperator? {
    switch kind {
    case .equal: return .equal
    case .notEqual: return .notEqual
    case .less: return .less
    case .lessOrEqual: return .lessOrEqual
    case .greater: return .greater
    case .greaterOrEqual: return .greaterOrEqual
    case .doubleEqual:
      report(.unexpectedToken, "unexpected `==`, expected `=`", at: current.range, hint: "write `=` for equality")
      return .equal
    case .exclamationEqual:
      report(.unexpectedToken, "unexpected `!=`, expected `<>`", at: current.range, hint: "write `<>` for inequality")
      return .notEqual
    default: return nil
    }
  }

  /// `StringListNullPredicateExpression`: one predicate after its operand.
  @inline(never) private mutating func parsePredicate(_ left: ExpressionID, from start: Int) -> ExpressionID {
    let operatorStart = index
    let predicate: BinaryOperator
    switch kind {
    case .is: return parseNullPredicate(left, from: start)
    case .in: predicate = .in
    case .contains: predicate = .contains
    case .regularExpression: predicate = .matches
    case .starts: predicate = .startsWith
    default: predicate = .endsWith
    }
    advance()
    if predicate == .startsWith || predicate == .endsWith { expect(.with) }
    let operatorRange = range(from: operatorStart)
    let right = parseExpression(.additive)
    return makeBinary(predicate, left, right, operatorRange, from: start)
  }

  @inline(never) private mutating func makeBinary(
    _ binary: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, _ operatorRange: SourceRange,
    from start: Int
  ) -> ExpressionID {
    make(
      .binary(binary, left, right, operatorRange: operatorRange), range(from: start),
      height: Swift.max(height(left), height(right)) + 1)
  }

  /// `IS NULL`, `IS NOT NULL`.
  @inline(never) private mutating func parseNullPredicate(_ operand: ExpressionID, from start: Int) -> ExpressionID {
    advance()
    let isNegated = eat(.not)
    if !eat(.null) {
      fail(expected: isNegated ? "NULL" : "NULL or NOT NULL", hint: "to compare values write `=`")
    }
    return make(.isNull(operand, isNegated: isNegated), range(from: start), height: height(operand) + 1)
  }

  /// `AddOrSubtractExpression`, `MultiplyDivideModuloExpression`, `PowerOfExpression`: one operator, to the left.
  @inline(never) private mutating func parseArithmetic(_ left: ExpressionID, _ level: Precedence, from start: Int)
    -> ExpressionID
  {
    let operatorRange = current.range
    let arithmetic = arithmeticOperator()
    advance()
    let right = parseExpression(level.tighter)
    return makeBinary(arithmetic, left, right, operatorRange, from: start)
  }

  @inline(never) private mutating func arithmeticOperator() -> BinaryOperator {
    switch kind {
    case .plus: return .add
    case .minus: return .subtract
    case .star: return .multiply
    case .slash: return .divide
    case .percent: return .modulo
    case .caret: return .power
    default:
      report(
        .invalidCharacter, "unexpected \(describe(current)), expected an operator", at: current.range,
        hint: "write the minus sign as `-`")
      return .subtract
    }
  }

  /// `UnaryAddOrSubtractExpression`: signs, then an operand.
  private mutating func parseUnary() -> ExpressionID {
    guard kind == .minus || kind == .plus else { return parsePostfix(allowsLabels: true) }
    let start = index
    while !isPanicking, kind == .minus || kind == .plus { advance() }
    var signs = index - start
    var id: ExpressionID
    if let smallest = parseSmallestInteger() {
      id = smallest
      signs -= 1
    } else {
      id = parsePostfix(allowsLabels: true)
    }
    while signs > 0, !isPanicking {
      signs -= 1
      let sign: UnaryOperator = tokens[start + signs].kind == .minus ? .minus : .plus
      id = make(.unary(sign, id), range(from: start + signs), height: height(id) + 1)
    }
    return id
  }

  /// `-9223372036854775808`, after the sign: its digits alone fit no 64-bit integer.
  @inline(never) private mutating func parseSmallestInteger() -> ExpressionID? {
    guard kind == .integer, tokens[index - 1].kind == .minus, !current.flags.contains(.malformed),
      integerMagnitude(of: current) == Int64.min.magnitude
    else { return nil }
    let start = index - 1
    advance()
    return make(.literal(.integer(.min)), range(from: start))
  }

  /// `PropertyOrLabelsExpression` and list operators: what may stand after an atom.
  mutating func parsePostfix(allowsLabels: Bool) -> ExpressionID {
    let start = index
    var id = parseAtom()
    while !isPanicking {
      switch kind {
      case .dot: id = parseProperty(of: id, from: start)
      case .leftBracket: id = parseSubscript(of: id, from: start)
      case .colon where allowsLabels: return parseLabelPredicate(of: id, from: start)
      default: return id
      }
    }
    return id
  }

  /// `PropertyLookup`.
  @inline(never) private mutating func parseProperty(of subject: ExpressionID, from start: Int) -> ExpressionID {
    advance()
    if recorder != nil { notePropertyKey(of: subject) }
    let key = parseSchemaName("a property key") ?? Name("", at: SourceRange(at: current.start))
    return make(.property(of: subject, key: key), range(from: start), height: height(subject) + 1)
  }

  /// `subject:Label`, as a condition.
  @inline(never) private mutating func parseLabelPredicate(of subject: ExpressionID, from start: Int) -> ExpressionID {
    advance()
    let labels = parseLabelExpression(.predicate)
    return make(.hasLabels(subject, labels), range(from: start), height: height(subject) + 1)
  }

  /// `list[index]`, `list[from..to]`.
  @inline(never) private mutating func parseSubscript(of subject: ExpressionID, from start: Int) -> ExpressionID {
    let open = index
    let outerBar = barIsSeparator
    barIsSeparator = false
    advance()
    let lower = kind == .dotDot ? nil : parseExpression()
    var isSlice = false
    var upper: ExpressionID?
    if !isPanicking, eat(.dotDot) {
      isSlice = true
      if kind != .rightBracket { upper = parseExpression() }
    }
    barIsSeparator = outerBar
    close(open, expected: isSlice ? nil : "`..`")
    let tallestPart = [lower, upper].reduce(height(subject)) { Swift.max($0, $1.map(height) ?? 0) }
    let form: ExpressionKind =
      if isSlice { .slice(of: subject, from: lower, to: upper) } else if let lower {
        .element(of: subject, at: lower)
      } else { .missing }
    return make(form, range(from: start), height: tallestPart + 1)
  }
}
