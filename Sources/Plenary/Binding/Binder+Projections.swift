import PlenarySyntax

extension Binder {
  /// Binds WITH or RETURN and leaves its columns as the scope.
  func bindProjection(_ clause: ProjectionClause, isReturn: Bool) -> BoundProjection {
    let input = scope
    noteContainers(of: clause)
    var items = bindStar(clause, isReturn: isReturn)
    let isAggregating = clause.items.contains { tree.containsAggregate($0.expression) }
    let collector = AggregateCollector()
    var keys: [BoundAssignment] = []
    var assignments: [BoundAssignment] = []
    var replacementsForOrder: [(expression: ExpressionID, variable: VariableID)] = []

    if isAggregating {
      keys = items.map { column in
        BoundAssignment(
          variable: column.variable,
          expression: BoundExpression(
            .variable(column.variable), at: clause.star ?? SourceRange(at: 0), type: info(column.variable).type))
      }
      for column in items { noteUse(of: column.variable) }
    }
    // Columns without aggregates first: they are the grouping keys that the others may read.
    var columns: [Int: BoundColumn] = [:]
    for (index, item) in clause.items.enumerated() where !tree.containsAggregate(item.expression) {
      let bound = aggregating(.forbidden("here")) { bindExpression(item.expression) }
      let column = makeColumn(for: item, bound)
      columns[index] = column
      let assignment = BoundAssignment(variable: column.variable, expression: bound)
      if isAggregating {
        keys.append(assignment)
        if tree.isSimpleKey(item.expression) { collector.keys.append((item.expression, column.variable)) }
      } else if !bound.isReference(to: column.variable) {
        assignments.append(assignment)
      }
      replacementsForOrder.append((item.expression, column.variable))
    }
    if isAggregating {
      // `*` beside aggregates groups by every variable in scope.
      collector.variableKeys.formUnion(items.map(\.variable))
    }
    collector.firstLocal = variables.count
    for (index, item) in clause.items.enumerated() where tree.containsAggregate(item.expression) {
      let bound = aggregating(.collected(collector)) { bindExpression(item.expression) }
      let column = makeColumn(for: item, bound)
      columns[index] = column
      if !bound.isReference(to: column.variable) {
        assignments.append(BoundAssignment(variable: column.variable, expression: bound))
      }
      replacementsForOrder.append((item.expression, column.variable))
    }
    for (index, item) in clause.items.enumerated() {
      let column = columns[index]!
      if items.contains(where: { $0.name.hasSameCodePoints(as: column.name) }) {
        report(
          .columnNameConflict, "two columns named `\(column.name)`, expected different names",
          at: item.alias?.range ?? item.range, hint: "rename one with AS")
      }
      items.append(column)
    }

    var output = Scope()
    for column in items { output.define(column.name, column.variable) }

    let order = bindOrder(
      clause, input: input, output: output, replacements: replacementsForOrder,
      collector: isAggregating ? collector : nil)
    let skip = clause.skip.flatMap { bindRowCount($0, of: "SKIP") }
    let limit = clause.limit.flatMap { bindRowCount($0, of: "LIMIT") }
    // WHERE tests what comes out; what went in is still visible as long as rows are not grouped.
    scope = isAggregating || clause.isDistinct ? output : input.overlaid(by: output)
    let condition = clause.condition.map { id in aggregating(.forbidden("in WHERE")) { bindCondition(id) } }
    scope = output
    return BoundProjection(
      assignments: assignments,
      aggregation: isAggregating ? BoundAggregation(keys: keys, aggregates: collector.aggregates) : nil,
      isDistinct: clause.isDistinct, outputs: items, order: order, skip: skip, limit: limit, condition: condition,
      isReturn: isReturn)
  }

  /// Refuses statements whose clauses wrap the value of one another in more lists than a stack can release.
  private func noteContainers(of clause: ProjectionClause) {
    let before = containerDepth
    containerDepth += clause.items.map { tree.containerDepth(of: $0.expression) }.max() ?? 0
    guard before <= Binder.deepestContainers, containerDepth > Binder.deepestContainers, let last = clause.items.last
    else { return }
    report(
      .statementTooLong, "lists and maps of all clauses together nest deeper than \(Binder.deepestContainers)",
      at: last.range, hint: "write several statements")
  }

  /// The columns of `*`: every variable in scope, by name.
  private func bindStar(_ clause: ProjectionClause, isReturn: Bool) -> [BoundColumn] {
    guard let star = clause.star else { return [] }
    if scope.names.isEmpty, isReturn {
      report(.noVariablesInScope, "`*` where no variable is in scope, expected at least one", at: star)
    }
    return scope.variablesByName.map { name, variable in
      noteUse(of: variable)
      return BoundColumn(name: name, variable: variable)
    }
  }

  /// The column of an item: a variable goes on as itself, everything else becomes a new one.
  private func makeColumn(for item: ProjectionItem, _ bound: BoundExpression) -> BoundColumn {
    let name = item.alias?.text ?? columnName(of: item)
    if case .variable(let variable) = bound.kind { return BoundColumn(name: name, variable: variable) }
    return BoundColumn(name: name, variable: makeVariable(bound.type, name: name))
  }

