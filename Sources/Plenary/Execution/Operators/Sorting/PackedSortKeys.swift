/// All sort keys of a row as one number, so that rows are compared by comparing numbers, and sorted digit by digit.
///
/// Each column gets as many bits as its values need: integers and dates by how far apart they are, strings of a
/// dictionary by how many there are. Where 64 bits do not hold all, the keys that agree are told apart by the values.
struct PackedSortKeys {
  /// Few rows are sorted sooner than packed.
  static let minimumRows = 64
  /// So many rows are sorted at once; then it is time to look whether the statement is to stop.
  private static let rowsAtOnce = 1 << 20

  let keys: FlatArray<UInt64>
  /// Whether rows with the same number are equal in all columns.
  let isExact: Bool
  /// The strings whose first bytes are the last of the number, if it ends with such, and whether they are in falling order.
  private let texts: (strings: StringVector, isDescending: Bool)?

  /// The values of one column as numbers of some bits, in the order of ORDER BY.
  private struct Field {
    var bits: Int
    var isExact = true
    /// Calls its argument with each row and its number.
    var forEach: ((Int, UInt64) -> Void) -> Void
  }

  /// Packs the columns, the first one highest; `nil` where the first says too little as a number.
  init?(_ columns: [(vector: Vector, isDescending: Bool)], count: Int) {
    let keys = FlatArray<UInt64>(repeating: 0, count: count)
    var room = 64
    var isExact = true
    var texts: (strings: StringVector, isDescending: Bool)?
    for (vector, isDescending) in columns {
      guard room > 0 else {
        isExact = false
        break
      }
      guard let field = PackedSortKeys.field(of: vector) else {
        guard room < 64 else { return nil }
        isExact = false
        break
      }
      guard field.bits > 0 else { continue }
      let excess = max(0, field.bits - room)
      // Of a field that has no room the high bits are taken.
      let shift = UInt64(room - (field.bits - excess))
      let flip: UInt64 = isDescending ? (field.bits == 64 ? .max : 1 &<< UInt64(field.bits) &- 1) : 0
      let target = keys.start
      field.forEach { row, number in target[row] |= ((number ^ flip) &>> UInt64(excess)) &<< shift }
      room = Int(shift)
      if excess > 0 || !field.isExact {
        isExact = false
        if case .strings(let strings) = vector, strings.codes == nil { texts = (strings, isDescending) }
        break
      }
    }
    self.keys = keys
    self.isExact = isExact
    self.texts = texts
  }

  // MARK: Columns as numbers

  private static func field(of vector: Vector) -> Field? {
    switch vector {
    case .integers(let numbers), .dates(let numbers): field(of: numbers)
    case .floats(let numbers): field(of: numbers)
    case .booleans(let truths):
      // Null is the highest.
      Field(bits: 2) { body in for (row, truth) in truths.enumerated() { body(row, UInt64(truth.rawValue)) } }
    case .nodes(let ids), .relationships(let ids):
      Field(bits: 32) { body in for (row, id) in ids.enumerated() { body(row, UInt64(id)) } }
    case .strings(let strings): strings.codes.map { field(of: $0, strings.heap) } ?? field(of: strings)
    case .constant: Field(bits: 0) { _ in }
    case .coded, .values: nil
    }
  }

  private static func field(of numbers: NullableArray<Int64>) -> Field {
    let (elements, isNull) = (numbers.elements, numbers.isNull)
    var (least, greatest) = (Int64.max, Int64.min)
    for (row, number) in elements.enumerated() where !(isNull?[row] ?? false) {
      least = min(least, number)
      greatest = max(greatest, number)
    }
    guard least <= greatest else { return Field(bits: 0) { _ in } }
    let span = UInt64(bitPattern: greatest &- least)
    // Null comes after everything; where all 64 bits are taken it shares its number with the greatest.
    let null = isNull == nil || span == .max ? span : span + 1
    return Field(bits: 64 - null.leadingZeroBitCount, isExact: isNull == nil || null > span) { body in
      for (row, number) in elements.enumerated() {
        body(row, isNull?[row] ?? false ? null : UInt64(bitPattern: number &- least))
      }
    }
  }

  private static func field(of numbers: NullableArray<Double>) -> Field {
    let (elements, isNull) = (numbers.elements, numbers.isNull)
    return Field(bits: 64) { body in
      for (row, number) in elements.enumerated() {
        if isNull?[row] ?? false {
          body(row, .max)
        } else {
          // There is one zero and one NaN here, which comes after all numbers.
          let bits = number == 0 ? 0 : number.isNaN ? Double.nan.bitPattern : number.bitPattern
          body(row, bits >> 63 == 1 ? ~bits : bits | 1 &<< 63)
        }
      }
    }
  }

