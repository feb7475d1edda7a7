import PlenarySyntax

/// How often what is known of one end of a pattern comes together with what is known of the other: a row for each pair of
/// keys, with the number of matches. With keys of the node between two steps, a row for each combination of three.
///
/// Of one step, the input rows are one of its ends; of two, the node between them.
struct CrossTabulation: Sendable {
  /// A node of the pattern with the keys that read it.
  struct End: Sendable {
    var node: VariableID
    var keys: [BoundAssignment]
    /// What the node must meet, beside what the rows promise. Every condition reads that node alone.
    var conditions: [BoundExpression]
    /// The step that leads there from the node of the rows; `nil` where it is that node.
    var step: Expansion?
  }

  /// The one whose keys come first.
  var near: End
  var far: End
  /// The keys of the node between two steps.
  var middleKeys: [BoundAssignment] = []
  /// The column for the number of matches.
  var count: VariableID
  /// Whether the two steps must not take the same relationship.
  var mustDiffer: Bool
  /// Whether the keys go on into other expressions, which could tell values apart that fall into one group, as 1 and 1.0.
  var areKeysRead: Bool

  /// The node that the rows have.
  var root: VariableID { near.step?.from ?? near.node }
  var middle: End { End(node: root, keys: middleKeys, conditions: [], step: nil) }
  var keys: [BoundAssignment] { middleKeys + near.keys + far.keys }

  /// Most pairs there may be: each takes eight bytes, met or not.
  static let cellLimit = 1 << 22
}
