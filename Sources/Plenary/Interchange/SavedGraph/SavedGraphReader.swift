/// Reads a saved graph.
///
/// Nothing in the files is believed: checksums find damage, and every number that something else relies on (lengths,
/// offsets, ids, codes, UTF-8) is checked besides, so that no file, however it was made, stops the program.
///
/// Reading has three steps: the manifest says what there is, then all arrays are read side by side, then they are checked
/// and put together.
package struct SavedGraphReader {
  /// Makes a part of the graph once the arrays are there.
  typealias Later<Part> = @Sendable () throws(QueryError) -> Part

  var manifest: ByteDecoder
  private let data: FileInput
  /// Where the next array begins in the data file.
  private var position = 0
  /// The arrays that are to be read.
  private var loads: [ArrayLoad] = []

  /// The graph in a directory. O(bytes).
  ///
  /// - Parameter isVerifying: whether checksums are looked at; tests go without, to reach the checks behind them.
  /// - Throws: `fileUnreadable`; `invalidFile` with the file, and the byte at which it is damaged.
  package static func read(
    directory: String, threads: Int, verifyingChecksums isVerifying: Bool = true
  ) throws(QueryError) -> Graph {
    let path = "\(directory)/\(SavedGraphFormat.manifestName)"
    let file = try FileSystem.read(path)
    defer { withExtendedLifetime(file) {} }
    let data = try FileInput(path: "\(directory)/\(SavedGraphFormat.dataName)")
    let payload = try checkedPayload(UnsafeRawBufferPointer(file.buffer), path)
    var reader = SavedGraphReader(manifest: payload, data: data)
    let graph = try reader.graph()
    let length = try reader.manifest.count(atMost: .max)
    guard length == reader.position, length == data.count else {
      throw QueryError(
        damageIn: data.path, at: min(data.count, length),
        "found \(data.count) bytes, expected \(length)")
    }
    guard reader.manifest.remaining == 0 else { throw reader.manifest.failure("found more, expected the end") }
    try WorkerPool.shared.forEach(reader.loads.count, threads: threads) {
      [loads = reader.loads] index, _ throws(QueryError) in
      try loads[index].perform(verifyingChecksum: isVerifying)
    }
    return try graph()
  }

  private init(manifest: ByteDecoder, data: FileInput) {
    self.manifest = manifest
    self.data = data
  }

  /// What follows the header of a manifest, if that is right.
  private static func checkedPayload(
    _ bytes: UnsafeRawBufferPointer, _ path: String
  ) throws(QueryError) -> ByteDecoder {
    var header = ByteDecoder(bytes, file: path, at: 0)
    for byte in SavedGraphFormat.magic where try header.byte() != byte {
      throw QueryError(.invalidFile, "\(path): found other bytes, expected the manifest of a saved graph")
    }
    let version: UInt32 = try header.fixed()
    guard version == SavedGraphFormat.version else {
      throw QueryError(
        .invalidFile, "\(path): found format version \(version), expected \(SavedGraphFormat.version)",
        hint: "open it with the version of Plenary that saved it, and export it")
    }
    guard try header.fixed(UInt32.self) == 0 else { throw header.failure("found a reserved word that is set", at: 12) }
    let length: UInt64 = try header.fixed()
    let checksum: UInt64 = try header.fixed()
    let payload = UnsafeRawBufferPointer(rebasing: bytes[SavedGraphFormat.headerSize...])
    guard length == UInt64(payload.count) else {
      throw QueryError(
        damageIn: path, at: bytes.count,
        "found \(payload.count) bytes after the header, expected \(length)")
    }
    guard checksum == Checksum.of(payload) else {
      throw QueryError(
        damageIn: path, at: SavedGraphFormat.headerSize, "found bytes that do not match their checksum")
    }
    return ByteDecoder(payload, file: path, at: SavedGraphFormat.headerSize)
  }

  // MARK: Arrays

  /// The next array, to be filled later.
  ///
  /// - Parameter count: how many elements it must have; `nil` if any number will do.
  mutating func array<Element>(
    of _: Element.Type = Element.self, count expected: Int? = nil
  ) throws(QueryError) -> SavedArray<Element> {
    let start = SavedGraphFormat.aligned(position)
    let room = max(0, data.count - start) / MemoryLayout<Element>.stride
    let place = manifest.position
    let count = try manifest.count(atMost: .max)
    guard count <= room else {
      throw QueryError(
        damageIn: data.path, at: data.count,
        "found the end, expected \(count) numbers of \(MemoryLayout<Element>.stride) bytes from byte \(start) on")
    }
    if let expected, count != expected {
      throw manifest.failure("found \(count) numbers, expected \(expected)", at: place)
    }
    let checksum: UInt64 = try manifest.fixed()
    let array = FlatArray<Element>(uninitializedCount: count)
    position = start + count * MemoryLayout<Element>.stride
    loads.append(
      ArrayLoad(
        file: data, offset: start, checksum: checksum, byteCount: count * MemoryLayout<Element>.stride, target: array))
    return SavedArray(array: array, offset: start, file: data.path)
  }
}

