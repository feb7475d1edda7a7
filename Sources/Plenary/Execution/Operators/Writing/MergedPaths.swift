/// What `MERGE (a:A {k: v})-[r:TYPE]->(b:B {k: v})` finds for many rows, and which of them make it, where at least one of
/// the nodes is not known before.
///
/// What is there is looked up once for all rows. What a row makes has the properties it asks for, and the new nodes hang
/// on nothing but the new relationship: so exactly the rows that ask for the same find it.
struct MergedPaths {
  /// A row out: the input row, its match among those found and then those made, and whether it made that.
  typealias Place = (row: Int32, match: Int32, isNew: Bool)

  /// The matches that are there, for all rows.
  let found: Batch
  /// The rows that make what they ask for.
  let makers: [Int32]
  let places: [Place]

  /// Fails (`nil`) for patterns and rows that must be merged one by one.
  init?(
    _ merge: BoundMerge, _ row: VariableID, _ search: Plan, _ rows: Batch, _ context: ExecutionContext,
    _ memory: MemoryAccount
  ) throws {
    guard rows.count > 1, search.treatsRowsApart, !context.hasDeleted,
      let keys = try MergedPaths.keys(merge, rows, context)
    else { return nil }
    var table = GroupTable(keyCount: keys.count)
    let groups = keys.isEmpty ? Array(repeating: 0, count: rows.count) : table.numbers(for: keys)
    let made = merge.creation.nodes.map(\.variable) + merge.creation.relationships.map(\.variable)
    let builder = OperatorBuilder(context: context, argument: rows.numbered(row))
    found = try builder.build(search).drain(keeping: made + [row], in: memory)
    var matches: [[Int32]] = Array(repeating: [], count: rows.count)
    if found.count > 0 {
      for (match, row) in found.rowNumbers(row).enumerated() { matches[Int(row)].append(Int32(match)) }
    }
    var makers: [Int32] = []
    var makerOfGroup: [Int32] = Array(repeating: -1, count: max(1, table.count))
    var places: [Place] = []
    for row in 0..<rows.count {
      if row & 1023 == 0 { try context.checkStop() }
      let (number, group) = (Int32(row), Int(groups[row]))
      guard matches[row].isEmpty else {
        for match in matches[row] { places.append((number, match, false)) }
        continue
      }
      let isNew = makerOfGroup[group] < 0
      if isNew {
        makerOfGroup[group] = Int32(found.count + makers.count)
        makers.append(number)
      }
      places.append((number, makerOfGroup[group], isNew))
    }
    self.makers = makers
    self.places = places
  }

  /// What tells from each other what rows ask for: the properties and the nodes known before. `nil` where equal ones may
  /// ask for something else, or setting properties may change what is found.
  private static func keys(_ merge: BoundMerge, _ rows: Batch, _ context: ExecutionContext) throws -> [Vector]? {
    let creation = merge.creation
    guard !creation.nodes.isEmpty, creation.relationships.count == 1, merge.pattern.relationships.count == 1,
      merge.pattern.nodes.count == 2
    else { return nil }
    let relationship = creation.relationships[0]
    guard merge.pattern.relationships[0].direction != .either, relationship.from != relationship.to else { return nil }
    var keys: [Vector] = []
    var entries: [VariableID: [(key: String, value: BoundExpression)]] = [:]
    for (variable, properties) in creation.nodes.map({ ($0.variable, $0.properties) })
      + [(relationship.variable, relationship.properties)]
    {
      guard let properties else { continue }
      guard case .map(let items) = properties.kind else { return nil }
      for item in items {
        guard case .entry(let key, let value) = item, !value.containsSubquery,
          !entries[variable, default: []].contains(where: { $0.key.hasSameCodePoints(as: key) }),
          merge.onCreate.isEmpty && merge.onMatch.isEmpty || !context.readsGraph(value, rows)
        else { return nil }
        entries[variable, default: []].append((key, value))
        keys.append(try context.evaluate(value, rows))
      }
    }
    let names = entries.values.joined().map(\.key)
    guard (merge.onCreate + merge.onMatch).allSatisfy({ keeps(names, entries, $0, rows, context) }) else { return nil }
    for end in [relationship.from, relationship.to] where !creation.nodes.contains(where: { $0.variable == end }) {
      guard case .nodes(let ids)? = rows.columns[end.index], !ids.contains(NodeID.noneRawValue) else { return nil }
      keys.append(.nodes(ids))
    }
    // What is null, and what equals not even itself, rows are refused for or make anew each.
    return keys.allSatisfy({ $0.isPlain && !$0.nullFlags.contains(true) }) ? keys : nil
  }

  /// Whether an assignment changes no property that nodes or relationships are found by.
  private static func keeps(
    _ names: [String], _ entries: [VariableID: [(key: String, value: BoundExpression)]], _ item: BoundSetItem,
    _ rows: Batch, _ context: ExecutionContext
  ) -> Bool {
    let own = item.subjectVariable.flatMap { entries[$0] } ?? []
    let others = names.filter { name in !own.contains { $0.key.hasSameCodePoints(as: name) } }
    return switch item {
    case .property(_, let key, let value):
      !value.containsSubquery && !names.contains { $0.hasSameCodePoints(as: key) }
    case .merge(_, let map): context.map(map, has: own, mayLackThem: true, butNot: others, rows)
    // What an element loses may be what it is found by in another place of the pattern.
    case .replace(_, let map): others.isEmpty && context.map(map, has: own, mayLackThem: false, rows)
    case .labels: false
    }
  }
}
