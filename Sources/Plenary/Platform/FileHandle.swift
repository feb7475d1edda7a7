#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file that is being written, from its beginning on.
final class FileOutput {
  let path: String
  /// How many bytes were written so far.
  private(set) var count = 0
  private var descriptor: Int32

  /// Makes a file, in place of one that is there.
  ///
  /// - Throws: `fileUnreadable`, as all of its methods do.
  init(path: String) throws(QueryError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileSystem.failure("cannot write", path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(QueryError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // Linux writes no more than 2 GiB at once.
      let chunk = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
      #if canImport(Darwin)
        let written = Darwin.write(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Glibc)
        let written = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
      #elseif canImport(Musl)
        let written = Musl.write(descriptor, chunk.baseAddress, chunk.count)
      #endif
      if written < 0 {
        if errno == EINTR { continue }
        throw FileSystem.failure("cannot write", path)
      }
      rest = rest.dropFirst(written)
      count += written
    }
  }

  /// Appends bytes.
  func write(_ bytes: [UInt8]) throws(QueryError) {
    // A closure of the standard library cannot throw a type of ours.
    let failure: QueryError? = bytes.withUnsafeBytes { buffer in
      do throws(QueryError) {
        try write(buffer)
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  /// Waits until the bytes are on the disk, and closes the file.
  func finish() throws(QueryError) {
    guard fsync(descriptor) == 0 else { throw FileSystem.failure("cannot write", path) }
    let open = descriptor
    descriptor = -1
    guard close(open) == 0 else { throw FileSystem.failure("cannot write", path) }
  }
}

/// A file that is being read at any place, from any thread.
final class FileInput: Sendable {
  let path: String
  /// The number of bytes when it was opened.
  let count: Int
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Throws: `fileUnreadable`, as all of its methods do.
  init(path: String) throws(QueryError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileSystem.failure("cannot open", path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw FileSystem.failure("cannot read", path)
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw QueryError(.fileUnreadable, "found a directory at \"\(path)\", expected a file")
    }
    self.descriptor = descriptor
    count = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Fills memory with the bytes from an offset on; returns how many there were, fewer only at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(QueryError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let received = pread(
        descriptor, buffer.baseAddress! + filled, min(buffer.count - filled, 1 << 30), off_t(offset + filled))
      if received == 0 { break }
      if received < 0 {
        if errno == EINTR { continue }
        throw FileSystem.failure("cannot read", path)
      }
      filled += received
    }
    return filled
  }
}
