extension FunctionRegistry {
  /// Functions on angles, which are in radians.
  static let trigonometricFunctions: [ScalarFunction] = [
    ScalarFunction(
      name: "pi", parameters: [], result: .float, summary: "the ratio of a circle's circumference to its diameter",
      example: .init("round(pi(), 5)", "3.14159")
    ) { _, _ in .float(.pi) },
    .ofFloat("degrees", "radians", "an angle in radians as degrees", .init("degrees(pi())", "180.0")) {
      $0 / .pi * 180
    },
    .ofFloat("radians", "degrees", "an angle in degrees as radians", .init("radians(0)", "0.0")) { $0 / 180 * .pi },
    .ofFloat("sin", "radians", "the sine of the angle", .init("sin(0)", "0.0"), Mathematics.sine),
    .ofFloat("cos", "radians", "the cosine of the angle", .init("cos(0)", "1.0"), Mathematics.cosine),
    .ofFloat("tan", "radians", "the tangent of the angle", .init("tan(0)", "0.0"), Mathematics.tangent),
    .ofFloat("cot", "radians", "the cotangent of the angle", .init("round(cot(pi() / 4), 10)", "1.0")) {
      1 / Mathematics.tangent($0)
    },
    .ofFloat("asin", "number", "the angle whose sine is the number", .init("asin(0)", "0.0"), Mathematics.arcSine),
    .ofFloat(
      "acos", "number", "the angle whose cosine is the number", .init("acos(1)", "0.0"), Mathematics.arcCosine),
    .ofFloat(
      "atan", "number", "the angle whose tangent is the number", .init("atan(0)", "0.0"),
      { Mathematics.arcTangent($0) }),
    ScalarFunction(
      name: "atan2", parameters: [.init("y", .number), .init("x", .number)], result: .float,
      summary: "the angle of the point (x, y) seen from the origin", example: .init("atan2(0, 1)", "0.0")
    ) { arguments, _ in
      .float(Mathematics.arcTangent(try arguments.double(0), try arguments.double(1)))
    },
    .ofFloat("sinh", "number", "the hyperbolic sine", .init("sinh(0)", "0.0"), Mathematics.hyperbolicSine),
    .ofFloat("cosh", "number", "the hyperbolic cosine", .init("cosh(0)", "1.0"), Mathematics.hyperbolicCosine),
    .ofFloat("tanh", "number", "the hyperbolic tangent", .init("tanh(0)", "0.0"), Mathematics.hyperbolicTangent),
    .ofFloat(
      "haversin", "radians", "half of one minus the cosine of the angle, for distances on a globe",
      .init("haversin(0)", "0.0")
    ) { angle in
      // sin² of half the angle: 1 - cos loses all digits of small angles.
      let half = Mathematics.sine(angle / 2)
      return half * half
    },
  ]
}
