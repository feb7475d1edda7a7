import OrderedCollections

/// An operator that changes the graph.
///
/// It takes in all its input before it writes, so that no clause before it sees what it does (openCypher 9, clause
/// visibility), and gives its rows out afterwards.
class WriteOperator: Operator {
  let input: Operator
  private var pending: BatchSlicer?
  private var isDone = false

  init(_ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.input = input
    super.init(context: context, plan: plan)
  }

  final override func next() throws -> Batch? {
    if !isDone {
      isDone = true
      let rows = try input.drain(keeping: input.live)
      pending = BatchSlicer(rows.count > 0 ? try write(rows) : rows, keeping: live)
    }
    return pending?.next(context.batchSize)
  }

  /// Does the work for all rows and gives the rows that go on.
  func write(_ rows: Batch) throws -> Batch { rows }
}

/// The rows with new nodes and relationships.
final class CreateOperator: WriteOperator {
  private let creation: BoundCreation

  init(_ creation: BoundCreation, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.creation = creation
    super.init(input, context, plan)
  }

  override func write(_ rows: Batch) throws -> Batch { try context.create(creation, rows) }
}

extension ExecutionContext {
  /// Makes a pattern for every row and adds what was made as columns.
  func create(_ creation: BoundCreation, _ rows: Batch) throws -> Batch {
    var result = rows
    for node in creation.nodes {
      let labels = try node.labels.map { try graph.makeLabelToken($0) }
      let properties = try PropertySource(node.properties, result, self)
      var ids: [UInt32] = []
      ids.reserveCapacity(rows.count)
      for row in 0..<rows.count {
        if row & 4095 == 0 { try checkStop() }
        let values = try properties.values(row, self)
        ids.append(try graph.createNode(labels: labels, properties: values).rawValue)
        counters.propertiesSet += values.count
      }
      counters.nodesCreated += rows.count
      counters.labelsAdded += rows.count * labels.count
      result[node.variable] = .nodes(ids)
    }
    for relationship in creation.relationships {
      let type = try graph.makeTypeToken(relationship.type)
      let properties = try PropertySource(relationship.properties, result, self)
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
        try graph.checkExists(from)
        try graph.checkExists(to)
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

extension Value {
  /// The value, if a property can hold it: no map, node, relationship or path, alone or in a list.
  ///
  /// - Throws: `invalidPropertyType`.
  func checkedAsProperty() throws(QueryError) -> Value {
    switch self {
    case .map, .node, .relationship, .path:
      throw QueryError(
        .invalidPropertyType, "\(valueType.phrase) as a property, expected a boolean, number, string, temporal value or list")
    case .list(let elements):
      for element in elements {
        switch element {
        case .map, .node, .relationship, .path, .list, .null:
          throw QueryError(
            .invalidPropertyType,
            "a list with \(element.valueType.phrase) as a property, expected a list of booleans, numbers, strings or temporal values")
        default: break
        }
      }
      return self
    default: return self
    }
  }
}

/// The rows, after changing properties and labels.
final class SetOperator: WriteOperator {
  private let items: [BoundSetItem]

  init(_ items: [BoundSetItem], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.items = items
    super.init(input, context, plan)
  }

  override func write(_ rows: Batch) throws -> Batch {
    try context.set(items, rows)
    return rows
  }
}

extension ExecutionContext {
  /// Makes the assignments one after the other, each for all rows.
  func set(_ items: [BoundSetItem], _ rows: Batch) throws {
    for item in items {
      switch item {
      case .property(let subject, let key, let value):
        let entities = try evaluate(subject, rows)
        let values = try evaluate(value, rows)
        for row in 0..<rows.count {
          do {
            try setProperty(key, try values[row].checkedAsProperty(), of: entities[row])
          } catch let error as QueryError { throw error.located(at: value.range) }
        }
      case .replace(let subject, let value):
        try setAll(evaluate(subject, rows), evaluate(value, rows), replaces: true, at: value)
      case .merge(let subject, let value):
        try setAll(evaluate(subject, rows), evaluate(value, rows), replaces: false, at: value)
      case .labels(let subject, let names):
        let entities = try evaluate(subject, rows)
        let labels = try names.map { try graph.makeLabelToken($0) }
        for row in 0..<rows.count {
          switch entities[row] {
          case .null: break
          case .node(let node):
            try graph.checkExists(node)
            for label in labels where graph.addLabel(label, to: node) { counters.labelsAdded += 1 }
          case let other:
            throw QueryError(
              .invalidArgumentType, "\(other.valueType.phrase) to give a label, expected a node", at: subject.range)
          }
        }
      }
    }
  }

  private func setAll(_ entities: Vector, _ values: Vector, replaces: Bool, at value: BoundExpression) throws {
    for row in 0..<entities.count {
      let entity = entities[row]
      if entity.isNull { continue }
      do {
        let map = try propertyMap(of: values[row])
        if replaces {
          for key in try propertyMap(of: entity).keys where map[key] == nil { try setProperty(key, .null, of: entity) }
        }
        for (key, value) in map { try setProperty(key, try value.checkedAsProperty(), of: entity) }
      } catch let error as QueryError { throw error.located(at: value.range) }
    }
  }

  private func setProperty(_ key: String, _ value: Value, of entity: Value) throws {
    switch entity {
    case .null: break
    case .node(let node):
      try graph.checkExists(node)
      let token = try graph.makeKeyToken(key)
      if value.isNull, graph.property(token, of: node).isNull { return }
      graph.setProperty(token, value, of: node)
      counters.propertiesSet += 1
    case .relationship(let relationship):
      try graph.checkExists(relationship)
      let token = try graph.makeKeyToken(key)
      if value.isNull, graph.property(token, of: relationship).isNull { return }
      graph.setProperty(token, value, of: relationship)
      counters.propertiesSet += 1
    default:
      throw QueryError(
        .invalidArgumentType, "\(entity.valueType.phrase) to set a property of, expected a node or relationship")
    }
  }

  /// Takes properties and labels away, one item after the other.
  func remove(_ items: [BoundRemoveItem], _ rows: Batch) throws {
    for item in items {
      switch item {
      case .property(let subject, let key):
        let entities = try evaluate(subject, rows)
        for row in 0..<rows.count {
          do { try setProperty(key, .null, of: entities[row]) } catch let error as QueryError {
            throw error.located(at: subject.range)
          }
        }
      case .labels(let subject, let names):
        let entities = try evaluate(subject, rows)
        let labels = names.compactMap { graph.labelToken($0) }
        for row in 0..<rows.count {
          switch entities[row] {
          case .null: break
          case .node(let node):
            try graph.checkExists(node)
            for label in labels where graph.removeLabel(label, from: node) { counters.labelsRemoved += 1 }
          case let other:
            throw QueryError(
              .invalidArgumentType, "\(other.valueType.phrase) to take a label from, expected a node",
              at: subject.range)
          }
        }
      }
    }
  }
}

/// The rows, after removing properties and labels.
final class RemoveOperator: WriteOperator {
  private let items: [BoundRemoveItem]

  init(_ items: [BoundRemoveItem], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.items = items
    super.init(input, context, plan)
  }

  override func write(_ rows: Batch) throws -> Batch {
    try context.remove(items, rows)
    return rows
  }
}

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
    var nodes: [(node: NodeID, item: BoundExpression)] = []
    for item in items {
      let values = try context.evaluate(item, rows)
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
