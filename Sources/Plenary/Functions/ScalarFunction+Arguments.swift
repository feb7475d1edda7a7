extension ScalarFunction {
  /// The function with an implementation that checks the types of its arguments against the parameters first.
  ///
  /// The registry holds only checked functions, so an implementation may rely on the types it declares; null passes the
  /// check of every parameter.
  func checkingArgumentTypes() -> ScalarFunction {
    var checked = self
    let name = name
    let parameters = parameters
    let code = argumentError
    let implementation = implementation
    guard parameters.contains(where: { $0.type != .any }) else { return self }
    checked.implementation = { arguments, context in
      var index = 0
      for argument in arguments {
        // A variadic function's last parameter stands for all further arguments.
        let parameter = parameters[Swift.min(index, parameters.count - 1)]
        if !parameter.type.isSuperset(of: argument.valueType) {
          throw QueryError(
            code, "\(name)() got \(argument.valueType.phrase), expected \(parameter.type.phrase)")
        }
        index += 1
      }
      return try implementation(arguments, context)
    }
    return checked
  }

  /// How the call looks, for the reference and for hints: `substring(original, start, [length])`.
  var signature: String {
    Signature.text(name, parameters, isVariadic: isVariadic)
  }

  /// How many arguments the function takes; `nil` as the upper end for any number.
  var argumentCounts: (least: Int, most: Int?) {
    (parameters.count { !$0.isOptional }, isVariadic ? nil : parameters.count)
  }
}

extension AggregateFunction {
  /// How the call looks: `percentileCont(value, percentile)`.
  var signature: String {
    Signature.text(name, parameters, isVariadic: false)
  }
}

private enum Signature {
  static func text(_ name: String, _ parameters: [ScalarFunction.Parameter], isVariadic: Bool) -> String {
    var names = parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }
    if isVariadic { names.append("...") }
    return "\(name)(\(names.joined(separator: ", ")))"
  }
}

// Access to arguments whose types the registry has checked. A function whose declaration and implementation disagree
// gives an error, never a trap.
extension ArraySlice<Value> {
  /// The argument at a position counted from 0; null when it was left out.
  subscript(argument position: Int) -> Value {
    position < count ? self[startIndex + position] : .null
  }

  func string(_ position: Int) throws -> String {
    guard case .string(let text) = self[argument: position] else { throw mismatch(position, .string) }
    return text
  }

  func integer(_ position: Int) throws -> Int64 {
    guard case .integer(let number) = self[argument: position] else { throw mismatch(position, .integer) }
    return number
  }

  func double(_ position: Int) throws -> Double {
    guard let number = self[argument: position].double else { throw mismatch(position, .number) }
    return number
  }

  func list(_ position: Int) throws -> [Value] {
    guard case .list(let elements) = self[argument: position] else { throw mismatch(position, .list) }
    return elements
  }

  func path(_ position: Int) throws -> PathValue {
    guard case .path(let path) = self[argument: position] else { throw mismatch(position, .path) }
    return path
  }

  /// A count of something: an integer that is not negative, and no larger than `Int.max`.
  func count(_ position: Int, of function: String, _ name: String) throws -> Int {
    let number = try integer(position)
    guard number >= 0 else {
      throw QueryError(.numberOutOfRange, "\(function)() got \(number) as \(name), expected 0 or more")
    }
    return Int(clamping: number)
  }

  func mismatch(_ position: Int, _ expected: ValueType) -> QueryError {
    QueryError(
      .invalidArgumentType,
      "argument \(position + 1) is \(self[argument: position].valueType.phrase), expected \(expected.phrase)")
  }
}

extension ScalarFunction {
  /// Calls the function on the arguments of one row, with null handled as the function declares.
  ///
  /// - Throws: `QueryError` without a range: the evaluator adds that of the call.
  func callAsFunction(_ arguments: ArraySlice<Value>, in context: borrowing EvaluationContext) throws -> Value {
    if nulls == .propagates, arguments.contains(where: \.isNull) { return .null }
    return try implementation(arguments, context)
  }
}
