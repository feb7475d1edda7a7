import PlenarySyntax

/// The keys at one end of a pattern: each combination of their values has a number, and each node the number of its own.
///
/// Sendable because it is written to only while it is being made.
final class EndKeys: @unchecked Sendable {
  /// For each node the number of its keys plus one; zero where it does not count.
  let codes: FlatArray<UInt32>
  private let groups: GroupTable
  /// How many combinations there are.
  var count: Int { groups.count }
  let byteCount: Int

  /// Evaluates the keys for all nodes that meet the conditions; `nil` where some fail for one of them, or where there are
  /// too many different ones.
  ///
  /// - Parameter areRead: whether keys that are equivalent must be the same value, too.
  /// - Throws: `cancelled`, `deadlineExceeded`.
  init?(_ end: CrossTabulation.End, areRead: Bool, limit: Int, _ context: ExecutionContext) throws {
    let filter = end.conditions.isEmpty ? nil : NodeFilter(end.node, end.conditions, context)
    if let filter, try !filter.evaluateAll() { return nil }
    let codes = FlatArray<UInt32>(repeating: 0, count: context.graph.nodeCapacity)
    var groups = GroupTable(keyCount: end.keys.count)
    do {
      var scan = Graph.NodeScan(context.graph, label: nil)
      while var nodes = scan.next(context.batchSize) {
        try context.checkStop()
        if let filter { nodes = nodes.filter { filter.passes($0) } }
        guard !nodes.isEmpty else { continue }
        var batch = Batch(variableCount: context.variableCount, count: nodes.count)
        batch[end.node] = .nodes(nodes)
        let numbers = groups.numbers(for: try end.keys.map { try context.evaluate($0.expression, batch) })
        guard groups.count <= limit else { return nil }
        for (node, number) in zip(nodes, numbers) { codes.start[Int(node)] = UInt32(number) &+ 1 }
      }
    } catch let error as QueryError where error.isStop {
      throw error
    } catch {
      return nil
    }
    if areRead, !end.keys.indices.allSatisfy({ groups.keyColumn($0).isExact }) { return nil }
    self.codes = codes
    self.groups = groups
    byteCount = codes.count * 4 + groups.byteCount
  }

  /// The values of one key for some combinations, by their numbers.
  func column(_ index: Int, of numbers: [Int32]) -> Vector { groups.keyColumn(index).gathered(numbers) }
}

extension Vector {
  /// Whether values that fall into one group are the same in every way: not so 0.0 and -0.0, or 1 and 1.0.
  fileprivate var isExact: Bool {
    switch self {
    case .nodes, .relationships, .integers, .booleans, .strings, .dates: true
    case .constant(let value, _): value.isExact
    case .coded(let coded): coded.values.values.allSatisfy(\.isExact)
    case .values(let values): values.allSatisfy(\.isExact)
    case .floats: false
    }
  }
}

extension Value {
  /// Whether no other exact value falls into one group with it: floats are not exact, so that integers are.
  fileprivate var isExact: Bool {
    switch self {
    case .null, .boolean, .integer, .string, .date, .node, .relationship: true
    default: false
    }
  }
}
