import Synchronization

/// Empty sets that searches are through with, for searches to come.
///
/// A new set is zeroed, which takes longer the more nodes there are; a search that meets a few of them should not pay for
/// that.
enum NodeSetPool {
  private static let sets = Mutex<[NodeSet]>([])
  /// How many sets are kept, and for how many nodes at most: a megabyte each.
  private static let (limit, capacityLimit) = (4, 1 << 23)

  /// An empty set for that many nodes.
  static func take(capacity: Int) -> NodeSet {
    let kept = sets.withLock { sets in
      sets.lastIndex { $0.capacity >= capacity }.map { sets.remove(at: $0) }
    }
    return kept ?? NodeSet(capacity: capacity)
  }

  /// Takes a set, empty again, that nobody else uses any more.
  static func giveBack(_ set: NodeSet) {
    guard set.capacity <= capacityLimit else { return }
    sets.withLock { sets in
      // The oldest goes: it may be of a graph that is gone.
      if sets.count == limit { sets.removeFirst() }
      sets.append(set)
    }
  }
}
