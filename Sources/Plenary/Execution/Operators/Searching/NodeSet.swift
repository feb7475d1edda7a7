/// A set of nodes as one bit each, for searches: a bit is set or read in about a nanosecond.
///
/// Making one costs a 64th of what a number for each node would; searches keep theirs and take out what they put in.
///
/// Sendable because one thread uses it at a time: searches hand theirs on only by `NodeSetPool`.
final class NodeSet: @unchecked Sendable {
  private let words: UnsafeMutablePointer<UInt64>
  private let wordCount: Int

  init(capacity: Int) {
    wordCount = (capacity + 63) / 64 + 1
    words = LargeMemory.allocateZeros(UInt64.self, count: wordCount)
  }

  /// The number of nodes it has room for, or some more.
  var capacity: Int { (wordCount - 1) * 64 }

  /// The memory it takes.
  var byteCount: Int { wordCount * 8 }

  deinit { LargeMemory.deallocateZeros(words) }

  @inline(__always)
  func contains(_ node: UInt32) -> Bool { words[Int(node >> 6)] &>> UInt64(node & 63) & 1 != 0 }

  /// 1 for a node in the set, 0 for any other: a number that no branch comes of.
  @inline(__always)
  func counting(_ node: UInt32) -> Int {
    Int(truncatingIfNeeded: words[Int(node >> 6)] &>> UInt64(node & 63) & 1)
  }

  /// Puts a node in; false if it was there.
  @inline(__always)
  func insert(_ node: UInt32) -> Bool {
    let bit = 1 as UInt64 &<< UInt64(node & 63)
    let word = words[Int(node >> 6)]
    words[Int(node >> 6)] = word | bit
    return word & bit == 0
  }

  /// Puts a node in and gives 1; 0 if it was there. A number that is worked out, so that the compiler makes no branch of
  /// it, which searches would guess wrong half of the time.
  @inline(__always)
  func insertCounting(_ node: UInt32) -> Int {
    let shift = UInt64(node & 63)
    let word = words[Int(node >> 6)]
    words[Int(node >> 6)] = word | 1 &<< shift
    return Int(truncatingIfNeeded: ~(word &>> shift) & 1)
  }

  @inline(__always)
  func remove(_ node: UInt32) { words[Int(node >> 6)] &= ~(1 as UInt64 &<< UInt64(node & 63)) }

  /// Empties the set of these nodes, or of everything when that is less work.
  func removeAll(_ nodes: some Collection<UInt32>) {
    if nodes.count < wordCount {
      for node in nodes { remove(node) }
    } else {
      words.update(repeating: 0, count: wordCount)
    }
  }

  /// The nodes in ascending order. O(capacity / 64 + nodes).
  var nodes: [UInt32] {
    var total = 0
    for index in 0..<wordCount { total &+= words[index].nonzeroBitCount }
    return [UInt32](unsafeUninitializedCapacity: total) { target, count in
      for index in 0..<wordCount {
        var word = words[index]
        while word != 0 {
          target.initializeElement(at: count, to: UInt32(truncatingIfNeeded: index << 6 + word.trailingZeroBitCount))
          count &+= 1
          word &= word &- 1
        }
      }
    }
  }
}
