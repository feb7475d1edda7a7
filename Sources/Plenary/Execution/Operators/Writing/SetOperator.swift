import PlenarySyntax

/// The rows, after changing properties and labels.
final class SetOperator: WriteOperator {
  private let items: [BoundSetItem]

  init(_ items: [BoundSetItem], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.items = items
    super.init(input, context, plan)
  }

  override func write(_ rows: Batch) throws -> Batch {
    try context.set(items, rows, memory)
    return rows
  }
}

extension ExecutionContext {
  /// Makes the assignments row by row, so that each row sees what the rows before it have set: counting up a property
  /// that several rows share counts every one of them.
  ///
  /// Where that cannot be told apart, each assignment is made for all rows at once.
  ///
  /// - Parameter memory: what the graph grows by is counted there.
  func set(_ items: [BoundSetItem], _ rows: Batch, _ memory: MemoryAccount) throws {
    // A property takes a place in the graph besides what it refers to, which its row refers to as well.
    try memory.write(items.count * rows.count * MemoryLayout<Value>.stride)
    if rows.count <= 1 || canSetTogether(items, rows) {
      try setTogether(items, rows)
    } else {
      for row in 0..<rows.count {
        if row & 255 == 0 { try checkStop() }
        try setTogether(items, rows.restricted(to: [Int32(row)]))
      }
    }
    // Now, and not before: rows may exchange values.
    try graph.checkConstraints { label, key in
      (items.last { $0.maySet(key, orGive: label) }?.range, creates: false)
    }
  }

  /// Whether the assignments have one subject, and read nothing that another row may set.
  private func canSetTogether(_ items: [BoundSetItem], _ rows: Batch) -> Bool {
    guard let subject = items.first?.subjectVariable, items.allSatisfy({ $0.subjectVariable == subject }) else {
      return false
    }
    // A row may read what it sets itself, if no other row sets it too.
    let isDistinct = rows[subject].hasDistinctEntities
    return items.allSatisfy { item in
      guard let value = item.value else { return true }
      let isCount = !items.contains(where: \.givesLabels) && countsWhatPropertiesDoNotChange(value)
      if !isCount, readsGraph(value, rows, besides: isDistinct ? subject : nil) { return false }
      // Among several items a map may come from another node, or leave what the row before has set.
      return items.count == 1 || item.isOfOneProperty || (isDistinct && !value.mayBeEntity(rows))
    }
  }

  /// Whether a value is a number of matches that no property has a say in.
  private func countsWhatPropertiesDoNotChange(_ value: BoundExpression) -> Bool {
    guard case .subquery(let id) = value.kind, let pattern = subplans[id.index].counted else { return false }
    return pattern.measures.allSatisfy { $0.condition == nil }
      && pattern.conditions.values.joined().allSatisfy { if case .hasLabels = $0.kind { true } else { false } }
  }

  /// Whether each row's assignments change nothing but what one variable holds, and depend on nothing else that others
  /// change.
  func setsEachApart(_ items: [BoundSetItem], _ variable: VariableID, _ rows: Batch) -> Bool {
    items.allSatisfy { item in
      item.subjectVariable == variable && !(item.value.map { readsGraph($0, rows, besides: variable) } ?? false)
    }
  }

  /// Whether a value may depend on properties or labels of anything but one variable.
  func readsGraph(_ expression: BoundExpression, _ rows: Batch, besides subject: VariableID? = nil) -> Bool {
    switch expression.kind {
    case .constant, .parameter, .variable, .path: return false
    case .subquery: return true
    case .property(let owner, _), .hasLabels(let owner, _):
      guard case .variable(let variable) = owner.kind else { return true }
      return variable != subject && rows[variable].mayHoldEntities
    case .call(let function, let arguments) where ["keys", "labels", "properties"].contains(function.name):
      guard case .variable(let variable)? = arguments.first?.kind else { return true }
      return variable != subject && rows[variable].mayHoldEntities
    case .element: return true
    case .map(let items):
      return items.contains { item in
        guard case .entry(_, let value) = item else { return true }
        return readsGraph(value, rows, besides: subject)
      }
    default: return expression.children.contains { readsGraph($0, rows, besides: subject) }
    }
  }

  private func setTogether(_ items: [BoundSetItem], _ rows: Batch) throws {
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
            try checkExists(node, at: subject)
            for label in labels where graph.addLabel(label, to: node) { counters.labelsAdded += 1 }
          case let other:
            throw QueryError(
              .invalidArgumentType, "\(other.valueType.phrase) to give a label, expected a node", at: subject.range)
          }
        }
      }
    }
  }

  private func checkExists(_ node: NodeID, at subject: BoundExpression) throws(QueryError) {
    do throws(QueryError) {
      try graph.checkExists(node)
    } catch {
      throw error.located(at: subject.range)
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
            try checkExists(node, at: subject)
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

extension BoundSetItem {
  /// The variable that is changed; `nil` for any other expression.
  var subjectVariable: VariableID? {
    switch self {
    case .property(let subject, _, _), .replace(let subject, _), .merge(let subject, _), .labels(let subject, _):
      if case .variable(let variable) = subject.kind { variable } else { nil }
    }
  }

  /// What is assigned.
  var value: BoundExpression? {
    switch self {
    case .property(_, _, let value), .replace(_, let value), .merge(_, let value): value
    case .labels: nil
    }
  }

  /// Whether the item can be what set a property, or gave a label to the node that has it.
  fileprivate func maySet(_ key: String, orGive label: String) -> Bool {
    switch self {
    case .property(_, let own, _): own.hasSameCodePoints(as: key)
    case .replace, .merge: true
    case .labels(_, let names): names.contains { $0.hasSameCodePoints(as: label) }
    }
  }

  /// What an error of the item points to.
  fileprivate var range: SourceRange {
    switch self {
    case .property(_, _, let value), .replace(_, let value), .merge(_, let value): value.range
    case .labels(let subject, _): subject.range
    }
  }

  fileprivate var givesLabels: Bool { if case .labels = self { true } else { false } }

  fileprivate var isOfOneProperty: Bool {
    switch self {
    case .property, .labels: true
    case .replace, .merge: false
    }
  }
}

extension BoundExpression {
  /// Whether the value may be a node or a relationship.
  fileprivate func mayBeEntity(_ rows: Batch) -> Bool {
    switch kind {
    case .constant, .map: false
    case .variable(let variable): rows[variable].mayHoldEntities
    default: true
    }
  }
}

extension Vector {
  /// Whether every row is another node or relationship, or null. O(rows).
  fileprivate var hasDistinctEntities: Bool {
    switch self {
    case .nodes(let ids), .relationships(let ids):
      var seen: Set<UInt32> = []
      seen.reserveCapacity(ids.count)
      return ids.allSatisfy { $0 == .max || seen.insert($0).inserted }
    default: return false
    }
  }

  /// Whether a row may be a node or a relationship. O(rows) for a column of mixed values.
  fileprivate var mayHoldEntities: Bool {
    switch self {
    case .nodes, .relationships: true
    case .integers, .floats, .booleans, .strings, .dates: false
    case .coded(let coded): coded.values.values.contains(where: \.isEntity)
    case .values(let values): values.contains(where: \.isEntity)
    case .constant(let value, _): value.isEntity
    }
  }
}

extension Value {
  fileprivate var isEntity: Bool {
    switch self {
    case .node, .relationship: true
    default: false
    }
  }
}
