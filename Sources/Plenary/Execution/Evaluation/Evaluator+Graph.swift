import PlenarySyntax

extension ExecutionContext {
  // MARK: Properties

  /// A property of every row; ids read their column directly.
  func property(_ key: String, of subject: Vector) throws -> Vector {
    switch subject {
    case .nodes(let ids):
      if hasDeleted { for id in ids where id != .max { try graph.checkExists(NodeID(id)) } }
      guard let token = graph.keyToken(key) else { return .constant(.null, count: ids.count) }
      return graph.gather(token, of: ids)
    case .relationships(let ids):
      if hasDeleted { for id in ids where id != .max { try graph.checkExists(RelationshipID(id)) } }
      guard let token = graph.keyToken(key) else { return .constant(.null, count: ids.count) }
      return graph.gather(token, ofRelationships: ids)
    case .dates(let days):
      if let index = dateComponents.firstIndex(where: { $0.name.hasSameCodePoints(as: key) }) {
        return .integers(dateComponents[index].columns(days))
      }
      if var components = DateComponents(key) {
        defer { dateComponents.append(components) }
        return .integers(components.columns(days))
      }
      return try map(subject) { try Value.property(key, of: $0, in: self.graph) }
    default: return try map(subject) { try Value.property(key, of: $0, in: self.graph) }
    }
  }

  /// For each row whether its node or relationship has a property, found without reading it; `nil` for anything else
  /// than a property that lies in the graph as it was loaded.
  func presence(of expression: BoundExpression, _ batch: Batch) -> [Ternary]? {
    guard batch.count > 1, !hasDeleted, case .property(let subject, let key) = expression.kind,
      case .variable(let variable) = subject.kind, let elements = batch.elements(of: variable)
    else { return nil }
    return graph.keyToken(key).flatMap { graph.unchangedColumn($0, ofNodes: elements.areNodes) }?
      .rows.presence(of: elements.ids)
  }

  // MARK: Types

  /// The type of every relationship.
  func types(of relationships: [UInt32]) -> Vector {
    let names = typeNames.flatMap { $0.isCurrent(in: graph) ? $0 : nil } ?? TypeNames(of: graph)
    typeNames = names
    return .strings(names.strings(of: relationships, in: graph))
  }

  /// The labels of every node; `nil` as long as those of few are asked for, or where the statement may change them.
  func labels(of nodes: [UInt32]) -> Vector? {
    guard !writes else { return nil }
    labelledRows += nodes.count
    if labelSets == nil, labelledRows * ExecutionContext.nodesForEachLabelledRow >= graph.nodeCapacity {
      labelSets = LabelSets(of: graph)
    }
    return labelSets.map { .coded($0.labels(of: nodes)) }
  }

  /// Numbering the labels of so many nodes, most of which lie side by side with others of their kind, takes about as long
  /// as making the list of one.
  private static let nodesForEachLabelledRow = 256

  // MARK: Elements of patterns

  /// Whether every row holds an element that a pattern can use: a node, a relationship or a list of relationships.
  ///
  /// - Throws: `invalidArgumentType` for a value that is none.
  func isElement(_ type: ValueType, _ subject: Vector) throws -> Vector {
    switch subject {
    case .nodes(let ids) where type == .node && !hasDeleted:
      return .booleans(ids.map { $0 == .max ? .null : .true })
    case .relationships(let ids) where type == .relationship && !hasDeleted:
      return .booleans(ids.map { $0 == .max ? .null : .true })
    default: return try map(subject) { try self.isElement(type, $0).value }
    }
  }

  private func isElement(_ type: ValueType, _ value: Value) throws -> Ternary {
    switch value {
    case .null: return .null
    case .node(let node) where type == .node: return Ternary(graph.contains(node))
    case .relationship(let relationship) where type == .relationship: return Ternary(graph.contains(relationship))
    case .list(let elements) where type == .list:
      return try elements.reduce(.true) { .and($0, try isElement(.relationship, $1)) }
    default:
      throw QueryError(
        .invalidArgumentType, "\(value.valueType.phrase) in a pattern, expected \(type.phrase)",
        hint: "a pattern goes on from nodes and relationships that were matched or created")
    }
  }

  // MARK: Labels

  func hasLabels(_ labels: BoundLabelExpression, _ subject: Vector) throws -> Vector {
    if case .nodes(let ids) = subject, case .name(let name) = labels, !hasDeleted {
      guard let token = graph.labelToken(name) else { return .booleans(ids.map { $0 == .max ? .null : .false }) }
      let flags = graph.hasLabel(ids, token)
      return .booleans(ids.indices.map { ids[$0] == .max ? .null : Ternary(flags[$0]) })
    }
    return try map(subject) { value in
      switch value {
      case .null: return .null
      case .node(let node):
        try self.graph.checkExists(node)
        return .boolean(
          self.matches(labels) { name in
            self.graph.labelToken(name).map { self.graph.hasLabel(node, $0) } ?? false
          } hasAny: {
            !self.graph.labels(of: node).isEmpty
          })
      case .relationship(let relationship):
        let type = self.graph.typeName(self.graph.type(of: relationship))
        return .boolean(
          self.matches(labels) {
            $0.hasSameCodePoints(as: type)
          } hasAny: {
            true
          })
      default:
        throw QueryError(
          .invalidArgumentType, "\(value.valueType.phrase) before a label, expected a node or relationship")
      }
    }
  }

  private func matches(
    _ labels: BoundLabelExpression, has: (String) -> Bool, hasAny: () -> Bool
  ) -> Bool {
    switch labels {
    case .name(let name): has(name)
    case .wildcard: hasAny()
    case .not(let inner): !matches(inner, has: has, hasAny: hasAny)
    case .and(let parts): parts.allSatisfy { matches($0, has: has, hasAny: hasAny) }
    case .or(let parts): parts.contains { matches($0, has: has, hasAny: hasAny) }
    }
  }

  // MARK: Paths

  /// Makes the paths of a pattern from what it bound; null where any part is null.
  func path(_ start: VariableID, _ steps: [BoundPathStep], _ batch: Batch) throws -> Vector {
    let starts = batch[start]
    let columns = steps.map { (relationship: batch[$0.relationship], node: batch[$0.node]) }
    return try mapRows(batch.count) { row in
      guard case .node(let first) = starts[row] else { return .null }
      var nodes = [first]
      var relationships: [RelationshipID] = []
      for column in columns {
        switch column.relationship[row] {
        case .relationship(let relationship):
          guard case .node(let node) = column.node[row] else { return .null }
          relationships.append(relationship)
          nodes.append(node)
        case .list(let list):
          for case .relationship(let relationship) in list {
            relationships.append(relationship)
            let source = graph.source(of: relationship)
            nodes.append(source == nodes[nodes.count - 1] ? graph.target(of: relationship) : source)
          }
        default: return .null
        }
      }
      return .path(PathValue(nodes: nodes, relationships: relationships))
    }
  }
}
