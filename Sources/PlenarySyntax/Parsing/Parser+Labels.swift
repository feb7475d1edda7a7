/// Label expressions (ISO/IEC 39075 16.8), openCypher's `:A:B` and `:T1|T2` among them.
extension Parser {
  /// What a label expression stands on: it decides what `:` and `|` mean inside it.
  enum LabelContext {
    case node, relationship, predicate
  }

  /// `:` and a label expression, in a node or relationship pattern.
  mutating func parseLabelCondition(isRelationship: Bool) -> LabelExpressionID? {
    guard eat(.colon) else { return nil }
    return parseLabelExpression(isRelationship ? .relationship : .node)
  }

  /// Label terms with `|` between them; a relationship's may repeat the colon (`:A|:B`).
  mutating func parseLabelExpression(_ context: LabelContext) -> LabelExpressionID {
    let start = index
    var operands = [parseLabelTerm(context)]
    while !isPanicking, !(context == .predicate && barIsSeparator), eat(.bar) {
      if context == .relationship { _ = eat(.colon) }
      operands.append(parseLabelTerm(context))
    }
    return combine(operands, start) { .or($0) }
  }

  /// Label factors with `&` or, on nodes, `:` between them.
  private mutating func parseLabelTerm(_ context: LabelContext) -> LabelExpressionID {
    let start = index
    var operands = [parseLabelFactor(context)]
    while !isPanicking, eat(.ampersand) || (context != .relationship && eat(.colon)) {
      operands.append(parseLabelFactor(context))
    }
    return combine(operands, start) { .and($0) }
  }

  private mutating func combine(
    _ operands: [LabelExpressionID], _ start: Int, _ kind: ([LabelExpressionID]) -> LabelExpression.Kind
  ) -> LabelExpressionID {
    guard operands.count > 1 else { return operands[0] }
    let height = operands.reduce(0) { Swift.max($0, Int(labelHeights[Int($1.index)])) }
    return make(kind(operands), range(from: start), height: height + 1)
  }

  /// `!` any number of times, then a name, `%` or a label expression in parentheses.
  private mutating func parseLabelFactor(_ context: LabelContext) -> LabelExpressionID {
    let start = index
    while !isPanicking, eat(.exclamation) {}
    let negations = index - start
    var id = parseLabelPrimary(context)
    for distance in 0..<negations where !isPanicking {
      let range = range(from: start + negations - 1 - distance)
      id = make(.not(id), range, height: Int(labelHeights[Int(id.index)]) + 1)
    }
    return id
  }

  private mutating func parseLabelPrimary(_ context: LabelContext) -> LabelExpressionID {
    let start = index
    if recorder != nil { note(context == .relationship ? .relationshipType : .label) }
    if !isPanicking, eat(.percent) { return make(.wildcard, range(from: start)) }
    if kind == .leftParenthesis, !isPanicking {
      guard enter() else { return makeMissingLabel() }
      let outerBar = barIsSeparator
      barIsSeparator = false
      advance()
      let id = parseLabelExpression(context)
      barIsSeparator = outerBar
      leave()
      close(start)
      return id
    }
    let what = context == .relationship ? "a relationship type" : "a label"
    guard let name = parseSchemaName(what) else { return makeMissingLabel() }
    return make(.name(name), name.range)
  }

  private mutating func makeMissingLabel() -> LabelExpressionID {
    make(.name(Name("", at: SourceRange(at: current.start))), SourceRange(at: current.start))
  }
}
