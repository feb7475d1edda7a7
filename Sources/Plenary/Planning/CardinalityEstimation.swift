import PlenarySyntax

extension Planner {
  /// The share of rows for which a condition is expected to hold.
  ///
  /// - Parameter label: a label that the node has whose property is compared.
  func selectivity(of condition: BoundExpression, label: String? = nil) -> Double {
    switch condition.kind {
    case .hasLabels(let subject, let labels):
      guard subject.type == .node, let name = labels.requiredNames.first else { return 0.5 }
      return labelShare(name)
    case .comparison(.equal, let left, let right, _):
      return valueShare(left, right, label) ?? valueShare(right, left, label) ?? equalityShare(left, right) ?? 0.1
    case .comparison(.notEqual, _, _, _): return 0.9
    case .comparison(let op, let left, let right, _):
      return rangeShare(left, op, right, label) ?? rangeShare(right, op.mirrored, left, label) ?? 0.3
    case .binary(.startsWith, let subject, let prefix, _):
      guard case .property(let node, let key) = subject.kind, node.type == .node else { return 0.1 }
      return shareStarting(label: label, key: key, prefix: prefix)
    case .binary(.endsWith, _, _, _), .binary(.contains, _, _, _): return 0.1
    case .binary(.in, _, _, _): return 0.2
    case .isNull(_, let isNegated): return isNegated ? 0.9 : 0.1
    case .isElement: return 1
    case .not(let inner): return 1 - selectivity(of: inner, label: label)
    case .logical(.or, let operands): return Swift.min(1, operands.reduce(0) { $0 + selectivity(of: $1, label: label) })
    case .subquery: return 0.5
    default: return 0.5
    }
  }

  /// The share of pairs for which two expressions are equal, if one of them is a property: of the one with more different
  /// values each is expected to have a partner.
  func equalityShare(_ left: BoundExpression, _ right: BoundExpression) -> Double? {
    let counts = [left, right].compactMap { side in
      side.comparedKey.flatMap { statistics.keyToken($0) }.flatMap { statistics.distinctCount(label: nil, key: $0) }
    }
    return counts.max().map { 1 / Swift.max(1, $0) }
  }

  /// How many groups the rows of a plan are expected to fall into by some keys, each of which has a row.
  func groupCount(of keys: [BoundExpression], in rows: Plan) -> Double {
    guard !keys.isEmpty else { return 1 }
    let count = distinctCount(of: keys, in: rows) ?? rows.estimatedRows.squareRoot()
    return Swift.max(1, Swift.min(count, rows.estimatedRows))
  }

  /// How many combinations of values some expressions are expected to have; `nil` where nothing is known of one.
  func distinctCount(of expressions: [BoundExpression], in rows: Plan) -> Double? {
    expressions.reduce(1) { count, expression in
      count.flatMap { count in distinctCount(of: expression, in: rows).map { count * $0 } }
    }
  }

  private func distinctCount(of expression: BoundExpression, in rows: Plan) -> Double? {
    switch expression.kind {
    case .constant, .parameter: return 1
    case .variable where expression.type == .node: return Double(statistics.nodeCount)
    case .variable(let variable):
      return rows.projection(making: variable).flatMap { distinctCount(of: $0.expression, in: $0.input) }
    case .property(let subject, let key) where subject.type == .node:
      return statistics.keyToken(key).flatMap { statistics.distinctCount(label: nil, key: $0) }
    case .call(let function, let arguments) where function.isDeterministic && arguments.count == 1:
      return distinctCount(of: arguments[0], in: rows)
    default: return nil
    }
  }

  /// The share of nodes whose property has a value that planning knows; `nil` when it is no property of a node.
  private func valueShare(_ subject: BoundExpression, _ value: BoundExpression, _ label: String?) -> Double? {
    guard case .property(let node, let key) = subject.kind, node.type == .node else { return nil }
    return share(label: label, key: key, equalTo: value)
  }

  /// The share of nodes whose property stands in a relation to a value; `nil` when it is no property of a node.
  private func rangeShare(
    _ subject: BoundExpression, _ op: ComparisonOperator, _ value: BoundExpression, _ label: String?
  ) -> Double? {
    guard case .property(let node, let key) = subject.kind, node.type == .node else { return nil }
    let bound = IndexSearch.Bound(value: value, isInclusive: op == .lessOrEqual || op == .greaterOrEqual)
    switch op {
    case .less, .lessOrEqual: return share(label: label, key: key, from: nil, to: bound)
    case .greater, .greaterOrEqual: return share(label: label, key: key, from: bound, to: nil)
    case .equal, .notEqual: return nil
    }
  }

