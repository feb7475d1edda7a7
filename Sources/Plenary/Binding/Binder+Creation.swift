import PlenarySyntax

extension Binder {
  /// Binds patterns that are created: names not in scope become new nodes and relationships.
  func bindCreation(_ patterns: [PathPattern], isMerge: Bool = false) -> BoundCreation {
    var result = BoundCreation(nodes: [], relationships: [], paths: [])
    for pattern in patterns { bindCreation(pattern, isMerge: isMerge, in: &result) }
    return result
  }

  private func bindCreation(
    _ path: PathPattern, isMerge: Bool, in result: inout BoundCreation
  ) {
    let clause = isMerge ? "MERGE" : "CREATE"
    if path.search != .all {
      report(.invalidPattern, "shortestPath in \(clause), expected a pattern to make", at: path.range)
      return
    }
    if let name = path.variable, scope[name.text] != nil { reportAlreadyBound(name) }
    let isAlone = path.elements.count == 1
    let (start, steps) = bindElements(of: path) {
      bindNodeCreation($0, isAlone: isAlone, clause: clause, in: &result)
    } relationship: {
      bindRelationshipCreation($0, from: $1, to: $2, isMerge: isMerge, in: &result)
    }
    if let name = path.variable, let start {
      let variable = define(name.text, .path)
      result.paths.append(
        BoundAssignment(
          variable: variable, expression: BoundExpression(.path(start: start, steps), at: path.range, type: .path)))
    }
  }

  private func bindNodeCreation(
    _ node: NodePattern, isAlone: Bool, clause: String, in result: inout BoundCreation
  ) -> VariableID {
    if let name = node.variable, let bound = scope[name.text] {
      noteUse(of: bound)
      if info(bound).type.excludes(.node) {
        report(.variableTypeConflict, "`\(name.text)` is \(info(bound).type.phrase), expected a node", at: name.range)
      } else if isAlone || node.labels != nil || node.properties != nil {
        report(
          .variableAlreadyBound, "`\(name.text)` is bound already, expected a new name for the node to \(clause)",
          at: name.range, hint: "a bound node takes no labels or properties here; use SET")
      }
      return bound
    }
    // The property map is bound before the name comes into scope: a node cannot read itself while it is made.
    let properties = node.properties.map { bindCreatedProperties($0, clause: clause) }
    let variable = node.variable.map { define($0.text, .node) } ?? makeVariable(.node)
    var labels: [String] = []
    if let expression = node.labels {
      if let names = conjunction(expression) {
        labels = names
      } else {
        report(
          .invalidPattern, "a label expression in \(clause), expected labels such as `:A:B`", at: tree[expression].range
        )
      }
    }
    if let condition = node.condition {
      report(.invalidPattern, "WHERE inside a pattern to \(clause), expected properties", at: tree[condition].range)
    }
    result.nodes.append(BoundNodeCreation(variable: variable, labels: labels, properties: properties))
    return variable
  }

  private func bindRelationshipCreation(
    _ relationship: RelationshipPattern, from: VariableID, to: VariableID, isMerge: Bool,
    in result: inout BoundCreation
  ) -> VariableID {
    let clause = isMerge ? "MERGE" : "CREATE"
    if let name = relationship.variable, scope[name.text] != nil {
      report(
        .variableAlreadyBound, "`\(name.text)` is bound already, expected a new name for the relationship to \(clause)",
        at: name.range)
    }
    if let length = relationship.length {
      report(
        .creatingVarLength, "a variable length in \(clause), expected a single relationship", at: length.range)
    }
    var type = ""
    if let types = relationship.types, case .name(let name) = tree[types].kind {
      type = name.text
    } else {
      let count = relationship.types.map { bindLabels($0, on: [.node, .relationship]).alternatives?.count ?? 2 } ?? 0
      report(
        .noSingleRelationshipType,
        "\(count == 0 ? "no type" : "several types") on a relationship to \(clause), expected exactly one",
        at: relationship.range, hint: "write -[:TYPE]->")
    }
    if relationship.direction == .either, !isMerge {
      report(
        .requiresDirectedRelationship, "a relationship without a direction in CREATE, expected `->` or `<-`",
        at: relationship.range)
    }
    if let condition = relationship.condition {
      report(.invalidPattern, "WHERE inside a pattern to \(clause), expected properties", at: tree[condition].range)
    }
    let properties = relationship.properties.map { bindCreatedProperties($0, clause: clause) }
    let variable = relationship.variable.map { define($0.text, .relationship) } ?? makeVariable(.relationship)
    let pointsLeft = relationship.direction == .left
    result.relationships.append(
      BoundRelationshipCreation(
        variable: variable, type: type, from: pointsLeft ? to : from, to: pointsLeft ? from : to,
        properties: properties, range: relationship.range))
    return variable
  }

