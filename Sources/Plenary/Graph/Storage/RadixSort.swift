/// Pairs of 32-bit numbers packed into 64-bit keys, sorted digit by digit from the low end: what turns a list of
/// relationships into adjacency.
///
/// Passes of 11 bits write to at most 2,048 places at once, which the caches hold; scattering by node directly misses them
/// on every relationship of a big graph and takes eight times as long.
enum RadixSort {
  /// Which part of the keys decides.
  enum Field {
    /// The high half, then the low half.
    case both
    /// The high half alone; pairs that agree in it keep their order.
    case high
  }

  /// Sorts keys, stably, and payloads along with them. O(keys).
  ///
  /// - Parameter scratch: room for as many keys, if the caller has it; what it holds afterwards means nothing.
  static func sort(
    _ keys: inout FlatArray<UInt64>, payloads: inout FlatArray<UInt32>?, by field: Field = .both,
    scratch: inout FlatArray<UInt64>?
  ) {
    let count = keys.count
    guard count > 1, !isSorted(keys, by: field) else { return }
    // Only bits that differ between keys need sorting.
    var (all, any) = (UInt64.max, 0 as UInt64)
    for index in 0..<count {
      all &= keys.start[index]
      any |= keys.start[index]
    }
    let varying = (all ^ any) & (field == .both ? .max : .max << 32)
    var keyScratch = scratch ?? FlatArray<UInt64>(uninitializedCount: count)
    precondition(keyScratch.count >= count)
    scratch = nil
    var payloadScratch = payloads.map { FlatArray<UInt32>(uninitializedCount: $0.count) }
    for digit in digits(covering: varying) {
      if let from = payloads, let to = payloadScratch {
        scatter(keys, keyScratch, digit, payloads: (from, to))
        (payloads, payloadScratch) = (to, from)
      } else {
        scatter(keys, keyScratch, digit, payloads: nil)
      }
      swap(&keys, &keyScratch)
    }
    scratch = keyScratch
  }

  private static func isSorted(_ keys: FlatArray<UInt64>, by field: Field) -> Bool {
    let shift: UInt64 = field == .both ? 0 : 32
    for index in 1..<keys.count where keys.start[index &- 1] &>> shift > keys.start[index] &>> shift { return false }
    return true
  }

  private struct Digit {
    let shift: UInt64
    let width: Int
  }

  /// As few digits of at most 11 bits as cover the bits set, low end first.
  private static func digits(covering bits: UInt64) -> [Digit] {
    var digits: [Digit] = []
    for half in [0 as UInt64, 32] {
      let field = UInt32(truncatingIfNeeded: bits >> half)
      guard field != 0 else { continue }
      let low = field.trailingZeroBitCount
      let width = 32 - field.leadingZeroBitCount - low
      let passes = (width + 10) / 11
      let perPass = (width + passes - 1) / passes
      for pass in 0..<passes {
        digits.append(
          Digit(shift: half + UInt64(low + pass * perPass), width: min(perPass, width - pass * perPass)))
      }
    }
    return digits
  }

  @inline(__always)
  private static func scatter(
    _ from: FlatArray<UInt64>, _ to: FlatArray<UInt64>, _ digit: Digit,
    payloads: (from: FlatArray<UInt32>, to: FlatArray<UInt32>)?
  ) {
    let mask = 1 as UInt64 &<< UInt64(digit.width) &- 1
    let next = FlatArray<Int>(repeating: 0, count: Int(mask) + 1)
    let (source, target, places, shift) = (from.start, to.start, next.start, digit.shift)
    for index in 0..<from.count { places[Int(truncatingIfNeeded: source[index] &>> shift & mask)] &+= 1 }
    var total = 0
    for place in 0...Int(mask) {
      let size = places[place]
      places[place] = total
      total += size
    }
    if let payloads {
      let (payloadSource, payloadTarget) = (payloads.from.start, payloads.to.start)
      for index in 0..<from.count {
        let key = source[index]
        let digit = Int(truncatingIfNeeded: key &>> shift & mask)
        let place = places[digit]
        places[digit] = place &+ 1
        target[place] = key
        payloadTarget[place] = payloadSource[index]
      }
    } else {
      for index in 0..<from.count {
        let key = source[index]
        let digit = Int(truncatingIfNeeded: key &>> shift & mask)
        let place = places[digit]
        places[digit] = place &+ 1
        target[place] = key
      }
    }
    withExtendedLifetime((from, to, next, payloads)) {}
  }
}
