import CPlenarySamples

/// The ACCSM graph that is compiled into the program.
enum BuiltInGraph {
  /// The graph, read once in a process; copies share it.
  static let accsm: Result<Graph, QueryError> = Result { () throws(QueryError) in
    try CSVGraphReader(files: files).read()
  }

  /// Its files.
  static var files: [GraphFile] {
    (0..<plenary_accsm_file_count()).compactMap { index in
      guard let file = plenary_accsm_file(index)?.pointee else { return nil }
      let bytes = FileBytes(static: UnsafeBufferPointer(start: file.bytes, count: file.count))
      return GraphFile(name: String(cString: file.name), bytes: bytes)
    }
  }
}
