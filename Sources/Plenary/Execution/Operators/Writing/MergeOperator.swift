/// The rows of a pattern that is there, or a new pattern where there is none.
final class MergeOperator: WriteOperator {
  private let merge: BoundMerge
  private let row: VariableID
  private let rightPlan: Plan
  private let made: [VariableID]

  init(
    _ merge: BoundMerge, _ row: VariableID, _ input: Operator, _ rightPlan: Plan, _ context: ExecutionContext,
    _ plan: Plan
  ) {
    self.merge = merge
    self.row = row
    self.rightPlan = rightPlan
    made = merge.creation.nodes.map(\.variable) + merge.creation.relationships.map(\.variable)
    super.init(input, context, plan)
  }

  /// Each row sees what the rows before it made (openCypher 9, MERGE); row by row where it could see more than whether
  /// what it asks for is there.
  override func write(_ rows: Batch) throws -> Batch {
    if var nodes = try MergedNodes(merge, rows, context) {
      return try mergeTogether(rows, creating: merge.creation.nodes[0].variable, nodes.byteCount) { row, body in
        try nodes.forEachNode(row, context, memory, body)
      }
    }
    if var relationships = try MergedRelationships(merge, rows, context) {
      let variable = merge.creation.relationships[0].variable
      return try mergeTogether(rows, creating: variable, relationships.byteCount) { row, body in
        try relationships.forEachRelationship(row, context, memory, body)
      }
    }
    if let paths = try MergedPaths(merge, row, rightPlan, rows, context, memory) { return try mergePaths(rows, paths) }
    var results: [Batch] = []
    for index in 0..<rows.count {
      try context.checkStop()
      let current = rows.count == 1 ? rows : rows.restricted(to: [Int32(index)])
      try refuseNulls(current)
      let builder = OperatorBuilder(context: context, argument: current.numbered(row))
      var found = try builder.build(rightPlan).drain(keeping: made, in: memory)
      if found.count > 0 {
        found = found.joined(with: current.gathered(Array(repeating: 0, count: found.count), keeping: input.live))
        try context.set(merge.onMatch, found, memory)
      } else {
        found = try context.create(merge.creation, current, memory)
        try context.set(merge.onCreate, found, memory)
      }
      try memory.add(MemoryLayout<Vector?>.stride * context.variableCount)
      results.append(found)
    }
    return results.joined(variableCount: context.variableCount, keeping: live)
  }

  /// A single node or relationship by its properties: all rows at once.
  ///
  /// - Parameters:
  ///   - bytes: what is kept meanwhile.
  ///   - find: calls its last argument with everything that a row finds or makes.
  private func mergeTogether(
    _ rows: Batch, creating variable: VariableID, _ bytes: Int,
    _ find: (Int, (_ id: UInt32, _ isNew: Bool) -> Void) throws -> Void
  ) throws -> Batch {
    try memory.add(bytes)
    defer { memory.release(bytes) }
    var rowsOut: [Int32] = []
    var ids: [UInt32] = []
    /// For each row out whether it made what it holds.
    var areNew: [Bool] = []
    rowsOut.reserveCapacity(rows.count)
    ids.reserveCapacity(rows.count)
    areNew.reserveCapacity(rows.count)
    for row in 0..<rows.count {
      if row & 1023 == 0 { try context.checkStop() }
      try find(row) { id, isNew in
        rowsOut.append(Int32(row))
        ids.append(id)
        areNew.append(isNew)
      }
    }
    var result = rows.gathered(rowsOut, keeping: input.live)
    if let node = merge.creation.nodes.first {
      try context.graph.checkConstraints { _, _ in (node.properties?.range, creates: false) }
      result[variable] = .nodes(ids)
    } else {
      result[variable] = .relationships(ids)
    }
    try set(result, variable, areNew)
    return result
  }

  /// Nodes with a relationship between them: what no row finds is made for all rows at once.
  private func mergePaths(_ rows: Batch, _ paths: MergedPaths) throws -> Batch {
    let created = try context.create(merge.creation, rows.restricted(to: paths.makers), memory)
    let places = paths.places
    let bytes = places.count * 24
    try memory.add(bytes)
    defer { memory.release(bytes) }
    var result = rows.gathered(places.map(\.row), keeping: input.live)
    for variable in made {
      let parts = [paths.found, created].filter { $0.count > 0 }.map { $0[variable] }
      result[variable] = Vector(joining: parts).gathered(places.map(\.match))
    }
    // Neighbouring rows that do the same are done together; rows see what those before them have set.
    var start = 0
    while start < places.count {
      var end = start + 1
      while end < places.count, places[end].isNew == places[start].isNew { end += 1 }
      let items = places[start].isNew ? merge.onCreate : merge.onMatch
      try set(items, result, (Int32(start)..<Int32(end)).map { $0 })
      start = end
    }
    return result
  }

  /// Makes the assignments of ON CREATE and ON MATCH, in the order of the rows.
  private func set(_ rows: Batch, _ variable: VariableID, _ areNew: [Bool]) throws {
    guard !merge.onCreate.isEmpty || !merge.onMatch.isEmpty else { return }
    let places = areNew.indices.map { Int32(truncatingIfNeeded: $0) }
    if context.setsEachApart(merge.onCreate + merge.onMatch, variable, rows) {
      // What is made is made once, and before anything else is done with it.
      try set(merge.onCreate, rows, places.filter { areNew[Int($0)] })
      try set(merge.onMatch, rows, places.filter { !areNew[Int($0)] })
      return
    }
    for place in places {
      if place & 255 == 0 { try context.checkStop() }
      try set(areNew[Int(place)] ? merge.onCreate : merge.onMatch, rows, [place])
    }
  }

