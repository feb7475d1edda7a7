/// One statement of a text.
public struct Statement: Sendable {
  /// What is asked about the statement's plan.
  public enum PlanRequest: Hashable, Sendable {
    /// Run the statement.
    case none
    /// `EXPLAIN`: show the plan, run nothing.
    case explain
    /// `PROFILE`: run, and show the plan with what was measured.
    case profile
  }

  /// What a statement is.
  public enum Body: Sendable {
    /// A query that reads or writes the graph.
    case query(QueryID)
    /// A command about indexes or constraints.
    case schema(SchemaCommand)
  }

  /// What is asked about the plan.
  public var planRequest: PlanRequest
  /// The statement itself.
  public var body: Body
  /// From the first token to the last, without the `;`.
  public var range: SourceRange
}

/// A command about the indexes and constraints of a graph.
public enum SchemaCommand: Sendable {
  /// `CREATE INDEX name IF NOT EXISTS FOR (n:Label) ON (n.key)`.
  case createIndex(name: Name?, ifNotExists: Bool, label: Name, key: Name)
  /// `DROP INDEX name IF EXISTS`.
  case dropIndex(name: Name, ifExists: Bool)
  /// `SHOW INDEXES`.
  case showIndexes
  /// `CREATE CONSTRAINT name IF NOT EXISTS FOR (n:Label) REQUIRE n.key IS UNIQUE`.
  case createConstraint(name: Name?, ifNotExists: Bool, label: Name, key: Name)
  /// `DROP CONSTRAINT name IF EXISTS`.
  case dropConstraint(name: Name, ifExists: Bool)
  /// `SHOW CONSTRAINTS`.
  case showConstraints

  /// Whether the command changes the graph.
  public var writes: Bool {
    switch self {
    case .showIndexes, .showConstraints: false
    default: true
    }
  }
}

/// A query: single queries combined by UNION.
public struct Query: Sendable {
  /// How two single queries are combined.
  public struct Union: Sendable {
    /// Whether duplicates stay (`UNION ALL`).
    public var keepsDuplicates: Bool
    /// The keywords.
    public var range: SourceRange
  }

  /// The single queries, at least one in a tree without errors.
  public var parts: [SingleQuery]
  /// What stands between the parts: one less than parts.
  public var unions: [Union]
  /// The whole query.
  public var range: SourceRange
}

/// Clauses that feed each other from first to last.
public struct SingleQuery: Sendable {
  /// The clauses in the order written.
  public var clauses: [Clause]
  /// From the first clause to the last.
  public var range: SourceRange
}
