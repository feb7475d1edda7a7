import Foundation

/// The files of the built-in graph in the source tree, read without the engine.
enum AccsmFiles {
  /// The `Samples` folder.
  static let samples = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Samples")

  /// The paths of the files with an extension in a folder of `Samples`, by name.
  static func files(in folder: String, extension pathExtension: String) throws -> [URL] {
    try FileManager.default
      .contentsOfDirectory(at: samples.appending(path: folder), includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == pathExtension }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  /// The tables of the graph: those of nodes, then those of relationships.
  static func tables() throws -> (nodes: [CSVTable], relationships: [CSVTable]) {
    let tables = try files(in: "accsm", extension: "csv").map { try CSVTable(contentsOf: $0) }
    return (
      tables.filter { $0.name.hasPrefix("nodes_") }, tables.filter { $0.name.hasPrefix("rels_") }
    )
  }
}

/// A CSV file with `neo4j-admin` import headers.
struct CSVTable {
  /// A row: its line in the file and its cells by column, without the empty ones.
  struct Row {
    let line: Int
    let cells: [String: String]

    subscript(column: String) -> String? { cells[column] }
  }

  /// The file's name.
  let name: String
  /// The columns as property keys and roles: `name`, `since`, `:START_ID`; an `id:ID` column is `id`.
  let columns: [String]
  /// The type of each column that states one, for example `date`.
  let types: [String: String]
  let rows: [Row]

  /// What is wrong with a file.
  struct Malformed: Error {
    let message: String
  }

  init(contentsOf url: URL) throws {
    name = url.lastPathComponent
    guard let text = String(validating: try Data(contentsOf: url), as: UTF8.self) else {
      throw Malformed(message: "\(name) is not UTF-8")
    }
    let records = try Self.records(of: text, in: name)
    guard let header = records.first?.cells else { throw Malformed(message: "\(name) is empty") }
    var types: [String: String] = [:]
    let columns = header.map { cell in
      guard let colon = cell.firstIndex(of: ":"), colon != cell.startIndex else { return cell }
      types[String(cell[..<colon])] = String(cell[cell.index(after: colon)...])
      return String(cell[..<colon])
    }
    self.columns = columns
    self.types = types
    rows = try records.dropFirst().map { [name] record in
      guard record.cells.count == columns.count else {
        throw Malformed(message: "\(name):\(record.line) has \(record.cells.count) cells, expected \(columns.count)")
      }
      return Row(
        line: record.line,
        cells: Dictionary(uniqueKeysWithValues: zip(columns, record.cells).filter { !$0.1.isEmpty }))
    }
  }

  /// Splits a text into records by RFC 4180, with LF as the end of a line.
  private static func records(of text: String, in name: String) throws -> [(line: Int, cells: [String])] {
    var records: [(line: Int, cells: [String])] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var line = 1
    var start = 1
    var isQuoted = false
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      switch scalar {
      case "\"" where isQuoted && next == "\"":
        cell.append(scalar)
        next = scalars.next()
      case "\"":
        isQuoted.toggle()
      case "," where !isQuoted:
        cells.append(String(cell))
        cell = .init()
      case "\n" where !isQuoted:
        cells.append(String(cell))
        cell = .init()
        records.append((start, cells))
        cells = []
        line += 1
        start = line
      case "\r":
        throw Malformed(message: "\(name):\(line) has a carriage return, expected LF alone")
      default:
        if scalar == "\n" { line += 1 }
        cell.append(scalar)
      }
    }
    guard cells.isEmpty, cell.isEmpty, !isQuoted else {
      throw Malformed(message: "\(name):\(line) ends in the middle of a record, expected a line end")
    }
    return records
  }
}
