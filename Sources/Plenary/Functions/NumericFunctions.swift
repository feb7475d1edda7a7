import PlenarySyntax

extension FunctionRegistry {
  /// Functions on numbers: size, sign, rounding, chance.
  static let numericFunctions: [ScalarFunction] = [absolute, ceiling, floor, round, sign, isNaN, random]

  private static let absolute = ScalarFunction(
    name: "abs", parameters: [.init("number", .number)], result: .number,
    summary: "the number without its sign", example: .init("abs(-3)", "3"), columns: NumberColumns.magnitudes
  ) { arguments, _ in
    guard case .integer(let number) = arguments[argument: 0] else { return .float(try arguments.double(0).magnitude) }
    guard let magnitude = Int64(exactly: number.magnitude) else {
      throw QueryError(
        .arithmeticOverflow, "abs(\(number)) does not fit a 64-bit Integer",
        hint: "make the number a float to calculate with less precision")
    }
    return .integer(magnitude)
  }

  private static let ceiling = ScalarFunction(
    name: "ceil", aliases: ["ceiling"], parameters: [.init("number", .number)], result: .float,
    summary: "the smallest whole number that is not less than the number, as a Float",
    example: .init("ceil(2.1)", "3.0"), columns: { NumberColumns.floats($0) { $0.rounded(.up) } }
  ) { arguments, _ in
    .float(try arguments.double(0).rounded(.up))
  }

  private static let floor = ScalarFunction(
    name: "floor", parameters: [.init("number", .number)], result: .float,
    summary: "the largest whole number that is not greater than the number, as a Float",
    example: .init("floor(2.9)", "2.0"), columns: { NumberColumns.floats($0) { $0.rounded(.down) } }
  ) { arguments, _ in
    .float(try arguments.double(0).rounded(.down))
  }

  private static let round = ScalarFunction(
    name: "round",
    parameters: [
      .init("number", .number), .init("precision", .integer, isOptional: true),
      .init("mode", .string, isOptional: true),
    ],
    result: .float,
    summary: "the nearest whole number as a Float, ties upwards; or the nearest number with the given count of "
      + "decimals, ties away from zero or as mode says: UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN, HALF_EVEN",
    example: .init("round(3.14159, 3)", "3.142"), columns: { NumberColumns.floats($0, wholeNumber(nearest:)) }
  ) { arguments, _ in
    let number = try arguments.double(0)
    guard arguments.count > 1 else {
      return .float(wholeNumber(nearest: number))
    }
    let precision = try arguments.integer(1)
    guard precision >= 0 else {
      throw QueryError(.numberOutOfRange, "round() got \(precision) as the precision, expected 0 or more")
    }
    var mode = DecimalRounding.Mode.halfUp
    if arguments.count > 2 {
      let name = try arguments.string(2)
      guard let named = DecimalRounding.Mode(rawValue: name.uppercased()) else {
        let names = DecimalRounding.Mode.allCases.map(\.rawValue)
        throw QueryError(
          .invalidArgumentValue, "round() got the mode '\(name)', expected \(names.joined(separator: ", "))",
          hint: Suggestion.nearest(to: name, among: names).map { "did you mean '\($0)'?" })
      }
      mode = named
    }
    return .float(DecimalRounding.round(number, decimals: Int(Swift.min(precision, 400)), mode))
  }

  @Sendable private static func wholeNumber(nearest number: Double) -> Double {
    // 0.49999999999999994 + 0.5 is 1.0 as a float, so no shortcut through floor(x + 0.5).
    let lower = number.rounded(.down)
    return number - lower >= 0.5 ? lower + 1 : lower
  }

  private static let sign = ScalarFunction(
    name: "sign", parameters: [.init("number", .number)], result: .integer,
    summary: "-1, 0 or 1 for a negative number, zero or a positive number", example: .init("sign(-2.5)", "-1")
  ) { arguments, _ in
    switch arguments[argument: 0] {
    case .integer(let number): return .integer(number.signum())
    default:
      let number = try arguments.double(0)
      return .integer(number > 0 ? 1 : number < 0 ? -1 : 0)
    }
  }

  private static let isNaN = ScalarFunction(
    name: "isNaN", parameters: [.init("number", .number)], result: .boolean,
    summary: "whether the number is NaN, the result of 0.0 / 0.0", example: .init("isNaN(0.0 / 0.0)", "true")
  ) { arguments, _ in
    .boolean(try arguments.double(0).isNaN)
  }

  private static let random = ScalarFunction(
    name: "rand", parameters: [], result: .float, isDeterministic: false,
    summary: "a random Float from 0 up to but without 1, a new one for each row",
    example: .init("rand() < 1", "true")
  ) { _, _ in
    .float(Double.random(in: 0..<1))
  }
}