  /// A column without an alias is named by its text; a variable by its name.
  private func columnName(of item: ProjectionItem) -> String {
    if case .variable(let name) = tree[item.expression].kind { return name.text }
    return tree.text(in: item.range)
  }

  private func bindOrder(
    _ clause: ProjectionClause, input: Scope, output: Scope,
    replacements matches: [(expression: ExpressionID, variable: VariableID)], collector: AggregateCollector?
  ) -> [BoundSortItem] {
    guard !clause.order.isEmpty else { return [] }
    let isGrouped = collector != nil || clause.isDistinct
    let outer = replacements
    defer {
      replacements = outer
      namesInsideColumns = []
      hiddenByGrouping = nil
    }
    return clause.order.map { item in
      if isGrouped { hiddenByGrouping = (input, hintToSortByColumns(item, matches, output)) }
      // An expression that is a column is that column; else its parts may be.
      if let column = matches.first(where: { tree.isSame($0.expression, item.expression) }), !isColumn(item, output) {
        noteUse(of: column.variable)
        let reference = BoundExpression(.variable(column.variable), at: item.range, type: info(column.variable).type)
        return BoundSortItem(expression: reference, isDescending: item.isDescending)
      }
      replacements = isGrouped ? matches : []
      if collector != nil, tree.containsAggregate(item.expression) {
        // Beside an aggregate only variables and properties count as grouping keys.
        replacements = matches.filter { tree.isAggregate($0.expression) || tree.isSimpleKey($0.expression) }
        namesInsideColumns = Set(matches.flatMap { tree.variableNames(in: $0.expression) }.map { ExactText($0) })
      }
      let expression = scoped(isGrouped ? output : input.overlaid(by: output)) {
        aggregating(.forbidden(AggregationMode.inOrder)) { bindExpression(item.expression) }
      }
      namesInsideColumns = []
      return BoundSortItem(expression: expression, isDescending: item.isDescending)
    }
  }

  /// What to do about a sort expression that reads what grouping has hidden.
  private func hintToSortByColumns(
    _ item: SortItem, _ columns: [(expression: ExpressionID, variable: VariableID)], _ output: Scope
  ) -> String {
    for aggregate in tree.aggregates(in: item.expression) {
      guard !columns.contains(where: { tree.isSame($0.expression, aggregate) }),
        let column = columns.first(where: { column in
          tree.aggregates(in: column.expression).contains { tree.isSame($0, aggregate) }
        })
      else { continue }
      let text = tree.text(in: tree[aggregate].range)
      return "`\(text)` is part of the column `\(info(column.variable).name)`; return it as a column too"
    }
    return "sort by " + output.names.map { "`\($0)`" }.joined(separator: ", ")
  }

  /// Whether a sort expression is a plain name that a column has taken over.
  private func isColumn(_ item: SortItem, _ output: Scope) -> Bool {
    if case .variable(let name) = tree[item.expression].kind { return output[name.text] != nil }
    return false
  }

  /// Binds the operand of SKIP or LIMIT: a constant.
  private func bindRowCount(_ id: ExpressionID, of keyword: String) -> BoundExpression? {
    let before = diagnostics.count
    let range = tree[id].range
    if readsVariables(id) {
      report(
        .nonConstantExpression, "\(keyword) depends on a variable, expected a constant or a parameter", at: range)
      return nil
    }
    let bound = scoped(Scope()) { aggregating(.forbidden("in \(keyword)")) { bindExpression(id) } }
    guard diagnostics.count == before else { return nil }
    if case .constant(.integer(let count)) = bound.kind, count < 0 {
      report(.negativeIntegerArgument, "\(keyword) \(count), expected zero or more", at: range)
    } else if bound.type.excludes(.integer) {
      report(.invalidArgumentTypeInText, "\(bound.type.phrase) after \(keyword), expected an integer", at: range)
    }
    return bound
  }

  private func readsVariables(_ id: ExpressionID) -> Bool {
    switch tree[id].kind {
    case .variable, .pattern, .patternComprehension, .subquery: true
    default: tree.children(of: id).contains(where: readsVariables)
    }
  }
}

extension SyntaxTree {
  /// The names of the variables an expression reads, its own loop variables included.
  func variableNames(in id: ExpressionID) -> [String] {
    if case .variable(let name) = self[id].kind { return [name.text] }
    return children(of: id).flatMap(variableNames)
  }

  /// How many lists and maps an expression can put around a value.
  func containerDepth(of id: ExpressionID) -> Int {
    let inside = children(of: id).map(containerDepth).max() ?? 0
    switch self[id].kind {
    case .list, .map, .mapProjection, .listComprehension, .patternComprehension, .call: return inside + 1
    default: return inside
    }
  }

  /// Whether a grouping key may be read beside aggregates: a variable, or properties of one.
  func isSimpleKey(_ id: ExpressionID) -> Bool {
    switch self[id].kind {
    case .variable: true
    case .property(let subject, _): isSimpleKey(subject)
    default: false
    }
  }
}
