/// Says what a property index is on.
public struct IndexDescription: Hashable, Sendable {
  /// The index's own name, unique in its graph.
  public let name: String
  /// Nodes with this label are in it.
  public let label: String
  /// They are found by the value of this property.
  public let key: String
  /// Whether no two of the nodes have equal values: because a constraint sees to that, or because the property is the
  /// id column of an import and nothing has been written since that another node had already.
  public let isUnique: Bool
  /// The constraint that the index serves.
  public let constraint: String?

  /// Whether the index is on a label and a property, by code points.
  func isOn(label: String, key: String) -> Bool {
    self.label.hasSameCodePoints(as: label) && self.key.hasSameCodePoints(as: key)
  }

  /// Whether all is the same, names by code points.
  public static func == (a: IndexDescription, b: IndexDescription) -> Bool {
    a.name.hasSameCodePoints(as: b.name) && a.isOn(label: b.label, key: b.key) && a.isUnique == b.isUnique
      && (a.constraint.map { one in b.constraint?.hasSameCodePoints(as: one) ?? false } ?? (b.constraint == nil))
  }

  /// Hashes the code points of the name, which is unique in its graph.
  public func hash(into hasher: inout Hasher) { name.hashCodePoints(into: &hasher) }
}

/// Finds the nodes of a label by the value of a property.
///
/// Buckets by hash: an immutable part, made with the graph's base, and chains for what was written since. Entries are
/// never taken out; whoever looks something up checks what is found against the graph as it is now.
struct PropertyIndex: Sendable {
  let name: String
  let label: LabelToken
  let key: KeyToken
  /// Whether no two nodes have equal values. Every value noted is to be checked; see `GraphState.checkUniqueness()`.
  var isUnique: Bool
  /// The name of the constraint that the index serves.
  var constraint: String?
  private var base = IndexBuckets(entries: [])
  private var ordered = OrderedNodes()
  private var newest = SparseArray<UInt32>(fill: PropertyIndex.none)
  private var newEntries = SparseArray<NewEntry>(fill: NewEntry())
  private var newEntryCount = 0
  /// How many of the new entries are known to have values that no other node has.
  private var checkedEntryCount = 0
  private var newBucketMask: UInt64 = 1023

  private static let none = UInt32.max

  private struct NewEntry: Sendable {
    var hash: UInt64 = 0
    var node: UInt32 = 0
    var older: UInt32 = PropertyIndex.none
  }

  init(name: String, label: LabelToken, key: KeyToken, isUnique: Bool) {
    self.name = name
    self.label = label
    self.key = key
    self.isUnique = isUnique
  }

  /// Forgets everything and indexes the nodes of a graph anew. O(nodes of the label).
  mutating func rebuild(from state: borrowing GraphState) {
    var entries: [(hash: UInt64, node: UInt32)] = []
    var changed: [(node: UInt32, value: Value)] = []
    if Int(label.rawValue) < state.labels.count {
      state.labels[Int(label.rawValue)].forEach { node in
        // The immutable part stands for values in the graph's base; others are new here too.
        if let value = state.changedNodeProperty(Int(key.rawValue), of: node) {
          changed.append((node, value))
        } else if let hash = state.hashOfBaseProperty(Int(key.rawValue), of: node) {
          entries.append((hash, node))
        }
      }
    }
    base = IndexBuckets(entries: entries)
    ordered = OrderedNodes()
    newest = SparseArray(fill: PropertyIndex.none)
    newEntries = SparseArray(fill: NewEntry())
    newEntryCount = 0
    newBucketMask = 1023
    for (node, value) in changed { note(node, value) }
    checkedEntryCount = newEntryCount
  }

  /// Whether the immutable part is the same as another's, so that one of the two comes from the other by writes.
  func hasSameBase(as other: PropertyIndex) -> Bool { base === other.base }

  /// Takes over the entries of an index that was made of an earlier state of this one, and adds those noted since.
  ///
  /// - Parameters:
  ///   - folded: the index made of `origin`.
  ///   - origin: an index that this one comes from by writes.
  mutating func rebase(onto folded: PropertyIndex, addingSince origin: PropertyIndex) {
    let own = self
    (base, ordered) = (folded.base, folded.ordered)
    (newest, newEntries, newEntryCount) = (folded.newest, folded.newEntries, folded.newEntryCount)
    newBucketMask = folded.newBucketMask
    for entry in origin.newEntryCount..<max(origin.newEntryCount, own.newEntryCount) {
      let noted = own.newEntries[entry]
      append(hash: noted.hash, node: noted.node)
    }
    checkedEntryCount = newEntryCount
  }

  /// Adds a node under a value. O(1).
  mutating func note(_ node: UInt32, _ value: Value) {
    guard !value.isAbsent, newEntryCount < Int(PropertyIndex.none) else { return }
    append(hash: ValueHash.value(value), node: node)
  }

  private mutating func append(hash: UInt64, node: UInt32) {
    link(newEntryCount, hash: hash, node: node)
    newEntryCount += 1
    if newEntryCount > 4 * Int(newBucketMask) { growBuckets() }
  }

  private mutating func link(_ entry: Int, hash: UInt64, node: UInt32) {
    let bucket = Int(truncatingIfNeeded: hash & newBucketMask)
    newEntries[entry] = NewEntry(hash: hash, node: node, older: newest[bucket])
    newest[bucket] = UInt32(entry)
  }

