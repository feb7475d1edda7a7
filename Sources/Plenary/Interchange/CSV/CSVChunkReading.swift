/// What becomes of rows that are not as they should be.
enum BadRows: Sendable {
  /// The first one ends the reading.
  case stop
  /// They are left out and told of.
  case skip
}

/// Something that chunks of a CSV file are made into, each by itself and on any thread.
protocol CSVChunkResult: Sendable {
  /// The rows that were left out.
  var failures: [FileFailure] { get set }
  /// Whether the file has to be read in another way, so that the rest of the chunk does not matter.
  var isToBeReadAgain: Bool { get }
  /// The column whose cell says where a record is.
  var placeColumn: Int { get }

  /// Adds records in a faster way where there is one; `false` if there is not, or not for the next of them.
  mutating func appendPlain(_ reader: inout CSVReader) -> Bool

  /// Adds some records, or nothing if it throws.
  mutating func append(_ records: CSVReader.Records, _ reader: CSVReader) throws(FileFailure)
}

extension CSVChunkResult {
  var isToBeReadAgain: Bool { false }

  mutating func appendPlain(_ reader: inout CSVReader) -> Bool { false }

  /// Rows worked on at a time: enough to spread the cost of choosing how a column is read, few enough for the cache.
  private static var batchSize: Int { 2048 }

  /// Adds all records of a chunk.
  ///
  /// - Parameter isExcluded: says by where a record is that it is to be left out without a word.
  /// - Throws: unless bad rows are skipped, at the first row that is wrong.
  mutating func read(
    _ chunk: UnsafeBufferPointer<UInt8>, at offset: Int, _ table: CSVTable, _ badRows: BadRows,
    isExcluded: ((Int) -> Bool)? = nil
  ) throws(FileFailure) {
    var reader = CSVReader(chunk, at: offset, format: table.format)
    var records = CSVReader.Records(columnCount: table.columns.count)
    while true {
      while appendPlain(&reader) {}
      guard reader.read(&records, limit: Self.batchSize) else { return }
      if let isExcluded {
        let cells = records
        records.remove { isExcluded(reader.fileOffset(of: cells.cell($0, placeColumn))) }
      }
      do throws(FileFailure) {
        try append(records, reader)
      } catch {
        try appendOneByOne(records, reader, badRows)
      }
      if isToBeReadAgain { return }
      if let failure = records.failure { try note(failure, badRows) }
    }
  }

  /// Adds the records that are right; the others are noted, or the first of them is thrown.
  ///
  /// Columns are read one after the other, so what failed first need not stand first in the file.
  private mutating func appendOneByOne(
    _ records: CSVReader.Records, _ reader: CSVReader, _ badRows: BadRows
  ) throws(FileFailure) {
    for row in 0..<records.count {
      do throws(FileFailure) {
        try append(records.record(row), reader)
      } catch {
        try note(error, badRows)
      }
    }
  }

  private mutating func note(_ failure: FileFailure, _ badRows: BadRows) throws(FileFailure) {
    switch badRows {
    case .stop: throw failure
    case .skip: failures.append(failure)
    }
  }
}
