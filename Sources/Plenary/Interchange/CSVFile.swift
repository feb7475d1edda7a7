/// The marks of a CSV file.
public struct CSVFormat: Hashable, Sendable {
  /// What parts cells; a comma.
  public var delimiter = UInt8(ascii: ",")
  /// What encloses cells that hold delimiters, line ends or quotes, and is doubled inside them.
  public var quote = UInt8(ascii: "\"")
  /// What parts the elements of a list inside a cell, and the labels of a node; a semicolon.
  public var listDelimiter = UInt8(ascii: ";")

  /// Commas, double quotes and semicolons.
  public init() {}
}

/// A CSV file to read: a name for messages, and the bytes.
public struct CSVFile: Sendable {
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

  /// The bytes; throws `fileUnreadable`.
  func bytes() throws(QueryError) -> FileBytes {
    switch content {
    case .path(let path): try FileSystem.read(path)
    case .memory(let bytes): bytes
    }
  }

  /// At least the first line, and of a file that is not large everything; throws `fileUnreadable`.
  func beginning() throws(QueryError) -> (bytes: FileBytes, isWhole: Bool) {
    guard case .path(let path) = content else { return (try bytes(), true) }
    let limit = 1 << 20
    let beginning = try FileSystem.read(path, limit: limit)
    if beginning.buffer.count < limit { return (beginning, true) }
    if beginning.buffer.contains(UInt8(ascii: "\n")) { return (beginning, false) }
    return (try bytes(), true)
  }

  /// The last component of the name without its extension: `nodes_State` of `data/nodes_State.csv`.
  var stem: String {
    let last = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[name.index(after: $0)...] } ?? name[...]
    guard let dot = last.utf8.lastIndex(of: UInt8(ascii: ".")), dot > last.startIndex else { return String(last) }
    return String(last[..<dot])
  }
}
