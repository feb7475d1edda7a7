/// Statements and clauses.
extension Formatter {
  mutating func emitStatements() {
    let end = UInt32(truncatingIfNeeded: tree.text.utf8.count)
    for (index, statement) in tree.statements.enumerated() {
      emitComments(before: statement.range.start)
      emit(statement)
      let semicolon = semicolon(after: statement)
      if let semicolon { emitInlineComments(before: semicolon) }
      if semicolon != nil || tree.statements.count > 1 { text(";") }
      let isLast = index == tree.statements.count - 1
      emitTrailingComments(before: isLast ? end : tree.statements[index + 1].range.start)
      output.lineBreak(isLast ? .line : .blankLine)
    }
    emitComments(before: end)
  }

  /// Where the `;` after a statement stands, if there is one.
  private func semicolon(after statement: Statement) -> UInt32? {
    var text = tree.text
    return text.withUTF8 { bytes in
      var lexer = Lexer(bytes)
      lexer.position = Int(statement.range.end)
      lexer.skipTrivia()
      guard lexer.position < bytes.count, bytes[lexer.position] == UInt8(ascii: ";") else { return nil }
      return UInt32(truncatingIfNeeded: lexer.position)
    }
  }

  private mutating func emit(_ statement: Statement) {
    switch statement.planRequest {
    case .none: break
    case .explain: text("EXPLAIN ")
    case .profile: text("PROFILE ")
    }
    switch statement.body {
    case .query(let id): emit(id)
    case .schema(let command): emit(command)
    }
  }

  private mutating func emit(_ command: SchemaCommand) {
    func head(_ what: String, _ name: Name?, _ ifNotExists: Bool, _ label: Name) -> String {
      "CREATE \(what) " + (name.map { indexName($0) + " " } ?? "") + (ifNotExists ? "IF NOT EXISTS " : "")
        + "FOR (n:\(schemaName(label))) "
    }
    switch command {
    case .createIndex(let name, let ifNotExists, let label, let key):
      text(head("INDEX", name, ifNotExists, label) + "ON (n.\(schemaName(key)))")
    case .createConstraint(let name, let ifNotExists, let label, let key):
      text(head("CONSTRAINT", name, ifNotExists, label) + "REQUIRE n.\(schemaName(key)) IS UNIQUE")
    case .dropIndex(let name, let ifExists):
      text("DROP INDEX \(indexName(name))\(ifExists ? " IF EXISTS" : "")")
    case .dropConstraint(let name, let ifExists):
      text("DROP CONSTRAINT \(indexName(name))\(ifExists ? " IF EXISTS" : "")")
    case .showIndexes: text("SHOW INDEXES")
    case .showConstraints: text("SHOW CONSTRAINTS")
    }
  }

  /// No keyword names an index or a constraint, so one that did was quoted.
  private func indexName(_ name: Name) -> String {
    let plain = schemaName(name)
    var text = name.text
    let isKeyword = text.withUTF8 { KeywordTable.shared.kind(of: $0[...]) != .identifier }
    return isKeyword ? "`\(name.text)`" : plain
  }

  mutating func emit(_ id: QueryID) {
    let query = tree[id]
    for (index, part) in query.parts.enumerated() {
      if index > 0 {
        let union = query.unions[index - 1]
        emitBreak(before: union.range.start)
        text(union.keepsDuplicates ? "UNION ALL" : "UNION")
      }
      for (position, clause) in part.clauses.enumerated() {
        if index > 0 || position > 0 { emitBreak(before: clause.range.start) }
        emitComments(before: clause.range.start)
        emit(clause)
      }
    }
  }

  /// The end of a clause: comments behind it, then a line end, or a space where clauses share a line.
  private mutating func emitBreak(before start: UInt32) {
    emitTrailingComments(before: start)
    output.lineBreak(breaksClauses ? .line : .space)
  }

  /// WHERE and its like: on a line of their own, indented.
  private mutating func emitPart(_ keyword: String, before start: UInt32?, _ emit: (inout Formatter) -> Void) {
    output.indent(Self.indentation)
    if let start { emitTrailingComments(before: start) }
    output.lineBreak(breaksClauses ? .line : .space)
    if let start { emitComments(before: start) }
    emitClause(keyword, emit)
    output.indent(-Self.indentation)
  }

  mutating func emitWhere(_ condition: ExpressionID?) {
    guard let condition else { return }
    emitPart("WHERE", before: start(of: condition)) { $0.emit(condition) }
  }

  /// The offset of an expression's first token.
  func start(of id: ExpressionID) -> UInt32 { tree[id].range.start }

  private mutating func emit(_ clause: Clause) {
    switch clause.kind {
    case .match(let match):
      emitClause(match.isOptional ? "OPTIONAL MATCH" : "MATCH") { $0.emit(match.patterns) }
      emitWhere(match.condition)
    case .unwind(let list, let variable):
      emitClause("UNWIND") {
        $0.emit(list)
        $0.text(" AS \($0.symbolicName(variable))")
      }
    case .with(let projection): emit("WITH", projection)
    case .returning(let projection): emit("RETURN", projection)
    case .create(let patterns): emitClause("CREATE") { $0.emit(patterns) }
    case .merge(let merge): emit(merge)
    case .set(let items): emitClause("SET") { $0.emit(items) }
    case .remove(let items): emitClause("REMOVE") { $0.emit(items) }
    case .delete(let expressions, let detach):
      emitClause(detach ? "DETACH DELETE" : "DELETE") { formatter in
        formatter.emitList(expressions, start: formatter.start(of:)) { $0.emit($1) }
      }
    case .call(let call): emit(call)
    case .subquery(let query):
      text("CALL ")
      emitBraced(query)
    }
  }

