/// Writes a graph as files that other programs read, and that `GraphImport` makes an equal graph of: the same labels,
/// types, properties and ends, though not the same ids.
///
/// ```swift
/// try GraphExport(database.snapshot, as: .csv).write(to: "people")
/// ```
public struct GraphExport: Sendable {
  /// What the files hold.
  public enum Format: String, CaseIterable, Sendable {
    /// CSV with the headers of `neo4j-admin database import`; see `CSVGraphWriter`. Indexes are in a script
    /// `schema.cypher` beside the files.
    case csv
    /// JSON lines, a node or relationship each, in one file `graph.jsonl`.
    case jsonl
    /// A Cypher script that makes the graph, `graph.cypher`.
    case cypher
  }

  /// The graph to write.
  public let graph: Graph
  /// What the files hold.
  public let format: Format
  /// The marks of CSV files.
  public var csvFormat = CSVFormat()

  /// Writes a graph.
  public init(_ graph: Graph, as format: Format) {
    self.graph = graph
    self.format = format
  }

  /// Writes the files into a new directory, all of them or none. O(graph).
  ///
  /// - Parameters:
  ///   - path: where the directory is to be: nothing may be there, or an empty directory.
  ///   - isReplacing: whether a directory that holds nothing but files of this format is replaced.
  /// - Returns: the names of the files.
  /// - Throws: `fileUnreadable` if something is in the way or cannot be written; `invalidArgumentValue` for names and
  ///   values that the format cannot hold.
  @discardableResult
  public func write(toDirectory path: String, replacing isReplacing: Bool = false) throws(QueryError) -> [String] {
    let directory = try DirectoryReplacement(
      at: path, isOverwriting: isReplacing,
      isOwn: { $0.lowercased().hasSuffix("." + format.rawValue) || format == .csv && $0 == GraphFiles.schemaName })
    var names: [String]
    switch format {
    case .csv:
      names = try CSVGraphWriter(graph, format: csvFormat).write(toDirectory: directory.temporary)
      if !graph.indexes.isEmpty {
        names.append(GraphFiles.schemaName)
        let statements = graph.indexes.flatMap { CypherScriptWriter.statements(for: $0) }
        let file = try FileOutput(path: "\(directory.temporary)/\(GraphFiles.schemaName)")
        try file.write(statements)
        try file.finish()
      }
    case .jsonl:
      names = ["graph.jsonl"]
      var writer = JSONLinesWriter(graph)
      try FileSystem.write(to: "\(directory.temporary)/\(names[0])") { writer.write(&$0) }
      if let failure = writer.failure { throw failure }
    case .cypher:
      names = ["graph.cypher"]
      var writer = CypherScriptWriter(graph)
      try FileSystem.write(to: "\(directory.temporary)/\(names[0])") { writer.write(&$0) }
      if let failure = writer.failure { throw failure }
    }
    try directory.commit()
    return names
  }
}
