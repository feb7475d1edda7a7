/// Splits the bytes of a CSV file into cells, by RFC 4180.
///
/// Cells are offsets into the bytes; text is copied only for who asks for it. Lines end with LF or CRLF, cells in quotes
/// may hold both, an empty line is no record, and a byte order mark is skipped. The bytes must be UTF-8.
struct CSVReader {
  let name: String
  let format: CSVFormat
  private let file: FileBytes
  private var position = 0

  /// A cell: where its text lies.
  struct Cell {
    var offset: Int
    /// The number of bytes, without quotes around them.
    var count: Int32
    var form: Form

    /// How the bytes are to be taken.
    enum Form: UInt8 {
      case plain
      case quoted
      /// In quotes, and with doubled quotes inside.
      case escaped
    }

    /// Whether nothing is there: no text and no quotes. An empty string has quotes.
    @inline(__always)
    var isAbsent: Bool { count == 0 && form == .plain }
  }

  /// Records of as many cells each as the file has columns.
  struct Records {
    let columnCount: Int
    /// Row by row.
    var cells: [Cell] = []
    var count = 0

    init(columnCount: Int) { self.columnCount = columnCount }

    @inline(__always)
    func cell(_ row: Int, _ column: Int) -> Cell { cells[row &* columnCount &+ column] }
  }

  /// Opens a file. O(bytes), for the check that all is UTF-8.
  ///
  /// - Throws: `fileUnreadable`, `invalidFile`.
  init(_ file: CSVFile, format: CSVFormat = CSVFormat()) throws(QueryError) {
    self.init(name: file.name, beginning: try file.bytes(), format: format)
    try checkUTF8()
  }

  /// Opens a file of which perhaps only the beginning is there, unchecked.
  init(name: String, beginning: FileBytes, format: CSVFormat) {
    self.name = name
    self.format = format
    file = beginning
    let bytes = beginning.buffer
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
  }

  func checkUTF8() throws(QueryError) {
    if let offset = UTF8Validation.firstInvalidOffset(in: bytes) {
      throw failure(at: offset, "found byte 0x\(String(bytes[offset], radix: 16)), expected UTF-8")
    }
  }

  var bytes: UnsafeBufferPointer<UInt8> { file.buffer }

  /// Reads one record of any number of cells; `nil` at the end of the file.
  mutating func readHeader() throws(QueryError) -> [Cell]? {
    var cells: [Cell] = []
    return try readRecord(into: &cells) ? cells : nil
  }

  /// Reads records until there are `limit`, or the file ends; `false` when there was none.
  ///
  /// - Throws: `invalidFile` for a record of another number of cells than the records have.
  mutating func read(_ records: inout Records, limit: Int) throws(QueryError) -> Bool {
    records.cells.removeAll(keepingCapacity: true)
    records.count = 0
    var start = 0
    while records.count < limit, try readRecord(into: &records.cells) {
      let found = records.cells.count - start
      guard found == records.columnCount else {
        let place =
          found > records.columnCount
          ? records.cells[start + records.columnCount].offset : endOfRecord(before: position)
        throw failure(
          at: place, "found \(found) \(found == 1 ? "cell" : "cells"), expected \(records.columnCount) as in the header"
        )
      }
      records.count += 1
      start = records.cells.count
    }
    return records.count > 0
  }

  private mutating func readRecord(into cells: inout [Cell]) throws(QueryError) -> Bool {
    let bytes = file.buffer
    let (delimiter, quote) = (format.delimiter, format.quote)
    let end = bytes.count
    var position = position
    skipEmptyLines(&position)
    guard position < end else {
      self.position = position
      return false
    }
    while true {
      var cell = Cell(offset: position, count: 0, form: .plain)
      if position < end, bytes[position] == quote {
        cell = try readQuoted(&position)
      } else {
        position = firstMark(from: position)
        if position < end, bytes[position] == quote {
          throw failure(
            at: position,
            "found a quote inside a cell without quotes, expected quotes around the cell and the quote twice"
          )
        }
        guard let count = Int32(exactly: position - cell.offset) else { throw tooLong(at: cell.offset) }
        cell.count = count
      }
      cells.append(cell)
      guard position < end else { break }
      let mark = bytes[position]
      position += 1
      if mark == delimiter { continue }
      if mark == UInt8(ascii: "\n") { break }
      if mark == UInt8(ascii: "\r"), position == end || bytes[position] == UInt8(ascii: "\n") {
        position = min(position + 1, end)
        break
      }
      throw failure(
        at: position - 1,
        mark == UInt8(ascii: "\r")
          ? "found a carriage return, expected a line feed after it"
          : "found text after the closing quote of a cell, expected a delimiter or the end of the line")
    }
    self.position = position
    return true
  }

