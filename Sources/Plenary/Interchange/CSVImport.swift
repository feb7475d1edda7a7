import PlenarySyntax

/// One attempt to read a graph's CSV files.
struct CSVImport {
  /// Why an attempt ended.
  enum Failure: Error {
    case query(QueryError)
    /// Ids of a space were taken for integers and turned out to be text.
    case textIdentifiers(space: String)
  }

  /// A file with its header read.
  private struct Table {
    let file: CSVFile
    var reader: CSVReader
    let columns: [CSVColumn]
    /// Where each header cell is, for errors.
    let places: [Int]

    func index(_ matches: (CSVColumn.Role) -> Bool) -> Int? { columns.firstIndex { matches($0.role) } }

    var idColumn: Int? { index { if case .id = $0 { true } else { false } } }
    var labelColumn: Int? { index { $0 == .labels } }
    var typeColumn: Int? { index { $0 == .type } }
  }

  /// Rows worked on at a time: enough to spread the cost of choosing how a column is read, few enough for the cache.
  private static let batchSize = 2048

  private let format: CSVFormat
  private let textSpaces: Set<String>
  private var builder = GraphBuilder()
  private var spaces: [String: NodeIdentifiers] = [:]
  /// The files of nodes by their first node, to find the place of one again.
  private var nodeFiles: [(firstNode: UInt32, file: CSVFile)] = []
  private var unique = UniqueKeys()

  init(format: CSVFormat, textSpaces: Set<String>) {
    self.format = format
    self.textSpaces = textSpaces
  }

  mutating func read(_ files: [CSVFile]) throws(Failure) -> Graph {
    // Headers first: a directory with one that is wrong fails before the work, and the order of files is free.
    var nodeTables: [Opened] = []
    var relationshipTables: [Opened] = []
    for file in files {
      let opened = try query { () throws(QueryError) in try openBeginning(file) }
      if opened.table.idColumn == nil { relationshipTables.append(opened) } else { nodeTables.append(opened) }
    }
    for opened in nodeTables { try readNodes(opened) }
    try query { () throws(QueryError) in
      for space in spaces.keys.sorted() { try seal(space) }
      for opened in relationshipTables { try readRelationships(try whole(opened)) }
      for (label, key) in unique.pairs { builder.declareUnique(label: label, key: key) }
    }
    return try query { () throws(QueryError) in
      var whole = GraphBuilder()
      swap(&whole, &builder)
      return try whole.build()
    }
  }

  private func query<Result>(_ body: () throws(QueryError) -> Result) throws(Failure) -> Result {
    do throws(QueryError) { return try body() } catch { throw .query(error) }
  }

  // MARK: Headers

  /// A file whose header is read, and perhaps no more: reading all files at once would take much memory.
  private struct Opened {
    let table: Table
    let isWhole: Bool
  }

  private func openBeginning(_ file: CSVFile) throws(QueryError) -> Opened {
    let (bytes, isWhole) = try file.beginning()
    let reader = CSVReader(name: file.name, beginning: bytes, format: format)
    if isWhole { try reader.checkUTF8() }
    return Opened(table: try table(file, reader), isWhole: isWhole)
  }

  private func whole(_ opened: Opened) throws(QueryError) -> Table {
    opened.isWhole ? opened.table : try open(opened.table.file)
  }

  private func open(_ file: CSVFile) throws(QueryError) -> Table {
    try table(file, try CSVReader(file, format: format))
  }

  private func table(_ file: CSVFile, _ start: CSVReader) throws(QueryError) -> Table {
    var reader = start
    guard let header = try reader.readHeader() else {
      throw reader.failure(at: 0, "found an empty file, expected a header line such as id:ID,name,:LABEL")
    }
    var columns: [CSVColumn] = []
    for cell in header {
      do throws(CSVColumnError) {
        columns.append(try CSVColumn(reader.string(cell)))
      } catch {
        throw reader.failure(at: cell.offset, error.message, hint: error.hint)
      }
    }
    let table = Table(file: file, reader: reader, columns: columns, places: header.map(\.offset))
    try check(table)
    return table
  }

