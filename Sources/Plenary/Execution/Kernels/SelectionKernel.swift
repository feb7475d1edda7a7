/// From truth values to the rows they select.
extension Array where Element == Ternary {
  /// How many are true. O(n).
  var countOfTrue: Int {
    var count = 0
    for truth in self { count &+= Int(truth.rawValue & 1) }
    return count
  }

  /// True where both are true; anything else where not, so that only what is true may be asked of the result.
  func both(_ other: [Ternary]) -> [Ternary] {
    withUnsafeBufferPointer { left in
      other.withUnsafeBufferPointer { right in
        [Ternary](unsafeUninitializedCapacity: left.count) { target, initialized in
          for row in 0..<left.count {
            target.initializeElement(at: row, to: Ternary(rawValue: left[row].rawValue & right[row].rawValue))
          }
          initialized = left.count
        }
      }
    }
  }

  /// The positions that are true, in order. O(n), eight at a time and without branches.
  var positionsOfTrue: [Int32] {
    let places = Selection.placesOfBits
    return withUnsafeBytes { truths in
      places.withUnsafeBufferPointer { places in
        // Each step writes eight positions, of which only the first ones count.
        [Int32](unsafeUninitializedCapacity: truths.count + 8) { target, initialized in
          guard let target = target.baseAddress, let truths = truths.baseAddress else { return }
          var found = 0
          var row = 0
          while row &+ 8 <= count {
            // Only "true" has the lowest bit; the product moves the eight of them into the top byte.
            let bits = truths.loadUnaligned(fromByteOffset: row, as: UInt64.self) & 0x0101_0101_0101_0101
            let mask = Int(truncatingIfNeeded: (bits &* 0x0102_0408_1020_4080) &>> 56)
            let positions = SIMD8<Int32>(truncatingIfNeeded: places[mask]) &+ Int32(truncatingIfNeeded: row)
            UnsafeMutableRawPointer(target + found).storeBytes(of: positions, as: SIMD8<Int32>.self)
            found &+= mask.nonzeroBitCount
            row &+= 8
          }
          while row < count {
            target[found] = Int32(truncatingIfNeeded: row)
            found &+= Int(truths.load(fromByteOffset: row, as: UInt8.self) & 1)
            row &+= 1
          }
          initialized = found
        }
      }
    }
  }
}

private enum Selection {
  /// For each byte the positions of its bits, in order.
  static let placesOfBits: [SIMD8<UInt8>] = (0..<256).map { byte in
    var places = SIMD8<UInt8>()
    var found = 0
    for bit in 0..<8 where byte >> bit & 1 == 1 {
      places[found] = UInt8(bit)
      found += 1
    }
    return places
  }
}
