/// A file to read: a name for messages, and the bytes.
public struct GraphFile: Sendable {
  /// The name that messages show; labels and types can come from it.
  public let name: String
  private let content: Content

  private enum Content {
    case path(String)
    case memory(FileBytes)
  }

  /// A file in the file system, read when it is needed.
  public init(path: String) {
    name = path
    content = .path(path)
  }

  /// A file in memory.
  public init(name: String, bytes: [UInt8]) {
    self.init(name: name, bytes: FileBytes(bytes))
  }

  init(name: String, bytes: FileBytes) {
    self.name = name
    content = .memory(bytes)
  }

  /// The content, open.
  ///
  /// - Throws: `fileUnreadable`.
  func open() throws(QueryError) -> FileContent {
    switch content {
    case .path(let path): .file(try FileInput(path: path))
    case .memory(let bytes): .memory(bytes)
    }
  }

  /// The same file, read into memory if it is one that can be read only once, such as a pipe.
  ///
  /// - Throws: `fileUnreadable`.
  func repeatable() throws(QueryError) -> GraphFile {
    guard case .path(let path) = content, FileSystem.entry(at: path) == .file, !FileSystem.isRegularFile(path) else {
      return self
    }
    return GraphFile(name: name, bytes: try FileSystem.read(path))
  }

  /// `nodes.csv:3:14`: line and column of an offset, counted from 1, columns in characters of Unicode. O(offset), which
  /// only failures pay.
  func place(of offset: Int) -> String {
    guard let content = try? open() else { return name }
    var line = 1
    var column = 1
    var position = 0
    var buffer = FileBuffer()
    while position < offset {
      guard let block = try? content.bytes(position..<min(position + 1 << 20, offset), &buffer), !block.isEmpty else {
        break
      }
      var bytes = block[...]
      // A byte order mark is no character of the first line.
      if position == 0, bytes.starts(with: FileContent.byteOrderMark) { bytes = bytes.dropFirst(3) }
      for byte in bytes {
        if byte == UInt8(ascii: "\n") {
          (line, column) = (line + 1, 1)
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      position += block.count
    }
    return "\(name):\(line):\(column)"
  }

  /// The error for something wrong in the file.
  func error(_ failure: FileFailure) -> QueryError {
    QueryError(.invalidFile, "\(place(of: failure.offset)): \(failure.message)", hint: failure.hint)
  }

  /// The last component of the name without its extension: `nodes_State` of `data/nodes_State.csv`.
  var stem: String {
    let last = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[name.index(after: $0)...] } ?? name[...]
    guard let dot = last.utf8.lastIndex(of: UInt8(ascii: ".")), dot > last.startIndex else { return String(last) }
    return String(last[..<dot])
  }
}

/// Something wrong in a file, and at which byte.
struct FileFailure: Error {
  let offset: Int
  let message: String
  var hint: String?
}

/// The bytes of a file, wherever they are.
enum FileContent: Sendable {
  case file(FileInput)
  case memory(FileBytes)

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// How many bytes there are.
  var count: Int {
    switch self {
    case .file(let file): file.count
    case .memory(let bytes): bytes.buffer.count
    }
  }

  /// Some of the bytes: in the buffer, or where they are in memory. Fewer when the file has become shorter.
  ///
  /// - Throws: `fileUnreadable`.
  func bytes(_ range: Range<Int>, _ buffer: inout FileBuffer) throws(QueryError) -> UnsafeBufferPointer<UInt8> {
    switch self {
    case .file(let file):
      let memory = buffer.memory(range.count)
      let received = try file.read(into: UnsafeMutableRawBufferPointer(memory), at: range.lowerBound)
      return UnsafeBufferPointer(rebasing: memory[..<received])
    case .memory(let bytes):
      return UnsafeBufferPointer(rebasing: bytes.buffer[range.clamped(to: 0..<bytes.buffer.count)])
    }
  }
}

/// Memory for the part of a file that is being read, used again for the next.
struct FileBuffer: ~Copyable {
  private var storage = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

  init() {}

  deinit { storage.deallocate() }

  /// Memory for so many bytes; what was in it before may be gone.
  mutating func memory(_ count: Int) -> UnsafeMutableBufferPointer<UInt8> {
    if storage.count < count {
      storage.deallocate()
      storage = .allocate(capacity: max(count, 4096))
    }
    return UnsafeMutableBufferPointer(rebasing: storage[..<count])
  }
}
