import PlenarySyntax

@testable import Plenary

extension NaiveEvaluator {
  // MARK: CREATE and MERGE

  /// Makes what a pattern names and the row does not have.
  func create(_ patterns: [PathPattern], in row: NaiveRow) throws -> NaiveRow {
    var row = row
    for pattern in patterns {
      var nodes: [NodeID] = []
      var relationships: [RelationshipID] = []
      for case .node(let node) in pattern.elements { nodes.append(try create(node, in: &row)) }
      for (place, element) in pattern.elements.enumerated() {
        guard case .relationship(let relationship) = element else { continue }
        let ends = (left: nodes[place / 2], right: nodes[place / 2 + 1])
        relationships.append(try create(relationship, between: ends, in: &row))
      }
      if let variable = pattern.variable {
        row[variable.text] = .path(PathValue(nodes: nodes, relationships: relationships))
      }
    }
    return row
  }

  private func create(_ pattern: NodePattern, in row: inout NaiveRow) throws -> NodeID {
    if let variable = pattern.variable, let bound = row[variable.text] {
      guard case .node(let id) = bound else { throw QueryError(.invalidArgumentType, "expected a node") }
      return id
    }
    let labels = try names(in: pattern.labels).map { try graph.makeLabelToken($0) }
    let id = try graph.createNode(labels: labels, properties: properties(pattern.properties, in: row))
    if let variable = pattern.variable { row[variable.text] = .node(id) }
    return id
  }

  private func create(
    _ pattern: RelationshipPattern, between ends: (left: NodeID, right: NodeID), in row: inout NaiveRow
  ) throws -> RelationshipID {
    let (source, target) = pattern.direction == .left ? (ends.right, ends.left) : (ends.left, ends.right)
    let type = try graph.makeTypeToken(try names(in: pattern.types)[0])
    let id = try graph.createRelationship(
      type: type, from: source, to: target, properties: properties(pattern.properties, in: row))
    if let variable = pattern.variable { row[variable.text] = .relationship(id) }
    return id
  }

  private func names(in id: LabelExpressionID?) throws -> [String] {
    guard let id else { return [] }
    switch tree[id].kind {
    case .name(let name): return [name.text]
    case .and(let operands): return try operands.flatMap { try names(in: $0) }
    case .wildcard, .not, .or: throw NaiveError(description: "expected plain labels")
    }
  }

  private func properties(_ id: ExpressionID?, in row: NaiveRow) throws -> [(KeyToken, Value)] {
    guard let id else { return [] }
    return try properties(of: evaluate(id, row)).filter { !$0.value.isNull }
      .map { (try graph.makeKeyToken($0.key), $0.value) }
  }

  /// The matches of the pattern, those included that this clause made for earlier rows; or the pattern made anew.
  func merge(_ merge: MergeClause, in row: NaiveRow) throws -> [NaiveRow] {
    let found = try matches(of: [merge.pattern], where: nil, in: row)
    let rows = found.isEmpty ? [try create([merge.pattern], in: row)] : found
    for row in rows { for item in found.isEmpty ? merge.onCreate : merge.onMatch { try set(item, in: row) } }
    return rows
  }

  // MARK: SET and REMOVE

  func set(_ item: SetItem, in row: NaiveRow) throws {
    switch item.kind {
    case .property(let subject, let key, let value):
      try set(key.text, try evaluate(value, row), of: evaluate(subject, row))
    case .replace(let subject, let value):
      let subject = try evaluate(subject, row)
      guard !subject.isNull else { return }
      let new = try properties(of: evaluate(value, row))
      for key in try properties(of: subject).keys { try set(key, .null, of: subject) }
      for (key, value) in new { try set(key, value, of: subject) }
    case .merge(let subject, let value):
      let subject = try evaluate(subject, row)
      guard !subject.isNull else { return }
      for (key, value) in try properties(of: evaluate(value, row)) { try set(key, value, of: subject) }
    case .labels(let subject, let labels):
      guard case .node(let id) = try evaluate(subject, row) else { return }
      for label in labels { graph.addLabel(try graph.makeLabelToken(label.text), to: id) }
    }
  }

  func remove(_ item: RemoveItem, in row: NaiveRow) throws {
    switch item.kind {
    case .property(let subject, let key): try set(key.text, .null, of: evaluate(subject, row))
    case .labels(let subject, let labels):
      guard case .node(let id) = try evaluate(subject, row) else { return }
      for label in labels { graph.removeLabel(try graph.makeLabelToken(label.text), from: id) }
    }
  }

  private func set(_ key: String, _ value: Value, of subject: Value) throws {
    let token = try graph.makeKeyToken(key)
    switch subject {
    case .node(let id): graph.setProperty(token, value, of: id)
    case .relationship(let id): graph.setProperty(token, value, of: id)
    default: break
    }
  }

  // MARK: DELETE

  func delete(_ expressions: [ExpressionID], detach: Bool, in table: NaiveTable) throws {
    var nodes: Set<NodeID> = []
    var relationships: Set<RelationshipID> = []
    for row in table.rows {
      for id in expressions {
        switch try evaluate(id, row) {
        case .node(let id): nodes.insert(id)
        case .relationship(let id): relationships.insert(id)
        case .path(let path):
          nodes.formUnion(path.nodes)
          relationships.formUnion(path.relationships)
        default: break
        }
      }
    }
    if detach {
      relationships.formUnion(
        allRelationships.filter { nodes.contains($0.source.id) || nodes.contains($0.target.id) }.map(\.id))
    }
    for id in relationships where graph.contains(id) { graph.deleteRelationship(id) }
    for id in nodes where graph.contains(id) {
      guard !graph.hasRelationships(id) else {
        throw QueryError(.deleteConnectedNode, "the node still has relationships")
      }
      graph.deleteNode(id)
    }
  }
}
