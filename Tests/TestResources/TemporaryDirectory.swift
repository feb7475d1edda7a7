import Foundation

/// A directory for the files of one test, removed with everything in it when nobody holds it any more.
///
/// ```swift
/// let directory = try TemporaryDirectory()
/// let file = try directory.file("nodes.csv", "id:ID\n1\n")
/// ```
package final class TemporaryDirectory: Sendable {
  /// Where it is.
  package let url: URL

  /// Makes one among the system's temporary files.
  package init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("plenary-test-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Where it is, without a slash at the end.
  package var path: String { url.path }

  /// The path that something in it has, or would have.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Makes a file, with the directories above it, and gives its path.
  @discardableResult
  package func file(_ name: String, _ content: String) throws -> String { try file(name, bytes: Array(content.utf8)) }

  /// Makes a file of bytes, with the directories above it, and gives its path.
  @discardableResult
  package func file(_ name: String, bytes: some Sequence<UInt8>) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// The text of a file.
  package func read(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// The bytes of a file.
  package func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url.appendingPathComponent(name))) }
}
