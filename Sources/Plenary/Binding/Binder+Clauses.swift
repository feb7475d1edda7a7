import PlenarySyntax

extension Binder {
  /// What a query is part of, which decides what it must end with.
  enum QueryRole {
    /// A statement of its own.
    case statement
    /// `EXISTS { }` and `COUNT { }`: RETURN may be left out and aggregates nothing outside.
    case predicate
    /// `COLLECT { }` and `CALL { }`.
    case subquery
  }

  func bindQuery(_ id: QueryID, role: QueryRole) -> BoundQuery {
    let query = tree[id]
    let outer = scope
    var parts: [BoundSingleQuery] = []
    for part in query.parts {
      scope = outer
      parts.append(bindSingleQuery(part, role: role))
    }
    scope = outer
    guard parts.count > 1 else {
      return BoundQuery(parts: parts, unionKeepsDuplicates: [], columns: parts.first?.columns ?? [])
    }
    let names = parts[0].columns.map(\.name)
    for (index, part) in parts.enumerated().dropFirst()
    where Set(part.columns.map { ExactText($0.name) }) != Set(names.map { ExactText($0) }) {
      report(
        .differentColumnsInUnion,
        "UNION of different columns: \(list(part.columns.map(\.name))), expected \(list(names))",
        at: query.parts[index].range, hint: "give the columns the same names with AS")
    }
    // Columns meet by name; the first part gives their order.
    parts = parts.map { part in
      var part = part
      part.columns = names.compactMap { name in part.columns.first { $0.name.hasSameCodePoints(as: name) } }
      return part
    }
    let columns = names.enumerated().map { index, name in
      let type = parts.reduce(ValueType.null) { union, part in
        index < part.columns.count ? union.union(info(part.columns[index].variable).type) : union
      }
      return BoundColumn(name: name, variable: makeVariable(type, name: name))
    }
    return BoundQuery(
      parts: parts, unionKeepsDuplicates: query.unions.map(\.keepsDuplicates), columns: columns)
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.map { "`\($0)`" }.joined(separator: ", ")
  }

  private func bindSingleQuery(_ query: SingleQuery, role: QueryRole) -> BoundSingleQuery {
    var clauses: [BoundClause] = []
    var columns: [BoundColumn] = []
    for clause in query.clauses {
      switch clause.kind {
      case .match(let match):
        clauses.append(.match(bindMatch(match, at: clause.range), isOptional: match.isOptional))
      case .unwind(let list, let variable):
        let expression = aggregating(.forbidden("in UNWIND")) { bindExpression(list) }
        if scope[variable.text] != nil { reportAlreadyBound(variable) }
        let element = expression.elementType
        clauses.append(.unwind(expression, variable: define(variable.text, element)))
      case .with(let projection):
        clauses.append(.project(bindProjection(projection, isReturn: false)))
      case .returning(let projection):
        let bound = bindProjection(projection, isReturn: true)
        columns = bound.outputs
        clauses.append(.project(bound))
      case .create(let patterns):
        writes = true
        clauses.append(.create(bindCreation(patterns)))
      case .merge(let merge):
        writes = true
        clauses.append(.merge(bindMerge(merge)))
      case .set(let items):
        writes = true
        clauses.append(.set(items.map(bindSetItem)))
      case .remove(let items):
        writes = true
        clauses.append(.remove(items.map(bindRemoveItem)))
      case .delete(let expressions, let detach):
        writes = true
        clauses.append(.delete(expressions.map(bindDeletion), detach: detach))
      case .call(let call):
        let isStandalone = query.clauses.count == 1 && role == .statement
        if let bound = bindCall(call, at: clause.range, isStandalone: isStandalone) {
          clauses.append(.call(bound))
          if isStandalone {
            columns = bound.yields.map { BoundColumn(name: info($0.variable).name, variable: $0.variable) }
          }
        }
      case .subquery(let id):
        let (inner, captured) = capturing { bindQuery(id, role: .subquery) }
        for column in inner.columns {
          if scope[column.name] != nil {
            report(
              .variableAlreadyBound, "variable `\(column.name)` is bound already, expected a new name", at: clause.range
            )
          }
          scope.define(column.name, column.variable)
        }
        clauses.append(.subquery(inner, captured: captured))
      }
    }
    return BoundSingleQuery(clauses: clauses, columns: columns)
  }

  // MARK: Writing

  func bindMerge(_ merge: MergeClause) -> BoundMerge {
    let creation = bindCreation([merge.pattern], isMerge: true)
    // Matching binds the same variables that creating would.
    let pattern = bindMergePattern(merge.pattern, creation: creation)
    let onCreate = merge.onCreate.map(bindSetItem)
    let onMatch = merge.onMatch.map(bindSetItem)
    return BoundMerge(pattern: pattern, creation: creation, onCreate: onCreate, onMatch: onMatch)
  }

  func bindSetItem(_ item: SetItem) -> BoundSetItem {
    aggregating(.forbidden("in SET")) {
      switch item.kind {
      case .property(let subject, let key, let value):
        return .property(
          of: bindEntity(subject, for: "SET"), key: key.text, value: bindExpression(value))
      case .replace(let subject, let value):
        return .replace(bindEntity(subject, for: "SET"), value: bindExpression(value))
      case .merge(let subject, let value):
        return .merge(bindEntity(subject, for: "SET"), value: bindExpression(value))
      case .labels(let subject, let names):
        return .labels(of: bindEntity(subject, for: "SET", accepts: .node), names.map(\.text))
      }
    }
  }

