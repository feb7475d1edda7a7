import PlenarySyntax
import Synchronization

/// One attempt to read a graph's CSV files.
///
/// Files are read one after the other, each in chunks by several threads; what the chunks hold is put together in their
/// order. Sendable because one thread at a time does that, and the rest never changes.
final class CSVImport: @unchecked Sendable {
  /// Why an attempt ended.
  enum Failure: Error {
    case query(QueryError)
    /// Ids of a space were taken for integers and turned out to be text.
    case textIdentifiers(space: String)
  }

  private let options: ImportOptions
  private let format: CSVFormat
  private let textSpaces: Set<String>
  private let progress: ImportProgressCounter
  private var builder = GraphBuilder()
  private var spaces: [String: NodeIdentifiers] = [:]
  /// The files of nodes by their first node, to find the place of one again.
  private var nodeFiles: [(firstNode: UInt32, file: CSVNodeFile)] = []
  private var unique = UniqueKeys()
  /// The ids of each space so far, where rows with an id that was there before are left out.
  private var seen: [String: SeenIdentifiers] = [:]
  private var skipped = SkippedRows()

  init(
    format: CSVFormat, options: ImportOptions, textSpaces: Set<String>, progress: ImportProgressCounter
  ) {
    self.format = format
    self.options = options
    self.textSpaces = textSpaces
    self.progress = progress
  }

  func read(_ files: [GraphFile]) throws(Failure) -> (graph: Graph, skipped: SkippedRows) {
    // Headers first: a directory with one that is wrong fails before the work, and the order of files is free.
    let tables = try query { () throws(QueryError) in
      var tables: [CSVTable] = []
      for file in files { tables.append(try CSVTable(file, format: format)) }
      return tables
    }
    progress.begin(total: tables.reduce(0) { $0 + $1.byteCount })
    for table in tables where table.isOfNodes { try readNodes(table) }
    return try query { () throws(QueryError) in
      for space in spaces.keys.sorted() { try seal(space) }
      for table in tables where !table.isOfNodes { try readRelationships(table) }
      for (label, key) in unique.pairs { builder.declareUnique(label: label, key: key) }
      spaces = [:]
      seen = [:]
      var whole = GraphBuilder()
      swap(&whole, &builder)
      return (try whole.build(threads: options.threadCount), skipped)
    }
  }

  private func query<Result>(_ body: () throws(QueryError) -> Result) throws(Failure) -> Result {
    do throws(QueryError) { return try body() } catch { throw .query(error) }
  }

  // MARK: Chunks

  /// Reads all chunks of a file and merges them in order.
  private func readChunks<Chunk: CSVChunkResult>(
    of table: CSVTable, into empty: Chunk,
    _ merge: @Sendable (Chunk, Range<Int>) throws(Failure) -> Void
  ) throws(Failure) {
    let content = try query { () throws(QueryError) in try table.file.open() }
    let badRows = options.badRows
    try ChunkedReading.read(
      content, from: table.start, records: .csv(format), options, progress, wrap: { .query($0) },
      parse: { chunk throws(Failure) in
        var result = empty
        do throws(FileFailure) {
          try result.read(chunk.bytes, at: chunk.range.lowerBound, table, badRows)
        } catch {
          throw .query(table.file.error(error))
        }
        return result
      }, merge: merge)
  }

  // MARK: Nodes

