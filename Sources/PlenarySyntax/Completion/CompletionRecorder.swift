/// What a name that may stand somewhere would name.
public enum ExpectedName: Hashable, Sendable {
  /// A variable in scope.
  case variable
  /// A variable that the query is about to introduce, or one in scope.
  case newVariable
  /// A node label.
  case label
  /// A relationship type.
  case relationshipType
  /// A property key; of a variable when it is known which.
  case propertyKey(of: String?)
  /// A key of a map literal: any name.
  case mapKey
  /// A function.
  case function
  /// A procedure.
  case procedure
  /// An output column of a procedure.
  case procedureColumn(procedure: String)
  /// A query parameter, written with `$`.
  case parameter
  /// A node pattern, written in parentheses.
  case nodePattern
  /// A relationship pattern, written with dashes.
  case relationshipPattern
}

/// A variable in scope and what is known of its value.
public struct ScopeVariable: Hashable, Sendable {
  /// What the variable holds.
  public enum Kind: Hashable, Sendable {
    /// A node; the labels that its patterns name, in order of appearance.
    case node(labels: [String])
    /// A relationship; the types that its patterns name.
    case relationship(types: [String])
    /// A path.
    case path
    /// Anything else.
    case value
  }

  /// The variable's name.
  public var name: String
  /// What it holds.
  public var kind: Kind
}

/// Gathers what may stand at the end of a text while the parser reads the text.
///
/// The parser asks "is this token X?" everywhere anyway. When it asks at the end of the text the answer is no, and what
/// it asked for is what may be typed there: completion follows the grammar without a second description of it.
struct CompletionRecorder: Sendable {
  /// What a pattern says of a variable.
  enum Declared {
    case node(labels: LabelExpressionID?)
    case relationship(types: LabelExpressionID?)
    case path
    case value
  }

  /// Ends at the first error: what the parser asks for after it is a guess.
  var isRecording = true
  private(set) var keywords = TokenSet()
  private(set) var names: [ExpectedName] = []
  /// The variables in scope where the parser last asked.
  private(set) var variablesAtEnd: [ScopeVariable] = []

  private var scope: [ScopeVariable] = []
  private var outerScopes: [[ScopeVariable]] = []
  private var projected: [ScopeVariable] = []

  mutating func note(_ kind: TokenKind) {
    guard isRecording else { return }
    variablesAtEnd = scope
    keywords.insert(kind)
  }

  mutating func note(_ name: ExpectedName) {
    guard isRecording else { return }
    variablesAtEnd = scope
    if !names.contains(name) { names.append(name) }
  }

  // MARK: - Scope

  mutating func beginStatement() {
    scope = []
    outerScopes = []
  }

  mutating func beginUnionPart() {
    scope = outerScopes.last ?? []
  }

  mutating func beginClause() { projected = [] }

  mutating func enterScope() { outerScopes.append(scope) }

  mutating func leaveScope(atEnd: Bool, exportsColumns: Bool = false) {
    guard let outer = outerScopes.popLast(), !atEnd else { return }
    let inner = scope
    scope = outer
    if exportsColumns {
      for variable in inner where !scope.contains(where: { $0.name == variable.name }) { scope.append(variable) }
    }
  }

  mutating func declare(_ name: Name, _ declared: Declared, in tree: SyntaxTree? = nil) {
    let kind: ScopeVariable.Kind =
      switch declared {
      case .node(let labels): .node(labels: Self.names(in: labels, of: tree))
      case .relationship(let types): .relationship(types: Self.names(in: types, of: tree))
      case .path: .path
      case .value: .value
      }
    guard let known = scope.firstIndex(where: { $0.name == name.text }) else {
      scope.append(ScopeVariable(name: name.text, kind: kind))
      return
    }
    switch (scope[known].kind, kind) {
    case (.node(let old), .node(let new)):
      scope[known].kind = .node(labels: old + new.filter { !old.contains($0) })
    case (.relationship(let old), .relationship(let new)):
      scope[known].kind = .relationship(types: old + new.filter { !old.contains($0) })
    case (.value, _): break
    default: scope[known].kind = kind
    }
  }

  /// The items of WITH or RETURN are read: what they are called is in scope for ORDER BY and WHERE too.
  mutating func project(_ clause: ProjectionClause, in tree: SyntaxTree) {
    projected = clause.star == nil ? [] : scope
    for item in clause.items {
      var variable: ScopeVariable?
      if case .variable(let name) = tree[item.expression].kind {
        variable = scope.first { $0.name == name.text }
        if let alias = item.alias { variable?.name = alias.text }
      }
      if variable == nil, let alias = item.alias { variable = ScopeVariable(name: alias.text, kind: .value) }
      if let variable {
        projected.removeAll { $0.name == variable.name }
        projected.append(variable)
      }
    }
    for variable in projected where !scope.contains(where: { $0.name == variable.name }) { scope.append(variable) }
  }

  /// After the last token of WITH only its columns are left.
  mutating func endProjection(isWith: Bool) { scope = projected }

  /// The names in a label expression, those under `!` left out.
  private static func names(in id: LabelExpressionID?, of tree: SyntaxTree?) -> [String] {
    guard let id, let tree else { return [] }
    switch tree[id].kind {
    case .name(let name): return name.text.isEmpty ? [] : [name.text]
    case .and(let operands), .or(let operands): return operands.flatMap { names(in: $0, of: tree) }
    case .not, .wildcard: return []
    }
  }
}
