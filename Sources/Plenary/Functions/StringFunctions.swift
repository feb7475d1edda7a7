extension FunctionRegistry {
  /// Functions that take strings apart and put them together. Positions and lengths count code points.
  static let stringFunctions: [ScalarFunction] = [
    toUpper, toLower, trim, ltrim, rtrim, replace, substring, left, right, split, characterLength,
  ]

  private static let toUpper = ScalarFunction(
    name: "toUpper", aliases: ["upper"], parameters: [.init("original", .string)], result: .string,
    summary: "the string in upper case", example: .init("toUpper('Asean')", "'ASEAN'"),
    columns: TextColumns.upperCase
  ) { arguments, context in
    .string(try TextEditing.mappingPieces(of: arguments.string(0), checkStop: context.checkStop) { $0.uppercased() })
  }

  private static let toLower = ScalarFunction(
    name: "toLower", aliases: ["lower"], parameters: [.init("original", .string)], result: .string,
    summary: "the string in lower case", example: .init("toLower('ASEAN')", "'asean'"),
    columns: TextColumns.lowerCase
  ) { arguments, context in
    .string(try TextEditing.mappingPieces(of: arguments.string(0), checkStop: context.checkStop) { $0.lowercased() })
  }

  private static let trim = ScalarFunction(
    name: "trim", aliases: ["btrim"],
    parameters: [.init("original", .string), .init("characters", .string, isOptional: true)], result: .string,
    summary: "the string without white space, or the given characters, at both ends",
    example: .init("trim('  Bandung ')", "'Bandung'"), columns: { TextColumns.trimmed($0, start: true, end: true) }
  ) { arguments, _ in
    .string(try trimmed(arguments, start: true, end: true))
  }

  private static let ltrim = ScalarFunction(
    name: "ltrim",
    parameters: [.init("original", .string), .init("characters", .string, isOptional: true)], result: .string,
    summary: "the string without white space, or the given characters, at its start",
    example: .init("ltrim('  Bandung ')", "'Bandung '"), columns: { TextColumns.trimmed($0, start: true, end: false) }
  ) { arguments, _ in
    .string(try trimmed(arguments, start: true, end: false))
  }

  private static let rtrim = ScalarFunction(
    name: "rtrim",
    parameters: [.init("original", .string), .init("characters", .string, isOptional: true)], result: .string,
    summary: "the string without white space, or the given characters, at its end",
    example: .init("rtrim('  Bandung ')", "'  Bandung'"), columns: { TextColumns.trimmed($0, start: false, end: true) }
  ) { arguments, _ in
    .string(try trimmed(arguments, start: false, end: true))
  }

  private static let replace = ScalarFunction(
    name: "replace",
    parameters: [.init("original", .string), .init("search", .string), .init("replacement", .string)], result: .string,
    summary: "the string with every occurrence of one string replaced by another",
    example: .init("replace('ACCSM+2', '2', '3')", "'ACCSM+3'"), columns: TextColumns.replaced
  ) { arguments, context in
    .string(
      try TextEditing.replacing(
        arguments.string(1), in: arguments.string(0), with: arguments.string(2), checkStop: context.checkStop))
  }

  private static let substring = ScalarFunction(
    name: "substring",
    parameters: [.init("original", .string), .init("start", .integer), .init("length", .integer, isOptional: true)],
    result: .string,
    summary: "the part of the string from a position counted from 0, to the end or of the given length",
    example: .init("substring('Timor-Leste', 6, 3)", "'Les'"), columns: TextColumns.substrings
  ) { arguments, _ in
    let text = try arguments.string(0)
    let start = try arguments.count(1, of: "substring", "start")
    let length = arguments.count > 2 ? try arguments.count(2, of: "substring", "length") : Int.max
    return .string(TextEditing.slice(text, skipping: start, length: length))
  }

  private static let left = ScalarFunction(
    name: "left", parameters: [.init("original", .string), .init("length", .integer)], result: .string,
    summary: "the first characters of the string", example: .init("left('Brunei', 3)", "'Bru'"),
    columns: TextColumns.beginnings
  ) { arguments, _ in
    let length = try arguments.count(1, of: "left", "length")
    return .string(TextEditing.slice(try arguments.string(0), skipping: 0, length: length))
  }

  private static let right = ScalarFunction(
    name: "right", parameters: [.init("original", .string), .init("length", .integer)], result: .string,
    summary: "the last characters of the string", example: .init("right('Brunei', 3)", "'nei'")
  ) { arguments, _ in
    let length = try arguments.count(1, of: "right", "length")
    let text = try arguments.string(0)
    let scalars = text.unicodeScalars
    return .string(String(String.UnicodeScalarView(scalars.suffix(length))))
  }

  private static let split = ScalarFunction(
    name: "split", parameters: [.init("original", .string), .init("delimiter", [.string, .list])], result: .list,
    summary: "the parts of the string between the delimiters, of which a list may give several",
    example: .init("split('one,two', ',')", "['one', 'two']")
  ) { arguments, context in
    var delimiters: [String] = []
    switch arguments[argument: 1] {
    case .string(let delimiter): delimiters = [delimiter]
    case .list(let elements):
      for element in elements {
        guard case .string(let delimiter) = element else {
          throw QueryError(
            .invalidArgumentType,
            "split() got \(element.valueType.phrase) among the delimiters, expected only strings")
        }
        delimiters.append(delimiter)
      }
    default: throw arguments.mismatch(1, [.string, .list])
    }
    return .list(try TextEditing.split(arguments.string(0), at: delimiters, checkStop: context.checkStop))
  }

  private static let characterLength = ScalarFunction(
    name: "char_length", aliases: ["character_length"], parameters: [.init("original", .string)], result: .integer,
    summary: "the number of characters of the string", example: .init("char_length('Việt Nam')", "8"),
    columns: TextColumns.lengths
  ) { arguments, _ in
    .integer(Int64(try arguments.string(0).unicodeScalars.count))
  }

  private static func trimmed(_ arguments: ArraySlice<Value>, start: Bool, end: Bool) throws -> String {
    let scalars = try arguments.string(0).unicodeScalars
    let characters = arguments.count > 1 ? Set(try arguments.string(1).unicodeScalars) : nil
    func goes(_ scalar: Unicode.Scalar) -> Bool {
      characters?.contains(scalar) ?? scalar.properties.isWhitespace
    }
    var rest = scalars[...]
    if start { rest = rest.drop(while: goes) }
    if end {
      while let last = rest.last, goes(last) { rest.removeLast() }
    }
    return String(rest)
  }
}
