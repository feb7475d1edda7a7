extension PropertyColumn {
  /// Ids in the order of their values; those without a value are left out.
  ///
  /// O(ids) for numbers, booleans, dates and dictionary strings, O(n log n) for what is compared value by value.
  func sorted(_ ids: [UInt32]) -> FlatArray<UInt32> {
    let found = ids.compactMap { id in row(of: id).map { (id: id, row: $0) } }
    switch storage {
    case .int8(let numbers): return PropertyColumn.sorted(found) { PropertyColumn.sortKey(Int64(numbers[$0])) }
    case .int16(let numbers): return PropertyColumn.sorted(found) { PropertyColumn.sortKey(Int64(numbers[$0])) }
    case .int32(let numbers): return PropertyColumn.sorted(found) { PropertyColumn.sortKey(Int64(numbers[$0])) }
    case .int64(let numbers): return PropertyColumn.sorted(found) { PropertyColumn.sortKey(numbers[$0]) }
    case .floats(let numbers): return PropertyColumn.sorted(found) { PropertyColumn.sortKey(numbers[$0]) }
    case .booleans(let truths): return PropertyColumn.sorted(found) { UInt64(truths[$0]) }
    case .dates(let days): return PropertyColumn.sorted(found) { PropertyColumn.sortKey(Int64(days[$0])) }
    case .strings(let heap, let offsets):
      return PropertyColumn.sorted(found, heap: heap) { offsets.view($0) }
    case .dictionary8(let codes, let heap, let offsets):
      let ranks = PropertyColumn.ranks(of: heap, offsets)
      return PropertyColumn.sorted(found) { UInt64(ranks[Int(codes[$0])]) }
    case .dictionary16(let codes, let heap, let offsets):
      let ranks = PropertyColumn.ranks(of: heap, offsets)
      return PropertyColumn.sorted(found) { UInt64(ranks[Int(codes[$0])]) }
    case .dictionary32(let codes, let heap, let offsets):
      let ranks = PropertyColumn.ranks(of: heap, offsets)
      return PropertyColumn.sorted(found) { UInt64(ranks[Int(codes[$0])]) }
    case .values(let values):
      return FlatArray(found.sorted { Value.order(values[$0.row], values[$1.row]) < 0 }.map(\.id))
    }
  }

  private static func sorted(_ found: [(id: UInt32, row: Int)], by key: (Int) -> UInt64) -> FlatArray<UInt32> {
    var keys = FlatArray<UInt64>(uninitializedCount: found.count)
    for (index, entry) in found.enumerated() { keys.start[index] = key(entry.row) }
    return sorted(found, by: &keys)
  }

  private static func sorted(_ found: [(id: UInt32, row: Int)], by keys: inout FlatArray<UInt64>) -> FlatArray<UInt32> {
    let ids = FlatArray(found.map(\.id))
    var payloads: FlatArray<UInt32>? = ids
    var scratch: FlatArray<UInt64>?
    RadixSort.sort(&keys, payloads: &payloads, scratch: &scratch)
    return payloads ?? ids
  }

  /// Strings by their first eight bytes, then those that agree in these by the rest.
  private static func sorted(
    _ found: [(id: UInt32, row: Int)], heap: StringHeap, view: (Int) -> StringVector.View
  ) -> FlatArray<UInt32> {
    var keys = FlatArray<UInt64>(uninitializedCount: found.count)
    for (index, entry) in found.enumerated() { keys.start[index] = leadingBytes(heap.bytes(of: view(entry.row))) }
    // Places among `found` are sorted, so that the rows are at hand afterwards.
    var payloads: FlatArray<UInt32>? = FlatArray((0..<UInt32(found.count)).map { $0 })
    var scratch: FlatArray<UInt64>?
    RadixSort.sort(&keys, payloads: &payloads, scratch: &scratch)
    guard let places = payloads else { return FlatArray([]) }
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end] == keys[start] { end += 1 }
      if end - start > 1 {
        var run = UnsafeMutableBufferPointer(start: places.start + start, count: end - start)
        run.sort { a, b in
          heap.bytes(of: view(found[Int(a)].row)).lexicographicallyPrecedes(heap.bytes(of: view(found[Int(b)].row)))
        }
      }
      start = end
    }
    return withExtendedLifetime(places) { FlatArray(places.buffer.map { found[Int($0)].id }) }
  }

  /// The place of each string of a dictionary among all of them.
  private static func ranks(of heap: StringHeap, _ offsets: FlatArray<UInt32>) -> [UInt32] {
    let codes = (0..<max(0, offsets.count - 1)).sorted { a, b in
      heap.bytes(of: offsets.view(a)).lexicographicallyPrecedes(heap.bytes(of: offsets.view(b)))
    }
    var ranks = Array(repeating: UInt32(0), count: codes.count)
    for (rank, code) in codes.enumerated() { ranks[code] = UInt32(rank) }
    return ranks
  }

  // MARK: Keys in the order of the values

  private static func sortKey(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) ^ 1 &<< 63 }

  private static func sortKey(_ number: Double) -> UInt64 {
    // All NaNs are one, and last; both zeros are one.
    if number.isNaN { return .max }
    let bits = (number == 0 ? 0 : number).bitPattern
    return bits >> 63 == 0 ? bits | 1 &<< 63 : ~bits
  }

  /// The first eight bytes of a text as a number, in the order of the texts as far as these tell.
  @inline(__always)
  static func leadingBytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if bytes.count >= 8, let start = bytes.baseAddress {
      return UInt64(bigEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    }
    var key: UInt64 = 0
    for offset in 0..<8 { key = key &<< 8 | UInt64(offset < bytes.count ? bytes[offset] : 0) }
    return key
  }
}
