import Testing

@testable import Plenary

@Suite("Mathematical functions")
struct NumericFunctionTests {
  @Test(
    "of one number",
    arguments: [
      ("abs", v(-1), v(1)), ("abs", v(-1.5), v(1.5)), ("ceil", v(2.1), v(3.0)), ("ceil", v(-2.1), v(-2.0)),
      ("floor", v(2.9), v(2.0)), ("floor", v(3), v(3.0)), ("sign", v(-3), v(-1)), ("sign", v(0.0), v(0)),
      ("sign", v(0.5), v(1)), ("round", v(2.5), v(3.0)), ("round", v(-1.5), v(-1.0)), ("round", v(-1.6), v(-2.0)),
      ("round", v(0.49999999999999994), v(0.0)), ("round", v(1e300), v(1e300)), ("round", v(Double.nan), v(Double.nan)),
      ("sqrt", v(16), v(4.0)), ("sqrt", v(-1), v(Double.nan)), ("exp", v(0), v(1.0)),
      ("log", v(0), v(-Double.infinity)),
      ("log10", v(1000), v(3.0)), ("sin", v(0), v(0.0)), ("cos", v(0), v(1.0)), ("atan2", v(0), null),
      ("degrees", v(Double.pi), v(180.0)), ("radians", v(180), v(Double.pi)), ("haversin", v(0), v(0.0)),
      ("cot", v(0), v(Double.infinity)), ("isNaN", v(Double.nan), v(true)), ("isNaN", v(1), v(false)),
      ("abs", null, null), ("sqrt", null, null),
    ])
  func one(name: String, number: Value, expected: Value) throws {
    let result = try name == "atan2" ? call(name, number, null) : call(name, number)
    #expect(result == expected)
    #expect(result.valueType == expected.valueType)
  }

  @Test("abs of the smallest Integer does not fit")
  func overflow() {
    #expect(slug { try call("abs", .integer(.min)) } == "arithmetic-overflow")
  }

  @Test(
    "round goes by the digits a person sees",
    arguments: [
      (2.675, 2, "HALF_UP", 2.68), (-2.675, 2, "HALF_UP", -2.68), (2.675, 2, "HALF_DOWN", 2.67),
      (2.675, 2, "HALF_EVEN", 2.68), (2.665, 2, "HALF_EVEN", 2.66), (1.249, 1, "UP", 1.3), (1.249, 1, "DOWN", 1.2),
      (-1.25, 1, "CEILING", -1.2), (-1.25, 1, "FLOOR", -1.3), (1.2, 1, "UP", 1.2), (9.99, 1, "HALF_UP", 10.0),
      (0.04, 1, "HALF_UP", 0.0), (0.05, 1, "HALF_UP", 0.1), (0.004, 1, "UP", 0.1), (0.5, 0, "HALF_UP", 1.0),
      (0.95, 1, "HALF_UP", 1.0), (1e-7, 3, "HALF_UP", 0.0), (123456789.123, 2, "half_up", 123456789.12),
      (1e22, 2, "HALF_UP", 1e22), (3.14159, 300, "HALF_UP", 3.14159), (1e-20, 20, "HALF_UP", 1e-20),
      (0.6, 0, "HALF_DOWN", 1.0), (0.06, 0, "UP", 1.0),
    ])
  func rounding(number: Double, precision: Int, mode: String, expected: Double) throws {
    #expect(try call("round", v(number), v(precision), v(mode)) == v(expected))
  }

  @Test("round wants a sensible precision and a mode that exists")
  func roundingErrors() {
    #expect(slug { try call("round", v(1.5), v(-1)) } == "number-out-of-range")
    #expect(
      message { try call("round", v(1.5), v(1), v("HALF")) }
        == "round() got the mode 'HALF', expected UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN")
  }

  @Test("rand is at least 0 and less than 1, randomUUID a version 4 identifier")
  func random() throws {
    for _ in 0..<100 {
      let number = try #require(try call("rand").double)
      #expect((0..<1).contains(number))
      let identifier = Array(try #require(try call("randomUUID").text))
      #expect(identifier.count == 36)
      #expect(identifier[14] == "4" && "89ab".contains(identifier[19]))
    }
  }
}