/// The work of reading one array.
private struct ArrayLoad: @unchecked Sendable {
  // Sendable because each array is filled by one load, and read by others only when all loads are done.

  private let file: FileInput
  private let offset: Int
  private let checksum: UInt64
  private let memory: UnsafeMutableRawBufferPointer
  private let owner: AnyObject

  init<Element>(file: FileInput, offset: Int, checksum: UInt64, byteCount: Int, target: FlatArray<Element>) {
    self.file = file
    self.offset = offset
    self.checksum = checksum
    memory = UnsafeMutableRawBufferPointer(start: target.start, count: byteCount)
    owner = target
  }

  func perform(verifyingChecksum isVerifying: Bool) throws(QueryError) {
    let received = try file.read(into: memory, at: offset)
    guard received == memory.count else {
      throw QueryError(damageIn: file.path, at: offset + received, "found the end, expected more")
    }
    guard !isVerifying || Checksum.of(UnsafeRawBufferPointer(memory)) == checksum else {
      throw QueryError(
        damageIn: file.path, at: offset, "found \(memory.count) bytes that do not match their checksum")
    }
  }
}

/// An array on its way from a file, and where it stands there.
struct SavedArray<Element: BitwiseCopyable & Sendable>: Sendable {
  let array: FlatArray<Element>
  let offset: Int
  let file: String

  var count: Int { array.count }

  /// What is wrong with an element.
  func damage(at index: Int, _ message: String) -> QueryError {
    QueryError(damageIn: file, at: offset + index * MemoryLayout<Element>.stride, message)
  }
}

extension SavedArray where Element: FixedWidthInteger {
  /// Checks that all elements are below a limit.
  func checkBelow(_ limit: Int) throws(QueryError) {
    let start = array.start
    // The greatest is found at the speed of memory; where it is wrong does not matter until something is.
    var greatest: Element = 0
    for index in 0..<count { greatest = max(greatest, start[index]) }
    guard count > 0, Int(greatest) >= limit else { return }
    let index = array.buffer.firstIndex { Int($0) >= limit } ?? 0
    throw damage(at: index, "found \(start[index]), expected less than \(limit)")
  }

  /// Checks that elements begin at 0, never fall, and end at a total.
  func checkOffsets(upTo total: Int) throws(QueryError) {
    let start = array.start
    guard count > 0, start[0] == 0 else { throw damage(at: 0, "found no offset of 0, expected one at the beginning") }
    for index in 1..<max(count, 1) where start[index] < start[index - 1] {
      throw damage(at: index, "found offset \(start[index]) after \(start[index - 1]), expected one that is not less")
    }
    guard Int(start[count - 1]) == total else {
      throw damage(at: count - 1, "found \(start[count - 1]) as the last offset, expected \(total)")
    }
  }

  /// Checks that each element is greater than the one before.
  func checkAscending() throws(QueryError) {
    let start = array.start
    for index in 1..<max(count, 1) where start[index] <= start[index - 1] {
      throw damage(at: index, "found \(start[index]) after \(start[index - 1]), expected a greater number")
    }
  }
}