  private func check(_ table: Table) throws(QueryError) {
    var counts = (id: 0, start: 0, end: 0, labels: 0, types: 0)
    var names: [String] = []
    for (column, place) in zip(table.columns, table.places) {
      func once(_ count: inout Int, _ what: String) throws(QueryError) {
        count += 1
        if count > 1 { throw table.reader.failure(at: place, "found a second \(what) column, expected one") }
      }
      var keepsName = false
      switch column.role {
      case .id:
        try once(&counts.id, ":ID")
        keepsName = !column.name.isEmpty
      case .start: try once(&counts.start, ":START_ID")
      case .end: try once(&counts.end, ":END_ID")
      case .labels: try once(&counts.labels, ":LABEL")
      case .type: try once(&counts.types, ":TYPE")
      case .property, .mixedList: keepsName = true
      case .ignored: break
      }
      if keepsName {
        if names.contains(where: { $0.hasSameCodePoints(as: column.name) }) {
          throw table.reader.failure(
            at: place, "found a second column \"\(column.name)\", expected one for each property")
        }
        names.append(column.name)
      }
    }
    let place = table.places.first ?? 0
    switch (counts.id, counts.start, counts.end) {
    case (0, 0, 0):
      throw table.reader.failure(
        at: place,
        "found a header without :ID, :START_ID and :END_ID, expected :ID for nodes or the others for relationships")
    case (1, 0, 0):
      if counts.types > 0 { throw table.reader.failure(at: place, "found :TYPE among nodes, expected :LABEL") }
    case (0, 1, 1):
      if counts.labels > 0 { throw table.reader.failure(at: place, "found :LABEL among relationships, expected :TYPE") }
    case (0, 0, _): throw table.reader.failure(at: place, "found :END_ID alone, expected :START_ID too")
    case (0, _, 0): throw table.reader.failure(at: place, "found :START_ID alone, expected :END_ID too")
    default:
      throw table.reader.failure(
        at: place, "found :ID beside :START_ID or :END_ID, expected a file of nodes or one of relationships")
    }
  }

  private func name(from file: CSVFile, without prefixes: [String], _ what: String) throws(QueryError) -> String {
    var name = file.stem
    for prefix in prefixes where name.utf8.count > prefix.utf8.count && name.lowercased().hasPrefix(prefix) {
      name = String(name.dropFirst(prefix.count))
      break
    }
    guard !name.isEmpty else {
      throw QueryError(.invalidFile, "\(file.name):1:1: found no \(what) column, and no file name to take its place")
    }
    return name
  }

  // MARK: Nodes

  private mutating func readNodes(_ opened: Opened) throws(Failure) {
    var table = try query { () throws(QueryError) in try whole(opened) }
    let file = table.file
    guard let idColumn = table.idColumn, case .id(let space, let form) = table.columns[idColumn].role else { return }
    let areIntegers = form == .integer || (form == .automatic && !textSpaces.contains(space))
    var ids = spaces.removeValue(forKey: space) ?? NodeIdentifiers(areIntegers: areIntegers)
    guard ids.areIntegers == areIntegers else {
      // One file says integers and another something else: text holds both.
      if textSpaces.contains(space) || form == .integer && !ids.areIntegers {
        throw .query(
          table.reader.failure(
            at: table.places[idColumn], "found ids of two types in id space \"\(space)\", expected one {id-type:...}"))
      }
      throw .textIdentifiers(space: space)
    }
    let firstNode = UInt32(builder.nodeCount)
    nodeFiles.append((firstNode, file))
    ids.beginRun(firstNode: firstNode)

    let keys = try query { () throws(QueryError) in try propertyKeys(table.columns) }
    var labels = LabelCells(listDelimiter: format.listDelimiter)
    if table.labelColumn == nil {
      let label = try query { () throws(QueryError) in
        try builder.makeLabelToken(name(from: file, without: ["nodes_"], ":LABEL"))
      }
      labels.common = [label]
    }

    var records = CSVReader.Records(columnCount: table.columns.count)
    while try query({ () throws(QueryError) in try table.reader.read(&records, limit: CSVImport.batchSize) }) {
      let first = UInt32(builder.nodeCount)
      let idStart = ids.count
      try appendIdentifiers(records, idColumn, table, space, isFixed: form != .automatic, to: &ids)
      try query { () throws(QueryError) in
        try addNodes(records, table, &labels)
        for (index, column) in table.columns.enumerated() {
          guard let key = keys[index] else { continue }
          let values: GraphBuilder.Column
          if case .id = column.role {
            values = ids.areIntegers ? .integers(Array(ids.integers[idStart...])) : table.reader.strings(index, records)
          } else {
            values = try table.reader.properties(index, of: records, column)
          }
          builder.setNodeProperties(key, from: first, values)
        }
      }
    }
    for (index, column) in table.columns.enumerated() {
      guard let key = keys[index] else { continue }
      let isIdentifier = if case .id = column.role { true } else { false }
      for label in labels.seen { unique.note(label, key, isIdentifier ? space : nil) }
    }
    spaces[space] = ids
  }

