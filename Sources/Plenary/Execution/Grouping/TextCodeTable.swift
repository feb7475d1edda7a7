/// Numbers strings in the order they first appear, by their bytes: a hash table like `CodeTable` for the strings of one
/// heap, without making a `String` of any; or of several heaps, then with a copy of each.
struct TextCodeTable: Sendable {
  /// The strings by number.
  private(set) var views: [StringVector.View] = []
  /// The hash of each string, which is compared before its bytes are.
  private var hashes: [UInt64] = []
  /// Number + 1, or 0 for an empty slot; a power of two of them, at most half of them taken.
  private var slots: [Int32] = []
  /// The bytes that `views` point into, once strings of more than one heap have come.
  private(set) var copies: [UInt8]?
  /// Where strings lie that come again and again.
  private var places = TextPlaces()

  /// The number of strings.
  var count: Int { views.count }

  /// The memory it takes, without the text of a heap.
  var byteCount: Int {
    views.capacity * 8 + hashes.capacity * 8 + slots.count * 4 + (copies?.capacity ?? 0) + places.byteCount
  }

  /// Copies the strings of a heap, so that strings of others can be numbered, too. O(bytes).
  mutating func copyTexts(from heap: StringHeap) {
    guard copies == nil else { return }
    var bytes: [UInt8] = []
    for index in views.indices where !views[index].isNull {
      let start = UInt32(truncatingIfNeeded: bytes.count)
      bytes += heap.bytes(of: views[index])
      views[index].offset = start
    }
    copies = bytes
    places = TextPlaces()
  }

  /// Whether copies of further strings find room in 32-bit offsets.
  func hasRoom(for strings: [StringVector.View]) -> Bool {
    let bytes = strings.reduce(copies?.count ?? 0) { $0 + Int($1.count) }
    return bytes < Int(UInt32.max) - 1
  }

  /// The number of each string of any heap.
  ///
  /// - Precondition: texts are copied, and there is room.
  mutating func codesOfCopies(_ strings: [StringVector.View], in heap: StringHeap) -> [Int32] {
    reserve(views.count + strings.count)
    let mask = slots.count - 1
    var bytes = copies ?? []
    copies = nil
    defer { copies = bytes }
    return strings.map { view in
      let hash = TextCodeTable.hash(view, in: heap)
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 {
        let code = Int(slots[slot]) - 1
        if hashes[code] == hash, views[code].isNull == view.isNull, views[code].count == view.count {
          let start = view.isNull ? 0 : Int(views[code].offset)
          let isEqual =
            view.isNull
            || bytes.withUnsafeBufferPointer {
              UTF8Bytes.areEqual(
                UnsafeBufferPointer(rebasing: $0[start..<start + Int(view.count)]), heap.bytes(of: view))
            }
          if isEqual { return Int32(truncatingIfNeeded: code) }
        }
        slot = (slot + 1) & mask
      }
      var copy = view
      if !view.isNull {
        copy.offset = UInt32(truncatingIfNeeded: bytes.count)
        bytes += heap.bytes(of: view)
      }
      views.append(copy)
      hashes.append(hash)
      slots[slot] = Int32(truncatingIfNeeded: views.count)
      return Int32(truncatingIfNeeded: views.count - 1)
    }
  }

  /// The number of each string; new ones get the next numbers. The null view is a string like any other, unlike all.
  mutating func codes(_ strings: [StringVector.View], in heap: StringHeap) -> [Int32] {
    reserve(views.count + strings.count)
    places.prepare(rows: strings.count, distinct: views.count)
    guard places.isUsed else { return strings.map { code(of: $0, in: heap) } }
    return strings.map { view in
      if let known = places.number(at: view) { return known }
      let code = code(of: view, in: heap)
      places.note(code, at: view)
      return code
    }
  }

  /// The number of a string, for which there is room.
  @inline(__always)
  private mutating func code(of view: StringVector.View, in heap: StringHeap) -> Int32 {
    let mask = slots.count - 1
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
