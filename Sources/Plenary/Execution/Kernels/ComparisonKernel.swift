import PlenarySyntax

/// Comparisons of typed vectors, one loop for each type.
enum ComparisonKernel {
  /// Compares two vectors if there is a loop for their types; `nil` sends them down the general path.
  static func apply(_ op: ComparisonOperator, _ left: Vector, _ right: Vector) -> [Ternary]? {
    switch (left, right) {
    case (.integers(let a), .integers(let b)):
      return compare(op, a.elements, b.elements, nulls(a.isNull, b.isNull))
    case (.floats(let a), .floats(let b)):
      return compare(op, a.elements, b.elements, nulls(a.isNull, b.isNull))
    case (.integers(let a), .constant(.integer(let b), _)): return compare(op, a.elements, with: b, a.isNull)
    case (.constant(.integer(let a), _), .integers(let b)): return compare(op.mirrored, b.elements, with: a, b.isNull)
    case (.floats(let a), .constant(.float(let b), _)): return compare(op, a.elements, with: b, a.isNull)
    case (.constant(.float(let a), _), .floats(let b)): return compare(op.mirrored, b.elements, with: a, b.isNull)
    case (.floats(let a), .constant(.integer(let b), _)) where b.magnitude < 1 << 53:
      return compare(op, a.elements, with: Double(b), a.isNull)
    case (.strings(let a), .constant(.string(let b), _)): return compare(op, a, with: b)
    case (.constant(.string(let a), _), .strings(let b)): return compare(op.mirrored, b, with: a)
    case (.strings(let a), .strings(let b)): return compare(op, a, b)
    case (.dates(let a), .dates(let b)): return compare(op, a.elements, b.elements, nulls(a.isNull, b.isNull))
    case (.dates(let a), .constant(.date(let b), _)): return compare(op, a.elements, with: b.daysSinceEpoch, a.isNull)
    case (.constant(.date(let a), _), .dates(let b)):
      return compare(op.mirrored, b.elements, with: a.daysSinceEpoch, b.isNull)
    case (.nodes(let a), .nodes(let b)) where op == .equal || op == .notEqual: return compareIDs(op, a, b)
    case (.relationships(let a), .relationships(let b)) where op == .equal || op == .notEqual:
      return compareIDs(op, a, b)
    default: return nil
    }
  }

  private static func nulls(_ a: [Bool]?, _ b: [Bool]?) -> [Bool]? {
    guard let a else { return b }
    guard let b else { return a }
    return zip(a, b).map { $0 || $1 }
  }

  @inline(__always)
  private static func loop(_ count: Int, _ isNull: [Bool]?, _ test: (Int) -> Bool) -> [Ternary] {
    var result = [Ternary](unsafeUninitializedCapacity: count) { target, initialized in
      for row in 0..<count { target.initializeElement(at: row, to: Ternary(test(row))) }
      initialized = count
    }
    if let isNull {
      for row in 0..<count where isNull[row] { result[row] = .null }
    }
    return result
  }

