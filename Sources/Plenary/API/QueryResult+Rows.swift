/// A result is a collection of its rows, so it can be iterated, mapped, indexed and counted.
extension QueryResult: RandomAccessCollection {
  /// The number of the first row: 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { storage.count }

  /// The row at an index. O(log batches), which is about the same for every result that fits in memory.
  ///
  /// - Precondition: the index is below `count`.
  public subscript(index: Int) -> Row {
    let place = storage.locate(index)
    return Row(storage: storage, batch: place.batch, rowInBatch: place.row)
  }

  /// Iterates over the rows, each in O(1).
  public func makeIterator() -> Iterator { Iterator(storage: storage) }

  /// Walks through the rows of a result, batch by batch.
  public struct Iterator: IteratorProtocol, Sendable {
    let storage: ResultStorage
    private var batch = 0
    private var row = 0

    init(storage: ResultStorage) { self.storage = storage }

    /// The next row; `nil` after the last.
    public mutating func next() -> Row? {
      guard batch < storage.batches.count else { return nil }
      let next = Row(storage: storage, batch: batch, rowInBatch: row)
      row += 1
      if row == storage.batches[batch].count { (batch, row) = (batch + 1, 0) }
      return next
    }
  }
}
