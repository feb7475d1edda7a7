import PlenarySyntax

/// A condition made ready to be tested on batch after batch.
///
/// A condition on one property whose strings come from a dictionary is evaluated once for each string, whatever it is
/// made of: `toLower(p.city) = 'oslo'` over a million rows of a hundred cities lowers a hundred strings.
final class ConditionTest {
  let expression: BoundExpression
  /// Whether testing a row is cheap and can never fail, so that it does no harm to test rows that do not matter.
  let isSimple: Bool
  /// The same as a comparison of a property, if it is one.
  let comparison: PropertyComparison?
  private let context: ExecutionContext
  /// The one property that the condition reads.
  private let property: BoundExpression?
  private var coder = ColumnCoder()
  private var heap: StringHeap?
  /// The comparison made ready for the column that was read last.
  private var columnTest: (column: PropertyColumn?, test: ColumnTest?)?
  /// What the condition says of each string met so far, by its code.
  private var truthsByCode: [Ternary] = []

  init(_ expression: BoundExpression, _ context: ExecutionContext) {
    self.expression = expression
    self.context = context
    comparison = PropertyComparison(expression, context.parameters)
    // What it compares with is known, so that working that out cannot fail any more.
    isSimple = expression.isSimpleCondition || comparison != nil
    property = expression.onlyProperty
  }

  /// The truth of the condition for every row.
  func truths(_ batch: Batch) throws -> [Ternary] {
    if let found = comparedInPlace(batch) { return found }
    if let property, isDictionary(property, batch), case .strings(let strings) = try context.evaluate(property, batch),
      strings.codes != nil, heap == nil || heap === strings.heap
    {
      heap = strings.heap
      return try truths(of: .strings(strings), batch)
    }
    return try context.evaluateCondition(expression, batch)
  }

  /// A property against a value, where its column can be read without making a vector of it.
  private func comparedInPlace(_ batch: Batch) -> [Ternary]? {
    guard isSimple, !context.hasDeleted, let comparison else { return nil }
    guard let elements = batch.elements(of: comparison.subject) else { return nil }
    return columnTest(comparison, ofNodes: elements.areNodes)?.truths(of: elements.ids)
  }

  private func columnTest(_ comparison: PropertyComparison, ofNodes: Bool) -> ColumnTest? {
    let column = comparison.column(in: context.graph, ofNodes: ofNodes)
    if let columnTest, columnTest.column === column { return columnTest.test }
    let test = column.flatMap { ColumnTest($0, comparison.op, comparison.value) }
    columnTest = (column, test)
    return test
  }

  private func isDictionary(_ property: BoundExpression, _ batch: Batch) -> Bool {
    guard case .property(let subject, let name) = property.kind, let key = context.graph.keyToken(name) else {
      return false
    }
    return context.graph.isDictionary(key, ofNodes: subject.type == .node)
  }

  private func truths(of strings: Vector, _ batch: Batch) throws -> [Ternary] {
    let codes = coder.codes(strings)
    let new = codes.firstAppearances(from: truthsByCode.count)
    if !new.isEmpty {
      do {
        truthsByCode += try context.evaluateCondition(expression, batch.restricted(to: new))
      } catch {
        // Who asks again must meet the same error.
        (coder, truthsByCode) = (ColumnCoder(), [])
        throw error
      }
    }
    return truthsByCode.gathered(codes)
  }

  /// Whether the condition is known to hold without looking at the rows: a label that every node of the graph has, or
  /// that what nothing has is null.
  func holdsForAll(_ batch: Batch) -> Bool {
    if case .isNull(let subject, let isNegated) = expression.kind { return isNullForAll(subject, isNegated, batch) }
    guard case .hasLabels(let subject, .name(let name)) = expression.kind, case .variable(let node) = subject.kind,
      case .nodes(let ids)? = batch.columns[node.index], !context.hasDeleted, let label = context.graph.labelToken(name)
    else { return false }
    return context.graph.count(of: label) == context.graph.nodeCount && !ids.hasNone
  }

  private func isNullForAll(_ subject: BoundExpression, _ isNegated: Bool, _ batch: Batch) -> Bool {
    guard !context.hasDeleted, case .property(let element, let name) = subject.kind,
      case .variable(let variable) = element.kind, let elements = batch.elements(of: variable)
    else { return false }
    guard let key = context.graph.keyToken(name) else { return !isNegated }
    return isNegated && context.graph.wholeColumn(key, ofNodes: elements.areNodes) != nil && !elements.ids.hasNone
  }
}

extension BoundExpression {
  /// A comparison of properties, variables, constants and parameters, or a test for labels or null of such.
  var isSimpleCondition: Bool {
    switch kind {
    case .comparison(_, let left, let right, _): left.isSimpleOperand && right.isSimpleOperand
    case .hasLabels(let subject, .name): subject.isEntityVariable
    case .isNull(let subject, _): subject.isSimpleOperand
    default: false
    }
  }

  var isSimpleOperand: Bool {
    switch kind {
    case .constant, .parameter, .variable: true
    case .property(let subject, _): subject.isEntityVariable
    default: false
    }
  }

  private var isEntityVariable: Bool {
    if case .variable = kind { type == .node || type == .relationship } else { false }
  }

  /// The property of a variable that the expression depends on, if that is all it depends on.
  var onlyProperty: BoundExpression? {
    var found: BoundExpression?
    return dependsOnlyOnProperty(&found) ? found : nil
  }

  private func dependsOnlyOnProperty(_ found: inout BoundExpression?) -> Bool {
    switch kind {
    case .constant, .parameter: return true
    case .property(let subject, let key) where subject.isEntityVariable:
      guard case .property(let other, let otherKey)? = found?.kind else {
        found = self
        return true
      }
      guard key.hasSameCodePoints(as: otherKey), case .variable(let mine) = subject.kind,
        case .variable(let theirs) = other.kind
      else { return false }
      return mine == theirs
    case .comparison, .binary, .logical, .not, .isNull, .list: break
    case .call(let function, _): guard function.isDeterministic else { return false }
    default: return false
    }
    return children.allSatisfy { $0.dependsOnlyOnProperty(&found) }
  }
}
