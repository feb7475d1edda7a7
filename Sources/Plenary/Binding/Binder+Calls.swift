import PlenarySyntax

extension Binder {
  func bindCallOrAggregate(_ id: ExpressionID) -> BoundExpression {
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
      let near = FunctionRegistry.shared.suggestion(for: name)
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
    if function.name == "size", arguments.count == 1, let count = bindCount(ofCollected: arguments[0], at: range) {
      return count
    }
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

  func withoutReplacements<Result>(_ body: () -> Result) -> Result {
    let outer = replacements
    replacements = []
    defer { replacements = outer }
    return body()
  }
}

extension AggregationMode {
  /// The place that makes an aggregating call a nested one.
  static let insideAggregate = "inside an aggregating function"
  /// The place that allows only the aggregates that are columns.
  static let inOrder = "in ORDER BY that is no column"
}
