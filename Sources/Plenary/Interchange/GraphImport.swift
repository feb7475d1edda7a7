/// Reads a graph from the files of other programs: CSV with the headers of `neo4j-admin database import`, JSON lines as
/// Neo4j's `apoc.export.json` writes them, or Cypher scripts.
///
/// ```swift
/// let people = try GraphImport(["people/"]).read()
/// print(people.report.nodeCount)
/// try people.graph.save(to: "people.graph")
/// ```
///
/// Either all of it is read or there is no graph: the first thing wrong is thrown with file, line and column. Rows of
/// data files that are wrong can be left out instead, and are then in the report.
public struct GraphImport: Sendable {
  /// Directories and files, all of one kind, in the order they are read.
  public let sources: [String]
  /// The marks of CSV files.
  public var csvFormat = CSVFormat()
  /// How many threads may work on it; `nil` for as many as there are processors. The graph is the same for any number.
  public var threads: Int?
  /// Whether rows that are not as they should be are left out: cells that are not of their type or too many, ids that
  /// are there twice, relationships whose ends are not there. A header that is wrong is an error all the same.
  public var skipsBadRows = false
  /// Is told how far reading has come, one call at a time, on any thread.
  public var onProgress: (@Sendable (ImportProgress) -> Void)?

  /// Reads files.
  ///
  /// - Parameter sources: paths of files, or of directories that stand for the files in them: the `.csv` files if there
  ///   are any, else the `.jsonl` files, else the `.cypher` files. A script `schema.cypher` beside data is run after them,
  ///   to make indexes.
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
    /// The rows that were left out.
    public internal(set) var skippedRowCount = 0
    /// The first 20 of them, each as file, line, column, and what is wrong.
    public internal(set) var skippedRows: [String] = []
  }

  /// Reads the graph. O(bytes).
  ///
  /// - Throws: `fileUnreadable`, `invalidFile` with file, line and column, `graphTooLarge`, or what a statement of a
  ///   script throws.
  public func read() throws(QueryError) -> Outcome {
    let files = try GraphFiles(sources)
    var options = ImportOptions()
    options.threads = threads
    options.badRows = skipsBadRows ? .skip : .stop
    let progress = ImportProgressCounter(onProgress)
    var report = Report()
    var graph: Graph
    switch files.kind {
    case .csv:
      let reader = CSVGraphReader(files: files.paths.map { GraphFile(path: $0) }, format: csvFormat)
      let (read, skipped) = try reader.read(options, progress: progress)
      graph = read
      report.skippedRowCount = skipped.count
      report.skippedRows = skipped.messages
    case .jsonLines:
      let reader = JSONLinesImport(options, progress)
      let (read, skipped) = try reader.read(files.paths.map { GraphFile(path: $0) })
      graph = read
      report.skippedRowCount = skipped.count
      report.skippedRows = skipped.messages
    case .script:
      let database = Database()
      for path in files.paths { try database.run(file: path) }
      graph = database.snapshot
    }
    if !files.schemas.isEmpty {
      let database = Database(graph)
      for path in files.schemas { try database.run(file: path) }
      graph = database.snapshot
    }
    LargeMemory.releaseFreed()
    report.fileCount = files.paths.count
    report.nodeCount = graph.nodeCount
    report.relationshipCount = graph.relationshipCount
    return Outcome(graph: graph, report: report)
  }
}
