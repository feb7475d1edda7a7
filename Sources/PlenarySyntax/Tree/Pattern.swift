/// One path pattern: nodes joined by relationships, with an optional name for the path.
public struct PathPattern: Sendable {
  /// Which of the paths between two nodes are wanted.
  public enum Search: Hashable, Sendable {
    /// All of them.
    case all
    /// `shortestPath(...)`: one of the shortest.
    case shortest
    /// `allShortestPaths(...)`: every shortest.
    case allShortest
  }

  /// The variable in `p = (a)-->(b)`.
  public var variable: Name?
  /// Which paths are wanted.
  public var search: Search
  /// Nodes and relationships in turn, beginning and ending with a node.
  public var elements: [PatternElement]
  /// The pattern as written, the variable included.
  public var range: SourceRange
}

/// A part of a path pattern.
public enum PatternElement: Sendable {
  /// `(n:Label {key: value})`.
  case node(NodePattern)
  /// `-[r:TYPE]->`.
  case relationship(RelationshipPattern)
}

/// `(n:Label {key: value} WHERE condition)`.
public struct NodePattern: Sendable {
  /// The variable.
  public var variable: Name?
  /// The condition on labels.
  public var labels: LabelExpressionID?
  /// A map literal or a parameter whose entries the properties must equal.
  public var properties: ExpressionID?
  /// The condition inside the parentheses (ISO GQL element pattern where clause).
  public var condition: ExpressionID?
  /// The pattern as written.
  public var range: SourceRange
}

/// `-[r:TYPE *1..3 {key: value} WHERE condition]->`.
public struct RelationshipPattern: Sendable {
  /// Which way the relationship may point, read from left to right.
  public enum Direction: Hashable, Sendable {
    /// `-->`: from the left node to the right one.
    case right
    /// `<--`: from the right node to the left one.
    case left
    /// `--` and `<-->`: either way.
    case either
  }

  /// `*min..max`; the ends are as written, `nil` when left out.
  public struct Length: Sendable {
    /// The least number of relationships; 1 when left out.
    public var min: Int?
    /// The greatest number of relationships; unbounded when left out.
    public var max: Int?
    /// The star and its bounds.
    public var range: SourceRange
  }

  /// The variable: a relationship, or a list of them for a variable length.
  public var variable: Name?
  /// The condition on the type.
  public var types: LabelExpressionID?
  /// How many relationships in a row, when written with a star.
  public var length: Length?
  /// A map literal or a parameter whose entries the properties must equal.
  public var properties: ExpressionID?
  /// The condition inside the brackets (ISO GQL element pattern where clause).
  public var condition: ExpressionID?
  /// Which way it may point.
  public var direction: Direction
  /// The pattern as written.
  public var range: SourceRange
}

/// A condition on labels or relationship types (ISO/IEC 39075 16.8, label expression).
///
/// openCypher's `:A:B` on a node is `and`, its `:T1|T2` on a relationship is `or`.
public struct LabelExpression: Sendable {
  /// The forms of a label expression.
  public enum Kind: Sendable {
    /// A label or type.
    case name(Name)
    /// Any label at all: `%`.
    case wildcard
    /// `!A`.
    case not(LabelExpressionID)
    /// `A&B`, `:A:B`.
    case and([LabelExpressionID])
    /// `A|B`.
    case or([LabelExpressionID])
  }

  /// The form.
  public var kind: Kind
  /// The expression as written, without the leading colon.
  public var range: SourceRange
}
