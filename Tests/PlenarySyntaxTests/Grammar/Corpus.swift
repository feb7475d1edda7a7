import Foundation

/// The queries that the grammar and the parser are compared on.
struct Corpus {
  /// A query and where it comes from.
  struct Query: Sendable {
    let origin: String
    let text: String
  }

  /// Queries of our own that the language holds.
  static let accepted = blocks("accepted.cypher")
  /// Queries of our own that it does not, each for one reason.
  static let rejected = blocks("rejected.cypher")

  /// The saved queries of the samples.
  static var samples: [Query] {
    files(under: "Samples", withExtension: "cypher").compactMap { file in
      (try? String(contentsOf: file, encoding: .utf8)).map { Query(origin: file.lastPathComponent, text: $0) }
    }
  }

  /// The queries of the golden tests: what stands in a file's `QUERY` section.
  static var golden: [Query] {
    files(under: "Tests", withExtension: "md").filter { $0.path.contains("/Golden/") }.flatMap { file in
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      return sections(named: "QUERY", of: text).map { Query(origin: file.lastPathComponent, text: $0) }
    }
  }

  /// The queries of conformance scenarios, where they are at hand: under the directory that `PLENARY_TCK` names.
  static let conformance: [Query] = {
    guard let directory = ProcessInfo.processInfo.environment["PLENARY_TCK"] else { return [] }
    let queries = (try? FeatureQueries.read(URL(fileURLWithPath: directory))) ?? []
    return queries.map { Query(origin: $0.file, text: $0.text) }
  }()

  private static func blocks(_ name: String) -> [Query] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Corpus/\(name)")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "\n---\n").map { Query(origin: name, text: $0) }
  }

  private static func files(under directory: String, withExtension pathExtension: String) -> [URL] {
    let root = GrammarFiles.packageRoot.appendingPathComponent(directory)
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects ?? []
    return files.compactMap { $0 as? URL }
      .filter { $0.pathExtension == pathExtension && !$0.path.contains("/Grammar/Corpus/") }
      .sorted { $0.path < $1.path }
  }

  /// The texts of fenced blocks that follow a heading of this name.
  static func sections(named name: String, of text: String) -> [String] {
    var result: [String] = []
    var isWanted = false
    var block: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = block {
        if line.hasPrefix("```") {
          if isWanted { result.append(lines.joined(separator: "\n")) }
          block = nil
        } else {
          block = lines + [line]
        }
      } else if line.hasPrefix("```") {
        block = []
      } else if line.hasPrefix("#") {
        isWanted = line.drop { $0 == "#" || $0 == " " }.uppercased() == name
      }
    }
    return result
  }
}
