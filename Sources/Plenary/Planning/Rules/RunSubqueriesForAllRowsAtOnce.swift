extension RewriteRules {
  /// A subquery that groups, drops duplicates, sorts, cuts off or joins branches by UNION runs for all rows of a batch at
  /// once: the number of the row that each of its rows comes from is one more key.
  ///
  /// Before: `Apply` of `Aggregate` over an argument of one row, made anew for each row. After: `Apply` of
  /// `AggregateForEachRow`, which also has a row where nothing was found; with keys, of `Aggregate` with one more.
  /// `ORDER BY`, `SKIP` and `LIMIT` become `TopNForEachRow`, `SkipForEachRow`, `LimitForEachRow`.
  ///
  /// Holds when every other operator of the subquery treats rows apart: none writes. What is kept for each row until the
  /// end, groups, different values and rows to sort, must be little, for it is kept for a whole batch; and what a limit
  /// cuts off must be little, for it is made.
  func runSubqueriesForAllRowsAtOnce(_ plan: Plan) -> Plan? {
    let row: VariableID
    switch plan.kind {
    case .apply(let number, _), .optionalApply(let number, _), .semiApply(let number, _): row = number
    default: return nil
    }
    guard let inner = plan.inputs[1].forAllRowsAtOnce(row) else { return nil }
    var plan = plan
    plan.inputs[1] = inner
    return plan
  }
}

extension Plan {
  /// A plan over an argument that makes for many rows what this one makes for each; `nil` where this one does already, or
  /// none could.
  ///
  /// - Parameter row: the column with the number of the argument row.
  func forAllRowsAtOnce(_ row: VariableID) -> Plan? {
    guard !treatsRowsApart, let carrying = carrying(row), carrying.treatsRowsApart else { return nil }
    return carrying
  }

  /// How many rows an operator may be expected to keep for each row of the argument.
  private static let mostRowsKept = 100.0

  /// The same plan, with the number of the argument row kept all the way.
  private func carrying(_ row: VariableID) -> Plan? {
    if case .argument(let own) = kind { return own == row ? self : nil }
    guard let input = inputs.first?.carrying(row) else { return nil }
    var plan = self
    plan.inputs[0] = input
    if case .union(let columns, let sources) = kind {
      for index in inputs.indices.dropFirst() {
        guard let branch = inputs[index].carrying(row) else { return nil }
        plan.inputs[index] = branch
      }
      plan.kind = .union(columns: columns + [row], sources: sources.map { $0 + [row] })
      return plan
    }
    let keepsLittle = input.estimatedRows <= Plan.mostRowsKept
    switch kind {
    case .aggregate(let aggregation) where aggregation.keys.isEmpty:
      guard keepsLittle || !aggregation.aggregates.contains(where: \.aggregate.isDistinct) else { return nil }
      plan.kind = .aggregateForEachRow(aggregation, row: row)
    case .aggregate(var aggregation):
      guard keepsLittle else { return nil }
      let number = BoundExpression(.variable(row), at: .init(at: 0), type: .integer)
      aggregation.keys.append(BoundAssignment(variable: row, expression: number))
      plan.kind = .aggregate(aggregation)
    case .distinct(let columns):
      guard keepsLittle else { return nil }
      plan.kind = .distinct(columns + [row])
    case .sort(let items):
      guard keepsLittle else { return nil }
      plan.kind = .sortForEachRow(items, limit: nil, skip: nil, row: row)
    case .topN(let items, let limit, let skip):
      guard keepsLittle else { return nil }
      plan.kind = .sortForEachRow(items, limit: limit, skip: skip, row: row)
    case .skip(let count): plan.kind = .skipForEachRow(count, row: row)
    case .limit(let count):
      guard keepsLittle else { return nil }
      plan.kind = .limitForEachRow(count, row: row)
    default: break
    }
    return plan
  }
}
