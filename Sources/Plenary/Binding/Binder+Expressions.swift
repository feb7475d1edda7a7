import PlenarySyntax

extension Binder {
  /// Binds a condition: an expression that must be a boolean.
  func bindCondition(_ id: ExpressionID) -> BoundExpression {
    let expression = bindExpression(id)
    expectBoolean(expression, of: "a condition")
    return expression
  }

  func bindExpression(_ id: ExpressionID) -> BoundExpression {
    let range = tree[id].range
    if let replacement = replacements.first(where: { tree.isSame($0.expression, id) }) {
      noteUse(of: replacement.variable)
      return BoundExpression(.variable(replacement.variable), at: range, type: info(replacement.variable).type)
    }
    if let key = aggregation.collector?.keys.first(where: { tree.isSame($0.expression, id) }) {
      return BoundExpression(.variable(key.variable), at: range, type: info(key.variable).type)
    }
    switch tree[id].kind {
    case .missing: return BoundExpression(.constant(.null), at: range)
    case .literal(let literal): return bindLiteral(literal, at: range)
    case .parameter(let name): return bindParameter(name)
    case .variable(let name): return bindVariable(name)
    case .property(let subject, let key): return bindProperty(of: subject, key: key, at: range)
    case .hasLabels(let subject, let labels):
      let bound = bindExpression(subject)
      if bound.type.excludes([.node, .relationship]) {
        report(
          .invalidArgumentTypeInText, "\(bound.type.phrase) before a label, expected a node or relationship",
          at: bound.range)
      }
      let kind: ValueType =
        bound.type == .relationship ? .relationship : bound.type == .node ? .node : [.node, .relationship]
      return BoundExpression(.hasLabels(bound, bindLabels(labels, on: kind)), at: range, type: .boolean)
    case .element(let subject, let index): return bindElement(of: subject, at: index, range: range)
    case .slice(let subject, let from, let to):
      let bound = bindExpression(subject)
      return BoundExpression(
        .slice(bound, from: from.map(bindExpression), to: to.map(bindExpression)), at: range, type: .list)
    case .unary(let op, let operand): return bindUnary(op, operand, at: range)
    case .binary(let op, let left, let right, let operatorRange):
      return bindBinary(op, left, right, operatorRange: operatorRange, at: range)
    case .logical(let op, let operands):
      let bound = operands.map(bindExpression)
      for operand in bound { expectBoolean(operand, of: op.rawValue) }
      return BoundExpression(.logical(op, bound), at: range, type: .boolean)
    case .comparison(let first, let links): return bindComparison(first, links, at: range)
    case .isNull(let subject, let isNegated):
      return BoundExpression(.isNull(bindExpression(subject), isNegated: isNegated), at: range, type: .boolean)
    case .list(let items): return BoundExpression(.list(items.map(bindExpression)), at: range, type: .list)
    case .map(let entries):
      return BoundExpression(
        .map(entries.map { .entry(key: $0.key.text, bindExpression($0.value)) }), at: range, type: .map)
    case .mapProjection(let subject, let items): return bindMapProjection(subject, items, at: range)
    case .countStar, .call: return bindCallOrAggregate(id)
    case .conditional(let subject, let branches, let otherwise):
      let boundSubject = subject.map(bindExpression)
      let boundBranches = branches.map { BoundBranch(when: bindExpression($0.when), then: bindExpression($0.then)) }
      let boundOtherwise = otherwise.map(bindExpression)
      let type = boundBranches.reduce(boundOtherwise?.type ?? .null) { $0.union($1.then.type) }
      return BoundExpression(
        .conditional(subject: boundSubject, branches: boundBranches, otherwise: boundOtherwise), at: range, type: type)
    case .listComprehension(let variable, let list, let condition, let projection):
      let boundList = bindList(list)
      let ((boundCondition, boundProjection, loopVariable), captured) = inLoop(variable, over: boundList) { id in
        (condition.map(bindCondition), projection.map(bindExpression), id)
      }
      return BoundExpression(
        .listComprehension(
          BoundLoop(variable: loopVariable, list: boundList, captured: captured), condition: boundCondition,
          projection: boundProjection), at: range, type: .list)
    case .quantifier(let quantifier, let variable, let list, let condition):
      let boundList = bindList(list)
      let ((boundCondition, loopVariable), captured) = inLoop(variable, over: boundList) { id in
        (condition.map(bindCondition) ?? BoundExpression(.variable(id), at: variable.range), id)
      }
      return BoundExpression(
        .quantifier(
          quantifier, BoundLoop(variable: loopVariable, list: boundList, captured: captured), condition: boundCondition),
        at: range, type: .boolean)
    case .reduce(let accumulator, let initial, let variable, let list, let step):
      let boundInitial = bindExpression(initial)
      let boundList = bindList(list)
      let ((boundStep, accumulatorVariable, loopVariable), captured) = inLoop(
        variable, and: [accumulator.text], over: boundList
      ) { id in
        let accumulated = define(accumulator.text, .any)
        return (bindExpression(step), accumulated, id)
      }
      return BoundExpression(
        .reduce(
          accumulator: accumulatorVariable, initial: boundInitial,
          BoundLoop(variable: loopVariable, list: boundList, captured: captured), step: boundStep), at: range)
    case .pattern(let pattern): return bindPatternExpression(pattern, at: range)
    case .patternComprehension(let pattern, let condition, let projection):
      return bindPatternComprehension(pattern, condition, projection, at: range)
    case .subquery(let kind, let query): return bindSubquery(kind, query, at: range)
    }
  }

