/// What of a graph is counted by name, and the columns for names and counts.
struct GraphCounting: Sendable {
  enum Subject: Sendable {
    /// Relationships by type: those of some types, or of any; and with a label at one end, where one is asked for.
    case relationships(types: [String]?, label: String?, end: AdjacencyDirection)
    /// Nodes by all their labels.
    case nodes
  }

  var subject: Subject
  /// The names, as the expression they stand for.
  var key: BoundAssignment
  /// Columns that all get the counts.
  var counts: [VariableID]
}
