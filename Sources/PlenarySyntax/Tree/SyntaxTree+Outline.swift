extension SyntaxTree {
  /// The tree's shape as text, without ranges: two texts mean the same to the parser when their outlines are equal.
  ///
  /// Each node is a list in parentheses that begins with what it is. The outline is for tests and for people who look
  /// into the parser; its form is not stable.
  ///
  /// ```swift
  /// Parser.parse("RETURN 1 + 2 AS x").outline   // (statement (query (return (item (+ 1 2) x))))
  /// ```
  public var outline: String {
    var writer = OutlineWriter(tree: self)
    for statement in statements {
      if !writer.text.isEmpty { writer.text += "\n" }
      writer.write(statement)
    }
    return writer.text
  }

  /// Whether another tree has the same shape, names and values, whatever the ranges.
  public func isEquivalent(to other: SyntaxTree) -> Bool { outline == other.outline }
}

/// Writes outlines. Chains that nest to the left are walked in a loop: they may be a thousand nodes deep.
private struct OutlineWriter {
  let tree: SyntaxTree
  var text = ""

  mutating func list(_ head: String, _ body: (inout OutlineWriter) -> Void) {
    text += "(" + head
    body(&self)
    text += ")"
  }

  /// A list after a space.
  mutating func item(_ head: String, _ body: (inout OutlineWriter) -> Void) {
    text += " "
    list(head, body)
  }

  mutating func write(_ name: Name?) {
    guard let name else { return }
    text += " " + name.text
  }

  mutating func field(_ label: String, _ id: ExpressionID?) {
    guard let id else { return }
    item(label) { $0.write(id) }
  }

  // MARK: - Statements and clauses

  mutating func write(_ statement: Statement) {
    let head =
      switch statement.planRequest {
      case .none: "statement "
      case .explain: "explain "
      case .profile: "profile "
      }
    list(head) { writer in
      switch statement.body {
      case .query(let id): writer.write(id)
      case .schema(let command): writer.write(command)
      }
    }
  }

  private mutating func write(_ command: SchemaCommand) {
    switch command {
    case .createIndex(let name, let ifNotExists, let label, let key):
      writeCreation("create-index", name, ifNotExists, label, key)
    case .createConstraint(let name, let ifNotExists, let label, let key):
      writeCreation("create-constraint", name, ifNotExists, label, key)
    case .dropIndex(let name, let ifExists):
      list("drop-index\(ifExists ? " if-exists" : "")") { $0.write(name) }
    case .dropConstraint(let name, let ifExists):
      list("drop-constraint\(ifExists ? " if-exists" : "")") { $0.write(name) }
    case .showIndexes: text += "(show-indexes)"
    case .showConstraints: text += "(show-constraints)"
    }
  }

  private mutating func writeCreation(
    _ command: String, _ name: Name?, _ ifNotExists: Bool, _ label: Name, _ key: Name
  ) {
    list("\(command)\(ifNotExists ? " if-not-exists" : "")") {
      $0.write(name)
      $0.text += " :\(label.text) .\(key.text)"
    }
  }

  mutating func write(_ id: QueryID) {
    let query = tree[id]
    list("query") { writer in
      for (index, part) in query.parts.enumerated() {
        if index > 0 { writer.text += query.unions[index - 1].keepsDuplicates ? " union-all" : " union" }
        for clause in part.clauses {
          writer.text += " "
          writer.write(clause)
        }
      }
    }
  }

  mutating func write(_ clause: Clause) {
    switch clause.kind {
    case .match(let match):
      list(match.isOptional ? "optional-match" : "match") {
        for pattern in match.patterns { $0.write(pattern) }
        $0.field("where", match.condition)
      }
    case .unwind(let list, let variable):
      self.list("unwind") {
        $0.write(list)
        $0.write(variable)
      }
    case .with(let projection): write("with", projection)
    case .returning(let projection): write("return", projection)
    case .create(let patterns):
      list("create") { for pattern in patterns { $0.write(pattern) } }
    case .merge(let merge):
      list("merge") {
        $0.write(merge.pattern)
        for (head, items) in [("on-create", merge.onCreate), ("on-match", merge.onMatch)] where !items.isEmpty {
          $0.text += " "
          $0.write(head, items)
        }
      }
    case .set(let items): write("set", items)
    case .remove(let items):
      list("remove") {
        for item in items {
          switch item.kind {
          case .property(let subject, let key):
            $0.write(subject)
            $0.text += ".\(key.text)"
          case .labels(let subject, let labels):
            $0.write(subject)
            for label in labels { $0.text += ":\(label.text)" }
          }
        }
      }
    case .delete(let expressions, let detach):
      list(detach ? "detach-delete" : "delete") { for id in expressions { $0.write(id) } }
    case .call(let call): write(call)
    case .subquery(let id):
      list("call ") { $0.write(id) }
    }
  }

