import PlenarySyntax

extension Binder {
  func bindMatch(_ match: MatchClause, at range: SourceRange) -> GraphPattern {
    let firstNew = variables.count
    let pattern = bindPattern(match.patterns, condition: match.condition)
    warnAboutCartesianProduct(pattern, firstNew: firstNew, at: range)
    return pattern
  }

  /// Binds patterns that are matched: names not in scope become variables.
  ///
  /// All variables are declared before any condition is bound, so conditions may look at every part of the pattern.
  func bindPattern(_ patterns: [PathPattern], condition: ExpressionID?, definesVariables: Bool = true) -> GraphPattern {
    var result = GraphPattern()
    var declared = DeclaredElements(definesVariables: definesVariables, firstNew: variables.count)
    for pattern in patterns { declare(pattern, in: &result, &declared) }
    if let first = patterns.first, let last = patterns.last {
      checkSize(of: result, at: first.range.union(last.range))
    }
    aggregating(.forbidden("in a pattern")) {
      for node in declared.nodes { bindConditions(of: node.pattern, variable: node.variable, in: &result) }
      for relationship in declared.relationships { bindConditions(of: relationship, in: &result) }
    }
    if let condition {
      aggregating(.forbidden("in WHERE")) {
        result.predicates += bindCondition(condition).conjuncts
      }
    }
    return result
  }

  /// Refuses patterns that would take seconds to plan. Whatever order the elements are found in, each relationship must
  /// differ from all before it: plans grow with the square of the pattern.
  func checkSize(of pattern: GraphPattern, at range: SourceRange) {
    let size = pattern.nodes.count + pattern.relationships.count + pattern.searches.count
    guard size > Binder.mostPatternElements else { return }
    report(
      .statementTooLong,
      "a pattern of \(size) nodes and relationships, expected at most \(Binder.mostPatternElements)", at: range,
      hint: "write several MATCH clauses, each going on from what the one before has found")
  }

  /// The elements of one MATCH while its variables are being declared.
  struct DeclaredElements {
    /// Whether new names may appear; a pattern used as a predicate has none.
    var definesVariables: Bool
    /// Variables from here on were made by this pattern.
    var firstNew: Int
    var nodes: [(pattern: NodePattern, variable: VariableID)] = []
    var relationships: [DeclaredRelationship] = []
    var relationshipVariables: Set<VariableID> = []
  }

  struct DeclaredRelationship {
    var pattern: RelationshipPattern
    var variable: VariableID
    /// Its place among the pattern's relationships, or among its searches.
    var index: Int
    var isSearch: Bool
  }

  /// Goes along a path: each relationship is bound when both of its nodes are.
  func bindElements(
    of path: PathPattern, node bindNode: (NodePattern) -> VariableID,
    relationship bindRelationship: (RelationshipPattern, _ from: VariableID, _ to: VariableID) -> VariableID
  ) -> (start: VariableID?, steps: [BoundPathStep]) {
    var previous: VariableID?
    var pending: RelationshipPattern?
    var steps: [BoundPathStep] = []
    var start: VariableID?
    for element in path.elements {
      switch element {
      case .relationship(let relationship): pending = relationship
      case .node(let node):
        let variable = bindNode(node)
        if let from = previous, let relationship = pending {
          steps.append(BoundPathStep(relationship: bindRelationship(relationship, from, variable), node: variable))
        } else {
          start = variable
        }
        previous = variable
        pending = nil
      }
    }
    return (start, steps)
  }

  private func declare(_ path: PathPattern, in result: inout GraphPattern, _ declared: inout DeclaredElements) {
    let (start, steps) = bindElements(of: path) {
      declareNode($0, in: &result, &declared)
    } relationship: {
      declareRelationship($0, from: $1, to: $2, search: path.search, in: &result, &declared)
    }
    guard let start else { return }
    if let name = path.variable, scope[name.text] != nil { reportAlreadyBound(name) }
    if path.search != .all {
      guard steps.count == 1, let index = result.searches.indices.last else {
        report(
          .invalidPattern, "shortestPath over \(steps.count) relationships, expected exactly one", at: path.range)
        // So that uses of the path are not reported too.
        if let name = path.variable, declared.definesVariables { _ = define(name.text, .path) }
        return
      }
      result.searches[index].findsAll = path.search == .allShortest
      if let name = path.variable {
        variables[result.searches[index].path.index].name = name.text
        if declared.definesVariables { scope.define(name.text, result.searches[index].path) }
      }
    } else if let name = path.variable {
      let variable = define(name.text, .path)
      result.paths.append(
        BoundAssignment(
          variable: variable, expression: BoundExpression(.path(start: start, steps), at: path.range, type: .path)))
    }
  }

