/// Strings of which none is copied: views into one heap of UTF-8 bytes, or codes of a dictionary over it.
///
/// Most work on a dictionary's strings needs their codes alone, which are half as large and tell equal strings apart
/// from others; the views are looked up where the text itself is asked for.
struct StringVector: Sendable {
  /// Where a string stands in the heap.
  struct View: Sendable {
    /// Offset of the first byte; `View.nullOffset` for null.
    var offset: UInt32
    /// Number of bytes.
    var count: UInt32

    static let nullOffset = UInt32.max
    static let null = View(offset: nullOffset, count: 0)
    var isNull: Bool { offset == View.nullOffset }
  }

  /// Codes of a dictionary whose strings all differ.
  struct Codes: Sendable {
    /// One code for each row; `nullCode` for null.
    var rows: [UInt32]
    /// Where the string of each code begins in the heap, and where the last one ends.
    let offsets: FlatArray<UInt32>

    static let nullCode = UInt32.max

    @inline(__always)
    func view(_ row: Int) -> View {
      rows[row] == Codes.nullCode ? .null : offsets.view(Int(rows[row]))
    }
  }

  private enum Rows: Sendable {
    case views([View])
    case codes(Codes)
  }

  /// The bytes.
  let heap: StringHeap
  private var rows: Rows

  init(heap: StringHeap, views: [View]) {
    self.heap = heap
    rows = .views(views)
  }

  init(heap: StringHeap, codes: Codes) {
    self.heap = heap
    rows = .codes(codes)
  }

  /// The number of rows.
  var count: Int {
    switch rows {
    case .views(let views): views.count
    case .codes(let codes): codes.rows.count
    }
  }

  /// Where the string of a row is.
  @inline(__always)
  subscript(row: Int) -> View {
    switch rows {
    case .views(let views): views[row]
    case .codes(let codes): codes.view(row)
    }
  }

  /// Calls `body` with where the string of each of some rows is, and the row's place among them.
  @inline(__always)
  func forEachView(of positions: Range<Int>, _ body: (_ index: Int, View) -> Void) {
    switch rows {
    case .views(let views): for (index, view) in views[positions].enumerated() { body(index, view) }
    case .codes(let codes): for (index, row) in positions.enumerated() { body(index, codes.view(row)) }
    }
  }

  /// Where the string of each row is. O(1), but O(rows) for codes.
  var views: [View] {
    switch rows {
    case .views(let views): views
    case .codes(let codes): codes.rows.indices.map(codes.view)
    }
  }

  /// The codes, if the strings are a dictionary's: then they are equal where their codes are.
  var codes: Codes? { if case .codes(let codes) = rows { codes } else { nil } }

  /// Whether some row is null. O(rows).
  var hasNull: Bool {
    switch rows {
    case .views(let views): views.contains(where: \.isNull)
    case .codes(let codes): codes.rows.contains(Codes.nullCode)
    }
  }

  /// For each row whether it is null. O(rows).
  var nullFlags: [Bool] {
    switch rows {
    case .views(let views): views.map(\.isNull)
    case .codes(let codes): codes.rows.map { $0 == Codes.nullCode }
    }
  }

  /// The bytes that the rows themselves take. O(1).
  var slotBytes: Int {
    switch rows {
    case .views(let views): views.count * MemoryLayout<View>.stride
    case .codes(let codes): codes.rows.count * MemoryLayout<UInt32>.stride
    }
  }

  /// The rows at the given positions, in that order. O(rows).
  func gathered(_ positions: [Int32]) -> StringVector {
    switch rows {
    case .views(let views): StringVector(heap: heap, views: views.gathered(positions))
    case .codes(let codes):
      StringVector(heap: heap, codes: Codes(rows: codes.rows.gathered(positions), offsets: codes.offsets))
    }
  }

  /// Adds the rows of another vector over the same heap. O(rows).
  mutating func append(contentsOf other: StringVector) {
    // Taken out of `rows` while it grows, so that it is not copied.
    if case .codes(var codes) = rows, case .codes(let more) = other.rows {
      rows = .views([])
      codes.rows += more.rows
      rows = .codes(codes)
    } else {
      var views = views
      rows = .views([])
      views += other.views
      rows = .views(views)
    }
  }
}

/// An immutable run of UTF-8 bytes that string views point into.
///
/// Sendable because nothing writes to the bytes after `init`.
final class StringHeap: @unchecked Sendable {
  let bytes: UnsafeMutableBufferPointer<UInt8>
  /// The array that the bytes belong to, if it is another's.
  private let owner: FlatArray<UInt8>?

  /// Copies bytes into a heap. At most 4 GiB - 2, so that offsets fit 32 bits.
  init(_ source: some Collection<UInt8>) {
    bytes = .allocate(capacity: source.count)
    _ = bytes.initialize(from: source)
    owner = nil
  }

  /// Uses bytes that an array holds.
  init(sharing array: FlatArray<UInt8>) {
    bytes = UnsafeMutableBufferPointer(start: array.start, count: array.count)
    owner = array
  }

  deinit {
    if owner == nil { bytes.deallocate() }
  }

  /// The bytes of one view; valid while the heap lives.
  @inline(__always)
  func bytes(of view: StringVector.View) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[Int(view.offset)..<Int(view.offset) + Int(view.count)])
  }

  /// The string of one view, which must not be null.
  func string(of view: StringVector.View) -> String {
    String(decoding: bytes(of: view), as: UTF8.self)
  }
}
