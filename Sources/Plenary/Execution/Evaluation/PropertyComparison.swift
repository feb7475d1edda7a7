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

extension BoundExpression {
  /// A value that is the same for all rows.
  fileprivate func knownValue(_ parameters: MapValue) -> Value? {
    switch kind {
    case .constant(let value): value
    case .parameter(let name): parameters[name]
    default: nil
    }
  }

  /// The node or relationship and the key, if this is a property of a variable that holds one.
  fileprivate var propertyOfEntity: (VariableID, String)? {
    guard case .property(let subject, let key) = kind, case .variable(let variable) = subject.kind,
      subject.type == .node || subject.type == .relationship
    else { return nil }
    return (variable, key)
  }
}