  private func declareNode(
    _ node: NodePattern, in result: inout GraphPattern, _ declared: inout DeclaredElements
  ) -> VariableID {
    let variable: VariableID
    if let name = node.variable {
      if let bound = scope[name.text] {
        variable = bound
        noteUse(of: bound)
        if bound.index < declared.firstNew { result.noteUse(of: bound, as: .node, at: name.range) }
        if info(bound).type.excludes(.node) {
          report(
            .variableTypeConflict, "`\(name.text)` is \(info(bound).type.phrase), expected a node", at: name.range)
        }
      } else if declared.definesVariables {
        variable = define(name.text, .node)
      } else {
        reportUndefined(name)
        variable = makeVariable(.node)
      }
    } else {
      variable = makeVariable(.node)
    }
    if !result.nodes.contains(variable) { result.nodes.append(variable) }
    declared.nodes.append((node, variable))
    return variable
  }

  private func declareRelationship(
    _ relationship: RelationshipPattern, from: VariableID, to: VariableID, search: PathPattern.Search,
    in result: inout GraphPattern, _ declared: inout DeclaredElements
  ) -> VariableID {
    let type: ValueType = relationship.length == nil ? .relationship : .list
    var isBound = false
    let variable: VariableID
    if let name = relationship.variable {
      if let bound = scope[name.text] {
        variable = bound
        noteUse(of: bound)
        isBound = bound.index < declared.firstNew
        if isBound { result.noteUse(of: bound, as: type, at: name.range) }
        if declared.relationshipVariables.contains(bound) {
          report(
            .relationshipUniqueness, "relationship `\(name.text)` twice in one pattern, expected different variables",
            at: name.range, hint: "a pattern uses every relationship at most once")
        } else if info(bound).type.excludes(type) {
          report(
            .variableTypeConflict, "`\(name.text)` is \(info(bound).type.phrase), expected \(type.phrase)",
            at: name.range)
        }
      } else if declared.definesVariables {
        variable = define(name.text, type)
      } else {
        reportUndefined(name)
        variable = makeVariable(type)
      }
    } else {
      variable = makeVariable(type)
    }
    declared.relationshipVariables.insert(variable)
    let bound = PatternRelationship(
      variable: variable, from: from, to: to, direction: relationship.direction, types: nil,
      length: relationship.length.map { PathLength(min: $0.min ?? 1, max: $0.max) }, isBound: isBound,
      range: relationship.range)
    if search == .all {
      result.relationships.append(bound)
      declared.relationships.append(
        DeclaredRelationship(
          pattern: relationship, variable: variable, index: result.relationships.count - 1, isSearch: false))
    } else {
      var single = bound
      if single.length == nil { single.length = PathLength(min: 1, max: 1) }
      if single.length!.min > 1 {
        report(
          .invalidPattern, "a least length of \(single.length!.min) in shortestPath, expected 0 or 1",
          at: relationship.range)
      }
      result.searches.append(
        PathSearchPattern(relationship: single, findsAll: false, path: makeVariable(.path)))
      declared.relationships.append(
        DeclaredRelationship(
          pattern: relationship, variable: variable, index: result.searches.count - 1, isSearch: true))
    }
    return variable
  }

  private func bindConditions(of node: NodePattern, variable: VariableID, in result: inout GraphPattern) {
    let reference = BoundExpression(.variable(variable), at: node.variable?.range ?? node.range, type: .node)
    if let labels = node.labels {
      let bound = bindLabels(labels, on: .node)
      result.predicates.append(
        BoundExpression(.hasLabels(reference, bound), at: tree[labels].range, type: .boolean))
    }
    if let properties = node.properties {
      result.predicates += bindPropertyConditions(properties, of: reference)
    }
    if let condition = node.condition {
      result.predicates += bindCondition(condition).conjuncts
    }
  }

  private func bindConditions(of declared: DeclaredRelationship, in result: inout GraphPattern) {
    let pattern = declared.pattern
    var relationship =
      declared.isSearch ? result.searches[declared.index].relationship : result.relationships[declared.index]
    let reference = BoundExpression(
      .variable(declared.variable), at: pattern.variable?.range ?? pattern.range, type: .relationship)
    if let types = pattern.types {
      let bound = bindLabels(types, on: .relationship)
      if let names = bound.alternatives {
        relationship.types = names
      } else if relationship.length == nil {
        result.predicates.append(
          BoundExpression(.hasLabels(reference, bound), at: tree[types].range, type: .boolean))
      } else {
        report(
          .invalidPattern, "`&`, `!` or `%` on a variable-length relationship, expected types joined by `|`",
          at: tree[types].range)
      }
    }
    if let properties = pattern.properties {
      if relationship.length != nil {
        relationship.elementProperties = bindPropertyEntries(properties).map { ($0.key.text, $0.value) }
      } else {
        result.predicates += bindPropertyConditions(properties, of: reference)
      }
    }
    if let condition = pattern.condition {
      result.predicates += bindCondition(condition).conjuncts
    }
    if declared.isSearch {
      result.searches[declared.index].relationship = relationship
    } else {
      result.relationships[declared.index] = relationship
    }
  }

