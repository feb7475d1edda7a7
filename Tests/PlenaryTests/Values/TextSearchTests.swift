import TestResources
import Testing

@testable import Plenary

/// Searching bytes for others, eight places at a time.
@Suite struct TextSearchTests {
  private func naive(_ text: [UInt8], _ part: [UInt8], from start: Int) -> Int? {
    guard start + part.count <= text.count else { return nil }
    return (start...text.count - part.count).first { Array(text[$0..<$0 + part.count]) == part }
  }

  /// Few different bytes, so that there are many false starts; some with the high bit, some next to each other.
  @Test(arguments: [[0x61, 0x62], [0, 1], [0xFF, 0xFE, 0x7F], [0x80, 0x81, 0x00]] as [[UInt8]])
  func theFirstPlaceIsFound(_ alphabet: [UInt8]) {
    var random = SeededRandom(seed: 7)
    for _ in 0..<3_000 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let part = (0..<Int.random(in: 0...5, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      let start = Int.random(in: 0...text.count, using: &random)
      let found = text.withUnsafeBufferPointer { text in
        part.withUnsafeBufferPointer { text.firstOffset(of: $0, from: start) }
      }
      #expect(found == naive(text, part, from: start), "\(part) in \(text) from \(start)")
    }
  }

  /// Strings of a column lie side by side; what two of them make together is in neither.
  @Test(arguments: ["ab", "b", "", "abcab", "éx", "bca", "aa"])
  func stringsOfAColumnAreTestedOneByOne(_ part: String) throws {
    var graph = Graph()
    var random = SeededRandom(seed: 11)
    let letters = ["a", "b", "c", "é", "x", ""]
    let texts = (0..<500).map { number -> Value in
      if number % 97 == 5 { return .null }
      let length = Int.random(in: 0...6, using: &random)
      return .string((0..<length).map { _ in letters.randomElement(using: &random) ?? "" }.joined())
    }
    try graph.execute("UNWIND range(0, 499) AS i CREATE (:N {i: i, t: $texts[i]})", ["texts": .list(texts)])
    graph.fold()
    for (op, test) in [
      ("CONTAINS", { (text: String) in part.isEmpty || text.utf8.count >= part.utf8.count && text.contains(part) }),
      ("STARTS WITH", { (text: String) in text.hasPrefix(part) }),
      ("ENDS WITH", { (text: String) in text.hasSuffix(part) }),
    ] as [(String, (String) -> Bool)] {
      let expected = texts.map { (value: Value) -> Value in
        guard case .string(let text) = value else { return .null }
        return .boolean(test(text))
      }
      // Once all rows side by side, once with nulls and others left out.
      let all = try graph.query("MATCH (n:N) RETURN n.t \(op) $part AS x ORDER BY n.i", ["part": .string(part)])
      #expect(all.map { $0.value(0) } == expected)
      let some = try graph.query(
        "MATCH (n:N) WHERE n.i >= 6 AND n.i < 90 RETURN n.t \(op) $part AS x ORDER BY n.i", ["part": .string(part)])
      #expect(some.map { $0.value(0) } == Array(expected[6..<90]))
    }
  }
}
