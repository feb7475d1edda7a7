@testable import Plenary

/// Calls a scalar function as the evaluator does, on an empty graph at 2026-11-21T20:00:00.5Z.
func call(_ name: String, _ arguments: Value...) throws -> Value {
  guard let function = FunctionRegistry.shared.scalar(named: name) else {
    throw QueryError(.unknownFunction, "no function \(name)")
  }
  let context = EvaluationContext(graph: Graph(), statementTime: 1_795_291_200_500_000_000)
  return try function(arguments[...], in: context)
}

/// Aggregates values, skipping null as the engine does.
func aggregate(_ name: String, _ values: [Value], _ rest: Value...) throws -> Value {
  guard let function = FunctionRegistry.shared.aggregate(named: name) else {
    throw QueryError(.unknownFunction, "no function \(name)")
  }
  let accumulator = function.makeAccumulator()
  for value in values where !value.isNull {
    try accumulator.add(value, rest: rest[...])
  }
  return try accumulator.finish()
}