  // MARK: Leaves

  private func bindLiteral(_ literal: Literal, at range: SourceRange) -> BoundExpression {
    switch literal {
    case .null: BoundExpression(.constant(.null), at: range, type: .null)
    case .boolean(let value): BoundExpression(.constant(.boolean(value)), at: range, type: .boolean)
    case .integer(let value): BoundExpression(.constant(.integer(value)), at: range, type: .integer)
    case .float(let value): BoundExpression(.constant(.float(value)), at: range, type: .float)
    case .string(let value): BoundExpression(.constant(.string(value)), at: range, type: .string)
    }
  }

  func bindParameter(_ name: Name) -> BoundExpression {
    if let given = environment.parameterNames, !given.contains(ExactText(name.text)) {
      let near = Suggestion.nearest(to: name.text, among: given.map(\.text).sorted())
      report(
        .missingParameter, "parameter `$\(name.text)` is not given", at: name.range,
        hint: near.map { "did you mean `$\($0)`?" })
    }
    return BoundExpression(.parameter(name.text), at: name.range)
  }

  private func bindVariable(_ name: Name) -> BoundExpression {
    guard let variable = scope[name.text] else {
      if namesInsideColumns.contains(ExactText(name.text)) { reportAmbiguous(name) } else { reportUndefined(name) }
      return BoundExpression(.constant(.null), at: name.range)
    }
    if let collector = aggregation.collector, !collector.allows(variable) { reportAmbiguous(name) }
    noteUse(of: variable)
    return BoundExpression(.variable(variable), at: name.range, type: info(variable).type)
  }

  func reportAmbiguous(_ name: Name) {
    report(
      .ambiguousAggregation,
      "`\(name.text)` beside an aggregate is no grouping key, expected one of the other columns", at: name.range,
      hint: "return `\(name.text)` as a column of its own, or compute the expression in a WITH before")
  }

  func reportUndefined(_ name: Name) {
    if let hidden = hiddenByGrouping, hidden.scope[name.text] != nil {
      report(
        .undefinedVariable, "variable `\(name.text)` is not defined after rows are grouped, expected a column",
        at: name.range, hint: hidden.hint)
      return
    }
    let near = Suggestion.nearest(to: name.text, among: scope.names)
    let names = scope.variablesByName.map(\.name)
    let known =
      names.isEmpty || names.count > Binder.mostNamesInHint
      ? nil : "in scope here: " + names.map { "`\($0)`" }.joined(separator: ", ")
    report(
      .undefinedVariable, "variable `\(name.text)` is not defined", at: name.range,
      hint: near.map { "did you mean `\($0)`?" } ?? known)
  }

  func reportAlreadyBound(_ name: Name) {
    report(
      .variableAlreadyBound, "variable `\(name.text)` is bound already, expected a new name", at: name.range)
  }

  // MARK: Access

  private func bindProperty(of subject: ExpressionID, key: Name, at range: SourceRange) -> BoundExpression {
    let bound = bindExpression(subject)
    let accepted = ValueType.instant.union([.node, .relationship, .map, .duration])
    if bound.type.excludes(accepted) {
      // openCypher knows what a pattern binds when it reads the text; what values are it may learn only at run time.
      report(
        bound.type == .path ? .invalidArgumentTypeInText : .invalidArgumentType,
        "\(bound.type.phrase) has no properties, expected a node, relationship, map or temporal value", at: bound.range)
    } else if bound.type == .node || bound.type == .relationship {
      warnAboutUnknownKey(key)
    }
    return BoundExpression(.property(bound, key: key.text), at: range)
  }

