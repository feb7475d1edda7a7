/// Numbers pairs of ids whose first ids ascend, as when neighbours are listed node by node: what is known of earlier first
/// ids is never asked for again, so that nothing is looked up in a hash table.
struct AscendingKeys {
  /// The ids of some rows.
  struct Pairs {
    let first: [UInt32]
    let second: [UInt32]
    /// Whether each is of nodes, not of relationships.
    let areNodes: [Bool]

    /// Two columns of ids, none of them null; `nil` for any others.
    init?(_ columns: [Vector]) {
      guard columns.count == 2, let first = columns[0].wholeIDs, let second = columns[1].wholeIDs else { return nil }
      self.first = first
      self.second = second
      areNodes = columns.map(\.isOfNodes)
    }
  }

  /// What rows are told to be.
  struct Numbering {
    var groups: [Int32]
    /// The first row of each new group.
    var starts: [Int32]
  }

  private var areNodes: [Bool] = []
  private var last: (first: UInt32, second: UInt32)?
  /// For each second id the number of the first id that it was met with last, and the group; empty as long as the second
  /// ids of a first one ascend, too.
  private var marks: [UInt64] = []
  /// The number of the first id that rows are at.
  private var run: UInt32 = 1

  /// Most second ids that there are marks for however few the rows.
  private static let fewMarks = 1 << 20

  var byteCount: Int { marks.capacity * 8 }

  /// The group of each row; `nil`, and nothing taken in, where first ids do not ascend.
  ///
  /// - Parameters:
  ///   - groupCount: how many groups there are before.
  ///   - known: the second ids that the groups with the last first id have, and the number of the first of these groups.
  mutating func numbers(
    _ pairs: Pairs, groupCount: Int, known: (_ first: UInt32) -> (second: [UInt32], group: Int)
  ) -> Numbering? {
    guard last == nil || areNodes == pairs.areNodes else { return nil }
    if marks.isEmpty, let numbers = ascendingNumbers(pairs, groupCount) {
      take(pairs)
      return numbers
    }
    guard pairs.isFirstAscending(after: last?.first), makeMarks(for: pairs, groupCount, known) else { return nil }
    let numbers = markedNumbers(pairs, groupCount)
    take(pairs)
    return numbers
  }

  private mutating func take(_ pairs: Pairs) {
    areNodes = pairs.areNodes
    if let first = pairs.first.last, let second = pairs.second.last { last = (first, second) }
  }

  /// The groups where second ids ascend as long as the first stays.
  private func ascendingNumbers(_ pairs: Pairs, _ groupCount: Int) -> Numbering? {
    var previous = last.map { UInt64($0.first) << 32 | UInt64($0.second) } ?? 0
    var (isFirst, isAscending) = (last == nil, true)
    var group = Int32(truncatingIfNeeded: groupCount) &- 1
    var starts: [Int32] = []
    let groups = [Int32](unsafeUninitializedCapacity: pairs.first.count) { target, count in
      for row in 0..<pairs.first.count {
        let pair = UInt64(pairs.first[row]) &<< 32 | UInt64(pairs.second[row])
        if pair != previous || isFirst {
          isAscending = isAscending && (pair > previous || isFirst)
          group &+= 1
          starts.append(Int32(truncatingIfNeeded: row))
          (previous, isFirst) = (pair, false)
        }
        target.initializeElement(at: row, to: group)
      }
      count = pairs.first.count
    }
    return isAscending ? Numbering(groups: groups, starts: starts) : nil
  }

  // MARK: Second ids in any order

  /// Makes room for the second ids, and marks those that are known already; false where that would take too much memory.
  private mutating func makeMarks(
    for pairs: Pairs, _ groupCount: Int, _ known: (UInt32) -> (second: [UInt32], group: Int)
  ) -> Bool {
    let isNew = marks.isEmpty
    let before = isNew ? last.map { known($0.first) } : nil
    let highest = max(pairs.second.max() ?? 0, before?.second.max() ?? 0)
    let count = Int(highest) + 1
    guard count <= max(AscendingKeys.fewMarks, (groupCount + pairs.second.count) * 4) else { return false }
    if count > marks.count {
      marks += repeatElement(0, count: max(count, min(marks.count * 2, count * 2)) - marks.count)
    }
    for (offset, id) in (before?.second ?? []).enumerated() { mark(id, Int32((before?.group ?? 0) + offset)) }
    return true
  }

  private mutating func mark(_ id: UInt32, _ group: Int32) {
    marks[Int(id)] = UInt64(run) << 32 | UInt64(UInt32(bitPattern: group))
  }

  private mutating func markedNumbers(_ pairs: Pairs, _ groupCount: Int) -> Numbering {
    var next = UInt32(truncatingIfNeeded: groupCount)
    var (run, previous) = (run, last?.first ?? pairs.first.first ?? 0)
    var starts: [Int32] = []
    let groups = marks.withUnsafeMutableBufferPointer { marks in
      [Int32](unsafeUninitializedCapacity: pairs.first.count) { target, count in
        starts = [Int32](unsafeUninitializedCapacity: pairs.first.count) { starts, started in
          for row in 0..<pairs.first.count {
            run &+= pairs.first[row] == previous ? 0 : 1
            previous = pairs.first[row]
            let known = marks[Int(pairs.second[row])]
            let isNew = known &>> 32 != UInt64(run)
            let group = isNew ? next : UInt32(truncatingIfNeeded: known)
            // Written in any case and counted when new: the processor cannot guess which are.
            starts[started] = Int32(truncatingIfNeeded: row)
            started &+= isNew ? 1 : 0
            next &+= isNew ? 1 : 0
            marks[Int(pairs.second[row])] = UInt64(run) &<< 32 | UInt64(group)
            target.initializeElement(at: row, to: Int32(bitPattern: group))
          }
        }
        count = pairs.first.count
      }
    }
    self.run = run
    return Numbering(groups: groups, starts: starts)
  }
}

extension AscendingKeys.Pairs {
  fileprivate func isFirstAscending(after last: UInt32?) -> Bool {
    var (isAscending, previous) = (true, last ?? 0)
    for id in first {
      isAscending = isAscending && id >= previous
      previous = id
    }
    return isAscending
  }
}

extension Vector {
  /// The ids of nodes or of relationships, where none is null.
  fileprivate var wholeIDs: [UInt32]? {
    switch self {
    case .nodes(let ids), .relationships(let ids): ids.hasNone ? nil : ids
    default: nil
    }
  }

  fileprivate var isOfNodes: Bool { if case .nodes = self { true } else { false } }
}
