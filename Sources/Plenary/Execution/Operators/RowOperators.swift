/// The rows for which every condition is true.
final class FilterOperator: Operator {
  private var conditions: [ConditionTest]
  private let input: Operator
  /// The comparisons that the input may make itself.
  private let inputTests: [ScanTests]
  /// The step that makes the input, until it is known what it promises.
  private var step: Expansion?

  /// Below so many rows a label is tested sooner than it is found out whether it must be.
  private static let fewRows = 64

  init(_ conditions: [BoundExpression], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    let conditions = conditions.map { ConditionTest($0, context) }
    self.conditions = conditions
    self.input = input
    let comparisons = conditions.compactMap(\.comparison)
    inputTests = comparisons.isEmpty ? [] : input.scanTests
    for tests in inputTests { tests.comparisons = comparisons.filter { $0.subject == tests.variable } }
    // What the statement writes may break a promise.
    step = context.writes ? nil : plan.inputs.first?.stepToNewNode
    super.init(context: context, plan: plan)
  }

  override func scan(giving property: BoundExpression) -> (tests: ScanTests, key: String)? {
    // A row that is left out must not be one that a condition fails for.
    conditions.contains(where: \.expression.mayFailAsCondition)
      ? nil : input.scan(giving: property)
  }

  override func next() throws -> Batch? {
    while let batch = try input.next() {
      try context.checkStop()
      let result = try passing(batch)
      if result.count > 0 { return result }
    }
    return nil
  }

  /// Leaves out tests for a label that all relationships the step below could take lead to.
  private func leaveOutPromises(of step: Expansion) {
    self.step = nil
    let neighbours = Neighbourhood(of: step, in: context.graph)
    conditions.removeAll { test in
      guard case .hasLabels(let subject, _) = test.expression.kind, subject.isReference(to: step.to) else {
        return false
      }
      return neighbours.promises(test.expression, of: step, atEnd: true)
    }
  }

  /// The conditions that the input has not tested.
  private var openConditions: [ConditionTest] {
    let made = inputTests.filter(\.areMade)
    if made.isEmpty { return conditions }
    return conditions.filter { condition in
      guard let comparison = condition.comparison else { return true }
      return !made.contains { $0.variable == comparison.subject }
    }
  }

  private func passing(_ batch: Batch) throws -> Batch {
    if let step, batch.count >= FilterOperator.fewRows { leaveOutPromises(of: step) }
    var batch = batch
    // What the conditions so far say of the rows that are still there.
    var truths: [Ternary]?
    for condition in openConditions where batch.count > 0 && !condition.holdsForAll(batch) {
      // Rows that are out already are taken out of the batch when the next condition may fail for them, or when they are
      // so many that it pays.
      if let found = truths, !condition.isSimple || context.hasDeleted || found.countOfTrue < batch.count / 4 {
        batch = batch.restricted(to: found.positionsOfTrue)
        truths = nil
        if batch.count == 0 { break }
      }
      let next = try condition.truths(batch)
      truths = truths.map { $0.both(next) } ?? next
    }
    guard let truths else { return batch }
    let rows = truths.positionsOfTrue
    return rows.count == batch.count ? batch : batch.gathered(rows, keeping: live)
  }
}

extension Plan {
  /// The step that the operator takes to a node not bound before, if it takes at least one.
  fileprivate var stepToNewNode: Expansion? {
    switch kind {
    case .expand(let step) where !step.isInto: step
    case .variableLengthExpand(let step, let length, _) where !step.isInto && length.min > 0: step
    default: nil
    }
  }
}

/// The rows with further columns.
final class ProjectOperator: Operator {
  private let assignments: [BoundAssignment]
  private let input: Operator

  init(_ assignments: [BoundAssignment], _ input: Operator, _ context: ExecutionContext, _ plan: Plan) {
    self.assignments = assignments
    self.input = input
    super.init(context: context, plan: plan)
  }

  override func scan(giving property: BoundExpression) -> (tests: ScanTests, key: String)? {
    assignments.contains(where: \.expression.mayFail)
      ? nil : input.scan(giving: property.beforeProjection(assignments))
  }

  override func next() throws -> Batch? {
    guard var batch = try input.next() else { return nil }
    try context.checkStop()
    // All are evaluated on the input: an assignment never sees another's result.
    let values = try assignments.map { try context.evaluate($0.expression, batch) }
    for (assignment, column) in zip(assignments, values) { batch[assignment.variable] = column }
    return batch
  }
}
