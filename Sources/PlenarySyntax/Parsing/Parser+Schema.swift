/// Commands about indexes and constraints.
extension Parser {
  /// `CREATE INDEX name IF NOT EXISTS FOR (n:Label) ON (n.key)`.
  mutating func parseCreateIndex() -> SchemaCommand? {
    advance()
    advance()
    guard let (name, ifNotExists, node) = parseHeadOfCreation("ON (n.key)") else { return nil }
    expect(.on)
    let open = index
    guard expect(.leftParenthesis) else { return nil }
    let key = parseProperty(of: node.variable)
    close(open)
    guard let label = node.label, let key else { return nil }
    return .createIndex(name: name, ifNotExists: ifNotExists, label: label, key: key)
  }

  /// `CREATE CONSTRAINT name IF NOT EXISTS FOR (n:Label) REQUIRE n.key IS UNIQUE`.
  mutating func parseCreateConstraint() -> SchemaCommand? {
    advance()
    advance()
    let form = "REQUIRE n.key IS UNIQUE"
    guard let (name, ifNotExists, node) = parseHeadOfCreation(form) else { return nil }
    expect(.require, hint: isForeignWord("ASSERT") ? "write `\(form)`" : nil)
    let open = index
    let isInParentheses = eat(.leftParenthesis)
    let key = parseProperty(of: node.variable)
    if isInParentheses { close(open) }
    expect(.is)
    expect(
      .unique, hint: kind == .not || isForeignWord("NODE") ? "constraints of this version make values unique" : nil)
    guard let label = node.label, let key else { return nil }
    return .createConstraint(name: name, ifNotExists: ifNotExists, label: label, key: key)
  }

  /// `name IF NOT EXISTS FOR (n:Label)`.
  ///
  /// - Parameter rest: what comes after it, for a hint.
  private mutating func parseHeadOfCreation(
    _ rest: String
  ) -> (name: Name?, ifNotExists: Bool, node: (variable: Name?, label: Name?))? {
    var name: Name?
    if kind == .identifier || kind == .quotedName { name = takeName() }
    var ifNotExists = false
    if eat(.if) {
      expect(.not)
      expect(.exists)
      ifNotExists = true
    }
    expect(.for, hint: kind == .on ? "write `FOR (n:Label) \(rest)`" : nil)
    let open = index
    guard expect(.leftParenthesis) else { return nil }
    let variable = parseVariable()
    expect(.colon)
    let label = parseSchemaName("a label")
    close(open)
    return (name, ifNotExists, (variable, label))
  }

  /// `n.key`, of the node named after FOR.
  private mutating func parseProperty(of variable: Name?) -> Name? {
    let subject = parseVariable()
    expect(.dot)
    let key = parseSchemaName("a property key")
    if let variable, let subject, !variable.text.utf8.elementsEqual(subject.text.utf8) {
      report(
        .indexVariableMismatch, "unexpected `\(subject.text)`, expected `\(variable.text)`", at: subject.range,
        hint: "the property belongs to the node named after FOR")
    }
    return key
  }

  /// `DROP INDEX name IF EXISTS` or `DROP CONSTRAINT name IF EXISTS`.
  mutating func parseDrop() -> SchemaCommand? {
    advance()
    let isConstraint = eat(.constraint)
    if !isConstraint, !eat(.index) {
      fail(expected: "INDEX or CONSTRAINT", hint: hintForMisspelling(among: [.index, .constraint]))
      return nil
    }
    guard kind == .identifier || kind == .quotedName, !isPanicking else {
      fail(expected: isConstraint ? "the name of a constraint" : "the name of an index", hint: hintForReservedName())
      return nil
    }
    let name = takeName()
    var ifExists = false
    if eat(.if) {
      expect(.exists)
      ifExists = true
    }
    return isConstraint
      ? .dropConstraint(name: name, ifExists: ifExists) : .dropIndex(name: name, ifExists: ifExists)
  }

  /// `SHOW INDEXES` or `SHOW CONSTRAINTS`.
  mutating func parseShow() -> SchemaCommand? {
    advance()
    if eat(.indexes) { return .showIndexes }
    if eat(.constraints) { return .showConstraints }
    let hint: String? =
      switch kind {
      case .index: "did you mean `INDEXES`?"
      case .constraint: "did you mean `CONSTRAINTS`?"
      default: hintForMisspelling(among: [.indexes, .constraints])
      }
    fail(expected: "INDEXES or CONSTRAINTS", hint: hint)
    return nil
  }

  /// Whether the token at hand is a word that other dialects use here.
  private func isForeignWord(_ word: String) -> Bool {
    kind == .identifier && text(of: current).uppercased() == word
  }
}
