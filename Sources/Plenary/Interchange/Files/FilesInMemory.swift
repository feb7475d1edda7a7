// Reading and writing in memory, for trials of files that nobody wrote: how much is read at a time, and by how many
// threads, must make no difference.

extension Graph {
  /// The graph in JSON lines.
  ///
  /// - Throws: `invalidFile`.
  package static func readJSONLines(
    _ bytes: [UInt8], threads: Int, chunkSize: Int
  ) throws(QueryError) -> Graph {
    let file = GraphFile(name: "graph.jsonl", bytes: bytes)
    return try JSONLinesImport(.inChunks(of: chunkSize, threads: threads), ImportProgressCounter(nil)).read([file])
      .graph
  }

  /// The graph in CSV files.
  ///
  /// - Throws: `invalidFile`.
  package static func readCSV(_ files: [GraphFile], threads: Int, chunkSize: Int) throws(QueryError) -> Graph {
    try CSVGraphReader(files: files).read(.inChunks(of: chunkSize, threads: threads)).graph
  }

  /// The graph as JSON lines.
  ///
  /// - Throws: `invalidArgumentValue` for a value that they cannot hold.
  package func jsonLines() throws(QueryError) -> [UInt8] {
    var writer = JSONLinesWriter(self)
    var bytes: [UInt8] = []
    while writer.write(&bytes) {}
    if let failure = writer.failure { throw failure }
    return bytes
  }
}

extension ImportOptions {
  fileprivate static func inChunks(of size: Int, threads: Int) -> ImportOptions {
    var options = ImportOptions()
    options.threads = threads
    options.chunkSize = size
    return options
  }
}
