// The language compares strings by code points, which is the order of their UTF-8 bytes. Swift's own comparison knows
// canonical equivalence (a composed and a decomposed é are equal to it), so it is not used on strings of the language.

extension String {
  /// Whether both are the same code points. O(n).
  func hasSameCodePoints(as other: String) -> Bool {
    withUTF8Bytes { a in other.withUTF8Bytes { b in a.hasSameBytes(as: b) } }
  }

  /// Hashes the code points; `hash(into:)` hashes the normal form. O(n).
  func hashCodePoints(into hasher: inout Hasher) {
    withUTF8Bytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }

  /// Negative, zero or positive as this string comes before, equals or comes after the other, by code points. O(n).
  func codePointOrder(_ other: String) -> Int {
    withUTF8Bytes { a in
      other.withUTF8Bytes { b in
        let common = Swift.min(a.count, b.count)
        var index = 0
        while index < common, a[index] == b[index] { index += 1 }
        return index < common ? Int(a[index]) - Int(b[index]) : a.count - b.count
      }
    }
  }

  /// Calls `body` with the UTF-8 bytes, without a copy where the string is native.
  @inline(__always)
  func withUTF8Bytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    if let result = try utf8.withContiguousStorageIfAvailable(body) { return result }
    var copy = self
    return try copy.withUTF8(body)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the bytes at `offset` begin with `needle`.
  func hasBytes(_ needle: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard offset >= 0, count - offset >= needle.count else { return false }
    for index in 0..<needle.count where self[offset + index] != needle[index] { return false }
    return true
  }

  /// Where `needle` first stands at or after `start`; `nil` when nowhere.
  ///
  /// O(count) on ordinary text: it looks at eight places at once for the first byte of the needle and, where it would
  /// end, the last, then compares.
  func firstOffset(of needle: UnsafeBufferPointer<UInt8>, from start: Int = 0) -> Int? {
    guard let first = needle.first else { return start <= count ? start : nil }
    guard let base = baseAddress else { return nil }
    let last = needle[needle.count - 1]
    let end = count - needle.count
    var offset = start
    let ones = 0x0101_0101_0101_0101 as UInt64
    let (firsts, lasts) = (UInt64(first) &* ones, UInt64(last) &* ones)
    while offset &+ 7 <= end {
      let begin = UnsafeRawPointer(base + offset)
      let beginnings = UInt64(littleEndian: begin.loadUnaligned(as: UInt64.self)) ^ firsts
      let endings = UInt64(littleEndian: (begin + (needle.count - 1)).loadUnaligned(as: UInt64.self)) ^ lasts
      // A byte is zero where both bytes are as they should be; the trick may also mark some above such a byte.
      let misses = beginnings | endings
      var candidates = (misses &- ones) & ~misses & (ones &<< 7)
      while candidates != 0 {
        let place = offset &+ candidates.trailingZeroBitCount &>> 3
        if hasBytes(needle, at: place) { return place }
        candidates &= candidates &- 1
      }
      offset &+= 8
    }
    while offset <= end {
      if self[offset] == first, hasBytes(needle, at: offset) { return offset }
      offset &+= 1
    }
    return nil
  }
}
