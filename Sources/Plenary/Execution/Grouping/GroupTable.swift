/// Numbers combinations of values in the order they first appear; equivalent combinations get the same number.
struct GroupTable {
  private(set) var coders: [ColumnCoder]
  /// For three and more keys: the numbers of the combinations of the first two, three and so on.
  private var pairs: [CodeTable]
  /// For each group its number in each column; not kept for a single key, where the two are the same.
  private var groupCodes: [[Int32]]
  /// The key that no two rows have in common, as long as what comes bears that out.
  private var distinctKey: Int?
  /// With a distinct key: the keys of the rows, batch by batch. Every row is a group.
  private var rows: [[Vector]] = []
  private var rowCount = 0
  private var rowBytes = 0

  /// - Parameter distinctKey: a key that no two rows will have in common, unless its values are of a kind of which a
  ///   unique property may have several that group together.
  init(keyCount: Int, distinctKey: Int? = nil) {
    self.distinctKey = distinctKey
    coders = Array(repeating: ColumnCoder(), count: keyCount)
    pairs = Array(repeating: CodeTable(), count: max(0, keyCount - 1))
    groupCodes = Array(repeating: [], count: keyCount)
  }

  /// The number of groups.
  var count: Int {
    if distinctKey != nil { return rowCount }
    if let last = pairs.last { return last.count }
    return coders.first?.count ?? 0
  }

  /// The memory it takes.
  var byteCount: Int {
    coders.reduce(0) { $0 + $1.byteCount } + pairs.reduce(0) { $0 + $1.byteCount }
      + groupCodes.reduce(0) { $0 + $1.capacity * 4 } + rowBytes
  }

  /// The group of each row; new groups are added. O(rows x keys).
  mutating func numbers(for keys: [Vector]) -> [Int32] {
    if let distinctKey {
      if keys[distinctKey].isOfPlainKeys { return add(rowsOfTheirOwn: keys) }
      numberRows()
    }
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

  /// The group of each row of the only key; `nil` where it has to be read into a vector first.
  mutating func numbers(for slice: ColumnSlice) -> [Int32]? {
    distinctKey == nil && coders.count == 1 ? coders[0].codes(slice) : nil
  }

  private mutating func add(rowsOfTheirOwn keys: [Vector]) -> [Int32] {
    let start = rowCount
    rowCount += keys[0].count
    rowBytes += keys.reduce(0) { $0 + $1.slotBytes }
    rows.append(keys)
    return (Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: rowCount)).map { $0 }
  }

  /// Looks every row up after all; the rows so far differ, so that they keep their numbers.
  private mutating func numberRows() {
    let known = rows
    (distinctKey, rows, rowCount, rowBytes) = (nil, [], 0, 0)
    for keys in known { _ = numbers(for: keys) }
  }

  /// The values of one key, group by group.
  func keyColumn(_ index: Int) -> Vector {
    if distinctKey != nil { return Vector(joining: rows.map { $0[index] }) }
    return coders.count == 1
      ? coders[0].column((0..<Int32(count)).map { $0 }) : coders[index].column(groupCodes[index])
  }
}

extension Vector {
  /// Whether these are nodes, integers or strings without nulls: equal where they are equivalent.
  fileprivate var isOfPlainKeys: Bool {
    switch self {
    case .nodes(let ids): !ids.hasNone
    case .integers(let numbers): !(numbers.isNull?.contains(true) ?? false)
    case .strings(let strings): !strings.hasNull
    default: false
    }
  }
}
