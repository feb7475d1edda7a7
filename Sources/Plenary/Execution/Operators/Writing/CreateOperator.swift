/// The rows with new nodes and relationships.
final class CreateOperator: WriteOperator {
  private let creation: BoundCreation

  init(_ creation: BoundCreation, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.creation = creation
    super.init(input, context, plan)
  }

  override func write(_ rows: Batch) throws -> Batch { try context.create(creation, rows, memory) }
}

extension ExecutionContext {
  /// Makes a pattern for every row and adds what was made as columns.
  ///
  /// - Parameter memory: what the graph grows by is counted there.
  func create(_ creation: BoundCreation, _ rows: Batch, _ memory: MemoryAccount) throws -> Batch {
    var result = rows
    for node in creation.nodes {
      let labels = try node.labels.map { try graph.makeLabelToken($0) }
      let properties = try PropertySource(node.properties, result, self)
      try memory.write(rows.count * GraphState.bytesPerNode, values: properties.vectors)
      result[node.variable] = .nodes(try createNodes(rows.count, labels, properties))
      counters.nodesCreated += rows.count
      counters.labelsAdded += rows.count * labels.count
      try graph.checkConstraints { _, _ in (node.properties?.range, creates: true) }
    }
    for relationship in creation.relationships {
      let type = try graph.makeTypeToken(relationship.type)
      let properties = try PropertySource(relationship.properties, result, self)
      try memory.write(rows.count * GraphState.bytesPerRelationship, values: properties.vectors)
      let froms = result[relationship.from]
      let tos = result[relationship.to]
      var ids: [UInt32] = []
      ids.reserveCapacity(rows.count)
      for row in 0..<rows.count {
        if row & 4095 == 0 { try checkStop() }
        guard case .node(let from) = froms[row], case .node(let to) = tos[row] else {
          let end = froms[row].isNode ? tos[row] : froms[row]
          throw QueryError(
            .invalidArgumentType, "\(end.valueType.phrase) as the end of a relationship to create, expected a node",
            at: relationship.range)
        }
        do {
          try graph.checkExists(from)
          try graph.checkExists(to)
        } catch { throw error.located(at: relationship.range) }
        let values = try properties.values(row, self)
        ids.append(
          try graph.createRelationship(type: type, from: from, to: to, properties: values).rawValue)
        counters.propertiesSet += values.count
      }
      counters.relationshipsCreated += rows.count
      result[relationship.variable] = .relationships(ids)
    }
    return result
  }

  private func createNodes(_ count: Int, _ labels: [LabelToken], _ properties: PropertySource) throws -> [UInt32] {
    if let columns = try properties.checkedColumns() {
      let (nodes, propertyCount) = try graph.createNodes(count, labels: labels, properties: columns)
      counters.propertiesSet += propertyCount
      return Array(nodes)
    }
    var ids: [UInt32] = []
    ids.reserveCapacity(count)
    for row in 0..<count {
      if row & 4095 == 0 { try checkStop() }
      let values = try properties.values(row, self)
      ids.append(try graph.createNode(labels: labels, properties: values).rawValue)
      counters.propertiesSet += values.count
    }
    return ids
  }
}

extension Value {
  var isNode: Bool { if case .node = self { true } else { false } }
}

/// The properties of things to create, column by column where the text names the keys.
struct PropertySource {
  private enum Form {
    case none
    case columns([(key: KeyToken, vector: Vector)])
    case maps(Vector)
  }

  private let form: Form
  private let expression: BoundExpression?

  init(_ expression: BoundExpression?, _ rows: Batch, _ context: ExecutionContext) throws {
    self.expression = expression
    guard let expression else {
      form = .none
      return
    }
    if case .map(let items) = expression.kind {
      var columns: [(key: KeyToken, vector: Vector)] = []
      var isPlain = true
      for item in items {
        guard case .entry(let key, let value) = item else {
          isPlain = false
          break
        }
        let vector = try context.evaluate(value, rows)
        let token = try context.graph.makeKeyToken(key)
        columns.removeAll { $0.key == token }
        columns.append((token, vector))
      }
      if isPlain {
        form = .columns(columns)
        return
      }
    }
    form = .maps(try context.evaluate(expression, rows))
  }

  /// What the properties are taken from.
  var vectors: [Vector] {
    switch form {
    case .none: []
    case .columns(let columns): columns.map(\.vector)
    case .maps(let maps): [maps]
    }
  }

  /// The values of each key, `nil` where keys differ from row to row.
  ///
  /// - Throws: `invalidPropertyType`.
  func checkedColumns() throws -> [(key: KeyToken, vector: Vector)]? {
    do {
      switch form {
      case .none: return []
      case .maps: return nil
      case .columns(let columns): return try columns.map { (key: $0.key, vector: try $0.vector.checkedAsProperties()) }
      }
    } catch let error as QueryError {
      throw expression.map { error.located(at: $0.range) } ?? error
    }
  }

  /// The properties of one row, without those that are null.
  func values(_ row: Int, _ context: ExecutionContext) throws -> [(KeyToken, Value)] {
    do {
      switch form {
      case .none: return []
      case .columns(let columns):
        var result: [(KeyToken, Value)] = []
        result.reserveCapacity(columns.count)
        for (key, vector) in columns {
          let value = vector[row]
          if value.isNull { continue }
          result.append((key, try value.checkedAsProperty()))
        }
        return result
      case .maps(let maps):
        return try context.propertyMap(of: maps[row]).compactMap { key, value in
          value.isNull ? nil : (try context.graph.makeKeyToken(key), try value.checkedAsProperty())
        }
      }
    } catch let error as QueryError {
      throw expression.map { error.located(at: $0.range) } ?? error
    }
  }
}

extension Vector {
  /// The values, fit to be stored.
  ///
  /// - Throws: `invalidPropertyType`.
  fileprivate func checkedAsProperties() throws(QueryError) -> Vector {
    switch self {
    case .integers, .floats, .booleans, .strings, .dates: return self
    case .constant(let value, let count): return .constant(try value.checkedAsProperty(), count: count)
    case .nodes, .relationships, .coded, .values:
      var values: [Value] = []
      values.reserveCapacity(count)
      for row in 0..<count { values.append(try self[row].checkedAsProperty()) }
      return .values(values)
    }
  }
}
