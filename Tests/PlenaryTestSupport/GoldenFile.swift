import Foundation
import Testing

/// A test case in a file: what goes in, and what must come out, in sections that people can read.
///
/// The file is Markdown. Each section is a heading and a fenced block; `QUERY` goes in, the others come out:
///
///     # QUERY
///     ```
///     RETURN 1
///     ```
///     # TREE
///     ```
///     (statement (query (return (item 1))))
///     ```
///
/// `PLENARY_UPDATE_GOLDEN=1 swift test` writes what comes out into the files instead of comparing it.
public struct GoldenFile: Sendable, CustomTestStringConvertible {
  /// Where the file is.
  public let url: URL
  /// The sections in the order of the file.
  public private(set) var sections: [(name: String, text: String)]

  /// The files of a directory beside a test, in order of their names.
  public static func all(in directory: String, beside testFile: String = #filePath) -> [GoldenFile] {
    let root = URL(fileURLWithPath: testFile).deletingLastPathComponent().appendingPathComponent(directory)
    let files = (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "md" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
      .compactMap { url in
        (try? String(contentsOf: url, encoding: .utf8)).map { GoldenFile(url: url, sections: parse($0)) }
      }
  }

  /// The file's name, as the test's.
  public var testDescription: String { url.deletingPathExtension().lastPathComponent }

  /// The text of a section.
  public func section(_ name: String) -> String? { sections.first { $0.name == name }?.text }

  /// Compares a section with what came out, or writes it; sections that came out empty are left out of the file.
  public func expect(_ results: [(name: String, text: String)], sourceLocation: SourceLocation = #_sourceLocation) {
    if ProcessInfo.processInfo.environment["PLENARY_UPDATE_GOLDEN"] == "1" {
      var updated = sections.filter { section in !results.contains { $0.name == section.name } }
      updated += results.filter { !$0.text.isEmpty }
      let text = updated.map { "# \($0.name)\n```\n\($0.text)\n```\n" }.joined()
      do {
        try text.write(to: url, atomically: true, encoding: .utf8)
      } catch {
        Issue.record("cannot write \(url.path): \(error)", sourceLocation: sourceLocation)
      }
      return
    }
    for (name, text) in results {
      #expect(text == section(name) ?? "", "\(name) of \(testDescription)", sourceLocation: sourceLocation)
    }
  }

  private static func parse(_ text: String) -> [(name: String, text: String)] {
    var sections: [(name: String, text: String)] = []
    var name = ""
    var lines: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let block = lines {
        if line == "```" {
          sections.append((name, block.joined(separator: "\n")))
          lines = nil
        } else {
          lines = block + [line]
        }
      } else if line == "```" {
        lines = []
      } else if line.hasPrefix("# ") {
        name = String(line.dropFirst(2))
      }
    }
    return sections
  }
}
