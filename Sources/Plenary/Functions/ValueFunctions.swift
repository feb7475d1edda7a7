extension FunctionRegistry {
  /// Functions on values of any type, and on nothing.
  static let valueFunctions: [ScalarFunction] = [coalesce, nullIf, valueType, timestamp, randomUUID]

  private static let coalesce = ScalarFunction(
    name: "coalesce", parameters: [.init("value", .any)], isVariadic: true, result: .any, nulls: .custom,
    summary: "the first of the values that is not null; null when all are",
    example: .init("coalesce(null, 'unknown')", "'unknown'"), columns: { firstKnown($0[...]) }
  ) { arguments, _ in
    arguments.first { !$0.isNull } ?? .null
  }

  /// `coalesce` for whole columns: of each but the last only the rows are looked at that are null so far.
  private static func firstKnown(_ arguments: ArraySlice<Vector>) -> Vector? {
    guard let first = arguments.first else { return nil }
    if arguments.count == 1 || first.hasNoNulls { return first }
    if case .constant = first { return firstKnown(arguments.dropFirst()) }
    let isNull = first.nulls
    let rows = isNull.indices.map { Int32(truncatingIfNeeded: $0) }
    let (known, unknown) = (rows.filter { !isNull[Int($0)] }, rows.filter { isNull[Int($0)] })
    guard let others = firstKnown(arguments.dropFirst().map { $0.gathered(unknown) }[...]) else { return nil }
    return Vector(
      scattering: [(rows: known, values: first.gathered(known)), (rows: unknown, values: others)], count: rows.count)
  }

  private static let nullIf = ScalarFunction(
    name: "nullIf", parameters: [.init("value", .any), .init("other", .any)], result: .any, nulls: .custom,
    summary: "null when the values are equal, and the first of them otherwise",
    example: .init("nullIf('unknown', 'unknown')", "null")
  ) { arguments, _ in
    let value = arguments[argument: 0]
    return Value.isEqual(value, arguments[argument: 1]) == .true ? .null : value
  }

  private static let valueType = ScalarFunction(
    name: "valueType", parameters: [.init("value", .any)], result: .string, nulls: .custom,
    summary: "the type of the value as ISO GQL writes it",
    example: .init("valueType([1, 'a'])", "'LIST<INTEGER NOT NULL | STRING NOT NULL> NOT NULL'")
  ) { arguments, _ in
    .string(TypeNotation.text(of: arguments[argument: 0]))
  }

  private static let timestamp = ScalarFunction(
    name: "timestamp", parameters: [], result: .integer,
    summary: "milliseconds since 1970-01-01T00:00Z on the statement's clock", example: .init("timestamp() > 0", "true")
  ) { _, context in
    .integer(context.statementTime.flooredQuotient(1_000_000))
  }

  private static let randomUUID = ScalarFunction(
    name: "randomUUID", parameters: [], result: .string, isDeterministic: false,
    summary: "a random universally unique identifier, a new one for each row",
    example: .init("size(randomUUID())", "36")
  ) { _, _ in
    // RFC 9562, version 4: 122 random bits, the version in the 13th digit and the variant in the 17th.
    let high = UInt64.random(in: .min ... .max) & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = UInt64.random(in: .min ... .max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = hexadecimal(high) + hexadecimal(low)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index == 8 || index == 12 || index == 16 || index == 20 { text.append("-") }
      text.append(digit)
    }
    return .string(text)
  }

  private static func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

/// Types of values in the notation of ISO GQL: `LIST<INTEGER NOT NULL> NOT NULL`.
private enum TypeNotation {
  /// How deep lists are looked into; below, an element is `ANY`.
  static let depth = 32

  static func text(of value: Value, depth: Int = 0) -> String {
    guard !value.isNull else { return "NULL" }
    return name(of: value, depth: depth) + " NOT NULL"
  }

  private static func name(of value: Value, depth: Int) -> String {
    switch value {
    case .null: return "NULL"
    case .boolean: return "BOOLEAN"
    case .integer: return "INTEGER"
    case .float: return "FLOAT"
    case .string: return "STRING"
    case .date: return "DATE"
    case .localTime: return "LOCAL TIME"
    case .time: return "ZONED TIME"
    case .localDateTime: return "LOCAL DATETIME"
    case .dateTime: return "ZONED DATETIME"
    case .duration: return "DURATION"
    case .map: return "MAP"
    case .node: return "NODE"
    case .relationship: return "RELATIONSHIP"
    case .path: return "PATH"
    case .list(let elements):
      guard depth < TypeNotation.depth else { return "LIST<ANY>" }
      var names: Set<String> = []
      var hasNull = false
      for element in elements {
        if element.isNull { hasNull = true } else { names.insert(name(of: element, depth: depth + 1)) }
      }
      guard !names.isEmpty else { return hasNull ? "LIST<NULL>" : "LIST<NOTHING>" }
      let suffix = hasNull ? "" : " NOT NULL"
      return "LIST<" + names.sorted().map { $0 + suffix }.joined(separator: " | ") + ">"
    }
  }
}
