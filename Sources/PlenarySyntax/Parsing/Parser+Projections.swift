/// What WITH and RETURN share: items, ORDER BY, SKIP, LIMIT, WHERE.
extension Parser {
  /// `ProjectionBody`, after the keyword.
  mutating func parseProjection(isWith: Bool) -> ProjectionClause {
    var clause = ProjectionClause(isDistinct: false, items: [], order: [])
    clause.isDistinct = eat(.distinct)
    if at(.star) {
      clause.star = current.range
      advance()
      if eat(.comma) { parseItems(&clause, isWith) }
    } else {
      parseItems(&clause, isWith)
    }
    recorder?.project(clause, in: tree)
    if eat(.order) { parseOrder(&clause) }
    if eat(.skip) { clause.skip = parseExpression() }
    if eat(.limit) { clause.limit = parseExpression() }
    if isWith { clause.condition = parseWhere() }
    recorder?.endProjection(isWith: isWith)
    return clause
  }

  /// `ProjectionItems` without the star.
  private mutating func parseItems(_ clause: inout ProjectionClause, _ isWith: Bool) {
    repeat {
      let start = index
      let expression = parseExpression()
      var alias: Name?
      if !isPanicking, eat(.as) { alias = parseVariable("a name for the column") }
      let item = ProjectionItem(expression: expression, alias: alias, range: range(from: start))
      clause.items.append(item)
      if isWith, alias == nil, !isPanicking { checkAlias(item) }
    } while eat(.comma)
  }

  /// WITH makes variables, so what is not one already needs a name (openCypher 9, WITH).
  private mutating func checkAlias(_ item: ProjectionItem) {
    switch tree[item.expression].kind {
    case .variable, .missing: return
    default:
      report(
        .missingAlias, "expression without a name, expected `AS` and a name after it", at: item.range,
        hint: "what WITH passes on needs a name: `WITH \(shortened(item.range)) AS x`")
    }
  }

  /// The user's text in a range, when it is short enough to quote, else an ellipsis.
  func shortened(_ range: SourceRange) -> String {
    let text = String(decoding: bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
    return text.utf8.count <= 40 && !text.contains(where: \.isNewline) ? text : "…"
  }

  /// `Order`, after ORDER.
  private mutating func parseOrder(_ clause: inout ProjectionClause) {
    expect(.by)
    repeat {
      let start = index
      let expression = parseExpression()
      var isDescending = false
      if eat(.desc) || eat(.descending) {
        isDescending = true
      } else if !eat(.asc) {
        _ = eat(.ascending)
      }
      clause.order.append(SortItem(expression: expression, isDescending: isDescending, range: range(from: start)))
    } while eat(.comma)
  }
}
