/// The values of neighbouring rows of a column, where they lie: what an aggregate of a scan reads without a copy.
struct ColumnSlice {
  let column: PropertyColumn
  let rows: Range<Int>

  /// The values of a range of ids; `nil` where one of them has none.
  init?(_ column: PropertyColumn, _ ids: Range<UInt32>) {
    guard let rows = column.rows.rows(of: ids) else { return nil }
    self.column = column
    self.rows = rows
  }

  /// The rows of one of the column's arrays.
  @inline(__always)
  func elements<Element>(_ array: FlatArray<Element>) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: array.start + rows.lowerBound, count: rows.count)
  }
}
