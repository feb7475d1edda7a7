/// Patterns and label expressions.
extension Formatter {
  mutating func emit(_ pattern: PathPattern) {
    emitComments(before: pattern.range.start)
    if let variable = pattern.variable { text("\(symbolicName(variable)) = ") }
    switch pattern.search {
    case .all: emit(pattern.elements)
    case .shortest: emitEnclosed("shortestPath(", ")") { $0.emit(pattern.elements) }
    case .allShortest: emitEnclosed("allShortestPaths(", ")") { $0.emit(pattern.elements) }
    }
  }

  private mutating func emit(_ elements: [PatternElement]) {
    output.open()
    output.indent(Self.indentation)
    for (index, element) in elements.enumerated() {
      switch element {
      case .node(let node): emit(node)
      case .relationship(let relationship):
        // Long paths break before a relationship.
        if index > 1 { output.lineBreak(.none) }
        emit(relationship)
      }
    }
    output.indent(-Self.indentation)
    output.close()
  }

  private mutating func emit(_ node: NodePattern) {
    emitComments(before: node.range.start)
    text("(")
    var hasContent = false
    if let variable = node.variable {
      text(symbolicName(variable))
      hasContent = true
    }
    if let labels = node.labels {
      text(":" + labelText(labels, .node))
      hasContent = true
    }
    emitElementTail(node.properties, node.condition, hasContent)
    text(")")
  }

  private mutating func emit(_ relationship: RelationshipPattern) {
    emitComments(before: relationship.range.start)
    text(relationship.direction == .left ? "<-" : "-")
    let isBare =
      relationship.variable == nil && relationship.types == nil && relationship.length == nil
      && relationship.properties == nil && relationship.condition == nil
    if !isBare {
      text("[")
      var hasContent = false
      if let variable = relationship.variable {
        text(symbolicName(variable))
        hasContent = true
      }
      if let types = relationship.types {
        text(":" + labelText(types, .relationship))
        hasContent = true
      }
      if let length = relationship.length {
        text(lengthText(length))
        hasContent = true
      }
      emitElementTail(relationship.properties, relationship.condition, hasContent)
      text("]")
    }
    text(relationship.direction == .right ? "->" : "-")
  }

  private mutating func emitElementTail(_ properties: ExpressionID?, _ condition: ExpressionID?, _ hasContent: Bool) {
    let outerBar = barIsSeparator
    barIsSeparator = false
    if let properties {
      if hasContent { text(" ") }
      emit(properties)
    }
    if let condition {
      text(hasContent || properties != nil ? " WHERE " : "WHERE ")
      emit(condition)
    }
    barIsSeparator = outerBar
  }

  private func lengthText(_ length: RelationshipPattern.Length) -> String {
    switch (length.min, length.max) {
    case (nil, nil): "*"
    case (let min?, let max?) where min == max: "*\(min)"
    case (let min, let max): "*\(min.map(String.init) ?? "")..\(max.map(String.init) ?? "")"
    }
  }

  /// What a label expression stands on.
  enum LabelContext {
    case node, relationship, predicate
  }

  /// A label expression without its colon.
  func labelText(_ id: LabelExpressionID, _ context: LabelContext) -> String {
    switch tree[id].kind {
    case .and(let operands) where context != .relationship && operands.allSatisfy(isName):
      // openCypher's form, where it can say it.
      return operands.map { labelOperand($0, isTight: true) }.joined(separator: ":")
    case .or where context == .predicate && barIsSeparator: return "(\(labelOperand(id, isTight: false)))"
    default: return labelOperand(id, isTight: false)
    }
  }

  private func isName(_ id: LabelExpressionID) -> Bool {
    if case .name = tree[id].kind { true } else { false }
  }

  /// An operand; a tight one stands beside `&` or `!`, so what binds no tighter is put in parentheses.
  private func labelOperand(_ id: LabelExpressionID, isTight: Bool) -> String {
    switch tree[id].kind {
    case .name(let name): return schemaName(name)
    case .wildcard: return "%"
    case .not(let operand): return "!" + labelOperand(operand, isTight: true)
    case .and(let operands):
      let text = operands.map { labelOperand($0, isTight: true) }.joined(separator: "&")
      return isTight ? "(\(text))" : text
    case .or(let operands):
      // An alternative that is itself one was in parentheses.
      let text = operands.map { operand in
        if case .or = tree[operand].kind {
          labelOperand(operand, isTight: true)
        } else {
          labelOperand(operand, isTight: false)
        }
      }.joined(separator: "|")
      return isTight ? "(\(text))" : text
    }
  }
}