  /// How many relationships of some types there are; `nil` is any type.
  func relationshipCount(of types: [String]?) -> Int {
    let tokens = types.map { $0.compactMap { statistics.typeToken($0) } as [TypeToken?] } ?? [nil]
    return tokens.reduce(0) { $0 + statistics.relationshipCount(label: nil, type: $1, direction: .outgoing) }
  }

  /// The label that conditions ask a node for, if they ask for one by name.
  func label(askedBy conditions: [BoundExpression]) -> String? {
    conditions.lazy.compactMap { condition in
      if case .hasLabels(_, let labels) = condition.kind { labels.requiredNames.first } else { nil }
    }.first
  }

  /// The share of nodes that have a label.
  func labelShare(_ name: String) -> Double {
    let count = statistics.labelToken(name).map { statistics.count(of: $0) } ?? 0
    return Double(count) / Double(Swift.max(1, statistics.nodeCount))
  }

  /// The share of the ends of a step that have a label: of all relationships it could take, those that lead to one.
  func labelShare(_ name: String, endOf step: Expansion) -> Double {
    guard let label = statistics.labelToken(name) else { return 0 }
    let types = step.types.map { $0.compactMap { statistics.typeToken($0) } as [TypeToken?] } ?? [nil]
    var (all, labelled) = (0, 0)
    for direction in AdjacencyDirection.covering(step.direction) {
      for type in types {
        all += statistics.relationshipCount(label: nil, type: type, direction: direction)
        labelled += statistics.relationshipCount(
          label: label, type: type, direction: direction == .outgoing ? .incoming : .outgoing)
      }
    }
    return all == 0 ? labelShare(name) : Double(labelled) / Double(all)
  }

  /// How many relationships a step is expected to find at a node in a row of a pattern.
  ///
  /// Where the pattern has come to the node by a step of the same type, nodes are in as many rows as they have such
  /// relationships: then it finds as many as the node at an average relationship has, not the average node.
  func fanOut(of expansion: Expansion, fromLabel: String?, after matched: [PatternRelationship]) -> Double {
    let fan = fanOut(of: expansion, fromLabel: fromLabel)
    guard expansion.direction != .either, let names = expansion.types, names.count == 1,
      let type = statistics.typeToken(names[0])
    else { return fan }
    let direction: AdjacencyDirection = expansion.direction == .right ? .outgoing : .incoming
    // Whether the step before starts at the node, as written, or leads there.
    let starts = matched.compactMap { other -> Bool? in
      guard let types = other.types, types.count == 1, types[0].hasSameCodePoints(as: names[0]) else { return nil }
      switch other.direction {
      case .right: return other.from == expansion.from ? true : other.to == expansion.from ? false : nil
      case .left: return other.to == expansion.from ? true : other.from == expansion.from ? false : nil
      case .either: return nil
      }
    }
    if starts.contains(direction == .outgoing) {
      return Swift.max(fan, statistics.degreeAtAverageRelationship(type: type, direction: direction))
    }
    return starts.isEmpty
      ? fan : Swift.max(fan, statistics.degreeAfterAverageRelationship(type: type, direction: direction))
  }

  /// How many relationships a step is expected to find at one node.
  func fanOut(of expansion: Expansion, fromLabel: String?) -> Double {
    let label = fromLabel.flatMap { statistics.labelToken($0) }
    var total = 0.0
    for direction in AdjacencyDirection.covering(expansion.direction) {
      if let types = expansion.types {
        for name in types {
          guard let type = statistics.typeToken(name) else { continue }
          total += statistics.averageDegree(label: label, type: type, direction: direction)
        }
      } else {
        total += statistics.averageDegree(label: label, type: nil, direction: direction)
      }
    }
    return total
  }
}

extension Plan {
  /// What a column is computed from, with the rows it is computed on; `nil` for one that no projection makes, and no
  /// grouping has for a key.
  fileprivate func projection(making variable: VariableID) -> (expression: BoundExpression, input: Plan)? {
    var place = self
    while let input = place.inputs.first {
      let assignments: [BoundAssignment] =
        switch place.kind {
        case .project(let assignments): assignments
        case .aggregate(let aggregation): aggregation.keys
        default: []
        }
      if let assignment = assignments.first(where: { $0.variable == variable }) {
        return (assignment.expression, input)
      }
      place = input
    }
    return nil
  }
}

extension BoundExpression {
  /// The property that is compared, itself or as a function of it, which has no more different values.
  fileprivate var comparedKey: String? {
    switch kind {
    case .property(_, let key): key
    case .call(let function, let arguments) where function.isDeterministic && arguments.count == 1:
      arguments[0].comparedKey
    default: nil
    }
  }
}
