/// Writes a graph as files that other programs read, and that `GraphImport` makes an equal graph of: the same labels,
/// types, properties and ends, though not the same ids.
///
/// ```swift
/// try GraphExport(database.snapshot, as: .csv).write(to: "people")
/// ```
public struct GraphExport: Sendable {
  /// What the files hold.
  public enum Format: String, CaseIterable, Sendable {
    /// CSV with the headers of `neo4j-admin database import`; see `CSVGraphWriter`.
    case csv
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
      at: path, isOverwriting: isReplacing, isOwn: { $0.lowercased().hasSuffix("." + format.rawValue) })
    let names: [String]
    switch format {
    case .csv: names = try CSVGraphWriter(graph, format: csvFormat).write(toDirectory: directory.temporary)
    }
    try directory.commit()
    return names
  }
}
