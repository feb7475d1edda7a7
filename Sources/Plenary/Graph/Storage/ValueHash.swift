/// Hashes for the indexes and dictionaries of a graph.
///
/// Equal values hash alike whatever form they are stored in: `1` and `1.0`, a `String` and the same bytes in a heap.
/// The seed is fixed: a hash never leaves the process, and tables verify every match.
enum ValueHash {
  @inline(__always)
  static func integer(_ number: Int64) -> UInt64 {
    mix(UInt64(bitPattern: number) ^ 0x9e37_79b9_7f4a_7c15)
  }

  @inline(__always)
  static func float(_ number: Double) -> UInt64 {
    if let whole = Int64(exactly: number) { return integer(whole) }
    return mix(number.isNaN ? 0x7ff8_0000_0000_0000 : number.bitPattern)
  }

  /// Eight bytes at a time.
  @inline(__always)
  static func bytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = 0x51_7c_c1_b7_27_22_0a_95 ^ UInt64(truncatingIfNeeded: bytes.count)
    guard let start = bytes.baseAddress else { return mix(hash) }
    let raw = UnsafeRawPointer(start)
    var offset = 0
    while offset &+ 8 <= bytes.count {
      hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < bytes.count {
      tail = tail &<< 8 | UInt64(start[offset])
      offset &+= 1
    }
    return mix(hash ^ tail)
  }

  static func value(_ value: Value) -> UInt64 {
    switch value {
    case .integer(let number): return integer(number)
    case .float(let number): return float(number)
    case .string(var text): return text.withUTF8(bytes)
    case .boolean(let truth): return mix(truth ? 0xb001 : 0xb000)
    default:
      var hasher = Hasher()
      hasher.combine(value)
      return mix(UInt64(bitPattern: Int64(hasher.finalize())))
    }
  }

  @inline(__always)
  private static func mix(_ bits: UInt64) -> UInt64 {
    var bits = bits
    bits = (bits ^ bits &>> 32) &* 0xd6e8_feb8_6659_fd93
    bits = (bits ^ bits &>> 32) &* 0xd6e8_feb8_6659_fd93
    return bits ^ bits &>> 32
  }
}

/// Comparison of text as bytes.
enum UTF8Bytes {
  @inline(__always)
  static func areEqual(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Bool {
    guard a.count == b.count else { return false }
    guard let left = a.baseAddress.map(UnsafeRawPointer.init), let right = b.baseAddress.map(UnsafeRawPointer.init)
    else { return true }
    var offset = 0
    while offset &+ 8 <= a.count {
      guard
        left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
          == right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      else { return false }
      offset &+= 8
    }
    while offset < a.count {
      guard a[offset] == b[offset] else { return false }
      offset &+= 1
    }
    return true
  }
}
