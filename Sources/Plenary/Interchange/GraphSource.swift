import PlenarySyntax

/// Where a graph comes from, as a name on the command line or in `Graph.load` says.
public enum GraphSource: Hashable, Sendable {
  /// `accsm`: the built-in graph of ASEAN cooperation on civil service matters.
  case accsm
  /// `empty`: a graph without nodes.
  case empty
  /// The path of a directory of files; see `GraphImport`.
  case directory(String)
  /// The path of one CSV file of nodes.
  case csvFile(String)
  /// The path of a file of JSON lines.
  case jsonLines(String)
  /// The path of a Cypher script, whose statements make the graph.
  case script(String)
  /// The path of a directory that `Graph.save(to:)` made.
  case saved(String)

  /// The names of the graphs that need no file.
  public static let names = ["accsm", "empty"]

  /// Finds out what a name means. A graph's name comes before a path; `./accsm` is the path.
  ///
  /// - Throws: `fileUnreadable` if there is nothing of that name, with the name that was probably meant;
  ///   `invalidFile` if a file is of no kind that holds a graph.
  public init(_ name: String) throws(QueryError) {
    switch name {
    case "accsm": self = .accsm
    case "empty": self = .empty
    default:
      switch FileSystem.entry(at: name) {
      case .directory:
        self = SavedGraphFormat.isPresent(inDirectory: name) ? .saved(name) : .directory(name)
      case .file: self = try GraphSource.file(name)
      case nil: throw GraphSource.missing(name)
      }
    }
  }

  private static func file(_ path: String) throws(QueryError) -> GraphSource {
    switch GraphFiles.Kind(path: path) {
    case .csv: return .csvFile(path)
    case .jsonLines: return .jsonLines(path)
    case .script: return .script(path)
    case nil:
      throw QueryError(.invalidFile, "found \"\(path)\", expected a saved graph, \(GraphFiles.expectation)")
    }
  }

  static func missing(_ name: String) -> QueryError {
    let slash = name.utf8.lastIndex(of: UInt8(ascii: "/"))
    let parent = slash.map { String(name[...$0]) } ?? ""
    var candidates = parent.isEmpty ? names : []
    candidates += (try? FileSystem.names(inDirectory: parent.isEmpty ? "." : parent)) ?? []
    // Only the last part of a path is compared, however long the rest is.
    let last = slash.map { String(name[name.utf8.index(after: $0)...]) } ?? name
    let nearest = Suggestion.nearest(to: last, among: candidates)
    return QueryError(
      .fileUnreadable,
      "there is no graph, file or directory \"\(name)\", expected \(names.joined(separator: ", ")), "
        + "a saved graph, \(GraphFiles.expectation)",
      hint: nearest.map { "did you mean \"\(parent)\($0)\"?" })
  }
}

extension Graph {
  /// The built-in graph of ASEAN cooperation on civil service matters. O(1) after the first time, which takes
  /// milliseconds.
  ///
  /// - Throws: nothing but what a damaged program would: the tests read it.
  public static func accsm() throws(QueryError) -> Graph { try BuiltInGraph.accsm.get() }

  /// Loads a graph.
  ///
  /// ```swift
  /// let graph = try Graph.load("data/people") { script, path throws(QueryError) in
  ///   try Database(Graph()).run(script: script, name: path)
  /// }
  /// ```
  ///
  /// - Parameter name: `accsm`, `empty`, or the path of a saved graph, a directory of CSV files, a CSV file or a Cypher
  ///   script.
  /// - Parameter runScript: makes a graph from the text of a script, all of it or nothing.
  /// - Throws: `fileUnreadable`, `invalidFile`, what the script throws.
  public static func load(
    _ name: String, runScript: (_ text: String, _ path: String) throws(QueryError) -> Graph
  ) throws(QueryError) -> Graph {
    try load(GraphSource(name), runScript: runScript)
  }

  /// Loads a graph from a source; like `load(_:runScript:)` for a name.
  public static func load(
    _ source: GraphSource, threads: Int? = nil, runScript: (_ text: String, _ path: String) throws(QueryError) -> Graph
  ) throws(QueryError) -> Graph {
    switch source {
    case .accsm: return try accsm()
    case .empty: return Graph()
    case .directory(let path), .csvFile(let path), .jsonLines(let path):
      var reading = GraphImport([path])
      reading.threads = threads
      return try reading.read().graph
    case .script(let path): return try runScript(try text(ofFile: path), path)
    case .saved(let path): return try open(path, threads: threads)
    }
  }

  /// The text of a file; throws `fileUnreadable`, or `invalidUTF8` with the place.
  static func text(ofFile path: String) throws(QueryError) -> String {
    let file = try FileSystem.read(path)
    defer { withExtendedLifetime(file) {} }
    let bytes = file.buffer
    if let offset = UTF8Validation.firstInvalidOffset(in: bytes) {
      let line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
      throw QueryError(
        .invalidUTF8, "\(path):\(line): found byte 0x\(String(bytes[offset], radix: 16)), expected UTF-8")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