  private mutating func growBuckets() {
    newBucketMask = newBucketMask << 3 | 7
    newest = SparseArray(fill: PropertyIndex.none)
    for entry in 0..<newEntryCount {
      let old = newEntries[entry]
      link(entry, hash: old.hash, node: old.node)
    }
  }

  /// Calls `body` with every node that may have the value: all that do, and perhaps others, some twice.
  func forEachCandidate(_ value: Value, _ body: (UInt32) -> Void) {
    forEachCandidate(hash: ValueHash.value(value), body)
  }

  /// Whether values were noted that may be those of other nodes too.
  var hasUncheckedEntries: Bool { isUnique && checkedEntryCount < newEntryCount }

  /// Takes all values noted so far for checked.
  mutating func markChecked() { checkedEntryCount = newEntryCount }

  /// Calls `body` with the nodes noted since the last check and the hash of the value each was noted with.
  func forEachUncheckedEntry(_ body: (UInt32, UInt64) throws -> Void) rethrows {
    for entry in checkedEntryCount..<newEntryCount { try body(newEntries[entry].node, newEntries[entry].hash) }
  }

  /// Calls `body` with every node that may have a value of this hash.
  func forEachCandidate(hash: UInt64, _ body: (UInt32) -> Void) {
    for node in base.nodes(hash) { body(node) }
    var entry = newest[Int(truncatingIfNeeded: hash & newBucketMask)]
    while entry != PropertyIndex.none {
      let candidate = newEntries[Int(entry)]
      if candidate.hash == hash { body(candidate.node) }
      entry = candidate.older
    }
  }
}

extension PropertyIndex {
  /// The nodes of the immutable part whose values in the base lie in a range, in the order of their values.
  /// O(log n) after one sort of the base.
  ///
  /// - Parameters:
  ///   - range: of values that can be compared with each other.
  ///   - column: the values in the base.
  func baseNodes(in range: IndexRange, _ column: PropertyColumn) -> FlatArray<UInt32> {
    let nodes = ordered.nodes { column.sorted(base.allNodes) }
    func firstPosition(where isBeyond: (Value) -> Bool) -> Int {
      var (low, high) = (0, nodes.count)
      while low < high {
        let middle = (low + high) / 2
        if isBeyond(column.value(of: nodes[middle])) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    // The order of all values sorts by type first: the other end of an open range is that of its type.
    let start = firstPosition { value in
      guard let lower = range.lower else {
        return Value.order(value, range.anchor) >= 0 || Value.compare(value, range.anchor) != .incomparable
      }
      return Value.order(value, lower.value) >= (lower.isInclusive ? 0 : 1)
    }
    let end = firstPosition { value in
      guard let upper = range.upper else {
        // NaN, the last of the numbers, is in no range.
        let comparison = Value.compare(value, range.anchor)
        return Value.order(value, range.anchor) > 0 && (comparison == .incomparable || comparison == .unordered)
      }
      return Value.order(value, upper.value) >= (upper.isInclusive ? 1 : 0)
    }
    return FlatArray(nodes, in: start..<max(start, end))
  }

  /// Calls `body` with every node noted since the base was made, some twice.
  func forEachNewNode(_ body: (UInt32) -> Void) {
    for entry in 0..<newEntryCount { body(newEntries[entry].node) }
  }
}

/// Nodes sorted into buckets by the hash of a value; immutable.
final class IndexBuckets: Sendable {
  private let offsets: FlatArray<UInt32>
  private let nodesByBucket: FlatArray<UInt32>
  private let mask: UInt64

  init(entries: [(hash: UInt64, node: UInt32)]) {
    var bucketCount = 1
    while bucketCount < entries.count { bucketCount *= 2 }
    mask = UInt64(bucketCount - 1)
    offsets = FlatArray(repeating: 0, count: bucketCount + 1)
    nodesByBucket = FlatArray(uninitializedCount: entries.count)
    for entry in entries { offsets.start[Int(entry.hash & mask) + 1] += 1 }
    for bucket in 0..<bucketCount { offsets.start[bucket + 1] += offsets.start[bucket] }
    let next = FlatArray<UInt32>(uninitializedCount: bucketCount)
    next.start.initialize(from: offsets.start, count: bucketCount)
    for entry in entries {
      let bucket = Int(entry.hash & mask)
      nodesByBucket.start[Int(next.start[bucket])] = entry.node
      next.start[bucket] += 1
    }
  }

  /// Every node, in no particular order.
  var allNodes: [UInt32] { Array(nodesByBucket.buffer) }

  func nodes(_ hash: UInt64) -> UnsafeBufferPointer<UInt32> {
    let bucket = Int(hash & mask)
    return UnsafeBufferPointer(rebasing: nodesByBucket.buffer[Int(offsets[bucket])..<Int(offsets[bucket + 1])])
  }
}

extension GraphState {
  /// The value of a node's property if it was set since the base was made.
  func changedNodeProperty(_ key: Int, of node: UInt32) -> Value? {
    key < nodeChanges.count ? nodeChanges[key][Int(node)] : nil
  }

  /// The hash of a node's property in the base, without making a `String` of text; `nil` where there is no value.
  func hashOfBaseProperty(_ key: Int, of node: UInt32) -> UInt64? {
    guard let column = base.nodeColumn(KeyToken(key)), let row = column.row(of: node) else { return nil }
    return column.withBytes(at: row, ValueHash.bytes) ?? ValueHash.value(column.value(of: node))
  }
}
