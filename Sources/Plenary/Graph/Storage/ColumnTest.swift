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
    /// Strings one after another.
    case texts(StringHeap, FlatArray<UInt32>, ComparedText)
    /// Codes of a dictionary, and what the comparison says of each.
    case judged8(FlatArray<UInt8>, [Ternary])
    case judged16(FlatArray<UInt16>, [Ternary])
    /// All values are on the same side.
    case all(Bool)
  }

  private let rows: RowMap
  private let loop: Loop
  private let op: ComparisonOperator
  /// Whether what cannot be compared passes too, NaN and null: in falling order they come before all numbers.
  private var passesIncomparable = false

  private init(rows: RowMap, loop: Loop, op: ComparisonOperator, passesIncomparable: Bool) {
    (self.rows, self.loop, self.op, self.passesIncomparable) = (rows, loop, op, passesIncomparable)
  }

  /// `nil` where rows are not found by counting, or where there is no loop for the types.
  init?(_ column: PropertyColumn, _ op: ComparisonOperator, _ value: Value) {
    guard !column.rows.isSparse, let loop = Loop(column.storage, op, value) else { return nil }
    (rows, self.loop, self.op) = (column.rows, loop, op)
  }

  /// Whether values come, in the order of ORDER BY, not after the one given.
  init?(_ column: PropertyColumn, notAfter last: LastInOrder) {
    if last.isDescending, last.value.isNull, !column.rows.isSparse {
      // Null comes first: whatever is there comes after it.
      self.init(rows: column.rows, loop: .all(false), op: .greaterOrEqual, passesIncomparable: true)
      return
    }
    // What comes after NaN, or after null last of all, is left to others.
    if case .float(let number) = last.value, number.isNaN { return nil }
    self.init(column, last.isDescending ? .greaterOrEqual : .lessOrEqual, last.value)
    passesIncomparable = last.isDescending
  }

  /// The truth for each of some ids; `nil` unless they follow each other, and all have a value or a bitmap says which do.
  func truths(of ids: [UInt32]) -> [Ternary]? {
    guard let range = ids.withUnsafeBufferPointer(\.run), !rows.isDense || rows.rows(of: range) != nil else {
      return nil
    }
    return [Ternary](unsafeUninitializedCapacity: range.count) { target, count in
      if let target = target.baseAddress { write(ids: range, to: target) }
      count = range.count
    }
  }

  /// Writes for each id of a range whether the condition is true for it; an id without a value is null, not true.
  func write(ids: Range<UInt32>, to target: UnsafeMutablePointer<Ternary>) {
    guard rows.isDense else { return writeWithGaps(ids: ids, to: target) }
    let first = Int(ids.lowerBound) &- Int(rows.first)
    let start = min(max(first, 0), rows.rowCount)
    let run = start..<max(start, min(first &+ ids.count, rows.rowCount))
    if run.count < ids.count { target.initialize(repeating: passesIncomparable ? .true : .null, count: ids.count) }
    if !run.isEmpty { write(run, to: target + (start &- first)) }
  }

  /// Compares the rows that lie side by side, then deals out what was found to the ids that have them.
  private func writeWithGaps(ids: Range<UInt32>, to target: UnsafeMutablePointer<Ternary>) {
    let absent = passesIncomparable ? Ternary.true : .null
    let run = rows.rankedRows(of: ids)
    // Gaps mostly lie between the ids of two labels: the others side by side have all a value, or none.
    if run.count == ids.count { return write(run, to: target) }
    if run.isEmpty { return target.initialize(repeating: absent, count: ids.count) }
    withUnsafeTemporaryAllocation(of: Ternary.self, capacity: run.count + 1) { found in
      guard let found = found.baseAddress else { return }
      (found + run.count).initialize(to: absent)
      write(run, to: found)
      let isRanked = rows.forEachRankedRow(of: ids) { index, row, isPresent in
        target[index].rawValue = isPresent ? found[row &- run.lowerBound].rawValue : absent.rawValue
      }
      if !isRanked { target.initialize(repeating: absent, count: ids.count) }
    }
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
    case .texts(let heap, let offsets, let other):
      for row in run {
        let text = heap.bytes(of: offsets.view(row))
        target[row &- run.lowerBound] = other.compare(text, op)
      }
    case .judged8(let codes, let truths): judge(codes, run, truths, target)
    case .judged16(let codes, let truths): judge(codes, run, truths, target)
    case .all(let truth): target.initialize(repeating: Ternary(truth), count: run.count)
    }
  }

  private func judge<Code: FixedWidthInteger>(
    _ codes: FlatArray<Code>, _ run: Range<Int>, _ truths: [Ternary], _ target: UnsafeMutablePointer<Ternary>
  ) {
    truths.withUnsafeBufferPointer { truths in
      for row in run {
        target[row &- run.lowerBound].rawValue = truths[Int(truncatingIfNeeded: codes.start[row])].rawValue
      }
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
    case .greaterOrEqual where passesIncomparable: write(numbers, count, target) { !($0 < other) }
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
    case (.dictionary8(let codes, let heap, let offsets), .string(let text)):
      self = .judged8(codes, ComparedText(text).judge(heap, offsets, op))
    case (.dictionary16(let codes, let heap, let offsets), .string(let text))
    where offsets.count <= ComparedText.mostJudged:
      self = .judged16(codes, ComparedText(text).judge(heap, offsets, op))
    case (.strings(let heap, let offsets), .string(let text)): self = .texts(heap, offsets, ComparedText(text))
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

/// A text that many others are compared with.
private struct ComparedText: Sendable {
  /// A dictionary with more strings is not compared as a whole.
  static let mostJudged = 1 << 12

  private let bytes: [UInt8]
  private let leading: UInt64

  init(_ text: String) {
    bytes = Array(text.utf8)
    leading = bytes.withUnsafeBufferPointer(PropertyColumn.leadingBytes)
  }

  /// How a text compares with this one. Most are told apart by their length or by their first bytes.
  @inline(__always)
  func compare(_ text: UnsafeBufferPointer<UInt8>, _ op: ComparisonOperator) -> Ternary {
    bytes.withUnsafeBufferPointer { bytes in
      if op == .equal || op == .notEqual { return Ternary(UTF8Bytes.areEqual(text, bytes) == (op == .equal)) }
      let own = PropertyColumn.leadingBytes(text)
      let order = own != leading ? (own < leading ? -1 : 1) : ByteOrder.compare(text, bytes)
      switch op {
      case .less: return Ternary(order < 0)
      case .lessOrEqual: return Ternary(order <= 0)
      case .greater: return Ternary(order > 0)
      default: return Ternary(order >= 0)
      }
    }
  }

  /// How each string of a dictionary compares.
  func judge(_ heap: StringHeap, _ offsets: FlatArray<UInt32>, _ op: ComparisonOperator) -> [Ternary] {
    (0..<max(0, offsets.count - 1)).map { compare(heap.bytes(of: offsets.view($0)), op) }
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
