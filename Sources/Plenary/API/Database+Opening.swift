import PlenarySyntax

extension Database {
  /// Opens a graph by name: `accsm`, `empty`, or the path of a saved graph, a directory of CSV files, a CSV file or a
  /// Cypher script.
  ///
  /// ```swift
  /// let database = try Database.open("accsm")
  /// ```
  ///
  /// - Throws: `file-unreadable` if there is no such graph, `invalid-file` with file, line and column, or what a
  ///   statement of a script throws.
  /// - Parameter threads: how many threads may work on reading it; `nil` for as many as there are processors.
  public static func open(_ name: String, threads: Int? = nil) throws(QueryError) -> Database {
    try open(GraphSource(name), threads: threads)
  }

  /// Opens a graph from a source; see `open(_:)` for a name.
  public static func open(_ source: GraphSource, threads: Int? = nil) throws(QueryError) -> Database {
    // The built-in graph is known to be good, so it can wait until it is needed.
    if source == .accsm { return Database(deferring: { (try? Graph.accsm()) ?? Graph() }) }
    return Database(
      try Graph.load(source, threads: threads) { script, path throws(QueryError) in
        let database = Database()
        try database.run(script: script, inFile: path)
        return database.snapshot
      })
  }

  /// Runs the statements of a script in a file: all of them, or none if one fails.
  ///
  /// - Throws: `QueryError` with file, line and column in its message.
  func run(file path: String) throws(QueryError) {
    try run(script: try Graph.text(ofFile: path), inFile: path)
  }

  private func run(script: String, inFile path: String) throws(QueryError) {
    do throws(QueryError) {
      try run(script: script)
    } catch {
      throw error.inFile(path)
    }
  }

  /// Runs the statements of a script, parted by `;`: all of them, or none if one fails.
  ///
  /// - Returns: the result of each statement, in order.
  /// - Throws: `QueryError`, with a range in the whole script.
  @discardableResult
  public func run(
    script: String, _ parameters: MapValue = [:], options: QueryOptions = QueryOptions()
  ) throws(QueryError) -> [QueryResult] {
    let tree = Parser.parse(script)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    if let first = errors.first {
      throw QueryError(compiling: first, others: Array(errors.dropFirst()), text: script)
    }
    return try write { transaction throws(QueryError) in
      var results: [QueryResult] = []
      for statement in tree.statements {
        do throws(QueryError) {
          results.append(try transaction.query(tree.text(in: statement.range), parameters, options: options))
        } catch {
          throw error.moved(by: statement.range.start, into: script)
        }
      }
      return results
    }
  }
}

extension QueryError {
  /// The same error of a part of a text, in the whole text.
  func moved(by offset: UInt32, into text: String) -> QueryError {
    func moved(_ range: SourceRange) -> SourceRange {
      SourceRange(start: range.start + offset, end: range.end + offset)
    }
    var copy = self
    copy.text = text
    copy.range = range.map(moved)
    copy.others = others.map {
      var other = $0
      other.range = moved(other.range)
      return other
    }
    return copy
  }

  /// The same error with file, line and column before the message, for who shows no text.
  func inFile(_ path: String) -> QueryError {
    var copy = self
    guard let range else {
      copy.message = "\(path): \(message)"
      return copy
    }
    let before = text.utf8.prefix(Int(range.start))
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { before.index(after: $0) } ?? before.startIndex
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    copy.message = "\(path):\(line):\(column): \(message)"
    return copy
  }
}
