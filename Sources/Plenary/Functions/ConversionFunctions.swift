import PlenarySyntax

extension FunctionRegistry {
  /// Functions that turn values of one type into another. Text that says no such value becomes null; a value of a type
  /// that can never be converted is an error, or null with the `OrNull` variants.
  static let conversionFunctions: [ScalarFunction] =
    [Conversion.boolean, .integer, .float, .string].flatMap { [$0.plain, $0.orNull, $0.ofList] }
}

/// One target type and the functions that convert to it.
private struct Conversion: Sendable {
  var name: String
  var accepted: ValueType
  var result: ValueType
  var target: String
  var example: ScalarFunction.Example
  var nullExample: ScalarFunction.Example
  var listExample: ScalarFunction.Example
  /// The same for many rows at once; see `ScalarFunction.columns`.
  var columns: (@Sendable ([Vector]) -> Vector?)?
  /// The converted value, null for text that says none; only sees accepted types.
  var convert: @Sendable (Value) -> Value

  /// `toInteger(value)`.
  var plain: ScalarFunction {
    let conversion = self
    // The wrong type is reported here and not from the declared type: openCypher has an own detail for it.
    return ScalarFunction(
      name: name, parameters: [.init("value", .any)], result: result,
      summary: "the value as \(target); null for text that is none", example: example, columns: columns
    ) { arguments, _ in
      let value = arguments[argument: 0]
      guard conversion.accepted.isSuperset(of: value.valueType) else {
        throw QueryError(
          .unconvertibleValue,
          "\(conversion.name)() got \(value.valueType.phrase), expected \(conversion.accepted.phrase)",
          hint: "\(conversion.name)OrNull() gives null instead")
      }
      return conversion.convert(value)
    }
  }

  /// `toIntegerOrNull(value)`.
  var orNull: ScalarFunction {
    let conversion = self
    return ScalarFunction(
      name: name + "OrNull", parameters: [.init("value", .any)], result: result,
      summary: "the value as \(target); null when that cannot be", example: nullExample, columns: columns
    ) { arguments, _ in
      conversion.convertOrNull(arguments[argument: 0])
    }
  }

  /// `toIntegerList(values)`.
  var ofList: ScalarFunction {
    let conversion = self
    return ScalarFunction(
      name: name + "List", parameters: [.init("values", .list)], result: .list,
      summary: "the list with each element as \(target); null for elements that cannot be", example: listExample
    ) { arguments, _ in
      .list(try arguments.list(0).map { conversion.convertOrNull($0) })
    }
  }

  func convertOrNull(_ value: Value) -> Value {
    accepted.isSuperset(of: value.valueType) ? convert(value) : .null
  }

  static let boolean = Conversion(
    name: "toBoolean", accepted: [.boolean, .string, .integer], result: .boolean, target: "a Boolean",
    example: .init("toBoolean('true')", "true"), nullExample: .init("toBooleanOrNull(1.5)", "null"),
    listExample: .init("toBooleanList(['true', 0, 'perhaps'])", "[true, false, null]")
  ) { value in
    switch value {
    case .boolean: return value
    case .integer(let number): return .boolean(number != 0)
    case .string(let text):
      switch text.trimmingWhitespace.lowercased() {
      case "true": return .boolean(true)
      case "false": return .boolean(false)
      default: return .null
      }
    default: return .null
    }
  }

  static let integer = Conversion(
    name: "toInteger", accepted: [.number, .string, .boolean], result: .integer, target: "an Integer",
    example: .init("toInteger('42')", "42"), nullExample: .init("toIntegerOrNull([1])", "null"),
    listExample: .init("toIntegerList(['1', 2.9, 'x'])", "[1, 2, null]"), columns: NumberColumns.integers
  ) { value in
    switch value {
    case .integer: return value
    case .boolean(let truth): return .integer(truth ? 1 : 0)
    case .float(let number): return truncated(number)
    case .string(let text):
      let digits = text.trimmingWhitespace
      if let number = Int64(digits) { return .integer(number) }
      return number(in: digits).map(truncated) ?? .null
    default: return .null
    }
  }

  static let float = Conversion(
    name: "toFloat", accepted: [.number, .string], result: .float, target: "a Float",
    example: .init("toFloat('2.5')", "2.5"), nullExample: .init("toFloatOrNull(true)", "null"),
    listExample: .init("toFloatList(['1', 2, 'x'])", "[1.0, 2.0, null]"),
    columns: { NumberColumns.floats($0) { $0 } }
  ) { value in
    switch value {
    case .float: return value
    case .integer(let number): return .float(Double(number))
    case .string(let text): return number(in: text.trimmingWhitespace).map(Value.float) ?? .null
    default: return .null
    }
  }

  static let string = Conversion(
    name: "toString", accepted: [.string, .number, .boolean, .instant, .duration], result: .string,
    target: "a String", example: .init("toString(42)", "'42'"), nullExample: .init("toStringOrNull([1])", "null"),
    listExample: .init("toStringList([1, true, [2]])", "['1', 'true', null]")
  ) { value in
    value.text.map(Value.string) ?? .null
  }

  /// A float without its fraction; null when that does not fit an integer.
  private static func truncated(_ number: Double) -> Value {
    Int64(exactly: number.rounded(.towardZero)).map(Value.integer) ?? .null
  }

  /// A decimal number written out; not the other things Swift reads, such as `0x1p3`.
  private static func number(in text: String) -> Double? {
    switch text {
    case "NaN": return .nan
    case "Infinity", "+Infinity", "Inf", "+Inf": return .infinity
    case "-Infinity", "-Inf": return -.infinity
    default: break
    }
    let isDecimal = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    return isDecimal ? Double(text) : nil
  }
}

extension String {
  /// Without white space at both ends.
  var trimmingWhitespace: String {
    var rest = unicodeScalars[...]
    rest = rest.drop { $0.properties.isWhitespace }
    while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
