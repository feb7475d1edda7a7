/// Which end of a relationship a node is when one looks for its neighbours.
enum AdjacencyDirection: Hashable, Sendable, CaseIterable {
  /// From a source to its targets.
  case outgoing
  /// From a target to its sources.
  case incoming

  var opposite: AdjacencyDirection { self == .outgoing ? .incoming : .outgoing }
}
