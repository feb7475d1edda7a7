import PlenarySyntax

// Codes of the engine: meaning, types, values, limits. GQLSTATUS classes: 22 data exception, 42 syntax error or access
// rule violation, 25/40 transactions, 54 limits, 57 operator intervention; ISO/IEC 39075 clause 23.
extension DiagnosticCode {
  /// Every code there is, those of the text first, then in the order of the reference.
  ///
  /// ```swift
  /// DiagnosticCode.all.first { $0.gqlStatus == "22012" }?.slug   // "division-by-zero"
  /// ```
  public static let all: [DiagnosticCode] = ofSyntax + ofEngine

  private static let ofEngine: [DiagnosticCode] = [
    .undefinedVariable, .variableAlreadyBound, .variableTypeConflict, .columnNameConflict, .unknownFunction,
    .procedureNotFound, .missingParameter, .noVariablesInScope, .differentColumnsInUnion, .invalidAggregation,
    .nestedAggregation, .ambiguousAggregation, .invalidNumberOfArguments, .noSingleRelationshipType,
    .requiresDirectedRelationship, .creatingVarLength, .relationshipUniqueness, .invalidDelete,
    .nonConstantExpression, .negativeIntegerArgument, .invalidPattern, .procedureFailed, .invalidArgumentType,
    .invalidArgumentTypeInText, .unconvertibleValue, .invalidRangeArgument, .invalidArgumentValue, .numberOutOfRange,
    .arithmeticOverflow, .divisionByZero,
    .listElementAccessByNonInteger, .mapElementAccessByNonString, .invalidPropertyType, .invalidTemporal,
    .deletedEntityAccess, .deleteConnectedNode, .mergeReadOwnWrites, .uniquenessViolation, .graphTooLarge,
    .indexConflict,
    .readOnly,
    .transactionOpen,
    .deadlineExceeded, .cancelled, .rowLimitExceeded, .memoryLimitExceeded, .statementTooLong, .fileUnreadable,
    .invalidFile,
    .decoding, .unknownLabel, .unknownRelationshipType, .unknownPropertyKey, .cartesianProduct,
  ]

  // MARK: Names

  /// A variable that is not in scope.
  public static let undefinedVariable = DiagnosticCode("42002", "undefined-variable", detail: "UndefinedVariable")
  /// A variable that is bound already where a new one is needed.
  public static let variableAlreadyBound = DiagnosticCode(
    "42002", "variable-already-bound", detail: "VariableAlreadyBound")
  /// A variable used as another kind of thing than it was bound as.
  public static let variableTypeConflict = DiagnosticCode(
    "42002", "variable-type-conflict", detail: "VariableTypeConflict")
  /// Two columns of the same name.
  public static let columnNameConflict = DiagnosticCode("42002", "column-name-conflict", detail: "ColumnNameConflict")
  /// A function that does not exist.
  public static let unknownFunction = DiagnosticCode("42002", "unknown-function", detail: "UnknownFunction")
  /// A procedure that does not exist.
  public static let procedureNotFound = DiagnosticCode(
    "42002", "procedure-not-found", category: "ProcedureError", detail: "ProcedureNotFound")
  /// A parameter that was not given.
  public static let missingParameter = DiagnosticCode(
    "42002", "missing-parameter", category: "ParameterMissing", detail: "MissingParameter")
  /// `*` where no variable is in scope.
  public static let noVariablesInScope = DiagnosticCode("42002", "no-variables-in-scope", detail: "NoVariablesInScope")
  /// Parts of a UNION with different columns.
  public static let differentColumnsInUnion = DiagnosticCode(
    "42001", "different-columns-in-union", detail: "DifferentColumnsInUnion")

  // MARK: Forms

