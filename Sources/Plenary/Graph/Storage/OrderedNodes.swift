import Synchronization

/// The nodes of an index in the order of their values, made when a range is first asked for.
///
/// Shared by all snapshots around the same base.
final class OrderedNodes: Sendable {
  private let known = Mutex<FlatArray<UInt32>?>(nil)

  /// The nodes, sorted by the values that `value` tells. O(n log n) the first time, O(1) afterwards.
  ///
  /// Whoever comes while they are being sorted waits.
  func nodes(of unsorted: () -> [UInt32], value: (UInt32) -> Value) -> FlatArray<UInt32> {
    known.withLock { known in
      if let known { return known }
      var entries = unsorted().map { (node: $0, value: value($0)) }
      entries.sort { a, b in
        let order = Value.order(a.value, b.value)
        return order < 0 || order == 0 && a.node < b.node
      }
      let sorted = FlatArray(entries.map(\.node))
      known = sorted
      return sorted
    }
  }
}

/// One end of a range of values.
struct IndexBound: Sendable {
  let value: Value
  let isInclusive: Bool

  /// Whether a value lies on the right side of this lower bound; false for one that cannot be compared with it.
  func isBelow(_ other: Value) -> Bool {
    let result = Value.compare(value, other)
    return result == .less || isInclusive && result == .equal
  }

  /// Whether a value lies on the right side of this upper bound.
  func isAbove(_ other: Value) -> Bool {
    let result = Value.compare(other, value)
    return result == .less || isInclusive && result == .equal
  }
}
