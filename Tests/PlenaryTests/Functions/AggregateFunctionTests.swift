import Testing

@testable import Plenary

@Suite("Aggregating functions")
struct AggregateFunctionTests {
  @Test(
    "of no values",
    arguments: [
      ("count", v(0)), ("collect", v([])), ("sum", v(0)), ("avg", null), ("min", null), ("max", null),
      ("stDev", v(0.0)),
      ("stDevP", v(0.0)), ("percentileCont", null), ("percentileDisc", null),
    ])
  func empty(name: String, expected: Value) throws {
    #expect(try aggregate(name, []) == expected)
    #expect(try aggregate(name, [null, null], v(0.5)) == expected)
  }

  @Test(
    "of numbers",
    arguments: [
      ("count", [v(1), null, v(1)], v(2)), ("collect", [v(1), null, v("a")], v([v(1), v("a")])),
      ("sum", [v(33), v(42)], v(75)),
      ("sum", [v(1), v(0.5)], v(1.5)), ("sum", [v(1.0)], v(1.0)), ("avg", [v(1), v(2)], v(1.5)),
      ("avg", [v(2), v(2)], v(2.0)),
      ("max", [v(1), v(2.0), v(5), null, v(3.2)], v(5)), ("min", [v(1), v(2.0), v(0.1)], v(0.1)),
      ("max", [v(1), v("a"), v([v(1), v(2)]), v(0.2), v("b")], v(1)),
      ("min", [v(1), v("a"), v([v(1), v(2)]), v(0.2), v("b")], v([v(1), v(2)])),
      ("max", [v("a"), v("b"), v("B"), v("abc")], v("b")),
      ("max", [v([v(1)]), v([v(2)]), v([v(2), v(1)])], v([v(2), v(1)])),
      ("stDev", [v(2), v(4), v(6)], v(2.0)), ("stDev", [v(2)], v(0.0)), ("stDevP", [v(1), v(3)], v(1.0)),
    ])
  func numbers(name: String, values: [Value], expected: Value) throws {
    let result = try aggregate(name, values)
    #expect(result == expected)
    #expect(result.valueType == expected.valueType)
  }

  @Test("do not lose digits")
  func precision() throws {
    // Plainly added up, the ones vanish beside 1e16, and the variance of large numbers drowns in their squares.
    #expect(try aggregate("sum", [v(1e16), v(1.0), v(1.0), v(-1e16)]) == v(2.0))
    #expect(try aggregate("sum", Array(repeating: v(0.1), count: 10)) == v(1.0))
    #expect(try aggregate("stDevP", [v(1e9 + 1), v(1e9 + 3)]) == v(1.0))
    #expect(try aggregate("avg", [.integer(.max), .integer(.max)]) == v(9.223372036854775807e18))
    #expect(try aggregate("sum", [.integer(.max), v(1), v(-1)]) == .integer(.max))
    #expect(try aggregate("sum", [v(Double.infinity), v(1.0)]) == v(Double.infinity))
    #expect(slug { try aggregate("sum", [.integer(.max), v(1)]) } == "arithmetic-overflow")
  }

  @Test("have a mean within the numbers, even where their sum is beyond all floats")
  func hugeNumbers() throws {
    let huge = v(Double.greatestFiniteMagnitude)
    #expect(try aggregate("avg", [v(1e308), v(1e308)]) == v(1e308))
    #expect(try aggregate("avg", [huge, huge, huge]) == huge)
    #expect(try aggregate("avg", [huge, v(0.0), .integer(.max)]) == v(Double.greatestFiniteMagnitude / 3))
    #expect(try aggregate("sum", [v(1e308), v(1e308)]) == v(Double.infinity))
    // What goes beyond on the way and comes back is not lost, nor what was there besides.
    #expect(try aggregate("sum", [v(1e308), v(1e308), v(-1e308)]) == v(1e308))
    #expect(try aggregate("sum", [v(1e308), v(0.25), v(-1e308), v(2)]) == v(2.25))
    #expect(try aggregate("avg", [huge, v(Double.infinity)]) == v(Double.infinity))
    #expect(try aggregate("avg", [huge, v(-Double.infinity), v(Double.infinity)]).text == "NaN")
  }

  @Test("add up durations, but not with numbers")
  func durations() throws {
    let month = try call("duration", v("P1M"))
    let day = try call("duration", v("P2D"))
    #expect(try aggregate("sum", [month, day, month]).text == "P2M2D")
    #expect(try aggregate("avg", [day, day]).text == "P2D")
    #expect(
      message { try aggregate("sum", [day, v(1)]) } == "sum() got numbers and durations, expected only one of them")
    #expect(
      message { try aggregate("avg", [v(1), day]) } == "avg() got numbers and durations, expected only one of them")
    #expect(message { try aggregate("sum", [v("a")]) } == "sum() got a String, expected an Integer, Float or Duration")
  }

  @Test(
    "percentiles",
    arguments: [
      ("percentileDisc", 0.0, v(10)), ("percentileDisc", 0.5, v(20)), ("percentileDisc", 1.0, v(30)),
      ("percentileCont", 0.0, v(10.0)), ("percentileCont", 0.25, v(15.0)), ("percentileCont", 1.0, v(30.0)),
    ])
  func percentiles(name: String, percentile: Double, expected: Value) throws {
    let result = try aggregate(name, [v(30), v(10), v(20)], v(percentile))
    #expect(result == expected)
    #expect(result.valueType == expected.valueType)
  }

  @Test("percentiles are from 0 to 1")
  func percentileErrors() {
    for percentile in [v(1000), v(-1), v(1.1), v(Double.nan)] {
      #expect(slug { try aggregate("percentileDisc", [v(10.0)], percentile) } == "number-out-of-range")
    }
    #expect(slug { try aggregate("percentileCont", [v(10.0)], v("a")) } == "invalid-argument-type")
    #expect(slug { try aggregate("percentileCont", [v("a")], v(0.5)) } == "invalid-argument-type")
  }
}
