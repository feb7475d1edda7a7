// Equivalence is what DISTINCT, grouping and UNION go by: every value equals itself, also null and NaN. openCypher 9,
// clauses, RETURN DISTINCT.
extension Value: Hashable {
  /// Whether the values are equivalent: null equals null, NaN equals NaN, `1` equals `1.0`.
  ///
  /// O(size of the values) without recursion.
  public static func == (a: Value, b: Value) -> Bool {
    if let result = scalarEquivalence(a, b) { return result }
    guard let outermost = ElementPairs(sameShape: a, b) else { return false }
    var pairs = [outermost]
    var pace = ValueWalk.Pace()
    while let last = pairs.indices.last {
      // Equal, so that no table keeps apart what it can no longer tell apart.
      if pace.isOver() { return true }
      guard let (x, y) = pairs[last].next() else {
        pairs.removeLast()
        continue
      }
      if let result = scalarEquivalence(x, y) {
        if !result { return false }
      } else {
        guard let nested = ElementPairs(sameShape: x, y) else { return false }
        pairs.append(nested)
      }
    }
    return true
  }

  /// `nil` for two lists or two maps.
  @inline(__always)
  private static func scalarEquivalence(_ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.null, .null): true
    case (.integer(let a), .integer(let b)): a == b
    case (.string(let a), .string(let b)): a.hasSameCodePoints(as: b)
    case (.float(let a), .float(let b)): a == b || a.isNaN && b.isNaN
    case (.integer(let a), .float(let b)): NumberOrder.compare(a, b) == .equal
    case (.float(let a), .integer(let b)): NumberOrder.compare(b, a) == .equal
    case (.boolean(let a), .boolean(let b)): a == b
    case (.node(let a), .node(let b)): a == b
    case (.relationship(let a), .relationship(let b)): a == b
    case (.path(let a), .path(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.localTime(let a), .localTime(let b)): a == b
    case (.time(let a), .time(let b)): a == b
    case (.localDateTime(let a), .localDateTime(let b)): a == b
    case (.dateTime(let a), .dateTime(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.list, .list), (.map, .map): nil
    default: false
    }
  }

  /// Hashes so that equivalent values hash alike. O(size of the value) without recursion.
  public func hash(into hasher: inout Hasher) {
    if hashScalar(into: &hasher) { return }
    var open: [(elements: [Value], index: Int)] = [(elements(hashing: &hasher), 0)]
    var pace = ValueWalk.Pace()
    while let last = open.indices.last {
      if pace.isOver() { return }
      let index = open[last].index
      guard index < open[last].elements.count else {
        open.removeLast()
        continue
      }
      open[last].index = index + 1
      let element = open[last].elements[index]
      if !element.hashScalar(into: &hasher) {
        open.append((element.elements(hashing: &hasher), 0))
      }
    }
  }

  /// Hashes everything but lists and maps, for which it returns false.
  private func hashScalar(into hasher: inout Hasher) -> Bool {
    switch self {
    case .null: hasher.combine(0 as UInt8)
    case .boolean(let truth): hasher.combine(truth, tag: 1)
    case .integer(let number): hasher.combine(number, tag: 2)
    case .float(let number):
      // A float that is a whole number hashes as that integer, and every NaN alike.
      if let whole = Int64(exactly: number) {
        hasher.combine(whole, tag: 2)
      } else {
        hasher.combine(number.isNaN ? Double.nan.bitPattern : number.bitPattern, tag: 2)
      }
    case .string(let text):
      hasher.combine(3 as UInt8)
      text.hashCodePoints(into: &hasher)
    case .date(let date): hasher.combine(date, tag: 4)
    case .localTime(let time): hasher.combine(time, tag: 5)
    case .time(let time): hasher.combine(time, tag: 6)
    case .localDateTime(let dateTime): hasher.combine(dateTime, tag: 7)
    case .dateTime(let dateTime): hasher.combine(dateTime, tag: 8)
    case .duration(let duration): hasher.combine(duration, tag: 9)
    case .node(let id): hasher.combine(id, tag: 10)
    case .relationship(let id): hasher.combine(id, tag: 11)
    case .path(let path): hasher.combine(path, tag: 12)
    case .list, .map: return false
    }
    return true
  }

  /// The elements of a list, or the values of a map in the order of its keys, after hashing the shape and the keys.
  private func elements(hashing hasher: inout Hasher) -> [Value] {
    switch self {
    case .list(let elements):
      hasher.combine(elements.count, tag: 13)
      return elements
    case .map(let entries):
      hasher.combine(entries.count, tag: 14)
      let entries = entries.inKeyOrder
      for entry in entries { entry.key.hashCodePoints(into: &hasher) }
      return entries.map(\.value)
    default: return []
    }
  }
}

extension Hasher {
  /// Combines a value with a tag that tells its type from others.
  @inline(__always)
  fileprivate mutating func combine(_ value: some Hashable, tag: UInt8) {
    combine(tag)
    combine(value)
  }
}