  private func set(_ items: [BoundSetItem], _ rows: Batch, _ places: [Int32]) throws {
    guard !items.isEmpty, !places.isEmpty else { return }
    try context.set(items, rows.restricted(to: places), memory)
  }

  /// A pattern with a null property can never be found again, so MERGE refuses it.
  private func refuseNulls(_ current: Batch) throws {
    for properties in merge.creation.nodes.map(\.properties) + merge.creation.relationships.map(\.properties) {
      guard case .map(let items)? = properties?.kind else { continue }
      for case .entry(let key, let value) in items where try context.evaluate(value, current)[0].isNull {
        throw QueryError(
          .mergeReadOwnWrites, "null for `\(key)` in MERGE, expected a value", at: value.range,
          hint: "a property that is null does not exist, so no pattern with it can be found")
      }
    }
    for relationship in merge.creation.relationships {
      for end in [relationship.from, relationship.to] {
        if let column = current.columns[end.index], !column[0].isNode {
          throw QueryError(
            .invalidArgumentType,
            "\(column[0].valueType.phrase) as the end of a relationship to merge, expected a node",
            at: relationship.range)
        }
      }
    }
  }
}

extension BoundMerge {
  /// The properties that something must have or is given, if rows can be merged together: the text names the keys, and
  /// no assignment changes what rows are found by.
  func entries(
    of properties: BoundExpression?, assigningOnlyTo variable: VariableID, _ rows: Batch, _ context: ExecutionContext
  ) -> [(key: String, value: BoundExpression)]? {
    var entries: [(key: String, value: BoundExpression)] = []
    if let properties {
      guard case .map(let items) = properties.kind else { return nil }
      for item in items {
        // A subquery could see what the rows before have made, and a property what they have set.
        guard case .entry(let key, let value) = item, !value.containsSubquery,
          onCreate.isEmpty && onMatch.isEmpty || !context.readsGraph(value, rows),
          !entries.contains(where: { $0.key.hasSameCodePoints(as: key) })
        else { return nil }
        entries.append((key, value))
      }
    }
    let isKey = { (key: String) in entries.contains { $0.key.hasSameCodePoints(as: key) } }
    for item in onCreate + onMatch {
      guard item.subjectVariable == variable, !(item.value?.containsSubquery ?? false) else { return nil }
      switch item {
      case .labels: break
      case .property(_, let key, _): if isKey(key) { return nil }
      case .replace(_, let map): if !context.map(map, has: entries, mayLackThem: false, rows) { return nil }
      case .merge(_, let map):
        // A map whose keys are in the text and are others may read what it is assigned to.
        if case .map(let items) = map.kind,
          items.allSatisfy({ if case .entry(let key, _) = $0 { !isKey(key) } else { false } })
        {
          break
        }
        if !context.map(map, has: entries, mayLackThem: true, rows) { return nil }
      }
    }
    return entries
  }
}

extension ExecutionContext {
  /// Whether maps that are assigned say of some properties what they are anyway: `MERGE (n:P {id: row.id}) SET n = row`
  /// leaves every row to be found by its `id`. False where they cannot be known before anything is assigned.
  ///
  /// - Parameters:
  ///   - entries: the properties.
  ///   - mayLackThem: whether a property that a map does not have stays.
  ///   - others: keys that no map may have.
  func map(
    _ map: BoundExpression, has entries: [(key: String, value: BoundExpression)], mayLackThem: Bool,
    butNot others: [String] = [], _ rows: Batch
  ) -> Bool {
    guard !map.containsSubquery, !map.isNondeterministic, !readsGraph(map, rows),
      map.freeVariables(subqueries: []).allSatisfy({ rows.columns[$0.index] != nil }),
      let maps = try? evaluate(map, rows), let wanted = try? entries.map({ try evaluate($0.value, rows) })
    else { return false }
    return (0..<rows.count).allSatisfy { row in
      guard case .map(let map) = maps[row], !others.contains(where: { map[$0] != nil }) else { return false }
      return zip(entries, wanted).allSatisfy { entry, values in
        map[entry.key].map { $0 == values[row] } ?? mayLackThem
      }
    }
  }
}

extension Vector {
  /// Whether equality and equivalence agree on all values: nothing with NaN in it, and no lists or maps. O(rows).
  var isPlain: Bool {
    switch self {
    case .values(let values): values.allSatisfy(\.isPlain)
    case .coded(let coded): coded.values.values.allSatisfy(\.isPlain)
    case .constant(let value, _): value.isPlain
    case .floats(let numbers): !numbers.elements.contains(where: \.isNaN)
    default: true
    }
  }
}

extension Value {
  /// Whether equality and equivalence agree on the value: nothing with null or NaN in it.
  fileprivate var isPlain: Bool {
    switch self {
    case .float(let number): !number.isNaN
    case .list, .map: false
    default: true
    }
  }
}

extension BoundExpression {
  /// Whether any part runs a query.
  var containsSubquery: Bool {
    if case .subquery = kind { return true }
    return children.contains(where: \.containsSubquery)
  }
}