  private static func compare<Number: Comparable>(
    _ op: ComparisonOperator, _ a: [Number], _ b: [Number], _ isNull: [Bool]?
  ) -> [Ternary] {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        switch op {
        case .equal: loop(a.count, isNull) { a[$0] == b[$0] }
        case .notEqual: loop(a.count, isNull) { a[$0] != b[$0] }
        case .less: loop(a.count, isNull) { a[$0] < b[$0] }
        case .lessOrEqual: loop(a.count, isNull) { a[$0] <= b[$0] }
        case .greater: loop(a.count, isNull) { a[$0] > b[$0] }
        case .greaterOrEqual: loop(a.count, isNull) { a[$0] >= b[$0] }
        }
      }
    }
  }

  private static func compare<Number: Comparable>(
    _ op: ComparisonOperator, _ a: [Number], with b: Number, _ isNull: [Bool]?
  ) -> [Ternary] {
    a.withUnsafeBufferPointer { a in
      switch op {
      case .equal: loop(a.count, isNull) { a[$0] == b }
      case .notEqual: loop(a.count, isNull) { a[$0] != b }
      case .less: loop(a.count, isNull) { a[$0] < b }
      case .lessOrEqual: loop(a.count, isNull) { a[$0] <= b }
      case .greater: loop(a.count, isNull) { a[$0] > b }
      case .greaterOrEqual: loop(a.count, isNull) { a[$0] >= b }
      }
    }
  }

  private static func compareIDs(_ op: ComparisonOperator, _ a: [UInt32], _ b: [UInt32]) -> [Ternary] {
    a.indices.map { row in
      if a[row] == .max || b[row] == .max { return .null }
      return Ternary((a[row] == b[row]) == (op == .equal))
    }
  }

  private static func compare(_ op: ComparisonOperator, _ a: StringVector, _ b: StringVector) -> [Ternary] {
    if op == .equal || op == .notEqual, a.heap === b.heap, let left = a.codes?.rows, let right = b.codes?.rows {
      // Strings of one dictionary are equal where their codes are.
      return compareIDs(op, left, right)
    }
    if let (left, right) = ranks(a, b) { return compare(op, left, right, nullFlags(a, b)) }
    let (left, right) = (a.views, b.views)
    return left.indices.map { row in
      if left[row].isNull || right[row].isNull { return .null }
      let (x, y) = (a.heap.bytes(of: left[row]), b.heap.bytes(of: right[row]))
      switch op {
      case .equal: return Ternary(UTF8Bytes.areEqual(x, y))
      case .notEqual: return Ternary(!UTF8Bytes.areEqual(x, y))
      case .less: return Ternary(ByteOrder.compare(x, y) < 0)
      case .lessOrEqual: return Ternary(ByteOrder.compare(x, y) <= 0)
      case .greater: return Ternary(ByteOrder.compare(x, y) > 0)
      case .greaterOrEqual: return Ternary(ByteOrder.compare(x, y) >= 0)
      }
    }
  }

  /// The places of strings in the order of the dictionary that both have in common, if that is a small one; null has
  /// none.
  private static func ranks(_ a: StringVector, _ b: StringVector) -> (a: [UInt32], b: [UInt32])? {
    guard a.heap === b.heap, let left = a.codes, let right = b.codes, left.offsets.count <= left.rows.count / 8 else {
      return nil
    }
    func bytes(_ code: Int) -> UnsafeBufferPointer<UInt8> { a.heap.bytes(of: left.offsets.view(code)) }
    let order = (0..<left.offsets.count - 1).sorted { ByteOrder.compare(bytes($0), bytes($1)) < 0 }
    var ranks = Array(repeating: 0 as UInt32, count: order.count)
    for (rank, code) in order.enumerated() { ranks[code] = UInt32(rank) }
    func ranked(_ codes: [UInt32]) -> [UInt32] {
      codes.map { $0 == StringVector.Codes.nullCode ? 0 : ranks[Int($0)] }
    }
    return (ranked(left.rows), ranked(right.rows))
  }

  private static func nullFlags(_ a: StringVector, _ b: StringVector) -> [Bool]? {
    a.hasNull || b.hasNull ? zip(a.nullFlags, b.nullFlags).map { $0 || $1 } : nil
  }

  private static func compare(_ op: ComparisonOperator, _ strings: StringVector, with constant: String) -> [Ternary] {
    var constant = constant
    let heap = strings.heap
    return constant.withUTF8 { other in
      func compare(_ view: StringVector.View) -> Ternary {
        if view.isNull { return .null }
        let bytes = heap.bytes(of: view)
        if op == .equal || op == .notEqual { return Ternary(UTF8Bytes.areEqual(bytes, other) == (op == .equal)) }
        let order = ByteOrder.compare(bytes, other)
        switch op {
        case .less: return Ternary(order < 0)
        case .lessOrEqual: return Ternary(order <= 0)
        case .greater: return Ternary(order > 0)
        default: return Ternary(order >= 0)
        }
      }
      // Of a dictionary with fewer strings than there are rows each string is compared once.
      if let codes = strings.codes, codes.offsets.count <= codes.rows.count {
        let truths = (0..<codes.offsets.count - 1).map { compare(codes.offsets.view($0)) }
        return codes.rows.map { $0 == StringVector.Codes.nullCode ? .null : truths[Int($0)] }
      }
      return strings.views.map(compare)
    }
  }
}

/// The order of UTF-8 bytes, which is the order of code points.
enum ByteOrder {
  /// Negative, zero or positive as `a` comes before, with or after `b`.
  static func compare(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(a.count, b.count)
    for index in 0..<shared where a[index] != b[index] { return Int(a[index]) - Int(b[index]) }
    return a.count - b.count
  }
}
