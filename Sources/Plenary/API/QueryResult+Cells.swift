/// A value of a result as it lies in its column, so that a writer of text need not make a `Value` of it first.
package enum Cell {
  /// An integer.
  case integer(Int64)
  /// A string; the bytes live as long as the result.
  case utf8(UnsafeBufferPointer<UInt8>)
  /// Anything else.
  case value(Value)
}

extension QueryResult {
  /// How many rows are read column by column before they are handed out.
  private static let blockSize = 256

  /// Calls a function with the cells of each row, in order. For renderers: everything else reads rows.
  package func forEachRow(cells body: (_ cells: UnsafeBufferPointer<Cell>) -> Void) {
    let width = columns.count
    withUnsafeTemporaryAllocation(of: Cell.self, capacity: width * QueryResult.blockSize) { cells in
      cells.initialize(repeating: .value(.null))
      defer { cells.deinitialize() }
      for batch in storage.batches {
        for start in stride(from: 0, to: batch.count, by: QueryResult.blockSize) {
          let rows = start..<Swift.min(start + QueryResult.blockSize, batch.count)
          for column in 0..<width { batch.columns[column].read(rows, into: cells, from: column, step: width) }
          for row in 0..<rows.count { body(UnsafeBufferPointer(rebasing: cells[row * width..<(row + 1) * width])) }
        }
      }
    }
  }
}

extension Vector {
  /// The values of some rows where they lie, one in each `step` cells.
  fileprivate func read(
    _ rows: Range<Int>, into cells: UnsafeMutableBufferPointer<Cell>, from first: Int, step: Int
  ) {
    switch self {
    case .integers(let numbers) where numbers.isNull == nil:
      for (index, number) in numbers.elements[rows].enumerated() { cells[first &+ index &* step] = .integer(number) }
    case .strings(let strings):
      let heap = strings.heap
      strings.forEachView(of: rows) { index, view in
        cells[first &+ index &* step] = view.isNull ? .value(.null) : .utf8(heap.bytes(of: view))
      }
    default:
      for (index, row) in rows.enumerated() { cells[first &+ index &* step] = .value(self[row]) }
    }
  }
}
