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

  init(table: CSVTable, source: End, target: End, keys: [KeyToken?]) {
    self.table = table
    self.source = source
    self.target = target
    self.keys = keys
    hasProperties = keys.contains { $0 != nil }
  }
}

/// Relationships of a part of a file.
struct CSVRelationshipChunk: CSVChunkResult {
  let file: CSVRelationshipFile
  var failures: [FileFailure] = []
  /// Both ends of each.
  private(set) var keys: [UInt64] = []
  /// Runs of relationships with the same `:TYPE` cell.
  private(set) var types: [(cell: [UInt8], count: Int)] = []
  /// The properties, some rows at a time.
  private(set) var batches: [CSVNodeChunk.Batch] = []

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
        batches.append(CSVNodeChunk.Batch(count: records.count, columns: columns))
      }
    } catch {
      keys.removeLast(keys.count - start)
      throw error
    }
    if let column = file.table.typeColumn { appendTypes(records, reader, column) }
  }

  private mutating func appendEnds(_ records: CSVReader.Records, _ reader: CSVReader) throws(FileFailure) {
    let (source, target) = (file.source, file.target)
    if let sources = source.ids.dense, let targets = target.ids.dense {
      keys.reserveCapacity(keys.count + records.count)
      for row in 0..<records.count {
        let (sourceCell, targetCell) = (records.cell(row, source.column), records.cell(row, target.column))
        let from = node(sourceCell, sources, reader)
        let to = node(targetCell, targets, reader)
        guard from != NodeID.noneRawValue else { throw unknown(sourceCell, source, reader) }
        guard to != NodeID.noneRawValue else { throw unknown(targetCell, target, reader) }
        keys.append(RelationshipSegment.key(from, to))
      }
      return
    }
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
          keys.append(RelationshipSegment.key(from, to))
        }
      }
    }
    if let failure { throw failure }
  }

  @inline(__always)
  private func node(_ cell: CSVReader.Cell, _ identifiers: DenseIdentifiers, _ reader: CSVReader) -> UInt32 {
    reader.withBytes(cell) { bytes in
      CSVNumbers.integer(CSVNumbers.trimmed(bytes)).map { identifiers.node($0) } ?? NodeID.noneRawValue
    }
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

  private mutating func appendTypes(_ records: CSVReader.Records, _ reader: CSVReader, _ column: Int) {
    var start = 0
    while start < records.count {
      let cell = records.cell(start, column)
      var end = start + 1
      while end < records.count, reader.areEqual(records.cell(end, column), cell) { end += 1 }
      reader.withBytes(cell) { bytes in
        if let last = types.last, last.cell.elementsEqual(bytes) {
          types[types.count - 1].count += end - start
        } else {
          types.append((Array(bytes), end - start))
        }
      }
      start = end
    }
  }
}
