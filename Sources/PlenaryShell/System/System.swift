// The one place of the shell that imports the C library.
import CLineEdit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the shell asks of the operating system.
package enum System {
  /// Why a call of the operating system failed, in its own words.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    /// The C library's number for it.
    package let number: Int32

    /// For example `No such file or directory`.
    package var description: String { String(cString: strerror(number)) }

    static var last: Failure { Failure(number: errno) }
  }

  /// The descriptor of standard input.
  package static let standardInput: Int32 = 0
  /// The descriptor of standard output.
  package static let standardOutput: Int32 = 1
  /// The descriptor of standard error.
  package static let standardError: Int32 = 2

  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The columns of the terminal behind a descriptor; `nil` when it has none.
  package static func terminalColumns(_ descriptor: Int32) -> Int? {
    var columns: Int32 = 0
    var rows: Int32 = 0
    return cle_terminal_size(descriptor, &columns, &rows) ? Int(columns) : nil
  }

  /// The value of an environment variable; `nil` when unset or empty.
  package static func variable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
  }

  /// Writes all bytes, however many calls that takes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    let failure = bytes.withUnsafeBytes { write($0, to: descriptor) }
    if let failure { throw failure }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Failure? {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      #if canImport(Glibc)
        let count = Glibc.write(descriptor, start, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, start, rest.count)
      #else
        let count = Darwin.write(descriptor, start, rest.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        return .last
      }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    return nil
  }

  /// Reads at most `limit` more bytes; none at the end.
  static func read(_ descriptor: Int32, atMost limit: Int = 65536) throws(Failure) -> [UInt8] {
    var failure: Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      while true {
        #if canImport(Glibc)
          let got = Glibc.read(descriptor, buffer.baseAddress, limit)
        #elseif canImport(Musl)
          let got = Musl.read(descriptor, buffer.baseAddress, limit)
        #else
          let got = Darwin.read(descriptor, buffer.baseAddress, limit)
        #endif
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = .last }
        count = Swift.max(0, got)
        return
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Everything that is left to read from a descriptor.
  package static func readToEnd(_ descriptor: Int32) throws(Failure) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let bytes = try read(descriptor)
      if bytes.isEmpty { return all }
      all += bytes
    }
  }

  /// The content of a file.
  package static func readFile(_ path: String) throws(Failure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    return try readToEnd(descriptor)
  }

  /// Replaces the content of a file, or makes it; either all of it is written or the old content stays.
  package static func replaceFile(_ path: String, with bytes: [UInt8]) throws(Failure) {
    // A link stays a link, and the new file gets the old one's permissions.
    var target = path
    if let resolved = realpath(path, nil) {
      target = String(cString: resolved)
      free(resolved)
    }
    var status = stat()
    let mode = stat(target, &status) == 0 ? status.st_mode & 0o777 : 0o666
    let temporary = "\(target).\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .last }
    do throws(Failure) {
      defer { close(descriptor) }
      try write(bytes, to: descriptor)
      fchmod(descriptor, mode)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let failure = Failure.last
      unlink(temporary)
      throw failure
    }
  }

  /// Adds bytes to the end of a file that only its owner may read, making it and its directories when missing.
  static func appendPrivately(_ bytes: [UInt8], to path: String) throws(Failure) {
    var descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    if descriptor < 0 && errno == ENOENT {
      makeDirectories(above: path)
      descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    try write(bytes, to: descriptor)
  }

  /// The names in a directory, those of directories with a slash at their end; none when it cannot be read.
  static func entries(of directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: pointer.pointee)) {
          String(cString: $0)
        }
      }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      let isDirectory = stat(directory + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append(isDirectory ? name + "/" : name)
    }
    return names
  }

  private static func makeDirectories(above path: String) {
    var prefix = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      prefix += part + "/"
      if prefix != "/" { mkdir(prefix, 0o700) }
    }
  }

  /// Runs work on a new thread and does not wait.
  ///
  /// The thread has a stack of 64 MB, of which only what is used becomes memory: how deep a query may nest must not
  /// depend on how a user's system sets up its threads.
  static func startThread(_ body: @escaping @Sendable () -> Void) throws(Failure) {
    let work = Unmanaged.passRetained(ThreadBody(run: body))
    let failure = cle_thread_start(
      { context in
        guard let context else { return }
        Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
      }, work.toOpaque(), 64 << 20)
    guard failure == 0 else {
      work.release()
      throw Failure(number: failure)
    }
  }

  private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Makes writing to a pipe that nobody reads an error to handle, instead of the end of the process.
  static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

  /// Ends the process with a status.
  package static func exit(_ status: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(status)
    #elseif canImport(Musl)
      Musl.exit(status)
    #else
      Darwin.exit(status)
    #endif
  }
}

extension System.Failure {
  /// Whether the reader of a pipe has gone.
  var isBrokenPipe: Bool { number == EPIPE }
}