  mutating func write(_ head: String, _ projection: ProjectionClause) {
    list(head) {
      if projection.isDistinct { $0.text += " distinct" }
      if projection.star != nil { $0.text += " *" }
      for item in projection.items {
        $0.item("item") {
          $0.write(item.expression)
          $0.write(item.alias)
        }
      }
      for item in projection.order { $0.field(item.isDescending ? "descending" : "ascending", item.expression) }
      $0.field("skip", projection.skip)
      $0.field("limit", projection.limit)
      $0.field("where", projection.condition)
    }
  }

  mutating func write(_ head: String, _ items: [SetItem]) {
    list(head) {
      for item in items {
        switch item.kind {
        case .property(let subject, let key, let value):
          $0.item("=") {
            $0.write(subject)
            $0.text += ".\(key.text)"
            $0.write(value)
          }
        case .replace(let target, let value):
          $0.item("=") {
            $0.write(target)
            $0.write(value)
          }
        case .merge(let target, let value):
          $0.item("+=") {
            $0.write(target)
            $0.write(value)
          }
        case .labels(let target, let labels):
          $0.item("labels") {
            $0.write(target)
            for label in labels { $0.text += ":\(label.text)" }
          }
        }
      }
    }
  }

  mutating func write(_ call: CallClause) {
    list("call \(call.procedure.text)") {
      if let arguments = call.arguments {
        $0.item("arguments") { for id in arguments { $0.write(id) } }
      }
      if call.yieldStar != nil { $0.text += " yield *" }
      for item in call.yields ?? [] {
        $0.text += " yield \(item.column.text)"
        $0.write(item.alias)
      }
      $0.field("where", call.condition)
    }
  }

  // MARK: - Patterns

  mutating func write(_ pattern: PathPattern) {
    let head =
      switch pattern.search {
      case .all: " (path"
      case .shortest: " (shortest-path"
      case .allShortest: " (all-shortest-paths"
      }
    text += head
    write(pattern.variable)
    for element in pattern.elements {
      switch element {
      case .node(let node):
        text += " (node"
        write(node.variable)
        if let labels = node.labels {
          text += " :"
          write(labels)
        }
        field("properties", node.properties)
        field("where", node.condition)
      case .relationship(let relationship):
        text += " (relationship \(relationship.direction)"
        write(relationship.variable)
        if let types = relationship.types {
          text += " :"
          write(types)
        }
        if let length = relationship.length {
          text += " *\(length.min.map(String.init) ?? "")..\(length.max.map(String.init) ?? "")"
        }
        field("properties", relationship.properties)
        field("where", relationship.condition)
      }
      text += ")"
    }
    text += ")"
  }

  mutating func write(_ id: LabelExpressionID) {
    switch tree[id].kind {
    case .name(let name): text += name.text
    case .wildcard: text += "%"
    case .not(let operand):
      text += "!"
      write(operand)
    case .and(let operands): writeOperands("&", operands)
    case .or(let operands): writeOperands("|", operands)
    }
  }

  private mutating func writeOperands(_ sign: String, _ operands: [LabelExpressionID]) {
    text += "("
    for (index, id) in operands.enumerated() {
      if index > 0 { text += sign }
      write(id)
    }
    text += ")"
  }

  // MARK: - Expressions

  /// Writes a space and the expression: heads going down to the left, the rest coming back.
  mutating func write(_ id: ExpressionID) {
    var spine = [id]
    text += " "
    text += head(of: tree[id].kind)
    var current = id
    while let left = tree[current].kind.leftOperand {
      text += " " + head(of: tree[left].kind)
      spine.append(left)
      current = left
    }
    for id in spine.reversed() { writeRest(of: tree[id].kind) }
  }

