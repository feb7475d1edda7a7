/// Names a node of a graph.
///
/// Ids are dense: a graph gives them out in order of creation and never uses one twice, so an id stays good for
/// snapshots taken earlier. They say nothing outside the graph they come from.
public struct NodeID: Hashable, Comparable, Sendable {
  /// The index; below `Graph.nodeCapacity`.
  public let rawValue: UInt32

  /// Makes an id from an index.
  @inlinable
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Orders by index, which is the order of creation.
  @inlinable
  public static func < (a: NodeID, b: NodeID) -> Bool { a.rawValue < b.rawValue }

  /// What stands for "no node" in an id vector.
  static let noneRawValue = UInt32.max
}

/// Names a relationship of a graph; like `NodeID`.
public struct RelationshipID: Hashable, Comparable, Sendable {
  /// The index; below `Graph.relationshipCapacity`.
  public let rawValue: UInt32

  /// Makes an id from an index.
  @inlinable
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Orders by index, which is the order of creation.
  @inlinable
  public static func < (a: RelationshipID, b: RelationshipID) -> Bool { a.rawValue < b.rawValue }

  /// What stands for "no relationship" in an id vector.
  static let noneRawValue = UInt32.max
}

/// A label as a small number; `Graph.labelName` has its text.
struct LabelToken: Hashable, Sendable { let rawValue: UInt16 }

/// A relationship type as a small number; `Graph.typeName` has its text.
struct TypeToken: Hashable, Sendable { let rawValue: UInt16 }

/// A property key as a small number; `Graph.keyName` has its text.
struct KeyToken: Hashable, Sendable { let rawValue: UInt32 }
