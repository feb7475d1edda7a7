import Synchronization

/// A regular expression for the `=~` operator: compiled once, matched in time linear in the text.
///
/// The syntax is that of `java.util.regex`, which users of the language know, without what needs backtracking:
/// back references, look-around, atomic groups and possessive quantifiers are errors. Patterns work on code points.
///
/// | syntax | matches |
/// |---|---|
/// | `a` `\.` `\n` `\t` `\x41` `\u00E9` `\x{1F600}` `\Q...\E` | the character |
/// | `.` | any character but a line terminator |
/// | `[a-z]` `[^a-z]` `[a-z&&[^aeiou]]` | one of a class, none of it, an intersection |
/// | `\d` `\w` `\s` `\h` `\v` and capitals | ASCII digits, word characters, white space, and not those |
/// | `\p{L}` `\p{Lu}` `\P{L}` `\p{IsAlphabetic}` `\p{Alpha}` | by Unicode category or property, or ASCII class |
/// | `x*` `x+` `x?` `x{2}` `x{2,}` `x{2,5}`, each with `?` | repetitions |
/// | `ab` `a\|b` `(a)` `(?:a)` `(?<name>a)` | sequence, alternatives, groups |
/// | `^` `$` `\A` `\z` `\Z` `\b` `\B` | places |
/// | `(?i)` `(?s)` `(?m)` `(?x)` `(?i:a)` `(?-i)` | flags: ignore case, dot matches all, lines, comments |
///
/// ```swift
/// let pattern = try RegularExpression("(?i)acc.*")
/// pattern.matchesWhole("ACCSM")  // true
/// ```
struct RegularExpression: Sendable {
  /// The pattern as given.
  let pattern: String
  private let program: RegularExpressionProgram

  /// Compiles a pattern. O(pattern), counted repetitions written out.
  ///
  /// - Throws: `invalid-argument-value` with the position of what is wrong.
  init(_ pattern: String) throws(QueryError) {
    var parser = RegularExpressionParser(pattern)
    self.pattern = pattern
    program = try RegularExpressionProgram(parser.parse())
  }

  /// Whether the pattern matches the text from its first to its last character.
  ///
  /// O(text × pattern) at worst: all ways to match advance together, so none is tried twice.
  func matchesWhole(_ text: String) -> Bool {
    program.matchesWhole(text)
  }

  /// The most characters a pattern may have, so that compiling takes no time that a user notices.
  static let patternLimit = 10_000
}

/// Compiled patterns by their text, shared by everything that evaluates `=~`.
///
/// A query usually has its pattern as a constant or parameter, and then compiles it once.
final class RegularExpressionCache: Sendable {
  static let shared = RegularExpressionCache()

  /// When so many patterns are kept they are all forgotten; a query that makes a pattern for each row gains nothing
  /// from a cache, whatever is thrown out.
  private static let capacity = 64
  private let expressions = Mutex<[String: RegularExpression]>([:])

  /// The compiled pattern.
  ///
  /// - Throws: `invalid-argument-value` when it is none.
  func expression(_ pattern: String) throws(QueryError) -> RegularExpression {
    // Dictionary keys know canonical equivalence, patterns do not: hence the second look.
    if let known = expressions.withLock({ $0[pattern] }), known.pattern.hasSameCodePoints(as: pattern) { return known }
    let compiled = try RegularExpression(pattern)
    expressions.withLock { expressions in
      if expressions.count >= RegularExpressionCache.capacity { expressions.removeAll() }
      expressions[pattern] = compiled
    }
    return compiled
  }
}

extension Value {
  /// The `=~` operator: whether the pattern matches the whole text; null unless both are strings.
  ///
  /// - Throws: `invalid-argument-value` when the pattern is malformed.
  static func matches(_ text: Value, _ pattern: Value) throws(QueryError) -> Ternary {
    guard case .string(let text) = text, case .string(let pattern) = pattern else { return .null }
    return Ternary(try RegularExpressionCache.shared.expression(pattern).matchesWhole(text))
  }
}
