/// Numbers 64-bit keys in the order they first appear: an open-addressing hash table without deletion.
///
/// Made for whole batches: it grows once before a batch, so that the loop over the rows never has to.
struct CodeTable: Sendable {
  /// The keys by number.
  private(set) var keys: [UInt64] = []
  /// Number + 1, or 0 for an empty slot; a power of two of them, at most half of them taken.
  private var slots: [Int32] = []

  /// The number of keys.
  var count: Int { keys.count }

  /// The memory it takes.
  var byteCount: Int { keys.capacity * 8 + slots.count * 4 }

  /// The number of each key; new keys get the next ones. O(rows).
  ///
  /// - Parameter key: the key of a row.
  @inline(__always)
  mutating func codes(_ rows: Int, _ key: (Int) -> UInt64) -> [Int32] {
    reserve(keys.count + rows)
    // Room for the case that every row is new, so that the loop works on plain memory.
    var count = keys.count
    keys += repeatElement(0, count: rows)
    let (mask, shift) = (slots.count &- 1, CodeTable.shift(slots.count))
    let codes = slots.withUnsafeMutableBufferPointer { slots in
      keys.withUnsafeMutableBufferPointer { keys in
        [Int32](unsafeUninitializedCapacity: rows) { target, initialized in
          for row in 0..<rows {
            let key = key(row)
            var slot = CodeTable.place(of: key, shift)
            while slots[slot] != 0, keys[Int(slots[slot]) &- 1] != key { slot = (slot &+ 1) & mask }
            if slots[slot] == 0 {
              keys[count] = key
              count &+= 1
              slots[slot] = Int32(truncatingIfNeeded: count)
            }
            target.initializeElement(at: row, to: slots[slot] &- 1)
          }
          initialized = rows
        }
      }
    }
    keys.removeLast(keys.count - count)
    return codes
  }

  /// The number of a key that is there.
  func code(of key: UInt64) -> Int32? {
    guard !slots.isEmpty else { return nil }
    let mask = slots.count - 1
    var slot = CodeTable.place(of: key, CodeTable.shift(slots.count))
    while slots[slot] != 0 {
      if keys[Int(slots[slot]) - 1] == key { return slots[slot] - 1 }
      slot = (slot + 1) & mask
    }
    return nil
  }

  private mutating func reserve(_ count: Int) {
    guard count * 2 > slots.count else { return }
    var capacity = max(64, slots.count)
    while capacity < count * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    let (mask, shift) = (capacity - 1, CodeTable.shift(capacity))
    for (number, key) in keys.enumerated() {
      var slot = CodeTable.place(of: key, shift)
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: number + 1)
    }
    keys.reserveCapacity(count)
  }

  /// Fibonacci hashing: only the high bits of the product depend on all bits of the key. Keys may differ in their highest
  /// bits alone, as whole numbers do as floats.
  @inline(__always)
  private static func place(of key: UInt64, _ shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  /// What leaves as many bits as there are for the place among so many slots, a power of two above one.
  private static func shift(_ slotCount: Int) -> UInt64 { UInt64(64 - slotCount.trailingZeroBitCount) }
}
