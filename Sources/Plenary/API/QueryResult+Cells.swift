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
  /// Calls a function with the cells of each row, in order. For renderers: everything else reads rows.
  package func forEachRow(cells body: (_ cells: UnsafeBufferPointer<Cell>) -> Void) {
    withUnsafeTemporaryAllocation(of: Cell.self, capacity: columns.count) { cells in
      cells.initialize(repeating: .value(.null))
      defer { cells.deinitialize() }
      for batch in storage.batches {
        for row in 0..<batch.count {
          for column in cells.indices { cells[column] = batch.columns[column].cell(row) }
          body(UnsafeBufferPointer(cells))
        }
      }
    }
  }
}

extension Vector {
  /// The value of one row where it lies.
  @inline(__always)
  fileprivate func cell(_ row: Int) -> Cell {
    switch self {
    case .integers(let numbers) where numbers.isNull == nil: .integer(numbers.elements[row])
    case .strings(let strings) where !strings[row].isNull:
      .utf8(strings.heap.bytes(of: strings[row]))
    default: .value(self[row])
    }
  }
}
