import PlenarySyntax

extension FunctionRegistry {
  /// Functions on lists, and those that take strings like lists of characters.
  static let listFunctions: [ScalarFunction] = [head, last, tail, reverse, size, isEmpty, range]

  private static let head = ScalarFunction(
    name: "head", parameters: [.init("list", .list)], result: .any,
    summary: "the first element of the list; null when it is empty", example: .init("head([1, 2, 3])", "1")
  ) { arguments, _ in
    try arguments.list(0).first ?? .null
  }

  private static let last = ScalarFunction(
    name: "last", parameters: [.init("list", .list)], result: .any,
    summary: "the last element of the list; null when it is empty", example: .init("last([1, 2, 3])", "3")
  ) { arguments, _ in
    try arguments.list(0).last ?? .null
  }

  private static let tail = ScalarFunction(
    name: "tail", parameters: [.init("list", .list)], result: .list,
    summary: "the list without its first element", example: .init("tail([1, 2, 3])", "[2, 3]")
  ) { arguments, context in
    .list(try Array(joining: arguments.list(0).dropFirst(), checkStop: context.checkStop))
  }

  private static let reverse = ScalarFunction(
    name: "reverse", parameters: [.init("original", [.list, .string])], result: [.list, .string],
    summary: "the list or string from its end to its start", example: .init("reverse([1, 2, 3])", "[3, 2, 1]")
  ) { arguments, context in
    switch arguments[argument: 0] {
    case .list(let elements):
      let last = elements.count - 1
      return .list(try Array(count: elements.count, checkStop: context.checkStop) { elements[last - $0] })
    default: return .string(try TextEditing.reversed(arguments.string(0), checkStop: context.checkStop))
    }
  }

  private static let size = ScalarFunction(
    name: "size", parameters: [.init("original", [.list, .string])], result: .integer,
    summary: "the number of elements of the list, or of code points of the string",
    example: .init("size([1, 2, 3])", "3"), columns: TextColumns.lengths
  ) { arguments, _ in
    switch arguments[argument: 0] {
    case .list(let elements): return .integer(Int64(elements.count))
    default: return .integer(Int64(try arguments.string(0).unicodeScalars.count))
    }
  }

  private static let isEmpty = ScalarFunction(
    name: "isEmpty", parameters: [.init("original", [.list, .string, .map])], result: .boolean,
    summary: "whether the list, string or map has nothing in it", example: .init("isEmpty([])", "true")
  ) { arguments, _ in
    switch arguments[argument: 0] {
    case .list(let elements): return .boolean(elements.isEmpty)
    case .map(let entries): return .boolean(entries.isEmpty)
    default: return .boolean(try arguments.string(0).isEmpty)
    }
  }

  // The wrong type of an argument is found when it runs, because openCypher has an own category for it.
  private static let range = ScalarFunction(
    name: "range",
    parameters: [.init("start", .any), .init("end", .any), .init("step", .any, isOptional: true)], result: .list,
    summary: "the integers from start to end, both included, by steps of 1 or as given",
    example: .init("range(0, 10, 5)", "[0, 5, 10]")
  ) { arguments, context in
    func bound(_ position: Int, _ name: String) throws -> Int64 {
      guard case .integer(let number) = arguments[argument: position] else {
        throw QueryError(
          .invalidRangeArgument,
          "range() got \(arguments[argument: position].valueType.phrase) as \(name), expected an Integer")
      }
      return number
    }
    let start = try bound(0, "start")
    let end = try bound(1, "end")
    let step = arguments.count > 2 ? try bound(2, "step") : 1
    guard step != 0 else { throw QueryError(.numberOutOfRange, "range() got 0 as step, expected another number") }
    guard step > 0 ? start <= end : start >= end else { return .list([]) }
    // The distance may need 65 bits.
    let steps = (step > 0 ? UInt64(bitPattern: end &- start) : UInt64(bitPattern: start &- end)) / step.magnitude
    guard steps < UInt64(SizeLimit.listElements) else {
      throw QueryError(
        .memoryLimitExceeded,
        "range(\(start), \(end), \(step)) is longer than \(SizeLimit.listElements) elements",
        hint: "UNWIND takes the numbers of a longer range one by one")
    }
    return .list(
      try Array(count: Int(steps) + 1, checkStop: context.checkStop) { .integer(start &+ Int64($0) &* step) })
  }
}
