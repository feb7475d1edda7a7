/// One thing to say about a query text: an error or a warning, where it is, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
  /// How much a diagnostic weighs.
  public enum Severity: Hashable, Sendable {
    /// The text cannot run.
    case error
    /// The text runs, but probably does not mean what its author meant.
    case warning
  }

  /// How much it weighs.
  public var severity: Severity
  /// The stable code: tests and tools match on it, never on the message.
  public var code: DiagnosticCode
  /// What is wrong: lower case, no full stop, what was found first, then what was expected.
  public var message: String
  /// Where it is, in UTF-8 offsets of the user's text.
  public var range: SourceRange
  /// What to do next, for example a name that exists; `nil` when nothing sensible is known.
  public var hint: String?

  /// Makes a diagnostic.
  public init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange, hint: String? = nil, severity: Severity = .error
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.range = range
    self.hint = hint
  }
}

/// The stable identity of a kind of diagnostic.
///
/// A code has three names: `slug` for people and tests, `gqlStatus` for programs that know ISO GQL (ISO/IEC 39075
/// clause 23), and the openCypher pair of error type and detail. It is an open set: later versions add codes.
public struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
  /// The five-character GQLSTATUS, for example `42001` for a syntax error.
  public let gqlStatus: String
  /// Our own name in kebab case, for example `unexpected-token`.
  public let slug: String
  /// openCypher's error type, for example `SyntaxError`; empty for warnings.
  public let category: String
  /// openCypher's detail, for example `UndefinedVariable`; empty for warnings.
  public let detail: String

  /// Declares a code.
  public init(_ gqlStatus: String, _ slug: String, category: String = "SyntaxError", detail: String = "") {
    self.gqlStatus = gqlStatus
    self.slug = slug
    self.category = category
    self.detail = detail
  }

  /// `42001 unexpected-token`.
  public var description: String { "\(gqlStatus) \(slug)" }
}

extension DiagnosticCode {
  /// The codes of lexer and parser, in the order of the reference; the engine adds its own.
  public static let ofSyntax: [DiagnosticCode] = [
    .unexpectedToken, .unexpectedEnd, .unterminated, .invalidCharacter, .invalidUTF8, .invalidEscape,
    .invalidNumber, .integerOverflow, .floatOverflow, .nestingTooDeep, .textTooLong, .invalidRelationshipPattern,
    .indexVariableMismatch, .invalidClauseComposition, .invalidParameterUse, .mixedUnion, .updateInExpression,
    .misplacedPattern, .missingAlias, .invalidArgumentPassingMode,
  ]

  /// A token that the grammar does not allow where it stands.
  public static let unexpectedToken = DiagnosticCode("42001", "unexpected-token", detail: "UnexpectedSyntax")
  /// Input ended inside a statement.
  public static let unexpectedEnd = DiagnosticCode("42001", "unexpected-end", detail: "UnexpectedSyntax")
  /// A string, quoted name or comment that is never closed.
  public static let unterminated = DiagnosticCode("42001", "unterminated", detail: "UnexpectedSyntax")
  /// A character that begins no token.
  public static let invalidCharacter = DiagnosticCode("42001", "invalid-character", detail: "InvalidUnicodeCharacter")
  /// Bytes that are not UTF-8.
  public static let invalidUTF8 = DiagnosticCode("42001", "invalid-utf8", detail: "InvalidUnicodeCharacter")
  /// A backslash escape that openCypher does not know, or one that names no Unicode scalar.
  public static let invalidEscape = DiagnosticCode("42001", "invalid-escape", detail: "InvalidUnicodeLiteral")
  /// Digits and letters that make no number, such as `1a` or `0xG`.
  public static let invalidNumber = DiagnosticCode("42001", "invalid-number", detail: "InvalidNumberLiteral")
  /// An integer literal that does not fit 64 bits.
  public static let integerOverflow = DiagnosticCode("22003", "integer-overflow", detail: "IntegerOverflow")
  /// A float literal that does not fit 64 bits.
  public static let floatOverflow = DiagnosticCode("22003", "float-overflow", detail: "FloatingPointOverflow")
  /// Nesting deeper than the parser's limit.
  public static let nestingTooDeep = DiagnosticCode("54001", "nesting-too-deep", detail: "UnexpectedSyntax")
  /// Text longer than the parser's limit.
  public static let textTooLong = DiagnosticCode("54000", "text-too-long", detail: "UnexpectedSyntax")
  /// A relationship pattern of a form that this clause does not allow.
  public static let invalidRelationshipPattern = DiagnosticCode(
    "42001", "invalid-relationship-pattern", detail: "InvalidRelationshipPattern")
  /// A variable that is not the one an index statement declares.
  public static let indexVariableMismatch = DiagnosticCode(
    "42002", "index-variable-mismatch", detail: "UndefinedVariable")
  /// Clauses in an order that openCypher does not allow, such as RETURN before MATCH.
  public static let invalidClauseComposition = DiagnosticCode(
    "42001", "invalid-clause-composition", detail: "InvalidClauseComposition")
  /// A parameter where the language asks for literal text.
  public static let invalidParameterUse = DiagnosticCode(
    "42001", "invalid-parameter-use", detail: "InvalidParameterUse")
  /// UNION and UNION ALL in one query.
  public static let mixedUnion = DiagnosticCode("42000", "mixed-union", detail: "InvalidClauseComposition")
  /// A clause that changes the graph inside an expression.
  public static let updateInExpression = DiagnosticCode(
    "42000", "update-in-expression", detail: "InvalidClauseComposition")
  /// A pattern where a value must stand.
  public static let misplacedPattern = DiagnosticCode("42000", "misplaced-pattern", detail: "UnexpectedSyntax")
  /// A column of WITH that is no variable and has no name.
  public static let missingAlias = DiagnosticCode("42000", "missing-alias", detail: "NoExpressionAlias")
  /// A call inside a query that leaves out its arguments, as only a call that stands alone may.
  public static let invalidArgumentPassingMode = DiagnosticCode(
    "42001", "invalid-argument-passing-mode", detail: "InvalidArgumentPassingMode")
}
