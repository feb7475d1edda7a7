import Testing

@testable import Plenary

@Suite("IN, STARTS WITH, ENDS WITH and CONTAINS")
struct ValuePredicateTests {
  @Test(
    "IN says true, false or null",
    arguments: [
      (v(3), v([v(1), null, v(3)]), .true), (v(4), v([v(1), null, v(3)]), .null), (null, v([]), .false),
      (null, v([v(1)]), .null), (v(1), null, .null), (v(1), v([v("1"), v(2)]), .false),
      (v([v(1), v(2)]), v([v([null, v("foo")])]), .false),
      (v([v(1), v(2)]), v([v([null, v(2)]), v([v(1), v(2)])]), .true),
      (v([v(1), v(2)]), v([v([null, v(2)]), v([v(1), v(3)])]), .null), (v([]), v([v([])]), .true),
      (v(1), v([v(1.0)]), .true),
    ] as [(Value, Value, Ternary)])
  func membership(value: Value, list: Value, expected: Ternary) throws {
    #expect(try Value.isIn(value, list) == expected)
  }

  @Test("IN needs a list")
  func membershipInOther() {
    #expect(message { try Value.isIn(v(1), v("a")) } == "found a String on the right of IN, expected a List")
  }

  @Test(
    "searches by code points",
    arguments: [
      ("ABCDEF", "ABC", true, false, true), ("ABCDEF", "DEF", false, true, true), ("ABCDEF", "CD", false, false, true),
      ("ABCDEF", "", true, true, true), ("", "", true, true, true), ("", "a", false, false, false),
      ("aab", "ab", false, true, true), ("a\nb", "\n", false, false, true), ("e\u{301}", "\u{E9}", false, false, false),
      ("e\u{301}", "e", true, false, true), ("Việt Nam", "Nam", false, true, true),
    ])
  func search(text: String, part: String, starts: Bool, ends: Bool, contains: Bool) {
    #expect(Value.startsWith(v(text), v(part)) == Ternary(starts))
    #expect(Value.endsWith(v(text), v(part)) == Ternary(ends))
    #expect(Value.contains(v(text), v(part)) == Ternary(contains))
  }

  @Test("are null unless both sides are strings")
  func searchInOthers() {
    for value in [v(1), v(1.5), v(true), v([]), v([:]), null] {
      for test in [Value.startsWith, Value.endsWith, Value.contains] {
        #expect(test(value, v("a")) == .null)
        #expect(test(v("a"), value) == .null)
      }
    }
  }
}

@Suite("Elements, slices and properties")
struct ValueAccessTests {
  private let graph = Graph()

  @Test(
    "are found by index or key",
    arguments: [
      (v([v(1), v(2), v(3)]), v(0), v(1)), (v([v(1), v(2), v(3)]), v(-1), v(3)), (v([v(1)]), v(1), null),
      (v([v(1)]), v(-2), null), (v([v(1)]), .integer(.min), null), (v([v(1)]), null, null), (null, v(0), null),
      (v(["name": v("Apa")]), v("name"), v("Apa")), (v(["name": v("Apa")]), v("Name"), null),
      (v(["name": v("Apa")]), null, null), (null, v("x"), null), (null, null, null),
    ])
  func element(container: Value, index: Value, expected: Value) throws {
    #expect(try Value.element(of: container, at: index, in: graph) == expected)
  }

  @Test(
    "need the right kind of index",
    arguments: [
      (v([v(1)]), v("1"), "list-element-access-by-non-integer"),
      (v([v(1)]), v(1.0), "list-element-access-by-non-integer"),
      (v(["a": v(1)]), v(12.3), "map-element-access-by-non-string"), (v("text"), v(0), "invalid-argument-type"),
      (v(123), v(0), "invalid-argument-type"), (v(true), v("a"), "invalid-argument-type"),
    ])
  func wrongElement(container: Value, index: Value, expected: String) {
    #expect(slug { try Value.element(of: container, at: index, in: graph) } == expected)
  }

  @Test(
    "slices end before the upper bound",
    arguments: [
      (nil, v(2), v([v(1), v(2)])), (v(1), nil, v([v(2), v(3)])), (v(0), v(0), v([])), (v(-3), v(-1), v([v(1), v(2)])),
      (v(-5), v(5), v([v(1), v(2), v(3)])), (v(3), v(1), v([])), (null, v(1), null), (nil, null, null),
      (.integer(.min), .integer(.max), v([v(1), v(2), v(3)])),
    ] as [(Value?, Value?, Value)])
  func slice(lower: Value?, upper: Value?, expected: Value) throws {
    #expect(try Value.slice(v([v(1), v(2), v(3)]), from: lower, to: upper) == expected)
    #expect(try Value.slice(null, from: lower, to: upper) == null)
  }

  @Test("slices need a list and integers")
  func wrongSlice() {
    #expect(slug { try Value.slice(v("text"), from: v(0), to: nil) } == "invalid-argument-type")
    #expect(slug { try Value.slice(v([]), from: v("a"), to: nil) } == "invalid-argument-type")
  }

  @Test("properties are entries of maps and components of temporal values")
  func properties() throws {
    #expect(try Value.property("a", of: v(["a": v(1)]), in: graph) == v(1))
    #expect(try Value.property("b", of: v(["a": v(1)]), in: graph) == null)
    #expect(try Value.property("a", of: null, in: graph) == null)
    let date = Value.date(try Temporal.Date(parsing: "1984-10-11"))
    #expect(try Value.property("weekDay", of: date, in: graph) == v(4))
    #expect(slug { try Value.property("a", of: v(1), in: graph) } == "invalid-argument-type")
    do {
      _ = try Value.property("yaer", of: date, in: graph)
      Issue.record("expected an error")
    } catch {
      #expect(error.message.hasPrefix("a Date has no component yaer, expected one of year, quarter"))
      #expect(error.hint == "did you mean year?")
    }
  }
}
