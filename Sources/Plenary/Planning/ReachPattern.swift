import PlenarySyntax

/// A chain of steps of which only the nodes at its end are wanted, each once.
struct ReachPattern: Sendable {
  /// Where the chain starts, in every input row.
  var from: VariableID
  /// Where it ends.
  var to: VariableID
  /// Each starts where the one before ends.
  var steps: [Expansion]
  /// What the nodes within the chain and at its end must meet, each condition reading that node alone.
  var conditions: [VariableID: [BoundExpression]] = [:]
  /// How often the one step may be taken, for a variable length.
  var length: PathLength?
}
