/// The rows of the right side of a join, found by their keys.
///
/// Rows lie side by side by the hash of their keys, in as many buckets as there are rows. Nothing in it changes once it
/// is made, so that many threads can ask it at once.
struct JoinTable: Sendable {
  let rows: Batch
  /// The keys of the rows, column by column.
  private let keys: [Vector]
  /// Where each bucket starts in `places`, and the end; empty for a join without keys.
  private var starts: [Int32] = []
  /// The rows of all buckets.
  private var places: [Int32] = []
  /// The upper half of the hash of each of them, which tells most of a bucket apart.
  private var tags: [UInt32] = []
  private var mask: UInt64 = 0

  /// About how much memory a row takes in the table, without the row itself.
  static let bytesPerRow = 16

  private static let comparisonsAtOnce = 1 << 18

  init(_ rows: Batch, keys: [Vector]) {
    self.rows = rows
    self.keys = keys
    guard !keys.isEmpty else { return }
    let (hashes, isUnmatched) = JoinTable.hashes(of: keys, count: rows.count)
    var bucketCount = 1
    while bucketCount < rows.count { bucketCount *= 2 }
    mask = UInt64(bucketCount - 1)
    var starts = Array(repeating: Int32(0), count: bucketCount + 1)
    let isIn = { (row: Int) in isUnmatched.isEmpty || !isUnmatched[row] }
    for row in hashes.indices where isIn(row) { starts[Int(hashes[row] & mask) + 1] += 1 }
    for bucket in 0..<bucketCount { starts[bucket + 1] += starts[bucket] }
    places = Array(repeating: 0, count: Int(starts[bucketCount]))
    tags = Array(repeating: 0, count: places.count)
    var next = starts
    for row in hashes.indices where isIn(row) {
      let bucket = Int(hashes[row] & mask)
      places[Int(next[bucket])] = Int32(truncatingIfNeeded: row)
      tags[Int(next[bucket])] = UInt32(truncatingIfNeeded: hashes[row] &>> 32)
      next[bucket] += 1
    }
    self.starts = starts
  }

  /// A hash of the keys of each row; and which rows equal nothing, for a key is null or NaN. No flags when there are none.
  ///
  /// Values that are equal for `=` have one hash, whatever vectors they are in.
  private static func hashes(of keys: [Vector], count: Int) -> (hashes: [UInt64], isUnmatched: [Bool]) {
    var isUnmatched: [Bool] = []
    var hashes: [UInt64] = []
    for (index, key) in keys.enumerated() {
      let own = key.joinHashes(noting: &isUnmatched)
      hashes = index == 0 ? own : zip(hashes, own).map { ($0 &* 0x9E37_79B9_7F4A_7C15) ^ $1 }
    }
    return (hashes, isUnmatched)
  }

  /// Rows of the left side that ask the table, and how far they have come.
  struct Probe {
    fileprivate let keys: [Vector]
    fileprivate let hashes: [UInt64]
    fileprivate let isUnmatched: [Bool]
    fileprivate var row = 0
    /// The next place to look at, once the row's bucket was begun.
    fileprivate var place: Int?

    init(_ keys: [Vector], count: Int) {
      self.keys = keys
      (hashes, isUnmatched) = JoinTable.hashes(of: keys, count: count)
    }

    /// Whether every row has got its matches.
    var isFinished: Bool { row >= hashes.count }
  }

