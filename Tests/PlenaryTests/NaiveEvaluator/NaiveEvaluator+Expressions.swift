import PlenarySyntax

@testable import Plenary

extension NaiveEvaluator {
  /// The value of an expression in a row; aggregates take in the rows of `group`.
  func evaluate(_ id: ExpressionID, _ row: NaiveRow, group: [NaiveRow]? = nil) throws -> Value {
    func value(_ id: ExpressionID) throws -> Value { try evaluate(id, row, group: group) }
    func truth(_ id: ExpressionID) throws -> Ternary { try value(id).truth() }
    switch tree[id].kind {
    case .missing: throw NaiveError(description: "an expression is missing")
    case .literal(let literal): return Self.value(of: literal)
    case .parameter(let name): return parameters[name.text] ?? .null
    case .variable(let name):
      guard let value = row[name.text] else { throw NaiveError(description: "no variable \(name.text)") }
      return value
    case .property(let subject, let key): return try Value.property(key.text, of: value(subject), in: graph)
    case .hasLabels(let subject, let labels):
      let subject = try value(subject)
      return subject.isNull ? .null : .boolean(holds(labels, of: subject))
    case .element(let subject, let index): return try Value.element(of: value(subject), at: value(index), in: graph)
    case .slice(let subject, let from, let to):
      return try Value.slice(value(subject), from: from.map(value), to: to.map(value))
    case .unary(.not, let operand): return try Ternary.not(truth(operand)).value
    case .unary(.minus, let operand): return try Value.negate(value(operand))
    case .unary(.plus, let operand): return try Value.unaryPlus(value(operand))
    case .binary(let sign, let left, let right, _): return try Self.apply(sign, value(left), value(right))
    case .logical(let sign, let operands):
      // What is on the right is not looked at once the result is known: it may fail.
      var result = try truth(operands[0])
      for operand in operands.dropFirst() {
        switch sign {
        case .and: result = result == .false ? .false : .and(result, try truth(operand))
        case .or: result = result == .true ? .true : .or(result, try truth(operand))
        case .xor: result = .xor(result, try truth(operand))
        }
      }
      return result.value
    case .comparison(let first, let links):
      var left = try value(first)
      var result = Ternary.true
      for link in links {
        let right = try value(link.operand)
        result = .and(result, Self.compare(link.operator, left, right))
        left = right
      }
      return result.value
    case .isNull(let subject, let isNegated): return .boolean(try value(subject).isNull != isNegated)
    case .list(let elements): return .list(try elements.map(value))
    case .map(let entries):
      return .map(try entries.reduce(into: [:]) { $0[$1.key.text] = try value($1.value) })
    case .mapProjection(let subject, let items): return try mapProjection(value(subject), items, row, group)
    case .countStar:
      guard let group else { throw NaiveError(description: "count(*) outside of a projection") }
      return .integer(Int64(group.count))
    case .call(let call): return try self.call(call, row, group)
    case .conditional(let subject, let branches, let otherwise):
      let subject = try subject.map(value)
      for branch in branches {
        let isTaken =
          try subject.map { Value.isEqual($0, try value(branch.when)) == .true } ?? (truth(branch.when) == .true)
        if isTaken { return try value(branch.then) }
      }
      return try otherwise.map(value) ?? .null
    case .listComprehension(let variable, let list, let condition, let projection):
      return try elements(value(list)).map { elements in
        .list(
          try elements.compactMap { element in
            let inner = row.merging([variable.text: element]) { $1 }
            if let condition, try evaluate(condition, inner).truth() != .true { return nil }
            return try projection.map { try evaluate($0, inner) } ?? element
          })
      } ?? .null
    case .quantifier(let quantifier, let variable, let list, let condition):
      guard let elements = try elements(value(list)) else { return .null }
      let truths = try elements.map { element -> Ternary in
        let inner = row.merging([variable.text: element]) { $1 }
        return try condition.map { try evaluate($0, inner).truth() } ?? .true
      }
      return Self.quantify(quantifier, truths).value
    case .reduce(let accumulator, let initial, let variable, let list, let step):
      guard let elements = try elements(value(list)) else { return .null }
      return try elements.reduce(value(initial)) { result, element in
        try evaluate(step, row.merging([accumulator.text: result, variable.text: element]) { $1 })
      }
    case .patternComprehension(let pattern, let condition, let projection):
      return .list(try matches(of: [pattern], where: condition, in: row).map { try evaluate(projection, $0) })
    case .pattern(let pattern):
      let found = try matches(of: [pattern], where: nil, in: row)
      guard pattern.search != .all else { return .boolean(!found.isEmpty) }
      throw NaiveError(description: "which shortest path an expression gives is left open")
    case .subquery(let kind, let query):
      let table = try evaluate(query, from: row)
      switch kind {
      case .exists: return .boolean(!table.rows.isEmpty)
      case .count: return .integer(Int64(table.rows.count))
      case .collect: return .list(table.rows.map { table.values(of: $0)[0] })
      }
    }
  }

