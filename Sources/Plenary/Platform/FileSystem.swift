#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The bytes of a file, read whole.
///
/// Read and not mapped: a file that shrinks while it is mapped kills the process that looks at it. Sendable because
/// nothing writes to the bytes after `init`.
final class FileBytes: @unchecked Sendable {
  let buffer: UnsafeBufferPointer<UInt8>
  private let owned: UnsafeMutableRawPointer?

  /// Borrows bytes that live as long as the process.
  init(static bytes: UnsafeBufferPointer<UInt8>) {
    buffer = bytes
    owned = nil
  }

  /// Copies bytes.
  init(_ bytes: some Collection<UInt8>) {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(bytes.count, 1))
    _ = copy.initialize(from: bytes)
    buffer = UnsafeBufferPointer(start: copy.baseAddress, count: bytes.count)
    owned = UnsafeMutableRawPointer(copy.baseAddress)
  }

  fileprivate init(owning memory: UnsafeMutableRawPointer, count: Int) {
    buffer = UnsafeBufferPointer(start: memory.assumingMemoryBound(to: UInt8.self), count: count)
    owned = memory
  }

  deinit { owned?.deallocate() }
}

/// The few calls to the file system that loading and saving graphs needs.
enum FileSystem {
  /// What stands at a path.
  enum Entry {
    case directory
    case file
  }

  /// What is at a path; `nil` if nothing is.
  static func entry(at path: String) -> Entry? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return status.st_mode & S_IFMT == S_IFDIR ? .directory : .file
  }

  /// Whether a path leads to a file that can be read at any place and more than once, unlike a pipe.
  static func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The names in a directory, in the order of their bytes, without those that begin with a dot unless they are asked
  /// for.
  ///
  /// - Throws: `fileUnreadable`.
  static func names(inDirectory path: String, includingHidden: Bool = false) throws(QueryError) -> [String] {
    guard let directory = opendir(path) else { throw failure("cannot read the directory", path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let capacity = MemoryLayout.size(ofValue: entry.pointee.d_name)
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: UInt8.self, capacity: capacity) { String(decodingCString: $0, as: UTF8.self) }
      }
      if includingHidden ? name != "." && name != ".." : !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Reads a file whole, pipes too, or only its beginning.
  ///
  /// - Parameter limit: how many bytes to read at most.
  /// - Throws: `fileUnreadable`.
  static func read(_ path: String, limit: Int = .max) throws(QueryError) -> FileBytes {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw failure("cannot open", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure("cannot read", path) }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw QueryError(.fileUnreadable, "found a directory at \"\(path)\", expected a file")
    }
    // One byte more than the size, so that the last read can find the end without growing.
    var capacity = min(max(Int(status.st_size), 4095), limit - 1) + 1
    guard var memory = malloc(capacity) else { throw outOfMemory(path) }
    var count = 0
    while count < limit {
      if count == capacity {
        guard let larger = realloc(memory, capacity * 2) else {
          free(memory)
          throw outOfMemory(path)
        }
        (memory, capacity) = (larger, capacity * 2)
      }
      #if canImport(Darwin)
        let received = Darwin.read(descriptor, memory + count, min(capacity - count, 1 << 30))
      #elseif canImport(Glibc)
        let received = Glibc.read(descriptor, memory + count, min(capacity - count, 1 << 30))
      #elseif canImport(Musl)
        let received = Musl.read(descriptor, memory + count, min(capacity - count, 1 << 30))
      #endif
      if received == 0 { break }
      if received < 0 {
        if errno == EINTR { continue }
        let error = failure("cannot read", path)
        free(memory)
        throw error
      }
      count += received
    }
    return FileBytes(owning: memory, count: count)
  }

  /// Makes a directory unless it is there; its parent must be.
  ///
  /// - Throws: `fileUnreadable`.
  static func makeDirectory(_ path: String) throws(QueryError) {
    guard mkdir(path, 0o777) != 0 else { return }
    let code = errno
    if code == EEXIST, entry(at: path) == .directory { return }
    errno = code
    throw failure("cannot make the directory", path)
  }

  /// Writes a file, in place of one that is there.
  ///
  /// - Parameter produce: appends the next bytes; returns false when there are none left.
  /// - Throws: `fileUnreadable`.
  static func write(to path: String, _ produce: (inout [UInt8]) -> Bool) throws(QueryError) {
    let file = try FileOutput(path: path)
    var bytes: [UInt8] = []
    var hasMore = true
    while hasMore {
      hasMore = produce(&bytes)
      guard bytes.count >= 1 << 20 || !hasMore else { continue }
      try file.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try file.finish()
  }

  /// Takes a file away; one that is not there is no error.
  static func remove(_ path: String) { unlink(path) }

  /// Takes a directory away with the files in it; directories in it keep it, and one that is not there is no error.
  static func removeDirectory(_ path: String) {
    for name in (try? names(inDirectory: path, includingHidden: true)) ?? [] { remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// Waits until the names in a directory are on the disk.
  ///
  /// - Throws: `fileUnreadable`.
  static func synchronize(directory path: String) throws(QueryError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("cannot open", path) }
    defer { close(descriptor) }
    // Some file systems cannot do this for directories, and keep the order of renames without it.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("cannot write", path) }
  }

  /// The error of the last call to the system.
  static func failure(_ what: String, _ path: String) -> QueryError {
    let code = errno
    let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return QueryError(.fileUnreadable, "\(what) \"\(path)\": \(reason.prefix(1).lowercased() + reason.dropFirst())")
  }

  private static func outOfMemory(_ path: String) -> QueryError {
    QueryError(.fileUnreadable, "cannot read \"\(path)\": not enough memory for all of it")
  }
}
