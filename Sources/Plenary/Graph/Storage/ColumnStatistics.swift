import Synchronization

/// What the planner knows of the values of one property among the nodes of one label.
struct ColumnStatistics: Sendable {
  /// How many nodes have a value.
  var present = 0
  /// How many different values there are.
  var distinct = 0.0
  /// Some of the values, evenly spread over the nodes that have one.
  var sample = ValueSample()

  /// How many nodes are expected to have a value that a test holds for.
  func expectedCount(where test: (Value) -> Bool) -> Double {
    guard !sample.values.isEmpty else { return Double(present) }
    let found = sample.values.count(where: test)
    // What no value of the sample meets may still be there.
    return Double(present) * max(Double(found), 0.5) / Double(sample.values.count)
  }

  /// How many nodes are expected to have a value: by the sample, where it is large enough to meet most values several
  /// times; else as many as an average value has.
  func expectedCount(of value: Value) -> Double {
    guard distinct * 4 <= Double(sample.values.count) else { return Double(present) / max(1, distinct) }
    return expectedCount { $0 == value }
  }
}

/// Every so many-th of a row of values, so that there are a few hundred of them however many are offered.
struct ValueSample: Sendable {
  private(set) var values: [Value] = []
  private var stride = 1
  private var offered = 0

  private static let capacity = 256

  /// Takes the value if it is its turn.
  @inline(__always)
  mutating func offer(_ value: @autoclosure () -> Value) {
    defer { offered += 1 }
    guard offered % stride == 0 else { return }
    values.append(value())
    guard values.count >= 2 * ValueSample.capacity else { return }
    values = values.indices.filter { $0 % 2 == 0 }.map { values[$0] }
    stride *= 2
  }
}

/// Statistics of the columns of one base, found when first asked for and then kept.
///
/// Shared by all graphs around the same base.
final class ColumnStatisticsCache: Sendable {
  private struct Place: Hashable {
    let label: LabelToken?
    let key: KeyToken
  }

  /// The cache of the empty base, which never has anything to keep.
  static let ofNothing = ColumnStatisticsCache()

  private let known = Mutex<[Place: ColumnStatistics]>([:])

  func statistics(
    label: LabelToken?, key: KeyToken, computing compute: () -> ColumnStatistics
  ) -> ColumnStatistics {
    let place = Place(label: label, key: key)
    if let found = known.withLock({ $0[place] }) { return found }
    let computed = compute()
    known.withLock { $0[place] = computed }
    return computed
  }
}

/// A set of hashes: open addressing, for counting what is distinct.
struct HashSet {
  private var slots: [UInt64] = Array(repeating: 0, count: 256)
  private(set) var count = 0

  mutating func insert(_ hash: UInt64) {
    let hash = hash == 0 ? 1 : hash
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] == hash { return }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = hash
    count += 1
    if count * 2 > slots.count { grow() }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for hash in old where hash != 0 {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = hash
    }
  }
}

extension GraphState {
  /// Statistics of a property among the nodes of a label, or among all nodes.
  ///
  /// Of what is in the base as it was when first asked, and a sample of what was written since.
  func columnStatistics(label: LabelToken?, key: KeyToken) -> ColumnStatistics {
    var result = ColumnStatistics()
    if let column = base.nodeColumn(key) {
      result = columnStatistics.statistics(label: label, key: key) {
        statistics(of: column, among: label)
      }
    }
    addChanges(of: key, among: label, to: &result)
    return result
  }

  /// Exact for up to 65,536 values; beyond, distinct values are estimated from 8,192 of them, spread evenly: planning
  /// must not wait for a column to be read.
  private func statistics(of column: PropertyColumn, among label: LabelToken?) -> ColumnStatistics {
    let total = column.rows.rowCount
    let step = total > 65_536 ? total / 8_192 : 1
    var result = ColumnStatistics()
    var seen: [UInt64: Int] = [:]
    for row in stride(from: 0, to: total, by: step) {
      let id = column.rows.id(ofRow: row)
      guard liveNodes.contains(id) else { continue }
      if let label, !hasLabel(id, Int(label.rawValue)) { continue }
      result.present += 1
      result.sample.offer(column.value(of: id))
      if let hash = column.withBytes(at: row, ValueHash.bytes) {
        seen[hash, default: 0] += 1
      } else {
        seen[ValueHash.value(column.value(of: id)), default: 0] += 1
      }
    }
    let once = seen.values.reduce(0) { $0 + ($1 == 1 ? 1 : 0) }
    result.distinct = Double(seen.count)
    if step > 1 {
      // The guaranteed-error estimator: what was seen once stands for the root of the sampling factor.
      result.distinct =
        once == seen.count && seen.count > 1
        ? Double(once * step) : Double(step).squareRoot() * Double(once) + Double(seen.count - once)
      result.present *= step
    }
    return result
  }

  private func addChanges(of key: KeyToken, among label: LabelToken?, to result: inout ColumnStatistics) {
    guard Int(key.rawValue) < nodeChanges.count else { return }
    let changes = nodeChanges[Int(key.rawValue)]
    let starts = changes.leafIndices
    // At most 16 leaves, spread evenly.
    let step = max(1, starts.count / 16)
    var hashes = HashSet()
    var sampled = 0
    for start in stride(from: 0, to: starts.count, by: step).map({ starts[$0] }) {
      guard let leaf = changes.leaf(containing: start) else { continue }
      for offset in 0..<SparseArray<Value?>.leafCapacity {
        guard let value = leaf[offset], !value.isAbsent else { continue }
        let id = UInt32(start + offset)
        if let label, !hasLabel(id, Int(label.rawValue)) { continue }
        sampled += 1
        hashes.insert(ValueHash.value(value))
        result.sample.offer(value)
      }
    }
    guard sampled > 0 else { return }
    result.present += sampled * step
    // A sample whose values are nearly all different speaks of a key; any other of a small domain.
    let isKeyLike = Double(hashes.count) > 0.9 * Double(sampled)
    result.distinct = max(result.distinct, 0) + Double(hashes.count) * (isKeyLike ? Double(step) : 1)
    result.distinct = min(result.distinct, Double(result.present))
  }
}
