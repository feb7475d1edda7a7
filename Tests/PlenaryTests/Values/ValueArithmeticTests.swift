import Testing

@testable import Plenary

@Suite("Arithmetic on values")
struct ValueArithmeticTests {
  @Test(
    "follows openCypher on numbers",
    arguments: [
      ("+", v(1), v(2), v(3)), ("+", v(1), v(2.5), v(3.5)), ("-", v(1), v(2), v(-1)), ("-", v(1.5), v(1), v(0.5)),
      ("*", v(3), v(4), v(12)), ("*", v(2), v(0.5), v(1.0)), ("/", v(7), v(2), v(3)), ("/", v(-7), v(2), v(-3)),
      ("/", v(7), v(2.0), v(3.5)), ("/", v(1.0), v(0), v(Double.infinity)), ("/", v(0.0), v(0), v(Double.nan)),
      ("%", v(7), v(3), v(1)), ("%", v(-7), v(3), v(-1)), ("%", v(7.5), v(2), v(1.5)),
      ("%", .integer(.min), v(-1), v(0)), ("^", v(2), v(10), v(1024.0)), ("^", v(4), v(0.5), v(2.0)),
      ("+", null, v(1), null), ("*", v("a"), null, null), ("^", null, null, null), ("%", v(1), null, null),
    ])
  func numbers(symbol: String, a: Value, b: Value, expected: Value) throws {
    #expect(try apply(symbol, a, b) == expected)
    if case .float = expected { #expect(try apply(symbol, a, b).valueType == .float) }
  }

  @Test(
    "never wraps integers, and divides none by zero",
    arguments: [
      ("+", Value.integer(.max), v(1), "arithmetic-overflow"), ("-", .integer(.min), v(1), "arithmetic-overflow"),
      ("*", .integer(.max), v(2), "arithmetic-overflow"), ("/", .integer(.min), v(-1), "arithmetic-overflow"),
      ("/", v(1), v(0), "division-by-zero"), ("%", v(1), v(0), "division-by-zero"),
    ])
  func overflow(symbol: String, a: Value, b: Value, expected: String) {
    #expect(slug { try apply(symbol, a, b) } == expected)
  }

  @Test("joins strings, and lists with anything")
  func concatenation() throws {
    #expect(try Value.add(v("a"), v("b")) == v("ab"))
    #expect(try Value.add(v("a"), v(1)) == v("a1"))
    #expect(try Value.add(v(1.0), v("a")) == v("1.0a"))
    #expect(try Value.add(v([v(1)]), v([v(2)])) == v([v(1), v(2)]))
    #expect(try Value.add(v([v(1)]), v("a")) == v([v(1), v("a")]))
    #expect(try Value.add(v(0), v([v(1)])) == v([v(0), v(1)]))
    #expect(try Value.add(v([v(1)]), null) == null)
  }

  @Test("moves temporal values by durations and scales durations")
  func temporal() throws {
    let date = Value.date(try Temporal.Date(parsing: "1984-10-11"))
    let duration = Value.duration(try Temporal.Duration(parsing: "P1M2D"))
    #expect(try Value.add(date, duration).text == "1984-11-13")
    #expect(try Value.add(duration, date).text == "1984-11-13")
    #expect(try Value.subtract(date, duration).text == "1984-09-09")
    #expect(try Value.add(duration, duration).text == "P2M4D")
    #expect(try Value.subtract(duration, duration).text == "PT0S")
    #expect(try Value.multiply(v(3), duration).text == "P3M6D")
    #expect(try Value.divide(duration, v(0.5)).text == "P2M4D")
    #expect(try Value.negate(duration).text == "P-1M-2D")
    #expect(slug { try Value.divide(duration, v(0)) } == "division-by-zero")
    let year = Value.duration(try Temporal.Duration(parsing: "P999999999Y"))
    #expect(slug { try Value.add(Value.add(date, year), year) } == "invalid-temporal")
  }

  @Test("says what it found and what it takes")
  func errors() throws {
    #expect(
      message { try Value.add(v(true), v(1)) }
        == "found Boolean + Integer, expected numbers, strings, lists or durations, or a temporal value and a duration")
    #expect(
      message { try Value.multiply(v("a"), v(2)) }
        == "found String * Integer, expected numbers, or a duration and a number")
    #expect(message { try Value.negate(v("a")) } == "found - String, expected a number or Duration")
    #expect(message { try Value.add(.integer(.max), v(1)) } == "9223372036854775807 + 1 does not fit a 64-bit Integer")
    let date = Value.date(try Temporal.Date(parsing: "1984-10-11"))
    do {
      _ = try Value.subtract(date, date)
      Issue.record("expected an error")
    } catch {
      #expect(error.hint == "duration.between() gives the time between two temporal values")
    }
  }

  @Test("negates")
  func unary() throws {
    #expect(try Value.negate(v(1)) == v(-1))
    #expect(try Value.negate(v(1.5)) == v(-1.5))
    #expect(try Value.negate(null) == null)
    #expect(slug { try Value.negate(.integer(.min)) } == "arithmetic-overflow")
    #expect(try Value.unaryPlus(v(1)) == v(1))
    #expect(slug { try Value.unaryPlus(v("1")) } == "invalid-argument-type")
  }

  private func apply(_ symbol: String, _ a: Value, _ b: Value) throws -> Value {
    switch symbol {
    case "+": try Value.add(a, b)
    case "-": try Value.subtract(a, b)
    case "*": try Value.multiply(a, b)
    case "/": try Value.divide(a, b)
    case "%": try Value.modulo(a, b)
    default: try Value.power(a, b)
    }
  }
}
