import PlenarySyntax

extension Binder {
  func bindPatternExpression(_ pattern: PathPattern, at range: SourceRange) -> BoundExpression {
    if pattern.search != .all {
      // A search as a value: a path, or the list of all of them.
      let (query, captured) = nested(at: range) { () -> (BoundQuery, VariableID) in
        let bound = bindPattern([pattern], condition: nil, definesVariables: false)
        let path = bound.searches.last?.path ?? makeVariable(.path)
        return (
          BoundQuery(
            parts: [BoundSingleQuery(clauses: [.match(bound, isOptional: false)], columns: [])],
            unionKeepsDuplicates: [], columns: []), path
        )
      }
      let findsAll = pattern.search == .allShortest
      return add(
        BoundSubquery(kind: findsAll ? .collect(query.1) : .first(query.1), query: query.0, captured: captured),
        at: range, type: findsAll ? .list : .path)
    }
    let (query, captured) = nested(at: range) {
      let bound = bindPattern([pattern], condition: nil, definesVariables: false)
      return BoundQuery(
        parts: [BoundSingleQuery(clauses: [.match(bound, isOptional: false)], columns: [])], unionKeepsDuplicates: [],
        columns: [])
    }
    return add(BoundSubquery(kind: .exists, query: query, captured: captured), at: range, type: .boolean)
  }

  func bindPatternComprehension(
    _ pattern: PathPattern, _ condition: ExpressionID?, _ projection: ExpressionID, at range: SourceRange
  ) -> BoundExpression {
    let ((query, variable), captured) = nested(at: range) { () -> (BoundQuery, VariableID) in
      let bound = bindPattern([pattern], condition: condition)
      let value = aggregating(.forbidden("in a pattern comprehension")) { bindExpression(projection) }
      let variable = makeVariable(value.type)
      let project = BoundProjection(
        assignments: [BoundAssignment(variable: variable, expression: value)], isDistinct: false,
        outputs: [BoundColumn(name: "", variable: variable)], order: [], isReturn: true)
      let columns = [BoundColumn(name: "", variable: variable)]
      return (
        BoundQuery(
          parts: [
            BoundSingleQuery(clauses: [.match(bound, isOptional: false), .project(project)], columns: columns)
          ], unionKeepsDuplicates: [], columns: columns), variable
      )
    }
    return add(BoundSubquery(kind: .collect(variable), query: query, captured: captured), at: range, type: .list)
  }

  func bindSubquery(_ kind: SubqueryKind, _ id: QueryID, at range: SourceRange) -> BoundExpression {
    let (query, captured) = nested(at: range) { bindQuery(id, role: kind == .collect ? .subquery : .predicate) }
    let wroteInside = query.parts.contains { part in part.clauses.contains(where: \.writes) }
    if wroteInside {
      report(
        .invalidClauseComposition, "a writing clause in \(kind.rawValue) { }, expected only reading clauses", at: range)
    }
    switch kind {
    case .exists: return add(BoundSubquery(kind: .exists, query: query, captured: captured), at: range, type: .boolean)
    case .count: return add(BoundSubquery(kind: .count, query: query, captured: captured), at: range, type: .integer)
    case .collect:
      guard query.columns.count == 1 else {
        report(
          .unexpectedToken, "COLLECT { } of \(query.columns.count) columns, expected exactly one", at: range)
        return BoundExpression(.constant(.null), at: range)
      }
      return add(
        BoundSubquery(kind: .collect(query.columns[0].variable), query: query, captured: captured), at: range,
        type: .list)
    }
  }

  /// The size of a list that a pattern comprehension collects, as the number of its rows; `nil` if something computed for
  /// the list may fail, or decides what is in it.
  func bindCount(ofCollected list: BoundExpression, at range: SourceRange) -> BoundExpression? {
    guard case .subquery(let id) = list.kind, case .collect = subqueries[id.index].kind,
      subqueries[id.index].query.parts.count == 1,
      case .project(let projection)? = subqueries[id.index].query.parts[0].clauses.last,
      !projection.isDistinct, projection.aggregation == nil, projection.order.isEmpty, projection.skip == nil,
      projection.limit == nil, projection.condition == nil,
      !projection.assignments.contains(where: { $0.expression.mayFail || $0.expression.isNondeterministic })
    else { return nil }
    // Nothing else refers to it: each list in the text has a subquery of its own.
    subqueries[id.index].query.parts[0].clauses.removeLast()
    subqueries[id.index].query.parts[0].columns = []
    subqueries[id.index].query.columns = []
    subqueries[id.index].kind = .count
    return BoundExpression(list.kind, at: range, type: .integer)
  }

  /// Binds a query inside an expression: it sees the scope around it and leaves nothing behind.
  ///
  /// Beside aggregates it reads grouping keys only, like everything else there.
  private func nested<Result>(at range: SourceRange, _ body: () -> Result) -> (Result, captured: [VariableID]) {
    let collector = aggregation.collector
    let (result, captured) = capturing {
      scoped(scope) {
        withoutReplacements {
          aggregating(.forbidden("in a subquery")) { body() }
        }
      }
    }
    if let collector, let variable = captured.first(where: { !collector.allows($0) }) {
      reportAmbiguous(Name(info(variable).name, at: range))
    }
    return (result, captured)
  }

  private func add(_ subquery: BoundSubquery, at range: SourceRange, type: ValueType) -> BoundExpression {
    let id = SubqueryID(index: subqueries.count)
    var subquery = subquery
    subquery.twin = subqueryTexts.add(id, at: range, of: tree.text, reading: subquery.captured, in: scope)
    subqueries.append(subquery)
    return BoundExpression(.subquery(id), at: range, type: type)
  }
}
