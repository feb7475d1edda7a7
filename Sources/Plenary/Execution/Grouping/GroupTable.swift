/// Numbers combinations of values in the order they first appear; equivalent combinations get the same number.
struct GroupTable {
  private(set) var coders: [ColumnCoder]
  /// For three and more keys: the numbers of the combinations of the first two, three and so on.
  private var pairs: [CodeTable]
  /// For each group its number in each column; not kept for a single key, where the two are the same.
  private var groupCodes: [[Int32]]

  init(keyCount: Int) {
    coders = Array(repeating: ColumnCoder(), count: keyCount)
    pairs = Array(repeating: CodeTable(), count: max(0, keyCount - 1))
    groupCodes = Array(repeating: [], count: keyCount)
  }

  /// The number of groups.
  var count: Int {
    if let last = pairs.last { return last.count }
    return coders.first?.count ?? 0
  }

  /// The memory it takes.
  var byteCount: Int {
    coders.reduce(0) { $0 + $1.byteCount } + pairs.reduce(0) { $0 + $1.byteCount }
      + groupCodes.reduce(0) { $0 + $1.capacity * 4 }
  }

  /// The group of each row; new groups are added. O(rows x keys).
  mutating func numbers(for keys: [Vector]) -> [Int32] {
    var columns: [[Int32]] = []
    for index in coders.indices { columns.append(coders[index].codes(keys[index])) }
    guard var groups = columns.first else { return [] }
    guard columns.count > 1 else { return groups }
    let known = count
    for index in pairs.indices {
      let right = columns[index + 1]
      groups = groups.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          pairs[index].codes(left.count) {
            UInt64(UInt32(bitPattern: left[$0])) &<< 32 | UInt64(UInt32(bitPattern: right[$0]))
          }
        }
      }
    }
    // The first row of each new group knows the numbers in each column.
    var next = Int32(known)
    for row in groups.indices where groups[row] == next {
      for index in columns.indices { groupCodes[index].append(columns[index][row]) }
      next += 1
    }
    return groups
  }

  /// The values of one key, group by group.
  func keyColumn(_ index: Int) -> Vector {
    coders.count == 1
      ? coders[0].column((0..<Int32(count)).map { $0 }) : coders[index].column(groupCodes[index])
  }
}

/// A combination of values, equal when they are equivalent.
struct RowKey: Hashable {
  let values: [Value]
}
