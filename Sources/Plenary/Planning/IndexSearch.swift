/// What an index is asked for: the nodes of a label by one of their properties.
struct IndexSearch: Sendable {
  /// What the value of the property must be.
  enum Wanted: Sendable {
    /// Equal to a value.
    case equal(BoundExpression)
    /// Equal to an element of a list.
    case anyOf(BoundExpression)
    /// Beyond a bound, or between two.
    case range(lower: Bound?, upper: Bound?)
    /// A string with a beginning.
    case prefix(BoundExpression)
  }

  /// One end of a range.
  struct Bound: Sendable {
    var value: BoundExpression
    var isInclusive: Bool
  }

  var label: String
  var key: String
  var wanted: Wanted

  /// What is evaluated for each row that asks.
  var expressions: [BoundExpression] {
    switch wanted {
    case .equal(let value), .anyOf(let value), .prefix(let value): [value]
    case .range(let lower, let upper): [lower?.value, upper?.value].compactMap { $0 }
    }
  }
}