  /// The next pairs of rows whose keys are equal, about `limit` of them at most; there may be none though the probe has
  /// not finished.
  func matches(_ probe: inout Probe, limit: Int) -> (left: [Int32], right: [Int32]) {
    guard probe.keys.count == 1 else {
      let comparers = zip(probe.keys, keys).map { JoinTable.comparer($0, $1) }
      return matches(&probe, limit) { left, right in comparers.allSatisfy { $0(left, right) } }
    }
    switch (probe.keys[0], keys[0]) {
    case (.integers(let left), .integers(let right)):
      return left.elements.withUnsafeBufferPointer { left in
        right.elements.withUnsafeBufferPointer { right in matches(&probe, limit) { left[$0] == right[$1] } }
      }
    case (.nodes(let left), .nodes(let right)), (.relationships(let left), .relationships(let right)):
      return left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in matches(&probe, limit) { left[$0] == right[$1] } }
      }
    case (.strings(let left), .strings(let right)):
      return matches(&probe, limit) { JoinTable.areEqual(left, $0, right, $1) }
    default:
      let comparer = JoinTable.comparer(probe.keys[0], keys[0])
      return matches(&probe, limit, comparer)
    }
  }

  @inline(__always)
  private func matches(
    _ probe: inout Probe, _ limit: Int, _ areEqual: (Int, Int) -> Bool
  ) -> (left: [Int32], right: [Int32]) {
    var (leftRows, rightRows): ([Int32], [Int32]) = ([], [])
    leftRows.reserveCapacity(limit)
    rightRows.reserveCapacity(limit)
    let count = probe.hashes.count
    var row = probe.row
    var place = probe.place
    // Where much is compared and little found, the caller looks now and then whether it is to stop.
    var compared = 0
    probe.hashes.withUnsafeBufferPointer { hashes in
      while row < count, leftRows.count < limit, compared < JoinTable.comparisonsAtOnce {
        guard probe.isUnmatched.isEmpty || !probe.isUnmatched[row] else {
          row += 1
          continue
        }
        let hash = hashes[row]
        let bucket = Int(truncatingIfNeeded: hash & mask)
        let end = Int(starts[bucket + 1])
        let tag = UInt32(truncatingIfNeeded: hash &>> 32)
        var candidate = place ?? Int(starts[bucket])
        compared &+= end &- candidate
        while candidate < end, leftRows.count < limit {
          if tags[candidate] == tag, areEqual(row, Int(places[candidate])) {
            leftRows.append(Int32(truncatingIfNeeded: row))
            rightRows.append(places[candidate])
          }
          candidate += 1
        }
        if candidate < end { place = candidate } else { (row, place) = (row + 1, nil) }
      }
    }
    (probe.row, probe.place) = (row, place)
    return (leftRows, rightRows)
  }

  // MARK: Equality of two rows

  private static func comparer(_ left: Vector, _ right: Vector) -> (Int, Int) -> Bool {
    switch (left, right) {
    case (.integers(let left), .integers(let right)): { left.elements[$0] == right.elements[$1] }
    case (.nodes(let left), .nodes(let right)), (.relationships(let left), .relationships(let right)):
      { left[$0] == right[$1] }
    case (.strings(let left), .strings(let right)): { areEqual(left, $0, right, $1) }
    // Lists with nulls in them, and NaN, are told from each other here.
    default: { Value.isEqual(left[$0], right[$1]) == .true }
    }
  }

  @inline(__always)
  private static func areEqual(_ left: StringVector, _ leftRow: Int, _ right: StringVector, _ rightRow: Int) -> Bool {
    UTF8Bytes.areEqual(left.heap.bytes(of: left[leftRow]), right.heap.bytes(of: right[rightRow]))
  }
}

extension Vector {
  /// A hash of each row, the same for values that are equal in the language.
  ///
  /// - Parameter isUnmatched: gets a flag for each row that equals nothing, as soon as there is one; or stays as it is.
  fileprivate func joinHashes(noting isUnmatched: inout [Bool]) -> [UInt64] {
    switch self {
    case .nodes(let ids), .relationships(let ids):
      note(ids.contains(.max), &isUnmatched) { ids[$0] == .max }
      return ids.map { ValueHash.integer(Int64($0)) }
    case .integers(let numbers):
      note(numbers.isNull != nil, &isUnmatched) { numbers.isNull?[$0] == true }
      return numbers.elements.map(ValueHash.integer)
    case .floats(let numbers):
      note(numbers.isNull != nil || numbers.elements.contains(where: \.isNaN), &isUnmatched) {
        numbers.isNull?[$0] == true || numbers.elements[$0].isNaN
      }
      return numbers.elements.map(ValueHash.float)
    case .strings(let strings):
      note(strings.hasNull, &isUnmatched) { strings[$0].isNull }
      return strings.views.map { $0.isNull ? 0 : ValueHash.bytes(strings.heap.bytes(of: $0)) }
    case .constant(let value, let count):
      note(value.equalsNothing, &isUnmatched) { _ in true }
      return Array(repeating: Vector.joinHash(value), count: count)
    case .booleans, .dates, .coded, .values:
      let values = valueArray
      note(values.contains(where: \.equalsNothing), &isUnmatched) { values[$0].equalsNothing }
      return values.map(Vector.joinHash)
    }
  }

  private func note(_ hasUnmatched: Bool, _ isUnmatched: inout [Bool], equalsNothing: (Int) -> Bool) {
    guard hasUnmatched else { return }
    if isUnmatched.isEmpty { isUnmatched = Array(repeating: false, count: count) }
    for row in isUnmatched.indices where equalsNothing(row) { isUnmatched[row] = true }
  }

  private static func joinHash(_ value: Value) -> UInt64 {
    switch value {
    case .node(let node): ValueHash.integer(Int64(node.rawValue))
    case .relationship(let relationship): ValueHash.integer(Int64(relationship.rawValue))
    default: ValueHash.value(value)
    }
  }
}

extension Value {
  /// Whether `=` is true of it and no value whatever: null and NaN.
  fileprivate var equalsNothing: Bool {
    switch self {
    case .null: true
    case .float(let number): number.isNaN
    default: false
    }
  }
}
