/// A value of the language: what expressions make, properties hold and results contain.
///
/// Nodes and relationships are ids; `QueryResult.graph` (or any `Graph` they come from) has their labels, types and
/// properties. Inside the engine values travel in typed vectors; this enum is for the border and for mixed columns.
///
/// Equality (`==`) here is openCypher's *equivalence*, the one that DISTINCT and grouping use: null equals null, NaN
/// equals NaN, `1` equals `1.0`, and strings are equal when their code points are. The `=` operator of the language,
/// which knows null, is `Value.isEqual`.
public enum Value: Sendable {
  /// The absent value.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A 64-bit integer.
  case integer(Int64)
  /// A 64-bit IEEE 754 float.
  case float(Double)
  /// A string of Unicode code points.
  case string(String)
  /// A calendar date.
  case date(Temporal.Date)
  /// A time of day without an offset.
  case localTime(Temporal.LocalTime)
  /// A time of day with an offset from UTC.
  case time(Temporal.Time)
  /// A date and a time of day without an offset.
  case localDateTime(Temporal.LocalDateTime)
  /// A date and a time of day with an offset or a time zone.
  indirect case dateTime(Temporal.DateTime)
  /// An amount of time in months, days and seconds.
  indirect case duration(Temporal.Duration)
  /// A list.
  case list([Value])
  /// A map; keys keep the order they were given in, which plays no part in equality.
  case map(MapValue)
  /// A node.
  case node(NodeID)
  /// A relationship.
  case relationship(RelationshipID)
  /// A path.
  case path(PathValue)
}

/// A walk through a graph: nodes and the relationships between them.
public struct PathValue: Hashable, Sendable {
  /// The nodes in order; one more than relationships.
  public let nodes: [NodeID]
  /// The relationships in order; each joins the nodes before and after it, in either direction.
  public let relationships: [RelationshipID]

  /// Makes a path.
  ///
  /// - Precondition: there is one node more than relationships.
  public init(nodes: [NodeID], relationships: [RelationshipID]) {
    precondition(nodes.count == relationships.count + 1)
    self.nodes = nodes
    self.relationships = relationships
  }

  /// The number of relationships.
  public var length: Int { relationships.count }
}
