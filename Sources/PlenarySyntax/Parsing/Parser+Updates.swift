/// Clauses that change the graph: MERGE, SET, REMOVE.
extension Parser {
  /// `Merge`, after the keyword.
  mutating func parseMerge() -> MergeClause {
    var clause = MergeClause(pattern: parsePathPattern(), onCreate: [], onMatch: [])
    while !isPanicking, eat(.on) {
      if eat(.create) {
        expect(.set)
        clause.onCreate += parseSetItems()
      } else if eat(.match) {
        expect(.set)
        clause.onMatch += parseSetItems()
      } else {
        fail(expected: "CREATE or MATCH", hint: hintForMisspelling(among: [.create, .match]))
      }
    }
    return clause
  }

  /// `SetItem { ',' SetItem }`, after SET.
  mutating func parseSetItems() -> [SetItem] {
    var items: [SetItem] = []
    repeat {
      let start = index
      guard let kind = parseSetItem() else { break }
      items.append(SetItem(kind: kind, range: range(from: start)))
    } while eat(.comma)
    return items
  }

  private mutating func parseSetItem() -> SetItem.Kind? {
    let target = parsePostfix(allowsLabels: false)
    if isPanicking { return nil }
    if at(.colon) { return parseLabels().map { .labels(of: target, $0) } }
    if eat(.plusEqual) {
      return .merge(target, value: parseExpression())
    }
    if kind == .doubleEqual {
      report(.unexpectedToken, "unexpected `==`, expected `=`", at: current.range, hint: "write `=` to assign")
      advance()
    } else if !expect(.equal) {
      return nil
    }
    let value = parseExpression()
    if case .property(let subject, let key) = tree[target].kind {
      return .property(of: subject, key: key, value: value)
    }
    return .replace(target, value: value)
  }

  /// `RemoveItem { ',' RemoveItem }`, after REMOVE.
  mutating func parseRemoveItems() -> [RemoveItem] {
    var items: [RemoveItem] = []
    repeat {
      let start = index
      let target = parsePostfix(allowsLabels: false)
      if isPanicking { break }
      let kind: RemoveItem.Kind
      if at(.colon) {
        guard let labels = parseLabels() else { break }
        kind = .labels(of: target, labels)
      } else if case .property(let subject, let key) = tree[target].kind, tokens[index - 1].kind != .rightParenthesis {
        kind = .property(of: subject, key: key)
      } else {
        fail(
          expected: "`.` and a property key, or `:` and a label", hint: "to remove a node or relationship use DELETE")
        break
      }
      items.append(RemoveItem(kind: kind, range: range(from: start)))
    } while eat(.comma)
    return items
  }

  /// `NodeLabels`: `:A:B`, names only, because they are given or taken, not asked for.
  private mutating func parseLabels() -> [Name]? {
    var labels: [Name] = []
    while eat(.colon) {
      if recorder != nil { note(.label) }
      guard let label = parseSchemaName("a label") else { return nil }
      labels.append(label)
    }
    return labels
  }

  /// `Expression { ',' Expression }`.
  mutating func parseExpressionList() -> [ExpressionID] {
    var expressions: [ExpressionID] = []
    repeat {
      expressions.append(parseExpression())
    } while eat(.comma)
    return expressions
  }
}
