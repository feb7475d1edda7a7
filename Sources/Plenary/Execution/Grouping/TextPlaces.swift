/// The numbers of strings by where they lie in their heap, so that a string which comes again and again is read once.
///
/// Worth its while where the same few rows of a column come many times, as the names of neighbours do. A string that
/// lies in several places has an entry for each.
struct TextPlaces: Sendable {
  private struct Slot {
    var view: StringVector.View
    /// Number + 1, or 0 for an empty slot.
    var number: Int32
  }

  /// A power of two of them, at most half of them taken; none as long as no place is noted.
  private var slots: [Slot] = []
  private var count = 0
  /// How many places were asked for that were not there.
  private var misses = 0
  private var rowCount = 0
  private var isGivenUp = false

  /// With fewer rows the strings themselves are soon looked up.
  private static let fewRows = 4096

  /// The memory it takes.
  var byteCount: Int { slots.capacity * MemoryLayout<Slot>.stride }

  var isUsed: Bool { !slots.isEmpty }

  /// Makes room for some more rows, if places come again often enough; O(rows), spread over all calls.
  ///
  /// - Parameter distinct: how many strings there are so far.
  mutating func prepare(rows: Int, distinct: Int) {
    rowCount += rows
    guard !isGivenUp, isUsed || (rowCount > TextPlaces.fewRows && rowCount / 4 > distinct) else { return }
    if misses > TextPlaces.fewRows, misses > rowCount / 2 {
      self = TextPlaces()
      isGivenUp = true
      return
    }
    let needed = (count + rows) * 2
    guard needed > slots.count else { return }
    var capacity = max(1 << 13, slots.count)
    while capacity < needed { capacity *= 2 }
    let old = slots
    slots = Array(repeating: Slot(view: .null, number: 0), count: capacity)
    for slot in old where slot.number != 0 { slots[place(of: slot.view)] = slot }
  }

  /// The number of the string at a place, if it is noted.
  ///
  /// - Precondition: `isUsed`
  @inline(__always)
  mutating func number(at view: StringVector.View) -> Int32? {
    let slot = slots[place(of: view)]
    if slot.number != 0 { return slot.number &- 1 }
    misses &+= 1
    return nil
  }

  /// Notes the number of the string at a place that is not there yet.
  ///
  /// - Precondition: `prepare` made room.
  mutating func note(_ number: Int32, at view: StringVector.View) {
    slots[place(of: view)] = Slot(view: view, number: number &+ 1)
    count += 1
  }

  /// The slot that has a place, or where it belongs.
  @inline(__always)
  private func place(of view: StringVector.View) -> Int {
    let hash = (UInt64(view.offset) &<< 32 | UInt64(view.count)) &* 0x9E37_79B9_7F4A_7C15
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash ^ (hash &>> 32)) & mask
    return slots.withUnsafeBufferPointer { slots in
      while slots[place].number != 0,
        slots[place].view.offset != view.offset || slots[place].view.count != view.count
      {
        place = (place &+ 1) & mask
      }
      return place
    }
  }
}
