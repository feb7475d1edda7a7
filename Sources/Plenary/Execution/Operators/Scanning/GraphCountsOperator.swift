/// How many relationships there are of each type, or nodes with the same labels, as the graph counts them.
final class GraphCountsOperator: MaterializingOperator {
  private let counting: GraphCounting

  init(_ counting: GraphCounting, _ context: ExecutionContext, _ plan: Plan) {
    self.counting = counting
    super.init(context: context, plan: plan)
  }

  override func makeRows() throws -> Batch {
    let found: [(name: Value, count: Int)] =
      switch counting.subject {
      case .relationships(let types, let label, let end): relationships(types, label, end)
      case .nodes: try LabelSets.counts(of: context.graph) { try context.checkStop() }
      }
    let rows = found.filter { $0.count > 0 }
    var batch = Batch(variableCount: context.variableCount, count: rows.count)
    batch[counting.key.variable] = .values(rows.map(\.name))
    for column in counting.counts { batch[column] = .integers(NullableArray(rows.map { Int64($0.count) })) }
    return batch
  }

  private func relationships(
    _ types: [String]?, _ label: String?, _ end: AdjacencyDirection
  ) -> [(name: Value, count: Int)] {
    let graph = context.graph
    let tokens =
      types.map { Set($0.compactMap(graph.typeToken)).sorted { $0.rawValue < $1.rawValue } }
      ?? graph.state.catalog.types.names.indices.map { TypeToken(rawValue: UInt16($0)) }
    guard let label else { return tokens.map { (.string(graph.typeName($0)), graph.count(of: $0)) } }
    guard let label = graph.labelToken(label) else { return [] }
    return tokens.map {
      (.string(graph.typeName($0)), graph.relationshipCount(label: label, type: $0, direction: end))
    }
  }
}
