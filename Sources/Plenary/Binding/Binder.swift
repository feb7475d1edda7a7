import PlenarySyntax

/// Gives every name of a statement its meaning and finds what is wrong before anything runs.
///
/// The binder knows scopes, types and aggregation; it knows nothing of how a query will be run. It goes on after an
/// error, so that one pass reports everything.
final class Binder {
  /// How many names a hint lists before it is no help any more.
  static let mostNamesInHint = 6

  /// How deep lists and maps may nest that all clauses of a statement make together.
  static let deepestContainers = 10_000

  /// How many nodes and relationships one pattern may have: planning a path of that many takes some 0.1 s.
  static let mostPatternElements = 2000

  /// What a statement may refer to beside its own text.
  struct Environment {
    /// For warnings about names that nothing has.
    var graph: Graph
    /// The procedures that can be called.
    var procedures: ProcedureRegistry
    /// The parameters that will be given; `nil` when that is not known yet (`check`).
    var parameterNames: Set<ExactText>?
  }

  let tree: SyntaxTree
  let environment: Environment
  var variables: [VariableInfo] = []
  var subqueries: [BoundSubquery] = []
  /// The subqueries as they are written, to find equal ones by.
  var subqueryTexts = SubqueryTexts()
  var diagnostics: [Diagnostic] = []
  var scope = Scope()
  var writes = false
  /// The names that nothing in the graph has, which warnings speak of.
  var unknownNames: [UnknownName] = []
  /// How many lists and maps the clauses so far can have put around a value, one after the other.
  var containerDepth = 0

  /// One frame for each construct that must know which outer variables it reads.
  var captures: [CaptureFrame] = []
  /// How aggregating calls are treated here.
  var aggregation = AggregationMode.forbidden("here")
  /// Expressions that stand for a column already computed (ORDER BY after DISTINCT or aggregation).
  var replacements: [(expression: ExpressionID, variable: VariableID)] = []
  /// Names that ORDER BY after aggregation can read only as part of a column.
  var namesInsideColumns: Set<ExactText> = []

  /// What ORDER BY cannot see any more: the variables before a grouping or DISTINCT, and what to do instead.
  var hiddenByGrouping: (scope: Scope, hint: String)?

  struct CaptureFrame {
    /// Variables from here on belong to the construct.
    var firstOwn: Int
    var captured: Set<VariableID> = []
  }

  init(tree: SyntaxTree, environment: Environment) {
    self.tree = tree
    self.environment = environment
  }

  /// Binds one statement of a tree without syntax errors.
  ///
  /// - Throws: `QueryError` of the first thing wrong; the rest are its `others`.
  static func bind(
    _ statement: Statement, of tree: SyntaxTree, in environment: Environment
  ) throws(QueryError) -> BoundStatement {
    let binder = Binder(tree: tree, environment: environment)
    let bound = binder.bind(statement)
    let errors = binder.diagnostics.filter { $0.severity == .error }
    if let first = errors.first {
      throw QueryError(compiling: first, others: Array(errors.dropFirst()), text: tree.text)
    }
    return bound
  }

  /// Binds one statement and gives back everything there is to say about it.
  static func check(_ statement: Statement, of tree: SyntaxTree, in environment: Environment) -> [Diagnostic] {
    let binder = Binder(tree: tree, environment: environment)
    _ = binder.bind(statement)
    return binder.diagnostics
  }

  private func bind(_ statement: Statement) -> BoundStatement {
    let body: BoundStatement.Body
    switch statement.body {
    case .query(let id): body = .query(bindQuery(id, role: .statement))
    case .schema(let command):
      writes = command.writes
      body = .schema(command)
    }
    return BoundStatement(
      planRequest: statement.planRequest, body: body, variables: variables, subqueries: subqueries,
      warnings: diagnostics.filter { $0.severity == .warning }, unknownNames: unknownNames, writes: writes)
  }

  // MARK: Reporting

  func report(_ code: DiagnosticCode, _ message: String, at range: SourceRange, hint: String? = nil) {
    diagnostics.append(Diagnostic(code, message, at: range, hint: hint))
  }

  func warn(_ code: DiagnosticCode, _ message: String, at range: SourceRange, hint: String? = nil) {
    diagnostics.append(Diagnostic(code, message, at: range, hint: hint, severity: .warning))
  }

  // MARK: Variables

  /// Makes a variable that only the binder knows of.
  func makeVariable(_ type: ValueType = .any, name: String = "") -> VariableID {
    variables.append(VariableInfo(name: name, type: type))
    return VariableID(index: variables.count - 1)
  }

  /// Makes a variable and puts its name in scope.
  func define(_ name: String, _ type: ValueType) -> VariableID {
    let variable = makeVariable(type, name: name)
    scope.define(name, variable)
    return variable
  }

  func info(_ variable: VariableID) -> VariableInfo { variables[variable.index] }

  /// Notes that a variable is read, for every construct around that does not own it.
  func noteUse(of variable: VariableID) {
    for index in captures.indices where variable.index < captures[index].firstOwn {
      captures[index].captured.insert(variable)
    }
  }

  /// Runs a piece of binding and gives the outer variables that it read.
  func capturing<Result>(_ body: () -> Result) -> (Result, captured: [VariableID]) {
    captures.append(CaptureFrame(firstOwn: variables.count))
    let result = body()
    let frame = captures.removeLast()
    return (result, frame.captured.sorted())
  }

  /// Runs a piece of binding with a scope of its own.
  func scoped<Result>(_ inner: Scope, _ body: () -> Result) -> Result {
    let outer = scope
    scope = inner
    defer { scope = outer }
    return body()
  }

  /// Runs a piece of binding under another rule for aggregating calls.
  func aggregating<Result>(_ mode: AggregationMode, _ body: () -> Result) -> Result {
    let outer = aggregation
    aggregation = mode
    defer { aggregation = outer }
    return body()
  }
}

/// How the binder treats aggregating calls at some place.
enum AggregationMode {
  /// They are errors; the text says where, for the message.
  case forbidden(String)
  /// They are collected; what else the expression reads must be a grouping key.
  case collected(AggregateCollector)
  /// Inside a loop of an expression with aggregates: none here, but the same rule for what is read.
  case insideLoop(AggregateCollector)

  /// The collector whose rule holds for variables.
  var collector: AggregateCollector? {
    switch self {
    case .forbidden: nil
    case .collected(let collector), .insideLoop(let collector): collector
    }
  }
}

/// Collects the aggregates of one projection.
final class AggregateCollector {
  /// The grouping keys that an expression with aggregates may read: variables and property accesses only.
  var keys: [(expression: ExpressionID, variable: VariableID)] = []
  /// Grouping keys that are known only as variables: the columns of `*`, and aliases in ORDER BY.
  var variableKeys: Set<VariableID> = []
  /// Variables from here on belong to the expression itself: loop variables and aggregates.
  var firstLocal = Int.max
  var aggregates: [(variable: VariableID, aggregate: BoundAggregate)] = []

  /// Whether a variable may be read beside aggregates.
  func allows(_ variable: VariableID) -> Bool {
    variable.index >= firstLocal || variableKeys.contains(variable) || keys.contains { $0.variable == variable }
  }
}

extension QueryError {
  /// An error found in the text.
  init(compiling diagnostic: Diagnostic, others: [Diagnostic] = [], text: String) {
    self.init(
      diagnostic.code, diagnostic.message, at: diagnostic.range, hint: diagnostic.hint, phase: .compileTime, text: text)
    self.others = others
  }
}