  private mutating func propertyKeys(_ columns: [CSVColumn]) throws(QueryError) -> [KeyToken?] {
    var keys: [KeyToken?] = []
    for column in columns {
      switch column.role {
      case .property, .mixedList: keys.append(try builder.makeKeyToken(column.name))
      case .id where !column.name.isEmpty: keys.append(try builder.makeKeyToken(column.name))
      default: keys.append(nil)
      }
    }
    return keys
  }

  private func appendIdentifiers(
    _ records: CSVReader.Records, _ column: Int, _ table: Table, _ space: String, isFixed: Bool,
    to ids: inout NodeIdentifiers
  ) throws(Failure) {
    for row in 0..<records.count {
      let cell = records.cell(row, column)
      guard cell.count > 0 else {
        throw .query(table.reader.failure(at: cell.offset, "found no id, expected one for each node"))
      }
      if ids.areIntegers {
        let number = table.reader.withBytes(cell) { bytes in
          isFixed ? CSVNumbers.integer(CSVNumbers.trimmed(bytes)) : CSVNumbers.canonicalInteger(bytes)
        }
        guard let number else {
          if !isFixed { throw .textIdentifiers(space: space) }
          throw .query(
            table.reader.failure(at: cell.offset, "found id \(table.reader.shown(cell)), expected an integer"))
        }
        ids.append(number)
      } else {
        table.reader.withBytes(cell) { ids.append($0) }
      }
    }
  }

  /// Adds a node for each record, in runs of the same labels.
  private mutating func addNodes(
    _ records: CSVReader.Records, _ table: Table, _ labels: inout LabelCells
  ) throws(QueryError) {
    guard let column = table.labelColumn else {
      try builder.addNodes(count: records.count, labels: labels.common)
      labels.seen.formUnion(labels.common)
      return
    }
    var start = 0
    while start < records.count {
      let cell = records.cell(start, column)
      var end = start + 1
      while end < records.count, areEqual(records.cell(end, column), cell, table.reader) { end += 1 }
      let tokens = try labels.tokens(table.reader.string(cell), in: &builder)
      try builder.addNodes(count: end - start, labels: tokens)
      start = end
    }
  }

  private func areEqual(_ a: CSVReader.Cell, _ b: CSVReader.Cell, _ reader: CSVReader) -> Bool {
    a.form == b.form && UTF8Bytes.areEqual(reader.rawBytes(a), reader.rawBytes(b))
  }

  private mutating func seal(_ space: String) throws(QueryError) {
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
    guard let entry = nodeFiles.last(where: { $0.firstNode <= node }),
      var table = try? open(entry.file), let idColumn = table.idColumn
    else { return nil }
    var row = Int(node - entry.firstNode)
    var records = CSVReader.Records(columnCount: table.columns.count)
    while (try? table.reader.read(&records, limit: CSVImport.batchSize)) == true {
      if row < records.count {
        let cell = records.cell(row, idColumn)
        return (table.reader.place(of: cell.offset), table.reader.string(cell))
      }
      row -= records.count
    }
    return nil
  }

  // MARK: Relationships

  private mutating func readRelationships(_ whole: Table) throws(QueryError) {
    var table = whole
    let file = table.file
    let start = try end(table) { if case .start(let space) = $0 { space } else { nil } }
    let target = try end(table) { if case .end(let space) = $0 { space } else { nil } }
    guard let start, let target else { return }
    let keys = try propertyKeys(table.columns)
    var types = TypeCells()
    if table.typeColumn == nil {
      types.common = try builder.makeTypeToken(name(from: file, without: ["rels_", "relationships_"], ":TYPE"))
    }
    var records = CSVReader.Records(columnCount: table.columns.count)
    while try table.reader.read(&records, limit: CSVImport.batchSize) {
      let first = UInt32(builder.relationshipCount)
      let sources = try nodes(records, start, table, ":START_ID")
      let targets = try nodes(records, target, table, ":END_ID")
      try addRelationships(records, table, sources, targets, &types)
      for (index, column) in table.columns.enumerated() {
        guard let key = keys[index] else { continue }
        builder.setRelationshipProperties(key, from: first, try table.reader.properties(index, of: records, column))
      }
    }
  }

