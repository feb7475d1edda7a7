/// Numbers combinations of values in the order they first appear; equivalent combinations get the same number.
struct GroupTable {
  private(set) var coders: [ColumnCoder]
  /// For three and more keys: the numbers of the combinations of the first two, three and so on.
  private var pairs: [CodeTable]
  /// For each group its number in each column; not kept for a single key, where the two are the same.
  private var groupCodes: [[Int32]]
  /// The key that no two rows have in common, as long as what comes bears that out.
  private var distinctKey: Int?
  /// What numbers two keys that are ids, as long as the first ones ascend from row to row.
  private var ascending: AscendingKeys?
  /// With a distinct key, or with ascending ones: the keys of each group, batch by batch.
  private var rows: [[Vector]] = []
  private var rowCount = 0
  private var rowBytes = 0

  /// - Parameter distinctKey: a key that no two rows will have in common, unless its values are of a kind of which a
  ///   unique property may have several that group together.
  init(keyCount: Int, distinctKey: Int? = nil) {
    self.distinctKey = distinctKey
    ascending = keyCount == 2 && distinctKey == nil ? AscendingKeys() : nil
    coders = Array(repeating: ColumnCoder(), count: keyCount)
    pairs = Array(repeating: CodeTable(), count: max(0, keyCount - 1))
    groupCodes = Array(repeating: [], count: keyCount)
  }

  /// The number of groups.
  var count: Int {
    if isUnnumbered { return rowCount }
    if let last = pairs.last { return last.count }
    return coders.first?.count ?? 0
  }

  /// Whether groups are known by where their rows are.
  private var isUnnumbered: Bool { distinctKey != nil || ascending != nil }

  /// The memory it takes.
  var byteCount: Int {
    coders.reduce(0) { $0 + $1.byteCount } + pairs.reduce(0) { $0 + $1.byteCount }
      + groupCodes.reduce(0) { $0 + $1.capacity * 4 } + rowBytes + (ascending?.byteCount ?? 0)
  }

  /// The group of each row; new groups are added. O(rows x keys).
  mutating func numbers(for keys: [Vector]) -> [Int32] {
    if let distinctKey {
      if keys[distinctKey].isOfPlainKeys { return add(rowsOfTheirOwn: keys) }
      numberRows()
    } else if ascending != nil {
      if let groups = add(ascending: keys) { return groups }
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
    !isUnnumbered && coders.count == 1 ? coders[0].codes(slice) : nil
  }

  private mutating func add(rowsOfTheirOwn keys: [Vector]) -> [Int32] {
    let start = rowCount
    rowCount += keys[0].count
    rowBytes += keys.reduce(0) { $0 + $1.slotBytes }
    rows.append(keys)
    return (Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: rowCount)).map { $0 }
  }

  /// Takes in rows whose keys are ids, the first of which ascend; `nil`, and nothing taken in, for any others.
  private mutating func add(ascending keys: [Vector]) -> [Int32]? {
    // Taken out, so that the closure may read what is beside it.
    guard let pairs = AscendingKeys.Pairs(keys), var numbers = ascending.take() else { return nil }
    guard let numbering = numbers.numbers(pairs, groupCount: rowCount, known: secondKeys) else { return nil }
    ascending = numbers
    let starts = numbering.starts
    let new = starts.count == pairs.first.count ? keys : keys.map { $0.gathered(starts) }
    rowCount += starts.count
    rowBytes += new.reduce(0) { $0 + $1.slotBytes }
    rows.append(new)
    return numbering.groups
  }

  /// The second ids of the last groups, as far as they have a first id, and the number of the first of these groups.
  private func secondKeys(whereLastIs first: UInt32) -> (second: [UInt32], group: Int) {
    var found: [UInt32] = []
    search: for keys in rows.reversed() {
      guard let pairs = AscendingKeys.Pairs(keys) else { break }
      for row in pairs.first.indices.reversed() {
        guard pairs.first[row] == first else { break search }
        found.append(pairs.second[row])
      }
    }
    return (found.reversed(), rowCount - found.count)
  }

  /// Looks every row up after all; the rows so far differ, so that they keep their numbers.
  private mutating func numberRows() {
    let known = rows
    (distinctKey, ascending, rows, rowCount, rowBytes) = (nil, nil, [], 0, 0)
    for keys in known { _ = numbers(for: keys) }
  }

  /// The values of one key, group by group.
  func keyColumn(_ index: Int) -> Vector {
    if isUnnumbered { return Vector(joining: rows.map { $0[index] }) }
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
