import Synchronization

/// Keys that are whole numbers and lie close together, so that a table may have a place for each.
struct KeyRange: Sendable {
  let least: Double
  let count: Int

  /// The largest table that is worth it, in places.
  private static let largestCount = 1 << 20
  private static let largestKey = 0x1p53

  /// - Parameter keys: NaN where there is none.
  /// - Returns: `nil` where one is not whole, or they are spread over much more places than there are keys.
  init?(of keys: FlatArray<Double>) {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for key in keys.buffer where !key.isNaN {
      guard key.magnitude < KeyRange.largestKey, key == Double(Int64(key)) else { return nil }
      least = min(least, key)
      greatest = max(greatest, key)
    }
    guard least <= greatest, greatest - least < Double(min(keys.count * 4 + 1024, KeyRange.largestCount)) else {
      return nil
    }
    self.least = least
    count = Int(greatest - least) + 1
  }

  /// The place of a key; `nil` where there is none for it.
  @inline(__always)
  func place(of key: Double) -> Int? {
    let place = key - least
    guard place >= 0, place < Double(count) else { return nil }
    let whole = Int(place)
    return Double(whole) == place ? whole : nil
  }
}

/// Where one node's neighbours have each of their keys, equal ones side by side: found in a table, not by searching.
///
/// Worth it where many rows have the same node, one after the other. Sendable because one thread uses it at a time.
final class KeyPlaces: @unchecked Sendable {
  /// A run of the keys.
  struct Span {
    var start: UInt32
    var end: UInt32

    var isEmpty: Bool { start >= end }
  }

  private let range: KeyRange
  /// By place the run of the keys that are equal to it.
  private let runs: UnsafeMutablePointer<Span>
  private var filled = Span(start: 0, end: 0)

  init(for range: KeyRange) {
    self.range = range
    runs = .allocate(capacity: range.count)
    runs.initialize(repeating: Span(start: 0, end: 0), count: range.count)
  }

  deinit { runs.deallocate() }

  /// Whether the table is of this run.
  @inline(__always)
  func isFilled(with span: Span) -> Bool { filled.start == span.start && filled.end == span.end }

  /// Makes the table one of a node's keys. O(keys, and those of the node before).
  ///
  /// - Parameter keys: all nodes' keys, of which those in `span` are in the range, equal ones side by side.
  func fill(with span: Span, of keys: UnsafePointer<Double>) {
    forEachRun(in: filled, of: keys) { place, _ in runs[place] = Span(start: 0, end: 0) }
    forEachRun(in: span, of: keys) { runs[$0] = $1 }
    filled = span
  }

  private func forEachRun(in span: Span, of keys: UnsafePointer<Double>, _ body: (Int, Span) -> Void) {
    var start = span.start
    while start < span.end {
      let key = keys[Int(start)]
      var end = start &+ 1
      while end < span.end, keys[Int(end)] == key { end &+= 1 }
      body(Int(key - range.least), Span(start: start, end: end))
      start = end
    }
  }

  /// Where keys go so that equal ones are side by side, in the order in which each is first met. O(keys).
  ///
  /// - Precondition: the table is not filled yet.
  /// - Parameters:
  ///   - keys: the keys of one node, in the range.
  ///   - positions: where each of them goes, counted from zero.
  func group(_ keys: [Double], positions: inout [UInt32]) {
    positions.removeAll(keepingCapacity: true)
    // How many there are of each key, as the end of its run; then the runs one after the other.
    for key in keys { runs[Int(key - range.least)].end &+= 1 }
    var next: UInt32 = 0
    for key in keys {
      let place = Int(key - range.least)
      // The run begins one behind, so that zero says that it has no place yet.
      if runs[place].start == 0 {
        runs[place].start = next &+ 1
        next &+= runs[place].end
      }
      positions.append(runs[place].start &- 1)
      runs[place].start &+= 1
    }
    for key in keys { runs[Int(key - range.least)] = Span(start: 0, end: 0) }
  }

  /// The keys that are equal to one.
  @inline(__always)
  subscript(key: Double) -> Span { range.place(of: key).map { runs[$0] } ?? Span(start: 0, end: 0) }
}

/// Tables that threads take and give back.
final class KeyPlacesPool: Sendable {
  private let range: KeyRange
  private let free = Mutex<[KeyPlaces]>([])

  init(for range: KeyRange) { self.range = range }

  /// A table that is not one of the pool's.
  func make() -> KeyPlaces { KeyPlaces(for: range) }

  func withPlaces<Result>(_ body: (KeyPlaces) throws -> Result) rethrows -> Result {
    let places = free.withLock { $0.popLast() } ?? KeyPlaces(for: range)
    defer { free.withLock { $0.append(places) } }
    return try body(places)
  }
}
