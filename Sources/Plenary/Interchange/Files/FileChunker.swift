import Synchronization

/// A run of whole records of a file.
struct FileChunk {
  /// Its place among the chunks of the file.
  let index: Int
  /// Where it stands in the file.
  let range: Range<Int>
  /// Its bytes, good until the buffer is used again.
  let bytes: UnsafeBufferPointer<UInt8>
}

/// Cuts a file into chunks at the ends of records, for several threads to read.
///
/// Where it cuts depends on nothing but the bytes, so whatever is made of the chunks in their order is the same for any
/// number of threads.
final class FileChunker: Sendable {
  /// Enough to make the cost of handing out a chunk small, little enough for the caches.
  static let chunkSize = 1 << 19

  private struct State {
    var position: Int
    var index = 0
  }

  /// What ends a record.
  enum Records: Sendable {
    /// A line end.
    case lines
    /// A line end that is not inside quotes; quotes count where a cell begins with one, just as for `CSVReader`.
    case csv(CSVFormat)
  }

  private let content: FileContent
  private let records: Records
  private let state: Mutex<State>
  private let chunkSize: Int

  /// - Parameters:
  ///   - start: where the first record begins.
  ///   - chunkSize: how many bytes a chunk has at most, unless a single record is longer.
  init(_ content: FileContent, from start: Int, records: Records, chunkSize: Int = FileChunker.chunkSize) {
    self.content = content
    self.records = records
    self.chunkSize = chunkSize
    state = Mutex(State(position: start))
  }

  /// The next chunk; `nil` at the end.
  ///
  /// - Throws: `fileUnreadable`.
  func next(_ buffer: inout FileBuffer) throws(QueryError) -> FileChunk? {
    try state.withLockTyped { state throws(QueryError) in
      var size = chunkSize
      while state.position < content.count {
        let wanted = state.position..<min(state.position + size, content.count)
        let bytes = try content.bytes(wanted, &buffer)
        guard !bytes.isEmpty else { break }
        let isLast = wanted.upperBound == content.count || bytes.count < wanted.count
        guard let end = isLast ? bytes.count : lastRecordEnd(in: bytes) else {
          size *= 2
          continue
        }
        let chunk = FileChunk(
          index: state.index, range: state.position..<state.position + end,
          bytes: UnsafeBufferPointer(rebasing: bytes[..<end]))
        state.position += end
        state.index += 1
        return chunk
      }
      return nil
    }
  }

  /// Hands out no more chunks.
  func stop() { state.withLock { $0.position = .max } }

  /// The index of the chunk that could not be read.
  var failedIndex: Int { state.withLock { $0.index } }

  // MARK: Ends of records

  private func lastRecordEnd(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    switch records {
    case .lines: bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
    case .csv(let format): FileChunker.lastRecordEnd(in: bytes, format)
    }
  }

  /// Where the last record that ends in some bytes does; `nil` if none does. The bytes begin with a record.
  static func lastRecordEnd(in bytes: UnsafeBufferPointer<UInt8>, _ format: CSVFormat) -> Int? {
    var end: Int?
    forEachRunOutsideQuotes(bytes, format) { run in
      if let feed = bytes[run].lastIndex(of: UInt8(ascii: "\n")) { end = feed + 1 }
      return true
    }
    return end
  }

  /// Where the first record of some bytes ends; `nil` if it does not. The bytes begin with it.
  static func firstRecordEnd(in bytes: UnsafeBufferPointer<UInt8>, _ format: CSVFormat) -> Int? {
    var end: Int?
    forEachRunOutsideQuotes(bytes, format) { run in
      end = bytes[run].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
      return end == nil
    }
    return end
  }

  /// Calls `body` with what stands before, between and after cells in quotes, until it returns false.
  private static func forEachRunOutsideQuotes(
    _ bytes: UnsafeBufferPointer<UInt8>, _ format: CSVFormat, _ body: (Range<Int>) -> Bool
  ) {
    var start = 0
    var position = 0
    while let quote = ByteSearch.first(format.quote, in: bytes, from: position) {
      let before = quote == 0 ? UInt8(ascii: "\n") : bytes[quote - 1]
      guard before == format.delimiter || before == UInt8(ascii: "\n") else {
        // Not where a cell begins: the reader will refuse it, and it encloses nothing.
        position = quote + 1
        continue
      }
      guard body(start..<quote) else { return }
      position = quote + 1
      while true {
        guard let next = ByteSearch.first(format.quote, in: bytes, from: position) else { return }
        position = next + 1
        guard position < bytes.count, bytes[position] == format.quote else { break }
        position += 1
      }
      start = position
    }
    _ = body(start..<bytes.count)
  }
}

extension Mutex where Value: Sendable {
  /// Like `withLock`, for a closure that throws one type of error and writes to what it was given.
  fileprivate borrowing func withLockTyped<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result?
  ) throws(Failure) -> Result? {
    var failure: Failure?
    var result: Result?
    withLock { value in
      do throws(Failure) {
        result = try body(&value)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return result
  }
}
