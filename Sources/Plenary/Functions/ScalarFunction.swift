import PlenarySyntax

/// A function of the language that makes one value from its arguments, row by row.
///
/// The registry of functions is also the source of the reference and of `:help`, so every function carries its own
/// documentation.
struct ScalarFunction: Sendable {
  /// How a function treats null.
  enum NullHandling: Hashable, Sendable {
    /// Null in any argument makes the result null, and the implementation never sees it.
    case propagates
    /// The implementation handles null itself.
    case custom
  }

  /// The name as documented, for example `toUpper` or `duration.between`; it is found regardless of case.
  var name: String
  /// Other names it is found by, for example `lower` for `toLower`.
  var aliases: [String] = []
  /// The parameters; optional ones last.
  var parameters: [Parameter]
  /// Whether the last parameter may be given any number of times.
  var isVariadic = false
  /// The type of the result.
  var result: ValueType
  /// How null is treated.
  var nulls: NullHandling = .propagates
  /// Whether equal arguments give equal results within a statement; `rand()` does not.
  var isDeterministic = true
  /// The error for an argument of the wrong type while rows are made; where the text shows it the binder reports it.
  var argumentError = DiagnosticCode.invalidArgumentType
  /// What it does, in one sentence.
  var summary: String
  /// An expression and the value it makes, both as text.
  var example: Example
  /// The same work for many rows at once, where the arguments are of types it has a loop for; `nil` sends them row by row
  /// through `implementation`, which also says what is wrong.
  var columns: (@Sendable (_ arguments: [Vector]) -> Vector?)?
  /// The work. Errors need no range: the evaluator adds that of the call.
  var implementation: @Sendable (ArraySlice<Value>, borrowing EvaluationContext) throws -> Value

  /// One parameter of a function.
  struct Parameter: Sendable {
    /// The name, for the reference and for messages.
    var name: String
    /// The types accepted.
    var type: ValueType
    /// Whether it may be left out.
    var isOptional = false

    init(_ name: String, _ type: ValueType, isOptional: Bool = false) {
      self.name = name
      self.type = type
      self.isOptional = isOptional
    }
  }

  /// An example for the reference, run by the tests.
  struct Example: Sendable {
    /// An expression.
    var expression: String
    /// The value it makes, as printed.
    var value: String

    init(_ expression: String, _ value: String) {
      self.expression = expression
      self.value = value
    }
  }
}

/// What a function may look at beside its arguments.
struct EvaluationContext: ~Copyable {
  /// The graph the query sees.
  let graph: Graph
  /// The statement's clock: nanoseconds since 1970-01-01T00:00Z, the same for the whole statement.
  let statementTime: Int64
  /// What a function that goes through a long value asks now and then.
  var checkStop: StopCheck = {}
}
