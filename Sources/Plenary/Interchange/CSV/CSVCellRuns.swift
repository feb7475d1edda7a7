/// The cells of a column that says the same of many rows, such as their labels or their type, as runs of the same cell.
struct CSVCellRuns: Sendable {
  private(set) var runs: [(cell: [UInt8], count: Int)] = []

  /// Adds the cells of a column.
  mutating func append(_ column: Int, of records: CSVReader.Records, _ reader: CSVReader) {
    var start = 0
    while start < records.count {
      let cell = records.cell(start, column)
      var end = start + 1
      while end < records.count, reader.areEqual(records.cell(end, column), cell) { end += 1 }
      reader.withBytes(cell) { append($0, count: end - start) }
      start = end
    }
  }

  /// Adds some cells that are all the same.
  mutating func append(_ cell: UnsafeBufferPointer<UInt8>, count: Int) {
    if let last = runs.last, last.cell.elementsEqual(cell) {
      runs[runs.count - 1].count += count
    } else {
      runs.append((Array(cell), count))
    }
  }
}
