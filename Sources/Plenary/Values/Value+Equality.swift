extension Value {
  /// The `=` operator: true, false, or null where a null makes it unknown.
  ///
  /// Numbers are compared exactly across integers and floats; NaN equals nothing. Values of different types are not
  /// equal. Lists and maps are equal when their elements are: one false element decides, a null leaves it unknown.
  /// openCypher 9, expressions, equality.
  ///
  /// O(size of the values); nesting of any depth is walked without recursion.
  static func isEqual(_ a: Value, _ b: Value) -> Ternary {
    switch scalarEquality(a, b) {
    case .decided(let result): return result
    case .nested: return nestedEquality(a, b)
    }
  }

  private enum ScalarEquality {
    case decided(Ternary)
    /// Both are lists or both are maps.
    case nested
  }

  @inline(__always)
  private static func scalarEquality(_ a: Value, _ b: Value) -> ScalarEquality {
    switch (a, b) {
    case (.null, _), (_, .null): .decided(.null)
    case (.integer(let a), .integer(let b)): .decided(Ternary(a == b))
    case (.string(let a), .string(let b)): .decided(Ternary(a.hasSameCodePoints(as: b)))
    case (.float(let a), .float(let b)): .decided(Ternary(a == b))
    case (.integer(let a), .float(let b)): .decided(Ternary(NumberOrder.compare(a, b) == .equal))
    case (.float(let a), .integer(let b)): .decided(Ternary(NumberOrder.compare(b, a) == .equal))
    case (.boolean(let a), .boolean(let b)): .decided(Ternary(a == b))
    case (.node(let a), .node(let b)): .decided(Ternary(a == b))
    case (.relationship(let a), .relationship(let b)): .decided(Ternary(a == b))
    case (.path(let a), .path(let b)): .decided(Ternary(a == b))
    case (.date(let a), .date(let b)): .decided(Ternary(a == b))
    case (.localTime(let a), .localTime(let b)): .decided(Ternary(a == b))
    case (.time(let a), .time(let b)): .decided(Ternary(a == b))
    case (.localDateTime(let a), .localDateTime(let b)): .decided(Ternary(a == b))
    case (.dateTime(let a), .dateTime(let b)): .decided(Ternary(a == b))
    case (.duration(let a), .duration(let b)): .decided(Ternary(a == b))
    case (.list, .list), (.map, .map): .nested
    default: .decided(.false)
    }
  }

  /// The conjunction over all pairs of elements, so their order does not matter and one stack of pairs suffices.
  private static func nestedEquality(_ a: Value, _ b: Value) -> Ternary {
    var pairs: [ElementPairs] = []
    guard let outermost = ElementPairs(sameShape: a, b) else { return .false }
    pairs.append(outermost)
    var isUnknown = false
    var pace = ValueWalk.Pace()
    while let last = pairs.indices.last {
      if pace.isOver() { return .null }
      guard let (x, y) = pairs[last].next() else {
        pairs.removeLast()
        continue
      }
      switch scalarEquality(x, y) {
      case .decided(.true): continue
      case .decided(.null): isUnknown = true
      case .decided: return .false
      case .nested:
        guard let nested = ElementPairs(sameShape: x, y) else { return .false }
        pairs.append(nested)
      }
    }
    return isUnknown ? .null : .true
  }
}

/// Walks the elements of two lists, or of two maps in the order of their keys, side by side.
struct ElementPairs {
  private let a: [Value]
  private let b: [Value]
  private var index = 0

  /// The pairs, as many as the shorter list has.
  init(_ a: [Value], _ b: [Value]) {
    self.a = a
    self.b = b
  }

  /// The pairs of two lists of one length, or of two maps with the same keys; `nil` for anything else.
  init?(sameShape a: Value, _ b: Value) {
    switch (a, b) {
    case (.list(let a), .list(let b)):
      guard a.count == b.count else { return nil }
      self.init(a, b)
    case (.map(let a), .map(let b)):
      guard a.count == b.count else { return nil }
      let a = a.inKeyOrder
      let b = b.inKeyOrder
      guard zip(a, b).allSatisfy({ $0.key.hasSameCodePoints(as: $1.key) }) else { return nil }
      self.init(a.map(\.value), b.map(\.value))
    default:
      return nil
    }
  }

  /// The number of elements on each side.
  var counts: (Int, Int) { (a.count, b.count) }

  mutating func next() -> (Value, Value)? {
    guard index < a.count, index < b.count else { return nil }
    defer { index += 1 }
    return (a[index], b[index])
  }
}