  private func skipEmptyLines(_ position: inout Int) {
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\n") {
        position += 1
      } else if bytes[position] == UInt8(ascii: "\r"), position + 1 < bytes.count,
        bytes[position + 1] == UInt8(ascii: "\n")
      {
        position += 2
      } else {
        return
      }
    }
  }

  /// The first delimiter, quote or line end at or after an offset, or the end. Eight bytes at a time.
  @inline(__always)
  private func firstMark(from start: Int) -> Int {
    guard let base = bytes.baseAddress else { return start }
    let raw = UnsafeRawPointer(base)
    let end = bytes.count
    let (ones, highs) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
    let delimiters = ones &* UInt64(format.delimiter)
    let quotes = ones &* UInt64(format.quote)
    let feeds = ones &* 0x0A
    let returns = ones &* 0x0D
    // The high bit of every byte that is zero; above the first one also of others, which does not matter.
    @inline(__always)
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highs }
    var offset = start
    while offset &+ 8 <= end {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      let found = zeros(word ^ delimiters) | zeros(word ^ feeds) | zeros(word ^ quotes) | zeros(word ^ returns)
      if found != 0 { return offset &+ found.trailingZeroBitCount &>> 3 }
      offset &+= 8
    }
    while offset < end {
      let byte = base[offset]
      if byte == format.delimiter || byte == format.quote || byte == 0x0A || byte == 0x0D { break }
      offset &+= 1
    }
    return offset
  }

  private func readQuoted(_ position: inout Int) throws(QueryError) -> Cell {
    let quote = format.quote
    let opening = position
    var form = Cell.Form.quoted
    position += 1
    while true {
      while position < bytes.count, bytes[position] != quote { position += 1 }
      guard position < bytes.count else {
        throw failure(at: opening, "found the end of the file inside a cell in quotes, expected the closing quote")
      }
      position += 1
      guard position < bytes.count, bytes[position] == quote else { break }
      form = .escaped
      position += 1
    }
    guard let count = Int32(exactly: position - opening - 2) else { throw tooLong(at: opening) }
    return Cell(offset: opening + 1, count: count, form: form)
  }

  // MARK: Text

  /// Calls `body` with the bytes of a cell.
  @inline(__always)
  func withBytes<Result, Failure: Error>(
    _ cell: Cell, _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    if cell.form != .escaped { return try body(rawBytes(cell)) }
    return try unescaped(cell).withUnsafeBufferPointer(body)
  }

  @inline(__always)
  func rawBytes(_ cell: Cell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[cell.offset..<cell.offset &+ Int(cell.count)])
  }

  /// The bytes of a cell with doubled quotes made single.
  func unescaped(_ cell: Cell) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(Int(cell.count))
    var skips = false
    for byte in rawBytes(cell) {
      if byte == format.quote {
        skips.toggle()
        if !skips { continue }
      }
      text.append(byte)
    }
    return text
  }

  func string(_ cell: Cell) -> String {
    cell.form == .escaped
      ? String(decoding: unescaped(cell), as: UTF8.self) : String(decoding: rawBytes(cell), as: UTF8.self)
  }

  // MARK: Errors

  private func endOfRecord(before position: Int) -> Int {
    var end = position
    while end > 0, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return end
  }

  private func tooLong(at offset: Int) -> QueryError {
    failure(at: offset, "found a cell of more than 2 GiB, expected a shorter one")
  }

  /// An error with file, line and column, both counted from 1, columns in characters of Unicode. O(offset).
  func failure(at offset: Int, _ message: String, hint: String? = nil) -> QueryError {
    QueryError(.invalidFile, "\(place(of: offset)): \(message)", hint: hint)
  }

  /// `nodes.csv:3:14`.
  func place(of offset: Int) -> String {
    var line = 1
    var start = 0
    for index in 0..<min(offset, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      start = index + 1
    }
    if start == 0, bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { start = min(3, offset) }
    var column = 1
    for byte in bytes[start..<max(start, min(offset, bytes.count))] where byte & 0xC0 != 0x80 { column += 1 }
    return "\(name):\(line):\(column)"
  }
}
