extension FunctionRegistry {
  /// Roots, powers of e and logarithms.
  static let logarithmicFunctions: [ScalarFunction] = [
    ScalarFunction(
      name: "e", parameters: [], result: .float, summary: "the base of natural logarithms",
      example: .init("round(e(), 5)", "2.71828")
    ) { _, _ in .float(2.718281828459045) },
    .ofFloat(
      "exp", "number", "Euler's number raised to the number", .init("exp(0)", "1.0"), Mathematics.exponential),
    .ofFloat(
      "log", aliases: ["ln"], "number", "the natural logarithm of the number", .init("log(1)", "0.0"),
      Mathematics.naturalLogarithm),
    .ofFloat(
      "log10", "number", "the decimal logarithm of the number", .init("log10(1000)", "3.0"),
      Mathematics.decimalLogarithm),
    .ofFloat("sqrt", "number", "the square root of the number; NaN for negative ones", .init("sqrt(16)", "4.0")) {
      $0.squareRoot()
    },
  ]
}

extension ScalarFunction {
  /// A function from one number to a float.
  static func ofFloat(
    _ name: String, aliases: [String] = [], _ parameter: String, _ summary: String, _ example: Example,
    _ function: @escaping @Sendable (Double) -> Double
  ) -> ScalarFunction {
    ScalarFunction(
      name: name, aliases: aliases, parameters: [.init(parameter, .number)], result: .float, summary: summary,
      example: example, columns: { NumberColumns.floats($0, function) }
    ) { arguments, _ in
      .float(function(try arguments.double(0)))
    }
  }
}
