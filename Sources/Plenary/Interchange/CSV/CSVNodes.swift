/// What the readers of a file of nodes need to know.
struct CSVNodeFile: Sendable {
  let table: CSVTable
  let space: String
  let idColumn: Int
  /// Whether ids are kept as integers, and whether the header says so.
  let areIntegers: Bool
  let isFixed: Bool
  /// The property key of each column that has one.
  let keys: [KeyToken?]
  /// Whether the offset of each id is kept, to leave out nodes whose id was there before.
  let keepsPlaces: Bool
}

/// Nodes of a part of a file.
struct CSVNodeChunk: CSVChunkResult {
  let file: CSVNodeFile
  var failures: [FileFailure] = []
  /// An id that was taken for an integer is text.
  private(set) var foundText = false
  private(set) var count = 0
  private(set) var integers: [Int64] = []
  private(set) var text: [UInt8] = []
  /// Where the text of each id ends.
  private(set) var textEnds: [Int] = []
  /// The `:LABEL` cells.
  private(set) var labels = CSVCellRuns()
  private(set) var properties = CSVProperties()
  /// Where the id of each node stands in the file.
  private(set) var places: [Int] = []

  init(_ file: CSVNodeFile) { self.file = file }

  var isToBeReadAgain: Bool { foundText }
  var placeColumn: Int { file.idColumn }

  mutating func append(_ records: CSVReader.Records, _ reader: CSVReader) throws(FileFailure) {
    guard records.count > 0 else { return }
    let table = file.table
    var newIntegers: [Int64] = []
    if file.areIntegers {
      guard let numbers = try identifiers(records, reader) else { return }
      newIntegers = numbers
    } else {
      for row in 0..<records.count where records.cell(row, file.idColumn).count == 0 {
        throw missingID(records.cell(row, file.idColumn), reader)
      }
    }
    var columns: [GraphBuilder.Column?] = []
    for (index, column) in table.columns.enumerated() {
      if file.keys[index] == nil {
        columns.append(nil)
      } else if index == file.idColumn {
        columns.append(file.areIntegers ? .integers(newIntegers) : reader.strings(index, records))
      } else {
        columns.append(try reader.properties(index, of: records, column))
      }
    }
    // Nothing fails from here on.
    if file.areIntegers {
      integers += newIntegers
    } else {
      for row in 0..<records.count {
        reader.withBytes(records.cell(row, file.idColumn)) { text.append(contentsOf: $0) }
        textEnds.append(text.count)
      }
    }
    if file.keepsPlaces {
      for row in 0..<records.count { places.append(reader.fileOffset(of: records.cell(row, file.idColumn))) }
    }
    if let column = table.labelColumn { labels.append(column, of: records, reader) }
    properties.append(columns, count: records.count)
    count += records.count
  }

  /// The ids as integers; `nil`, and noted, if one is none that could be written again.
  private mutating func identifiers(
    _ records: CSVReader.Records, _ reader: CSVReader
  ) throws(FileFailure) -> [Int64]? {
    var numbers: [Int64] = []
    numbers.reserveCapacity(records.count)
    for row in 0..<records.count {
      let cell = records.cell(row, file.idColumn)
      guard cell.count > 0 else { throw missingID(cell, reader) }
      let number = reader.withBytes(cell) { bytes in
        file.isFixed ? CSVNumbers.integer(CSVNumbers.trimmed(bytes)) : CSVNumbers.canonicalInteger(bytes)
      }
      guard let number else {
        if file.isFixed {
          throw reader.failure(at: cell.offset, "found id \(reader.shown(cell)), expected an integer")
        }
        foundText = true
        return nil
      }
      numbers.append(number)
    }
    return numbers
  }

  private func missingID(_ cell: CSVReader.Cell, _ reader: CSVReader) -> FileFailure {
    reader.failure(at: cell.offset, "found no id, expected one for each node")
  }
}
