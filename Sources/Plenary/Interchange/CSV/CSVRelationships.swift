/// What the readers of a file of relationships need to know.
struct CSVRelationshipFile: Sendable {
  /// One end: the column and the ids of its space.
  struct End: Sendable {
    let column: Int
    let header: String
    let space: String
    let ids: NodeIdentifiers
  }

  let table: CSVTable
  let source: End
  let target: End
  /// The property key of each column that has one.
  let keys: [KeyToken?]
  let hasProperties: Bool
  /// How most records can be read faster.
  let plain: CSVPlainRelationships?

  init(table: CSVTable, source: End, target: End, keys: [KeyToken?]) {
    self.table = table
    self.source = source
    self.target = target
    self.keys = keys
    hasProperties = keys.contains { $0 != nil }
    plain = CSVPlainRelationships(table, source: source, target: target, keys: keys)
  }
}

/// Relationships of a part of a file.
struct CSVRelationshipChunk: CSVChunkResult {
  let file: CSVRelationshipFile
  var failures: [FileFailure] = []
  /// Both ends of each.
  private(set) var keys: [UInt64] = []
  /// The `:TYPE` cells.
  private(set) var types = CSVCellRuns()
  private(set) var properties = CSVProperties()

  init(_ file: CSVRelationshipFile) { self.file = file }

  var placeColumn: Int { file.source.column }

  mutating func append(_ records: CSVReader.Records, _ reader: CSVReader) throws(FileFailure) {
    guard records.count > 0 else { return }
    let start = keys.count
    do throws(FileFailure) {
      try appendEnds(records, reader)
      if let column = file.table.typeColumn {
        for row in 0..<records.count where records.cell(row, column).count == 0 {
          throw reader.failure(
            at: records.cell(row, column).offset, "found no type, expected one for each relationship")
        }
      }
      if file.hasProperties {
        var columns: [GraphBuilder.Column?] = []
        for (index, column) in file.table.columns.enumerated() {
          columns.append(file.keys[index] == nil ? nil : try reader.properties(index, of: records, column))
        }
        properties.append(columns, count: records.count)
      }
    } catch {
      keys.removeLast(keys.count - start)
      throw error
    }
    if let column = file.table.typeColumn { types.append(column, of: records, reader) }
  }

  private mutating func appendEnds(_ records: CSVReader.Records, _ reader: CSVReader) throws(FileFailure) {
    let (source, target) = (file.source, file.target)
    var failure: FileFailure?
    source.ids.withText { sourceText in
      target.ids.withText { targetText in
        for row in 0..<records.count {
          let (sourceCell, targetCell) = (records.cell(row, source.column), records.cell(row, target.column))
          guard let from = reader.withBytes(sourceCell, { source.ids.node($0, in: sourceText) }) else {
            failure = unknown(sourceCell, source, reader)
            return
          }
          guard let to = reader.withBytes(targetCell, { target.ids.node($0, in: targetText) }) else {
            failure = unknown(targetCell, target, reader)
            return
          }
          keys.append(GatheredRelationships.key(from, to))
        }
      }
    }
    if let failure { throw failure }
  }

  private func unknown(
    _ cell: CSVReader.Cell, _ end: CSVRelationshipFile.End, _ reader: CSVReader
  ) -> FileFailure {
    let space = end.space.isEmpty ? "" : " of id space \"\(end.space)\""
    return reader.failure(
      at: cell.offset,
      cell.count == 0
        ? "found no \(end.header), expected the id of a node"
        : "found \(end.header) \(reader.shown(cell)), expected the id of a node\(space)")
  }

  /// Adds relationships that were read in another way.
  mutating func append(
    _ newKeys: [UInt64], types newTypes: [(cell: UnsafeBufferPointer<UInt8>, count: Int)],
    properties columns: [GraphBuilder.Column?]?
  ) {
    keys += newKeys
    for (cell, count) in newTypes { types.append(cell, count: count) }
    if let columns { properties.append(columns, count: newKeys.count) }
  }
}
