/// How tightly an expression binds, as the formatter needs it: operators, then access, then atoms.
private enum Binding: UInt8, Comparable {
  case or, xor, and, not, comparison, predicate, additive, multiplicative, power, unary, labels, access

  static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }

  var tighter: Binding { Binding(rawValue: rawValue + 1) ?? .access }
}

/// Expressions.
extension Formatter {
  /// What an expression must bind at least as tightly as to stand without parentheses.
  enum Position {
    /// Anywhere an expression may stand by itself.
    case whole
    /// Before `.` or `[`.
    case access
  }

  mutating func emit(_ id: ExpressionID, _ position: Position = .whole) {
    emit(id, atLeast: position == .whole ? .or : .access)
  }

  /// Writes an expression; chains to the left are walked in a loop, as they may be a thousand operators long.
  private mutating func emit(_ id: ExpressionID, atLeast required: Binding) {
    var spine: [(id: ExpressionID, isEnclosed: Bool)] = []
    var current = id
    var required = required
    while true {
      let kind = tree[current].kind
      let isEnclosed = binding(of: current) < required
      if isEnclosed {
        text("(")
        // Inside parentheses a bar separates nothing.
        barStack.append(barIsSeparator)
        barIsSeparator = false
      }
      spine.append((current, isEnclosed))
      if case .unary(let sign, _) = kind { text(sign == .not ? "NOT " : sign == .minus ? "-" : "+") }
      guard let left = kind.leftOperand else { break }
      required = leftBinding(of: kind)
      output.open()
      current = left
    }
    for (id, isEnclosed) in spine.reversed() {
      let kind = tree[id].kind
      if kind.leftOperand == nil {
        emitComments(before: tree[id].range.start)
        emitAtom(id)
      } else {
        emitAfterLeft(kind)
        output.close()
      }
      if isEnclosed {
        text(")")
        barIsSeparator = barStack.popLast() ?? false
      }
    }
  }

  private func binding(of id: ExpressionID) -> Binding {
    switch tree[id].kind {
    case .logical(.or, _): .or
    case .logical(.xor, _): .xor
    case .logical(.and, _): .and
    case .unary(.not, _): .not
    case .comparison: .comparison
    case .isNull: .predicate
    case .binary(let binary, _, _, _): Self.binding(of: binary)
    case .unary: .unary
    case .literal(.integer(let value)): value < 0 ? .unary : .access
    case .hasLabels: .labels
    // `CASE ... END.key` would do without parentheses, but not read well.
    case .conditional: .labels
    default: .access
    }
  }

  private static func binding(of binary: BinaryOperator) -> Binding {
    switch binary {
    case .in, .startsWith, .endsWith, .contains, .matches: .predicate
    case .add, .subtract: .additive
    case .multiply, .divide, .modulo: .multiplicative
    case .power: .power
    }
  }

  private func leftBinding(of kind: ExpressionKind) -> Binding {
    switch kind {
    case .logical(.or, _): .xor
    case .logical(.xor, _): .and
    case .logical: .not
    case .unary(.not, _): .not
    case .unary: .unary
    case .comparison, .isNull: .predicate
    case .binary(let binary, _, _, _): Self.binding(of: binary)
    default: .access
    }
  }

  /// What follows the left operand.
  private mutating func emitAfterLeft(_ kind: ExpressionKind) {
    switch kind {
    case .logical(let sign, let operands):
      let required = leftBinding(of: kind)
      for operand in operands.dropFirst() {
        emitTrailingComments(before: start(of: operand))
        output.lineBreak(.space)
        text("\(sign.rawValue) ")
        emit(operand, atLeast: required)
      }
    case .comparison(_, let links):
      for link in links {
        text(" \(link.operator.rawValue) ")
        emit(link.operand, atLeast: .predicate)
      }
    case .binary(let binary, _, let right, _):
      output.lineBreak(.fill)
      text("\(binary.rawValue) ")
      emit(right, atLeast: Self.binding(of: binary).tighter)
    case .isNull(_, let isNegated): text(isNegated ? " IS NOT NULL" : " IS NULL")
    case .property(_, let key): text("." + schemaName(key))
    case .hasLabels(_, let labels): text(":" + labelText(labels, .predicate))
    case .element(_, let index): emitEnclosed("[", "]") { $0.emit(index) }
    case .slice(_, let from, let to):
      emitEnclosed("[", "]") { formatter in
        if let from { formatter.emit(from) }
        formatter.text("..")
        if let to { formatter.emit(to) }
      }
    case .mapProjection(_, let items): emit(items)
    default: break
    }
  }

  /// Something in brackets, indented when it breaks, where a bar separates nothing.
  mutating func emitEnclosed(
    _ opening: String, _ closing: String, barSeparates: Bool = false, _ emit: (inout Formatter) -> Void
  ) {
    let outerBar = barIsSeparator
    barIsSeparator = barSeparates
    text(opening)
    output.open()
    output.indent(Self.indentation)
    output.lineBreak(.none)
    emit(&self)
    output.indent(-Self.indentation)
    output.lineBreak(.none)
    output.close()
    text(closing)
    barIsSeparator = outerBar
  }

  // MARK: - Atoms