  func bindRemoveItem(_ item: RemoveItem) -> BoundRemoveItem {
    aggregating(.forbidden("in REMOVE")) {
      switch item.kind {
      case .property(let subject, let key):
        return .property(of: bindEntity(subject, for: "REMOVE"), key: key.text)
      case .labels(let subject, let names):
        return .labels(of: bindEntity(subject, for: "REMOVE", accepts: .node), names.map(\.text))
      }
    }
  }

  /// Binds what SET or REMOVE changes.
  private func bindEntity(
    _ id: ExpressionID, for clause: String, accepts: ValueType = [.node, .relationship]
  ) -> BoundExpression {
    let expression = bindExpression(id)
    if expression.type.excludes(accepts.union(.map)) {
      report(
        .invalidArgumentTypeInText,
        "\(expression.type.phrase) in \(clause), expected \(accepts.phrase)", at: expression.range)
    } else if let owner = expression.ownerOfProperty, owner.type.isSubset(of: [.node, .relationship]) {
      // Such a value is never a node, and null would be passed over without a word.
      report(
        .invalidArgumentTypeInText,
        "a property of \(owner.type.phrase) in \(clause), expected \(accepts.phrase)", at: expression.range,
        hint: "a property is named with a dot and its key, as in `n.name = 'Laos'`")
    }
    return expression
  }

  private func bindDeletion(_ id: ExpressionID) -> BoundExpression {
    let expression = aggregating(.forbidden("in DELETE")) { bindExpression(id) }
    let accepted: ValueType = [.node, .relationship, .path]
    if case .hasLabels = tree[id].kind {
      report(
        .invalidDelete, "a label predicate in DELETE, expected a node, relationship or path", at: expression.range,
        hint: "REMOVE takes labels off a node")
    } else if expression.type.excludes(accepted) {
      report(
        .invalidArgumentTypeInText,
        "\(expression.type.phrase) in DELETE, expected a node, relationship or path", at: expression.range)
    }
    return expression
  }

  // MARK: Procedures

  private func bindCall(_ call: CallClause, at range: SourceRange, isStandalone: Bool) -> BoundCall? {
    guard let procedure = environment.procedures[call.procedure.text] else {
      let near = Suggestion.nearest(to: call.procedure.text, among: environment.procedures.names)
      report(
        .procedureNotFound, "there is no procedure `\(call.procedure.text)`", at: call.procedure.range,
        hint: near.map { "did you mean `\($0)`?" } ?? "CALL db.procedures() lists those there are")
      return nil
    }
    let arguments = bindArguments(of: call, procedure: procedure, isStandalone: isStandalone)
    var yields: [(result: Int, variable: VariableID)] = []
    if let items = call.yields {
      for item in items {
        guard let index = procedure.results.firstIndex(where: { $0.name.hasSameCodePoints(as: item.column.text) })
        else {
          let near = Suggestion.nearest(to: item.column.text, among: procedure.results.map(\.name))
          report(
            .undefinedVariable, "procedure `\(procedure.name)` has no result `\(item.column.text)`",
            at: item.column.range, hint: near.map { "did you mean `\($0)`?" })
          continue
        }
        let name = item.alias ?? item.column
        if scope[name.text] != nil { reportAlreadyBound(name) }
        yields.append((index, define(name.text, procedure.results[index].type)))
      }
    } else if isStandalone || call.yieldStar != nil {
      if let star = call.yieldStar, !isStandalone {
        report(.unexpectedToken, "`YIELD *` inside a query, expected the names of columns", at: star)
      }
      for (index, field) in procedure.results.enumerated() {
        yields.append((index, define(field.name, field.type)))
      }
    }
    let condition = call.condition.map { id in aggregating(.forbidden("in WHERE")) { bindCondition(id) } }
    return BoundCall(procedure: procedure, arguments: arguments, yields: yields, condition: condition, range: range)
  }

  private func bindArguments(of call: CallClause, procedure: Procedure, isStandalone: Bool) -> [BoundExpression] {
    guard let given = call.arguments else {
      guard isStandalone else {
        report(
          .invalidArgumentPassingMode, "`\(procedure.name)` without arguments in parentheses", at: call.procedure.range,
          hint: "inside a query write `CALL \(procedure.name)(...)`")
        return []
      }
      return procedure.parameters.map { field in
        bindParameter(Name(field.name, at: call.procedure.range))
      }
    }
    let arguments = given.map { id in aggregating(.forbidden("in the arguments of a procedure")) { bindExpression(id) }
    }
    guard arguments.count == procedure.parameters.count else {
      report(
        .invalidNumberOfArguments,
        "`\(procedure.name)` got \(arguments.count) arguments, expected \(procedure.parameters.count)",
        at: call.procedure.range, hint: procedure.signature)
      return arguments
    }
    for (argument, field) in zip(arguments, procedure.parameters)
    where argument.type.excludes(field.type.withNumericWidening) {
      report(
        .invalidArgumentTypeInText,
        "\(argument.type.phrase) for `\(field.name)` of `\(procedure.name)`, expected \(field.type.phrase)",
        at: argument.range, hint: procedure.signature)
    }
    return arguments
  }
}

extension ValueType {
  /// Whether no value of these types, null aside, is one of the others. Null alone excludes nothing.
  func excludes(_ others: ValueType) -> Bool { self != .null && isDisjoint(with: others) }

  /// Where a float is wanted an integer will do.
  var withNumericWidening: ValueType { contains(.float) ? union(.integer) : self }
}

extension BoundExpression {
  /// What this is a property of, where it is one.
  fileprivate var ownerOfProperty: BoundExpression? {
    switch kind {
    case .property(let owner, _), .element(let owner, _): owner
    default: nil
    }
  }
}
