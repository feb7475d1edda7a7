import PlenarySyntax

/// Gives expressions numbers, equal ones where they are sure to have equal values for a row.
///
/// What chance has a part in and loops (whose variables are their own) have no number.
struct ValueNumbering {
  private let subqueries: [BoundSubquery]
  private let subplans: [Subplan]

  /// - Parameter subplans: those of the subqueries that are planned; only these have numbers.
  init(subqueries: [BoundSubquery], subplans: [Subplan]) {
    self.subqueries = subqueries
    self.subplans = subplans
  }

  /// An expression by what it does and the numbers of its parts.
  private struct Signature: Hashable {
    var operation: ExactText
    var detail: Int
    var parts: [Int]
  }

  /// An expression with its parts, each with its number.
  final class Node {
    let number: Int?
    /// How many expressions it is made of.
    let size: Int
    /// Whether it is worth keeping in a column: it may differ from row to row, and is more than a column or two of them
    /// compared.
    let isWorthKeeping: Bool
    let parts: [Node]
    private let readsRow: Bool

    fileprivate init(number: Int?, readsRow: Bool, isCostly: Bool, parts: [Node]) {
      self.number = number
      self.parts = parts
      self.readsRow = readsRow || parts.contains(where: \.readsRow)
      isWorthKeeping = number != nil && isCostly && self.readsRow
      size = parts.reduce(1) { $0 + $1.size }
    }
  }

  private var numbers: [Signature: Int] = [:]

  /// The expression with all its parts. O(size).
  mutating func node(of expression: BoundExpression) -> Node {
    let parts = expression.children.map { node(of: $0) }
    let number = operation(of: expression).flatMap { operation -> Int? in
      let partNumbers = parts.compactMap(\.number)
      guard partNumbers.count == parts.count else { return nil }
      let signature = Signature(operation: ExactText(operation.text), detail: operation.detail, parts: partNumbers)
      if let known = numbers[signature] { return known }
      numbers[signature] = numbers.count
      return numbers.count - 1
    }
    let readsRow: Bool
    switch expression.kind {
    case .variable: readsRow = true
    case .subquery(let id): readsRow = !subqueries[id.index].captured.isEmpty
    default: readsRow = false
    }
    return Node(number: number, readsRow: readsRow, isCostly: expression.isCostly, parts: parts)
  }

  private func operation(of expression: BoundExpression) -> (text: String, detail: Int)? {
    guard case .subquery(let id) = expression.kind else { return expression.operation }
    guard id.index < subplans.count, subplans[id.index].plan.isRepeatable else { return nil }
    let first = subqueries[id.index].twin ?? id
    return ("subquery " + subqueries[id.index].kind.word, first.index)
  }
}

extension BoundSubquery.Kind {
  /// What is made of the rows.
  var word: String {
    switch self {
    case .exists: "whether there is a row"
    case .count: "how many rows there are"
    case .collect: "the rows as a list"
    case .first: "the first row"
    }
  }
}

extension BoundExpression {
  /// What the expression does with its parts, as a text and a number that no other operation has; `nil` where equal
  /// parts do not make equal values.
  fileprivate var operation: (text: String, detail: Int)? {
    switch kind {
    case .constant(.null): ("null", 0)
    case .constant(.boolean(let truth)): ("boolean", truth ? 1 : 0)
    case .constant(.integer(let number)): ("integer", Int(number))
    case .constant(.float(let number)): ("float", Int(truncatingIfNeeded: number.bitPattern))
    case .constant(.string(let text)): ("string " + text, 0)
    case .parameter(let name): ("parameter " + name, 0)
    case .variable(let variable): ("variable", variable.index)
    case .property(_, let key): ("property " + key, 0)
    case .element: ("element", 0)
    case .slice(_, let from, let to): ("slice", (from == nil ? 0 : 1) + (to == nil ? 0 : 2))
    case .not: ("not", 0)
    case .negate: ("negate", 0)
    case .plus: ("plus", 0)
    case .binary(let op, _, _, _): ("binary " + op.rawValue, 0)
    case .comparison(let op, _, _, _): ("comparison " + op.rawValue, 0)
    case .logical(let op, let operands): ("logical " + op.rawValue, operands.count)
    case .isNull(_, let isNegated): ("is null", isNegated ? 1 : 0)
    case .list(let items): ("list", items.count)
    case .call(let function, let arguments):
      function.isDeterministic ? ("call " + function.name, arguments.count) : nil
    case .constant, .hasLabels, .isElement, .map, .conditional, .listComprehension, .quantifier, .reduce, .subquery,
      .path:
      nil
    }
  }

