/// The pairs of a group and the number of a value that were met: what DISTINCT in an aggregate leaves out.
///
/// A bit for each pair there may be, as long as that takes no more room than a hash table of those there are: few
/// groups that have most of the values. Otherwise such a table.
struct DistinctPairs {
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
  var byteCount: Int { bits.capacity * 8 + table.byteCount }

  /// The rows whose pair was not met before. O(rows).
  mutating func newRows(groups: [Int32], codes: [Int32]) -> [Int32] {
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
