import PlenarySyntax

extension PropertyColumn {
  /// Whether its strings are codes of a dictionary.
  var isDictionary: Bool {
    switch storage {
    case .dictionary8, .dictionary16, .dictionary32: true
    default: false
    }
  }

  /// Compares the numbers of ids that follow each other with one number, as they lie there: a byte takes a byte's work.
  ///
  /// `nil` where some id has no value, or the types differ: the general path compares those. O(ids).
  func compare(_ ids: UnsafeBufferPointer<UInt32>, _ op: ComparisonOperator, with value: Value) -> [Ternary]? {
    switch (storage, value) {
    case (.int8(let numbers), .integer(let other)): compareIntegers(numbers, ids, op, other)
    case (.int16(let numbers), .integer(let other)): compareIntegers(numbers, ids, op, other)
    case (.int32(let numbers), .integer(let other)): compareIntegers(numbers, ids, op, other)
    case (.int64(let numbers), .integer(let other)): compareIntegers(numbers, ids, op, other)
    case (.floats(let numbers), .float(let other)):
      rows.run(of: ids).map { PropertyColumn.compare(numbers, $0, op, other) }
    case (.floats(let numbers), .integer(let other)) where other.magnitude <= 1 << 53:
      rows.run(of: ids).map { PropertyColumn.compare(numbers, $0, op, Double(other)) }
    default: nil
    }
  }

  private func compareIntegers<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ numbers: FlatArray<Number>, _ ids: UnsafeBufferPointer<UInt32>, _ op: ComparisonOperator, _ other: Int64
  ) -> [Ternary]? {
    guard let run = rows.run(of: ids) else { return nil }
    if let same = Number(exactly: other) { return PropertyColumn.compare(numbers, run, op, same) }
    // Too far out for the column: all numbers are on the same side of it.
    let holds =
      switch op {
      case .equal: false
      case .notEqual: true
      case .less, .lessOrEqual: other > 0
      case .greater, .greaterOrEqual: other < 0
      }
    return Array(repeating: Ternary(holds), count: ids.count)
  }

  private static func compare<Number: Comparable & BitwiseCopyable & Sendable>(
    _ numbers: FlatArray<Number>, _ rows: Range<Int>, _ op: ComparisonOperator, _ other: Number
  ) -> [Ternary] {
    let numbers = UnsafeBufferPointer(start: numbers.start + rows.lowerBound, count: rows.count)
    return switch op {
    case .equal: truths(numbers) { $0 == other }
    case .notEqual: truths(numbers) { $0 != other }
    case .less: truths(numbers) { $0 < other }
    case .lessOrEqual: truths(numbers) { $0 <= other }
    case .greater: truths(numbers) { $0 > other }
    case .greaterOrEqual: truths(numbers) { $0 >= other }
    }
  }

  @inline(__always)
  private static func truths<Number>(
    _ numbers: UnsafeBufferPointer<Number>, _ test: (Number) -> Bool
  ) -> [Ternary] {
    [Ternary](unsafeUninitializedCapacity: numbers.count) { target, initialized in
      for row in 0..<numbers.count { target.initializeElement(at: row, to: Ternary(test(numbers[row]))) }
      initialized = numbers.count
    }
  }
}
