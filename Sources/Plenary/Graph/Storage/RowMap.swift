/// Which row of a packed array belongs to an id: how columns and adjacency leave out ids that have nothing.
///
/// Three forms, chosen by how many of the ids between the first and the last have a row:
/// - all of them: the row is the difference to the first id;
/// - at least one in 32: a bitmap and, for each of its words, how many rows come before;
/// - fewer: the ids, sorted, and a directory that says where each run of ids begins.
///
/// So a graph of a thousand property keys, each on a few nodes, costs what is there and not a thousand times its nodes.
struct RowMap: Sendable {
  enum Form: Sendable {
    case all
    case ranked(words: FlatArray<UInt64>, ranks: FlatArray<UInt32>)
    case sorted(ids: FlatArray<UInt32>, directory: FlatArray<UInt32>, shift: UInt32)
  }

  /// The first id that has a row; 0 if there is none.
  let first: UInt32
  /// How many ids there are from the first to the last that has a row.
  let idCount: Int
  let rowCount: Int
  /// Whether every id in the range has a row, so that rows are differences.
  let isDense: Bool
  let form: Form

  /// Rows for all ids of a range.
  init(first: UInt32, count: Int) {
    self.first = first
    idCount = count
    rowCount = count
    isDense = true
    form = .all
  }

  /// Rows for ids in ascending order. O(ids + range / 32).
  init(ids: [UInt32]) {
    first = ids.first ?? 0
    rowCount = ids.count
    idCount = ids.last.map { Int($0 - ids[0]) + 1 } ?? 0
    isDense = idCount == rowCount
    if isDense {
      form = .all
    } else if rowCount >= idCount / 32 {
      form = RowMap.ranked(ids, idCount)
    } else {
      form = RowMap.sorted(FlatArray(ids), idCount)
    }
  }

  /// Rows for the ids whose bits are set, counted from `first` on. O(range / 64).
  ///
  /// - Precondition: no bit at or above `idCount` is set.
  init(first: UInt32, idCount: Int, words: FlatArray<UInt64>) {
    let (form, rowCount) = RowMap.ranked(words)
    self.first = first
    self.idCount = idCount
    self.rowCount = rowCount
    isDense = false
    self.form = form
  }

  /// Rows for ids in ascending order, kept as they are. O(ids).
  init(sortedIDs ids: FlatArray<UInt32>) {
    first = ids.count > 0 ? ids[0] : 0
    rowCount = ids.count
    idCount = ids.count > 0 ? Int(ids[ids.count - 1] - ids[0]) + 1 : 0
    isDense = idCount == rowCount
    form = isDense ? .all : RowMap.sorted(ids, idCount)
  }

  private static func ranked(_ ids: [UInt32], _ idCount: Int) -> Form {
    let first = ids[0]
    let words = FlatArray<UInt64>(repeating: 0, count: (idCount + 63) / 64)
    for id in ids { words.start[Int(id - first) >> 6] |= 1 &<< UInt64((id - first) & 63) }
    return ranked(words).form
  }

  private static func ranked(_ words: FlatArray<UInt64>) -> (form: Form, rowCount: Int) {
    let ranks = FlatArray<UInt32>(uninitializedCount: words.count)
    var rank: UInt32 = 0
    for index in 0..<words.count {
      ranks.start[index] = rank
      rank += UInt32(words.start[index].nonzeroBitCount)
    }
    return (.ranked(words: words, ranks: ranks), Int(rank))
  }

  private static func sorted(_ ids: FlatArray<UInt32>, _ idCount: Int) -> Form {
    // Runs of 2^shift ids, about four rows in each.
    var shift: UInt32 = 0
    while idCount >> Int(shift) > max(1, ids.count / 4) { shift += 1 }
    let runCount = (idCount - 1) >> Int(shift) + 1
    let directory = FlatArray<UInt32>(repeating: 0, count: runCount + 1)
    for id in ids.buffer { directory.start[Int((id - ids[0]) >> shift) + 1] += 1 }
    for run in 0..<runCount { directory.start[run + 1] += directory.start[run] }
    return .sorted(ids: ids, directory: directory, shift: shift)
  }

  /// The row of an id, if it has one. O(1) on average.
  @inline(__always)
  func row(of id: UInt32) -> Int? {
    let offset = Int(id) &- Int(first)
    guard offset >= 0 && offset < idCount else { return nil }
    return isDense ? offset : sparseRow(at: offset)
  }

  /// The rows of ids that follow each other without a gap, where all of them have one; `nil` for any others. O(ids).
  @inline(__always)
  func run(of ids: UnsafeBufferPointer<UInt32>) -> Range<Int>? {
    guard !isSparse, let run = ids.run else { return nil }
    return rows(of: run)
  }

  /// The rows of ids that follow each other, where all of them have one; `nil` for any others. O(1).
  @inline(__always)
  func rows(of run: Range<UInt32>) -> Range<Int>? {
    guard isDense else {
      let rows = rankedRows(of: run)
      return rows.count == run.count ? rows : nil
    }
    guard run.lowerBound >= first, Int(run.upperBound) &- Int(first) <= rowCount else { return nil }
    return Int(run.lowerBound &- first)..<Int(run.upperBound &- first)
  }