  /// `{key: value}` on a pattern element means that each property equals its value.
  private func bindPropertyConditions(_ properties: ExpressionID, of subject: BoundExpression) -> [BoundExpression] {
    bindPropertyEntries(properties).map { key, value in
      let property = BoundExpression(.property(subject, key: key.text), at: key.range)
      return BoundExpression(
        .comparison(.equal, property, value, operatorRange: key.range), at: key.range, type: .boolean)
    }
  }

  private func bindPropertyEntries(_ properties: ExpressionID) -> [(key: Name, value: BoundExpression)] {
    switch tree[properties].kind {
    case .map(let entries): return entries.map { ($0.key, bindExpression($0.value)) }
    case .parameter(let name):
      report(
        .invalidParameterUse, "parameter `$\(name.text)` as the properties of a pattern, expected a map of its entries",
        at: tree[properties].range, hint: "write {key: $\(name.text).key}")
      return []
    default:
      report(.invalidPattern, "an expression as properties, expected a map", at: tree[properties].range)
      return []
    }
  }

  /// Binds a label expression, warning about names that nothing in the graph has.
  func bindLabels(_ id: LabelExpressionID, on kind: ValueType) -> BoundLabelExpression {
    switch tree[id].kind {
    case .name(let name):
      warnAboutUnknown(name, on: kind)
      return .name(name.text)
    case .wildcard: return .wildcard
    case .not(let inner): return .not(bindLabels(inner, on: kind))
    case .and(let parts): return .and(parts.map { bindLabels($0, on: kind) })
    case .or(let parts): return .or(parts.map { bindLabels($0, on: kind) })
    }
  }

  private func warnAboutUnknown(_ name: Name, on kind: ValueType) {
    // After a clause that writes the graph may have it.
    guard !writes, environment.graph.nodeCount > 0 else { return }
    let unknown =
      kind.contains(.node) ? UnknownName.label(ExactText(name.text)) : .relationshipType(ExactText(name.text))
    guard unknown.isUnknown(in: environment.graph) else { return }
    if kind.contains(.node) {
      if kind.contains(.relationship), environment.graph.typeToken(name.text) != nil { return }
      unknownNames.append(unknown)
      let near = Suggestion.nearest(to: name.text, among: environment.graph.labels)
      warn(
        .unknownLabel, "no node has the label `\(name.text)`", at: name.range,
        hint: near.map { "did you mean `\($0)`?" })
    } else {
      unknownNames.append(unknown)
      let near = Suggestion.nearest(to: name.text, among: environment.graph.relationshipTypes)
      warn(
        .unknownRelationshipType, "no relationship has the type `\(name.text)`", at: name.range,
        hint: near.map { "did you mean `\($0)`?" })
    }
  }

  /// Warns when the patterns of a MATCH share nothing with each other.
  private func warnAboutCartesianProduct(_ pattern: GraphPattern, firstNew: Int, at range: SourceRange) {
    guard pattern.nodes.count > 1, pattern.nodes.allSatisfy({ $0.index >= firstNew }) else { return }
    var parent = Dictionary(uniqueKeysWithValues: pattern.nodes.map { ($0, $0) })
    func root(_ node: VariableID) -> VariableID {
      var node = node
      while let next = parent[node], next != node { node = next }
      return node
    }
    for relationship in pattern.relationships + pattern.searches.map(\.relationship) {
      parent[root(relationship.from)] = root(relationship.to)
    }
    for predicate in pattern.predicates {
      let read = predicate.freeVariables(subqueries: subqueries)
      let joined = pattern.nodes.filter(read.contains)
      for (a, b) in zip(joined, joined.dropFirst()) { parent[root(a)] = root(b) }
    }
    // A node that is asked for by a value is one or a few: combining with it multiplies nothing.
    let pinned = pattern.predicates.compactMap(\.pinnedNode).map(root)
    let groups = Set(pattern.nodes.map(root)).subtracting(pinned).count
    guard groups > 1 else { return }
    warn(
      .cartesianProduct, "\(groups) patterns that share nothing: every combination of their matches is a row",
      at: range, hint: "join them by a relationship or a condition, unless that is meant")
  }
}
