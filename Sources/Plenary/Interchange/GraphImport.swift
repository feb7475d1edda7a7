/// Reads a graph from the files of other programs: CSV with the headers of `neo4j-admin database import`, or Cypher
/// scripts.
///
/// ```swift
/// let people = try GraphImport(["people/"]).read()
/// print(people.report.nodeCount)
/// try people.graph.save(to: "people.graph")
/// ```
///
/// Either all of it is read or there is no graph: the first thing wrong is thrown with file, line and column.
public struct GraphImport: Sendable {
  /// Directories and files, all of one kind, in the order they are read.
  public let sources: [String]
  /// The marks of CSV files.
  public var csvFormat = CSVFormat()
  /// How many threads may work on it; `nil` for as many as there are processors. The graph is the same for any number.
  public var threads: Int?

  /// Reads files.
  ///
  /// - Parameter sources: paths of files, or of directories that stand for the files in them: the `.csv` files if there
  ///   are any, else the `.cypher` files.
  public init(_ sources: [String]) { self.sources = sources }

  /// A graph and what its reading has to tell.
  public struct Outcome: Sendable {
    /// The graph.
    public let graph: Graph
    /// What was read.
    public let report: Report
  }

  /// What was read.
  public struct Report: Hashable, Sendable {
    /// The files that were read.
    public internal(set) var fileCount = 0
    /// The nodes they hold.
    public internal(set) var nodeCount = 0
    /// The relationships they hold.
    public internal(set) var relationshipCount = 0
  }

  /// Reads the graph. O(bytes).
  ///
  /// - Throws: `fileUnreadable`, `invalidFile` with file, line and column, `graphTooLarge`, or what a statement of a
  ///   script throws.
  public func read() throws(QueryError) -> Outcome {
    let files = try GraphFiles(sources)
    let graph: Graph
    switch files.kind {
    case .csv:
      graph = try CSVGraphReader(files: files.paths.map { CSVFile(path: $0) }, format: csvFormat).read()
    case .script:
      let database = Database()
      for path in files.paths { try database.run(file: path) }
      graph = database.snapshot
    }
    var report = Report()
    report.fileCount = files.paths.count
    report.nodeCount = graph.nodeCount
    report.relationshipCount = graph.relationshipCount
    return Outcome(graph: graph, report: report)
  }
}