  private func sparseRow(at offset: Int) -> Int? {
    switch form {
    case .all: return offset
    case .ranked(let words, let ranks):
      let word = words.start[offset >> 6]
      let bit = 1 as UInt64 &<< UInt64(offset & 63)
      guard word & bit != 0 else { return nil }
      return Int(ranks.start[offset >> 6]) &+ (word & (bit &- 1)).nonzeroBitCount
    case .sorted(let ids, let directory, let shift):
      let run = offset >> Int(shift)
      let id = first &+ UInt32(truncatingIfNeeded: offset)
      var (low, high) = (Int(directory.start[run]), Int(directory.start[run &+ 1]))
      while low < high {
        let middle = (low &+ high) / 2
        if ids.start[middle] < id { low = middle &+ 1 } else { high = middle }
      }
      return low < Int(directory.start[run &+ 1]) && ids.start[low] == id ? low : nil
    }
  }

  /// The id that has a row. O(1) unless ids are a bitmap, then O(log ids).
  ///
  /// - Precondition: there is such a row.
  func id(ofRow row: Int) -> UInt32 {
    switch form {
    case .all: return first &+ UInt32(truncatingIfNeeded: row)
    case .sorted(let ids, _, _): return ids[row]
    case .ranked(let words, let ranks):
      // The last word before whose bits there are no more rows.
      var (low, high) = (0, words.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if Int(ranks[middle]) <= row { low = middle } else { high = middle }
      }
      var word = words[low]
      for _ in Int(ranks[low])..<row { word &= word &- 1 }
      return first &+ UInt32(truncatingIfNeeded: low << 6 + word.trailingZeroBitCount)
    }
  }

  /// For each of some ids whether it has a row.
  func presence(of ids: [UInt32]) -> [Ternary] {
    if case .ranked(let words, _) = form {
      return ids.map { id in
        let offset = Int(id) &- Int(first)
        guard offset >= 0 && offset < idCount else { return .false }
        return Ternary(rawValue: UInt8(truncatingIfNeeded: words.start[offset >> 6] &>> UInt64(offset & 63) & 1))
      }
    }
    return ids.map { Ternary(row(of: $0) != nil) }
  }

  /// Whether rows are found by a search, because few ids have one.
  var isSparse: Bool { if case .sorted = form { !isDense } else { false } }

  /// The rows of the ids of a range that have one, where a bitmap says which do. O(1).
  func rankedRows(of ids: Range<UInt32>) -> Range<Int> {
    guard case .ranked(let words, let ranks) = form else { return 0..<0 }
    func rank(_ id: UInt32) -> Int {
      let offset = Int(id) &- Int(first)
      if offset <= 0 { return 0 }
      if offset >= idCount { return rowCount }
      return Int(ranks.start[offset >> 6])
        + (words.start[offset >> 6] & (1 &<< UInt64(offset & 63) &- 1)).nonzeroBitCount
    }
    return rank(ids.lowerBound)..<rank(ids.upperBound)
  }

  /// Calls `body` with the place of each id of a range and its row, or with a row that means nothing and `false` for an
  /// id that has none; only where a bitmap says which have one, and where there are any. O(ids).
  @inline(__always)
  func forEachRankedRow(of ids: Range<UInt32>, _ body: (_ index: Int, _ row: Int, _ isPresent: Bool) -> Void) -> Bool {
    guard case .ranked(let words, let ranks) = form, rowCount > 0 else { return false }
    var index = 0
    while index < ids.count {
      let offset = Int(ids.lowerBound) &+ index &- Int(first)
      guard offset >= 0, offset < idCount else {
        body(index, 0, false)
        index &+= 1
        continue
      }
      // The rest of one word.
      let word = words.start[offset >> 6] &>> UInt64(offset & 63)
      var row =
        Int(ranks.start[offset >> 6])
        &+ (words.start[offset >> 6] & (1 &<< UInt64(offset & 63) &- 1)).nonzeroBitCount
      let end = Swift.min(64 &- offset & 63, ids.count &- index, idCount &- offset)
      for bit in 0..<end {
        let isPresent = word &>> UInt64(bit) & 1
        // The row behind the last is never read.
        body(index &+ bit, Swift.min(row, rowCount &- 1), isPresent == 1)
        row &+= Int(isPresent)
      }
      index &+= end
    }
    return true
  }

  /// Calls `body` with each id that has a row, in ascending order, which is the order of their rows.
  @inline(__always)
  func forEachID(_ body: (UInt32) -> Void) {
    switch form {
    case .all: for offset in 0..<idCount { body(first &+ UInt32(truncatingIfNeeded: offset)) }
    case .ranked(let words, _):
      for index in 0..<words.count {
        var word = words.start[index]
        while word != 0 {
          body(first &+ UInt32(truncatingIfNeeded: index << 6 + word.trailingZeroBitCount))
          word &= word &- 1
        }
      }
    case .sorted(let ids, _, _): for row in 0..<rowCount { body(ids.start[row]) }
    }
  }

  /// All ids that have a row, ascending. O(rows).
  var ids: [UInt32] {
    var ids: [UInt32] = []
    ids.reserveCapacity(rowCount)
    forEachID { ids.append($0) }
    return ids
  }
}

extension UnsafeBufferPointer<UInt32> {
  /// The ids as a range, where each is the one before it plus one; `nil` for any others, and for none. O(ids).
  @inline(__always)
  var run: Range<UInt32>? {
    // The highest number is no id.
    guard let low = first, let high = last, high < .max, Int(high) &- Int(low) == count &- 1 else { return nil }
    // A loop without an exit in the middle takes many ids at once.
    var difference: UInt32 = 0
    for index in 0..<count { difference |= self[index] ^ (low &+ UInt32(truncatingIfNeeded: index)) }
    return difference == 0 ? low..<high &+ 1 : nil
  }
}
