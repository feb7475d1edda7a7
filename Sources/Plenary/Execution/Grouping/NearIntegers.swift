/// The numbers of integers that lie close together, in a table as long as they are apart: years, ages, days.
struct NearIntegers {
  private static let longestTable = 1 << 16

  private var first: Int64 = 0
  /// Number + 1 of each integer from `first` on, or 0.
  private var places: [Int32] = []
  /// Whether integers were met that lie too far apart.
  private var isGivenUp = false

  /// The memory it takes.
  var byteCount: Int { places.capacity * 4 }

  /// The numbers of integers up to the first one that is not known. O(rows).
  func codes(_ integers: ArraySlice<Int64>) -> [Int32] {
    guard !places.isEmpty else { return [] }
    let first = UInt64(bitPattern: first)
    return places.withUnsafeBufferPointer { places in
      integers.withUnsafeBufferPointer { integers in
        [Int32](unsafeUninitializedCapacity: integers.count) { target, count in
          for row in 0..<integers.count {
            let place = UInt64(bitPattern: integers[row]) &- first
            guard place < UInt64(places.count) else { return }
            let code = places[Int(truncatingIfNeeded: place)]
            guard code != 0 else { return }
            target.initializeElement(at: row, to: code &- 1)
            count = row &+ 1
          }
        }
      }
    }
  }

  /// Takes in new integers.
  ///
  /// - Parameters:
  ///   - keys: the integer of each number.
  ///   - known: the number of the first one that is new.
  ///   - null: the number that stands for no integer.
  mutating func note(_ keys: [Int64], from known: Int, except null: Int32?) {
    guard !isGivenUp else { return }
    var (least, greatest) = (Int64.max, Int64.min)
    for code in known..<keys.count where code != null.map(Int.init) {
      least = min(least, keys[code])
      greatest = max(greatest, keys[code])
    }
    guard least <= greatest else { return }
    var start = known
    let fits = !places.isEmpty && least >= first && UInt64(bitPattern: greatest &- first) < places.count
    if !fits {
      if !places.isEmpty {
        least = min(least, first)
        greatest = max(greatest, first + Int64(places.count - 1))
      }
      let (span, overflows) = greatest.subtractingReportingOverflow(least)
      guard !overflows, span < Int64(NearIntegers.longestTable) else {
        self = NearIntegers()
        isGivenUp = true
        return
      }
      // Some room on both sides, so that it is not made anew for each integer that comes.
      let room = min(span / 2, (Int64(NearIntegers.longestTable) - span) / 2)
      let isAtTheEnds = least < .min + room || greatest > .max - room
      first = isAtTheEnds ? least : least - room
      places = Array(repeating: 0, count: Int(isAtTheEnds ? span : span + room * 2) + 1)
      start = 0
    }
    for code in start..<keys.count where code != null.map(Int.init) {
      places[Int(keys[code] &- first)] = Int32(truncatingIfNeeded: code + 1)
    }
  }
}

extension NullableArray<Double> {
  /// The numbers as their bits: equal where they are equivalent.
  var bits: NullableArray<Int64> {
    NullableArray<Int64>(
      elements.map { Int64(bitPattern: $0 == 0 ? 0 : $0.isNaN ? Double.nan.bitPattern : $0.bitPattern) },
      isNull: isNull)
  }
}
