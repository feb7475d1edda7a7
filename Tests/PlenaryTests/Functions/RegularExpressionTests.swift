import Testing

@testable import Plenary

@Suite("Regular expressions after =~")
struct RegularExpressionTests {
  @Test(
    "match the whole text or not at all",
    arguments: [
      ("", "", true), ("", "a", false), ("abc", "abc", true), ("abc", "xabc", false), ("abc", "abcx", false),
      ("a.c", "abc", true), ("a.c", "a\nc", false), ("(?s)a.c", "a\nc", true), ("a.c", "a😀c", true), (".*", "", true),
      ("a*", "aaaa", true), ("a*", "aab", false), ("a+", "", false), ("ab?c", "ac", true), ("ab?c", "abbc", false),
      ("a{3}", "aaa", true), ("a{3}", "aa", false), ("a{2,}", "aaaa", true), ("a{2,3}", "aaaa", false),
      ("a{0}b", "b", true), ("(ab){2,3}", "ababab", true), ("(a|bc){2}", "abc", true), ("(a{2}|b){2}c", "aabc", true),
      ("a*?", "aaa", true), ("a+?b??", "aab", true), ("cat|dog", "dog", true), ("cat|dog", "catdog", false),
      ("(cat|dog)s?", "dogs", true), ("a|", "", true), ("(?:ab)+", "abab", true), ("(?<year>\\d{4})", "2026", true),
      ("(a*)*", "aaa", true), ("(a*)+b", "aaab", true), ("(|a)+", "aa", true), ("()", "", true),
    ])
  func structure(pattern: String, text: String, expected: Bool) throws {
    #expect(try RegularExpression(pattern).matchesWhole(text) == expected)
  }

  @Test(
    "know classes of characters",
    arguments: [
      ("[abc]", "b", true), ("[^abc]", "b", false), ("[^abc]", "é", true), ("[a-c-]", "-", true), ("[-a]", "-", true),
      ("[]a]", "]", true), ("[^]a]", "]", false), ("[\\]\\\\]", "\\", true), ("[a-z&&[^aeiou]]", "b", true),
      ("[a-z&&[^aeiou]]", "e", false), ("[a-d[x-z]]", "y", true), ("[a-z&&def]", "e", true), ("[a-z&&def]", "a", false),
      ("[\\d\\s]+", "1 2", true), ("[\\u00e0-\\u00ff]", "é", true), ("[+\\-*]", "-", true), ("[.]", "x", false),
      ("\\d+", "123", true), ("\\d", "٣", false), ("\\D", "٣", true), ("\\w+", "a_1", true), ("\\w", "é", false),
      ("\\s", "\t", true), ("\\S", " ", false), ("\\h", "\u{A0}", true), ("\\v", "\n", true), ("\\R", "\r\n", true),
      ("\\p{L}+", "ViệtÅ", true), ("\\p{Lu}\\p{Ll}+", "Ängste", true), ("\\P{L}", "1", true), ("\\pL", "x", true),
      ("\\p{IsAlphabetic}", "字", true), ("\\p{Alpha}", "é", false), ("[\\p{Nd}]", "٣", true), ("\\p{Sc}", "€", true),
      ("\\p{gc=Lu}", "A", true), ("\\p{IsLu}", "a", false), ("[^\\p{L}]", "a", false), ("\\p{Punct}+", "!?-", true),
    ])
  func classes(pattern: String, text: String, expected: Bool) throws {
    #expect(try RegularExpression(pattern).matchesWhole(text) == expected)
  }