  private func elements(_ value: Value) throws -> [Value]? {
    switch value {
    case .null: return nil
    case .list(let elements): return elements
    default: throw QueryError(.invalidArgumentType, "expected a list")
    }
  }

  private static func value(of literal: Literal) -> Value {
    switch literal {
    case .null: .null
    case .boolean(let truth): .boolean(truth)
    case .integer(let number): .integer(number)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    }
  }

  private static func apply(_ sign: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    switch sign {
    case .add: try Value.add(left, right)
    case .subtract: try Value.subtract(left, right)
    case .multiply: try Value.multiply(left, right)
    case .divide: try Value.divide(left, right)
    case .modulo: try Value.modulo(left, right)
    case .power: try Value.power(left, right)
    case .in: try Value.isIn(left, right).value
    case .startsWith: Value.startsWith(left, right).value
    case .endsWith: Value.endsWith(left, right).value
    case .contains: Value.contains(left, right).value
    case .matches: throw NaiveError(description: "regular expressions have tests of their own")
    }
  }

  private static func compare(_ sign: ComparisonOperator, _ left: Value, _ right: Value) -> Ternary {
    switch sign {
    case .equal: Value.isEqual(left, right)
    case .notEqual: .not(Value.isEqual(left, right))
    case .less: Value.isLess(left, right)
    case .lessOrEqual: Value.isLessOrEqual(left, right)
    case .greater: Value.isGreater(left, right)
    case .greaterOrEqual: Value.isGreaterOrEqual(left, right)
    }
  }

  /// What holds of a list whose unknown elements might be true or false (openCypher 9, list predicates).
  private static func quantify(_ quantifier: Quantifier, _ truths: [Ternary]) -> Ternary {
    switch quantifier {
    case .any: truths.reduce(.false, Ternary.or)
    case .all: truths.reduce(.true, Ternary.and)
    case .none: .not(truths.reduce(.false, Ternary.or))
    case .single:
      if truths.count(where: { $0 == .true }) > 1 {
        .false
      } else if truths.contains(.null) {
        .null
      } else {
        Ternary(truths.contains(.true))
      }
    }
  }

  private func mapProjection(
    _ subject: Value, _ items: [MapProjectionItem], _ row: NaiveRow, _ group: [NaiveRow]?
  ) throws -> Value {
    if subject.isNull { return .null }
    var result: MapValue = [:]
    for item in items {
      switch item {
      case .property(let key): result[key.text] = try Value.property(key.text, of: subject, in: graph)
      case .allProperties:
        for (key, value) in try properties(of: subject) { result[key] = value }
      case .entry(let entry): result[entry.key.text] = try evaluate(entry.value, row, group: group)
      case .variable(let name): result[name.text] = row[name.text]
      }
    }
    return .map(result)
  }

  func properties(of value: Value) throws -> MapValue {
    switch value {
    case .map(let entries): entries
    case .node(let id): graph.node(id)?.properties ?? [:]
    case .relationship(let id): graph.relationship(id)?.properties ?? [:]
    default: throw QueryError(.invalidArgumentType, "expected something with properties")
    }
  }

  private func call(_ call: FunctionCall, _ row: NaiveRow, _ group: [NaiveRow]?) throws -> Value {
    let name = call.function.text
    if FunctionRegistry.shared.aggregate(named: name) != nil {
      guard let group else { throw NaiveError(description: "\(name) outside of a projection") }
      return try aggregate(call, over: group)
    }
    guard let function = FunctionRegistry.shared.scalar(named: name) else {
      throw NaiveError(description: "no function \(name)")
    }
    let arguments = try call.arguments.map { try evaluate($0, row, group: group) }
    if function.nulls == .propagates, arguments.contains(where: \.isNull) { return .null }
    return try function.implementation(arguments[...], EvaluationContext(graph: graph, statementTime: 0))
  }
}
