/// Numbers strings in the order they first appear, by their bytes: a hash table like `CodeTable` for the strings of one
/// heap, without making a `String` of any.
struct TextCodeTable: Sendable {
  /// The strings by number.
  private(set) var views: [StringVector.View] = []
  /// The hash of each string, which is compared before its bytes are.
  private var hashes: [UInt64] = []
  /// Number + 1, or 0 for an empty slot; a power of two of them, at most half of them taken.
  private var slots: [Int32] = []

  /// The number of strings.
  var count: Int { views.count }

  /// The memory it takes, without the text.
  var byteCount: Int { views.capacity * 8 + hashes.capacity * 8 + slots.count * 4 }

  /// The number of each string; new ones get the next numbers. The null view is a string like any other, unlike all.
  mutating func codes(_ strings: [StringVector.View], in heap: StringHeap) -> [Int32] {
    reserve(views.count + strings.count)
    let mask = slots.count - 1
    return strings.map { view in
      let hash = TextCodeTable.hash(view, in: heap)
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 {
        let code = Int(slots[slot]) - 1
        if hashes[code] == hash, TextCodeTable.areEqual(views[code], view, in: heap) { return Int32(code) }
        slot = (slot + 1) & mask
      }
      views.append(view)
      hashes.append(hash)
      slots[slot] = Int32(truncatingIfNeeded: views.count)
      return Int32(truncatingIfNeeded: views.count - 1)
    }
  }

  private static func hash(_ view: StringVector.View, in heap: StringHeap) -> UInt64 {
    view.isNull ? 0 : ValueHash.bytes(heap.bytes(of: view))
  }

  private static func areEqual(_ a: StringVector.View, _ b: StringVector.View, in heap: StringHeap) -> Bool {
    if a.isNull || b.isNull { return a.isNull && b.isNull }
    return UTF8Bytes.areEqual(heap.bytes(of: a), heap.bytes(of: b))
  }

  private mutating func reserve(_ count: Int) {
    guard count * 2 > slots.count else { return }
    var capacity = max(64, slots.count)
    while capacity < count * 2 { capacity *= 2 }
    slots = Array(repeating: 0, count: capacity)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = Int32(truncatingIfNeeded: code + 1)
    }
  }
}
