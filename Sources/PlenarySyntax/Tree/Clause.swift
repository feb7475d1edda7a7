/// A clause of a query.
public struct Clause: Sendable {
  /// What the clause does.
  public enum Kind: Sendable {
    /// `MATCH` and `OPTIONAL MATCH`.
    case match(MatchClause)
    /// `UNWIND list AS name`.
    case unwind(list: ExpressionID, variable: Name)
    /// `WITH`.
    case with(ProjectionClause)
    /// `RETURN`.
    case returning(ProjectionClause)
    /// `CREATE`.
    case create([PathPattern])
    /// `MERGE`.
    case merge(MergeClause)
    /// `SET`.
    case set([SetItem])
    /// `REMOVE`.
    case remove([RemoveItem])
    /// `DELETE` and `DETACH DELETE`.
    case delete([ExpressionID], detach: Bool)
    /// `CALL procedure(...) YIELD ...`.
    case call(CallClause)
    /// `CALL { ... }`: a query run once for each row.
    case subquery(QueryID)
  }

  /// What the clause does.
  public var kind: Kind
  /// From the keyword to the last token.
  public var range: SourceRange
  /// The clause's keywords, for messages.
  public var keyword: SourceRange
}

/// `MATCH`: a graph pattern and the rows that satisfy it.
public struct MatchClause: Sendable {
  /// Whether a row without a match is kept, with nulls (`OPTIONAL`).
  public var isOptional: Bool
  /// The comma-separated path patterns; a relationship binds once in all of them (openCypher 9, uniqueness).
  public var patterns: [PathPattern]
  /// The condition after `WHERE`.
  public var condition: ExpressionID?
}

/// The body that `WITH` and `RETURN` share.
public struct ProjectionClause: Sendable {
  /// Whether duplicate rows go.
  public var isDistinct: Bool
  /// Where `*` stands, if it does.
  public var star: SourceRange?
  /// The items after `*`, or all of them.
  public var items: [ProjectionItem]
  /// The sort keys, most important first.
  public var order: [SortItem]
  /// How many rows to pass over.
  public var skip: ExpressionID?
  /// How many rows to keep at most.
  public var limit: ExpressionID?
  /// The condition after `WHERE`; only WITH has one.
  public var condition: ExpressionID?
}

/// One column of a projection.
public struct ProjectionItem: Sendable {
  /// The value.
  public var expression: ExpressionID
  /// The name after `AS`; without one the column is named by the text of the expression.
  public var alias: Name?
  /// The item as written, alias included.
  public var range: SourceRange
}

/// One sort key.
public struct SortItem: Sendable {
  /// The value to sort by.
  public var expression: ExpressionID
  /// Whether large values come first.
  public var isDescending: Bool
  /// The item as written.
  public var range: SourceRange
}

/// `MERGE`: match a pattern or create it.
public struct MergeClause: Sendable {
  /// The pattern.
  public var pattern: PathPattern
  /// What is set when the pattern was created.
  public var onCreate: [SetItem]
  /// What is set when the pattern was found.
  public var onMatch: [SetItem]
}

/// One assignment of `SET`.
public struct SetItem: Sendable {
  /// What is assigned.
  public enum Kind: Sendable {
    /// `SET n.key = value`: the target is the expression before the dot.
    case property(of: ExpressionID, key: Name, value: ExpressionID)
    /// `SET n = map`: all properties are replaced.
    case replace(ExpressionID, value: ExpressionID)
    /// `SET n += map`: the map's properties are added or replaced.
    case merge(ExpressionID, value: ExpressionID)
    /// `SET n:A:B`.
    case labels(of: ExpressionID, [Name])
  }

  /// What is assigned.
  public var kind: Kind
  /// The item as written.
  public var range: SourceRange
}

/// One item of `REMOVE`.
public struct RemoveItem: Sendable {
  /// What is removed.
  public enum Kind: Sendable {
    /// `REMOVE n.key`.
    case property(of: ExpressionID, key: Name)
    /// `REMOVE n:A:B`.
    case labels(of: ExpressionID, [Name])
  }

  /// What is removed.
  public var kind: Kind
  /// The item as written.
  public var range: SourceRange
}

/// `CALL procedure`.
public struct CallClause: Sendable {
  /// One column of `YIELD`.
  public struct Yield: Sendable {
    /// The procedure's output column.
    public var column: Name
    /// The variable it binds, when renamed.
    public var alias: Name?
  }

  /// The procedure's name with its namespace, such as `db.labels`.
  public var procedure: Name
  /// The arguments; `nil` when the call has no parentheses and takes them from parameters (standalone calls only).
  public var arguments: [ExpressionID]?
  /// The columns after `YIELD`; `nil` when there is no `YIELD`.
  public var yields: [Yield]?
  /// Where `YIELD *` has its star.
  public var yieldStar: SourceRange?
  /// The condition after `YIELD ... WHERE`.
  public var condition: ExpressionID?
}
