import PlenarySyntax

/// A comparison of the values of a column with one value, made ready to be tested on many rows as they lie there: a
/// byte takes a byte's work.
struct ColumnTest: Sendable {
  fileprivate enum Loop: Sendable {
    case int8(FlatArray<Int8>, Int8)
    case int16(FlatArray<Int16>, Int16)
    case int32(FlatArray<Int32>, Int32)
    case int64(FlatArray<Int64>, Int64)
    case floats(FlatArray<Double>, Double)
    /// Codes of a dictionary, or truth values.
    case codes8(FlatArray<UInt8>, UInt8)
    case codes16(FlatArray<UInt16>, UInt16)
    /// All values are on the same side.
    case all(Bool)
  }

  private let rows: RowMap
  private let loop: Loop
  private let op: ComparisonOperator

  /// `nil` where ids have no rows of their own to be found by counting, or where there is no loop for the types.
  init?(_ column: PropertyColumn, _ op: ComparisonOperator, _ value: Value) {
    guard column.rows.isDense, let loop = Loop(column.storage, op, value) else { return nil }
    (rows, self.loop, self.op) = (column.rows, loop, op)
  }

  /// The truth for each of some ids; `nil` unless they follow each other and all have a value.
  func truths(of ids: [UInt32]) -> [Ternary]? {
    ids.withUnsafeBufferPointer(rows.run).map { run in
      [Ternary](unsafeUninitializedCapacity: run.count) { target, count in
        if let target = target.baseAddress { write(run, to: target) }
        count = run.count
      }
    }
  }

  /// Writes for each id of a range whether the condition is true for it; an id without a value is null, not true.
  func write(ids: Range<UInt32>, to target: UnsafeMutablePointer<Ternary>) {
    let first = Int(ids.lowerBound) &- Int(rows.first)
    let start = min(max(first, 0), rows.rowCount)
    let run = start..<max(start, min(first &+ ids.count, rows.rowCount))
    if run.count < ids.count { target.initialize(repeating: .null, count: ids.count) }
    if !run.isEmpty { write(run, to: target + (start &- first)) }
  }

  private func write(_ run: Range<Int>, to target: UnsafeMutablePointer<Ternary>) {
    switch loop {
    case .int8(let numbers, let other): compare(numbers, run, other, target)
    case .int16(let numbers, let other): compare(numbers, run, other, target)
    case .int32(let numbers, let other): compare(numbers, run, other, target)
    case .int64(let numbers, let other): compare(numbers, run, other, target)
    case .floats(let numbers, let other): compare(numbers, run, other, target)
    case .codes8(let codes, let other): compare(codes, run, other, target)
    case .codes16(let codes, let other): compare(codes, run, other, target)
    case .all(let truth): target.initialize(repeating: Ternary(truth), count: run.count)
    }
  }

  private func compare<Number: Comparable & BitwiseCopyable & Sendable>(
    _ numbers: FlatArray<Number>, _ run: Range<Int>, _ other: Number, _ target: UnsafeMutablePointer<Ternary>
  ) {
    let (numbers, count) = (numbers.start + run.lowerBound, run.count)
    switch op {
    case .equal: write(numbers, count, target) { $0 == other }
    case .notEqual: write(numbers, count, target) { $0 != other }
    case .less: write(numbers, count, target) { $0 < other }
    case .lessOrEqual: write(numbers, count, target) { $0 <= other }
    case .greater: write(numbers, count, target) { $0 > other }
    case .greaterOrEqual: write(numbers, count, target) { $0 >= other }
    }
  }

  @inline(__always)
  private func write<Number>(
    _ numbers: UnsafeMutablePointer<Number>, _ count: Int, _ target: UnsafeMutablePointer<Ternary>,
    _ test: (Number) -> Bool
  ) {
    // A number is assigned, not a `Ternary` initialized: only so the loop takes many at once.
    for row in 0..<count { target[row].rawValue = test(numbers[row]) ? 1 : 0 }
  }
}

extension ColumnTest.Loop {
  fileprivate init?(_ storage: PropertyColumn.Storage, _ op: ComparisonOperator, _ value: Value) {
    switch (storage, value) {
    case (.int8(let numbers), .integer(let other)):
      self = Int8(exactly: other).map { .int8(numbers, $0) } ?? .all(op.holds(forAllBelow: other > 0))
    case (.int16(let numbers), .integer(let other)):
      self = Int16(exactly: other).map { .int16(numbers, $0) } ?? .all(op.holds(forAllBelow: other > 0))
    case (.int32(let numbers), .integer(let other)):
      self = Int32(exactly: other).map { .int32(numbers, $0) } ?? .all(op.holds(forAllBelow: other > 0))
    case (.int64(let numbers), .integer(let other)): self = .int64(numbers, other)
    case (.floats(let numbers), .float(let other)): self = .floats(numbers, other)
    case (.floats(let numbers), .integer(let other)) where other.magnitude <= 1 << 53:
      self = .floats(numbers, Double(other))
    case (.booleans(let truths), .boolean(let other)): self = .codes8(truths, other ? 1 : 0)
    case (.dates(let days), .date(let other)):
      self =
        Int32(exactly: other.daysSinceEpoch).map { .int32(days, $0) }
        ?? .all(op.holds(forAllBelow: other.daysSinceEpoch > 0))
    case (.dictionary8(let codes, let heap, let offsets), .string(let text)) where op == .equal || op == .notEqual:
      self = heap.code(of: text, offsets).map { .codes8(codes, UInt8($0)) } ?? .all(op == .notEqual)
    case (.dictionary16(let codes, let heap, let offsets), .string(let text)) where op == .equal || op == .notEqual:
      self = heap.code(of: text, offsets).map { .codes16(codes, UInt16($0)) } ?? .all(op == .notEqual)
    default: return nil
    }
  }
}

extension ComparisonOperator {
  /// Whether numbers compare so with one that is farther out than any of them: above all of them, or below.
  fileprivate func holds(forAllBelow isAbove: Bool) -> Bool {
    switch self {
    case .equal: false
    case .notEqual: true
    case .less, .lessOrEqual: isAbove
    case .greater, .greaterOrEqual: !isAbove
    }
  }
}

extension StringHeap {
  /// The code of a string in a dictionary. O(entries).
  fileprivate func code(of text: String, _ offsets: FlatArray<UInt32>) -> Int? {
    var text = text
    return text.withUTF8 { text in (0..<offsets.count - 1).first { bytes(of: offsets.view($0)).hasSameBytes(as: text) }
    }
  }
}
