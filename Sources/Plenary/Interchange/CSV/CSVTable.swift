import PlenarySyntax

/// A CSV file of nodes or of relationships, with its header read.
struct CSVTable: Sendable {
  let file: GraphFile
  let format: CSVFormat
  let columns: [CSVColumn]
  /// Where each header cell begins in the file.
  let places: [Int]
  /// Where the first record begins.
  let start: Int
  /// How many bytes the file has.
  let byteCount: Int

  var idColumn: Int? { columns.firstIndex { if case .id = $0.role { true } else { false } } }
  var labelColumn: Int? { columns.firstIndex { $0.role == .labels } }
  var typeColumn: Int? { columns.firstIndex { $0.role == .type } }
  var isOfNodes: Bool { idColumn != nil }

  /// Reads the header of a file.
  ///
  /// - Throws: `fileUnreadable`; `invalidFile` for a header that cannot be.
  init(_ file: GraphFile, format: CSVFormat) throws(QueryError) {
    self.file = file
    self.format = format
    let content = try file.open()
    byteCount = content.count
    var buffer = FileBuffer()
    let mark = try content.bytes(0..<min(3, content.count), &buffer).elementsEqual(FileContent.byteOrderMark) ? 3 : 0
    let chunk = try FileChunker(content, from: mark, records: .csv(format), chunkSize: 1 << 16).next(&buffer)
    do throws(FileFailure) {
      guard let chunk else { throw CSVTable.emptyFile }
      var reader = CSVReader(chunk.bytes, at: chunk.range.lowerBound, format: format)
      guard let header = try reader.readHeader() else { throw CSVTable.emptyFile }
      var columns: [CSVColumn] = []
      for cell in header {
        do throws(CSVColumnError) {
          columns.append(try CSVColumn(reader.string(cell)))
        } catch {
          throw reader.failure(at: cell.offset, error.message, hint: error.hint)
        }
      }
      self.columns = columns
      places = header.map { mark + $0.offset }
      start = reader.nextOffset
      try check()
    } catch {
      throw file.error(error)
    }
  }

  private static var emptyFile: FileFailure {
    FileFailure(offset: 0, message: "found an empty file, expected a header line such as id:ID,name,:LABEL")
  }

  private func check() throws(FileFailure) {
    var counts = (id: 0, start: 0, end: 0, labels: 0, types: 0)
    var names: [String] = []
    for (column, place) in zip(columns, places) {
      func once(_ count: inout Int, _ what: String) throws(FileFailure) {
        count += 1
        if count > 1 { throw FileFailure(offset: place, message: "found a second \(what) column, expected one") }
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
          throw FileFailure(
            offset: place, message: "found a second column \"\(column.name)\", expected one for each property")
        }
        names.append(column.name)
      }
    }
    let message: String
    switch (counts.id, counts.start, counts.end) {
    case (0, 0, 0):
      message =
        "found a header without :ID, :START_ID and :END_ID, expected :ID for nodes or the others for relationships"
    case (1, 0, 0) where counts.types > 0: message = "found :TYPE among nodes, expected :LABEL"
    case (0, 1, 1) where counts.labels > 0: message = "found :LABEL among relationships, expected :TYPE"
    case (1, 0, 0), (0, 1, 1): return
    case (0, 0, _): message = "found :END_ID alone, expected :START_ID too"
    case (0, _, 0): message = "found :START_ID alone, expected :END_ID too"
    default:
      message = "found :ID beside :START_ID or :END_ID, expected a file of nodes or one of relationships"
    }
    throw FileFailure(offset: places.first ?? 0, message: message)
  }

  /// The label or type that the file's name stands for.
  ///
  /// - Throws: `invalidFile` if nothing of the name is left.
  func name(without prefixes: [String], _ what: String) throws(QueryError) -> String {
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

  /// Gives each column whose cells become a property its key.
  func propertyKeys(in builder: inout GraphBuilder) throws(QueryError) -> [KeyToken?] {
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
}
