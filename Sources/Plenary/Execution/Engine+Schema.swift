import PlenarySyntax

/// Commands about indexes and constraints.
extension Engine {
  static func run(
    _ command: SchemaCommand, on graph: inout Graph, since start: ContinuousClock.Instant
  ) throws(QueryError) -> QueryResult {
    var summary = QuerySummary()
    var table: (columns: [String], rows: [[Value]]) = ([], [])
    switch command {
    case .createIndex(let name, let ifNotExists, let label, let key):
      let text = name?.text ?? "index_\(label.text)_\(key.text)"
      let exists = graph.hasIndexOrConstraint(named: text) || graph.indexes.contains { $0.isOn(label, key) }
      if !(exists && ifNotExists) {
        try change(&graph, at: name?.range ?? label.range) { (graph) throws(QueryError) in
          let labelToken = try graph.makeLabelToken(label.text)
          try graph.createIndex(name: text, label: labelToken, key: try graph.makeKeyToken(key.text))
        }
        summary.counters.indexesChanged = 1
      }
    case .dropIndex(let name, let ifExists):
      if !ifExists || graph.indexes.contains(where: { $0.name.hasSameCodePoints(as: name.text) }) {
        try change(&graph, at: name.range) { (graph) throws(QueryError) in try graph.dropIndex(name: name.text) }
        summary.counters.indexesChanged = 1
      }
    case .createConstraint(let name, let ifNotExists, let label, let key):
      let text = name?.text ?? "constraint_\(label.text)_\(key.text)"
      let exists = graph.hasIndexOrConstraint(named: text) || graph.constraints.contains { $0.isOn(label, key) }
      if !(exists && ifNotExists) {
        try change(&graph, at: name?.range ?? label.range) { (graph) throws(QueryError) in
          let labelToken = try graph.makeLabelToken(label.text)
          let keyToken = try graph.makeKeyToken(key.text)
          do throws(QueryError) {
            try graph.createConstraint(name: text, label: labelToken, key: keyToken)
          } catch  where error.code == .uniquenessViolation {
            throw error.located(at: key.range)
          }
        }
        summary.counters.constraintsChanged = 1
      }
    case .dropConstraint(let name, let ifExists):
      if !ifExists || graph.constraints.contains(where: { $0.name.hasSameCodePoints(as: name.text) }) {
        try change(&graph, at: name.range) { (graph) throws(QueryError) in try graph.dropConstraint(name: name.text) }
        summary.counters.constraintsChanged = 1
      }
    case .showIndexes:
      table.columns = ["name", "label", "property", "unique", "constraint"]
      table.rows = graph.indexes.map {
        [
          .string($0.name), .string($0.label), .string($0.key), .boolean($0.isUnique),
          $0.constraint.map(Value.string) ?? .null,
        ]
      }
    case .showConstraints:
      table.columns = ["name", "type", "label", "property", "index"]
      table.rows = graph.constraints.map {
        [.string($0.name), .string("UNIQUENESS"), .string($0.label), .string($0.key), .string($0.index)]
      }
    }
    // Indexes that a load finds worth having come in no order.
    table.rows.sort { Value.order($0[0], $1[0]) < 0 }
    let columns = table.columns.indices.map { column in Vector.values(table.rows.map { $0[column] }) }
    summary.elapsed = ContinuousClock.now - start
    return QueryResult(
      columns: table.columns, graph: graph, summary: summary,
      batches: table.rows.isEmpty ? [] : [ResultBatch(columns: columns, count: table.rows.count)])
  }

  /// Changes a copy, which takes the graph's place if all goes well.
  private static func change(
    _ graph: inout Graph, at range: SourceRange, _ body: (inout Graph) throws(QueryError) -> Void
  ) throws(QueryError) {
    var copy = graph
    do { try body(&copy) } catch { throw error.located(at: range) }
    graph = copy
  }
}

extension IndexDescription {
  fileprivate func isOn(_ label: Name, _ key: Name) -> Bool { isOn(label: label.text, key: key.text) }
}

extension ConstraintDescription {
  fileprivate func isOn(_ label: Name, _ key: Name) -> Bool {
    self.label.hasSameCodePoints(as: label.text) && self.key.hasSameCodePoints(as: key.text)
  }
}
