/// An expression and the text it was made from.
public struct Expression: Sendable {
  /// The form.
  public var kind: ExpressionKind
  /// The expression as written; parentheses around it are not part of it.
  public var range: SourceRange
}

/// The forms of an expression.
public enum ExpressionKind: Sendable {
  /// What the parser leaves where it found no expression; only in trees with errors.
  case missing
  /// `1`, `2.5`, `'text'`, `true`, `null`.
  case literal(Literal)
  /// `$name`, `$0`.
  case parameter(Name)
  /// A variable.
  case variable(Name)
  /// `subject.key`.
  case property(of: ExpressionID, key: Name)
  /// `subject:A:B` as a predicate.
  case hasLabels(ExpressionID, LabelExpressionID)
  /// `list[index]`, `map[key]`.
  case element(of: ExpressionID, at: ExpressionID)
  /// `list[from..to]`.
  case slice(of: ExpressionID, from: ExpressionID?, to: ExpressionID?)
  /// `NOT`, unary `+` and `-`.
  case unary(UnaryOperator, ExpressionID)
  /// An operator with two operands; `operatorRange` is where the operator itself stands.
  case binary(BinaryOperator, ExpressionID, ExpressionID, operatorRange: SourceRange)
  /// `a AND b AND c`: one node for the whole chain, so that long chains do not nest. At least two operands.
  case logical(LogicalOperator, [ExpressionID])
  /// `a < b <= c`: holds when each neighbouring pair holds (openCypher 9, chained comparison). At least one link.
  case comparison(ExpressionID, [ComparisonLink])
  /// `x IS NULL`, `x IS NOT NULL`.
  case isNull(ExpressionID, isNegated: Bool)
  /// `[a, b, c]`.
  case list([ExpressionID])
  /// `{a: 1, b: 2}`.
  case map([MapEntry])
  /// `subject {.key, .*, name: value, variable}`.
  case mapProjection(ExpressionID, [MapProjectionItem])
  /// `f(a, b)`, `count(DISTINCT x)`.
  case call(FunctionCall)
  /// `count(*)`.
  case countStar
  /// `CASE`: with a subject the `when` expressions are values to compare it with, else conditions.
  case conditional(subject: ExpressionID?, branches: [ConditionalBranch], otherwise: ExpressionID?)
  /// `[x IN list WHERE condition | projection]`.
  case listComprehension(variable: Name, list: ExpressionID, condition: ExpressionID?, projection: ExpressionID?)
  /// `[p = (a)-->(b) WHERE condition | projection]`.
  case patternComprehension(PathPattern, condition: ExpressionID?, projection: ExpressionID)
  /// `all(x IN list WHERE condition)` and its like.
  case quantifier(Quantifier, variable: Name, list: ExpressionID, condition: ExpressionID?)
  /// `reduce(accumulator = initial, x IN list | step)`.
  case reduce(
    accumulator: Name, initial: ExpressionID, variable: Name, list: ExpressionID, step: ExpressionID)
  /// A pattern as an expression: `(a)-->(b)` as a predicate, `shortestPath((a)-[*]->(b))` as a value.
  case pattern(PathPattern)
  /// `EXISTS { ... }`, `COUNT { ... }`, `COLLECT { ... }`.
  ///
  /// The short form of EXISTS and COUNT, patterns with an optional WHERE, becomes a query of one MATCH clause with no
  /// RETURN.
  case subquery(SubqueryKind, QueryID)
}

/// A literal value.
public enum Literal: Hashable, Sendable {
  /// `null`.
  case null
  /// `true`, `false`.
  case boolean(Bool)
  /// An integer; the sign is a unary operator, but `-9223372036854775808` is one literal.
  case integer(Int64)
  /// A float.
  case float(Double)
  /// A string with its escapes resolved.
  case string(String)
}

/// Operators with one operand.
public enum UnaryOperator: Hashable, Sendable {
  /// `NOT`.
  case not
  /// `+x`.
  case plus
  /// `-x`.
  case minus
}

/// Operators with two operands that neither chain nor short-circuit.
public enum BinaryOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case modulo = "%"
  case power = "^"
  case `in` = "IN"
  case startsWith = "STARTS WITH"
  case endsWith = "ENDS WITH"
  case contains = "CONTAINS"
  /// Regular expression match.
  case matches = "=~"
}

/// Logical connectives.
public enum LogicalOperator: String, Hashable, Sendable {
  case and = "AND"
  case or = "OR"
  case xor = "XOR"
}

/// Comparison operators.
public enum ComparisonOperator: String, Hashable, Sendable {
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// One link of a comparison chain: an operator and the operand to its right.
public struct ComparisonLink: Sendable {
  /// The operator.
  public var `operator`: ComparisonOperator
  /// Where the operator stands.
  public var operatorRange: SourceRange
  /// What stands to its right.
  public var operand: ExpressionID
}

/// One entry of a map literal.
public struct MapEntry: Sendable {
  /// The key.
  public var key: Name
  /// The value.
  public var value: ExpressionID
}

/// One item of a map projection.
public enum MapProjectionItem: Sendable {
  /// `.key`.
  case property(Name)
  /// `.*`.
  case allProperties(SourceRange)
  /// `key: value`.
  case entry(MapEntry)
  /// A variable by its own name.
  case variable(Name)
}

/// A call of a function.
public struct FunctionCall: Sendable {
  /// The name with its namespace, such as `duration.between`; functions are found regardless of case.
  public var function: Name
  /// Whether duplicates are dropped before aggregation.
  public var isDistinct: Bool
  /// The arguments.
  public var arguments: [ExpressionID]
}

/// One branch of CASE.
public struct ConditionalBranch: Sendable {
  /// The condition, or the value that the subject must equal.
  public var when: ExpressionID
  /// The result.
  public var then: ExpressionID
}

/// Quantifiers over a list.
public enum Quantifier: String, Hashable, Sendable {
  case all
  case any
  case none
  case single
}

/// What a subquery expression makes of its rows.
public enum SubqueryKind: String, Hashable, Sendable {
  /// Whether there is a row.
  case exists = "EXISTS"
  /// How many rows there are.
  case count = "COUNT"
  /// The values of the only column, as a list.
  case collect = "COLLECT"
}
