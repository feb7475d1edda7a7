/// Compiled regular expressions by pattern, so that a pattern is not compiled for every row.
struct RegularExpressionCache {
  /// How many are kept; a query whose every row has its own pattern must not fill memory. Then it starts over.
  static let capacity = 64

  private var expressions: [ExactText: RegularExpression] = [:]

  /// The expression of a pattern, compiled anew if it must be.
  ///
  /// - Throws: `invalid-argument-value`.
  mutating func expression(for pattern: String) throws(QueryError) -> RegularExpression {
    if let known = expressions[ExactText(pattern)] { return known }
    let expression = try RegularExpression(pattern)
    if expressions.count >= RegularExpressionCache.capacity { expressions.removeAll() }
    expressions[ExactText(pattern)] = expression
    return expression
  }
}
