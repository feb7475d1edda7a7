import Testing

@testable import Plenary

private let nan = Double.nan

@Suite("= on values")
struct ValueEqualityTests {
  @Test(
    "says true, false or null",
    arguments: [
      (v(1), v(1), .true), (v(1), v(2), .false), (v(1), v(1.0), .true), (v(1), v(1.5), .false),
      (v(1), v("1"), .false), (v(1), v(true), .false), (null, null, .null), (v(1), null, .null), (null, v("a"), .null),
      (v(nan), v(nan), .false), (v(nan), v(1), .false), (v(0.0), v(-0.0), .true),
      (v("a"), v("a"), .true), (v("a"), v("A"), .false),
      // 2^53 + 1 and 2^53 are one double.
      (v(9_007_199_254_740_993), v(9_007_199_254_740_992.0), .false),
      (v(9_007_199_254_740_992), v(9_007_199_254_740_992.0), .true),
      (.integer(.max), v(9.223372036854775807e18), .false), (.integer(.min), v(-9.223372036854775808e18), .true),
      // Composed and decomposed é are different code points.
      (v("\u{E9}"), v("e\u{301}"), .false),
      (.node(NodeID(1)), .node(NodeID(1)), .true), (.node(NodeID(1)), .relationship(RelationshipID(1)), .false),
    ] as [(Value, Value, Ternary)])
  func scalars(a: Value, b: Value, expected: Ternary) {
    #expect(Value.isEqual(a, b) == expected)
    #expect(Value.isEqual(b, a) == expected)
  }

  @Test(
    "looks into lists and maps",
    arguments: [
      (v([v(1), v(2)]), v([v(1)]), .false), (v([null]), v([v(1)]), .null), (v([v("a")]), v([v(1)]), .false),
      (v([v([v(1)])]), v([v([v(1)]), v([null])]), .false),
      (v([v([v(1)]), v([v(2)])]), v([v([v(1)]), v([null])]), .null),
      (v([v([v(1)]), v([v(2), v(3)])]), v([v([v(1)]), v([null])]), .false),
      (v([null, v(1)]), v([null, v(2)]), .false), (v([]), v([]), .true), (v([v(nan)]), v([v(nan)]), .false),
      (v([:]), v(["k": null]), .false), (v(["k": null]), v(["k": null]), .null),
      (v(["k": v(1)]), v(["k": v(1.0)]), .true), (v(["k": v(1), "l": v(2)]), v(["l": v(2), "k": v(1)]), .true),
      (v(["k": v(1), "l": null]), v(["k": null, "l": v(1)]), .null),
      (v(["k": v(1), "l": null]), v(["k": v(2), "l": v(1)]), .false), (v([:]), v([]), .false),
    ] as [(Value, Value, Ternary)])
  func containers(a: Value, b: Value, expected: Ternary) {
    #expect(Value.isEqual(a, b) == expected)
    #expect(Value.isEqual(b, a) == expected)
  }

  @Test("and everything else on values walks deep nesting without recursion")
  func depth() {
    let a = nested(20_000, around: v(1))
    let b = nested(20_000, around: v(2))
    #expect(Value.isEqual(a, a) == .true)
    #expect(Value.isEqual(a, b) == .false)
    #expect(Value.compare(a, b) == .less)
    #expect(Value.order(a, b) < 0)
    #expect(a == a && a != b)
    #expect(Set([a, b, a]).count == 2)
  }
}

@Suite("<, <=, > and >= on values")
struct ValueComparisonTests {
  @Test(
    "compare what can be compared",
    arguments: [
      (v(1), v(2), .less), (v(2), v(1), .greater), (v(1), v(1.0), .equal), (v(1), v(3.14), .less),
      (v(9_007_199_254_740_993), v(9_007_199_254_740_992.0), .greater), (.integer(.max), v(1e300), .less),
      (.integer(.min), v(-Double.infinity), .greater), (v(-1), v(-0.5), .less), (v(0), v(-0.5), .greater),
      (v(nan), v(1), .unordered), (v(nan), v(nan), .unordered), (v(nan), v("a"), .incomparable),
      (v("a"), v("b"), .less), (v("a"), v("ab"), .less), (v("Z"), v("a"), .less), (v("ﬀ"), v("😀"), .less),
      (v(false), v(true), .less), (v(1), v("1"), .incomparable), (null, v(1), .incomparable),
      (null, null, .incomparable), (v([:]), v([:]), .incomparable),
      (.node(NodeID(1)), .node(NodeID(2)), .incomparable),
      (v([v(1), v(0)]), v([v(1)]), .greater), (v([v(1), null]), v([v(1)]), .greater),
      (v([v(1), v(2)]), v([v(1), null]), .incomparable), (v([v(1), v("a")]), v([v(1), null]), .incomparable),
      (v([v(1), v(2)]), v([v(3), null]), .less), (v([]), v([]), .equal),
      (v([v([v(1)]), v(2)]), v([v([v(1)]), v(1)]), .greater), (v([v(1)]), v([v("a")]), .incomparable),
    ] as [(Value, Value, ComparisonResult)])
  func compare(a: Value, b: Value, expected: ComparisonResult) {
    #expect(Value.compare(a, b) == expected)
    #expect(Value.compare(b, a) == expected.reversed)
  }

  @Test("are null for incomparable values and false for NaN")
  func operators() {
    #expect(Value.isLess(v(1), v(2)) == .true)
    #expect(Value.isLessOrEqual(v(2), v(2.0)) == .true)
    #expect(Value.isGreater(v(2), v(2)) == .false)
    #expect(Value.isGreaterOrEqual(v("b"), v("a")) == .true)
    for test in [Value.isLess, Value.isLessOrEqual, Value.isGreater, Value.isGreaterOrEqual] {
      #expect(test(v(nan), v(nan)) == .false)
      #expect(test(v(1), v("a")) == .null)
    }
  }

  @Test("compare temporal values of one type")
  func temporal() throws {
    let first = Value.date(try Temporal.Date(year: 1980, month: 12, day: 24))
    let second = Value.date(try Temporal.Date(year: 1984, month: 10, day: 11))
    #expect(Value.isLess(first, second) == .true)
    #expect(Value.isEqual(first, second) == .false)
    let month = Value.duration(try Temporal.Duration(months: 1))
    let days = Value.duration(try Temporal.Duration(days: 30))
    #expect(Value.isLess(month, days) == .null)
    #expect(Value.isEqual(month, days) == .false)
    #expect(Value.isLess(first, month) == .null)
  }
}

@Suite("AND, OR, XOR and NOT")
struct TernaryLogicTests {
  @Test(
    "follow the truth tables",
    arguments: [
      (.true, .true, .true, .true, .false), (.true, .false, .false, .true, .true), (.true, .null, .null, .true, .null),
      (.false, .false, .false, .false, .false), (.false, .null, .false, .null, .null),
      (.null, .null, .null, .null, .null),
    ] as [(Ternary, Ternary, Ternary, Ternary, Ternary)])
  func tables(a: Ternary, b: Ternary, and: Ternary, or: Ternary, xor: Ternary) {
    for (a, b) in [(a, b), (b, a)] {
      #expect(Ternary.and(a, b) == and)
      #expect(Ternary.or(a, b) == or)
      #expect(Ternary.xor(a, b) == xor)
      #expect(Ternary.not(.and(a, b)) == .or(.not(a), .not(b)))
    }
  }

  @Test("take only booleans and null")
  func types() throws {
    #expect(try v(true).truth() == .true)
    #expect(try null.truth() == .null)
    #expect(message { try v(1).truth() } == "found an Integer, expected a Boolean")
  }
}
