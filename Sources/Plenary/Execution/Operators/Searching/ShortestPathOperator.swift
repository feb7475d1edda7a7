import PlenarySyntax

/// For each input row, a shortest path between its two nodes, or all of them.
///
/// Between different nodes the search goes from both at once; a cycle is searched for breadth first from its start.
final class ShortestPathOperator: Operator {
  private let search: PathSearchPattern
  private let input: Operator
  private let kept: [VariableID]
  /// Whether more than the length of a path is asked for.
  private let listsSteps: Bool
  private var pending: BatchSlicer?

  init(_ search: PathSearchPattern, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.search = search
    self.input = input
    let introduced = search.introduced
    kept = plan.live.filter { !introduced.contains($0) }
    listsSteps = plan.live.contains(search.path) || plan.live.contains(search.relationship.variable)
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      if let batch = pending?.next(context.batchSize) { return batch }
      guard let batch = try input.next() else { return nil }
      let froms = batch[search.relationship.from].nodeIDs
      let tos = batch[search.relationship.to].nodeIDs
      let wanted = try search.relationship.elementProperties.map { property in
        (key: context.graph.keyToken(property.key), values: try context.evaluate(property.value, batch))
      }
      var rows: [Int32] = []
      var paths: [PathValue] = []
      var lengths: [Int64] = []
      try memory.hold(0)
      let bidirectional = BidirectionalSearch(search.relationship, context, memory)
      for row in 0..<batch.count where froms[row] != .max && tos[row] != .max {
        try context.checkStop()
        let accepts = { (relationship: UInt32) in
          wanted.allSatisfy { key, values in
            guard let key else { return false }
            return Value.isEqual(self.context.graph.property(key, of: RelationshipID(relationship)), values[row])
              == .true
          }
        }
        let (from, to, test) = (froms[row], tos[row], wanted.isEmpty ? nil : accepts)
        if !listsSteps, !search.findsAll, from != to {
          guard let length = try bidirectional.length(from: from, to: to, accepts: test) else { continue }
          rows.append(Int32(row))
          lengths.append(Int64(length))
          continue
        }
        let found =
          from == to
          ? try shortestCycles(at: from, accepts: accepts)
          : try bidirectional.paths(from: from, to: to, all: search.findsAll, accepts: test)
        // The path, and its relationships once more as a list.
        if listsSteps {
          try memory.add(found.reduce(0) { $0 + PathValue.byteCount(length: $1.length) + 48 + 24 * $1.length })
          paths += found
        }
        for path in found {
          rows.append(Int32(row))
          lengths.append(Int64(path.length))
        }
      }
      guard !rows.isEmpty else { continue }
      var result = batch.gathered(rows, keeping: kept)
      if live.contains(search.path) { result[search.path] = .values(paths.map(Value.path)) }
      if live.contains(search.relationship.variable) {
        result[search.relationship.variable] = .values(
          paths.map { .list($0.relationships.map(Value.relationship)) })
      }
      if let column = search.lengthColumn, live.contains(column) { result[column] = .integers(NullableArray(lengths)) }
      pending = BatchSlicer(result, keeping: live)
    }
  }

  /// How a node was reached on a shortest way.
  private struct Arrival {
    var previous: UInt32
    var relationship: UInt32
  }

  private func shortestCycles(at start: UInt32, accepts: (UInt32) -> Bool) throws -> [PathValue] {
    let length = search.relationship.length ?? PathLength(min: 1, max: nil)
    if length.min == 0 { return [PathValue(nodes: [NodeID(start)], relationships: [])] }
    let types = search.relationship.types.map { $0.compactMap(context.graph.typeToken) }
    let directions = AdjacencyDirection.covering(search.relationship.direction)
    var arrivals: [UInt32: [Arrival]] = [:]
    var depth: [UInt32: Int] = [start: 0]
    var frontier = [start]
    var level = 0
    var counted = 0
    var isFound = false
    while !frontier.isEmpty, !isFound, length.max.map({ level < $0 }) ?? true {
      level += 1
      var next: [UInt32] = []
      for (index, node) in frontier.enumerated() {
        if index & 1023 == 0 { try context.checkStop() }
        for direction in directions {
          func visit(_ type: TypeToken?) {
            context.graph.forEachNeighbour(of: NodeID(node), direction, type: type) { neighbour, relationship in
              // The end is the start again. Its depth is set by its first arrival.
              let isCycle = neighbour == start
              let known = isCycle ? arrivals[start]?.isEmpty == false ? level : nil : depth[neighbour]
              guard known == nil || (search.findsAll && known == level), accepts(relationship) else { return }
              if known == nil {
                if !isCycle {
                  depth[neighbour] = level
                  next.append(neighbour)
                }
              }
              arrivals[neighbour, default: []].append(Arrival(previous: node, relationship: relationship))
              if isCycle { isFound = true }
            }
          }
          if let types {
            for type in types { visit(type) }
          } else {
            visit(nil)
          }
          if isFound, !search.findsAll { break }
        }
        if isFound, !search.findsAll { break }
      }
      frontier = next
      // Two dictionaries, one of them of arrays.
      let bytes = depth.capacity * 24 + arrivals.capacity * 24 + arrivals.count * 64
      try memory.add(bytes - counted)
      counted = bytes
    }
    memory.release(counted)
    guard isFound else { return [] }
    return try backtrack(arrivals, start: start, end: start, length: level)
  }

  /// Follows the arrivals back from the end; each complete way is a path.
  private func backtrack(
    _ arrivals: [UInt32: [Arrival]], start: UInt32, end: UInt32, length: Int
  ) throws -> [PathValue] {
    var result: [PathValue] = []
    var stack: [(node: UInt32, nodes: [NodeID], relationships: [RelationshipID])] = [(end, [NodeID(end)], [])]
    while let (node, nodes, relationships) = stack.popLast() {
      try context.checkStop()
      if relationships.count == length {
        guard node == start else { continue }
        let path = PathValue(nodes: nodes.reversed(), relationships: relationships.reversed())
        // A cycle must not use a relationship twice.
        guard Set(path.relationships).count == path.length else { continue }
        try memory.add(PathValue.byteCount(length: path.length))
        result.append(path)
        if !search.findsAll { break }
        continue
      }
      for arrival in (arrivals[node] ?? []).reversed() {
        stack.append(
          (
            arrival.previous, nodes + [NodeID(arrival.previous)],
            relationships + [RelationshipID(arrival.relationship)]
          ))
      }
    }
    return result
  }
}