  /// The column of one end of the relationships and the ids of its space; checks that there are some.
  private func end(
    _ table: Table, _ space: (CSVColumn.Role) -> String?
  ) throws(QueryError) -> (column: Int, ids: NodeIdentifiers, space: String)? {
    for (index, column) in table.columns.enumerated() {
      guard let name = space(column.role) else { continue }
      if let ids = spaces[name] { return (index, ids, name) }
      let known = spaces.keys.sorted()
      throw table.reader.failure(
        at: table.places[index],
        "found \(name.isEmpty ? "no id space" : "id space \"\(name)\""), expected one that nodes have: "
          + (known.isEmpty
            ? "there are none"
            : known.map { $0.isEmpty ? "the one without a name" : "\"\($0)\"" }.joined(separator: ", ")),
        hint: Suggestion.nearest(to: name, among: known).map { "did you mean \"\($0)\"?" })
    }
    return nil
  }

  private func nodes(
    _ records: CSVReader.Records, _ end: (column: Int, ids: NodeIdentifiers, space: String), _ table: Table,
    _ what: String
  ) throws(QueryError) -> [UInt32] {
    var nodes: [UInt32] = []
    nodes.reserveCapacity(records.count)
    try end.ids.withText { text throws(QueryError) in
      for row in 0..<records.count {
        let cell = records.cell(row, end.column)
        guard let node = table.reader.withBytes(cell, { end.ids.node($0, in: text) }) else {
          let space = end.space.isEmpty ? "" : " of id space \"\(end.space)\""
          throw table.reader.failure(
            at: cell.offset,
            cell.count == 0
              ? "found no \(what), expected the id of a node"
              : "found \(what) \(table.reader.shown(cell)), expected the id of a node\(space)")
        }
        nodes.append(node)
      }
    }
    return nodes
  }

  /// Adds a relationship for each record, in runs of the same type.
  private mutating func addRelationships(
    _ records: CSVReader.Records, _ table: Table, _ sources: [UInt32], _ targets: [UInt32], _ types: inout TypeCells
  ) throws(QueryError) {
    guard let column = table.typeColumn else {
      if let type = types.common { try builder.addRelationships(type: type, from: sources, to: targets) }
      return
    }
    var start = 0
    while start < records.count {
      let cell = records.cell(start, column)
      guard cell.count > 0 else {
        throw table.reader.failure(at: cell.offset, "found no type, expected one for each relationship")
      }
      var end = start + 1
      while end < records.count, areEqual(records.cell(end, column), cell, table.reader) { end += 1 }
      let type = try types.token(table.reader.string(cell), in: &builder)
      if start == 0, end == records.count {
        try builder.addRelationships(type: type, from: sources, to: targets)
      } else {
        try builder.addRelationships(
          type: type, from: Array(sources[start..<end]), to: Array(targets[start..<end]))
      }
      start = end
    }
  }
}

/// The labels that the cells of a `:LABEL` column name, each kind of cell worked out once.
private struct LabelCells {
  let listDelimiter: UInt8
  /// The labels of every node, for a file without such a column.
  var common: [LabelToken] = []
  var seen: Set<LabelToken> = []
  private var known: [[UInt8]: [LabelToken]] = [:]

  init(listDelimiter: UInt8) { self.listDelimiter = listDelimiter }

  mutating func tokens(_ cell: String, in builder: inout GraphBuilder) throws(QueryError) -> [LabelToken] {
    let bytes = Array(cell.utf8)
    if let tokens = known[bytes] { return tokens }
    var tokens: [LabelToken] = []
    for name in bytes.split(separator: listDelimiter) {
      let token = try builder.makeLabelToken(String(decoding: name, as: UTF8.self))
      if !tokens.contains(token) { tokens.append(token) }
    }
    known[bytes] = tokens
    seen.formUnion(tokens)
    return tokens
  }
}

/// The types that the cells of a `:TYPE` column name.
private struct TypeCells {
  /// The type of every relationship, for a file without such a column.
  var common: TypeToken?
  private var last: (name: String, token: TypeToken)?

  mutating func token(_ cell: String, in builder: inout GraphBuilder) throws(QueryError) -> TypeToken {
    if let last, last.name.hasSameCodePoints(as: cell) { return last.token }
    let token = try builder.makeTypeToken(cell)
    last = (cell, token)
    return token
  }
}

/// Finds the properties that tell the nodes of a label apart: ids of one id space that nothing else is mixed with.
private struct UniqueKeys {
  private struct Pair: Hashable {
    let label: LabelToken
    let key: KeyToken
  }
  private var order: [Pair] = []
  /// The id space that a pair's values come from; `nil` once they come from anything else too.
  private var spaces: [Pair: String?] = [:]

  mutating func note(_ label: LabelToken, _ key: KeyToken, _ space: String?) {
    let pair = Pair(label: label, key: key)
    guard let earlier = spaces[pair] else {
      order.append(pair)
      spaces[pair] = .some(space)
      return
    }
    if earlier != space { spaces[pair] = .some(nil) }
  }

  var pairs: [(label: LabelToken, key: KeyToken)] {
    order.filter { spaces[$0] != .some(nil) }.map { ($0.label, $0.key) }
  }
}
