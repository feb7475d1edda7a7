/// For each input row, the nodes that an index finds.
final class IndexSeekOperator: FlatMapOperator {
  private let node: VariableID
  private let search: IndexSearch
  /// What the index is asked for by each of the input rows.
  private var values: [Vector] = []
  /// The label and the key, if the graph has them.
  private var names: (label: LabelToken, key: KeyToken)?
  private var row = -1
  /// The nodes found for the row, and how many of them were given out.
  private var found: [UInt32] = []
  private var position = 0

  init(_ node: VariableID, _ search: IndexSearch, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.node = node
    self.search = search
    super.init(input, introducing: [node], context, plan)
  }

  override func start(_ batch: Batch) throws {
    values = try search.expressions.map { try context.evaluate($0, batch) }
    names = context.graph.labelToken(search.label).flatMap { label in
      context.graph.keyToken(search.key).map { (label, $0) }
    }
    (row, found, position) = (-1, [], 0)
  }

  override func nextRows(of batch: Batch) throws -> Batch? {
    let (rows, ids) = try nextPairs(batch)
    guard !ids.isEmpty else { return nil }
    var result =
      batch.count == 1
      ? batch.repeated(row: 0, count: ids.count, keeping: kept) : batch.gathered(rows, keeping: kept)
    result[node] = .nodes(ids)
    return result
  }

  /// The next pairs of rows and nodes, a batch of them at most.
  private func nextPairs(_ batch: Batch) throws -> (rows: [Int32], ids: [UInt32]) {
    if let pairs = uniquePairs(batch) { return pairs }
    let areAllTheSame = values.allSatisfy(\.isConstant)
    var rows: [Int32] = []
    var ids: [UInt32] = []
    while ids.count < context.batchSize {
      if position < found.count {
        let count = min(found.count - position, context.batchSize - ids.count)
        if batch.count > 1 { rows += repeatElement(Int32(row), count: count) }
        if ids.isEmpty, count == found.count {
          ids = found
        } else {
          ids += found[position..<position + count]
        }
        position += count
        continue
      }
      guard row + 1 < batch.count else { break }
      row += 1
      position = 0
      if row == 0 || !areAllTheSame { found = try names.map { try nodes($0.label, $0.key, values, row) } ?? [] }
    }
    return (rows, ids)
  }

  /// All pairs of a batch at once, where an index has one node at most for each of its integers.
  private func uniquePairs(_ batch: Batch) -> (rows: [Int32], ids: [UInt32])? {
    guard row < 0, batch.count > 1, case .equal = search.wanted, case .integers(let numbers) = values[0],
      let names, let found = context.graph.indexLookup(label: names.label, key: names.key, integers: numbers)
    else { return nil }
    row = batch.count - 1
    return (found.rows, found.nodes)
  }

  private func nodes(_ label: LabelToken, _ key: KeyToken, _ columns: [Vector], _ row: Int) throws -> [UInt32] {
    if case .equal = search.wanted { return nodes(label, key, equalTo: columns[0][row]) }
    let values = columns.map { $0[row] }
    switch search.wanted {
    case .equal: return []
    case .anyOf(let list):
      guard case .list(let elements) = values[0] else { return try nodes(label, key, in: values[0], list) }
      var found: Set<UInt32> = []
      for (index, element) in elements.enumerated() {
        if index & 63 == 63 { try context.checkStop() }
        found.formUnion(nodes(label, key, equalTo: element))
      }
      return found.sorted()
    case .prefix:
      guard case .string(let prefix) = values[0] else { return [] }
      try context.checkStop()
      return context.graph.indexRange(label: label, key: key, IndexRange(prefix: prefix))
    case .range(let lower, let upper):
      try context.checkStop()
      let range = IndexRange(
        from: lower.map { IndexBound(value: values[0], isInclusive: $0.isInclusive) },
        to: upper.map { IndexBound(value: values[values.count - 1], isInclusive: $0.isInclusive) })
      return range.map { context.graph.indexRange(label: label, key: key, $0) } ?? []
    }
  }

  private func nodes(_ label: LabelToken, _ key: KeyToken, equalTo value: Value) -> [UInt32] {
    let found = context.graph.indexLookup(label: label, key: key, value: value) ?? []
    switch value {
    case .list, .map:
      // The index knows equivalence; the pattern asks for equality.
      return found.filter { Value.isEqual(context.graph.property(key, of: NodeID($0)), value) == .true }
    default: return found
    }
  }

  /// What `IN` says of something that is no list: null of null, and else an error as soon as there is a node to ask for.
  private func nodes(
    _ label: LabelToken, _ key: KeyToken, in value: Value, _ list: BoundExpression
  ) throws -> [UInt32] {
    guard !value.isAbsent, context.graph.count(of: label) > 0 else { return [] }
    do {
      _ = try Value.isIn(.null, value)
      return []
    } catch {
      throw error.located(at: list.range)
    }
  }
}