  private func head(of kind: ExpressionKind) -> String {
    switch kind {
    case .missing: "(missing"
    case .literal(.null): "null"
    case .literal(.boolean(let value)): "\(value)"
    case .literal(.integer(let value)): "\(value)"
    case .literal(.float(let value)): "\(value)"
    case .literal(.string(let value)): "'\(value)'"
    case .parameter(let name): "$\(name.text)"
    case .variable(let name): "`\(name.text)`"
    case .property: "(."
    case .hasLabels: "(labels"
    case .element: "(element"
    case .slice: "(slice"
    case .unary(let sign, _): "(\(sign)"
    case .binary(let sign, _, _, _): "(\(sign.rawValue)"
    case .logical(let sign, _): "(\(sign.rawValue)"
    case .comparison: "(compare"
    case .isNull(_, let isNegated): isNegated ? "(is-not-null" : "(is-null"
    case .list: "(list"
    case .map: "(map"
    case .mapProjection: "(map-projection"
    case .call(let call): "(call \(call.function.text)\(call.isDistinct ? " distinct" : "")"
    case .countStar: "(count-star"
    case .conditional: "(case"
    case .listComprehension(let variable, _, _, _): "(list-comprehension \(variable.text)"
    case .patternComprehension: "(pattern-comprehension"
    case .quantifier(let quantifier, let variable, _, _): "(\(quantifier.rawValue) \(variable.text)"
    case .reduce(let accumulator, _, let variable, _, _): "(reduce \(accumulator.text) \(variable.text)"
    case .pattern: "(pattern"
    case .subquery(let kind, _): "(\(kind.rawValue)"
    }
  }

  /// What follows the head and the left operand.
  private mutating func writeRest(of kind: ExpressionKind) {
    switch kind {
    case .literal, .parameter, .variable: return
    case .missing, .countStar, .unary, .isNull: break
    case .property(_, let key): text += " " + key.text
    case .hasLabels(_, let labels):
      text += " :"
      write(labels)
    case .element(_, let index): write(index)
    case .slice(_, let from, let to):
      field("from", from)
      field("to", to)
    case .binary(_, _, let right, _): write(right)
    case .logical(_, let operands): for id in operands.dropFirst() { write(id) }
    case .comparison(_, let links):
      for link in links {
        text += " " + link.operator.rawValue
        write(link.operand)
      }
    case .list(let elements): for id in elements { write(id) }
    case .map(let entries): for entry in entries { field(entry.key.text, entry.value) }
    case .mapProjection(_, let items):
      for item in items {
        switch item {
        case .property(let key): text += " .\(key.text)"
        case .allProperties: text += " .*"
        case .entry(let entry): field(entry.key.text, entry.value)
        case .variable(let name): text += " `\(name.text)`"
        }
      }
    case .call(let call): for id in call.arguments { write(id) }
    case .conditional(let subject, let branches, let otherwise):
      field("subject", subject)
      for branch in branches {
        field("when", branch.when)
        field("then", branch.then)
      }
      field("else", otherwise)
    case .listComprehension(_, let list, let condition, let projection):
      write(list)
      field("where", condition)
      field("project", projection)
    case .patternComprehension(let pattern, let condition, let projection):
      write(pattern)
      field("where", condition)
      field("project", projection)
    case .quantifier(_, _, let list, let condition):
      write(list)
      field("where", condition)
    case .reduce(_, let initial, _, let list, let step):
      write(initial)
      write(list)
      write(step)
    case .pattern(let pattern): write(pattern)
    case .subquery(_, let query):
      text += " "
      write(query)
    }
    text += ")"
  }
}

extension ExpressionKind {
  /// The operand that the expression begins with, when it is an operator after it or a sign before it.
  var leftOperand: ExpressionID? {
    switch self {
    case .property(let subject, _), .hasLabels(let subject, _), .element(let subject, _), .slice(let subject, _, _),
      .unary(_, let subject), .binary(_, let subject, _, _), .isNull(let subject, _), .comparison(let subject, _),
      .mapProjection(let subject, _):
      subject
    case .logical(_, let operands): operands.first
    default: nil
    }
  }
}
