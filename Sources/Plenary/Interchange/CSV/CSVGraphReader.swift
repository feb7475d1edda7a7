import PlenarySyntax

/// Makes a graph from CSV files with the headers of `neo4j-admin database import`.
///
/// A file of nodes has an `:ID` column, a file of relationships `:START_ID` and `:END_ID`; the first line says what each
/// column holds:
///
/// ```
/// id:ID(Person),name,born:date,languages:string[],:LABEL
/// 1,Ada,1815-12-10,en;fr,Person;Author
/// ```
/// ```
/// :START_ID(Person),:END_ID(Person),since:int,:TYPE
/// 1,2,1833,KNOWS
/// ```
///
/// What the convention leaves open is decided so:
/// - An id with a name is also a property. Ids that are whole numbers in all of their id space are kept as integers,
///   others as strings; `{id-type:string}` and `{id-type:long}` after the type settle it.
/// - A node file without `:LABEL` gives its nodes the file's name as their label, without the extension and a leading
///   `nodes_`; a relationship file without `:TYPE` gives the type likewise, without a leading `rels_`.
/// - An empty cell is no value; `""` is an empty string or an empty list. Numbers may have blanks around them.
/// - Files are read in the order of their names, nodes first, so a graph always gets the same ids.
///
/// Either all files are read or there is no graph: the first thing wrong is thrown with file, line and column.
public struct CSVGraphReader: Sendable {
  /// The marks of the files.
  public var format: CSVFormat
  /// The files, in the order they are read, nodes before relationships.
  public let files: [GraphFile]

  /// Reads files.
  public init(files: [GraphFile], format: CSVFormat = CSVFormat()) {
    self.files = files
    self.format = format
  }

  /// Reads every file in a directory whose name ends in `.csv`.
  ///
  /// - Throws: `fileUnreadable`; `invalidFile` if there is no such file.
  public init(directory path: String, format: CSVFormat = CSVFormat()) throws(QueryError) {
    let names = try FileSystem.names(inDirectory: path).filter { $0.lowercased().hasSuffix(".csv") }
    guard !names.isEmpty else {
      throw QueryError(.invalidFile, "found no .csv file in the directory \"\(path)\", expected files of nodes")
    }
    let prefix = path.hasSuffix("/") ? path : path + "/"
    self.init(files: names.map { GraphFile(path: prefix + $0) }, format: format)
  }

  /// Reads the graph. O(bytes).
  ///
  /// - Parameter threads: how many threads may work on it; `nil` for as many as there are processors. The graph is the
  ///   same for any number.
  /// - Throws: `fileUnreadable`, `invalidFile`, `graphTooLarge`.
  public func read(threads: Int? = nil) throws(QueryError) -> Graph {
    var options = ImportOptions()
    options.threads = threads
    return try read(options).graph
  }

  func read(
    _ options: ImportOptions, progress: ImportProgressCounter = ImportProgressCounter(nil)
  ) throws(QueryError) -> (graph: Graph, skipped: SkippedRows) {
    var files: [GraphFile] = []
    for file in self.files { files.append(try file.repeatable()) }
    // Ids are taken for integers until one of them is not; then their space is read again as text, which is seldom
    // more than one line of work.
    var textSpaces: Set<String> = []
    while true {
      let attempt = CSVImport(format: format, options: options, textSpaces: textSpaces, progress: progress)
      do throws(CSVImport.Failure) {
        return try attempt.read(files)
      } catch {
        switch error {
        case .query(let error): throw error
        case .textIdentifiers(let space): textSpaces.insert(space)
        }
      }
    }
  }
}