  /// A keyword and what belongs to it, broken as one group.
  private mutating func emitClause(_ keyword: String, _ emit: (inout Formatter) -> Void) {
    text(keyword + " ")
    output.open()
    output.indent(Self.indentation)
    emit(&self)
    output.indent(-Self.indentation)
    output.close()
  }

  private mutating func emit(_ patterns: [PathPattern]) {
    emitList(patterns, start: { $0.range.start }) { $0.emit($1) }
  }

  private mutating func emit(_ keyword: String, _ projection: ProjectionClause) {
    emitClause(keyword + (projection.isDistinct ? " DISTINCT" : "")) { formatter in
      if let star = projection.star {
        formatter.emitComments(before: star.start)
        formatter.text("*")
        if !projection.items.isEmpty {
          formatter.text(",")
          formatter.output.lineBreak(.space)
        }
      }
      formatter.emitList(projection.items, start: { $0.range.start }) {
        $0.emit($1.expression)
        if let alias = $1.alias { $0.text(" AS \($0.symbolicName(alias))") }
      }
    }
    if let first = projection.order.first {
      emitPart("ORDER BY", before: first.range.start) { formatter in
        formatter.emitList(projection.order, start: { $0.range.start }) {
          $0.emit($1.expression)
          if $1.isDescending { $0.text(" DESC") }
        }
      }
    }
    if let skip = projection.skip { emitPart("SKIP", before: start(of: skip)) { $0.emit(skip) } }
    if let limit = projection.limit { emitPart("LIMIT", before: start(of: limit)) { $0.emit(limit) } }
    emitWhere(projection.condition)
  }

  private mutating func emit(_ merge: MergeClause) {
    emitClause("MERGE") { $0.emit(merge.pattern) }
    var actions = [("ON CREATE SET", merge.onCreate), ("ON MATCH SET", merge.onMatch)].filter { !$0.1.isEmpty }
    actions.sort { ($0.1.first?.range.start ?? 0) < ($1.1.first?.range.start ?? 0) }
    for (keyword, items) in actions {
      emitPart(keyword, before: items.first?.range.start) { $0.emit(items) }
    }
  }

  private mutating func emit(_ items: [SetItem]) {
    emitList(items, start: { $0.range.start }) { formatter, item in
      switch item.kind {
      case .property(let subject, let key, let value):
        formatter.emit(subject, .access)
        formatter.text(".\(formatter.schemaName(key)) = ")
        formatter.emit(value)
      case .replace(let target, let value):
        formatter.emit(target, .access)
        formatter.text(" = ")
        formatter.emit(value)
      case .merge(let target, let value):
        formatter.emit(target, .access)
        formatter.text(" += ")
        formatter.emit(value)
      case .labels(let target, let labels):
        formatter.emit(target, .access)
        for label in labels { formatter.text(":\(formatter.schemaName(label))") }
      }
    }
  }

  private mutating func emit(_ items: [RemoveItem]) {
    emitList(items, start: { $0.range.start }) { formatter, item in
      switch item.kind {
      case .property(let subject, let key):
        formatter.emit(subject, .access)
        formatter.text(".\(formatter.schemaName(key))")
      case .labels(let target, let labels):
        formatter.emit(target, .access)
        for label in labels { formatter.text(":\(formatter.schemaName(label))") }
      }
    }
  }

  private mutating func emit(_ call: CallClause) {
    emitClause("CALL") { formatter in
      // The dots of a quoted name cannot be told from its own, so the name stays as it is written.
      formatter.text(formatter.compact(call.procedure.range))
      if let arguments = call.arguments {
        formatter.emitEnclosed("(", ")") {
          $0.emitList(arguments, start: $0.start(of:)) { $0.emit($1) }
        }
      }
    }
    if call.yieldStar != nil { emitPart("YIELD", before: call.yieldStar?.start) { $0.text("*") } }
    if let yields = call.yields {
      emitPart("YIELD", before: yields.first?.column.range.start) { formatter in
        formatter.emitList(yields, start: { $0.column.range.start }) {
          $0.text($0.symbolicName($1.column))
          if let alias = $1.alias { $0.text(" AS \($0.symbolicName(alias))") }
        }
      }
    }
    emitWhere(call.condition)
  }

  /// The tokens in a range without the white space and comments between them.
  func compact(_ range: SourceRange) -> String {
    var text = tree.text(in: range)
    return text.withUTF8 { bytes in
      var lexer = Lexer(bytes)
      lexer.lex()
      return lexer.tokens.map { lexer.text(from: Int($0.start), to: Int($0.end)) }.joined()
    }
  }

  /// `{`, clauses on lines of their own, `}`.
  private mutating func emitBraced(_ query: QueryID) {
    let outer = (breaksClauses, barIsSeparator)
    (breaksClauses, barIsSeparator) = (true, false)
    text("{")
    output.indent(Self.indentation)
    output.lineBreak(.line)
    emit(query)
    output.indent(-Self.indentation)
    output.lineBreak(.line)
    text("}")
    (breaksClauses, barIsSeparator) = outer
  }

  /// A query in an expression: on one line if it fits, else one line a clause.
  mutating func emitSubquery(_ query: QueryID) {
    let outer = (breaksClauses, barIsSeparator)
    (breaksClauses, barIsSeparator) = (false, false)
    output.open()
    text("{")
    output.indent(Self.indentation)
    output.lineBreak(.space)
    if let clause = tree[query].parts.first?.clauses.first, clause.keyword.isEmpty, case .match(let match) = clause.kind
    {
      // The short form has no keyword.
      emit(match.patterns)
      emitWhere(match.condition)
    } else {
      emit(query)
    }
    output.indent(-Self.indentation)
    output.lineBreak(.space)
    text("}")
    output.close()
    (breaksClauses, barIsSeparator) = outer
  }
}
