import OrderedCollections
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
      let ((boundStep, accumulatorVariable, loopVariable), captured) = inLoop(variable, over: boundList) { id in
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
    if let given = environment.parameterNames, !given.contains(name.text) {
      let near = Suggestion.nearest(to: name.text, among: Array(given))
      report(
        .missingParameter, "parameter `$\(name.text)` is not given", at: name.range,
        hint: near.map { "did you mean `$\($0)`?" })
    }
    return BoundExpression(.parameter(name.text), at: name.range)
  }

  private func bindVariable(_ name: Name) -> BoundExpression {
    guard let variable = scope[name.text] else {
      if namesInsideColumns.contains(name.text) { reportAmbiguous(name) } else { reportUndefined(name) }
      return BoundExpression(.constant(.null), at: name.range)
    }
    if let collector = aggregation.collector, !collector.allows(variable) { reportAmbiguous(name) }
    noteUse(of: variable)
    return BoundExpression(.variable(variable), at: name.range, type: info(variable).type)
  }

  private func reportAmbiguous(_ name: Name) {
    report(
      .ambiguousAggregation,
      "`\(name.text)` beside an aggregate is no grouping key, expected one of the other columns", at: name.range,
      hint: "return `\(name.text)` as a column of its own, or compute the expression in a WITH before")
  }

  func reportUndefined(_ name: Name) {
    let near = Suggestion.nearest(to: name.text, among: Array(scope.names.keys))
    let names = scope.names.keys.sorted()
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
    guard !writes, environment.graph.nodeCount > 0, environment.graph.keyToken(key.text) == nil else { return }
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

  // MARK: Operators

  func expectBoolean(_ expression: BoundExpression, of what: String) {
    guard expression.type.excludes(.boolean) else { return }
    report(
      .invalidArgumentTypeInText, "\(expression.type.phrase) as operand of \(what), expected a boolean",
      at: expression.range)
  }

  private func bindUnary(_ op: UnaryOperator, _ operand: ExpressionID, at range: SourceRange) -> BoundExpression {
    let bound = bindExpression(operand)
    switch op {
    case .not:
      expectBoolean(bound, of: "NOT")
      return BoundExpression(.not(bound), at: range, type: .boolean)
    case .plus, .minus:
      let accepted: ValueType = .number.union(.duration)
      if bound.type.excludes(accepted) {
        report(
          .invalidArgumentTypeInText, "\(bound.type.phrase) after a sign, expected a number", at: bound.range)
      }
      if op == .minus, case .constant(.integer(let value)) = bound.kind, value != .min {
        return BoundExpression(.constant(.integer(-value)), at: range, type: .integer)
      }
      if op == .minus, case .constant(.float(let value)) = bound.kind {
        return BoundExpression(.constant(.float(-value)), at: range, type: .float)
      }
      return BoundExpression(op == .plus ? .plus(bound) : .negate(bound), at: range, type: bound.type)
    }
  }

  private func bindBinary(
    _ op: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, operatorRange: SourceRange, at range: SourceRange
  ) -> BoundExpression {
    let a = bindExpression(left)
    let b = bindExpression(right)
    let type: ValueType
    switch op {
    case .add, .subtract, .multiply, .divide, .modulo, .power:
      type = arithmeticType(op, a.type, b.type)
      if a.type != .null, b.type != .null, type == .null {
        report(
          .invalidArgumentTypeInText,
          "`\(op.rawValue)` of \(a.type.phrase) and \(b.type.phrase), expected \(op == .add ? "numbers, strings or lists" : "numbers")",
          at: operatorRange)
      }
    case .in:
      type = .boolean
      if b.type.excludes(.list) {
        report(.invalidArgumentTypeInText, "\(b.type.phrase) after IN, expected a list", at: b.range)
      }
    case .startsWith, .endsWith, .contains, .matches: type = .boolean
    }
    return BoundExpression(.binary(op, a, b, operatorRange: operatorRange), at: range, type: type)
  }

  /// The types that an arithmetic operator can make of its operands; empty when it can make nothing.
  private func arithmeticType(_ op: BinaryOperator, _ a: ValueType, _ b: ValueType) -> ValueType {
    if a == .null || b == .null { return a.union(b) }
    var result: ValueType = []
    if !a.isDisjoint(with: .number), !b.isDisjoint(with: .number) {
      if op == .power {
        result.formUnion(.float)
      } else {
        if a.contains(.integer), b.contains(.integer) { result.formUnion(.integer) }
        if a.contains(.float) || b.contains(.float) { result.formUnion(.float) }
      }
    }
    switch op {
    case .add:
      if a.contains(.string) || b.contains(.string) { result.formUnion(.string) }
      if a.contains(.list) || b.contains(.list) { result.formUnion(.list) }
      if b.contains(.duration) { result.formUnion(a.intersection(.instant.union(.duration))) }
      if a.contains(.duration) { result.formUnion(b.intersection(.instant.union(.duration))) }
    case .subtract:
      if b.contains(.duration) { result.formUnion(a.intersection(.instant.union(.duration))) }
    case .multiply:
      if a.contains(.duration), !b.isDisjoint(with: .number) { result.formUnion(.duration) }
      if b.contains(.duration), !a.isDisjoint(with: .number) { result.formUnion(.duration) }
    case .divide:
      if a.contains(.duration), !b.isDisjoint(with: .number) { result.formUnion(.duration) }
    default: break
    }
    return result
  }

  private func bindComparison(
    _ first: ExpressionID, _ links: [ComparisonLink], at range: SourceRange
  ) -> BoundExpression {
    var left = bindExpression(first)
    var pairs: [BoundExpression] = []
    for link in links {
      let right = bindExpression(link.operand)
      pairs.append(
        BoundExpression(
          .comparison(link.operator, left, right, operatorRange: link.operatorRange),
          at: left.range.union(right.range), type: .boolean))
      left = right
    }
    return pairs.count == 1 ? pairs[0] : BoundExpression(.logical(.and, pairs), at: range, type: .boolean)
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
    _ variable: Name, over list: BoundExpression, _ body: (VariableID) -> Result
  ) -> (Result, captured: [VariableID]) {
    let mode = aggregation.collector.map(AggregationMode.insideLoop) ?? .forbidden("in the body of a loop")
    return capturing {
      scoped(scope) {
        aggregating(mode) { body(define(variable.text, list.elementType)) }
      }
    }
  }

  // MARK: Calls

  private func bindCallOrAggregate(_ id: ExpressionID) -> BoundExpression {
    let range = tree[id].range
    guard case .call(let call) = tree[id].kind else {
      return bindAggregate(nil, isDistinct: false, arguments: [], at: range)
    }
    let name = call.function.text
    if let aggregate = FunctionRegistry.shared.aggregate(named: name) {
      return bindAggregate(aggregate, isDistinct: call.isDistinct, arguments: call.arguments, at: range)
    }
    if name.lowercased() == "exists", call.arguments.count == 1 {
      let argument = bindExpression(call.arguments[0])
      if case .subquery = argument.kind { return argument }
      return BoundExpression(.isNull(argument, isNegated: true), at: range, type: .boolean)
    }
    guard let function = FunctionRegistry.shared.scalar(named: name) else {
      let near = Suggestion.nearest(to: name, among: FunctionRegistry.shared.names)
      report(
        .unknownFunction, "there is no function `\(name)`", at: call.function.range,
        hint: near.map { "did you mean `\($0)`?" })
      for argument in call.arguments { _ = bindExpression(argument) }
      return BoundExpression(.constant(.null), at: range)
    }
    if call.isDistinct {
      report(
        .invalidAggregation, "DISTINCT in `\(function.name)`, expected it only in aggregating functions", at: range)
    }
    let arguments = call.arguments.map(bindExpression)
    check(
      arguments, of: function.signature, parameters: function.parameters, isVariadic: function.isVariadic, at: range)
    return BoundExpression(.call(function, arguments), at: range, type: function.result)
  }

  /// Compares arguments with the parameters of a function.
  private func check(
    _ arguments: [BoundExpression], of signature: String, parameters: [ScalarFunction.Parameter], isVariadic: Bool,
    at range: SourceRange
  ) {
    let required = parameters.count { !$0.isOptional }
    let name = signature.prefix { $0 != "(" }
    if arguments.count < required || (arguments.count > parameters.count && !isVariadic) {
      let expected = required == parameters.count ? "\(required)" : "\(required) to \(parameters.count)"
      report(
        .invalidNumberOfArguments,
        "`\(name)` got \(arguments.count) argument\(arguments.count == 1 ? "" : "s"), expected \(isVariadic ? "at least \(required)" : expected)",
        at: range, hint: signature)
      return
    }
    for (index, argument) in arguments.enumerated() {
      guard let parameter = index < parameters.count ? parameters[index] : parameters.last else { continue }
      if argument.type.excludes(parameter.type.withNumericWidening) {
        report(
          .invalidArgumentTypeInText,
          "`\(name)` got \(argument.type.phrase) for `\(parameter.name)`, expected \(parameter.type.phrase)",
          at: argument.range, hint: signature)
      }
    }
  }

  private func bindAggregate(
    _ function: AggregateFunction?, isDistinct: Bool, arguments: [ExpressionID], at range: SourceRange
  ) -> BoundExpression {
    let name = function?.name ?? "count"
    switch aggregation {
    case .insideLoop:
      report(
        .invalidAggregation, "aggregating function `\(name)` in the body of a loop, expected a plain expression",
        at: range, hint: "aggregate in a WITH before and use the result")
      return BoundExpression(.constant(.null), at: range)
    case .forbidden(let place):
      let before = diagnostics.count
      if place == AggregationMode.inOrder {
        namesInsideColumns = []
        for argument in arguments { _ = bindExpression(argument) }
      }
      // What is wrong inside says more than that it is an aggregate.
      guard diagnostics.count == before else { return BoundExpression(.constant(.null), at: range) }
      let isNested = place == AggregationMode.insideAggregate
      report(
        isNested ? .nestedAggregation : .invalidAggregation,
        isNested
          ? "`\(name)` inside another aggregating function, expected a plain expression"
          : "aggregating function `\(name)` \(place), expected it only in RETURN and WITH", at: range,
        hint: "aggregate in a WITH before and use the result")
      return BoundExpression(.constant(.null), at: range)
    case .collected(let collector):
      let bound = aggregating(.forbidden(AggregationMode.insideAggregate)) {
        withoutReplacements { arguments.map(bindExpression) }
      }
      if let function {
        check(bound, of: function.signature, parameters: function.parameters, isVariadic: false, at: range)
        for argument in bound where argument.isNondeterministic {
          report(
            .nonConstantExpression,
            "a random value inside `\(name)`, expected a value that is the same when read twice",
            at: argument.range)
        }
      }
      let type = function?.result ?? .integer
      let variable = makeVariable(type)
      collector.aggregates.append(
        (
          variable,
          BoundAggregate(function: function, isDistinct: isDistinct, arguments: bound, range: range)
        ))
      return BoundExpression(.variable(variable), at: range, type: type)
    }
  }

  private func withoutReplacements<Result>(_ body: () -> Result) -> Result {
    let outer = replacements
    replacements = []
    defer { replacements = outer }
    return body()
  }

  // MARK: Subqueries

  private func bindPatternExpression(_ pattern: PathPattern, at range: SourceRange) -> BoundExpression {
    if pattern.search != .all {
      // A search as a value: a path, or the list of all of them.
      let (query, captured) = nested { () -> (BoundQuery, VariableID) in
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
    let (query, captured) = nested {
      let bound = bindPattern([pattern], condition: nil, definesVariables: false)
      return BoundQuery(
        parts: [BoundSingleQuery(clauses: [.match(bound, isOptional: false)], columns: [])], unionKeepsDuplicates: [],
        columns: [])
    }
    return add(BoundSubquery(kind: .exists, query: query, captured: captured), at: range, type: .boolean)
  }

  private func bindPatternComprehension(
    _ pattern: PathPattern, _ condition: ExpressionID?, _ projection: ExpressionID, at range: SourceRange
  ) -> BoundExpression {
    let ((query, variable), captured) = nested { () -> (BoundQuery, VariableID) in
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

  private func bindSubquery(_ kind: SubqueryKind, _ id: QueryID, at range: SourceRange) -> BoundExpression {
    let (query, captured) = nested { bindQuery(id, role: kind == .collect ? .subquery : .predicate) }
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

  /// Binds a query inside an expression: it sees the scope around it and leaves nothing behind.
  private func nested<Result>(_ body: () -> Result) -> (Result, captured: [VariableID]) {
    capturing {
      scoped(scope) {
        withoutReplacements {
          aggregating(.forbidden("in a subquery")) { body() }
        }
      }
    }
  }

  private func add(_ subquery: BoundSubquery, at range: SourceRange, type: ValueType) -> BoundExpression {
    subqueries.append(subquery)
    return BoundExpression(.subquery(SubqueryID(index: subqueries.count - 1)), at: range, type: type)
  }
}

extension AggregationMode {
  /// The place that makes an aggregating call a nested one.
  static let insideAggregate = "inside an aggregating function"
  /// The place that allows only the aggregates that are columns.
  static let inOrder = "in ORDER BY that is no column"
}
