extension Graph {
  /// Saves the graph as a directory that `Graph.open(_:)` opens again: the same graph with the same ids, labels, types,
  /// properties and indexes. O(graph).
  ///
  /// The directory is written beside its place and takes its name when all of it is on the disk, so there is never half
  /// a graph.
  ///
  /// ```swift
  /// try database.snapshot.save(to: "people.graph")
  /// let graph = try Graph.open("people.graph")
  /// ```
  ///
  /// - Parameters:
  ///   - path: where the directory is to be: nothing may be there, or an empty directory.
  ///   - isReplacing: whether a graph that was saved there before is replaced. Nothing else ever is.
  /// - Throws: `fileUnreadable` if something is in the way or cannot be written.
  public func save(to path: String, replacing isReplacing: Bool = false) throws(QueryError) {
    let directory = try DirectoryReplacement(
      at: path, isOverwriting: isReplacing, isOwn: SavedGraphFormat.isOwn)
    var copy = self
    copy.foldWhatChanged()
    try SavedGraphWriter.write(copy, toDirectory: directory.temporary)
    try directory.commit()
  }

  /// Opens a saved graph. O(bytes), near the speed at which the disk gives them.
  ///
  /// - Parameters:
  ///   - path: the directory that `save(to:)` made.
  ///   - threads: how many threads may work on it; `nil` for as many as there are processors.
  /// - Throws: `fileUnreadable`; `invalidFile` if a file is damaged, with its name and the place.
  public static func open(_ path: String, threads: Int? = nil) throws(QueryError) -> Graph {
    guard SavedGraphFormat.isPresent(inDirectory: path) else {
      throw QueryError(
        .fileUnreadable, "found no file \(SavedGraphFormat.manifestName) in \"\(path)\", expected a saved graph",
        hint: "Database.open opens graphs of every kind")
    }
    return try SavedGraphReader.read(directory: path, threads: max(1, threads ?? ProcessorCount.available))
  }
}

extension Database {
  /// Saves the graph as it is now; see `Graph.save(to:replacing:)`. Writers do not wait for it.
  public func save(to path: String, replacing isReplacing: Bool = false) throws(QueryError) {
    try snapshot.save(to: path, replacing: isReplacing)
  }
}

extension GraphImport {
  /// Whether the graph can be saved at a path, as far as that can be told before there is one.
  ///
  /// - Throws: `fileUnreadable` if something is in the way.
  public func checkTarget(_ path: String, replacing isReplacing: Bool = false) throws(QueryError) {
    _ = try DirectoryReplacement(at: path, isOverwriting: isReplacing, isOwn: SavedGraphFormat.isOwn)
  }
}
