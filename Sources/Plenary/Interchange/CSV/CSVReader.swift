/// Splits bytes of a CSV file into cells, by RFC 4180.
///
/// Cells are offsets into the bytes; text is copied only for who asks for it. Lines end with LF or CRLF, cells in quotes
/// may hold both, and an empty line is no record. The bytes must be UTF-8.
struct CSVReader {
  let format: CSVFormat
  /// What is read; the owner keeps it.
  let bytes: UnsafeBufferPointer<UInt8>
  /// Where the bytes stand in their file.
  private let fileOffset: Int
  /// Where the next record begins in the bytes.
  var position = 0
  /// Whether some of the bytes are not UTF-8, so that the record they are in has to be found.
  let hasInvalidText: Bool

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
    /// What is wrong with the record after these.
    var failure: FileFailure?

    init(columnCount: Int) { self.columnCount = columnCount }

    @inline(__always)
    func cell(_ row: Int, _ column: Int) -> Cell { cells[row &* columnCount &+ column] }

    /// One of the records by itself.
    func record(_ row: Int) -> Records {
      var single = Records(columnCount: columnCount)
      single.cells = Array(cells[row * columnCount..<(row + 1) * columnCount])
      single.count = 1
      return single
    }

    /// Takes records out.
    mutating func remove(where isUnwanted: (Int) throws -> Bool) rethrows {
      var kept = 0
      for row in 0..<count where try !isUnwanted(row) {
        if kept < row {
          for column in 0..<columnCount { cells[kept * columnCount + column] = cells[row * columnCount + column] }
        }
        kept += 1
      }
      cells.removeLast((count - kept) * columnCount)
      count = kept
    }
  }

  /// Reads bytes that begin with a record. O(bytes), for the check that all is UTF-8.
  ///
  /// - Parameter fileOffset: where they stand in their file, for failures.
  init(_ bytes: UnsafeBufferPointer<UInt8>, at fileOffset: Int, format: CSVFormat) {
    self.format = format
    self.bytes = bytes
    self.fileOffset = fileOffset
    hasInvalidText = UTF8Validation.firstInvalidOffset(in: bytes) != nil
  }

  /// Where the next record begins in the file.
  var nextOffset: Int { fileOffset + position }

  /// Reads one record of any number of cells; `nil` at the end of the bytes.
  mutating func readHeader() throws(FileFailure) -> [Cell]? {
    var cells: [Cell] = []
    return try readRecord(into: &cells) ? cells : nil
  }

  /// Reads records until there are `limit`, the bytes end, or one is not as it should be: then `records.failure` says
  /// so, and what follows it is read next. `false` when there was nothing.
  mutating func read(_ records: inout Records, limit: Int) -> Bool {
    records.cells.removeAll(keepingCapacity: true)
    records.count = 0
    records.failure = nil
    var start = 0
    while records.count < limit {
      let begin = position
      do throws(FileFailure) {
        guard try readRecord(into: &records.cells) else { break }
        let found = records.cells.count - start
        guard found == records.columnCount else {
          let place =
            found > records.columnCount
            ? records.cells[start + records.columnCount].offset : endOfRecord(before: position)
          throw failure(
            at: place,
            "found \(found) \(found == 1 ? "cell" : "cells"), expected \(records.columnCount) as in the header")
        }
      } catch {
        records.cells.removeLast(records.cells.count - start)
        records.failure = error
        if position == begin {
          skipEmptyLines(&position)
          let rest = UnsafeBufferPointer(rebasing: bytes[position...])
          position += FileChunker.firstRecordEnd(in: rest, format) ?? rest.count
        }
        return true
      }
      records.count += 1
      start = records.cells.count
    }
    return records.count > 0
  }

  private mutating func readRecord(into cells: inout [Cell]) throws(FileFailure) -> Bool {
    let (delimiter, quote) = (format.delimiter, format.quote)
    let end = bytes.count
    var position = position
    skipEmptyLines(&position)
    guard position < end else {
      self.position = position
      return false
    }
    let start = position
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
    if hasInvalidText { try checkText(start..<position) }
    self.position = position
    return true
  }

  private func checkText(_ range: Range<Int>) throws(FileFailure) {
    let record = UnsafeBufferPointer(rebasing: bytes[range])
    guard let invalid = UTF8Validation.firstInvalidOffset(in: record) else { return }
    throw failure(
      at: range.lowerBound + invalid, "found byte 0x\(String(record[invalid], radix: 16)), expected UTF-8")
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

  private func readQuoted(_ position: inout Int) throws(FileFailure) -> Cell {
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

  /// Whether two cells hold the same text in the same form.
  @inline(__always)
  func areEqual(_ a: Cell, _ b: Cell) -> Bool { a.form == b.form && UTF8Bytes.areEqual(rawBytes(a), rawBytes(b)) }

  /// Where a cell begins in the file.
  func fileOffset(of cell: Cell) -> Int { fileOffset + cell.offset }

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

  private func tooLong(at offset: Int) -> FileFailure {
    failure(at: offset, "found a cell of more than 2 GiB, expected a shorter one")
  }

  /// What is wrong at an offset of the bytes.
  func failure(at offset: Int, _ message: String, hint: String? = nil) -> FileFailure {
    FileFailure(offset: fileOffset + offset, message: message, hint: hint)
  }
}
