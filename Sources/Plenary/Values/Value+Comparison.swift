extension Value {
  /// How two values stand to each other for `<`, `<=`, `>` and `>=`.
  ///
  /// Numbers compare with numbers, exactly; strings by code points; `false` is less than `true`; each temporal type with
  /// itself, durations not at all; lists element by element, a prefix being less. Everything else, and null, is
  /// `.incomparable`. openCypher 9, expressions, comparability.
  ///
  /// O(size of the values) without recursion.
  static func compare(_ a: Value, _ b: Value) -> ComparisonResult {
    guard case .list(let a) = a, case .list(let b) = b else { return scalarComparison(a, b) }
    var pairs = [ElementPairs(a, b)]
    while let last = pairs.indices.last {
      guard let (x, y) = pairs[last].next() else {
        let counts = pairs.removeLast().counts
        if counts.0 != counts.1 { return ComparisonResult(counts.0, counts.1) }
        continue
      }
      if case .list(let x) = x, case .list(let y) = y {
        pairs.append(ElementPairs(x, y))
        continue
      }
      let result = scalarComparison(x, y)
      if result != .equal { return result }
    }
    return .equal
  }

  @inline(__always)
  private static func scalarComparison(_ a: Value, _ b: Value) -> ComparisonResult {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): ComparisonResult(a, b)
    case (.float(let a), .float(let b)): NumberOrder.compare(a, b)
    case (.integer(let a), .float(let b)): NumberOrder.compare(a, b)
    case (.float(let a), .integer(let b)): NumberOrder.compare(b, a).reversed
    case (.string(let a), .string(let b)): ComparisonResult(sign: a.codePointOrder(b))
    case (.boolean(let a), .boolean(let b)): ComparisonResult(a ? 1 : 0, b ? 1 : 0)
    case (.date(let a), .date(let b)): ComparisonResult(a, b)
    case (.localTime(let a), .localTime(let b)): ComparisonResult(a, b)
    case (.time(let a), .time(let b)): ComparisonResult(a, b)
    case (.localDateTime(let a), .localDateTime(let b)): ComparisonResult(a, b)
    case (.dateTime(let a), .dateTime(let b)): ComparisonResult(a, b)
    default: .incomparable
    }
  }

  /// The `<` operator.
  static func isLess(_ a: Value, _ b: Value) -> Ternary {
    compare(a, b).ternary { $0 == .less }
  }

  /// The `<=` operator.
  static func isLessOrEqual(_ a: Value, _ b: Value) -> Ternary {
    compare(a, b).ternary { $0 == .less || $0 == .equal }
  }

  /// The `>` operator.
  static func isGreater(_ a: Value, _ b: Value) -> Ternary {
    compare(a, b).ternary { $0 == .greater }
  }

  /// The `>=` operator.
  static func isGreaterOrEqual(_ a: Value, _ b: Value) -> Ternary {
    compare(a, b).ternary { $0 == .greater || $0 == .equal }
  }
}

extension ComparisonResult {
  /// Null when incomparable, and otherwise whether the test holds; no test holds for `.unordered`.
  @inline(__always)
  func ternary(_ test: (ComparisonResult) -> Bool) -> Ternary {
    self == .incomparable ? .null : Ternary(test(self))
  }
}
