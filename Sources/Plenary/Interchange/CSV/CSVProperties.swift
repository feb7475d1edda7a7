/// The properties of a part of a file, some rows at a time.
struct CSVProperties: Sendable {
  /// By column of the file; `nil` for one that is no property.
  private var batches: [(count: Int, columns: [GraphBuilder.Column?])] = []

  /// Adds the properties of the next rows.
  mutating func append(_ columns: [GraphBuilder.Column?], count: Int) { batches.append((count, columns)) }

  /// Calls `body` with each column of each batch, its key, and the id of its first row.
  func forEachColumn(
    from first: UInt32, keys: [KeyToken?], _ body: (_ key: KeyToken, _ first: UInt32, GraphBuilder.Column) -> Void
  ) {
    var next = first
    for (count, columns) in batches {
      for case (let key?, let column?) in zip(keys, columns) { body(key, next, column) }
      next += UInt32(count)
    }
  }
}
