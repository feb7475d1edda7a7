/// The rows joined with those that a procedure makes for them.
final class CallOperator: Operator {
  private let call: BoundCall
  private let input: Operator
  private let kept: [VariableID]
  private var pending: BatchSlicer?

  init(_ call: BoundCall, _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.call = call
    self.input = input
    let yielded = Set(call.yields.map(\.variable))
    kept = plan.live.filter { !yielded.contains($0) }
    super.init(context: context, plan: plan)
  }

  override func next() throws -> Batch? {
    while true {
      if let batch = pending?.next(context.batchSize) { return batch }
      guard let batch = try input.next() else { return nil }
      try memory.hold(0)
      let arguments = try call.arguments.map { try context.evaluate($0, batch) }
      var rows: [Int32] = []
      var columns: [[Value]] = call.yields.map { _ in [] }
      for row in 0..<batch.count {
        try context.checkStop()
        let found = try procedureRows(arguments.map { $0[row] })
        try memory.add(valuesOf: .values(found.flatMap { $0 }))
        for result in found {
          rows.append(Int32(row))
          for (index, yield) in call.yields.enumerated() { columns[index].append(result[yield.result]) }
        }
      }
      // A procedure without results is called for what it does: the rows go on as they are.
      if call.procedure.results.isEmpty { return batch }
      guard !rows.isEmpty else { continue }
      var result = batch.gathered(rows, keeping: kept)
      for (yield, column) in zip(call.yields, columns) { result[yield.variable] = Vector(narrowing: column) }
      pending = BatchSlicer(result, keeping: live)
    }
  }

  private func procedureRows(_ arguments: [Value]) throws -> [[Value]] {
    for (argument, field) in zip(arguments, call.procedure.parameters)
    where !argument.isNull && argument.valueType.isDisjoint(with: field.type.withNumericWidening) {
      throw QueryError(
        .invalidArgumentType,
        "\(argument.valueType.phrase) for `\(field.name)` of `\(call.procedure.name)`, expected \(field.type.phrase)",
        at: call.range)
    }
    let rows: [[Value]]
    do {
      rows = try call.procedure.rows(arguments, context.graph)
    } catch let error as QueryError {
      throw error.located(at: call.range)
    } catch {
      throw QueryError(.procedureFailed, "`\(call.procedure.name)` failed: \(error)", at: call.range)
    }
    guard rows.allSatisfy({ $0.count == call.procedure.results.count }) else {
      throw QueryError(
        .procedureFailed,
        "`\(call.procedure.name)` made a row without exactly \(call.procedure.results.count) values", at: call.range)
    }
    do {
      for row in rows { for value in row { try context.graph.checkHolds(value) } }
    } catch {
      throw error.located(at: call.range)
    }
    return rows
  }
}