  private func readNodes(_ table: CSVTable) throws(Failure) {
    guard let idColumn = table.idColumn, case .id(let space, let form) = table.columns[idColumn].role else { return }
    let areIntegers = form == .integer || (form == .automatic && !textSpaces.contains(space))
    if spaces[space] == nil { spaces[space] = NodeIdentifiers(areIntegers: areIntegers) }
    guard spaces[space]?.areIntegers == areIntegers else {
      // One file says integers and another something else: text holds both.
      if textSpaces.contains(space) || form == .integer && spaces[space]?.areIntegers == false {
        throw .query(
          table.file.error(
            FileFailure(
              offset: table.places[idColumn],
              message: "found ids of two types in id space \"\(space)\", expected one {id-type:...}")))
      }
      throw .textIdentifiers(space: space)
    }
    let keys = try query { () throws(QueryError) in try table.propertyKeys(in: &builder) }
    let file = CSVNodeFile(
      table: table, space: space, idColumn: idColumn, areIntegers: areIntegers, isFixed: form != .automatic, keys: keys,
      keepsPlaces: options.badRows == .skip)
    nodeFiles.append((UInt32(builder.nodeCount), file))
    spaces[space]?.beginRun(firstNode: UInt32(builder.nodeCount))
    var labels = LabelCells(listDelimiter: format.listDelimiter)
    if table.labelColumn == nil {
      let label = try query { () throws(QueryError) in
        try builder.makeLabelToken(table.name(without: ["nodes_"], ":LABEL"))
      }
      labels.common = [label]
    }
    let merger = NodeMerger(labels: labels)
    try readChunks(of: table, into: CSVNodeChunk(file)) { [self] chunk, range throws(Failure) in
      if chunk.foundText { throw .textIdentifiers(space: space) }
      try query { () throws(QueryError) in try merge(withoutDuplicates(chunk, range), &merger.labels) }
    }
    for (index, column) in table.columns.enumerated() {
      guard let key = keys[index] else { continue }
      let isIdentifier = if case .id = column.role { true } else { false }
      for label in merger.labels.seen { unique.note(label, key, isIdentifier ? space : nil) }
    }
  }

  /// What merging one file's chunks keeps; touched by one thread at a time.
  private final class NodeMerger: @unchecked Sendable {
    var labels: LabelCells
    init(labels: LabelCells) { self.labels = labels }
  }

  private func merge(_ chunk: CSVNodeChunk, _ labels: inout LabelCells) throws(QueryError) {
    skipped.note(chunk.failures, in: chunk.file.table.file)
    let first = UInt32(builder.nodeCount)
    if chunk.file.table.labelColumn == nil {
      try builder.addNodes(count: chunk.count, labels: labels.common)
      if chunk.count > 0 { labels.seen.formUnion(labels.common) }
    } else {
      for (cell, count) in chunk.labels.runs {
        try builder.addNodes(count: count, labels: labels.tokens(cell, in: &builder))
      }
    }
    if chunk.file.areIntegers {
      spaces[chunk.file.space]?.append(chunk.integers)
    } else {
      spaces[chunk.file.space]?.append(chunk.text, ends: chunk.textEnds)
    }
    chunk.properties.forEachColumn(from: first, keys: chunk.file.keys) { key, first, column in
      builder.setNodeProperties(key, from: first, column)
    }
  }

  /// A chunk without nodes whose id is there already, where rows that are wrong are left out.
  private func withoutDuplicates(
    _ chunk: CSVNodeChunk, _ range: Range<Int>
  ) throws(QueryError) -> CSVNodeChunk {
    guard options.badRows == .skip else { return chunk }
    let duplicates = seen[chunk.file.space, default: SeenIdentifiers()].add(chunk)
    guard !duplicates.isEmpty else { return chunk }
    var buffer = FileBuffer()
    let table = chunk.file.table
    let bytes = try table.file.open().bytes(range, &buffer)
    var rest = CSVNodeChunk(chunk.file)
    let places = Set(duplicates.map(\.offset))
    do throws(FileFailure) {
      try rest.read(bytes, at: range.lowerBound, table, .skip) { places.contains($0) }
    } catch {
      throw table.file.error(error)
    }
    rest.failures = (rest.failures + duplicates).sorted { $0.offset < $1.offset }
    return rest
  }

  private func seal(_ space: String) throws(QueryError) {
    guard let duplicate = spaces[space]?.seal() else { return }
    let (first, second) = (place(of: duplicate.first), place(of: duplicate.second))
    let where_ = space.isEmpty ? "" : " in id space \"\(space)\""
    throw QueryError(
      .invalidFile,
      "\(second?.text ?? "nodes"): found id \"\(second?.id ?? "")\" again\(where_), expected distinct ids"
        + (first.map { "; the first is at \($0.text)" } ?? ""))
  }

