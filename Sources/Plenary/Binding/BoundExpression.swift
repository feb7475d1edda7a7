import PlenarySyntax

/// Names a variable of a statement; also the slot of its column in a batch.
///
/// Ids count up as the binder meets variables, so a variable of an outer scope always has a smaller id than anything
/// defined inside a subquery.
struct VariableID: Hashable, Comparable, Sendable {
  let index: Int

  static func < (a: VariableID, b: VariableID) -> Bool { a.index < b.index }
}

/// Names a subquery of a statement.
struct SubqueryID: Hashable, Sendable {
  let index: Int
}

/// What the binder knows of a variable.
struct VariableInfo: Sendable {
  /// The name in the text; empty for those the binder makes.
  var name: String
  /// The types its values can have.
  var type: ValueType
}

/// An expression with its names resolved: variables are slots, functions are found, aggregates are columns.
struct BoundExpression: Sendable {
  var kind: Kind
  /// Where it stands in the user's text.
  var range: SourceRange
  /// The types its values can have.
  var type: ValueType

  init(_ kind: Kind, at range: SourceRange, type: ValueType = .any) {
    self.kind = kind
    self.range = range
    self.type = type
  }

  indirect enum Kind: Sendable {
    case constant(Value)
    case parameter(String)
    case variable(VariableID)
    case property(BoundExpression, key: String)
    /// Whether a node has labels or a relationship has a type.
    case hasLabels(BoundExpression, BoundLabelExpression)
    case element(BoundExpression, at: BoundExpression)
    case slice(BoundExpression, from: BoundExpression?, to: BoundExpression?)
    case not(BoundExpression)
    case negate(BoundExpression)
    case plus(BoundExpression)
    case binary(BinaryOperator, BoundExpression, BoundExpression, operatorRange: SourceRange)
    case comparison(ComparisonOperator, BoundExpression, BoundExpression, operatorRange: SourceRange)
    case logical(LogicalOperator, [BoundExpression])
    case isNull(BoundExpression, isNegated: Bool)
    /// Whether something is a node of the graph, a relationship, or a list of relationships: false for what was
    /// deleted, null for null; an error for every other value.
    case isElement(BoundExpression, of: ValueType)
    case list([BoundExpression])
    case map([BoundMapItem])
    case call(ScalarFunction, [BoundExpression])
    case conditional(subject: BoundExpression?, branches: [BoundBranch], otherwise: BoundExpression?)
    case listComprehension(BoundLoop, condition: BoundExpression?, projection: BoundExpression?)
    case quantifier(Quantifier, BoundLoop, condition: BoundExpression)
    case reduce(accumulator: VariableID, initial: BoundExpression, BoundLoop, step: BoundExpression)
    case subquery(SubqueryID)
    /// The path through nodes and relationships that a pattern bound.
    case path(start: VariableID, [BoundPathStep])
  }
}

/// One entry of a map, or all properties of something (`.*` in a map projection).
enum BoundMapItem: Sendable {
  case entry(key: String, BoundExpression)
  case allProperties(of: BoundExpression)
}

/// One branch of CASE.
struct BoundBranch: Sendable {
  var when: BoundExpression
  var then: BoundExpression
}

/// A list and the variable that takes each of its elements.
struct BoundLoop: Sendable {
  var variable: VariableID
  var list: BoundExpression
  /// The variables of the surrounding rows that the loop's body reads.
  var captured: [VariableID]
}

/// One relationship of a path, or a list of them from a variable-length pattern, and the node after it.
struct BoundPathStep: Sendable {
  var relationship: VariableID
  var node: VariableID
}

/// A condition on labels or types, by name.
indirect enum BoundLabelExpression: Sendable {
  case name(String)
  case wildcard
  case not(BoundLabelExpression)
  case and([BoundLabelExpression])
  case or([BoundLabelExpression])

  /// The names that something must have, whatever else: `A`, or the parts of `A&B`.
  var requiredNames: [String] {
    switch self {
    case .name(let name): [name]
    case .and(let parts): parts.flatMap(\.requiredNames)
    case .wildcard, .not, .or: []
    }
  }

  /// The names of a plain alternative `A|B|C`, or `nil` when it is something else.
  var alternatives: [String]? {
    switch self {
    case .name(let name): return [name]
    case .or(let parts):
      var names: [String] = []
      for part in parts {
        guard let more = part.alternatives else { return nil }
        names += more
      }
      return names
    case .wildcard, .not, .and: return nil
    }
  }
}

/// A call of an aggregating function.
struct BoundAggregate: Sendable {
  /// The function; `nil` for `count(*)`.
  var function: AggregateFunction?
  var isDistinct: Bool
  var arguments: [BoundExpression]
  var range: SourceRange
  /// How many of the values that are not null matter, the first of each group; `nil` is all.
  var valuesRead: Int?
}

/// A query inside an expression or a CALL, and what becomes of its rows.
struct BoundSubquery: Sendable {
  enum Kind: Sendable {
    /// Whether there is a row.
    case exists
    /// How many rows there are.
    case count
    /// The values of a column as a list.
    case collect(VariableID)
    /// The value of a column in the first row, or null.
    case first(VariableID)
  }

  var kind: Kind
  var query: BoundQuery
  /// The variables of the outer rows that it reads.
  var captured: [VariableID]
  /// The first subquery that is written the same and reads the same variables, where that is an earlier one.
  var twin: SubqueryID?
}
