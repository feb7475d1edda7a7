import Plenary

/// `:schema`: what the graph holds, asked in its own language.
enum SchemaView {
  private static let labels = """
    MATCH (n) UNWIND labels(n) AS label
    UNWIND CASE WHEN size(keys(n)) = 0 THEN [null] ELSE keys(n) END AS key
    RETURN label, count(DISTINCT n) AS nodes, collect(DISTINCT key) AS properties ORDER BY label
    """

  private static let types = """
    MATCH (a)-[r]->(b)
    UNWIND CASE WHEN size(keys(r)) = 0 THEN [null] ELSE keys(r) END AS key
    UNWIND CASE WHEN size(labels(a)) = 0 THEN [''] ELSE labels(a) END AS source
    UNWIND CASE WHEN size(labels(b)) = 0 THEN [''] ELSE labels(b) END AS target
    RETURN type(r) AS type, count(DISTINCT r) AS relationships, collect(DISTINCT [source, target]) AS between,
      collect(DISTINCT key) AS properties
    ORDER BY type
    """

  static func show(in session: Session) -> Session.Outcome {
    let token = CancellationToken()
    do {
      let nodes = try rows("MATCH (n) RETURN count(*)", session, token).first?.first
      let relationships = try rows("MATCH ()-[r]->() RETURN count(*)", session, token).first?.first
      session.output.writeLine("\(count(nodes, "node")), \(count(relationships, "relationship"))")
      write(
        ["label", "nodes", "properties"],
        try rows(labels, session, token).map { [$0[0], $0[1], .string(names($0[2]))] }, in: session)
      write(
        ["relationship type", "relationships", "between", "properties"],
        try rows(types, session, token).map { [$0[0], $0[1], .string(ends($0[2])), .string(names($0[3]))] },
        in: session)
      return .success
    } catch {
      return token.isCancelled ? .interrupted : session.fail(error.message)
    }
  }

  private static func rows(_ query: String, _ session: Session, _ token: CancellationToken) throws(QueryError)
    -> [[Value]]
  {
    let result = try session.query(query, token: token)
    return result.map(\.values)
  }

  private static func write(_ columns: [String], _ rows: [[Value]], in session: Session) {
    guard !rows.isEmpty else { return }
    let table = ResultTable(columns: columns, rows: rows, graph: session.database.snapshot)
    OutputFormat.table.write(table, to: session.output, style: session.outputStyle)
  }

  private static func count(_ value: Value?, _ noun: String) -> String {
    guard case .integer(let count)? = value else { return "no \(noun)s" }
    return Summary.counted(Int(count), noun)
  }

  private static func names(_ value: Value) -> String {
    guard case .list(let names) = value else { return "" }
    return names.map { if case .string(let name) = $0 { name } else { "" } }.sorted().joined(separator: ", ")
  }

  private static func ends(_ value: Value) -> String {
    guard case .list(let pairs) = value else { return "" }
    return pairs.map { pair in
      guard case .list(let ends) = pair else { return "" }
      let nodes = ends.map { end in
        if case .string(let label) = end, !label.isEmpty { "(:\(LiteralText.name(label)))" } else { "()" }
      }
      return nodes.joined(separator: "→")
    }.sorted().joined(separator: ", ")
  }
}