  /// Where the id of a node stands. Reads its file again, since only an error asks.
  private func place(of node: UInt32) -> (text: String, id: String)? {
    guard let entry = nodeFiles.last(where: { $0.firstNode <= node }), let content = try? entry.file.table.file.open()
    else { return nil }
    let table = entry.file.table
    var row = Int(node - entry.firstNode)
    let chunker = FileChunker(content, from: table.start, records: .csv(format), chunkSize: options.chunkSize)
    var buffer = FileBuffer()
    while let chunk = (try? chunker.next(&buffer)) ?? nil {
      var reader = CSVReader(chunk.bytes, at: chunk.range.lowerBound, format: format)
      var records = CSVReader.Records(columnCount: table.columns.count)
      while reader.read(&records, limit: 2048) {
        if row < records.count {
          let cell = records.cell(row, entry.file.idColumn)
          return (table.file.place(of: reader.fileOffset(of: cell)), reader.string(cell))
        }
        row -= records.count
      }
    }
    return nil
  }

  // MARK: Relationships

  private func readRelationships(_ table: CSVTable) throws(QueryError) {
    let source = try end(table, ":START_ID") { if case .start(let space) = $0 { space } else { nil } }
    let target = try end(table, ":END_ID") { if case .end(let space) = $0 { space } else { nil } }
    guard let source, let target else { return }
    let keys = try table.propertyKeys(in: &builder)
    var common: TypeToken?
    if table.typeColumn == nil {
      common = try builder.makeTypeToken(table.name(without: ["rels_", "relationships_"], ":TYPE"))
    }
    let file = CSVRelationshipFile(table: table, source: source, target: target, keys: keys)
    do throws(Failure) {
      try readChunks(of: table, into: CSVRelationshipChunk(file)) { [self, common] chunk, _ throws(Failure) in
        try query { () throws(QueryError) in try merge(chunk, common) }
      }
    } catch {
      switch error {
      case .query(let error): throw error
      case .textIdentifiers: return
      }
    }
  }

  private func merge(_ chunk: CSVRelationshipChunk, _ common: TypeToken?) throws(QueryError) {
    skipped.note(chunk.failures, in: chunk.file.table.file)
    let first = UInt32(builder.relationshipCount)
    if let common {
      try builder.addRelationships(type: common, chunk.keys)
    } else {
      try addRelationships(chunk)
    }
    chunk.properties.forEachColumn(from: first, keys: chunk.file.keys) { key, first, column in
      builder.setRelationshipProperties(key, from: first, column)
    }
  }

  /// Adds relationships of the types that their cells name.
  private func addRelationships(_ chunk: CSVRelationshipChunk) throws(QueryError) {
    var types: [TypeToken] = []
    for (cell, _) in chunk.types.runs { types.append(try builder.makeTypeToken(String(decoding: cell, as: UTF8.self))) }
    guard types.count > 1 else {
      if let type = types.first { try builder.addRelationships(type: type, chunk.keys) }
      return
    }
    var groups: [(type: TypeToken, keys: [UInt64], offsets: [UInt32])] = []
    var places: [TypeToken: Int] = [:]
    var start = 0
    for (type, run) in zip(types, chunk.types.runs) {
      let place = places[type] ?? groups.count
      if place == groups.count {
        groups.append((type, [], []))
        places[type] = place
      }
      groups[place].keys += chunk.keys[start..<start + run.count]
      groups[place].offsets += UInt32(start)..<UInt32(start + run.count)
      start += run.count
    }
    try builder.addRelationships(count: chunk.keys.count, byType: groups)
  }

  /// The column of one end of the relationships and the ids of its space; checks that there are some.
  private func end(
    _ table: CSVTable, _ header: String, _ space: (CSVColumn.Role) -> String?
  ) throws(QueryError) -> CSVRelationshipFile.End? {
    for (index, column) in table.columns.enumerated() {
      guard let name = space(column.role) else { continue }
      if let ids = spaces[name] { return .init(column: index, header: header, space: name, ids: ids) }
      let known = spaces.keys.sorted()
      throw table.file.error(
        FileFailure(
          offset: table.places[index],
          message: "found \(name.isEmpty ? "no id space" : "id space \"\(name)\""), expected one that nodes have: "
            + (known.isEmpty
              ? "there are none"
              : known.map { $0.isEmpty ? "the one without a name" : "\"\($0)\"" }.joined(separator: ", ")),
          hint: Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" }))
    }
    return nil
  }
}
