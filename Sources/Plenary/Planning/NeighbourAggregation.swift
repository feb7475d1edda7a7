import PlenarySyntax

/// Aggregates over what one step finds at each row, grouped by what the row knows without the step.
struct NeighbourAggregation: Sendable {
  /// The keys read the input rows; every aggregate reads the neighbour or the relationship, or counts.
  var aggregation: BoundAggregation
  var step: Expansion
  /// What the neighbour must meet. Every condition reads that node alone.
  var conditions: [BoundExpression]
  /// Whether a row without neighbours counts as one of its group, in which everything about the neighbour is null.
  var isOptional = false
  /// What tells which neighbours count, if that depends on the row; then every aggregate is `count(*)`.
  var comparisons: NeighbourComparisons?
  /// The plan that makes a row for each neighbour, for graphs in which the other way does not go.
  var listing: Plan

  /// Nodes of the rows that no expression reads, but comparisons do.
  var otherNodes: [VariableID] { [comparisons?.ownMatch?.loopEnd].compactMap { $0 } }
}
