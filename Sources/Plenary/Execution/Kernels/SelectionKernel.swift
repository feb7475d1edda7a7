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
    withUnsafeBufferPointer { truths in
      [Int32](unsafeUninitializedCapacity: count + Selection.slack) { target, initialized in
        guard let target = target.baseAddress else { return }
        initialized = Selection.select(truths, from: 0, into: target)
      }
    }
  }
}

/// Writes down which of some truth values are true.
enum Selection {
  /// So many elements behind the last one may be written to.
  static let slack = 8

  /// Writes the positions that are true, in order, counted from a number on. O(n).
  ///
  /// - Parameter target: room for all of them and `slack` more.
  /// - Returns: how many there are.
  @inline(__always)
  static func select<Position: FixedWidthInteger & SIMDScalar>(
    _ truths: UnsafeBufferPointer<Ternary>, from first: Position, into target: UnsafeMutablePointer<Position>
  ) -> Int {
    let truths = UnsafeRawBufferPointer(truths)
    guard let start = truths.baseAddress else { return 0 }
    return placesOfBits.withUnsafeBufferPointer { places in
      var found = 0
      var row = 0
      // Each step writes eight positions, of which only the first ones count.
      while row &+ 8 <= truths.count {
        // Only "true" has the lowest bit; the product moves the eight of them into the top byte.
        let bits = start.loadUnaligned(fromByteOffset: row, as: UInt64.self) & 0x0101_0101_0101_0101
        let mask = Int(truncatingIfNeeded: (bits &* 0x0102_0408_1020_4080) &>> 56)
        let positions =
          SIMD8<Position>(truncatingIfNeeded: places[mask]) &+ (first &+ Position(truncatingIfNeeded: row))
        UnsafeMutableRawPointer(target + found).storeBytes(of: positions, as: SIMD8<Position>.self)
        found &+= mask.nonzeroBitCount
        row &+= 8
      }
      while row < truths.count {
        (target + found).initialize(to: first &+ Position(truncatingIfNeeded: row))
        found &+= Int(start.load(fromByteOffset: row, as: UInt8.self) & 1)
        row &+= 1
      }
      return found
    }
  }

  /// For each byte the positions of its bits, in order.
  private static let placesOfBits: [SIMD8<UInt8>] = (0..<256).map { byte in
    var places = SIMD8<UInt8>()
    var found = 0
    for bit in 0..<8 where byte >> bit & 1 == 1 {
      places[found] = UInt8(bit)
      found += 1
    }
    return places
  }
}
