// Three-valued logic: openCypher 9, expressions, boolean operators. Null is "unknown".
extension Ternary {
  /// AND: false when either is false, null when that is unknown.
  static func and(_ a: Ternary, _ b: Ternary) -> Ternary {
    if a == .false || b == .false { return .false }
    return a == .true && b == .true ? .true : .null
  }

  /// OR: true when either is true, null when that is unknown.
  static func or(_ a: Ternary, _ b: Ternary) -> Ternary {
    if a == .true || b == .true { return .true }
    return a == .false && b == .false ? .false : .null
  }

  /// XOR: null when either is null.
  static func xor(_ a: Ternary, _ b: Ternary) -> Ternary {
    if a == .null || b == .null { return .null }
    return Ternary(a != b)
  }

  /// NOT: null stays null.
  static func not(_ a: Ternary) -> Ternary {
    a == .null ? .null : Ternary(a == .false)
  }

  /// As a value: `true`, `false` or null.
  var value: Value { boolean.map(Value.boolean) ?? .null }
}

extension Value {
  /// As a truth value for AND, OR, XOR, NOT and WHERE.
  ///
  /// - Throws: `invalid-argument-type` when it is neither a Boolean nor null.
  func truth() throws(QueryError) -> Ternary {
    switch self {
    case .boolean(let truth): return Ternary(truth)
    case .null: return .null
    default: throw QueryError(.invalidArgumentType, "found \(valueType.phrase), expected a Boolean")
    }
  }
}
