/// The pairs of a group and the number of a value that were met: what DISTINCT in an aggregate leaves out.
///
/// While the rows of each group come one after the other, a value is marked with the group it was met in last. Otherwise a
/// bit for each pair there may be, as long as that takes no more room than a hash table of those there are: few groups
/// that have most of the values. Otherwise such a table.
struct DistinctPairs {
  /// The pairs so far while groups ascend; `nil` once one has come again after another.
  private var ascending: AscendingPairs? = AscendingPairs()
  /// Where the bit of a pair is: the numbers of values one after another, each with room for `1 << groupBits` groups.
  private var bits: [UInt64] = []
  private var groupBits = 0
  /// How many numbers of values have bits.
  private var codeCount = 0
  private var table = CodeTable()
  private var isTable = false
  private(set) var count = 0

  /// About what a pair takes in a hash table, in bits.
  private static let bitsPerPair = 128
  private static let fewBits = 1 << 16

  /// The memory it takes.
  var byteCount: Int { bits.capacity * 8 + table.byteCount + (ascending?.byteCount ?? 0) }

  /// The rows whose pair was not met before. O(rows).
  mutating func newRows(groups: [Int32], codes: [Int32]) -> [Int32] {
    if let rows = ascending?.newRows(groups: groups, codes: codes) {
      count += rows.count
      return rows
    }
    if let pairs = ascending?.pairs {
      ascending = nil
      count = 0
      _ = newRows(groups: pairs.map { Int32($0 >> 32) }, codes: pairs.map { Int32(truncatingIfNeeded: $0) })
    }
    if !isTable, !makeRoom(groups: groups, codes: codes) { changeToTable() }
    if isTable {
      let known = table.count
      let numbers = table.codes(codes.count) {
        UInt64(UInt32(bitPattern: groups[$0])) &<< 32 | UInt64(UInt32(bitPattern: codes[$0]))
      }
      count = table.count
      return numbers.firstAppearances(from: known)
    }
    var rows: [Int32] = []
    let groupBits = groupBits
    bits.withUnsafeMutableBufferPointer { bits in
      for row in 0..<min(groups.count, codes.count) {
        let place = Int(codes[row]) &<< groupBits | Int(groups[row])
        let mask: UInt64 = 1 &<< UInt64(place & 63)
        guard bits[place &>> 6] & mask == 0 else { continue }
        bits[place &>> 6] |= mask
        rows.append(Int32(truncatingIfNeeded: row))
      }
    }
    count += rows.count
    return rows
  }

  /// Whether there is a bit for each of the pairs; false where that would take too much memory.
  private mutating func makeRoom(groups: [Int32], codes: [Int32]) -> Bool {
    guard let group = groups.max(), let code = codes.max() else { return true }
    var width = groupBits
    while Int(group) >> width > 0 { width += 1 }
    let codeCount = max(codeCount, Int(code) + 1)
    let size = codeCount << width
    guard size <= max(DistinctPairs.fewBits, (count + codes.count) * DistinctPairs.bitsPerPair) else { return false }
    self.codeCount = codeCount
    if width > groupBits {
      let pairs = allPairs()
      bits = []
      groupBits = width
      grow(to: size)
      for (group, code) in pairs {
        let place = code << groupBits | group
        bits[place >> 6] |= 1 << UInt64(place & 63)
      }
    } else {
      grow(to: size)
    }
    return true
  }

  private mutating func grow(to size: Int) {
    let words = (size + 63) / 64
    guard words > bits.count else { return }
    // Numbers of values grow from batch to batch.
    bits += repeatElement(0, count: max(words, min(bits.count * 2, words * 2)) - bits.count)
  }

  private mutating func changeToTable() {
    let pairs = allPairs()
    (bits, isTable) = ([], true)
    _ = table.codes(pairs.count) { UInt64(pairs[$0].group) << 32 | UInt64(pairs[$0].code) }
  }

  private func allPairs() -> [(group: Int, code: Int)] {
    var pairs: [(group: Int, code: Int)] = []
    pairs.reserveCapacity(count)
    for (index, word) in bits.enumerated() {
      var rest = word
      while rest != 0 {
        let place = index << 6 | rest.trailingZeroBitCount
        pairs.append((place & (1 << groupBits - 1), place >> groupBits))
        rest &= rest - 1
      }
    }
    return pairs
  }
}

/// Pairs of which the groups ascend.
private struct AscendingPairs {
  /// All of them, the group in the upper half.
  private(set) var pairs: [Int64] = []
  /// For each value the group it was met in last, plus one.
  private var marks: [Int32] = []
  private var last: Int32 = 0

  var byteCount: Int { pairs.capacity * 8 + marks.capacity * 4 }

  /// The rows whose pair is new; `nil`, and nothing taken in, where a group comes again after another.
  mutating func newRows(groups: [Int32], codes: [Int32]) -> [Int32]? {
    var isAscending = true
    var previous = last
    for group in groups {
      isAscending = isAscending && group >= previous
      previous = group
    }
    guard isAscending else { return nil }
    last = previous
    let codeCount = Int(codes.max() ?? -1) + 1
    // Numbers of values grow from batch to batch.
    if codeCount > marks.count {
      marks += repeatElement(0, count: max(codeCount, min(marks.count * 2, codeCount * 2)) - marks.count)
    }
    let rows = marks.withUnsafeMutableBufferPointer { marks in
      [Int32](unsafeUninitializedCapacity: groups.count) { target, found in
        var count = 0
        for row in 0..<min(groups.count, codes.count) {
          let mark = groups[row] &+ 1
          // Written in any case and counted when new: the processor cannot guess which are.
          target[count] = Int32(truncatingIfNeeded: row)
          count &+= marks[Int(codes[row])] == mark ? 0 : 1
          marks[Int(codes[row])] = mark
        }
        found = count
      }
    }
    for row in rows { pairs.append(Int64(groups[Int(row)]) << 32 | Int64(codes[Int(row)])) }
    return rows
  }
}
