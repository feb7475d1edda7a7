/// Gathers the strings of a column: as codes of a dictionary while that saves anything, then one after another.
struct StringColumnBuilder: Sendable {
  /// UTF-8 of the strings: of each distinct one with a dictionary, else of every row.
  private var bytes: [UInt8] = []
  private var offsets: [UInt32] = [0]
  /// One code for each row; `nil` once there is no dictionary any more.
  private var codes: SegmentedArray<UInt32>? = SegmentedArray()
  /// Open addressing: code + 1, or 0 for an empty slot.
  private var slots: [UInt32] = Array(repeating: 0, count: 64)
  /// When to look again whether the dictionary is worth its while.
  private var nextReview = 1024

  /// Offsets of 32 bits, less the one that means null.
  private static let heapLimit = Int(UInt32.max) - 1

  init() {}

  /// The number of rows.
  var count: Int { codes?.count ?? offsets.count - 1 }

  /// Adds a row; `false`, with nothing done, if the heap is full.
  @inline(__always)
  mutating func append(_ string: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count + string.count <= StringColumnBuilder.heapLimit else { return false }
    if codes != nil {
      let code = code(of: string)
      codes?.append(code)
      if let count = codes?.count, count >= nextReview { return review() }
    } else {
      bytes.append(contentsOf: string)
      offsets.append(UInt32(bytes.count))
    }
    return true
  }

  func string(at row: Int) -> String {
    let index = codes.map { Int($0[row]) } ?? row
    return String(decoding: bytes[Int(offsets[index])..<Int(offsets[index + 1])], as: UTF8.self)
  }

  private mutating func code(of string: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var slot = Int(truncatingIfNeeded: ValueHash.bytes(string)) & (slots.count - 1)
    while slots[slot] != 0 {
      let code = Int(slots[slot] - 1)
      if isEqual(string, at: code) { return UInt32(code) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let code = UInt32(offsets.count - 1)
    bytes.append(contentsOf: string)
    offsets.append(UInt32(bytes.count))
    slots[slot] = code + 1
    if offsets.count * 2 > slots.count { growSlots() }
    return code
  }

  private func isEqual(_ string: UnsafeBufferPointer<UInt8>, at code: Int) -> Bool {
    let (start, end) = (Int(offsets[code]), Int(offsets[code + 1]))
    guard end - start == string.count else { return false }
    return bytes.withUnsafeBufferPointer { UTF8Bytes.areEqual(UnsafeBufferPointer(rebasing: $0[start..<end]), string) }
  }

  private mutating func growSlots() {
    slots = Array(repeating: 0, count: slots.count * 2)
    let mask = slots.count - 1
    bytes.withUnsafeBufferPointer { bytes in
      for code in 0..<offsets.count - 1 {
        let string = UnsafeBufferPointer(rebasing: bytes[Int(offsets[code])..<Int(offsets[code + 1])])
        var slot = Int(truncatingIfNeeded: ValueHash.bytes(string)) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(code + 1)
      }
    }
  }

  /// Gives the dictionary up when most rows are distinct; `false` if the strings do not fit without it, in which case
  /// the dictionary stays.
  private mutating func review() -> Bool {
    guard let codes else { return true }
    nextReview = codes.count * 4
    guard (offsets.count - 1) * 2 > codes.count else { return true }
    var total = 0
    codes.forEachSegment { for code in $0 { total += Int(offsets[Int(code) + 1] - offsets[Int(code)]) } }
    guard total <= StringColumnBuilder.heapLimit else { return true }
    var plainBytes: [UInt8] = []
    plainBytes.reserveCapacity(total * 2)
    var plainOffsets: [UInt32] = [0]
    plainOffsets.reserveCapacity(codes.count * 2)
    codes.forEachSegment { codes in
      for code in codes {
        plainBytes.append(contentsOf: bytes[Int(offsets[Int(code)])..<Int(offsets[Int(code) + 1])])
        plainOffsets.append(UInt32(plainBytes.count))
      }
    }
    (bytes, offsets, self.codes, slots) = (plainBytes, plainOffsets, nil, [])
    return true
  }

  /// The column's storage. O(rows).
  ///
  /// - Parameter rows: which row comes at each place; `nil` to keep the order.
  consuming func build(_ rows: FlatArray<UInt32>? = nil) -> PropertyColumn.Storage {
    guard let codes else { return plain(rows) }
    let heap = StringHeap(bytes)
    let flatOffsets = FlatArray(offsets)
    switch offsets.count - 1 {
    case ...256:
      let narrow = codes.gathered(rows) { UInt8(truncatingIfNeeded: $0) }
      return .dictionary8(narrow, heap, offsets: flatOffsets)
    case ...65536:
      let narrow = codes.gathered(rows) { UInt16(truncatingIfNeeded: $0) }
      return .dictionary16(narrow, heap, offsets: flatOffsets)
    default:
      return .dictionary32(codes.gathered(rows) { $0 }, heap, offsets: flatOffsets)
    }
  }

  /// Strings one after the other.
  private func plain(_ rows: FlatArray<UInt32>?) -> PropertyColumn.Storage {
    guard let rows else { return .strings(StringHeap(bytes), offsets: FlatArray(offsets)) }
    let heap = FlatArray<UInt8>(uninitializedCount: bytes.count)
    let starts = FlatArray<UInt32>(uninitializedCount: offsets.count)
    var end = 0
    starts.start[0] = 0
    bytes.withUnsafeBufferPointer { bytes in
      for (place, row) in rows.buffer.enumerated() {
        let (start, size) = (Int(offsets[Int(row)]), Int(offsets[Int(row) + 1] - offsets[Int(row)]))
        if size > 0, let base = bytes.baseAddress { (heap.start + end).initialize(from: base + start, count: size) }
        end += size
        starts.start[place + 1] = UInt32(truncatingIfNeeded: end)
      }
    }
    return .strings(StringHeap(sharing: heap), offsets: starts)
  }
}