  private func bindCreatedProperties(_ id: ExpressionID, clause: String) -> BoundExpression {
    if clause == "MERGE", case .parameter(let name) = tree[id].kind {
      report(
        .invalidParameterUse, "parameter `$\(name.text)` as the properties in MERGE, expected a map of its entries",
        at: tree[id].range, hint: "write {key: $\(name.text).key}")
    }
    return aggregating(.forbidden("in \(clause)")) { bindExpression(id) }
  }

  /// The names of `A`, `:A:B` or `A&B`; `nil` for other label expressions.
  private func conjunction(_ id: LabelExpressionID) -> [String]? {
    switch tree[id].kind {
    case .name(let name): return [name.text]
    case .and(let parts):
      var names: [String] = []
      for part in parts {
        guard let more = conjunction(part) else { return nil }
        names += more
      }
      return names
    case .wildcard, .not, .or: return nil
    }
  }

  /// The pattern of MERGE as something to match; its variables are those that creating it binds.
  func bindMergePattern(_ path: PathPattern, creation: BoundCreation) -> GraphPattern {
    var result = GraphPattern()
    var made = creation.nodes[...]
    var madeRelationships = creation.relationships[...]
    var previous: VariableID?
    var pending: RelationshipPattern?
    for element in path.elements {
      switch element {
      case .relationship(let relationship): pending = relationship
      case .node(let node):
        let variable: VariableID
        if let name = node.variable, let bound = scope[name.text], bound != made.first?.variable {
          variable = bound
          result.noteUse(of: bound, as: .node, at: name.range)
        } else if let next = made.popFirst() {
          variable = next.variable
          let reference = BoundExpression(.variable(variable), at: node.range, type: .node)
          if !next.labels.isEmpty {
            result.predicates.append(
              BoundExpression(
                .hasLabels(reference, .and(next.labels.map(BoundLabelExpression.name))), at: node.range,
                type: .boolean))
          }
          result.predicates += conditions(of: next.properties, on: reference)
        } else {
          continue
        }
        if !result.nodes.contains(variable) { result.nodes.append(variable) }
        if let from = previous, let relationship = pending, let next = madeRelationships.popFirst() {
          result.relationships.append(
            PatternRelationship(
              variable: next.variable, from: from, to: variable, direction: relationship.direction,
              types: [next.type], isBound: false, range: relationship.range))
          let reference = BoundExpression(.variable(next.variable), at: relationship.range, type: .relationship)
          result.predicates += conditions(of: next.properties, on: reference)
        }
        previous = variable
        pending = nil
      }
    }
    result.paths = creation.paths
    checkSize(of: result, at: path.range)
    return result
  }

  /// What a map of properties to create asks of an element that is there already.
  private func conditions(of properties: BoundExpression?, on subject: BoundExpression) -> [BoundExpression] {
    guard let properties, case .map(let items) = properties.kind else { return [] }
    return items.compactMap { item in
      guard case .entry(let key, let value) = item else { return nil }
      let property = BoundExpression(.property(subject, key: key), at: value.range)
      return BoundExpression(
        .comparison(.equal, property, value, operatorRange: value.range), at: value.range, type: .boolean)
    }
  }
}