  @Test(
    "know escapes, places and flags",
    arguments: [
      ("\\.", ".", true), ("\\.", "a", false), ("\\x41\\u0042\\x{1F600}\\0101", "AB😀A", true), ("\\t\\n", "\t\n", true),
      ("\\Qa.b*\\E+", "a.b**", true), ("\\Qa.b", "a.b", true), ("\\Q\\Ea", "a", true),
      ("^abc$", "abc", true), ("a^b", "ab", false), ("^*a", "a", true), ("\\Aabc\\z", "abc", true),
      ("a$\\n", "a\n", true),
      ("a\\Z\\r\\n", "a\r\n", true), ("a$\\nb", "a\nb", false), ("(?m)a$\\n^b", "a\nb", true),
      ("\\bfoo\\b.*", "foo bar", true),
      (".*\\bbar", "foobar", false), (".*\\Bbar", "foobar", true), ("\\bé", "é", true),
      ("(?i)straße", "STRAßE", true), ("(?i)[a-z]+", "ABC", true), ("(?i)[^a]", "A", false), ("(?i)É", "é", true),
      ("(?i:a)b", "Ab", true), ("(?i:a)b", "AB", false), ("a(?i)b", "aB", true), ("(a(?i)b)c", "aBC", false),
      ("(?i)a(?-i)b", "AB", false), ("(?x) a b # comment\n c", "abc", true), ("(?is)A.", "a\n", true),
      ("é", "e\u{301}", false),
    ])
  func escapes(pattern: String, text: String, expected: Bool) throws {
    #expect(try RegularExpression(pattern).matchesWhole(text) == expected)
  }

  @Test(
    "say what is wrong with a pattern, and where",
    arguments: [
      ("a)", "found ')' that closes no group, at character 2"),
      ("(a", "found '(' that is never closed, at character 1"),
      ("x[a", "found '[' that is never closed, at character 2"),
      ("*a", "found '*' with nothing before it to repeat, at character 1"),
      ("a**", "found a quantifier after a quantifier, at character 3"),
      ("a{2", "found a count that is never closed, expected {2}, {2,} or {2,5}, at character 2"),
      ("a{3,2}", "found the counts {3,2}, expected the smaller one first, at character 2"),
      ("a{99999}", "found a count above 1000, at character 3"),
      ("[z-a]", "found a range from 'z' to 'a', expected the lower end first, at character 2"),
      ("\\q", "found the escape \\q, which has no meaning, at character 1"),
      ("a\\", "the pattern ends too early, at character 3"),
      ("\\p{Klingon}", "found the Unicode property 'Klingon', which is not known, at character 1"),
      ("\\u12", "found an escape that names no character, at character 1"),
      ("\\x{110000}", "found an escape that names no character, at character 1"),
      ("(?z)", "found the flag 'z', expected i, m, s, u or x, at character 3"),
      ("(a)\\1", "found a back reference, which cannot be matched in linear time, at character 4"),
      ("(?=a)", "found look-ahead, which cannot be matched in linear time, at character 1"),
      ("(?<!a)", "found look-behind, which cannot be matched in linear time, at character 1"),
      ("(?>a)", "found an atomic group, which cannot be matched in linear time, at character 1"),
      ("a*+", "found a possessive quantifier, which cannot be matched in linear time, at character 2"),
    ])
  func errors(pattern: String, expected: String) {
    #expect(message { try RegularExpression(pattern) } == "invalid regular expression: " + expected)
    #expect(slug { try RegularExpression(pattern) } == "invalid-argument-value")
  }

  @Test("stay within bounds of depth, size and time")
  func limits() throws {
    let deep = String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)
    #expect(slug { try RegularExpression(deep) } == "invalid-argument-value")
    #expect(slug { try RegularExpression(String(repeating: "[", count: 5000)) } == "invalid-argument-value")
    #expect(slug { try RegularExpression(String(repeating: "a", count: 10_001)) } == "invalid-argument-value")
    #expect(slug { try RegularExpression("((a{1000}){1000}){1000}") } == "invalid-argument-value")
    // Patterns that a backtracking engine takes ages for.
    let text = String(repeating: "a", count: 2000)
    #expect(try !RegularExpression("(a+)+b").matchesWhole(text))
    #expect(try !RegularExpression("(a|a)*b").matchesWhole(text))
    #expect(try RegularExpression("(a?){50}a{50}").matchesWhole(String(repeating: "a", count: 50)))
  }
}
