import PlenarySyntax

/// Why a query did not run, as a value: what, where, and what to do about it.
///
/// Every failure of the engine is one of these, whether found in the text, in its meaning, or while running. A failed
/// statement changes nothing.
///
/// ```swift
/// do {
///   _ = try database.query("RETURN 1 / 0")
/// } catch let error as QueryError {
///   error.code.gqlStatus   // "22012"
///   error.range            // the `/`
/// }
/// ```
public struct QueryError: Error, Hashable, Sendable {
  /// When an error was found.
  public enum Phase: String, Hashable, Sendable {
    /// Before any row was read.
    case compileTime = "compile time"
    /// While rows were made.
    case runtime
  }

  /// The stable identity: GQLSTATUS, our slug, openCypher's type and detail.
  public var code: DiagnosticCode
  /// What is wrong: lower case, no full stop.
  public var message: String
  /// Where it is, in UTF-8 offsets of `text`; `nil` when no place in the text is to blame (a deadline, say).
  public var range: SourceRange?
  /// What to do next, when something sensible is known.
  public var hint: String?
  /// When it was found.
  public var phase: Phase
  /// The text that failed.
  public var text: String
  /// Further errors found in the same text; only the parser and the binder report several.
  public var others: [Diagnostic] = []

  /// Makes an error.
  public init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange? = nil, hint: String? = nil,
    phase: Phase = .runtime, text: String = ""
  ) {
    self.code = code
    self.message = message
    self.range = range
    self.hint = hint
    self.phase = phase
    self.text = text
  }

  /// The same error with a place, unless it has one already.
  func located(at range: SourceRange) -> QueryError {
    guard self.range == nil else { return self }
    var copy = self
    copy.range = range
    return copy
  }
}

extension QueryError {
  /// A result with more rows than the options of the query allow.
  static func tooManyRows(_ limit: Int) -> QueryError {
    QueryError(.rowLimitExceeded, "more than \(limit) rows", hint: "add LIMIT, or allow more rows")
  }
}

extension QueryError: CustomStringConvertible {
  /// `42002 undefined-variable: variable "m" is not defined (did you mean "n"?)`.
  public var description: String {
    "\(code): \(message)" + (hint.map { " (\($0))" } ?? "")
  }
}