  private mutating func emitAtom(_ id: ExpressionID) {
    switch tree[id].kind {
    case .literal(let literal): emit(literal, tree[id].range)
    case .parameter(let name): text(parameterText(name))
    case .variable(let name): text(symbolicName(name))
    case .list(let elements): emitListLiteral(elements)
    case .map(let entries): emit(entries)
    case .call(let call): emit(call)
    case .countStar: text("count(*)")
    case .conditional(let subject, let branches, let otherwise): emitCase(subject, branches, otherwise)
    case .listComprehension(let variable, let list, let condition, let projection):
      emitEnclosed("[", "]", barSeparates: true) { formatter in
        formatter.text("\(formatter.symbolicName(variable)) IN ")
        formatter.emit(list)
        formatter.emitComprehensionTail(condition, projection)
      }
    case .patternComprehension(let pattern, let condition, let projection):
      emitEnclosed("[", "]", barSeparates: true) { formatter in
        formatter.emit(pattern)
        formatter.emitComprehensionTail(condition, projection)
      }
    case .quantifier(let quantifier, let variable, let list, let condition):
      emitEnclosed("\(quantifier.rawValue)(", ")") { formatter in
        formatter.text("\(formatter.symbolicName(variable)) IN ")
        formatter.emit(list)
        formatter.emitComprehensionTail(condition, nil)
      }
    case .reduce(let accumulator, let initial, let variable, let list, let step):
      emitEnclosed("reduce(", ")", barSeparates: true) { formatter in
        formatter.text("\(formatter.symbolicName(accumulator)) = ")
        formatter.emit(initial)
        formatter.text(",")
        formatter.output.lineBreak(.space)
        formatter.text("\(formatter.symbolicName(variable)) IN ")
        formatter.emit(list)
        formatter.emitComprehensionTail(nil, step)
      }
    case .pattern(let pattern): emit(pattern)
    case .subquery(let kind, let query):
      text("\(kind.rawValue) ")
      emitSubquery(query)
    default: break
    }
  }

  private mutating func emitComprehensionTail(_ condition: ExpressionID?, _ projection: ExpressionID?) {
    if let condition {
      output.lineBreak(.space)
      text("WHERE ")
      emit(condition)
    }
    if let projection {
      output.lineBreak(.space)
      text("| ")
      emit(projection)
    }
  }

  private mutating func emit(_ literal: Literal, _ range: SourceRange) {
    switch literal {
    case .null: text("null")
    case .boolean(let value): text(value ? "true" : "false")
    case .integer(.min): text(compact(range))
    // As written: `0xFF` and `1e3` say more than 255 and 1000.0.
    case .integer, .float, .string: text(tree.text(in: range))
    }
  }

  private func parameterText(_ name: Name) -> String {
    var isPlain = !name.text.isEmpty
    for scalar in name.text.unicodeScalars {
      let continues =
        scalar.isASCII
        ? scalar.properties.isIDContinue || scalar == "_" || scalar == "$" : Characters.continuesName(scalar)
      if !continues { isPlain = false }
    }
    return "$" + (isPlain ? name.text : NameText.quoted(name.text))
  }

  private mutating func emitListLiteral(_ elements: [ExpressionID]) {
    emitEnclosed("[", "]") { formatter in
      if elements.count == 1, formatter.beginsLikeComprehension(elements[0]) {
        formatter.text("(")
        formatter.emit(elements[0])
        formatter.text(")")
      } else {
        formatter.emitList(elements, .fill, start: formatter.start(of:)) { $0.emit($1) }
      }
    }
  }

  /// Whether the text of an expression begins with `name IN`, so that alone in brackets it would be a comprehension.
  private func beginsLikeComprehension(_ id: ExpressionID) -> Bool {
    var current = id
    while let left = tree[current].kind.leftOperand {
      if case .binary(.in, _, _, _) = tree[current].kind, case .variable = tree[left].kind { return true }
      if case .unary = tree[current].kind { return false }
      current = left
    }
    return false
  }

  private mutating func emit(_ entries: [MapEntry]) {
    emitEnclosed("{", "}") { formatter in
      formatter.emitList(entries, start: { $0.key.range.start }) {
        $0.text("\($0.schemaName($1.key)): ")
        $0.emit($1.value)
      }
    }
  }

  private mutating func emit(_ items: [MapProjectionItem]) {
    text(" ")
    emitEnclosed("{", "}") { formatter in
      formatter.emitList(items, start: { $0.start }) { formatter, item in
        switch item {
        case .property(let key): formatter.text("." + formatter.schemaName(key))
        case .allProperties: formatter.text(".*")
        case .entry(let entry):
          formatter.text("\(formatter.schemaName(entry.key)): ")
          formatter.emit(entry.value)
        case .variable(let name): formatter.text(formatter.symbolicName(name))
        }
      }
    }
  }

  private mutating func emit(_ call: FunctionCall) {
    // The dots of a quoted name cannot be told from its own, so the name stays as it is written.
    text(compact(call.function.range))
    emitEnclosed("(", ")") { formatter in
      if call.isDistinct { formatter.text("DISTINCT ") }
      formatter.emitList(call.arguments, start: formatter.start(of:)) { $0.emit($1) }
    }
  }

  private mutating func emitCase(
    _ subject: ExpressionID?, _ branches: [ConditionalBranch], _ otherwise: ExpressionID?
  ) {
    let outerBar = barIsSeparator
    output.open()
    text("CASE")
    if let subject {
      text(" ")
      emit(subject)
    }
    output.indent(Self.indentation)
    for branch in branches {
      emitTrailingComments(before: start(of: branch.when))
      output.lineBreak(.space)
      text("WHEN ")
      emit(branch.when)
      text(" THEN ")
      emit(branch.then)
    }
    if let otherwise {
      emitTrailingComments(before: start(of: otherwise))
      output.lineBreak(.space)
      text("ELSE ")
      emit(otherwise)
    }
    output.indent(-Self.indentation)
    output.lineBreak(.space)
    text("END")
    output.close()
    barIsSeparator = outerBar
  }
}

extension MapProjectionItem {
  /// Where the item's name stands; nowhere that a comment could be missed before.
  fileprivate var start: UInt32? {
    switch self {
    case .property(let name), .variable(let name): name.range.start
    case .allProperties(let range): range.start
    case .entry(let entry): entry.key.range.start
    }
  }
}
