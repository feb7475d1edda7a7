extension Value {
  /// The total order of ORDER BY, `min` and `max`: negative, zero or positive as `a` comes before, with or after `b`.
  ///
  /// Across types: maps, nodes, relationships, lists, paths, temporal values (date times, local date times, dates, times,
  /// local times, durations), strings, booleans (`false` first), numbers (NaN last), null. Lists are ordered element by
  /// element, a prefix first; maps by size, then keys, then values. openCypher 9, clauses, ORDER BY, orderability.
  ///
  /// Zero exactly where the values are equivalent (`==`). O(size of the values) without recursion.
  static func order(_ a: Value, _ b: Value) -> Int {
    if let order = scalarOrder(a, b) { return order }
    var pairs: [ElementPairs] = []
    if let order = push(a, b, onto: &pairs) { return order }
    var pace = ValueWalk.Pace()
    while let last = pairs.indices.last {
      if pace.isOver() { return 0 }
      guard let (x, y) = pairs[last].next() else {
        let counts = pairs.removeLast().counts
        if counts.0 != counts.1 { return counts.0 - counts.1 }
        continue
      }
      if let order = scalarOrder(x, y) {
        if order != 0 { return order }
      } else if let order = push(x, y, onto: &pairs) {
        return order
      }
    }
    return 0
  }

  /// The order when it is decided without looking at elements; `nil` for two lists or two maps.
  private static func scalarOrder(_ a: Value, _ b: Value) -> Int? {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): return sign(a, b)
    case (.float(let a), .float(let b)):
      return a < b ? -1 : a > b ? 1 : (a.isNaN ? 1 : 0) - (b.isNaN ? 1 : 0)
    case (.integer(let a), .float(let b)): return numberOrder(a, b)
    case (.float(let a), .integer(let b)): return -numberOrder(b, a)
    case (.string(let a), .string(let b)): return a.codePointOrder(b)
    case (.boolean(let a), .boolean(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.node(let a), .node(let b)): return sign(a, b)
    case (.relationship(let a), .relationship(let b)): return sign(a, b)
    case (.path(let a), .path(let b)): return pathOrder(a, b)
    case (.date(let a), .date(let b)): return sign(a, b)
    case (.localTime(let a), .localTime(let b)): return sign(a, b)
    case (.time(let a), .time(let b)): return sign(a, b)
    case (.localDateTime(let a), .localDateTime(let b)): return sign(a, b)
    case (.dateTime(let a), .dateTime(let b)): return sign(a, b)
    case (.duration(let a), .duration(let b)): return a == b ? 0 : a.isOrderedBefore(b) ? -1 : 1
    case (.list, .list), (.map, .map): return nil
    default: return a.rank - b.rank
    }
  }

  /// Starts on the elements of two lists or maps, unless sizes or keys of maps decide.
  private static func push(_ a: Value, _ b: Value, onto pairs: inout [ElementPairs]) -> Int? {
    switch (a, b) {
    case (.list(let a), .list(let b)):
      pairs.append(ElementPairs(a, b))
    case (.map(let a), .map(let b)):
      if a.count != b.count { return a.count - b.count }
      let a = a.inKeyOrder
      let b = b.inKeyOrder
      for (x, y) in zip(a, b) {
        let order = x.key.codePointOrder(y.key)
        if order != 0 { return order }
      }
      pairs.append(ElementPairs(a.map(\.value), b.map(\.value)))
    default: break
    }
    return nil
  }

  private static func sign<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : b < a ? 1 : 0 }

  private static func numberOrder(_ a: Int64, _ b: Double) -> Int {
    switch NumberOrder.compare(a, b) {
    case .less, .unordered: -1  // NaN is the largest number.
    case .greater: 1
    default: 0
    }
  }

  /// By nodes and relationships in the order of the walk.
  private static func pathOrder(_ a: PathValue, _ b: PathValue) -> Int {
    for index in 0..<Swift.min(a.nodes.count, b.nodes.count) {
      let nodes = sign(a.nodes[index], b.nodes[index])
      if nodes != 0 { return nodes }
      guard index < a.relationships.count, index < b.relationships.count else { break }
      let relationships = sign(a.relationships[index], b.relationships[index])
      if relationships != 0 { return relationships }
    }
    return a.length - b.length
  }

  /// The place of the type in the order across types.
  private var rank: Int {
    switch self {
    case .map: 0
    case .node: 1
    case .relationship: 2
    case .list: 3
    case .path: 4
    case .dateTime: 5
    case .localDateTime: 6
    case .date: 7
    case .time: 8
    case .localTime: 9
    case .duration: 10
    case .string: 11
    case .boolean: 12
    case .integer, .float: 13
    case .null: 14
    }
  }
}
