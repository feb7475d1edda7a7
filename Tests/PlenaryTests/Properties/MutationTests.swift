import Foundation
import TestResources
import Testing

@testable import Plenary

/// Queries with mistakes in them end soon, with rows or with an error that points into the text.
///
/// The fuzzer (`make fuzz`) does the same for longer and led by coverage; this run is always the same.
@Suite struct MutationTests {
  /// The queries of the golden files, of the samples, and some of the generator's.
  static let corpus: [String] = {
    var queries: [String] = []
    for file in GoldenFile.all {
      let blocks =
        (try? String(contentsOf: file, encoding: .utf8))?.components(separatedBy: "### QUERY\n```cypher\n") ?? []
      queries += blocks.dropFirst().compactMap { $0.components(separatedBy: "\n```").first }
    }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../../Samples/questions")
    for file in (try? FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)) ?? []
    where file.pathExtension == "cypher" {
      queries += [try? String(contentsOf: file, encoding: .utf8)].compactMap { $0 }
    }
    queries.sort()
    var generator = QueryGenerator(random: SeededRandom(seed: 1))
    for _ in 0..<40 { queries += [generator.readingQuery(), generator.writingQuery()] }
    return queries
  }()

  static let graph: Graph = {
    var random = SeededRandom(seed: 7)
    return (try? RandomGraph(using: &random).make()) ?? Graph()
  }()

  /// What mutations put in: marks, numbers at their limits, words.
  static let insertions = [
    "(", ")", "[", "]", "{", "}", "'", "\"", "`", "*", "..", "-", "->", "<-", "$p", ";", ",", ".", ":", "|", "/*", "//",
    "\\",
    "\\u", "\0", "é", "🏳️‍🌈", "9223372036854775807", "-9223372036854775808", "1e400", "0x", "null", "NOT ", "MATCH ",
    "RETURN ",
    "WITH ", "UNION ", "n", "count(*)", "range(0, 9223372036854775807, 4611686018427387904)", "[*]",
    "date('9999-99-99')", "duration({months: 9223372036854775807})", "reduce(a = 0, x IN [1] | a + x)",
  ]

  static func mutate(_ query: String, _ random: inout SeededRandom) -> String {
    var bytes = Array(query.utf8)
    for _ in 0..<1 + random.below(4) {
      let place = random.below(bytes.count + 1)
      let end = min(bytes.count, place + random.below(12))
      switch random.below(6) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: insertions[random.below(insertions.count)].utf8, at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
      case 3:
        let other = Array(corpus[random.below(corpus.count)].utf8)
        let start = random.below(other.count)
        bytes.insert(contentsOf: other[start..<min(other.count, start + random.below(40))], at: place)
      case 4: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.below(256)) }
      default: bytes.replaceSubrange(place..<end, with: insertions[random.below(insertions.count)].utf8)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: 0..<16) func queriesWithMistakesEnd(seed: Int) throws {
    var random = SeededRandom(seed: seed)
    var options = QueryOptions()
    options.timeout = .milliseconds(200)
    options.rowLimit = 1000
    for _ in 0..<250 {
      let query = Self.mutate(Self.corpus[random.below(Self.corpus.count)], &random)
      var graph = Self.graph
      do throws(QueryError) {
        let result = try graph.execute(query, options: options)
        for row in result { for column in result.columns.indices { _ = graph.description(of: row.value(column)) } }
      } catch {
        #expect(
          error.range.map { $0.start <= $0.end && Int($0.end) <= query.utf8.count } ?? true, "seed \(seed): \(query)")
        #expect(!error.message.isEmpty, "seed \(seed): \(query)")
        #expect(error.code != .procedureFailed, "seed \(seed): \(query)")
      }
      #expect(graph.checkInvariants() == [], "seed \(seed): \(query)")
    }
  }
}