  /// Warns about a property key that nothing in the graph has, if another is near.
  func warnAboutUnknownKey(_ key: Name) {
    // After a clause that writes the graph may have it.
    let unknown = UnknownName.propertyKey(ExactText(key.text))
    guard !writes, environment.graph.nodeCount > 0, unknown.isUnknown(in: environment.graph) else { return }
    unknownNames.append(unknown)
    let near = Suggestion.nearest(to: key.text, among: environment.graph.propertyKeys)
    warn(
      .unknownPropertyKey, "nothing has a property `\(key.text)`", at: key.range,
      hint: near.map { "did you mean `\($0)`?" })
  }

  private func bindElement(of subject: ExpressionID, at index: ExpressionID, range: SourceRange) -> BoundExpression {
    let bound = bindExpression(subject)
    let boundIndex = bindExpression(index)
    let accepted: ValueType = [.list, .map, .node, .relationship]
    if bound.type.excludes(accepted) {
      report(
        .invalidArgumentType, "\(bound.type.phrase) has no elements, expected a list or a map", at: bound.range)
    } else if bound.type == .list, boundIndex.type.excludes(.integer) {
      report(
        .invalidArgumentTypeInText, "\(boundIndex.type.phrase) as an index of a list, expected an integer",
        at: boundIndex.range)
    } else if bound.type == .map, boundIndex.type.excludes(.string) {
      report(
        .invalidArgumentTypeInText, "\(boundIndex.type.phrase) as a key of a map, expected a string",
        at: boundIndex.range)
    }
    return BoundExpression(.element(bound, at: boundIndex), at: range, type: bound.elementType)
  }

  private func bindMapProjection(
    _ subject: ExpressionID, _ items: [MapProjectionItem], at range: SourceRange
  ) -> BoundExpression {
    let bound = bindExpression(subject)
    let mapped: [BoundMapItem] = items.map { item in
      switch item {
      case .property(let key):
        if bound.type == .node || bound.type == .relationship { warnAboutUnknownKey(key) }
        return .entry(key: key.text, BoundExpression(.property(bound, key: key.text), at: key.range))
      case .allProperties: return .allProperties(of: bound)
      case .entry(let entry): return .entry(key: entry.key.text, bindExpression(entry.value))
      case .variable(let name): return .entry(key: name.text, bindVariable(name))
      }
    }
    let map = BoundExpression(.map(mapped), at: range, type: .map)
    // The projection of null is null.
    let isNull = BoundExpression(.isNull(bound, isNegated: false), at: range, type: .boolean)
    let null = BoundExpression(.constant(.null), at: range, type: .null)
    return BoundExpression(
      .conditional(subject: nil, branches: [BoundBranch(when: isNull, then: null)], otherwise: map), at: range,
      type: .map)
  }

  // MARK: Loops

  private func bindList(_ id: ExpressionID) -> BoundExpression {
    let bound = bindExpression(id)
    if bound.type.excludes(.list) {
      report(.invalidArgumentTypeInText, "\(bound.type.phrase) after IN, expected a list", at: bound.range)
    }
    return bound
  }

  /// Binds the body of a loop with its variable in scope.
  private func inLoop<Result>(
    _ variable: Name, and others: [String] = [], over list: BoundExpression, _ body: (VariableID) -> Result
  ) -> (Result, captured: [VariableID]) {
    let mode = aggregation.collector.map(AggregationMode.insideLoop) ?? .forbidden("in the body of a loop")
    return shadowing([variable.text] + others) {
      capturing {
        scoped(scope) {
          aggregating(mode) { body(define(variable.text, list.elementType)) }
        }
      }
    }
  }

  /// Runs a piece of binding in which some names mean something else, so that columns which read them under their
  /// outer meaning match nothing.
  private func shadowing<Result>(_ names: [String], _ body: () -> Result) -> Result {
    func isShadowed(_ id: ExpressionID) -> Bool { tree.variableNames(in: id).contains(where: names.containsCodePoints) }
    let collector = aggregation.collector
    let outer = (replacements: replacements, keys: collector?.keys ?? [])
    replacements.removeAll { isShadowed($0.expression) }
    collector?.keys.removeAll { isShadowed($0.expression) }
    defer {
      replacements = outer.replacements
      collector?.keys = outer.keys
    }
    return body()
  }
}
