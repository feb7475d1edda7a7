import PlenarySyntax

/// Which neighbours of a row's node count: those of which a value compares with values of the row.
///
/// What is compared grows or falls with the neighbour's value. So the neighbours that pass lie side by side where they
/// are sorted by it, and are found by searching for the first and the last.
struct NeighbourComparisons: Sendable {
  /// One comparison: of the neighbour's value, combined with a value of the row, with a bound that the row gives.
  struct Comparison: Sendable {
    enum Combination: Sendable {
      case alone
      case plus(BoundExpression)
      case minus(BoundExpression)
      /// A value of the row less the neighbour's.
      case subtractedFrom(BoundExpression)
      case times(BoundExpression)

      /// The value of the row.
      var operand: BoundExpression? {
        switch self {
        case .alone: nil
        case .plus(let operand), .minus(let operand), .subtractedFrom(let operand), .times(let operand): operand
        }
      }
    }

    var combination: Combination
    var `operator`: ComparisonOperator
    var bound: BoundExpression

    /// Whether it says that the value itself is equal to the bound.
    var isEquality: Bool { if case .alone = combination { self.operator == .equal } else { false } }
  }

  /// Another value of the neighbour that has to be equal to one of the row first.
  struct Equality: Sendable {
    var value: BoundExpression
    var bound: BoundExpression
  }

  /// Reads the neighbour alone, or the relationship to it; so does that of `equality`.
  var value: BoundExpression
  /// All of them have to hold. Of `<>` there is one at most, the last.
  var comparisons: [Comparison]
  var equality: Equality?
  /// What the relationship to the neighbour must meet by itself, whatever the row.
  var ofRelationship: [BoundExpression] = []
  /// The conditions as they were written, with those of the relationship.
  var conditions: [BoundExpression]
  /// When the relationship that made the row would be counted too: that is one too many, for it is used once. `nil`
  /// where it never would.
  var ownMatch: OwnMatch?

  /// A row whose own relationship leads to a neighbour that compares as wanted.
  struct OwnMatch: Sendable {
    /// Whether the neighbour meets what is asked of one.
    var condition: BoundExpression
    /// The node that the row's relationship leads to, if it is one of the node's own only where it is a loop.
    var loopEnd: VariableID?
  }

  /// What is evaluated for each neighbour.
  var values: [BoundExpression] { [value] + [equality?.value].compactMap { $0 } + ofRelationship }

  /// What is evaluated for each row.
  var rowExpressions: [BoundExpression] {
    comparisons.flatMap { [$0.combination.operand, $0.bound].compactMap { $0 } }
      + [equality?.bound, ownMatch?.condition].compactMap { $0 }
  }

  /// Whether only equality matters, so that the order of the values may be any.
  var onlyAskForEquality: Bool {
    comparisons.allSatisfy {
      if case .alone = $0.combination { $0.operator == .equal || $0.operator == .notEqual } else { false }
    }
  }
}

extension NeighbourComparisons {
  /// A condition as comparisons of a value of the neighbour, with that value; `nil` for any other condition.
  ///
  /// - Parameters:
  ///   - neighbour: the neighbour and the relationship to it.
  ///   - reads: the variables that an expression reads.
  static func comparisons(
    of condition: BoundExpression, neighbour: Set<VariableID>, reads: (BoundExpression) -> Set<VariableID>
  ) -> (value: BoundExpression, comparisons: [Comparison])? {
    guard case .comparison(var op, var compared, var bound, _) = condition.kind else { return nil }
    func isOfRow(_ expression: BoundExpression) -> Bool { reads(expression).isDisjoint(with: neighbour) }
    func isValue(_ expression: BoundExpression) -> Bool {
      let variables = reads(expression)
      return variables.count == 1 && variables.isSubset(of: neighbour)
    }
    if isOfRow(compared) {
      swap(&compared, &bound)
      op = op.mirrored
    }
    guard isOfRow(bound) else { return nil }
    if isValue(compared) { return (compared, [Comparison(combination: .alone, operator: op, bound: bound)]) }
    switch compared.kind {
    case .binary(let combining, let left, let right, _):
      let (value, operand) = isOfRow(right) ? (left, right) : (right, left)
      guard isValue(value), isOfRow(operand) else { return nil }
      let combination: Comparison.Combination
      switch combining {
      case .add: combination = .plus(operand)
      case .subtract: combination = isOfRow(right) ? .minus(operand) : .subtractedFrom(operand)
      case .multiply: combination = .times(operand)
      default: return nil
      }
      return (value, [Comparison(combination: combination, operator: op, bound: bound)])
    case .call(let function, let arguments) where function.name == "abs" && (op == .less || op == .lessOrEqual):
      // Less than something on both sides of zero.
      var inner = condition
      inner.kind = .comparison(op, arguments[0], bound, operatorRange: condition.range)
      guard let (value, upper) = comparisons(of: inner, neighbour: neighbour, reads: reads), upper.count == 1 else {
        return nil
      }
      var lower = upper[0]
      lower.operator = lower.operator.mirrored
      lower.bound.kind = .negate(bound)
      return (value, [upper[0], lower])
    default: return nil
    }
  }
}
