extension Reference {
  /// The functions of the registry, scalar ones first, each kind sorted by name.
  static let functions: [ReferenceEntry] =
    FunctionRegistry.shared.all.map { function in
      ReferenceEntry(
        name: function.name, aliases: function.aliases, kind: .function, signature: typedSignature(of: function),
        summary: function.summary, examples: [ReferenceExample(function.example)])
    }
    + FunctionRegistry.shared.aggregates.map { function in
      ReferenceEntry(
        name: function.name, kind: .aggregatingFunction,
        signature: typedSignature(function.name, function.parameters, isVariadic: false, function.result),
        summary: function.summary, examples: [ReferenceExample(function.example)])
    }

  /// The procedures of the registry, sorted by name.
  static let procedures: [ReferenceEntry] = ProcedureRegistry.builtIn.all.map { procedure in
    let columns = procedure.results.map(\.name).joined(separator: ", ")
    return ReferenceEntry(
      name: procedure.name, kind: .procedure, signature: procedure.signature, summary: procedure.summary,
      examples: [
        ReferenceExample(
          """
          CALL \(procedure.name)() YIELD \(columns)
          RETURN \(columns) ORDER BY \(procedure.results.first?.name ?? "1") LIMIT 3
          """)
      ])
  }

  private static func typedSignature(of function: ScalarFunction) -> String {
    typedSignature(function.name, function.parameters, isVariadic: function.isVariadic, function.result)
  }

  // `substring(original: String, start: Integer, [length: Integer]) :: String`
  private static func typedSignature(
    _ name: String, _ parameters: [ScalarFunction.Parameter], isVariadic: Bool, _ result: ValueType
  ) -> String {
    var fields = parameters.map { parameter in
      let field = "\(parameter.name): \(typeText(parameter.type))"
      return parameter.isOptional ? "[\(field)]" : field
    }
    if isVariadic { fields.append("...") }
    return "\(name)(\(fields.joined(separator: ", "))) :: \(typeText(result))"
  }

  private static func typeText(_ type: ValueType) -> String {
    if type == .any { return "Any" }
    var type = type
    var names: [String] = []
    for (group, name) in [(ValueType.number, "Number"), (.instant, "Temporal")] where type.isSuperset(of: group) {
      type.subtract(group)
      names.append(name)
    }
    for (single, name) in ValueType.names where type.contains(single) { names.append(name) }
    return names.joined(separator: " | ")
  }
}

extension ReferenceExample {
  /// An example of the registry, which is an expression or a whole query.
  init(_ example: ScalarFunction.Example) {
    self.init(
      example.expression.contains("RETURN ") ? example.expression : "RETURN " + example.expression,
      value: example.value)
  }
}
