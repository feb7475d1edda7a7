/// The rows, after deleting what they hold.
final class DeleteOperator: WriteOperator {
  private let items: [BoundExpression]
  private let detach: Bool

  init(_ items: [BoundExpression], detach: Bool, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.items = items
    self.detach = detach
    super.init(input, context, plan)
  }

  /// Relationships go before nodes, so the order in which the clause names them does not matter.
  override func write(_ rows: Batch) throws -> Batch {
    // All are evaluated before anything is deleted: an item may reach for what another one deletes.
    let columns = try items.map { try context.evaluate($0, rows) }
    var nodes: [(node: NodeID, item: BoundExpression)] = []
    for (item, values) in zip(items, columns) {
      for row in 0..<rows.count {
        switch values[row] {
        case .null: break
        case .node(let node): nodes.append((node, item))
        case .relationship(let relationship): delete(relationship)
        case .path(let path):
          nodes += path.nodes.map { ($0, item) }
          for relationship in path.relationships { delete(relationship) }
        case let other:
          throw QueryError(
            .invalidArgumentType, "\(other.valueType.phrase) in DELETE, expected a node, relationship or path",
            at: item.range)
        }
      }
    }
    for (node, item) in nodes where context.graph.contains(node) {
      if detach {
        var relationships: [UInt32] = []
        for direction in AdjacencyDirection.allCases {
          context.graph.forEachNeighbour(of: node, direction, type: nil) { relationships.append($1) }
        }
        for relationship in relationships { delete(RelationshipID(relationship)) }
      } else if context.graph.hasRelationships(node) {
        throw QueryError(
          .deleteConnectedNode, "a node that still has relationships in DELETE, expected one without", at: item.range,
          hint: "DETACH DELETE deletes its relationships too")
      }
      context.graph.deleteNode(node)
      context.counters.nodesDeleted += 1
    }
    return rows
  }

  private func delete(_ relationship: RelationshipID) {
    guard context.graph.contains(relationship) else { return }
    context.graph.deleteRelationship(relationship)
    context.counters.relationshipsDeleted += 1
  }
}
