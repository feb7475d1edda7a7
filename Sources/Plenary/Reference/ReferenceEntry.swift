/// One thing that the reference of the language explains: a clause, an operator, a function, an error code.
///
/// The documents, `:help` of the shell and the tests all read the same entries, so they cannot disagree.
public struct ReferenceEntry: Hashable, Sendable {
  /// What an entry explains.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A clause, a part of one, or a whole statement.
    case clause
    /// A form of pattern.
    case pattern
    /// An operator or another form of expression.
    case expression
    /// A type of value.
    case type
    /// A function that makes one value from its arguments.
    case function
    /// A function that makes one value from many rows.
    case aggregatingFunction = "aggregating function"
    /// A procedure that CALL reaches.
    case procedure
    /// A code that errors and warnings carry.
    case code
  }

  /// The name it is found by, for example `ORDER BY` or `toUpper`.
  public var name: String
  /// Other names it is found by.
  public var aliases: [String] = []
  /// What it is.
  public var kind: Kind
  /// The form, for example `SKIP n`.
  public var signature: String
  /// What it does, in one sentence without a full stop.
  public var summary: String
  /// More about it, in Markdown; may be empty.
  public var details = ""
  /// Things to try.
  public var examples: [ReferenceExample] = []
}

/// Something to try: a script, whose last statement shows the point.
public struct ReferenceExample: Hashable, Sendable {
  /// One statement, or several parted by `;`. It runs on a copy of the built-in ACCSM graph.
  public var script: String
  /// Whether it runs on an empty graph instead.
  public var startsEmpty: Bool
  /// What it makes, where that is one value: the examples of functions.
  public var value: String?

  /// The script without RETURN, when an expression is all it returns.
  public var expression: String {
    script.hasPrefix("RETURN ") ? String(script.dropFirst("RETURN ".count)) : script
  }

  /// Makes an example.
  init(_ script: String, startsEmpty: Bool = false, value: String? = nil) {
    self.script = script
    self.startsEmpty = startsEmpty
    self.value = value
  }
}
