#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A directory that comes into being whole or not at all.
///
/// Its files are written into a directory beside it, which takes its name when all of them are on the disk. Until then,
/// and if anything fails, what stood at the path before stays.
final class DirectoryReplacement {
  /// Where the files are to be written.
  let temporary: String
  private let path: String
  private let parent: String
  private let isOverwriting: Bool
  private var isDone = false

  /// Makes the temporary directory.
  ///
  /// - Parameters:
  ///   - path: where the directory is to be in the end. What is there may be an empty directory.
  ///   - isOverwriting: whether it may also be a directory with files in it.
  ///   - isOwn: whether a name is that of a file which overwriting may take away. Any other file keeps the directory
  ///     from being replaced: nobody means to lose it.
  /// - Throws: `fileUnreadable`.
  init(at path: String, isOverwriting: Bool, isOwn: (String) -> Bool) throws(QueryError) {
    var end = path.utf8.endIndex
    while end > path.utf8.startIndex, path.utf8[path.utf8.index(before: end)] == UInt8(ascii: "/") {
      end = path.utf8.index(before: end)
    }
    let trimmed = String(path[..<end])
    let slash = trimmed.utf8.lastIndex(of: UInt8(ascii: "/"))
    let last = slash.map { String(trimmed[trimmed.utf8.index(after: $0)...]) } ?? trimmed
    guard !last.isEmpty, last != ".", last != ".." else {
      throw QueryError(.fileUnreadable, "found the path \"\(path)\", expected the name of a directory to make")
    }
    parent = slash.map { String(trimmed[...$0]) } ?? "./"
    self.path = trimmed
    var isOccupied = false
    switch FileSystem.entry(at: trimmed) {
    case nil: break
    case .file: throw QueryError(.fileUnreadable, "found a file at \"\(trimmed)\", expected nothing or a directory")
    case .directory:
      let names = try FileSystem.names(inDirectory: trimmed, includingHidden: true)
      isOccupied = !names.isEmpty
      if isOccupied, !isOverwriting {
        throw QueryError(
          .fileUnreadable, "found \"\(names[0])\" in the directory \"\(trimmed)\", expected an empty directory or none")
      }
      if let other = names.first(where: { !isOwn($0) }) {
        throw QueryError(
          .fileUnreadable,
          "found \"\(other)\" in the directory \"\(trimmed)\", expected nothing but what is to be replaced")
      }
    }
    self.isOverwriting = isOccupied
    temporary = "\(parent).\(last).\(getpid()).new"
    // What a process of the same number left behind when it was killed.
    FileSystem.removeDirectory(temporary)
    try FileSystem.makeDirectory(temporary)
  }

  deinit {
    if !isDone { FileSystem.removeDirectory(temporary) }
  }

  /// Puts the directory in its place. The files must be on the disk already.
  ///
  /// - Throws: `fileUnreadable`; then what stood there before stands there still.
  func commit() throws(QueryError) {
    try FileSystem.synchronize(directory: temporary)
    if isOverwriting {
      // A directory with files cannot be renamed over: the old one steps aside for the moment between two calls.
      let old = temporary + ".old"
      FileSystem.removeDirectory(old)
      guard rename(path, old) == 0 else { throw FileSystem.failure("cannot replace", path) }
      guard rename(temporary, path) == 0 else {
        let error = FileSystem.failure("cannot replace", path)
        rename(old, path)
        throw error
      }
      isDone = true
      FileSystem.removeDirectory(old)
    } else {
      guard rename(temporary, path) == 0 else { throw FileSystem.failure("cannot make the directory", path) }
      isDone = true
    }
    try FileSystem.synchronize(directory: parent)
  }
}