  /// Whether evaluating it, without its parts, is more work than reading a column or comparing two.
  fileprivate var isCostly: Bool {
    switch kind {
    case .call, .binary, .slice, .element, .subquery: true
    default: false
    }
  }

  /// Whether it or any part of it is more work than that.
  var containsCostlyPart: Bool { isCostly || children.contains(where: \.containsCostlyPart) }

  /// For each of the children whether it is evaluated for every row that the expression is evaluated for.
  var childrenAreCertain: [Bool] {
    switch kind {
    case .logical(.and, let operands), .logical(.or, let operands): operands.indices.map { $0 == 0 }
    case .conditional(let subject, let branches, let otherwise):
      (subject == nil ? [] : [true])
        + branches.indices.flatMap { [$0 == 0, false] } + (otherwise == nil ? [] : [false])
    case .listComprehension, .quantifier: children.indices.map { $0 == 0 }
    case .reduce: [true, true, false]
    default: children.map { _ in true }
    }
  }

  /// For each of the children whether it reads the row alone, and no variable of a loop around it.
  var childrenReadTheRow: [Bool] {
    switch kind {
    case .listComprehension, .quantifier: children.indices.map { $0 == 0 }
    case .reduce: [true, true, false]
    default: children.map { _ in true }
    }
  }

  /// The expression with variables in the place of others; loops keep what they capture.
  func replacing(_ variables: [VariableID: VariableID]) -> BoundExpression {
    if case .variable(let old) = kind, let new = variables[old] {
      var result = self
      result.kind = .variable(new)
      return result
    }
    let readsRow = childrenReadTheRow
    return with(
      children: children.enumerated().map { index, child in readsRow[index] ? child.replacing(variables) : child })
  }

  /// The same expression with other children, as many and in the same order.
  func with(children new: [BoundExpression]) -> BoundExpression {
    var result = self
    var rest = new[...]
    func next() -> BoundExpression { rest.removeFirst() }
    switch kind {
    case .constant, .parameter, .variable, .subquery, .path: break
    case .property(_, let key): result.kind = .property(next(), key: key)
    case .hasLabels(_, let labels): result.kind = .hasLabels(next(), labels)
    case .not: result.kind = .not(next())
    case .negate: result.kind = .negate(next())
    case .plus: result.kind = .plus(next())
    case .isNull(_, let isNegated): result.kind = .isNull(next(), isNegated: isNegated)
    case .isElement(_, let type): result.kind = .isElement(next(), of: type)
    case .element: result.kind = .element(next(), at: next())
    case .slice(_, let from, let to):
      result.kind = .slice(next(), from: from.map { _ in next() }, to: to.map { _ in next() })
    case .binary(let op, _, _, let range): result.kind = .binary(op, next(), next(), operatorRange: range)
    case .comparison(let op, _, _, let range): result.kind = .comparison(op, next(), next(), operatorRange: range)
    case .logical(let op, _): result.kind = .logical(op, new)
    case .list: result.kind = .list(new)
    case .call(let function, _): result.kind = .call(function, new)
    case .map(let items):
      result.kind = .map(
        items.map { item in
          switch item {
          case .entry(let key, _): .entry(key: key, next())
          case .allProperties: .allProperties(of: next())
          }
        })
    case .conditional(let subject, let branches, let otherwise):
      let subject = subject.map { _ in next() }
      let branches = branches.map { _ in
        let when = next()
        return BoundBranch(when: when, then: next())
      }
      result.kind = .conditional(subject: subject, branches: branches, otherwise: otherwise.map { _ in next() })
    case .listComprehension(var loop, let condition, let projection):
      loop.list = next()
      result.kind = .listComprehension(
        loop, condition: condition.map { _ in next() }, projection: projection.map { _ in next() })
    case .quantifier(let quantifier, var loop, _):
      loop.list = next()
      result.kind = .quantifier(quantifier, loop, condition: next())
    case .reduce(let accumulator, _, var loop, _):
      let initial = next()
      loop.list = next()
      result.kind = .reduce(accumulator: accumulator, initial: initial, loop, step: next())
    }
    return result
  }
}
