@testable import PlenaryShell

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A directory for the files of one test, removed with everything in it at the end.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("/tmp/plenary-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw System.Failure(number: errno) }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress ?? UnsafePointer(strdup(""))) }
  }

  deinit {
    for entry in System.entries(of: path) {
      // A directory, with its slash, has files at most.
      guard entry.hasSuffix("/") else {
        unlink(path + "/" + entry)
        continue
      }
      for file in System.entries(of: path + "/" + entry) { unlink(path + "/" + entry + file) }
      rmdir(path + "/" + entry)
    }
    rmdir(path)
  }

  /// Makes a file and returns its path.
  func file(_ name: String, _ content: String) throws -> String {
    try file(name, bytes: Array(content.utf8))
  }

  func file(_ name: String, bytes: [UInt8]) throws -> String {
    let file = path + "/" + name
    try System.replaceFile(file, with: bytes)
    return file
  }

  func read(_ name: String) throws -> String {
    String(decoding: try System.readFile(path + "/" + name), as: UTF8.self)
  }
}
