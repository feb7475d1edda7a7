/// The tree of one text: everything the parser understood, and what it did not.
///
/// Nodes live in arrays and refer to each other by index, so that a tree of any depth is released without recursion
/// and walking it touches no reference counts. Every node carries the range of text it was made from.
///
/// A tree is complete (`hasErrors` is false) or partial; a partial one still holds what could be read, for completion
/// and highlighting, but must not be run.
///
/// ```swift
/// let tree = Parser.parse("MATCH (s:State) RETURN s.name")
/// tree.statements.count      // 1
/// tree.hasErrors             // false
/// ```
public struct SyntaxTree: Sendable {
  /// The text as the user wrote it.
  public let text: String
  /// The statements, in order; `;` separates them.
  public internal(set) var statements: [Statement] = []
  /// What is wrong or suspicious, in order of position.
  public internal(set) var diagnostics: [Diagnostic] = []

  var expressions: [Expression] = []
  var labelExpressions: [LabelExpression] = []
  var queries: [Query] = []

  init(text: String) {
    self.text = text
  }

  /// Whether any diagnostic is an error.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The expression behind an id. O(1).
  public subscript(id: ExpressionID) -> Expression { expressions[Int(id.index)] }
  /// The label expression behind an id. O(1).
  public subscript(id: LabelExpressionID) -> LabelExpression { labelExpressions[Int(id.index)] }
  /// The query behind an id. O(1).
  public subscript(id: QueryID) -> Query { queries[Int(id.index)] }

  /// Whether any part of the text asks for a graph; `RETURN 1 + 1` does not.
  ///
  /// Values that are given as parameters may still be nodes and relationships. O(size of the tree).
  public var readsGraph: Bool {
    let isQueryOnly = statements.allSatisfy { if case .query = $0.body { true } else { false } }
    let clausesRead = queries.contains { query in
      query.parts.contains { part in
        part.clauses.contains { clause in
          switch clause.kind {
          case .with, .returning, .unwind: false
          default: true
          }
        }
      }
    }
    let expressionsRead = expressions.contains { expression in
      switch expression.kind {
      case .pattern, .patternComprehension, .subquery: true
      default: false
      }
    }
    return !isQueryOnly || clausesRead || expressionsRead
  }

  /// How many clauses there are in all queries, nested ones included. O(queries).
  public var clauseCount: Int {
    queries.reduce(0) { $0 + $1.parts.reduce(0) { $0 + $1.clauses.count } }
  }

  /// The user's text in a range. O(length of the range).
  public func text(in range: SourceRange) -> String {
    let utf8 = text.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: Int(range.start))
    let end = utf8.index(utf8.startIndex, offsetBy: Int(range.end))
    return String(text[start..<end])
  }
}

/// Refers to an expression of a tree.
public struct ExpressionID: Hashable, Sendable {
  let index: Int32
}

/// Refers to a label expression of a tree.
public struct LabelExpressionID: Hashable, Sendable {
  let index: Int32
}

/// Refers to a query of a tree: a statement's own, or one nested in an expression or a CALL.
public struct QueryID: Hashable, Sendable {
  let index: Int32
}

/// A name as the user wrote it: a variable, label, relationship type, property key, function or parameter.
public struct Name: Hashable, Sendable {
  /// The name with quotes and escapes resolved.
  public var text: String
  /// Where it stands, quotes included.
  public var range: SourceRange

  /// Makes a name.
  public init(_ text: String, at range: SourceRange) {
    self.text = text
    self.range = range
  }
}
