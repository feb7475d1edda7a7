/// A persistent set of ids, one bit for each; copies share what they do not change.
struct Bitmap: Sendable {
  private var words = SparseArray<UInt64>(fill: 0)

  init() {}

  /// Whether no bit was ever set.
  var isUntouched: Bool { words.isEmpty }

  /// No id at or above this is in the set.
  var endIndex: UInt32 { UInt32(clamping: words.endIndex << 6) }

  @inline(__always)
  func contains(_ id: UInt32) -> Bool {
    words[Int(id >> 6)] &>> UInt64(id & 63) & 1 != 0
  }

  /// Adds an id; `false` if it was there.
  @inline(__always)
  @discardableResult
  mutating func insert(_ id: UInt32) -> Bool {
    let leaf = words.writableLeaf(containing: Int(id >> 6))
    let bit = 1 as UInt64 &<< UInt64(id & 63)
    let index = Int(id >> 6) & 255
    defer { leaf[index] |= bit }
    return leaf[index] & bit == 0
  }

  /// Takes an id out; `false` if it was not there.
  @discardableResult
  mutating func remove(_ id: UInt32) -> Bool {
    guard contains(id) else { return false }
    words.writableLeaf(containing: Int(id >> 6))[Int(id >> 6) & 255] &= ~(1 as UInt64 &<< UInt64(id & 63))
    return true
  }

  /// Adds all ids of a range. O(range / 16,384): leaves that are full share their words.
  mutating func insert(_ range: Range<UInt32>) {
    let leafSize = Bitmap.leafWordCount * 64
    let (start, end) = (Int(range.lowerBound), Int(range.upperBound))
    let firstLeaf = (start + leafSize - 1) / leafSize
    let endLeaf = end / leafSize
    guard firstLeaf < endLeaf else { return insertWords(start..<end) }
    insertWords(start..<firstLeaf * leafSize)
    words.fill(leaves: firstLeaf..<endLeaf, with: ~0)
    insertWords(endLeaf * leafSize..<end)
  }

  private mutating func insertWords(_ range: Range<Int>) {
    var id = range.lowerBound
    while id < range.upperBound {
      let end = min((id | 63) + 1, range.upperBound)
      let mask: UInt64 = end - id == 64 ? ~0 : ((1 as UInt64 &<< UInt64(end - id)) - 1) &<< UInt64(id & 63)
      words.writableLeaf(containing: id >> 6)[(id >> 6) & 255] |= mask
      id = end
    }
  }

  /// The 64 bits from `index * 64` on.
  @inline(__always)
  func word(_ index: Int) -> UInt64 { words[index] }

  /// The words around an index (the whole leaf), if any bit there was ever set.
  @inline(__always)
  func leaf(containingWord index: Int) -> UnsafePointer<UInt64>? { words.leaf(containing: index) }

  /// The words of one leaf: what exists as soon as one of its bits was set.
  static var leafWordCount: Int { SparseArray<UInt64>.leafCapacity }

  /// The leaves that exist: which of them, and their words, which are valid while this set lives unchanged.
  var leafWords: [(index: UInt32, words: UnsafePointer<UInt64>)] {
    words.leafIndices.compactMap { start in
      words.leaf(containing: start).map { (UInt32(start / Bitmap.leafWordCount), $0) }
    }
  }

  /// A set of these leaves.
  ///
  /// - Precondition: there are `leafWordCount` words for each leaf.
  init(leaves: FlatArray<UInt32>, words: FlatArray<UInt64>) {
    for (position, leaf) in leaves.buffer.enumerated() {
      self.words.writableLeaf(containing: Int(leaf) * Bitmap.leafWordCount)
        .update(from: words.start + position * Bitmap.leafWordCount, count: Bitmap.leafWordCount)
    }
  }

  /// An id in the set that is not below a limit.
  func firstID(atOrAbove limit: UInt32) -> UInt32? {
    for (index, words) in leafWords {
      let base = Int(index) * 64 * Bitmap.leafWordCount
      guard base + 64 * Bitmap.leafWordCount > Int(limit) else { continue }
      for word in 0..<Bitmap.leafWordCount where words[word] != 0 {
        for bit in 0..<64 where words[word] >> UInt64(bit) & 1 != 0 && base + word * 64 + bit >= Int(limit) {
          return UInt32(clamping: base + word * 64 + bit)
        }
      }
    }
    return nil
  }

  /// Whether all ids are also in another set.
  func isSubset(of other: Bitmap) -> Bool {
    for (index, words) in leafWords {
      let others = other.leaf(containingWord: Int(index) * Bitmap.leafWordCount)
      if words == others { continue }
      for word in 0..<Bitmap.leafWordCount where words[word] & ~(others?[word] ?? 0) != 0 { return false }
    }
    return true
  }

  /// Calls `body` with each id that is in an earlier copy of this set and no longer in it. O(what differs).
  func forEachRemoved(since other: Bitmap, _ body: (UInt32) -> Void) {
    // Leaves without bits set are leaves too, so all that differ are among these.
    let changed = words.leaves(changedSince: other.words)
    for start in changed.leafIndices {
      guard let now = words.leaf(containing: start), let before = other.words.leaf(containing: start) else { continue }
      for index in 0..<SparseArray<UInt64>.leafCapacity {
        var removed = before[index] & ~now[index]
        while removed != 0 {
          body(UInt32((start + index) << 6 + removed.trailingZeroBitCount))
          removed &= removed - 1
        }
      }
    }
  }

  /// How many ids are in the set. O(ids / 64).
  var count: Int {
    var total = 0
    // Full leaves next to each other are one leaf, which is counted once.
    var known: (leaf: UnsafePointer<UInt64>, count: Int)?
    for start in words.leafIndices {
      guard let leaf = words.leaf(containing: start) else { continue }
      if known?.leaf != leaf {
        known = (leaf, (0..<Bitmap.leafWordCount).reduce(0) { $0 + leaf[$1].nonzeroBitCount })
      }
      total += known?.count ?? 0
    }
    return total
  }

  /// Calls `body` with each id in ascending order.
  @inline(__always)
  func forEach(_ body: (UInt32) throws -> Void) rethrows {
    for start in words.leafIndices {
      guard let leaf = words.leaf(containing: start) else { continue }
      for index in 0..<SparseArray<UInt64>.leafCapacity {
        var word = leaf[index]
        while word != 0 {
          try body(UInt32((start + index) << 6 + word.trailingZeroBitCount))
          word &= word - 1
        }
      }
    }
  }
}
