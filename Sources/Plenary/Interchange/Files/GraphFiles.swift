/// The files that a graph is to be read from, all of one kind.
struct GraphFiles {
  /// What files hold, as the ends of their names say.
  enum Kind: CaseIterable {
    case csv
    case jsonLines
    case script

    /// The ends of the names, the usual one first.
    var extensions: [String] {
      switch self {
      case .csv: ["csv"]
      case .jsonLines: ["jsonl", "ndjson"]
      case .script: ["cypher", "cyp", "cql", "gql"]
      }
    }

    /// The kind of a file by its name.
    init?(path: String) {
      let name = path.lowercased()
      guard let kind = Kind.allCases.first(where: { $0.extensions.contains { name.hasSuffix("." + $0) } }) else {
        return nil
      }
      self = kind
    }

    /// For messages: `a .csv file`.
    var phrase: String { "a .\(extensions[0]) file" }
  }

  let kind: Kind
  /// In the order they are read.
  let paths: [String]
  /// Scripts that make indexes for what the files hold.
  let schemas: [String]

  /// The name of such a script, as `neo4j-admin database import --schema` takes one.
  static let schemaName = "schema.cypher"

  /// Finds files by their names and those in directories.
  ///
  /// A directory stands for its CSV files if there are any, else for its files of JSON lines, else for its scripts, in
  /// the order of their names. Beside other files, a script `schema.cypher` is for when those are read.
  ///
  /// - Throws: `fileUnreadable`; `invalidFile` for files of several kinds, or of none.
  init(_ sources: [String]) throws(QueryError) {
    var kind: Kind?
    var paths: [String] = []
    var schemas: [String] = []
    for source in sources {
      let found = try GraphFiles.found(source)
      if let kind, kind != found.kind {
        throw QueryError(
          .invalidFile, "found \"\(found.paths[0])\", expected \(kind.phrase) like those before it",
          hint: "import one kind of file at a time")
      }
      kind = found.kind
      paths += found.paths
      schemas += found.schemas
    }
    guard let kind else {
      throw QueryError(.invalidFile, "found no files, expected some to read")
    }
    self.kind = kind
    self.paths = paths
    self.schemas = schemas
  }

  private static func found(
    _ source: String
  ) throws(QueryError) -> (kind: Kind, paths: [String], schemas: [String]) {
    switch FileSystem.entry(at: source) {
    case nil: throw GraphSource.missing(source)
    case .file:
      guard let kind = Kind(path: source) else {
        throw QueryError(.invalidFile, "found \"\(source)\", expected \(expectation)")
      }
      return (kind, [source], [])
    case .directory:
      let names = try FileSystem.names(inDirectory: source)
      let prefix = source.hasSuffix("/") ? source : source + "/"
      for kind in Kind.allCases {
        let own = names.filter { Kind(path: $0) == kind }
        guard !own.isEmpty else { continue }
        let hasSchema = kind != .script && names.contains(schemaName)
        return (kind, own.map { prefix + $0 }, hasSchema ? [prefix + schemaName] : [])
      }
      throw QueryError(
        .invalidFile,
        "found no \(Kind.allCases.map { "." + $0.extensions[0] }.joined(separator: ", ")) file in the directory "
          + "\"\(source)\", expected files that hold a graph")
    }
  }

  /// For messages: what a path may be.
  static let expectation = "a .csv, .jsonl or .cypher file, or a directory of such files"
}