  /// An aggregating function where rows are not aggregated.
  public static let invalidAggregation = DiagnosticCode("42001", "invalid-aggregation", detail: "InvalidAggregation")
  /// An aggregating function inside another.
  public static let nestedAggregation = DiagnosticCode("42001", "nested-aggregation", detail: "NestedAggregation")
  /// An expression that mixes aggregates with values that are no grouping keys.
  public static let ambiguousAggregation = DiagnosticCode(
    "42001", "ambiguous-aggregation", detail: "AmbiguousAggregationExpression")
  /// Not the number of arguments that a function or procedure takes.
  public static let invalidNumberOfArguments = DiagnosticCode(
    "42001", "invalid-number-of-arguments", detail: "InvalidNumberOfArguments")
  /// A relationship to be created without exactly one type.
  public static let noSingleRelationshipType = DiagnosticCode(
    "42001", "no-single-relationship-type", detail: "NoSingleRelationshipType")
  /// A relationship to be created without a direction.
  public static let requiresDirectedRelationship = DiagnosticCode(
    "42001", "requires-directed-relationship", detail: "RequiresDirectedRelationship")
  /// A variable-length relationship to be created.
  public static let creatingVarLength = DiagnosticCode("42001", "creating-var-length", detail: "CreatingVarLength")
  /// A relationship variable twice in one pattern.
  public static let relationshipUniqueness = DiagnosticCode(
    "42001", "relationship-uniqueness-violation", detail: "RelationshipUniquenessViolation")
  /// DELETE of something that is no node, relationship or path.
  public static let invalidDelete = DiagnosticCode("42001", "invalid-delete", detail: "InvalidDelete")
  /// An expression where only constants are allowed, such as in SKIP and LIMIT.
  public static let nonConstantExpression = DiagnosticCode(
    "42001", "non-constant-expression", detail: "NonConstantExpression")
  /// A negative number where a count is needed.
  public static let negativeIntegerArgument = DiagnosticCode(
    "42001", "negative-integer-argument", detail: "NegativeIntegerArgument")
  /// A pattern where only a value is allowed, or a pattern of an unsuitable shape.
  public static let invalidPattern = DiagnosticCode("42001", "invalid-pattern", detail: "UnexpectedSyntax")

  /// A host's procedure that failed or broke its promise.
  public static let procedureFailed = DiagnosticCode(
    "38000", "procedure-failed", category: "ProcedureError", detail: "ProcedureFailed")

  // MARK: Types and values

  /// A value of the wrong type for an operator or function; at compile time when the text shows it.
  public static let invalidArgumentType = DiagnosticCode(
    "22G03", "invalid-argument-type", category: "TypeError", detail: "InvalidArgumentType")
  /// The same, found in the text: openCypher calls it a syntax error.
  public static let invalidArgumentTypeInText = DiagnosticCode(
    "42001", "type-mismatch", category: "SyntaxError", detail: "InvalidArgumentType")
  /// A value that a conversion such as `toInteger()`, or `type()`, cannot take.
  public static let unconvertibleValue = DiagnosticCode(
    "22G03", "unconvertible-value", category: "TypeError", detail: "InvalidArgumentValue")
  /// A bound or step of `range()` that is no integer; openCypher has an own category for it.
  public static let invalidRangeArgument = DiagnosticCode(
    "22G03", "invalid-range-argument", category: "ArgumentError", detail: "InvalidArgumentType")
  /// A value of the right type that makes no sense.
  public static let invalidArgumentValue = DiagnosticCode(
    "22000", "invalid-argument-value", category: "ArgumentError", detail: "InvalidArgumentValue")
  /// A number outside the range a function takes.
  public static let numberOutOfRange = DiagnosticCode(
    "22003", "number-out-of-range", category: "ArgumentError", detail: "NumberOutOfRange")
  /// Integer arithmetic that does not fit 64 bits.
  public static let arithmeticOverflow = DiagnosticCode(
    "22003", "arithmetic-overflow", category: "ArithmeticError", detail: "IntegerOverflow")
  /// Integer division by zero.
  public static let divisionByZero = DiagnosticCode(
    "22012", "division-by-zero", category: "ArithmeticError", detail: "DivisionByZero")
  /// Indexing a list with something that is no integer.
  public static let listElementAccessByNonInteger = DiagnosticCode(
    "22G03", "list-element-access-by-non-integer", category: "TypeError", detail: "ListElementAccessByNonInteger")
  /// Indexing a map with something that is no string.
  public static let mapElementAccessByNonString = DiagnosticCode(
    "22G03", "map-element-access-by-non-string", category: "TypeError", detail: "MapElementAccessByNonString")
  /// A value that no property can hold.
  public static let invalidPropertyType = DiagnosticCode(
    "22G03", "invalid-property-type", category: "TypeError", detail: "InvalidPropertyType")
  /// Temporal text or components that name no point in time.
  public static let invalidTemporal = DiagnosticCode(
    "22007", "invalid-temporal", category: "ArgumentError", detail: "InvalidArgumentValue")