  /// Strings of a dictionary by their place among those that occur.
  private static func field(of codes: StringVector.Codes, _ heap: StringHeap) -> Field {
    var coder = ColumnCoder()
    let numbers = coder.codes(.strings(StringVector(heap: heap, codes: codes)))
    let views = numbers.firstAppearances(from: 0).map { codes.view(Int($0)) }
    let order = views.indices.sorted { a, b in
      if views[a].isNull || views[b].isNull { return !views[a].isNull && views[b].isNull }
      return ByteOrder.compare(heap.bytes(of: views[a]), heap.bytes(of: views[b])) < 0
    }
    var ranks = [UInt64](repeating: 0, count: order.count)
    for (rank, number) in order.enumerated() { ranks[number] = UInt64(rank) }
    return Field(bits: 64 - UInt64(max(0, order.count - 1)).leadingZeroBitCount) { body in
      for (row, number) in numbers.enumerated() { body(row, ranks[Int(number)]) }
    }
  }

  /// Strings by their first eight bytes.
  private static func field(of strings: StringVector) -> Field {
    Field(bits: 64, isExact: false) { body in
      for (row, view) in strings.views.enumerated() {
        // No byte of UTF-8 is 0xFF.
        body(row, view.isNull ? .max : PropertyColumn.leadingBytes(strings.heap.bytes(of: view)))
      }
    }
  }

  // MARK: Sorting

  /// The rows in order; those that are equal keep theirs.
  ///
  /// - Parameter orderOfValues: the order of two rows whose numbers are the same.
  func sortedRows(_ stop: StopSignal, _ orderOfValues: (Int, Int) -> Int) throws -> [Int32] {
    var runs: [[Int32]] = []
    for start in stride(from: 0, to: keys.count, by: PackedSortKeys.rowsAtOnce) {
      try stop.check()
      runs.append(try sortedRows(start..<min(start + PackedSortKeys.rowsAtOnce, keys.count), stop, orderOfValues))
    }
    while runs.count > 1 {
      runs = try stride(from: 0, to: runs.count, by: 2).map { run in
        guard run + 1 < runs.count else { return runs[run] }
        return try runs[run].merged(with: runs[run + 1], stop) { a, b in
          keys[a] != keys[b] ? keys[a] < keys[b] : isExact || orderOfValues(a, b) <= 0
        }
      }
    }
    return runs.first ?? []
  }

  private func sortedRows(
    _ range: Range<Int>, _ stop: StopSignal, _ orderOfValues: (Int, Int) -> Int
  ) throws -> [Int32] {
    var sorted = FlatArray<UInt64>(uninitializedCount: range.count)
    for row in range { sorted.start[row - range.lowerBound] = keys.start[row] }
    var rows: FlatArray<UInt32>? = FlatArray((UInt32(range.lowerBound)..<UInt32(range.upperBound)).map { $0 })
    var scratch: FlatArray<UInt64>?
    RadixSort.sort(&sorted, payloads: &rows, scratch: &scratch)
    var result = withExtendedLifetime(rows) { rows?.buffer.map { Int32(bitPattern: $0) } ?? [] }
    guard !isExact else { return result }
    var comparisons = 0
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      if end - start > 1 {
        try refine(&result, start..<end, from: 0) { run in
          try run.sort { a, b in
            comparisons &+= 1
            if comparisons & 0xFFFF == 0 { try stop.check() }
            let order = orderOfValues(Int(a), Int(b))
            return order != 0 ? order < 0 : a < b
          }
        }
      }
      start = end
    }
    return result
  }

  /// Puts rows in order whose numbers agree: by eight more bytes of their texts at a time, and in the end by the values.
  ///
  /// - Parameter level: how many bytes, by eights, are known to be the same; at least.
  private func refine(
    _ rows: inout [Int32], _ range: Range<Int>, from level: Int, _ sort: (inout ArraySlice<Int32>) throws -> Void
  ) rethrows {
    guard let texts, range.count > PackedSortKeys.fewRows, level < PackedSortKeys.mostLevels else {
      return try sort(&rows[range])
    }
    let (strings, flip) = (texts.strings, texts.isDescending ? UInt64.max : 0)
    var keyed = rows[range].map { row -> (key: UInt64, row: Int32) in
      let view = strings[Int(row)]
      guard !view.isNull else { return (.max ^ flip, row) }
      let bytes = strings.heap.bytes(of: view).dropFirst(level * 8)
      return (PropertyColumn.leadingBytes(UnsafeBufferPointer(rebasing: bytes)) ^ flip, row)
    }
    keyed.sort { a, b in a.key != b.key ? a.key < b.key : a.row < b.row }
    for (place, entry) in zip(range, keyed) { rows[place] = entry.row }
    var start = 0
    while start < keyed.count {
      var end = start + 1
      while end < keyed.count, keyed[end].key == keyed[start].key { end += 1 }
      if end - start > 1 {
        try refine(&rows, range.lowerBound + start..<range.lowerBound + end, from: level + 1, sort)
      }
      start = end
    }
  }

  /// So few rows are sorted by their values sooner; so many times eight bytes are looked at before the values are.
  private static let fewRows = 8
  private static let mostLevels = 8
}
