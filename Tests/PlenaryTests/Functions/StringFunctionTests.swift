import Testing

@testable import Plenary

@Suite("String functions")
struct StringFunctionTests {
  @Test(
    "of one string",
    arguments: [
      ("toUpper", "việt", v("VIỆT")), ("upper", "a", v("A")), ("toLower", "ÀB", v("àb")), ("TOLOWER", "A", v("a")),
      ("trim", " \t\u{A0}a b\n", v("a b")), ("ltrim", "  a ", v("a ")), ("rtrim", "  a ", v("  a")),
      ("trim", "   ", v("")), ("reverse", "Brunei", v("ienurB")), ("size", "Việt Nam", v(8)),
      ("size", "e\u{301}", v(2)), ("char_length", "😀", v(1)), ("isEmpty", "", v(true)), ("isEmpty", " ", v(false)),
    ])
  func one(name: String, text: String, expected: Value) throws {
    #expect(try call(name, v(text)) == expected)
  }

  @Test("substring, left and right count code points from 0")
  func parts() throws {
    #expect(try call("substring", v("hello"), v(1), v(3)) == v("ell"))
    #expect(try call("substring", v("hello"), v(2)) == v("llo"))
    #expect(try call("substring", v("hello"), v(9)) == v(""))
    #expect(try call("substring", v("e\u{301}x"), v(1), v(1)) == v("\u{301}"))
    #expect(try call("substring", v("hello"), v(1), .integer(.max)) == v("ello"))
    #expect(try call("left", v("hello"), v(3)) == v("hel"))
    #expect(try call("left", v("hello"), v(9)) == v("hello"))
    #expect(try call("right", v("hello"), v(3)) == v("llo"))
    #expect(try call("right", v("hello"), v(0)) == v(""))
    #expect(try call("left", v("hello"), null) == null)
    #expect(message { try call("left", v("hello"), v(-1)) } == "left() got -1 as length, expected 0 or more")
    #expect(slug { try call("substring", v("hello"), v(-1)) } == "number-out-of-range")
  }

  @Test(
    "replace goes from left to right",
    arguments: [
      ("banana", "an", "AN", "bANANa"), ("aaa", "aa", "b", "ba"), ("abc", "x", "y", "abc"), ("abc", "b", "", "ac"),
      ("abc", "", "-", "-a-b-c-"), ("", "", "-", "-"), ("", "a", "b", ""), ("Việt", "ệ", "e", "Viet"),
    ])
  func replace(text: String, search: String, replacement: String, expected: String) throws {
    #expect(try call("replace", v(text), v(search), v(replacement)) == v(expected))
  }

  @Test("replace refuses to make a string too large for memory")
  func replaceLimit() {
    let long = String(repeating: "a", count: 100_000)
    #expect(slug { try call("replace", v(long), v("a"), v(long)) } == "memory-limit-exceeded")
  }

  @Test(
    "split",
    arguments: [
      ("one1two", v("1"), ["one", "two"]), ("a,b,,c", v(","), ["a", "b", "", "c"]), ("", v(","), [""]),
      (",", v(","), ["", ""]), ("abc", v(""), ["a", "b", "c"]), ("a, b;c", v([v(", "), v(";")]), ["a", "b", "c"]),
      ("a->b", v([v("-"), v("->")]), ["a", "b"]), ("abc", v([]), ["abc"]),
    ])
  func split(text: String, delimiters: Value, expected: [String]) throws {
    #expect(try call("split", v(text), delimiters) == v(expected.map { v($0) }))
  }

  @Test("trim takes characters to remove")
  func trimCharacters() throws {
    #expect(try call("trim", v("xxaxyx"), v("xy")) == v("a"))
    #expect(try call("ltrim", v("xxax"), v("x")) == v("ax"))
    #expect(try call("rtrim", v("xxax"), v("x")) == v("xxa"))
  }

  @Test("null makes null, and other types are an error that says so")
  func types() throws {
    #expect(try call("toUpper", null) == null)
    #expect(try call("replace", v("a"), null, v("b")) == null)
    #expect(message { try call("toUpper", v(1)) } == "toUpper() got an Integer, expected a String")
    #expect(message { try call("split", v("a"), v(1)) } == "split() got an Integer, expected a String or List")
    #expect(
      message { try call("split", v("a"), v([v(1)])) }
        == "split() got an Integer among the delimiters, expected only strings")
  }
}

@Suite("Conversion functions")
struct ConversionFunctionTests {
  @Test(
    "convert, or give null for text that says none",
    arguments: [
      ("toBoolean", v("true"), v(true)), ("toBoolean", v(" FALSE "), v(false)), ("toBoolean", v(" tru "), null),
      ("toBoolean", v(""), null), ("toBoolean", v(0), v(false)), ("toBoolean", v(true), v(true)),
      ("toInteger", v(82.9), v(82)), ("toInteger", v("foo"), null), ("toInteger", v(""), null),
      ("toInteger", v("1.7"), v(1)),
      ("toInteger", v(" -42 "), v(-42)), ("toInteger", v(true), v(1)),
      ("toInteger", v("9223372036854775807"), .integer(.max)),
      ("toInteger", v("9223372036854775808"), null), ("toInteger", v("1e3"), v(1000)), ("toInteger", v("0x10"), null),
      ("toInteger", v(Double.nan), null), ("toInteger", null, null),
      ("toFloat", v(3), v(3.0)), ("toFloat", v("5"), v(5.0)), ("toFloat", v("foo"), null),
      ("toFloat", v("-1.5e2"), v(-150.0)),
      ("toFloat", v("0x1p3"), null), ("toFloat", v("NaN"), v(Double.nan)), ("toFloat", v("nan"), null),
      ("toString", v(42), v("42")), ("toString", v(1.0), v("1.0")), ("toString", v(false), v("false")),
      ("toString", v("a"), v("a")), ("toString", v(-Double.infinity), v("-Infinity")), ("toString", null, null),
    ])
  func convert(name: String, value: Value, expected: Value) throws {
    #expect(try call(name, value) == expected)
    #expect(try call(name + "OrNull", value) == expected)
    #expect(try call(name + "List", v([value])) == v([expected]))
  }

  @Test("toFloat makes a Float of an Integer")
  func floatType() throws {
    #expect(try call("toFloat", v(3)).valueType == .float)
  }

  @Test("toString writes temporal values as they are read")
  func temporal() throws {
    #expect(try call("toString", call("date", v("20150721"))) == v("2015-07-21"))
    #expect(try call("toString", call("duration", v("P0.75M"))) == v("P22DT19H51M49.5S"))
  }

  @Test(
    "refuse what never converts",
    arguments: [
      ("toBoolean", v(1.0)), ("toBoolean", v([])), ("toInteger", v([:])), ("toInteger", .node(NodeID(0))),
      ("toFloat", v(true)), ("toFloat", v([])), ("toString", v([])), ("toString", .relationship(RelationshipID(0))),
    ])
  func refuse(name: String, value: Value) throws {
    #expect(slug { try call(name, value) } == "unconvertible-value")
    #expect(try call(name + "OrNull", value) == null)
    #expect(try call(name + "List", v([value])) == v([null]))
  }

  @Test("say what they take")
  func messages() {
    #expect(message { try call("toFloat", v(true)) } == "toFloat() got a Boolean, expected an Integer, Float or String")
  }
}
