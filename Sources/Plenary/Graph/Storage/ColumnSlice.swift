/// The values of neighbouring rows of a column, where they lie: what an aggregate of a scan reads without a copy.
struct ColumnSlice {
  let column: PropertyColumn
  let rows: Range<Int>

  /// The values of ids that follow each other; `nil` where they do not, or where one has no value.
  init?(_ column: PropertyColumn, _ ids: [UInt32]) {
    guard let rows = ids.withUnsafeBufferPointer(column.rows.run) else { return nil }
    self.column = column
    self.rows = rows
  }

  /// The rows of one of the column's arrays.
  @inline(__always)
  func elements<Element>(_ array: FlatArray<Element>) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: array.start + rows.lowerBound, count: rows.count)
  }
}
