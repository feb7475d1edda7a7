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
  ///
  /// - Parameter checkStop: called every few thousand steps; what it throws ends the search.
  func matchesWhole(
    _ text: String, checkStop: () throws(QueryError) -> Void = {}
  ) throws(QueryError) -> Bool {
    try program.matchesWhole(text, checkStop: checkStop)
  }

  /// A faster machine for many texts; `nil` where there is none for the pattern.
  func makeAutomaton() -> RegularExpressionAutomaton? { RegularExpressionAutomaton(program) }

  /// The most characters a pattern may have, so that compiling takes no time that a user notices.
  static let patternLimit = 10_000
}
