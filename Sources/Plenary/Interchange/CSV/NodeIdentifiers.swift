/// The ids that nodes have in the files of one id space, and the nodes that have them.
///
/// Ids are gathered file by file, then `seal` makes them findable: whole numbers that lie close together through
/// `DenseIdentifiers`, all others through a hash table.
struct NodeIdentifiers {
  /// What the ids are: whole numbers compare and hash faster than text, and are kept as integers.
  private(set) var integers: [Int64] = []
  private var text: [UInt8] = []
  private var offsets = [0]
  let areIntegers: Bool

  /// Where the ids of a file begin, and the node that has the first of them.
  private var runs: [(start: Int, firstNode: UInt32)] = []

  private enum Lookup {
    case unsealed
    case dense(DenseIdentifiers)
    /// Slots of a table by open addressing: in the upper half a part of the hash, in the lower the index + 1.
    case hashed(slots: FlatArray<UInt64>)
  }
  private var lookup = Lookup.unsealed

  init(areIntegers: Bool) { self.areIntegers = areIntegers }

  var count: Int { areIntegers ? integers.count : offsets.count - 1 }

  /// Says that the ids added from now on belong to consecutive nodes.
  mutating func beginRun(firstNode: UInt32) { runs.append((count, firstNode)) }

  mutating func append(_ ids: [Int64]) { integers += ids }

  /// - Parameter ends: where each id ends in the bytes.
  mutating func append(_ bytes: [UInt8], ends: [Int]) {
    let start = text.count
    text += bytes
    for end in ends { offsets.append(start + end) }
  }

  /// Finds the nodes of whole numbers, up to the first that no node has; returns how many.
  ///
  /// One after the other without anything between, so that the processor waits for the memory of many at once: a lookup
  /// in a table too large for the caches takes ten times as long between the steps of reading text.
  @inline(__always)
  func nodes(of numbers: [Int64], _ found: (_ index: Int, _ node: UInt32) -> Void) -> Int {
    if case .dense(let dense) = lookup { return dense.nodes(of: numbers, found) }
    for (index, number) in numbers.enumerated() {
      guard let node = node(number) else { return index }
      found(index, node)
    }
    return numbers.count
  }

  /// The node of an id by its number among all.
  func node(at index: Int) -> UInt32 {
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].start <= index { low = middle } else { high = middle }
    }
    return runs[low].firstNode + UInt32(index - runs[low].start)
  }

  /// Two nodes with the same id.
  struct Duplicate {
    let first: UInt32
    let second: UInt32
  }

  /// Makes the ids findable; tells of the first id that is there twice. O(ids).
  mutating func seal() -> Duplicate? {
    if areIntegers, let least = integers.min(), let greatest = integers.max() {
      let (span, overflow) = greatest.subtractingReportingOverflow(least)
      if !overflow, span < Int64(integers.count) * 4 + 1024 { return sealDense(least, span: Int(span) + 1) }
    }
    return sealHashed()
  }

  private mutating func sealDense(_ least: Int64, span: Int) -> Duplicate? {
    if let first = firstNodeOfAscending(from: least) {
      lookup = .dense(DenseIdentifiers(least: least, count: count, firstNode: first))
      return nil
    }
    let flat = FlatArray<UInt32>(repeating: NodeID.noneRawValue, count: span)
    let nodes = flat.start
    for (run, next) in zip(runs, runs.dropFirst().map(\.start) + [count]) {
      var node = run.firstNode
      for index in run.start..<next {
        let place = Int(integers[index] - least)
        if nodes[place] != NodeID.noneRawValue { return Duplicate(first: nodes[place], second: node) }
        nodes[place] = node
        node += 1
      }
    }
    lookup = .dense(DenseIdentifiers(least: least, nodes: flat))
    return nil
  }

  /// The node of the first id, if the ids are `least`, `least + 1` and so on and their nodes follow one another, too.
  private func firstNodeOfAscending(from least: Int64) -> UInt32? {
    guard let first = runs.first?.firstNode, runs.allSatisfy({ Int($0.firstNode - first) == $0.start }) else {
      return nil
    }
    for (index, number) in integers.enumerated() where number &- least != Int64(index) { return nil }
    return first
  }

  private mutating func sealHashed() -> Duplicate? {
    var capacity = 16
    while capacity < count * 2 { capacity *= 2 }
    let flat = FlatArray<UInt64>(repeating: 0, count: capacity)
    let slots = flat.start
    let duplicate: (Int, Int)? = text.withUnsafeBufferPointer { text in
      for index in 0..<count {
        let hash = areIntegers ? ValueHash.integer(integers[index]) : ValueHash.bytes(bytes(at: index, of: text))
        var slot = Int(truncatingIfNeeded: hash) & (capacity - 1)
        while slots[slot] != 0 {
          if slots[slot] >> 32 == hash >> 32 {
            let other = Int(slots[slot] & 0xFFFF_FFFF) - 1
            let isSame =
              areIntegers
              ? integers[other] == integers[index]
              : UTF8Bytes.areEqual(bytes(at: other, of: text), bytes(at: index, of: text))
            if isSame { return (other, index) }
          }
          slot = (slot + 1) & (capacity - 1)
        }
        slots[slot] = hash & ~0xFFFF_FFFF | UInt64(index + 1)
      }
      return nil
    }
    if let duplicate { return Duplicate(first: node(at: duplicate.0), second: node(at: duplicate.1)) }
    lookup = .hashed(slots: flat)
    return nil
  }

  @inline(__always)
  private func bytes(at index: Int, of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text[offsets[index]..<offsets[index + 1]])
  }

  /// The node that has an id, as the text of a cell; `nil` if none has.
  @inline(__always)
  func node(_ id: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    if areIntegers {
      guard let number = CSVNumbers.integer(CSVNumbers.trimmed(id)) else { return nil }
      return node(number)
    }
    guard case .hashed(let slots) = lookup else { return nil }
    let hash = ValueHash.bytes(id)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash >> 32 {
        let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
        if UTF8Bytes.areEqual(bytes(at: index, of: text), id) { return node(at: index) }
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// The node that has a whole number for its id; `nil` if none has.
  @inline(__always)
  func node(_ number: Int64) -> UInt32? {
    switch lookup {
    case .dense(let dense): return dense.node(number)
    case .hashed(let slots):
      let hash = ValueHash.integer(number)
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != 0 {
        if slots[slot] >> 32 == hash >> 32 {
          let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
          if integers[index] == number { return node(at: index) }
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    case .unsealed: return nil
    }
  }

  /// Calls `body` with the bytes of all ids that are text, which `node(_:in:)` needs.
  func withText<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try text.withUnsafeBufferPointer(body)
  }
}
