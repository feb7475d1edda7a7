import PlenarySyntax

/// A property of a node or relationship compared with a value that is the same for all rows.
struct PropertyComparison {
  /// The node or relationship.
  let subject: VariableID
  let key: String
  let op: ComparisonOperator
  let value: Value

  /// `nil` for any other condition.
  init?(_ condition: BoundExpression, _ parameters: MapValue) {
    guard case .comparison(let op, let left, let right, _) = condition.kind else { return nil }
    if let value = right.knownValue(parameters), let (subject, key) = left.propertyOfEntity {
      (self.subject, self.key, self.op, self.value) = (subject, key, op, value)
    } else if let value = left.knownValue(parameters), let (subject, key) = right.propertyOfEntity {
      (self.subject, self.key, self.op, self.value) = (subject, key, op.mirrored, value)
    } else {
      return nil
    }
  }

  /// The column of the property, where it says everything.
  func column(in graph: Graph, ofNodes: Bool) -> PropertyColumn? {
    graph.keyToken(key).flatMap { graph.unchangedColumn($0, ofNodes: ofNodes) }
  }
}

extension ExecutionContext {
  /// The truth of a condition for every row, where it compares a number or date of a node or relationship with one value
  /// and the column can be read as it lies in the graph.
  func comparedInPlace(_ condition: BoundExpression, _ batch: Batch) -> [Ternary]? {
    // Below so many rows getting ready takes longer.
    guard batch.count >= 64, !hasDeleted, let comparison = PropertyComparison(condition, parameters) else { return nil }
    // The code of a string takes a search.
    if case .string = comparison.value { return nil }
    guard let elements = batch.elements(of: comparison.subject) else { return nil }
    return comparison.column(in: graph, ofNodes: elements.areNodes)
      .flatMap { ColumnTest($0, comparison.op, comparison.value) }?.truths(of: elements.ids)
  }
}

extension BoundExpression {
  /// A value that is the same for all rows.
  fileprivate func knownValue(_ parameters: MapValue) -> Value? {
    switch kind {
    case .constant(let value): value
    case .parameter(let name): parameters[name]
    case .call: constantInstant
    default: nil
    }
  }

  /// The value of a call that makes a date or time of constants, such as `date('2020-01-01')`; `nil` for any other, and
  /// where it fails.
  private var constantInstant: Value? {
    guard isConstantInstant, case .call(let function, let arguments) = kind else { return nil }
    let values = arguments.map { if case .constant(let value) = $0.kind { value } else { Value.null } }
    return try? function.implementation(values[...], EvaluationContext(graph: Graph(), statementTime: 0))
  }

  /// Whether this is a call that makes a date or time of constants.
  var isConstantInstant: Bool {
    guard case .call(let function, let arguments) = kind, function.isDeterministic, !arguments.isEmpty,
      ValueType.instant.isSuperset(of: function.result)
    else { return false }
    return arguments.allSatisfy { if case .constant(let value) = $0.kind { !value.isNull } else { false } }
  }

  /// The node or relationship and the key, if this is a property of a variable that holds one.
  fileprivate var propertyOfEntity: (VariableID, String)? {
    guard case .property(let subject, let key) = kind, case .variable(let variable) = subject.kind,
      subject.type == .node || subject.type == .relationship
    else { return nil }
    return (variable, key)
  }
}