  // MARK: Graph

  /// Use of a node or relationship that this statement deleted.
  public static let deletedEntityAccess = DiagnosticCode(
    "22G0U", "deleted-entity-access", category: "EntityNotFound", detail: "DeletedEntityAccess")
  /// DELETE of a node that still has relationships.
  public static let deleteConnectedNode = DiagnosticCode(
    "22G0T", "delete-connected-node", category: "ConstraintVerificationFailed", detail: "DeleteConnectedNode")
  /// Two nodes with equal values of a property that a constraint says is unique.
  public static let uniquenessViolation = DiagnosticCode(
    "22N79", "uniqueness-violation", category: "ConstraintValidationFailed", detail: "UniquenessViolation")
  /// MERGE on a property that is null.
  public static let mergeReadOwnWrites = DiagnosticCode(
    "22004", "merge-null-property", category: "SemanticError", detail: "MergeReadOwnWrites")
  /// More nodes, relationships or names than ids can count.
  public static let graphTooLarge = DiagnosticCode(
    "54000", "graph-too-large", category: "ArgumentError", detail: "NumberOutOfRange")
  /// An index or constraint that exists already, or one that does not.
  public static let indexConflict = DiagnosticCode(
    "42N00", "index-conflict", category: "SyntaxError", detail: "IndexConflict")
  /// A write where only reading is allowed.
  public static let readOnly = DiagnosticCode(
    "25006", "read-only", category: "TransactionError", detail: "ReadOnly")
  /// A write inside a write of the same database.
  public static let transactionOpen = DiagnosticCode(
    "25001", "transaction-open", category: "TransactionError", detail: "TransactionOpen")

  // MARK: Limits

  /// The deadline passed.
  public static let deadlineExceeded = DiagnosticCode(
    "57014", "deadline-exceeded", category: "TransactionError", detail: "DeadlineExceeded")
  /// Someone cancelled the query.
  public static let cancelled = DiagnosticCode("57014", "cancelled", category: "TransactionError", detail: "Cancelled")
  /// More rows than the row limit.
  public static let rowLimitExceeded = DiagnosticCode(
    "54000", "row-limit-exceeded", category: "TransactionError", detail: "RowLimitExceeded")
  /// More memory than the memory limit.
  public static let memoryLimitExceeded = DiagnosticCode(
    "54000", "memory-limit-exceeded", category: "TransactionError", detail: "MemoryLimitExceeded")

  /// More clauses than one statement may have.
  public static let statementTooLong = DiagnosticCode("54001", "statement-too-long", detail: "UnexpectedSyntax")

  // MARK: Files

  /// A file or directory that cannot be opened or read.
  public static let fileUnreadable = DiagnosticCode(
    "58030", "file-unreadable", category: "IOError", detail: "FileUnreadable")
  /// A file whose content is not what its format asks for.
  public static let invalidFile = DiagnosticCode("22000", "invalid-file", category: "IOError", detail: "InvalidFile")
  /// Decoding a row into a type that does not fit.
  public static let decoding = DiagnosticCode("22G03", "decoding", category: "TypeError", detail: "Decoding")

  // MARK: Warnings

  /// A label that no node of the graph has.
  public static let unknownLabel = DiagnosticCode("01N50", "unknown-label", category: "")
  /// A relationship type that no relationship of the graph has.
  public static let unknownRelationshipType = DiagnosticCode("01N51", "unknown-relationship-type", category: "")
  /// A property key that nothing in the graph has.
  public static let unknownPropertyKey = DiagnosticCode("01N52", "unknown-property-key", category: "")
  /// Patterns in one MATCH that share nothing, so that every pair of rows is made.
  public static let cartesianProduct = DiagnosticCode("03N90", "cartesian-product", category: "")
}
